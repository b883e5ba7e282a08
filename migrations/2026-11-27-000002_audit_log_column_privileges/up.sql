-- The two CHECKs refused every row of another time or role: also those that logical replication, a
-- data-only restore and a major upgrade insert. Column privileges protect time and role in their place:
-- `iamctl db grants` grants INSERT on the other columns only.

alter table admin_audit_log drop constraint if exists admin_audit_log_at_is_now;

alter table admin_audit_log drop constraint if exists admin_audit_log_role_is_who_logged_in;

-- Roles that may insert rows keep that right on the columns that they may set.
do
$$
declare
    grantee text;
begin
    for grantee in
        select case granted.grantee when 0::oid then 'public' else pg_catalog.quote_ident(rolname) end
        from pg_class
             cross join pg_catalog.aclexplode(relacl) granted
             left join pg_roles on pg_roles.oid = granted.grantee
        where pg_class.oid = 'admin_audit_log'::regclass::oid
          and privilege_type = 'INSERT'
          and granted.grantee <> relowner
    loop
        execute pg_catalog.format('revoke insert on admin_audit_log from %s', grantee);
        execute pg_catalog.format('grant insert (actor, sudo_actor, host, action, target, reason, details, '
                                  'program_version) on admin_audit_log to %s', grantee);
    end loop;
end
$$;
