use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use uuid::Uuid;

use super::probe::Probe;
use super::{foreign_parameters, libpq, misread, password_file};
use crate::domain::Secret;
use crate::error::{Error, Result};

/// Connection parameters, as libpq keywords. libpq takes the others from its environment.
#[derive(Clone, PartialEq, Eq)]
pub struct Conninfo {
    keywords: BTreeMap<String, String>,
    local: bool,
}

/// TCP keepalives, in seconds: a server that is gone is noticed within a minute.
const KEEPALIVES: [(&str, &str); 3] =
    [("keepalives_idle", "20"), ("keepalives_interval", "10"), ("keepalives_count", "3")];

/// How long sent data may remain unacknowledged, in milliseconds.
const TCP_USER_TIMEOUT: &str = "30000";

/// What says which hosts to try, how, and for how long.
const OF_HOSTS: [&str; 6] =
    ["host", "hostaddr", "port", "connect_timeout", "target_session_attrs", "load_balance_hosts"];

/// In seconds, where connecting has no limit.
const LONGEST_PROBE: u64 = 10;

/// The socket directories to try: Debian's, then PostgreSQL's default.
const SOCKET_DIRS: [&str; 2] = ["/var/run/postgresql", "/tmp"];

impl Conninfo {
    /// Reads a URL or `keyword=value` list; `origin` is the option or variable that held it.
    pub fn parse(text: &str, origin: &str) -> Result<Self> {
        libpq::parse(text)
            .filter(|keywords| !misread::is_misread(text, keywords))
            .map(|keywords| Self { keywords, local: false })
            .ok_or_else(|| match foreign_parameters::advice(text) {
                Some(advice) => Error::usage(format!("{origin} cannot be used: {advice}")),
                None => Error::usage(format!(
                    "{origin} cannot be parsed: give a URL such as \
                     `postgresql://role@host:5432/database`, with reserved characters of a password \
                     percent-encoded, or libpq keywords such as `host=… dbname=…`"
                )),
            })
    }

    /// Fails where a parameter, or its variable, holds what messages must not repeat.
    pub fn refuse_misplaced(&self) -> Result<()> {
        misread::refuse_misplaced(&self.keywords)
    }

    /// Leaves everything to libpq's environment.
    pub fn from_environment() -> Self {
        Self { keywords: BTreeMap::new(), local: false }
    }

    /// Parameters for the private PostgreSQL. They override `PGHOSTADDR`, `PGOPTIONS`,
    /// `PGTARGETSESSIONATTRS`, `PGREQUIREPEER` and the password file, which are meant for another server.
    /// The server must run as the system user `peer`, if given.
    pub fn local(url: &str, peer: Option<&str>) -> Result<Self> {
        let mut conninfo = Self::parse(url, "the URL of the private PostgreSQL")?;
        conninfo.local = true;
        for (keyword, value) in [
            ("hostaddr", ""),
            ("options", ""),
            ("target_session_attrs", "any"),
            ("requirepeer", peer.unwrap_or_default()),
            ("passfile", password_file::NO_FILE),
        ] {
            conninfo.keywords.insert(keyword.to_owned(), value.to_owned());
        }
        Ok(conninfo)
    }

    /// Leaves out a password file that libpq would ignore with a warning of its own on standard error.
    /// Returns why it is ignored; `None` where libpq reads it, or needs none.
    pub fn leave_out_unusable_password_file(&mut self) -> Option<String> {
        password_file::leave_out(&mut self.keywords)
    }

    /// Keeps OpenSSL from asking on the terminal for the passphrase of a client's key: an encrypted key for
    /// which none is set cannot be used. Call it after `set_defaults`.
    pub fn ask_no_passphrase(&mut self) {
        const KEYWORD: &str = "sslpassword";
        if !libpq::resolve(self.render().expose()).contains_key(KEYWORD) {
            self.keywords.insert(KEYWORD.to_owned(), " ".to_owned());
        }
    }

    /// Whether these are the parameters of the private PostgreSQL.
    pub fn is_local(&self) -> bool {
        self.local
    }

