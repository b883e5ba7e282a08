//! What holds in the database after each step, by SQL.

use super::names::Names;
use super::state::Model;
use crate::support::Db;

/// Each selects what should not be there.
const NONE: [(&str, &str); 8] = [
    (
        "one own owner for each user, but for those that operators made or changed",
        "select user_id, count(*) from api_token_owners o
         where not exists (select from api_token_owners p
                           where p.owner_id = o.owner_id and p.user_id <> o.user_id)
             and not exists (select from admin_audit_log
                             where target = o.owner_id::text and action like 'owner.%')
         group by user_id having count(*) > 1",
    ),
    (
        "at most two live tokens of a name, and two only by a rotation",
        "select owner_id, name, count(*) from api_tokens t
         where not revoked and expires_at > now()
         group by owner_id, name
         having count(*) > 2 or count(*) = 2 and not exists (
             select from admin_audit_log
             where action = 'token.rotate' and details ? 'rotated_from'
                 and target = (array_agg(translate(left(token, 12), '+/', '-_')
                               order by created_at desc))[1])",
    ),
    (
        "no orphan",
        "select user_id from (select user_id from refresh_tokens union all
                              select user_id from verification_codes union all
                              select user_id from authorization_codes union all
                              select user_id from api_token_owners) r
         where user_id not in (select id from users)",
    ),
    (
        "flags agree with their times",
        "select id::text from users
         where deleted <> (deleted_at is not null)
             or email_verified <> (email_verified_at is not null)
         union all select name from api_tokens where revoked <> (revoked_at is not null)
         union all select token from refresh_tokens where revoked <> (revoked_at is not null)",
    ),
    (
        "the service, which reads only expires_at, accepts no revoked session",
        "select token from refresh_tokens
         where revoked and expires_at > now() at time zone 'utc'",
    ),
    (
        "each new token has an audit row, and so has each code",
        "select token from api_tokens
         where not exists (select from admin_audit_log
                           where action in ('token.issue', 'token.rotate')
                               and target = translate(left(token, 12), '+/', '-_'))
         union all
         select code from (select user_id, code from verification_codes union all
                           select user_id, code from authorization_codes) c
         where not exists (select from admin_audit_log
                           where action = 'code.issue' and target = user_id::text)",
    ),
    (
        "each user has an audit row for what is not so at first",
        "select u.id from users u
         where not exists (select from admin_audit_log
                           where action = 'user.create' and target = u.id::text)
             or blocked and not exists (select from admin_audit_log
                           where action in ('user.block', 'user.offboard') and target = u.id::text)
             or deleted and not exists (select from admin_audit_log
                           where action = 'user.delete' and target = u.id::text)",
    ),
    (
        "one id for what one run changed",
        "select action from admin_audit_log
         where action <> 'db.migrate' and (change_id is null or change_step is null)",
    ),
];

/// The ids of live tokens without a user who could end them.
const LEFT: &str = "select translate(left(token, 12), '+/', '-_') from api_tokens t
                    where not revoked and expires_at > now()
                        and not exists (select from api_token_owners o where o.owner_id = t.owner_id)";

pub fn check(db: &Db, model: &Model, names: &Names) -> Result<(), String> {
    let mut queries = vec![LEFT.to_owned()];
    for (place, (_, sql)) in NONE.iter().enumerate() {
        queries.push(format!("select '{place}:' || r::text from ({sql}) r"));
    }
    for line in db.sql(&queries.join("; ")).lines() {
        if let Some((place, row)) = line.split_once(':') {
            return Err(format!("{}: {row}", NONE[place.parse::<usize>().unwrap()].0));
        }
        // Only where the operator insisted.
        let token = names.called(line).strip_prefix("#token ").and_then(|it| it.parse().ok());
        if !token.is_some_and(|token: u32| model.tokens[&token].forced) {
            return Err(format!("a live token of an owner without users: {line}"));
        }
    }
    Ok(())
}

/// The rows of the audit log after this one: change id, action and target; and the number of the last one.
pub fn audited_after(db: &Db, last: i64) -> (Vec<(String, String)>, i64) {
    let rows = db.sql(&format!(
        "select id, change_id, action || '|' || coalesce(target, '')
         from admin_audit_log where id > {last} and action <> 'db.migrate' order by id"
    ));
    let mut newest = last;
    let rows = rows.lines().map(|line| {
        let mut parts = line.splitn(3, '|');
        newest = parts.next().unwrap().parse().unwrap();
        (parts.next().unwrap().to_owned(), parts.next().unwrap().to_owned())
    });
    (rows.collect(), newest)
}
