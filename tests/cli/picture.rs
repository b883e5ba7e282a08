//! The picture in README: what commands print on a terminal. `UPDATE_PICTURE=1` draws it again.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{Db, IAMCTL, console};

const COMMANDS: [&str; 4] = [
    "iamctl user list",
    "iamctl token list --expiring-within 14d",
    "iamctl user show alice",
    "iamctl user offboard bob --dry-run",
];

const COLUMNS: u16 = 100;

/// In pixels, for a font of 14.
const CHAR_WIDTH: f64 = 8.43;
const LINE_HEIGHT: u32 = 20;
const BORDER: u32 = 16;

const STYLE: &str = "\
<style>
text { font: 14px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #d8dee9; white-space: pre }
.typed { fill: #ffffff; font-weight: bold }
.c160 { fill: #ff7b72 } .c28 { fill: #7ee787 } .c130 { fill: #e3b341 }
</style>";

/// What it prints on a terminal, with colours.
fn on_terminal(db: &Db, typed: &str) -> String {
    let line = typed.replacen("iamctl", IAMCTL, 1);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("stty cols {COLUMNS} rows 40; exec {line}")]);
    shell.env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    shell.env("DATABASE_URL", db.url()).env("TERM", "xterm");
    let bytes = rexpect::session::spawn_command(shell, Some(20_000)).unwrap().exp_eof().unwrap();
    // Each char is one byte of the output.
    let bytes = bytes.chars().map(|byte| u8::try_from(byte).unwrap()).collect();
    String::from_utf8(bytes).unwrap().replace('\r', "")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A line in XML, with a `tspan` for each colour.
fn coloured(line: &str) -> String {
    let mut xml = String::new();
    let mut is_open = false;
    for (number, part) in line.split("\u{1b}[").enumerate() {
        let text = if number == 0 { part } else { part.split_once('m').unwrap().1 };
        if is_open {
            xml.push_str("</tspan>");
        }
        let colour = part.strip_prefix("38;5;").filter(|_| number > 0);
        let colour = colour.and_then(|part| part.split_once('m'));
        is_open = colour.is_some();
        if let Some((colour, _)) = colour {
            write!(xml, "<tspan class=\"c{colour}\">").unwrap();
        }
        xml.push_str(&escaped(text));
    }
    if is_open {
        xml.push_str("</tspan>");
    }
    xml
}

/// As the terminal wraps it. Lines with colours fit: they are those of tables.
fn wrapped(line: &str) -> Vec<String> {
    if line.contains('\u{1b}') {
        return vec![line.to_owned()];
    }
    let chars: Vec<_> = line.trim_end().chars().collect();
    chars.chunks(COLUMNS.into()).map(|chunk| chunk.iter().collect()).collect()
}

fn picture(outputs: &[String]) -> String {
    let mut lines = Vec::new();
    for (typed, output) in COMMANDS.iter().zip(outputs) {
        lines.push(format!("<tspan class=\"typed\">$ {}</tspan>", escaped(typed)));
        lines.extend(output.lines().flat_map(wrapped).map(|line| coloured(&line)));
        lines.push(String::new());
    }
    lines.pop();
    let width = (f64::from(COLUMNS) * CHAR_WIDTH).ceil() + f64::from(2 * BORDER);
    let height = u32::try_from(lines.len()).unwrap() * LINE_HEIGHT + 2 * BORDER;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" width=\"{width}\" height=\"{height}\">\n\
         <title>iamctl on a terminal</title>\n{STYLE}\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#161b22\"/>\n"
    );
    for (number, line) in (1..).zip(lines) {
        let y = BORDER + number * LINE_HEIGHT - 5;
        writeln!(svg, "<text x=\"{BORDER}\" y=\"{y}\">{line}</text>").unwrap();
    }
    svg + "</svg>\n"
}

/// The lines that a picture shows.
fn shown(svg: &str) -> Vec<String> {
    let lines = svg.lines().filter(|line| line.starts_with("<text "));
    let text = |line: &str| {
        let parts = line.split('<').filter_map(|part| Some(part.split_once('>')?.1));
        let text: String = parts.collect();
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").trim_end().to_owned()
    };
    lines.map(text).collect()
}

#[test]
fn the_picture_shows_what_the_commands_print() {
    let db = console::populated();
    let outputs = COMMANDS.map(|typed| on_terminal(&db, typed));
    let drawn = picture(&outputs);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/terminal.svg");
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    let checked_in = shown(&fs::read_to_string(&path).unwrap());
    let printed = shown(&drawn);
    let printed: Vec<_> = printed.iter().map(String::as_str).collect();
    assert!(
        console::shows(&checked_in, &printed),
        "run UPDATE_PICTURE=1 cargo test picture: {printed:#?}"
    );
}