    pub fn password_given(&self) -> bool {
        self.keywords.contains_key("password")
    }

    /// Whether there is a password in it, of the role or of its key.
    pub fn holds_secret(&self) -> bool {
        self.password_given() || self.keywords.contains_key("sslpassword")
    }

    /// Adds timeouts and keepalives that the operator has not set, so that no connection hangs, and what
    /// the environment or a service file says about hosts.
    ///
    /// `connect_timeout` applies to each host and is rounded up to whole seconds. `None` leaves it
    /// to the connection string, a service file or `PGCONNECT_TIMEOUT`.
    pub fn set_defaults(&mut self, connect_timeout: Option<Duration>) {
        if let Some(timeout) = connect_timeout {
            let seconds = timeout.as_millis().div_ceil(1000);
            self.keywords.insert("connect_timeout".to_owned(), seconds.to_string());
        }
        let defaults = libpq::resolve(self.render().expose());
        for (keyword, value) in
            KEEPALIVES.into_iter().chain([("tcp_user_timeout", TCP_USER_TIMEOUT)])
        {
            if !defaults.contains_key(keyword) {
                self.keywords.entry(keyword.to_owned()).or_insert_with(|| value.to_owned());
            }
        }
        self.keywords
            .entry("fallback_application_name".to_owned())
            .or_insert_with(|| "iamctl".to_owned());
        // Diesel sets it in any case, once it is connected. A default of the role may not fit the database.
        self.keywords.insert("client_encoding".to_owned(), "UTF8".to_owned());
        if cfg!(feature = "bundled") {
            self.set_socket_dir(&defaults);
        }
        for keyword in OF_HOSTS {
            if let Some(value) = defaults.get(keyword) {
                self.keywords.entry(keyword.to_owned()).or_insert_with(|| value.clone());
            }
        }
    }

    /// Sets the socket directory. The default of the bundled libpq is PostgreSQL's own, not that of
    /// the distribution.
    fn set_socket_dir(&mut self, defaults: &BTreeMap<String, String>) {
        let given = ["host", "hostaddr", "service"].into_iter().any(|keyword| {
            self.get(keyword).or(defaults.get(keyword).map(String::as_str)).is_some()
        });
        if given {
            return;
        }
        let port = self.get("port").or(defaults.get("port").map(String::as_str)).unwrap_or("5432");
        let socket = format!(".s.PGSQL.{port}");
        let dir = SOCKET_DIRS
            .into_iter()
            .find(|dir| Path::new(dir).join(&socket).exists())
            .unwrap_or(SOCKET_DIRS[0]);
        self.keywords.insert("host".to_owned(), dir.to_owned());
    }

    /// How long connecting to a host may take, first statements included. `None` has no limit.
    ///
    /// A little longer than libpq's own limit, whose message says more, and which ends with the login.
    pub fn connect_limit(&self) -> Option<Duration> {
        let seconds: u64 = self.get("connect_timeout")?.parse().ok().filter(|it| *it > 0)?;
        Some(Duration::from_secs(seconds) + Duration::from_millis(500))
    }

    /// Whether the host is known by a name, whose address connecting has to look up.
    pub fn looks_up_a_name(&self) -> bool {
        let given = |keyword| self.get(keyword).filter(|value| !value.is_empty());
        let is_name = |host: &str| {
            // Sockets are files or, with `@`, abstract.
            !host.is_empty() && !host.starts_with(['/', '@']) && host.parse::<IpAddr>().is_err()
        };
        given("hostaddr").is_none() && given("host").is_some_and(|it| it.split(',').any(is_name))
    }

    /// How to look whether the server answers new connections, within the connect timeout or its default.
    pub fn probe(&self) -> Probe {
        let seconds = self.connect_limit().map_or(LONGEST_PROBE, |limit| limit.as_secs());
        let limited = self.with("connect_timeout", &seconds.to_string());
        Probe::new(limited.render(), Duration::from_secs(seconds))
    }

