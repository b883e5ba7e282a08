//! Random commands. Most name what there is; some name what is gone, taken or was never there.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::command::{Command, Kind, Of, Rows, Selector, Step, TokenVerb, UserVerb, Which};
use super::state::{Model, PLACES, User};

/// Some count as the same, and `nobody` is never created.
const NAMES: [&str; 7] = ["ann-w", "Ann_W", "bob", "BOB", "cat", "dan", "eve"];
const EMAILS: [&str; 6] =
    ["ann@x.org", "bob@x.org", "BOB@X.ORG", "cat@x.org", "dan@x.org", "eve@x.org"];
const TOKENS: [&str; 2] = ["ci", "web"];

/// One in eight.
fn rarely() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.125)
}

fn place() -> impl Strategy<Value = usize> {
    0..PLACES
}

fn selector(model: &Model) -> BoxedStrategy<Selector> {
    let typed = prop_oneof![
        place().prop_map(Selector::Id),
        select(&NAMES).prop_map(Selector::Name),
        select(&EMAILS).prop_map(Selector::Email),
        Just(Selector::Name("nobody")),
    ];
    if model.users.is_empty() {
        return typed.boxed();
    }
    let users: Vec<_> = model.users.iter().map(|(place, user)| (*place, user.name)).collect();
    let named = (select(users), any::<bool>()).prop_map(|((place, name), by_id)| {
        if by_id { Selector::Id(place) } else { Selector::Name(name) }
    });
    prop_oneof![8 => named, 1 => typed].boxed()
}

/// Mostly one of the users for whom this holds.
fn mostly(model: &Model, holds: impl Fn(usize, &User) -> bool) -> BoxedStrategy<Selector> {
    let users = model.users.iter().filter(|(place, user)| holds(**place, user));
    let places: Vec<_> = users.map(|(place, _)| *place).collect();
    if places.is_empty() {
        return selector(model);
    }
    prop_oneof![3 => select(places).prop_map(Selector::Id), 1 => selector(model)].boxed()
}

fn active(model: &Model) -> BoxedStrategy<Selector> {
    mostly(model, |_, user| user.may_log_in())
}

/// Of those who have live tokens.
fn holder(model: &Model) -> BoxedStrategy<Selector> {
    let live = model.tokens.values().filter(|token| token.is_live());
    let holders: BTreeSet<_> = live.flat_map(|token| model.members(token.owner)).collect();
    mostly(model, |place, _| holders.contains(&place))
}

fn selectors(model: &Model) -> BoxedStrategy<Vec<Selector>> {
    let one = || vec(selector(model), 1);
    prop_oneof![6 => one(), 3 => vec(selector(model), 2..4), 1 => Just(Vec::new())].boxed()
}

/// A number of these, or one that no row has.
fn number<'a>(of: impl Iterator<Item = &'a u32>) -> BoxedStrategy<u32> {
    let numbers: Vec<_> = of.copied().collect();
    if numbers.is_empty() {
        return Just(0).boxed();
    }
    prop_oneof![12 => select(numbers), 1 => Just(0)].boxed()
}

fn numbers<'a>(of: impl Iterator<Item = &'a u32>) -> BoxedStrategy<Vec<u32>> {
    let one = number(of);
    prop_oneof![8 => vec(one.clone(), 1), 3 => vec(one, 2..4), 1 => Just(Vec::new())].boxed()
}

fn of(model: &Model) -> BoxedStrategy<Of> {
    if model.owners.is_empty() {
        return active(model).prop_map(Of::User).boxed();
    }
    prop_oneof![
        3 => active(model).prop_map(Of::User),
        2 => number(model.owners.keys()).prop_map(Of::Owner),
    ]
    .boxed()
}

fn token_name() -> impl Strategy<Value = &'static str> + Clone {
    prop_oneof![3 => Just(TOKENS[0]), 1 => Just(TOKENS[1])]
}

/// Most of the live ones.
fn token(model: &Model) -> BoxedStrategy<u32> {
    let live = model.tokens.iter().filter(|(_, token)| token.is_live());
    prop_oneof![
        2 => number(live.map(|(number, _)| number)),
        1 => number(model.tokens.keys()),
    ]
    .boxed()
}

/// By the owner and the name of a token, or by others.
fn named_token(model: &Model) -> BoxedStrategy<Which> {
    let other = (of(model), token_name()).prop_map(|(of, name)| Which::Name(of, name)).boxed();
    let live = model.tokens.values().filter(|token| token.is_live());
    let names: Vec<_> = live.map(|token| (token.owner, token.name)).collect();
    if names.is_empty() {
        return other;
    }
    let owners = model.owners.clone();
    let known = (select(names), any::<bool>()).prop_map(move |((owner, name), by_user)| {
        let user = owners[&owner].first().filter(|_| by_user);
        let of = user.map_or(Of::Owner(owner), |user| Of::User(Selector::Id(*user)));
        Which::Name(of, name)
    });
    prop_oneof![3 => known, 1 => other].boxed()
}

