-- The index goes with them.
alter table admin_audit_log
    drop column change_step,
    drop column change_id;
