//! The JSON Schema of `.pivotrc` and the commented sample, both read from the table of keys.

use super::keys::{KEYS, Key, Kind};
use serde_json::{Map, Value, json};

/// The JSON Schema (draft 2020-12) of `.pivotrc`.
pub fn schema() -> Value {
    let mut properties = Map::new();
    for key in KEYS {
        match key.path.split_once('.') {
            None => {
                properties.insert(key.path.into(), describe(key));
            }
            Some((group, name)) => {
                properties[group]["properties"][name] = describe(key);
            }
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pivot configuration (.pivotrc)",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn describe(key: &Key) -> Value {
    let mut value = shape(key.kind);
    value["description"] = key.about.into();
    if !matches!(key.kind, Kind::Group) && key.default != "null" {
        value["default"] = serde_json::from_str(key.default).expect("defaults of the table are JSON");
    }
    value
}

fn shape(kind: Kind) -> Value {
    match kind {
        Kind::Bool => json!({"type": ["boolean", "null"]}),
        Kind::Whole(least, u64::MAX) => json!({"type": ["integer", "null"], "minimum": least}),
        Kind::Whole(least, most) => json!({"type": ["integer", "null"], "minimum": least, "maximum": most}),
        Kind::Number => json!({"type": ["number", "null"], "minimum": 0}),
        Kind::Text => json!({"type": ["string", "null"]}),
        Kind::OneOf(words) => json!({"enum": nullable(words, &[])}),
        Kind::ListOf(words) => json!({"type": ["array", "null"], "items": {"enum": words}}),
        Kind::BoolOr(words) => json!({"enum": nullable(words, &[true, false])}),
        Kind::Group => json!({"type": ["object", "null"], "additionalProperties": false, "properties": {}}),
    }
}

fn nullable(words: &[&str], truths: &[bool]) -> Vec<Value> {
    let words = words.iter().map(|word| Value::from(*word));
    words
        .chain(truths.iter().map(|truth| Value::from(*truth)))
        .chain([Value::Null])
        .collect()
}

/// A `.pivotrc` with every key at its default and a comment on each: what `pivot init` writes.
pub fn sample() -> String {
    let mut text = String::from("// What pivot does here; every key may be left out (docs/configuration.md).\n{\n");
    let shown: Vec<&Key> = KEYS.iter().filter(|key| key.path != "$schema").collect();
    let top: Vec<&&Key> = shown.iter().filter(|key| !key.path.contains('.')).collect();
    for (at, key) in top.iter().enumerate() {
        let last = at + 1 == top.len();
        match key.kind {
            Kind::Group => sample_group(&mut text, key, &shown, last),
            _ => sample_line(&mut text, "  ", key.path, key, last),
        }
    }
    text.push_str("}\n");
    text
}

fn sample_group(text: &mut String, group: &Key, shown: &[&Key], last: bool) {
    text.push_str(&format!("  // {}\n  \"{}\": {{\n", group.about, group.path));
    let members: Vec<(&str, &&Key)> = shown
        .iter()
        .filter_map(|key| {
            key.path
                .split_once('.')
                .filter(|(parent, _)| *parent == group.path)
                .map(|(_, name)| (name, key))
        })
        .collect();
    for (at, (name, key)) in members.iter().enumerate() {
        sample_line(text, "    ", name, key, at + 1 == members.len());
    }
    text.push_str(if last { "  }\n" } else { "  },\n" });
}

fn sample_line(text: &mut String, indent: &str, name: &str, key: &Key, last: bool) {
    let comma = if last { "" } else { "," };
    let takes = match key.kind {
        Kind::Bool => String::new(),
        kind => format!(" Takes {}.", kind.describe()),
    };
    text.push_str(&format!(
        "{indent}// {}{takes}\n{indent}\"{name}\": {}{comma}\n",
        key.about, key.default
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RcFile;
    use std::path::Path;

    #[test]
    fn the_sample_is_a_good_file() {
        RcFile::parse(&sample(), Path::new(".pivotrc")).unwrap();
    }

    #[test]
    fn the_schema_knows_every_key() {
        let schema = schema();
        for key in KEYS {
            let pointer = format!("/properties/{}", key.path.replace('.', "/properties/"));
            assert!(schema.pointer(&pointer).is_some(), "{}", key.path);
        }
    }
}
