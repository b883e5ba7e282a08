-- Roles that may insert rows get that right on the whole table again, with the grant option where they had
-- it. CASCADE also takes it from those to whom they granted it, so all are granted it anew.
do
$$
declare
    statement pg_catalog.text;
    statements pg_catalog.text[];
begin
    with of_role as (
        select case a.grantee when 0::pg_catalog.oid then 'public'
                              else pg_catalog.quote_ident(rolname::pg_catalog.text) end as grantee,
               pg_catalog.bool_or(a.is_grantable) as is_grantable
        from pg_catalog.pg_class c
             join pg_catalog.pg_attribute on attrelid = c.oid
             cross join pg_catalog.aclexplode(attacl) a
             left join pg_catalog.pg_roles r on r.oid = a.grantee
        where c.oid = 'admin_audit_log'::pg_catalog.regclass::pg_catalog.oid
          and a.privilege_type = 'INSERT'
          and a.grantee <> c.relowner
        group by 1
    ), statement as (
        select 1 as step,
               pg_catalog.format('revoke insert (actor, sudo_actor, host, action, target, reason, details, '
                                 'program_version) on admin_audit_log from %s cascade', grantee) as sql
        from of_role
        union all
        select 2, pg_catalog.format('grant insert on admin_audit_log to %s %s', grantee,
                                    case when is_grantable then 'with grant option' else '' end)
        from of_role
    )
    select pg_catalog.array_agg(sql order by step, sql) into statements from statement;

    foreach statement in array coalesce(statements, '{}') loop
        execute statement;
    end loop;
end
$$;

alter table admin_audit_log
    add constraint admin_audit_log_at_is_now check (at = now()) not valid,
    add constraint admin_audit_log_role_is_who_logged_in check (database_role = session_user) not valid;