fn one_token(model: &Model) -> BoxedStrategy<Which> {
    prop_oneof![
        token(model).prop_map(|token| Which::Ids(vec![token])),
        token(model).prop_map(|token| Which::Values(vec![token])),
        named_token(model),
    ]
    .boxed()
}

fn some_tokens(model: &Model) -> BoxedStrategy<Which> {
    prop_oneof![
        2 => one_token(model),
        1 => vec(token(model), 0..4).prop_map(Which::Ids),
        1 => vec(token(model), 0..4).prop_map(Which::Values),
        1 => of(model).prop_map(Which::All),
    ]
    .boxed()
}

fn user_change(model: &Model) -> BoxedStrategy<Command> {
    let block = (any::<bool>(), any::<bool>());
    let verb = prop_oneof![
        2 => block.prop_map(|(sessions, tokens)| UserVerb::Block { sessions, tokens }),
        5 => Just(UserVerb::Unblock),
        1 => Just(UserVerb::Delete),
        2 => Just(UserVerb::Restore),
        4 => Just(UserVerb::Verify),
        1 => Just(UserVerb::Unverify),
    ];
    (verb, selectors(model)).prop_map(|(verb, users)| Command::ChangeUsers { verb, users }).boxed()
}

/// Most of what is free; else of all.
fn free<T: Copy + std::fmt::Debug + 'static>(
    all: &[T],
    is_taken: impl Fn(&T) -> bool,
) -> BoxedStrategy<T> {
    let free: Vec<_> = all.iter().copied().filter(|it| !is_taken(it)).collect();
    let any = select(all.to_vec());
    if free.is_empty() { any.boxed() } else { prop_oneof![8 => select(free), 1 => any].boxed() }
}

fn creation(model: &Model) -> BoxedStrategy<Command> {
    let places: Vec<_> = (0..PLACES).collect();
    let place = free(&places, |place| model.users.contains_key(place));
    let name = free(&NAMES, |name| model.named(name).is_some());
    let email = free(&EMAILS, |email| model.with_email(email).is_some());
    (place, name, email, prop::bool::weighted(0.8), rarely())
        .prop_map(|(place, name, email, verified, if_not_exists)| Command::CreateUser {
            place,
            name,
            email,
            verified,
            if_not_exists,
        })
        .boxed()
}

fn of_users(model: &Model) -> BoxedStrategy<Command> {
    prop_oneof![
        3 => creation(model),
        6 => user_change(model),
        1 => (selector(model), select(&NAMES))
            .prop_map(|(user, name)| Command::Rename { user, name }),
        1 => (selector(model), select(&EMAILS), any::<bool>())
            .prop_map(|(user, email, verified)| Command::SetEmail { user, email, verified }),
        1 => (vec(mostly(model, |_, user| user.deleted), 1..3), rarely())
            .prop_map(|(users, force)| Command::Erase { users, force }),
        3 => (vec(holder(model), 0..3), prop::option::of(active(model)))
            .prop_map(|(users, heir)| Command::Offboard { users, heir }),
    ]
    .boxed()
}

fn of_owners(model: &Model) -> BoxedStrategy<Command> {
    let owner = || number(model.owners.keys());
    let creation = vec(selector(model), 1..4).prop_map(|users| Command::CreateOwner { users });
    if model.owners.is_empty() {
        return creation.boxed();
    }
    let owners = model.owners.clone();
    let member = number(model.owners.keys()).prop_flat_map(move |owner| {
        let members: Vec<_> = owners.get(&owner).into_iter().flatten().copied().collect();
        let some = if members.is_empty() { place().boxed() } else { select(members).boxed() };
        (Just(owner), vec(some.prop_map(Selector::Id), 1..3))
    });
    let other = (owner(), selectors(model));
    prop_oneof![
        1 => creation,
        2 => (owner(), selectors(model))
            .prop_map(|(owner, users)| Command::AddToOwner { owner, users }),
        2 => (prop_oneof![3 => member, 1 => other], any::<bool>()).prop_map(
            |((owner, users), revoke)| Command::RemoveFromOwner { owner, users, revoke }
        ),
        1 => (owner(), any::<bool>())
            .prop_map(|(owner, revoke)| Command::DeleteOwner { owner, revoke }),
    ]
    .boxed()
}

fn of_tokens(model: &Model) -> BoxedStrategy<Command> {
    let verb = select(&[TokenVerb::Revoke, TokenVerb::Block, TokenVerb::Unblock]);
    let issue = (of(model), token_name(), rarely(), rarely()).prop_map(
        |(of, name, if_not_exists, force)| Command::Issue { of, name, if_not_exists, force },
    );
    if model.tokens.is_empty() {
        return issue.boxed();
    }
    prop_oneof![
        4 => issue,
        4 => (one_token(model), any::<bool>(), rarely())
            .prop_map(|(which, overlap, force)| Command::Rotate { which, overlap, force }),
        3 => (verb, some_tokens(model))
            .prop_map(|(verb, which)| Command::ChangeTokens { verb, which }),
    ]
    .boxed()
}

