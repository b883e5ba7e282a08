//! The check `tls`: what protects the connection that iamctl itself opens.

use std::fs::{self, Permissions};
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::unistd::{Uid, User};

use crate::support::pooler::Pooler;
use crate::support::server::{Server, THROW_AWAY, run};
use crate::support::{Outcome, Run, directory, skipped};

/// What a connection string adds, the status expected, and parts of the detail.
type Case<'a> = (&'a str, &'a str, &'a [&'a str]);

/// A server with a certificate for `localhost`, which also is the root certificate.
struct TlsServer {
    server: Server,
    port: u16,
    certificate: PathBuf,
    _directory: tempfile::TempDir,
}

impl TlsServer {
    /// `None` (and a message) where the program `openssl` is missing. The certificate is valid
    /// from 2020 to 1 January of this year.
    fn start(last_year: u32) -> Option<Self> {
        let directory = directory();
        fs::set_permissions(&directory, Permissions::from_mode(0o755)).unwrap();
        let (key, certificate) = certificate(directory.path(), last_year)?;
        let hba = directory.path().join("hba");
        fs::write(&hba, "local all all trust\nhost all all all trust\n").unwrap();
        if Uid::effective().is_root() {
            let account = ["postgres", "nobody"].iter().find_map(|it| User::from_name(it).unwrap());
            chown(&key, Some(account.unwrap().uid.as_raw()), None).unwrap();
        }
        let port = free_port().to_string();
        let [key, crt, hba] = [&key, &certificate, &hba].map(|path| path.to_str().unwrap());
        let settings = [
            ("listen_addresses", "*"),
            ("port", &port),
            ("ssl", "on"),
            ("ssl_key_file", key),
            ("ssl_cert_file", crt),
            ("hba_file", hba),
        ];
        let server = Server::start(&[THROW_AWAY, &settings].concat());
        let port = port.parse().unwrap();
        let server = Self { server, port, certificate, _directory: directory };
        Run::new(&server.unix_url(), "db migrate").ok();
        Some(server)
    }

    fn unix_url(&self) -> String {
        format!("{}&port={}", self.server.url("postgres"), self.port)
    }

    /// Runs doctor over TCP with these parameters.
    fn doctor(&self, parameters: &str) -> Run {
        Run::new(&tcp_url(self.port, parameters), "doctor").arg("-ojson")
    }

    fn root(&self) -> String {
        format!("&sslrootcert={}", self.certificate.display())
    }

    #[track_caller]
    fn expect(&self, cases: &[Case<'_>]) {
        for (parameters, status, parts) in cases {
            let parameters = parameters.replace("ROOT", &self.root());
            expect(&self.doctor(&parameters).ok(), status, parts);
        }
    }
}

fn tcp_url(port: u16, parameters: &str) -> String {
    format!("postgresql://postgres@localhost:{port}/postgres?hostaddr=127.0.0.1{parameters}")
}

/// Expects this result of the check `tls`.
#[track_caller]
fn expect(outcome: &Outcome, status: &str, parts: &[&str]) {
    let checks = outcome.json();
    let tls = checks.as_array().unwrap().iter().find(|check| check["check"] == "tls").unwrap();
    assert_eq!(tls["status"], status, "{outcome:#?}");
    let detail = tls["detail"].as_str().unwrap();
    for part in parts {
        match part.strip_prefix('!') {
            Some(part) => assert!(!detail.contains(part), "{part} in {detail}"),
            None => assert!(detail.contains(part), "no `{part}` in {detail}"),
        }
    }
}

/// A key and a certificate for it. `openssl ca` alone takes any dates.
fn certificate(directory: &Path, last_year: u32) -> Option<(PathBuf, PathBuf)> {
    if Command::new("openssl").arg("version").output().is_err() {
        skipped("the program openssl, which makes certificates, is missing");
        return None;
    }
    let config = "[ca]\ndefault_ca = default\n[default]\ndatabase = index\nnew_certs_dir = .\n\
                  rand_serial = yes\ndefault_md = sha256\npolicy = policy\nx509_extensions = names\n\
                  [policy]\ncommonName = supplied\n[names]\nsubjectAltName = DNS:localhost\n\
                  [req]\ndistinguished_name = none\n[none]\n";
    fs::write(directory.join("config"), config).unwrap();
    fs::write(directory.join("index"), "").unwrap();
    let openssl = |line: &str| {
        run(Command::new("openssl").args(line.split(' ')).current_dir(directory));
    };
    openssl(
        "req -config config -newkey rsa:2048 -nodes -keyout key -out request -subj /CN=localhost",
    );
    openssl(&format!(
        "ca -config config -batch -notext -selfsign -keyfile key -in request -out certificate \
         -startdate 20200101000000Z -enddate {last_year}0101000000Z"
    ));
    Some((directory.join("key"), directory.join("certificate")))
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The address of this machine in its network; `None` if it has none. Sends nothing.
fn own_address() -> Option<String> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then(|| address.to_string())
}

#[test]
fn a_mode_that_does_not_check_who_answers_is_a_warning() {
    let Some(server) = TlsServer::start(2099) else { return };
    server.expect(&[
        ("&sslmode=verify-fullROOT", "ok", &["TLSv1", "verify-full", "host name", "!add"]),
        ("&sslmode=verify-caROOT", "warning", &["TLSv1", "verify-ca", "not its host name"]),
        ("&sslmode=require", "warning", &["TLSv1", "sslmode=require", "no host name"]),
        ("&sslmode=prefer", "warning", &["TLSv1", "sslmode=prefer", "add sslmode=verify-full"]),
        // The default, which the connection string does not say.
        ("", "warning", &["TLSv1", "sslmode=prefer", "does not check who answers"]),
        ("&sslmode=allow", "ok", &["not used", "sslmode=allow", "this machine", "!TLSv1"]),
        ("&sslmode=disable", "ok", &["not used", "sslmode=disable", "this machine", "!TLSv1"]),
    ]);
    let by_environment = server.doctor("").env("PGSSLMODE", "require");
    expect(&by_environment.ok(), "warning", &["sslmode=require"]);
    // The certificates of the system imply verify-full.
    let system = server.doctor("&sslrootcert=system").env("SSL_CERT_FILE", &server.certificate);
    expect(&system.ok(), "ok", &["TLSv1", "sslmode=verify-full"]);

    for mode in ["prefer", "require", "disable"] {
        let url = format!("{}&sslmode={mode}", server.unix_url());
        let unix = Run::new(&url, "doctor -o json").ok();
        expect(&unix, "ok", &["Unix socket", "!TLSv1", "!pooler"]);
    }
    let Some(address) = own_address() else {
        return skipped("this machine has no address but that of the loopback");
    };
    for (mode, parts) in [
        ("disable", &["not encrypted", "sslmode=disable", "verify-full"][..]),
        ("require", &["TLSv1", "verify-full"]),
    ] {
        let url = tcp_url(server.port, &format!("&sslmode={mode}")).replace("127.0.0.1", &address);
        expect(&Run::new(&url, "doctor -o json").ok(), "warning", parts);
    }
}

#[test]
fn an_expired_certificate_protects_nothing() {
    let Some(server) = TlsServer::start(2021) else { return };
    server.expect(&[
        ("&sslmode=prefer", "warning", &["TLSv1", "does not check who answers"]),
        ("&sslmode=require", "warning", &["TLSv1", "no host name"]),
        // libpq checks it here, and goes on without encryption.
        ("&sslmode=preferROOT", "ok", &["not used", "this machine", "!TLSv1"]),
    ]);
    if let Some(address) = own_address() {
        let url = tcp_url(server.port, &format!("&sslmode=prefer{}", server.root()));
        let outcome = Run::new(&url.replace("127.0.0.1", &address), "doctor -o json").ok();
        expect(&outcome, "warning", &["not encrypted", "sslmode=prefer"]);
    }
    for mode in ["require", "verify-ca", "verify-full"] {
        let outcome = server.doctor(&format!("&sslmode={mode}{}", server.root())).ends_with(6);
        let checks = outcome.json();
        assert_eq!(checks[0]["check"], "connection", "{mode}");
        assert_eq!(checks[0]["status"], "failed", "{mode}");
        assert!(checks[0]["detail"].as_str().unwrap().contains("certificate"), "{checks:#}");
        assert_eq!(checks.as_array().unwrap().len(), 1, "no line about TLS");
    }
}

/// The server sees a connection with TLS, which is the pooler's.
#[test]
fn behind_a_pooler_only_the_way_to_the_pooler_counts() {
    let Some(server) = TlsServer::start(2099) else { return };
    let port = free_port();
    let backend = format!("host=127.0.0.1 port={}", server.port);
    let tls = "server_tls_sslmode = require\n";
    let settings = format!("listen_addr = *\nlisten_port = {port}\n{tls}");
    let pooler = Pooler::launch("postgres", &backend, &settings);
    let doctor = |parameters: &str| Run::new(&tcp_url(port, parameters), "doctor -o json").ok();
    let used = Run::new(&tcp_url(port, ""), "user list --count").ok();
    assert_eq!(used.line(), "0");
    let seen = server
        .server
        .psql()
        .args(["-XAtq", "-c", "select count(*) from pg_stat_ssl where ssl"])
        .arg(server.unix_url())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&seen.stdout).trim(), "1", "the pooler itself uses TLS");
    for parameters in ["", "&sslmode=prefer", "&sslmode=disable"] {
        expect(
            &doctor(parameters),
            "warning",
            &["not used", "what is behind it is not seen", "!TLSv1"],
        );
    }
    let unix = format!("{}&port={port}", pooler.url());
    expect(
        &Run::new(&unix, "doctor -o json").ok(),
        "ok",
        &["Unix socket", "is not seen", "!TLSv1"],
    );
}

