//! What `iamctl doctor` asks the server. Quick, and reads no table but by its indexes.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, Text, Timestamptz};

use crate::domain::StoredTime;
use crate::error::Result;

/// The connection and the server behind it.
#[derive(Debug, QueryableByName)]
pub struct Server {
    #[diesel(sql_type = Text)]
    pub database: String,
    #[diesel(sql_type = Text)]
    pub role: String,
    #[diesel(sql_type = Text)]
    pub version: String,
    #[diesel(sql_type = Integer)]
    pub version_number: i32,
    #[diesel(sql_type = Bool)]
    pub read_only: bool,
    /// The protocol of TLS; `None` without it.
    #[diesel(sql_type = Nullable<Text>)]
    pub tls: Option<String>,
    /// The client's address as the server sees it; `None` on a Unix socket.
    #[diesel(sql_type = Nullable<Text>)]
    pub client_address: Option<String>,
}

pub fn server(conn: &mut PgConnection) -> Result<Server> {
    Ok(diesel::sql_query(
        "select current_database()::text as database, current_user::text as role,
                current_setting('server_version') as version,
                current_setting('server_version_num')::int as version_number,
                pg_is_in_recovery()
                    or current_setting('default_transaction_read_only') = 'on' as read_only,
                (select s.version from pg_stat_ssl s where s.pid = pg_backend_pid() and s.ssl) as tls,
                host(inet_client_addr()) as client_address",
    )
    .get_result(conn)?)
}

#[derive(Debug, QueryableByName)]
pub struct Lacking {
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = Text)]
    pub rights: String,
}

/// The rights of an operator that the role lacks, table by table.
pub fn lacking(conn: &mut PgConnection) -> Result<Vec<Lacking>> {
    Ok(diesel::sql_query(
        "select t.name as \"table\", string_agg(p, ', ') as rights
         from (values ('users', 'select,insert,update,delete'),
                      ('verification_codes', 'select,insert,delete'),
                      ('authorization_codes', 'select,insert,delete'),
                      ('refresh_tokens', 'select,update,delete'),
                      ('api_tokens', 'select,insert,update,delete'),
                      ('api_token_owners', 'select,insert,delete'),
                      ('admin_audit_log', 'select,insert')) t (name, rights),
              unnest(string_to_array(t.rights, ',')) p
         where to_regclass(t.name) is not null
           and not has_table_privilege(to_regclass(t.name), p)
         group by t.name order by t.name",
    )
    .load(conn)?)
}

#[derive(Debug, QueryableByName)]
pub struct Oldest {
    #[diesel(sql_type = Text)]
    pub table: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub expired_at: Option<StoredTime>,
}

/// The oldest expired row of each table that a purge goes through.
pub fn oldest_expired(conn: &mut PgConnection) -> Result<Vec<Oldest>> {
    Ok(diesel::sql_query(
        "select 'verification_codes' as \"table\", (
             select min(expires_at) from verification_codes where expires_at <= now()) as expired_at
         union all select 'authorization_codes', (
             select min(expires_at) from authorization_codes where expires_at <= now())
         union all select 'refresh_tokens', (
             select min(expires_at) from refresh_tokens
             where expires_at <= now() at time zone 'utc') at time zone 'utc'
         union all select 'api_tokens', (
             select min(expires_at) from api_tokens where expires_at <= now())",
    )
    .load(conn)?)
}
