//! What makes a column the seed's, where it differs.

use super::actual_schema::{Actual, ActualColumn};
use super::sql_type::kind_and_length;
use super::times::{self, UTC, WITH_ZONE, WITHOUT_ZONE};

/// How a column becomes the seed's.
#[derive(Debug, PartialEq, Eq)]
pub enum Remedy {
    /// By ALTER TABLE, which changes no value's meaning, unless a row is against it.
    Convert(Conversion),
    /// The operator has to decide. What to do, with SQL where there is one that is right.
    ByHand(String),
}

/// The clauses of an ALTER TABLE, and what may prevent them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversion {
    pub clauses: Vec<String>,
    /// Conditions on rows that it cannot take, each with what is said of them: "3 rows {}".
    pub against: Vec<(String, String)>,
    /// An UPDATE that these rows need after it.
    pub then: Option<String>,
    /// The type changes: objects that use the column prevent that.
    pub retypes: bool,
    /// Values are compared in another way: foreign keys prevent that.
    pub recompares: bool,
    /// Times get a zone or lose it: checks and indexes that compare them with something else prevent that.
    pub changes_zone: bool,
}

impl Remedy {
    /// The SQL, or what to do where there is none.
    pub fn sql(self, table: &str) -> String {
        match self {
            Self::Convert(conversion) => {
                let alter = format!("alter table {table} {}", conversion.clauses.join(", "));
                match conversion.then {
                    Some(update) => format!("{alter}; {update}"),
                    None => alter,
                }
            }
            Self::ByHand(advice) => advice,
        }
    }
}

/// Whether the column is as wanted. A default that the service added is allowed: iamctl sets every column
/// itself.
pub fn is_as_wanted(found: &ActualColumn, wanted: &str) -> bool {
    found.definition == wanted || found.definition.split(" default ").next() == Some(wanted)
}

/// How a missing column is added. A flag that is missing beside its time, as `deleted` beside `deleted_at`,
/// would bring back to life what has one.
pub fn add(actual: &Actual, table: &str, name: &str, wanted: &str) -> Remedy {
    let time = format!("{name}_at");
    let has_time = actual.column(table, &time).is_some();
    added(table, name, wanted, has_time.then_some(&time))
}

fn added(table: &str, name: &str, wanted: &str, time: Option<&str>) -> Remedy {
    let Wanted { not_null, default, .. } = Wanted::of(wanted);
    let clause = format!("add column {name} {wanted}");
    if name == "email_verified" {
        return Remedy::ByHand(format!(
            "alter table {table} {clause}, then set it for those who verified their email: the others \
             cannot log in"
        ));
    }
    if not_null && default.is_none() {
        return Remedy::ByHand("add the column".to_owned());
    }
    let mut conversion = Conversion { clauses: vec![clause], ..Conversion::default() };
    if let Some(time) = time {
        let set = format!("{time} is not null");
        conversion.then = Some(format!("update {table} set {name} = true where {set}"));
        conversion.against.push((set, format!("with `{time}`, which would not be {name}")));
    }
    Remedy::Convert(conversion)
}

/// How a column that differs becomes the seed's.
pub fn alter(table: &str, found: &ActualColumn, wanted: &str) -> Remedy {
    let name = &found.name;
    let wanted_parts = Wanted::of(wanted);
    let Wanted { sql_type, not_null, default } = wanted_parts;
    if found.generated {
        return Remedy::ByHand("make it an ordinary column".to_owned());
    }
    if let Some(advice) = times::by_hand(table, found, sql_type) {
        return Remedy::ByHand(advice);
    }
    let mut conversion = Conversion::default();
    if found.sql_type != sql_type {
        match Retyping::of(found, sql_type) {
            Ok(retyping) => retyping.add_to(&mut conversion, found, sql_type),
            Err(using) => {
                return Remedy::ByHand(by_hand(table, found, using.as_deref(), &wanted_parts));
            }
        }
    }
    let mut clause = |clause: &str| {
        conversion.clauses.push(format!("alter column {name} {clause}"));
    };
    match (not_null, found.not_null) {
        (true, false) => {
            clause("set not null");
            conversion.against.push((format!("{name} is null"), "without a value".to_owned()));
        }
        (false, true) => clause("drop not null"),
        _ => {}
    }
    match (default, &found.default) {
        (Some(default), None) => {
            conversion.clauses.push(format!("alter column {name} set default {default}"));
        }
        (Some(default), Some(other)) if *other != default => {
            return Remedy::ByHand(format!(
                "alter table {table} alter column {name} set default {default}"
            ));
        }
        _ => {}
    }
    Remedy::Convert(conversion)
}

