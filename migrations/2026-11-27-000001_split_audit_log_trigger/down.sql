drop trigger admin_audit_log_refuse_truncate on admin_audit_log;

drop trigger admin_audit_log_refuse on admin_audit_log;

create trigger admin_audit_log_refuse
    before update or delete or truncate
    on admin_audit_log
    for each statement
execute function admin_audit_log_refuse();

alter table admin_audit_log enable always trigger admin_audit_log_refuse;
