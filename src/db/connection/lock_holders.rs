//! Who holds a lock that a command did not get. Every role may read the catalogue's list of locks; times
//! of other roles' sessions are shown to members of these roles and of `pg_read_all_stats` only.

use std::fmt;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Integer, Nullable, Text};

use crate::db::functions::hashtextextended;
use crate::db::maintenance::expected_schema::all_tables;
use crate::domain::{StoredText, printable};

/// A session, or a prepared transaction, that holds a lock.
#[derive(Debug, QueryableByName)]
pub struct Holder {
    /// `None` for a prepared transaction.
    #[diesel(sql_type = Nullable<Integer>)]
    pid: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    role: Option<StoredText>,
    #[diesel(sql_type = Nullable<Text>)]
    application: Option<StoredText>,
    /// The name of a prepared transaction.
    #[diesel(sql_type = Nullable<Text>)]
    prepared: Option<StoredText>,
    /// Seconds since its transaction began; `None` without one, and where this role may not see it.
    #[diesel(sql_type = Nullable<Double>)]
    in_transaction: Option<f64>,
    /// Seconds since it connected.
    #[diesel(sql_type = Nullable<Double>)]
    connected: Option<f64>,
}

/// Those who hold the advisory lock with this key.
pub fn of_key(conn: &mut PgConnection, key: i64) -> QueryResult<Vec<Holder>> {
    // Raw: the catalogue. An advisory lock shows its key in two halves. A prepared transaction is found by
    // the lock on its own id. One session may hold the lock in two modes.
    diesel::sql_query(
        "select distinct l.pid, coalesce(a.usename, p.owner)::pg_catalog.text as role,
                nullif(a.application_name, '') as application, p.gid as prepared,
                extract(epoch from pg_catalog.statement_timestamp()
                        - coalesce(a.xact_start, p.prepared))::pg_catalog.float8 as in_transaction,
                extract(epoch from pg_catalog.statement_timestamp()
                        - a.backend_start)::pg_catalog.float8 as connected
         from pg_catalog.pg_locks l
         left join pg_catalog.pg_stat_activity a on a.pid = l.pid
         left join (
             select x.virtualtransaction, p.gid, p.owner, p.prepared
             from pg_catalog.pg_prepared_xacts p
             join pg_catalog.pg_locks x
               on x.locktype = 'transactionid' and x.pid is null and x.transactionid = p.transaction
         ) p on l.pid is null and p.virtualtransaction = l.virtualtransaction
         where l.locktype = 'advisory' and l.granted and l.objsubid = 1
           and l.database = (select d.oid from pg_catalog.pg_database d
                             where d.datname = pg_catalog.current_database())
           and ((l.classid::pg_catalog.int8 << 32) | l.objid::pg_catalog.int8) = $1
         order by l.pid
         limit 3",
    )
    .bind::<BigInt, _>(key)
    .load(conn)
}

/// Those who hold the advisory lock whose key is the hash of this name.
pub fn of_name(conn: &mut PgConnection, name: &str) -> QueryResult<Vec<Holder>> {
    let key = diesel::select(hashtextextended(name, 0)).get_result(conn)?;
    of_key(conn, key)
}

