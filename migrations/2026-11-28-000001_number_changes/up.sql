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

-- Whoever may add entries may see whether they are there: a purger may read nothing else of the log.
do
$$
declare
    statement pg_catalog.text;
begin
    for statement in
        select distinct pg_catalog.format('grant select (change_id, change_step) on admin_audit_log to %s',
                                          case a.grantee when 0::pg_catalog.oid then 'public'
                                              else pg_catalog.quote_ident(rolname::pg_catalog.text) end)
        from pg_catalog.pg_class c
             join pg_catalog.pg_attribute on attrelid = c.oid
             cross join pg_catalog.aclexplode(attacl) a
             left join pg_catalog.pg_roles r on r.oid = a.grantee
        where c.oid = 'admin_audit_log'::pg_catalog.regclass::pg_catalog.oid
          and attname::pg_catalog.text = 'program_version'
          and a.privilege_type = 'INSERT'
          and a.grantee <> c.relowner
    loop
        execute statement;
    end loop;
end
$$;