    /// The parameters for each host alone, in the order to try them. Given several hosts, libpq limits
    /// neither the look-up of a name nor the first statements, and ends where those fail.
    pub fn hosts(&self) -> Vec<Self> {
        let [hosts, addresses, ports] = ["host", "hostaddr", "port"].map(|list| self.list(list));
        let count = hosts.len().max(addresses.len());
        let fits = |list: &Vec<&str>| list.is_empty() || list.len() == count;
        if count < 2 || !(fits(&hosts) && fits(&addresses) && (ports.len() == 1 || fits(&ports))) {
            // libpq says what is wrong with the lists.
            return vec![self.clone()];
        }
        let one = |number: usize| {
            let mut host = self.clone();
            for (keyword, list) in [("host", &hosts), ("hostaddr", &addresses), ("port", &ports)] {
                if let Some(value) = list.get(number).or(list.first()) {
                    host = host.with(keyword, value);
                }
            }
            host
        };
        let mut all: Vec<_> = (0..count).map(one).collect();
        if self.get("load_balance_hosts") == Some("random") {
            all.sort_by_cached_key(|_| Uuid::new_v4());
        }
        if self.get("target_session_attrs") == Some("prefer-standby") {
            let round = |wanted| all.iter().map(move |it| it.with("target_session_attrs", wanted));
            all = round("standby").chain(round("any")).collect();
        }
        all
    }

    /// The elements of a list; none where it is not set.
    fn list(&self, keyword: &str) -> Vec<&str> {
        let list = self.get(keyword).filter(|list| !list.is_empty());
        list.map(|list| list.split(',').collect()).unwrap_or_default()
    }

    fn with(&self, keyword: &str, value: &str) -> Self {
        let mut changed = self.clone();
        changed.keywords.insert(keyword.to_owned(), value.to_owned());
        changed
    }

    fn get(&self, keyword: &str) -> Option<&str> {
        self.keywords.get(keyword).map(String::as_str)
    }

    /// The host as the operator named it; `None` if only a service file names it.
    pub fn host(&self) -> Option<String> {
        let defaults = libpq::defaults();
        ["host", "hostaddr"].into_iter().find_map(|keyword| {
            self.get(keyword)
                .or_else(|| defaults.get(keyword).map(String::as_str))
                .filter(|host| !host.is_empty())
                .map(str::to_owned)
        })
    }

    /// All parameters for libpq's `PQconnectdb`, secrets included.
    pub fn render(&self) -> Secret {
        let mut text = String::new();
        for (keyword, value) in &self.keywords {
            let value = value.replace('\\', "\\\\").replace('\'', "\\'");
            // Writing to a String cannot fail.
            _ = write!(text, "{keyword}='{value}' ");
        }
        Secret::new(text)
    }

    /// A message of libpq on one line, with passwords replaced.
    pub fn scrub(&self, message: &str) -> String {
        let mut line = message.split_whitespace().collect::<Vec<_>>().join(" ");
        for keyword in ["password", "sslpassword"] {
            if let Some(secret) = self.get(keyword).filter(|secret| secret.len() > 3) {
                line = line.replace(secret, "…");
            }
        }
        line
    }
}

/// Names the database, the host and the role for messages.
impl fmt::Display for Conninfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let defaults = libpq::defaults();
        let value = |keyword: &str| {
            self.get(keyword).or_else(|| defaults.get(keyword).map(String::as_str)).unwrap_or("?")
        };
        let role = value("user");
        let database = match value("dbname") {
            "?" => role,
            name => name,
        };
        match self.get("service") {
            Some(service) => write!(f, "service `{service}`"),
            None => write!(
                f,
                "database `{database}` on `{}` as `{role}`",
                self.host().unwrap_or_else(|| "?".to_owned()),
            ),
        }
    }
}

