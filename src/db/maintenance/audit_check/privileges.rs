//! Who may do more with the audit log than `db grants` gives.

use std::collections::BTreeMap;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::finding::finding;
use crate::db::maintenance::expected_schema::AUDIT_LOG;
use crate::db::maintenance::finding::Finding;
use crate::db::maintenance::identifier::quoted;
use crate::db::maintenance::rights::INSERT_AUDIT_ROWS;
use crate::domain::StoredText;

/// Every role. A role of this name is quoted.
const PUBLIC: &str = "PUBLIC";

/// A right beyond those of `db grants`.
#[derive(QueryableByName)]
struct Excess {
    /// As SQL takes it; `PUBLIC` is every role.
    #[diesel(sql_type = Text)]
    grantee: StoredText,
    /// What it is a right on: `table`, `sequence`, or `role`, whose members have its rights.
    #[diesel(sql_type = Text)]
    kind: StoredText,
    /// `INSERT`, `UPDATE`, …; the name of a role that gives them.
    #[diesel(sql_type = Text)]
    privilege: StoredText,
    /// Where it is a right on one column.
    #[diesel(sql_type = Nullable<Text>)]
    column: Option<StoredText>,
    /// The name, as SQL takes it, where it is a right on a sequence.
    #[diesel(sql_type = Nullable<Text>)]
    sequence: Option<StoredText>,
}

/// Owner and superusers may do everything; they are no finding.
fn read(conn: &mut PgConnection) -> QueryResult<Vec<Excess>> {
    // Raw: the catalogue. PostgreSQL has MAINTAIN from version 17 on.
    diesel::sql_query(
        "with log as (
             select oid, relowner, relacl from pg_catalog.pg_class
             where oid = pg_catalog.to_regclass($1)::pg_catalog.oid),
         granted as (
             select g.grantee, 'table' as kind, g.privilege_type as privilege,
                    null::pg_catalog.text as \"column\", null::pg_catalog.text as sequence
             from log, pg_catalog.aclexplode(log.relacl) g
             union all
             select g.grantee, 'table', g.privilege_type, a.attname::pg_catalog.text, null
             from log join pg_catalog.pg_attribute a on a.attrelid = log.oid,
                  pg_catalog.aclexplode(a.attacl) g
             where not a.attisdropped
             union all
             select g.grantee, 'sequence', g.privilege_type, null,
                    s.oid::pg_catalog.regclass::pg_catalog.text
             from log join pg_catalog.pg_depend d on d.refobjid = log.oid and d.deptype = 'i'
                  join pg_catalog.pg_class s on s.oid = d.objid and s.relkind = 'S',
                  pg_catalog.aclexplode(s.relacl) g
             where g.privilege_type = 'UPDATE'::pg_catalog.text
             union all
             select m.member, 'role', r.rolname::pg_catalog.text, null, null
             from pg_catalog.pg_auth_members m join pg_catalog.pg_roles r on r.oid = m.roleid
             where r.rolname = 'pg_write_all_data'::pg_catalog.name)
         select distinct case granted.grantee when 0 then 'PUBLIC'
                         else pg_catalog.quote_ident(r.rolname::pg_catalog.text) end as grantee,
                kind, privilege, \"column\", sequence
         from granted cross join log
              left join pg_catalog.pg_roles r on r.oid = granted.grantee
         where granted.grantee <> log.relowner and not coalesce(r.rolsuper, false)
           and (privilege = any (array['UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER',
                                       'MAINTAIN', 'pg_write_all_data'])
                or privilege = 'INSERT'::pg_catalog.text
                   and (granted.grantee = 0::pg_catalog.oid
                        or coalesce(\"column\" = any (array['id', 'at', 'database_role']), true)))
         order by 1, 2 desc, 4, 3",
    )
    .bind::<Text, _>(AUDIT_LOG)
    .load(conn)
}

pub fn findings(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let mut roles: BTreeMap<StoredText, Vec<Excess>> = BTreeMap::new();
    for excess in read(conn)? {
        roles.entry(excess.grantee.clone()).or_default().push(excess);
    }
    Ok(roles.iter().map(|(role, all)| of_role(role, all)).collect())
}

fn of_role(role: &str, all: &[Excess]) -> Finding {
    let rights: Vec<_> = all.iter().map(Excess::words).collect();
    let mut advice: Vec<_> = all.iter().map(Excess::revoke).collect();
    // A role that wrote entries still can. PUBLIC should not.
    if role != PUBLIC && all.iter().any(|it| it.privilege == "INSERT" && it.column.is_none()) {
        advice.push(format!("grant {INSERT_AUDIT_ROWS} on {AUDIT_LOG} to {role}"));
    }
    let problem = format!("{role} may do more than `db grants` gives: {}", rights.join(", "));
    finding(role, problem, advice.join("; "))
}

impl Excess {
    fn words(&self) -> String {
        let Self { kind, privilege, column, sequence, .. } = self;
        match (column, sequence) {
            (Some(column), _) => format!("{privilege} ({column})"),
            (_, Some(sequence)) => format!("{privilege} of {sequence}"),
            _ if kind == "role" => format!("everything that {privilege} may"),
            _ => privilege.to_string(),
        }
    }

    /// CASCADE: also from those to whom the role granted it.
    fn revoke(&self) -> String {
        let Self { grantee, kind, privilege, column, sequence } = self;
        match (column, sequence) {
            (Some(column), _) => {
                let column = quoted(column);
                format!("revoke {privilege} ({column}) on {AUDIT_LOG} from {grantee} cascade")
            }
            (_, Some(sequence)) => {
                format!("revoke {privilege} on sequence {sequence} from {grantee} cascade")
            }
            _ if kind == "role" => format!("revoke {privilege} from {grantee}"),
            _ => format!("revoke {privilege} on {AUDIT_LOG} from {grantee} cascade"),
        }
    }
}
