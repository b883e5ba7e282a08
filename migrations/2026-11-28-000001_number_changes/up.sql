-- What one run of a command changes has one id, and each of its transactions a step from 1 on: by both, a client
-- that got no answer to COMMIT finds out whether the change was made.

alter table admin_audit_log
    add column change_id uuid,
    add column change_step integer;

-- BEGIN sets `iamctl.change` to `ID/STEP`. Defaults, so that no role needs further rights to add entries. After
-- its transaction the setting is empty, and an entry of others has neither.
alter table admin_audit_log
    alter column change_id set default
        ((pg_catalog.string_to_array(pg_catalog.current_setting('iamctl.change', true), '/'))[1])::pg_catalog.uuid,
    alter column change_step set default
        ((pg_catalog.string_to_array(pg_catalog.current_setting('iamctl.change', true), '/'))[2])::pg_catalog.int4;

create index admin_audit_log_change on admin_audit_log (change_id, id) where change_id is not null;
