drop table admin_audit_log;
drop function admin_audit_log_refuse();
