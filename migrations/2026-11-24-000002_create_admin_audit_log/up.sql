-- Who changed what, when and why. Rows are only added. They hold ids, not names, emails or secrets,
-- so that nothing has to be removed when a user is erased.

create table admin_audit_log
(
    id              bigint generated always as identity,
    at              timestamp with time zone not null default now(),
    database_role   text                     not null default session_user,
    actor           text                     not null,
    sudo_actor      text,
    host            text                     not null,
    action          text                     not null,
    target          text,
    reason          text,
    details         jsonb                    not null,
    program_version text                     not null,
    constraint admin_audit_log_pkey primary key (id)
);

create index admin_audit_log_at on admin_audit_log (at, id);
create index admin_audit_log_actor on admin_audit_log (actor, id);
create index admin_audit_log_sudo_actor on admin_audit_log (sudo_actor, id) where sudo_actor is not null;
create index admin_audit_log_action on admin_audit_log (action text_pattern_ops, id);
create index admin_audit_log_target on admin_audit_log (target, id) where target is not null;

-- The server sets time and role: an INSERT with other values fails, whatever its
-- session_replication_role. Checks instead of a trigger, because the first trigger of a session
-- costs a millisecond. NOT VALID, so that a dump can be restored: its rows have other times.
alter table admin_audit_log
    add constraint admin_audit_log_at_is_now check (at = now()) not valid,
    add constraint admin_audit_log_role_is_who_logged_in check (database_role = session_user) not valid;

create function admin_audit_log_refuse() returns trigger
    language plpgsql as
$$
begin
    raise exception 'admin_audit_log refuses %: its rows are never changed or removed', tg_op
        using errcode = 'insufficient_privilege';
end
$$;

create trigger admin_audit_log_refuse
    before update or delete or truncate
    on admin_audit_log
    for each statement
execute function admin_audit_log_refuse();

-- ALWAYS: the trigger also fires if session_replication_role is replica.
alter table admin_audit_log enable always trigger admin_audit_log_refuse;
