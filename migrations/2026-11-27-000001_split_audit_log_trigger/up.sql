-- TRUNCATE gets a trigger of its own: a distributed PostgreSQL (Citus) creates a trigger that has
-- TRUNCATE beside other events on no shard, and UPDATE and DELETE would pass there.

drop trigger admin_audit_log_refuse on admin_audit_log;

create trigger admin_audit_log_refuse
    before update or delete
    on admin_audit_log
    for each statement
execute function admin_audit_log_refuse();

create trigger admin_audit_log_refuse_truncate
    before truncate
    on admin_audit_log
    for each statement
execute function admin_audit_log_refuse();

-- ALWAYS: they also fire in a session with session_replication_role = replica.
alter table admin_audit_log enable always trigger admin_audit_log_refuse;

alter table admin_audit_log enable always trigger admin_audit_log_refuse_truncate;
