-- The extension pg_trgm stays, because other objects may use it.
drop table api_token_owners;
drop table api_tokens;
drop table refresh_tokens;
drop table authorization_codes;
drop table verification_codes;
drop table users;