/// Up to three other sessions that hold locks on our tables or their rows: those that lock a whole table
/// first, then the oldest. With `ddl`, readers count, too: a change of the schema waits for them.
pub fn of_tables(conn: &mut PgConnection, ddl: bool) -> QueryResult<Vec<Holder>> {
    // Raw: the catalogue. Not `pg_partition_tree`, which waits for locks itself. A lock on a row needs a
    // transaction id, which is a lock of its own.
    diesel::sql_query(
        "with recursive ours as (
             select pg_catalog.to_regclass(pg_catalog.quote_ident(t.name))::pg_catalog.oid as oid
             from pg_catalog.unnest($1) as t (name)
             union
             select i.inhrelid from pg_catalog.pg_inherits i join ours on i.inhparent = ours.oid
         ), holders as (
             select l.pid, l.virtualtransaction,
                    pg_catalog.bool_or($2 or l.mode in ('ShareLock', 'ShareRowExclusiveLock',
                                                        'ExclusiveLock', 'AccessExclusiveLock'))
                        as whole_table
             from pg_catalog.pg_locks l
             where l.locktype = 'relation' and l.granted
               and l.database = (select d.oid from pg_catalog.pg_database d
                                 where d.datname = pg_catalog.current_database())
               and l.relation in (select ours.oid from ours)
               and l.pid is distinct from pg_catalog.pg_backend_pid()
             group by l.pid, l.virtualtransaction
         ), aged as (
             select h.pid, h.whole_table, pg_catalog.max(pg_catalog.age(x.transactionid)) as age,
                    pg_catalog.min(p.gid) as gid, pg_catalog.min(p.owner::pg_catalog.text) as owner,
                    pg_catalog.min(p.prepared) as prepared
             from holders h
             left join pg_catalog.pg_locks x
                    on x.locktype = 'transactionid' and x.granted and x.mode = 'ExclusiveLock'
                   and x.virtualtransaction = h.virtualtransaction
             left join pg_catalog.pg_prepared_xacts p
                    on h.pid is null and p.transaction = x.transactionid
             group by h.pid, h.virtualtransaction, h.whole_table
         )
         select h.pid, coalesce(a.usename::pg_catalog.text, h.owner) as role,
                nullif(a.application_name, '') as application, h.gid as prepared,
                extract(epoch from pg_catalog.statement_timestamp()
                        - coalesce(a.xact_start, h.prepared))::pg_catalog.float8 as in_transaction,
                extract(epoch from pg_catalog.statement_timestamp()
                        - a.backend_start)::pg_catalog.float8 as connected
         from aged h
         left join pg_catalog.pg_stat_activity a on a.pid = h.pid
         where h.whole_table or h.age is not null
         order by h.whole_table desc, h.age desc nulls last, h.pid
         limit 3",
    )
    .bind::<Array<Text>, _>(all_tables())
    .bind::<Bool, _>(ddl)
    .load(conn)
}

/// Appends who holds the lock, in parentheses, where that is known. `verb` is such as "held by".
pub fn append(message: &str, verb: &str, holders: &[Holder]) -> String {
    if holders.is_empty() {
        return message.to_owned();
    }
    let named: Vec<_> = holders.iter().map(ToString::to_string).collect();
    format!("{message} ({verb} {})", named.join(" and "))
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.pid, &self.prepared) {
            (Some(pid), _) => write!(f, "pid {pid}")?,
            (None, Some(name)) => write!(f, "the prepared transaction `{}`", printable(name))?,
            (None, None) => f.write_str("a prepared transaction")?,
        }
        if let Some(role) = &self.role {
            write!(f, ", role `{}`", printable(role))?;
        }
        if let Some(application) = &self.application {
            write!(f, ", application `{}`", printable(application))?;
        }
        match (self.in_transaction, self.connected) {
            (Some(seconds), _) => write!(f, ", in a transaction for {}", rounded(seconds)),
            (None, Some(seconds)) => write!(f, ", connected for {}", rounded(seconds)),
            (None, None) => Ok(()),
        }
    }
}

/// A time as options take it: `42s`, `3m`, `2h`, `5d`.
fn rounded(seconds: f64) -> String {
    let units = [(86_400.0, 'd'), (3_600.0, 'h'), (60.0, 'm'), (1.0, 's')];
    let (length, unit) =
        units.into_iter().find(|(length, _)| seconds >= *length).unwrap_or((1.0, 's'));
    format!("{:.0}{unit}", (seconds / length).floor().max(0.0))
}

#[cfg(test)]
mod tests {
    use super::{Holder, append, rounded};

    #[test]
    fn a_time_has_one_unit() {
        for (seconds, expected) in [
            (-0.5, "0s"),
            (0.9, "0s"),
            (59.9, "59s"),
            (60.0, "1m"),
            (7_199.0, "1h"),
            (86_400.0 * 400.0, "400d"),
        ] {
            assert_eq!(rounded(seconds), expected);
        }
    }

    #[test]
    fn what_is_known_of_a_holder_is_named() {
        let unknown = || Holder {
            pid: None,
            role: None,
            application: None,
            prepared: None,
            in_transaction: None,
            connected: None,
        };
        let session = Holder {
            pid: Some(4711),
            role: Some("x".into()),
            application: Some("a\x1bb".into()),
            connected: Some(5.0),
            ..unknown()
        };
        let prepared =
            Holder { prepared: Some("gid".into()), in_transaction: Some(120.0), ..unknown() };
        assert_eq!(append("busy", "held by", &[]), "busy");
        assert_eq!(
            append("busy", "held by", &[session, prepared]),
            r"busy (held by pid 4711, role `x`, application `a\u{1b}b`, connected for 5s and the \
             prepared transaction `gid`, in a transaction for 2m)"
                .replace("\\\n             ", "")
        );
        assert_eq!(unknown().to_string(), "a prepared transaction");
    }
}
