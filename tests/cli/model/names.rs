//! The ids and secrets that the database has chosen for what the model counts.

use std::collections::BTreeMap;

use serde_json::Value;

use super::command::Of;

/// What no row has.
const UNKNOWN_TOKEN: &str = "AAAAAAAAAAAA";
const UNKNOWN_OWNER: &str = "00000000-0000-4000-8000-0000000000ff";
const UNKNOWN_SECRET: &str = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";

/// From what the model calls `#token 7` to what the database does.
#[derive(Debug, Clone, Default)]
pub struct Names {
    known: BTreeMap<String, String>,
    secrets: BTreeMap<u32, String>,
}

impl Names {
    fn known(&self, name: &str, unknown: &str) -> String {
        self.known.get(name).map_or(unknown, String::as_str).to_owned()
    }

    pub fn token(&self, number: u32) -> String {
        self.known(&format!("#token {number}"), UNKNOWN_TOKEN)
    }

    pub fn code(&self, number: u32) -> String {
        self.known(&format!("#code {number}"), UNKNOWN_TOKEN)
    }

    /// The test itself inserts sessions, so it chooses their ids.
    pub fn session(number: u32) -> String {
        format!("Session{number:05}")
    }

    pub fn owner(&self, number: u32) -> String {
        self.known(&format!("#owner {number}"), UNKNOWN_OWNER)
    }

    pub fn secret(&self, number: u32) -> String {
        self.secrets.get(&number).map_or(UNKNOWN_SECRET, String::as_str).to_owned()
    }

    pub fn of(&self, of: &Of) -> String {
        match of {
            Of::User(user) => format!("--user {}", user.text()),
            Of::Owner(owner) => format!("--owner {}", self.owner(*owner)),
        }
    }

    pub fn keep_secret(&mut self, number: u32, secret: &str) {
        self.secrets.insert(number, secret.to_owned());
    }

    /// What the model calls this id, or the id itself.
    pub fn called<'a>(&'a self, id: &'a str) -> &'a str {
        self.known.iter().find(|(_, known)| *known == id).map_or(id, |(name, _)| name)
    }

    /// Whether the record is the one that the model expects. A name that has no id yet gets that of the record.
    fn is(&mut self, expected: &Value, record: &Value) -> bool {
        match (expected, record) {
            (Value::Object(expected), Value::Object(record)) => expected
                .iter()
                .all(|(key, value)| record.get(key).is_some_and(|found| self.is(value, found))),
            (Value::String(name), Value::String(id)) if name.starts_with('#') => {
                match self.known.get(name) {
                    Some(known) => known == id,
                    None if self.known.values().any(|known| known == id) => false,
                    None => {
                        self.known.insert(name.clone(), id.clone());
                        true
                    }
                }
            }
            _ => expected == record,
        }
    }

    fn unknown_in(&self, expected: &Value) -> usize {
        let values = expected.as_object().into_iter().flat_map(|object| object.values());
        let names = values.filter_map(Value::as_str).filter(|text| text.starts_with('#'));
        names.filter(|name| !self.known.contains_key(*name)).count()
    }

    /// Whether these are the records that the model expects, in any order.
    pub fn are(&mut self, expected: &[Value], records: &[Value]) -> bool {
        let mut left: Vec<_> = records.iter().collect();
        let mut expected: Vec<_> = expected.iter().collect();
        expected.sort_by_key(|expected| self.unknown_in(expected));
        for expected in expected {
            let place = left.iter().position(|record| {
                let mut names = self.clone();
                let is_it = names.is(expected, record);
                if is_it {
                    *self = names;
                }
                is_it
            });
            match place {
                Some(place) => _ = left.swap_remove(place),
                None => return false,
            }
        }
        left.is_empty()
    }
}
