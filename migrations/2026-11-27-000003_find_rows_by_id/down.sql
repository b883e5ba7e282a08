create index verification_codes_prefix on verification_codes (code pg_catalog.bpchar_pattern_ops);

create index authorization_codes_prefix on authorization_codes (code pg_catalog.bpchar_pattern_ops);

create index refresh_tokens_prefix on refresh_tokens (token pg_catalog.bpchar_pattern_ops);

create index api_tokens_prefix on api_tokens (token pg_catalog.bpchar_pattern_ops);

drop index verification_codes_id;

drop index authorization_codes_id;

drop index refresh_tokens_id;

drop index api_tokens_id;