/// The SQL for a type that no conversion is known to be right for. A default stays in its way.
fn by_hand(table: &str, found: &ActualColumn, using: Option<&str>, wanted: &Wanted<'_>) -> String {
    let name = &found.name;
    let using = using.unwrap_or("EXPRESSION_THAT_CONVERTS_THE_VALUES");
    let mut clauses = vec![format!("type {} using {using}", wanted.sql_type)];
    if found.default.is_some() {
        clauses.insert(0, "drop default".to_owned());
    }
    if let Some(default) = wanted.default {
        clauses.push(format!("set default {default}"));
    }
    let clauses: Vec<_> =
        clauses.into_iter().map(|clause| format!("alter column {name} {clause}")).collect();
    format!("alter table {table} {}", clauses.join(", "))
}

/// The parts of a definition of the seed's.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    sql_type: &'a str,
    not_null: bool,
    default: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    fn of(definition: &'a str) -> Self {
        let (rest, default) = match definition.split_once(" default ") {
            Some((rest, default)) => (rest, Some(default)),
            None => (definition, None),
        };
        match rest.strip_suffix(" not null") {
            Some(sql_type) => Self { sql_type, not_null: true, default },
            None => Self { sql_type: rest, not_null: false, default },
        }
    }
}

/// How values become those of another type.
enum Retyping {
    /// PostgreSQL's assignment: refuses what does not fit, also rows that were written meanwhile.
    Assign { against: Vec<(String, String)>, recompares: bool },
    /// A function of the value, which is to be put in for `{}`.
    Using { expression: &'static str, against: Vec<(String, String)>, recompares: bool },
}

impl Retyping {
    /// The error is an expression that converts the values, where only the operator can know whether it
    /// is right.
    fn of(found: &ActualColumn, wanted: &str) -> Result<Self, Option<String>> {
        let name = &found.name;
        let assign = |against| Self::Assign { against, recompares: false };
        let using = |expression, against| Self::Using { expression, against, recompares: true };
        let (kind, length) = kind_and_length(&found.sql_type);
        let is_text = ["text", "character varying", "character"].contains(&kind.as_str());
        let text = format!("{name}::pg_catalog.text");
        let (wanted_kind, most) = kind_and_length(wanted);
        match (wanted_kind.as_str(), most) {
            (WITH_ZONE | WITHOUT_ZONE, _) if kind == wanted_kind => Ok(assign(Vec::new())),
            (WITHOUT_ZONE, _) if kind == WITH_ZONE => Ok(using(UTC, Vec::new())),
            (WITH_ZONE, _) if kind == WITHOUT_ZONE => Ok(using(UTC, Vec::new())),
            (WITHOUT_ZONE, _) if kind == "date" => Err(Some(format!("{name}::timestamp"))),
            (WITH_ZONE, _) if kind == "date" => {
                Err(Some(format!("{name}::timestamp at time zone 'utc'")))
            }
            ("boolean", _) if ["smallint", "integer", "bigint"].contains(&kind.as_str()) => {
                Err(Some(format!("{name} <> 0")))
            }
            ("character varying" | "character", Some(most)) if is_text => {
                let mut against = Vec::new();
                if length.is_none_or(|length| length > most) {
                    against.push((
                        format!("pg_catalog.char_length({text}) operator(pg_catalog.>) {most}"),
                        format!("with more than {most} characters"),
                    ));
                }
                if wanted_kind == "character" && kind != wanted_kind {
                    against.push((
                        format!("pg_catalog.right({text}, 1) operator(pg_catalog.=) ' '"),
                        "with a space at the end, which would be lost".to_owned(),
                    ));
                }
                Ok(Self::Assign { against, recompares: kind != wanted_kind })
            }
            ("uuid", _) if is_text => Ok(using(
                "{}::pg_catalog.uuid",
                vec![(
                    format!(
                        "{text} operator(pg_catalog.!~*) \
                         '^[0-9a-f]{{8}}(-?[0-9a-f]{{4}}){{3}}-?[0-9a-f]{{12}}$'"
                    ),
                    "with a text that is no UUID".to_owned(),
                )],
            )),
            ("bytea", _) if is_text => Ok(using(
                "pg_catalog.convert_to({}::pg_catalog.text, 'UTF8')",
                vec![(
                    format!("{text} operator(pg_catalog.!~) '^[0-9a-f]{{64}}$'"),
                    "with a text that is not 64 hexadecimal digits".to_owned(),
                )],
            )),
            _ => Err(None),
        }
    }

