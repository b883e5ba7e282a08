-- Roles that may insert rows get that right on the whole table again.
do
$$
declare
    grantee text;
begin
    for grantee in
        select distinct case granted.grantee when 0::oid then 'public' else pg_catalog.quote_ident(rolname) end
        from pg_attribute
             cross join pg_catalog.aclexplode(attacl) granted
             left join pg_roles on pg_roles.oid = granted.grantee
        where attrelid = 'admin_audit_log'::regclass::oid
          and privilege_type = 'INSERT'
    loop
        execute pg_catalog.format('revoke insert (actor, sudo_actor, host, action, target, reason, details, '
                                  'program_version) on admin_audit_log from %s', grantee);
        execute pg_catalog.format('grant insert on admin_audit_log to %s', grantee);
    end loop;
end
$$;

alter table admin_audit_log
    add constraint admin_audit_log_at_is_now check (at = now()) not valid,
    add constraint admin_audit_log_role_is_who_logged_in check (database_role = session_user) not valid;
