-- The two CHECKs refused every row of another time or role: also those that logical replication, a
-- data-only restore and a major upgrade insert. Column privileges protect time and role in their place:
-- `iamctl db grants` grants INSERT on the other columns only.

alter table admin_audit_log drop constraint if exists admin_audit_log_at_is_now;

alter table admin_audit_log drop constraint if exists admin_audit_log_role_is_who_logged_in;

-- Roles that may insert rows keep that right on the columns that they may set, with the grant option where
-- they had it. CASCADE also takes it from those to whom they granted it, so all are granted it anew.
do
$$
declare
    columns constant pg_catalog.text[] := '{actor, sudo_actor, host, action, target, reason, details, '
                                          'program_version}';
    statement pg_catalog.text;
    statements pg_catalog.text[];
begin
    with granted as (
        select a.grantee, a.is_grantable, true as on_table, pg_catalog.unnest(columns) as attname
        from pg_catalog.pg_class c
             cross join pg_catalog.aclexplode(c.relacl) a
        where c.oid = 'admin_audit_log'::pg_catalog.regclass::pg_catalog.oid
          and a.privilege_type = 'INSERT'
          and a.grantee <> c.relowner
        union all
        select a.grantee, a.is_grantable, false, attname::pg_catalog.text
        from pg_catalog.pg_class c
             join pg_catalog.pg_attribute on attrelid = c.oid
             cross join pg_catalog.aclexplode(attacl) a
        where c.oid = 'admin_audit_log'::pg_catalog.regclass::pg_catalog.oid
          and attname::pg_catalog.text = any (columns)
          and a.privilege_type = 'INSERT'
          and a.grantee <> c.relowner
    ), of_column as (
        select case grantee when 0::pg_catalog.oid then 'public'
                            else pg_catalog.quote_ident(rolname::pg_catalog.text) end as grantee,
               attname, pg_catalog.bool_or(is_grantable) as is_grantable,
               pg_catalog.bool_or(on_table) as on_table
        from granted left join pg_catalog.pg_roles r on r.oid = granted.grantee
        group by 1, 2
    ), statement as (
        select distinct 1 as step,
               pg_catalog.format('revoke insert on admin_audit_log from %s cascade', grantee) as sql
        from of_column
        where on_table
        union all
        select 2, pg_catalog.format('grant insert (%s) on admin_audit_log to %s %s',
                                    pg_catalog.string_agg(attname, ', '), grantee,
                                    case when is_grantable then 'with grant option' else '' end)
        from of_column
        group by grantee, is_grantable
    )
    select pg_catalog.array_agg(sql order by step, sql) into statements from statement;

    foreach statement in array coalesce(statements, '{}') loop
        execute statement;
    end loop;
end
$$;
