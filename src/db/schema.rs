// @generated automatically by Diesel CLI.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Bpchar;

    admin_audit_log (id) {
        id -> Int8,
        at -> Timestamptz,
        database_role -> Text,
        actor -> Text,
        sudo_actor -> Nullable<Text>,
        host -> Text,
        action -> Text,
        target -> Nullable<Text>,
        reason -> Nullable<Text>,
        details -> Jsonb,
        program_version -> Text,
        change_id -> Nullable<Uuid>,
        change_step -> Nullable<Int4>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Bpchar;

    api_token_owners (owner_id, user_id) {
        owner_id -> Uuid,
        user_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Bpchar;

    api_tokens (token) {
        owner_id -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        #[max_length = 100]
        name -> Varchar,
        #[max_length = 44]
        token -> Bpchar,
        blocked -> Bool,
        revoked -> Bool,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Bpchar;

    authorization_codes (code) {
        user_id -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        #[max_length = 44]
        code -> Bpchar,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Bpchar;

    refresh_tokens (token) {
        user_id -> Uuid,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        #[max_length = 44]
        token -> Bpchar,
        revoked -> Bool,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Bpchar;

    users (id) {
        id -> Uuid,
        created_at -> Timestamptz,
        #[max_length = 50]
        username -> Varchar,
        username_fingerprint -> Bytea,
        #[max_length = 100]
        email -> Varchar,
        email_verified -> Bool,
        email_verified_at -> Nullable<Timestamptz>,
        blocked -> Bool,
        deleted -> Bool,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::Bpchar;

    verification_codes (code) {
        user_id -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        #[max_length = 44]
        code -> Bpchar,
    }
}

diesel::joinable!(api_token_owners -> users (user_id));
diesel::joinable!(authorization_codes -> users (user_id));
diesel::joinable!(refresh_tokens -> users (user_id));
diesel::joinable!(verification_codes -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(
    admin_audit_log,
    api_token_owners,
    api_tokens,
    authorization_codes,
    refresh_tokens,
    users,
    verification_codes,
);
