-- The tables of the IAM service, column for column, with keys and indexes that make every lookup,
-- list and purge an index scan.
--
-- Indexes by purpose:
--   *_pkey, unique     the service's own lookups, and its conflict checks by constraint name
--   *_prefix           lookup by id, the first 12 characters of a char(44); LIKE needs pattern_ops
--   *_expires          the purge cursor, in the order (expires_at, key); lists of rows to expire soon
--   *_created          lists, newest first, page by page
--   *_search           search for a part of a username or an email
--   *_user, *_owner    all rows of one user or owner, the cascade when a user is deleted, the
--                      count of live codes

create table users
(
    id                   uuid                     not null,
    created_at           timestamp with time zone not null,
    username             varchar(50)              not null,
    username_fingerprint bytea                    not null,
    email                varchar(100)             not null,
    email_verified       boolean default false    not null,
    email_verified_at    timestamp with time zone,
    blocked              boolean default false    not null,
    deleted              boolean default false    not null,
    deleted_at           timestamp with time zone,
    constraint users_pkey primary key (id),
    constraint users_unique_fingerprint unique (username_fingerprint),
    constraint users_unique_email unique (email)
);

create index users_created on users (created_at, id);
create index users_username on users (username, id);
create index users_email_domain on users (pg_catalog.split_part(email::text, '@', 2), created_at, id);
-- Partial indexes on the rarer states, so that a list of them does not read all users.
create index users_blocked on users (created_at, id) where blocked;
create index users_deleted on users (created_at, id) where deleted;
create index users_unverified on users (created_at, id) where not email_verified;

create table verification_codes
(
    user_id    uuid                     not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    code       char(44)                 not null,
    constraint verification_codes_pkey primary key (code),
    constraint verification_codes_user_id_fkey
        foreign key (user_id) references users (id) on delete cascade
);

create index verification_codes_prefix on verification_codes (code bpchar_pattern_ops);
create index verification_codes_expires on verification_codes (expires_at, code);
create index verification_codes_created on verification_codes (created_at, code);
create index verification_codes_user on verification_codes (user_id, expires_at);

create table authorization_codes
(
    user_id    uuid                     not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    code       char(44)                 not null,
    constraint authorization_codes_pkey primary key (code),
    constraint authorization_codes_user_id_fkey
        foreign key (user_id) references users (id) on delete cascade
);

create index authorization_codes_prefix on authorization_codes (code bpchar_pattern_ops);
create index authorization_codes_expires on authorization_codes (expires_at, code);
create index authorization_codes_created on authorization_codes (created_at, code);
create index authorization_codes_user on authorization_codes (user_id, expires_at);

-- The times of this table are UTC without a zone: compare them with now() at time zone 'utc'.
create table refresh_tokens
(
    user_id    uuid                  not null,
    created_at timestamp             not null,
    expires_at timestamp             not null,
    token      char(44)              not null,
    revoked    boolean default false not null,
    revoked_at timestamp,
    constraint refresh_tokens_pkey primary key (token),
    constraint refresh_tokens_user_id_fkey
        foreign key (user_id) references users (id) on delete cascade
);

create index refresh_tokens_prefix on refresh_tokens (token bpchar_pattern_ops);
create index refresh_tokens_expires on refresh_tokens (expires_at, token);
create index refresh_tokens_created on refresh_tokens (created_at, token);
create index refresh_tokens_user on refresh_tokens (user_id, expires_at);
-- A purge counts from revocation if that came before expiry.
create index refresh_tokens_revoked on refresh_tokens (revoked_at, token) where revoked;

create table api_tokens
(
    owner_id   uuid                     not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    name       varchar(100)             not null,
    token      char(44)                 not null,
    blocked    boolean default false    not null,
    revoked    boolean default false    not null,
    revoked_at timestamp with time zone,
    constraint api_tokens_pkey primary key (token)
);

create index api_tokens_prefix on api_tokens (token bpchar_pattern_ops);
create index api_tokens_expires on api_tokens (expires_at, token);
create index api_tokens_created on api_tokens (created_at, token);
create index api_tokens_owner on api_tokens (owner_id, name, created_at);
-- A partial index on a rare state, as on users.
create index api_tokens_blocked on api_tokens (created_at, token) where blocked;
-- For the purge, as on refresh_tokens.
create index api_tokens_revoked on api_tokens (revoked_at, token) where revoked;

create table api_token_owners
(
    owner_id uuid not null,
    user_id  uuid not null,
    constraint api_token_owners_pkey primary key (owner_id, user_id),
    constraint api_token_owners_user_id_fkey
        foreign key (user_id) references users (id) on delete cascade
);

create index api_token_owners_user on api_token_owners (user_id, owner_id);

-- The trigram index finds a part of a username or an email. Where it cannot be made, as without a right to
-- create or use pg_trgm or beside an event trigger that refuses it, `user list --search` reads all users,
-- and says so.
do
$$
declare
    trigrams text;
begin
    begin
        create extension if not exists pg_trgm;
    exception
        when lock_not_available or deadlock_detected or insufficient_resources then raise;
        when others then null;
    end;
    select pg_catalog.quote_ident(n.nspname) || '.gin_trgm_ops' into trigrams
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'pg_trgm';
    if trigrams is not null then
        execute pg_catalog.format(
            'create index users_search on users using gin (username %1$s, email %1$s)', trigrams);
    end if;
exception
    when lock_not_available or deadlock_detected or insufficient_resources then raise;
    when others then null;
end
$$;