/// OpenSSL asks on the terminal where it needs the passphrase of a client's key, and libpq knows none.
#[test]
fn completion_asks_for_no_passphrase() {
    let Some(server) = TlsServer::start(2099) else { return };
    let directory = server.certificate.parent().unwrap();
    let encrypt = "rsa -aes256 -passout pass:secret -in key -out encrypted";
    run(Command::new("openssl").args(encrypt.split(' ')).current_dir(directory));
    let key = directory.join("encrypted");
    fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    Run::new(&server.unix_url(), "user create alice --email a@x.org --verified").ok();
    let run = |line: &str, password: &str| {
        let parameters = format!(
            "&sslmode=require&sslcert={}&sslkey={}{password}",
            server.certificate.display(),
            key.display()
        );
        Run::new(&tcp_url(server.port, &parameters), line)
    };
    let complete = |password: &str| {
        let run = run("-- user show al", password).env("IAMCTL_COMPLETE", "fish");
        let run = run.env("IAMCTL_COMPLETE_WAIT", "30s");
        run.on_terminal().exp_eof().unwrap()
    };
    assert_eq!(complete(""), "");
    assert_eq!(complete("&sslpassword=secret"), "values\r\nalice\ta@x.org\r\n");
    run("user list", "").on_terminal().exp_string("pass phrase").unwrap();
}
