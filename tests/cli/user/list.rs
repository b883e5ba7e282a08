//! `iamctl user list` and `show`.

use crate::support::{Db, Run};

#[test]
fn list_filters_sorts_and_pages() {
    let db = Db::new();
    let names = ["dave", "alice", "carol", "bob", "erin"];
    for (days, name) in (1..).zip(names) {
        let id = db.user(name);
        db.sql(&format!(
            "update users set created_at = now() - '{days}d'::interval where id = '{id}'"
        ));
    }
    db.iamctl("user block alice --yes").ok();
    db.iamctl("user delete bob --yes").ok();
    db.sql("update users set email_verified = false, email = 'carol@other.org' where username = 'carol'");

    let list = |options: &str| -> Vec<String> {
        let list = db.iamctl(&format!("user list {options}")).json();
        list.as_array()
            .unwrap()
            .iter()
            .map(|user| user["username"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(list(""), ["dave", "alice", "carol", "erin"], "newest first, all but deleted");
    assert_eq!(list("--status any"), names);
    assert_eq!(list("--status active"), ["dave", "erin"]);
    assert_eq!(list("--status blocked"), ["alice"]);
    assert_eq!(list("--status deleted"), ["bob"]);
    assert_eq!(list("--status unverified"), ["carol"]);
    assert_eq!(list("--created-after 60h"), ["dave", "alice"]);
    assert_eq!(list("--created-before 60h"), ["carol", "erin"]);
    assert_eq!(list("--created-before 2020-01-01"), [""; 0]);
    assert_eq!(list("--email-domain OTHER.org"), ["carol"]);
    assert_eq!(list("--search ARO"), ["carol"]);
    assert_eq!(list("--search @other"), ["carol"]);
    assert_eq!(list("--search %"), [""; 0], "`%` matches only itself");
    assert_eq!(list("--sort username"), ["alice", "carol", "dave", "erin"]);
    assert_eq!(list("--sort email --reverse"), ["erin", "dave", "carol", "alice"]);
    assert_eq!(list("--reverse"), ["erin", "carol", "alice", "dave"]);
    for sort in ["created", "username", "email"] {
        for reverse in ["", "--reverse"] {
            let whole = list(&format!("--status any --sort {sort} {reverse}"));
            let mut paged = Vec::new();
            let mut after = String::new();
            loop {
                let page = list(&format!("--status any --sort {sort} {reverse} --limit 2 {after}"));
                let Some(last) = page.last() else { break };
                after = format!("--after {last}");
                paged.extend(page);
            }
            assert_eq!(paged, whole, "{sort} {reverse}");
        }
    }
    assert_eq!(db.iamctl("user list --count").ok().line(), "4");
    assert_eq!(db.iamctl("user list --count --status any").json()["count"], 5);
}

#[test]
fn show_counts_live_rows() {
    let db = Db::new();
    let id = db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    db.iamctl("code issue authorization --user alice").ok();
    db.sql(&format!(
        "insert into refresh_tokens
         select '{id}', now() at time zone 'utc', (now() at time zone 'utc') + make_interval(mins => 2 - n), lpad(n::text, 44, 's'), false
         from generate_series(1, 4) n"
    ));
    // The times of sessions are UTC. The server's TimeZone has no effect on them.
    for zone in ["UTC", "Asia/Tokyo", "America/New_York"] {
        db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
        let shown = db.iamctl("user show alice").json();
        assert_eq!(shown["live_sessions"], 1, "{zone}");
        assert_eq!(shown["live_authorization_codes"], 1);
        assert_eq!(shown["live_verification_codes"], 0);
        assert_eq!(shown["live_tokens"], 1);
    }
}

/// The tests' server has the locale `C`, in which PostgreSQL knows the case of ASCII letters only.
#[test]
fn a_search_finds_letters_beyond_ascii_in_either_case() {
    let db = Db::new();
    db.iamctl("user create zoe --email ZOË@x.org").ok();
    for part in ["ZOË", "zoë", "oË@", "OË@X"] {
        let found = db.iamctl("user list --columns email --no-headers --search").arg(part).ok();
        assert_eq!(found.line(), "zoë@x.org", "{part}");
    }
    assert_eq!(db.iamctl("user list -o id --search ZOÉ").ok().stdout, "");
}

#[test]
fn a_search_uses_trigrams_if_the_extension_exists() {
    let db = Db::bare();
    let role = db.role("owner");
    let name = &db.name;
    db.sql(&format!(
        "revoke create on database {name} from public; grant all on schema public to {role}"
    ));
    let as_owner = |line: &str| Run::new(&db.url_as(&role), line);
    // Everything works without the extension.
    as_owner("db migrate").ok();
    as_owner("user create alice --email a@x.org").ok();
    let found = as_owner("user list --search LIC -o id").ok().says("reads all users");
    assert_eq!(found.lines().len(), 1);
    as_owner("db check").ok();
    // The SQL in docs/operating.md adds the index.
    let readme =
        include_str!("../../../docs/operating.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, advice) = readme.split_once("A superuser adds it with `").unwrap();
    for sql in advice.split_once('`').unwrap().0.split(';') {
        db.sql(sql);
    }
    let found = as_owner("user list --search LIC -o id").ok();
    assert_eq!((found.lines().len(), found.stderr.as_str()), (1, ""));
}

/// What can match no row is refused: it would look like an answer.
#[test]
fn a_range_or_a_domain_that_can_match_nothing_is_refused() {
    let db = Db::new();
    db.user("alice");
    for line in [
        "user list --created-after 1h --created-before 7d",
        "user export --created-after 2026-02-01 --created-before 2026-01-01",
        "session list --created-after 1h --created-before 7d",
        "audit list --since 1d --until 7d",
    ] {
        db.iamctl(line).fails(2).says("the first has to be the earlier one");
    }
    for domain in ["", "@", "a@example.org", "exa mple"] {
        let run = db.iamctl("user list").arg(format!("--email-domain={domain}"));
        run.fails(2).says("give a domain, such as `example.org`");
    }
    let found = db.iamctl("user list --email-domain @EXAMPLE.org -o csv --columns username");
    assert_eq!(found.ok().stdout, "username\nalice\n");
    // No user could be created with it, but another program may have written one.
    db.sql("update users set email = 'alice@[192.0.2.1]'");
    assert_eq!(db.iamctl("user list --email-domain [192.0.2.1] --count").ok().line(), "1");
}
