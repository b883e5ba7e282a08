//! The users of a token's owner, inside a query on tokens. Macros, as their types cannot be written out. A
//! file that uses them imports the tables that they name, and `may_use_tokens`.

macro_rules! users_of_owner {
    () => {
        api_token_owners::table
            .inner_join(users::table)
            .filter(api_token_owners::owner_id.eq(api_tokens::owner_id))
    };
}

/// True where some user of the owner may use tokens, else NULL. Not `exists`: the
/// planner may compute that for all owners at once, with a scan of both tables.
macro_rules! owner_usable {
    () => {
        users_of_owner!()
            .filter(may_use_tokens())
            .select(true.into_sql::<Bool>())
            .limit(1)
            .single_value()
    };
}

pub(super) use {owner_usable, users_of_owner};