impl fmt::Debug for Conninfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Conninfo({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::Conninfo;

    #[test]
    fn no_message_repeats_a_url_that_cannot_be_parsed() {
        for url in [
            "postgresql://u:s3cret/x@h:port/db",
            "postgresql://u:s3cret/x@h/db",
            "postgresql://u:12/s3cret@h/db",
            "postgresql://u:x@s3cret@h/db",
            "postgresql://u:s3cret?x/y@h/db",
            "postgresql://u:%s3cret@h/db",
            "host=h port=s3cret",
            "host=h password=s3cret x",
        ] {
            let error = Conninfo::parse(url, "DATABASE_URL").unwrap_err();
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
        for url in [
            "postgresql://u:p%2F%40@h1:1,h2:2/db?user=a@b",
            "postgresql:///db?host=/tmp",
            "postgresql://u:a?b:c#d@[::1]:5432/db",
            "host=@abstract user=a@b dbname=x@y",
        ] {
            assert!(Conninfo::parse(url, "DATABASE_URL").is_ok(), "{url}");
        }
    }

    #[test]
    fn values_are_quoted_for_libpq() -> Result<(), Box<dyn std::error::Error>> {
        let conninfo = Conninfo::parse("host=h password='a\\'b c\\\\'", "x")?;
        assert_eq!(conninfo.render().expose(), "host='h' password='a\\'b c\\\\' ");
        assert_eq!(conninfo.scrub("wrong: a'b c\\"), "wrong: …");
        assert!(!format!("{conninfo:?}").contains("b c"));
        Ok(())
    }

    /// Host, address, port and attributes of each.
    fn hosts(text: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
        let mut conninfo = Conninfo::parse(text, "x")?;
        conninfo.set_defaults(None);
        let value = |host: &Conninfo, keyword| host.get(keyword).unwrap_or_default().to_owned();
        let each = |host: &Conninfo| {
            ["host", "hostaddr", "port", "target_session_attrs"].map(|it| value(host, it)).join("|")
        };
        Ok(conninfo.hosts().iter().map(each).collect())
    }

    #[test]
    fn each_host_is_tried_alone() -> Result<(), Box<dyn std::error::Error>> {
        for (text, expected) in [
            ("host=a", ["a||5432|any"].as_slice()),
            ("postgresql://a:1,b:2/db", &["a||1|any", "b||2|any"]),
            ("host=a,b port=7", &["a||7|any", "b||7|any"]),
            ("host=a, port=7,", &["a||7|any", "|||any"]),
            ("hostaddr=::1,127.0.0.1", &["|::1|5432|any", "|127.0.0.1|5432|any"]),
            ("host=a,b hostaddr=1.2.3.4,::1", &["a|1.2.3.4|5432|any", "b|::1|5432|any"]),
            ("host=a,b target_session_attrs=primary", &["a||5432|primary", "b||5432|primary"]),
            (
                "host=a,b target_session_attrs=prefer-standby",
                &["a||5432|standby", "b||5432|standby", "a||5432|any", "b||5432|any"],
            ),
            // libpq refuses these lists.
            ("host=a,b port=1,2,3", &["a,b||1,2,3|any"]),
            ("host=a,b hostaddr=::1", &["a,b|::1|5432|any"]),
        ] {
            assert_eq!(hosts(text)?, expected, "{text}");
        }
        let mut random = hosts("host=a,b,c load_balance_hosts=random")?;
        random.sort();
        assert_eq!(random, ["a||5432|any", "b||5432|any", "c||5432|any"]);
        Ok(())
    }

    #[test]
    fn only_names_are_looked_up() -> Result<(), Box<dyn std::error::Error>> {
        for (text, looked_up) in [
            ("host=localhost", true),
            ("host=db.example.org", true),
            ("host=db.example.org hostaddr=::1", false),
            ("hostaddr=127.0.0.1", false),
            ("host=127.0.0.1", false),
            ("postgresql://[::1]/db", false),
            ("host=/run/postgresql", false),
            ("host=@abstract", false),
            // libpq refuses these lists.
            ("host=/run,db port=1,2,3", true),
        ] {
            assert_eq!(Conninfo::parse(text, "x")?.looks_up_a_name(), looked_up, "{text}");
        }
        Ok(())
    }
}
