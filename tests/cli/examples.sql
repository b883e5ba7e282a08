-- The rows that the examples of the help pages find.
insert into users (id, created_at, username, username_fingerprint, email, email_verified, email_verified_at,
                   blocked, deleted, deleted_at)
select ('00000000-0000-4000-8000-00000000000' || n)::uuid, now() - age, name,
       convert_to(encode(sha256(convert_to(name, 'utf8')), 'hex'), 'utf8'), name || '@example.org',
       verified, case when verified then now() - age end, blocked, deleted, case when deleted then now() - interval '100d' end
from (values (1, 'alice', interval '200d', true, false, false),
             (2, 'bob', interval '150d', true, false, false),
             (3, 'carol', interval '400d', true, false, true),
             (4, 'dora', interval '40d', false, false, false),
             (5, 'mallory', interval '90d', true, true, false))
     as users (n, name, age, verified, blocked, deleted);

-- The owner of alice, that of bob, and one that both share.
insert into api_token_owners (owner_id, user_id)
values ('5a0cfb1a-6d3e-4b42-8f3d-0f6d6a1f5c01', '00000000-0000-4000-8000-000000000001'),
       ('5a0cfb1a-6d3e-4b42-8f3d-0f6d6a1f5c02', '00000000-0000-4000-8000-000000000002'),
       ('7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10', '00000000-0000-4000-8000-000000000001'),
       ('7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10', '00000000-0000-4000-8000-000000000002');

-- The first is the digest of iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP, which `ci.token` holds.
insert into api_tokens (owner_id, created_at, expires_at, name, token, blocked, revoked, revoked_at)
values ('5a0cfb1a-6d3e-4b42-8f3d-0f6d6a1f5c01', now() - interval '80d', now() + interval '10d', 'ci',
        'iDsEsZ7eKpwLgUXkkX5D1qTfpG2Gw1xJZXwTcechYhE.', false, false, null),
       ('5a0cfb1a-6d3e-4b42-8f3d-0f6d6a1f5c02', now() - interval '20d', now() + interval '70d', 'pager',
        overlay(encode(sha256('pager'), 'base64') placing '.' from 44), true, false, null),
       ('7a1f0c52-3b0e-4f0a-9d55-2f1b7c9e4d10', now() - interval '30d', now() + interval '60d', 'deploy',
        overlay(encode(sha256('deploy'), 'base64') placing '.' from 44), false, false, null),
       ('5a0cfb1a-6d3e-4b42-8f3d-0f6d6a1f5c01', now() - interval '121d', now() - interval '31d', 'old',
        overlay(encode(sha256('old'), 'base64') placing '.' from 44), false, false, null);

insert into refresh_tokens (user_id, created_at, expires_at, token)
values ('00000000-0000-4000-8000-000000000001', now() at time zone 'utc' - interval '2d',
        now() at time zone 'utc' + interval '88d', encode(sha256('iamctl: session laptop'), 'base64')),
       ('00000000-0000-4000-8000-000000000001', now() at time zone 'utc' - interval '40d',
        now() at time zone 'utc' + interval '50d', encode(sha256('iamctl: session phone'), 'base64')),
       ('00000000-0000-4000-8000-000000000002', now() at time zone 'utc' - interval '110d',
        now() at time zone 'utc' - interval '20d', encode(sha256('iamctl: session old'), 'base64'));

insert into verification_codes (user_id, created_at, expires_at, code)
values ('00000000-0000-4000-8000-000000000004', now() - interval '1 minute', now() + interval '4 minutes',
        encode(sha256('iamctl: code verification'), 'base64')),
       ('00000000-0000-4000-8000-000000000004', now() - interval '36h', now() - interval '36h',
        encode(sha256('iamctl: code expired'), 'base64'));

insert into authorization_codes (user_id, created_at, expires_at, code)
values ('00000000-0000-4000-8000-000000000001', now(), now() + interval '1 minute',
        encode(sha256('iamctl: code authorization'), 'base64'));

do $$ begin
    create role iam_purger;
exception
    when duplicate_object or unique_violation then null;
end $$;
