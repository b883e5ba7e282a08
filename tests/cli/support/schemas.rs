//! Compares the JSON of every run with its schema in docs/schemas.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::Value;

use super::Outcome;

/// The name of a command's schema, such as `user-list.json`.
pub fn file(words: &str) -> PathBuf {
    let name = format!("docs/schemas/{}.json", words.replace(' ', "-"));
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Fails where standard output is JSON that the command's schema does not allow, or standard error an error that
/// is none.
#[track_caller]
pub fn check(args: &[String], outcome: &Outcome) {
    let Some(format) = format(args) else { return };
    if outcome.code > 0
        && let Some(line) = outcome.stderr.lines().last()
        && let Ok(error @ Value::Object(_)) = serde_json::from_str(line)
    {
        let is_log = args.iter().any(|arg| arg == "--log-format=json");
        schema(if is_log { "log" } else { "error" }).unwrap().expect(&error, false, outcome);
    }
    // `man user list` is no `user list`.
    let at = |place: usize| {
        let two = args.get(place..place + 2).and_then(|words| schema(&words.join(" ")));
        two.or_else(|| schema(&args[place]))
    };
    let Some(schema) = (0..args.len()).find_map(at) else { return };
    if outcome.stdout.is_empty() {
        return;
    }
    let records: Result<Vec<Value>, _> = match format {
        Format::Json => serde_json::from_str(&outcome.stdout).map(|document| vec![document]),
        Format::Jsonl => outcome.stdout.lines().map(serde_json::from_str).collect(),
    };
    // Help is text in every format, and what was cut off is no JSON.
    let Ok(mut records) = records else { return };
    let some_columns = args.iter().any(|arg| arg.starts_with("--columns"));
    match format {
        Format::Json => schema.expect(&records.remove(0), some_columns, outcome),
        Format::Jsonl if records.len() == 1 && schema.allows(&records[0], some_columns) => {}
        Format::Jsonl => schema.expect(&Value::Array(records), some_columns, outcome),
    }
}

#[derive(Clone, Copy)]
enum Format {
    Json,
    Jsonl,
}

/// The last format that the arguments choose.
fn format(args: &[String]) -> Option<Format> {
    let option = |args: &[String]| matches!(&*args[0], "-o" | "--output").then(|| args[1].clone());
    let format = args.windows(2).filter_map(option).next_back()?;
    match &*format {
        "json" => Some(Format::Json),
        "jsonl" => Some(Format::Jsonl),
        _ => None,
    }
}

/// A schema, and the same without `required`, for `--columns`.
struct Schema {
    whole: Validator,
    some_columns: Validator,
}

/// The schema of a command, by its words.
fn schema(words: &str) -> Option<&'static Schema> {
    static SCHEMAS: OnceLock<HashMap<String, Schema>> = OnceLock::new();
    let all = SCHEMAS.get_or_init(|| {
        iamctl::cli::schemas()
            .into_iter()
            .map(|(words, _)| (words.clone(), Schema::read(&words)))
            .collect()
    });
    all.get(words)
}

impl Schema {
    fn read(words: &str) -> Self {
        let text = fs::read_to_string(file(words)).unwrap();
        let mut schema = serde_json::from_str(&text).unwrap();
        let whole = jsonschema::validator_for(&schema).unwrap();
        without_required(&mut schema);
        Self { whole, some_columns: jsonschema::validator_for(&schema).unwrap() }
    }

    fn allows(&self, value: &Value, some_columns: bool) -> bool {
        self.validator(some_columns).is_valid(value)
    }

    fn validator(&self, some_columns: bool) -> &Validator {
        if some_columns { &self.some_columns } else { &self.whole }
    }

    #[track_caller]
    fn expect(&self, value: &Value, some_columns: bool, outcome: &Outcome) {
        if let Some(error) = self.validator(some_columns).iter_errors(value).next() {
            panic!("not as in docs/schemas: {error}, at {}: {outcome:#?}", error.instance_path());
        }
    }
}

fn without_required(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.remove("required");
            object.values_mut().for_each(without_required);
        }
        Value::Array(values) => values.iter_mut().for_each(without_required),
        _ => {}
    }
}