    fn add_to(self, conversion: &mut Conversion, found: &ActualColumn, wanted: &str) {
        let name = &found.name;
        let mut clause = |clause: String| {
            conversion.clauses.push(format!("alter column {name} {clause}"));
        };
        conversion.retypes = true;
        match self {
            Self::Assign { against, recompares } => {
                clause(format!("type {wanted}"));
                conversion.against.extend(against);
                conversion.recompares = recompares;
            }
            Self::Using { expression, against, recompares } => {
                conversion.changes_zone = expression == UTC;
                let change = format!("type {wanted} using {}", expression.replace("{}", name));
                // PostgreSQL would cast a default, too, and a cast of a time takes the zone of the
                // session that inserts a row.
                match &found.default {
                    None => clause(change),
                    Some(default) => {
                        clause("drop default".to_owned());
                        clause(change);
                        clause(format!(
                            "set default {}",
                            times::default_after(default, expression, found)
                        ));
                    }
                }
                conversion.against.extend(against);
                conversion.recompares = recompares;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ActualColumn, Remedy, added, alter};

    fn column(sql_type: &str, not_null: bool, default: Option<&str>) -> ActualColumn {
        let mut definition = sql_type.to_owned();
        if not_null {
            definition.push_str(" not null");
        }
        if let Some(default) = default {
            definition = format!("{definition} default {default}");
        }
        ActualColumn {
            table: "t".into(),
            name: "c".into(),
            definition: definition.into(),
            sql_type: sql_type.into(),
            not_null,
            default: default.map(Into::into),
            generated: false,
            zone: None,
        }
    }

    fn clauses(found: &ActualColumn, wanted: &str) -> Vec<String> {
        match alter("t", found, wanted) {
            Remedy::Convert(conversion) => conversion.clauses,
            Remedy::ByHand(advice) => vec![format!("by hand: {advice}")],
        }
    }

    #[test]
    fn times_are_converted_as_utc() {
        let utc = ["alter column c type timestamp without time zone using c at time zone 'utc'"];
        for found in ["timestamp with time zone", "timestamp(3) with time zone"] {
            let found = column(found, true, None);
            assert_eq!(clauses(&found, "timestamp without time zone not null"), utc);
        }
        let found = column("timestamp without time zone", true, Some("now()"));
        assert_eq!(
            clauses(&found, "timestamp with time zone"),
            [
                "alter column c drop default",
                "alter column c type timestamp with time zone using c at time zone 'utc'",
                "alter column c set default now()",
                "alter column c drop not null",
            ]
        );
        let found = column("timestamp with time zone", false, Some("now()"));
        assert_eq!(
            clauses(&found, "timestamp without time zone")[2],
            "alter column c set default ((now())::timestamp with time zone) at time zone 'utc'"
        );
        let found = column("timestamp(0) with time zone", true, None);
        let wider = ["alter column c type timestamp with time zone"];
        assert_eq!(clauses(&found, "timestamp with time zone not null"), wider);
        let by_hand = clauses(&column("date", true, None), "timestamp with time zone not null");
        assert_eq!(
            by_hand,
            [
                "by hand: alter table t alter column c type timestamp with time zone using c::timestamp \
              at time zone 'utc'"
            ]
        );
    }

    #[test]
    fn a_missing_column_is_added_where_its_value_is_known() {
        for (name, wanted, is_added) in [
            ("revoked", "boolean not null default false", true),
            ("revoked_at", "timestamp without time zone", true),
            ("email_verified", "boolean not null default false", false),
            ("created_at", "timestamp with time zone not null", false),
        ] {
            let remedy = added("t", name, wanted, None);
            assert_eq!(matches!(remedy, Remedy::Convert(_)), is_added, "{name}: {remedy:?}");
        }
    }

    #[test]
    fn only_a_default_that_is_missing_is_set() {
        let wanted = "boolean not null default false";
        let set = ["alter column c set default false"];
        assert_eq!(clauses(&column("boolean", true, None), wanted), set);
        let by_hand = clauses(&column("boolean", true, Some("true")), wanted);
        assert_eq!(by_hand, ["by hand: alter table t alter column c set default false"]);
        assert_eq!(
            clauses(&column("integer", true, Some("0")), wanted),
            [
                "by hand: alter table t alter column c drop default, alter column c type boolean using \
              c <> 0, alter column c set default false"
            ]
        );
    }
}
