-- After an adoption, indexes of other names may do what these do.
create index if not exists verification_codes_prefix on verification_codes (code pg_catalog.bpchar_pattern_ops);

create index if not exists authorization_codes_prefix on authorization_codes (code pg_catalog.bpchar_pattern_ops);

create index if not exists refresh_tokens_prefix on refresh_tokens (token pg_catalog.bpchar_pattern_ops);

create index if not exists api_tokens_prefix on api_tokens (token pg_catalog.bpchar_pattern_ops);

drop index if exists verification_codes_id;

drop index if exists authorization_codes_id;

drop index if exists refresh_tokens_id;

drop index if exists api_tokens_id;
