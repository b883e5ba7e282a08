-- A row is found by its id, the first 12 characters of its key: `= any` finds many rows at once, also on a
-- distributed PostgreSQL. An index that is there already, made with CONCURRENTLY, is kept.

create index if not exists verification_codes_id
    on verification_codes (pg_catalog.left(code::pg_catalog.text, 12) pg_catalog.text_pattern_ops);

create index if not exists authorization_codes_id
    on authorization_codes (pg_catalog.left(code::pg_catalog.text, 12) pg_catalog.text_pattern_ops);

create index if not exists refresh_tokens_id
    on refresh_tokens (pg_catalog.left(token::pg_catalog.text, 12) pg_catalog.text_pattern_ops);

create index if not exists api_tokens_id
    on api_tokens (pg_catalog.left(token::pg_catalog.text, 12) pg_catalog.text_pattern_ops);

-- Without statistics on the expressions, the planner would scan a table for a few ids.
analyze verification_codes;

analyze authorization_codes;

analyze refresh_tokens;

analyze api_tokens;

-- Last: from here on to COMMIT nobody else reads the tables.
drop index if exists verification_codes_prefix;

drop index if exists authorization_codes_prefix;

drop index if exists refresh_tokens_prefix;

drop index if exists api_tokens_prefix;