fn of_logins(model: &Model) -> BoxedStrategy<Command> {
    let kind = select(&[Kind::Verification, Kind::Authorization]);
    let which = |of: BoxedStrategy<Vec<u32>>| {
        let all = selector(model).prop_map(Rows::AllOf);
        prop_oneof![2 => of.prop_map(Rows::Ids), 1 => all]
    };
    let sessions = prop_oneof![
        8 => which(numbers(model.sessions.keys())),
        1 => Just(Rows::Everyone),
    ];
    prop_oneof![
        3 => (kind, active(model), rarely())
            .prop_map(|(kind, user, force)| Command::IssueCode { kind, user, force }),
        1 => which(numbers(model.codes.keys())).prop_map(|which| Command::RevokeCodes { which }),
        2 => sessions.prop_map(|which| Command::RevokeSessions { which }),
    ]
    .boxed()
}

/// A command that changes something.
fn change(model: &Model) -> BoxedStrategy<Command> {
    prop_oneof![
        5 => of_users(model),
        2 => of_owners(model),
        7 => of_tokens(model),
        2 => of_logins(model),
    ]
    .boxed()
}

fn read(model: &Model) -> BoxedStrategy<Command> {
    let user_status = select(&["active", "blocked", "deleted", "unverified"]);
    let token_status = select(&["active", "expired", "blocked", "revoked", "owner-blocked"]);
    let user = || selector(model);
    prop_oneof![
        user().prop_map(|user| Command::ShowUser { user }),
        number(model.owners.keys()).prop_map(|owner| Command::ShowOwner { owner }),
        one_token(model).prop_map(|which| Command::ShowToken { which }),
        number(model.tokens.keys()).prop_map(|token| Command::VerifyToken { token }),
        user_status.prop_map(|status| Command::ListUsers { status }),
        user().prop_map(|user| Command::ListOwners { user }),
        of(model).prop_map(|of| Command::ListTokens { of }),
        token_status.prop_map(|status| Command::ListTokensIn { status }),
        user().prop_map(|user| Command::ListSessions { user }),
        user().prop_map(|user| Command::ListCodes { user }),
    ]
    .boxed()
}

fn outside(model: &Model) -> BoxedStrategy<Command> {
    prop_oneof![
        8 => place().prop_map(|place| Command::LogIn { place }),
        1 => number(model.tokens.keys()).prop_map(|token| Command::ExpireToken { token }),
        1 => number(model.sessions.keys()).prop_map(|session| Command::ExpireSession { session }),
        1 => number(model.codes.keys()).prop_map(|code| Command::ExpireCode { code }),
    ]
    .boxed()
}

fn step(number: u32, command: BoxedStrategy<Command>) -> BoxedStrategy<Step> {
    (command, prop::bool::weighted(0.06), prop::bool::weighted(0.95), rarely())
        .prop_map(move |(command, dry_run, yes, stdin)| {
            let step = Step { number, command, dry_run, yes, stdin };
            // An erasure looks at the users before it refuses, so that more than one exit code is right.
            let yes = yes || matches!(step.command, Command::Erase { .. });
            Step { dry_run: dry_run && step.changes(), yes, ..step }
        })
        .boxed()
}

/// One command.
pub fn alone(model: &Model) -> BoxedStrategy<Vec<Step>> {
    // At first, there is nobody.
    let creations = if model.users.len() < 3 { 60 } else { 0 };
    let command = prop_oneof![
        20 => change(model),
        3 => read(model),
        2 => outside(model),
        creations => creation(model),
    ];
    step(model.next, command.boxed()).prop_map(|step| vec![step]).boxed()
}

/// Two to four commands at once. Few users and token names make them meet.
pub fn at_once(model: &Model) -> BoxedStrategy<Vec<Step>> {
    let one = |place: u32| step(model.next + place, change(model));
    prop_oneof![
        (one(0), one(1)).prop_map(|(a, b)| vec![a, b]),
        (one(0), one(1), one(2)).prop_map(|(a, b, c)| vec![a, b, c]),
        (one(0), one(1), one(2), one(3)).prop_map(|(a, b, c, d)| vec![a, b, c, d]),
    ]
    .boxed()
}

/// A sequence whose first commands run alone, so that there is something to meet at.
pub fn mixed(model: &Model) -> BoxedStrategy<Vec<Step>> {
    let alone_at_first = if model.users.len() < 3 { 8 } else { 1 };
    prop_oneof![alone_at_first => alone(model), 4 => at_once(model)].boxed()
}
