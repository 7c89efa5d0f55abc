//! A validator for the part of JSON Schema that the shipped schemas use. A keyword that it does not know is a
//! failure, so that no rule is passed over in silence.

use serde_json::{Map, Value};

/// Checks `value` against a whole schema; the errors name the place.
pub fn validate(value: &Value, schema: &Value) -> Result<(), String> {
    Validator { root: schema }.check(value, schema, "$")
}

struct Validator<'a> {
    root: &'a Value,
}

impl Validator<'_> {
    fn check(&self, value: &Value, schema: &Value, at: &str) -> Result<(), String> {
        let rules = schema
            .as_object()
            .ok_or_else(|| format!("{at}: a schema is an object"))?;
        rules
            .iter()
            .try_for_each(|(keyword, rule)| self.check_rule(value, rules, keyword, rule, at))
    }

    fn check_rule(
        &self,
        value: &Value,
        rules: &Map<String, Value>,
        keyword: &str,
        rule: &Value,
        at: &str,
    ) -> Result<(), String> {
        match keyword {
            "$schema" | "$id" | "$defs" | "title" | "description" | "default" | "examples" => Ok(()),
            "$ref" => self.check(value, self.definition(rule, at)?, at),
            "type" => check_type(value, rule, at),
            "const" => expect(value == rule, || format!("{at}: {value} is not {rule}")),
            "enum" => {
                let known = rule.as_array().is_some_and(|known| known.contains(value));
                expect(known, || format!("{at}: {value} is none of {rule}"))
            }
            "minimum" => {
                let below = value
                    .as_f64()
                    .zip(rule.as_f64())
                    .is_some_and(|(value, least)| value < least);
                expect(!below, || format!("{at}: {value} is below {rule}"))
            }
            "maximum" => {
                let above = value
                    .as_f64()
                    .zip(rule.as_f64())
                    .is_some_and(|(value, most)| value > most);
                expect(!above, || format!("{at}: {value} is above {rule}"))
            }
            "required" => self.check_required(value, rule, at),
            "properties" => self.check_properties(value, rule, at),
            "additionalProperties" => self.check_others(value, rules, rule, at),
            "items" => self.check_items(value, rule, at),
            "oneOf" => self.check_one_of(value, rule, at),
            _ => Err(format!("{at}: the test validator does not know the keyword {keyword}")),
        }
    }

    fn definition(&self, reference: &Value, at: &str) -> Result<&Value, String> {
        let pointer = reference.as_str().and_then(|reference| reference.strip_prefix('#'));
        pointer
            .and_then(|pointer| self.root.pointer(pointer))
            .ok_or_else(|| format!("{at}: {reference} is not defined"))
    }

    fn check_required(&self, value: &Value, names: &Value, at: &str) -> Result<(), String> {
        let Some(object) = value.as_object() else { return Ok(()) };
        let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
        for name in names {
            expect(object.contains_key(name), || format!("{at}: {name} is missing"))?;
        }
        Ok(())
    }

    fn check_properties(&self, value: &Value, schemas: &Value, at: &str) -> Result<(), String> {
        let (Some(object), Some(schemas)) = (value.as_object(), schemas.as_object()) else {
            return Ok(());
        };
        for (name, schema) in schemas {
            if let Some(inner) = object.get(name) {
                self.check(inner, schema, &format!("{at}.{name}"))?;
            }
        }
        Ok(())
    }

    fn check_others(&self, value: &Value, rules: &Map<String, Value>, rule: &Value, at: &str) -> Result<(), String> {
        let known = rules.get("properties").and_then(Value::as_object);
        let others = value
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| !known.is_some_and(|known| known.contains_key(*name)));
        for (name, inner) in others {
            match rule {
                Value::Bool(true) => {}
                Value::Bool(false) => return Err(format!("{at}: {name} is not described")),
                schema => self.check(inner, schema, &format!("{at}.{name}"))?,
            }
        }
        Ok(())
    }

    fn check_items(&self, value: &Value, schema: &Value, at: &str) -> Result<(), String> {
        let items = value.as_array().into_iter().flatten().enumerate();
        items
            .into_iter()
            .try_for_each(|(index, item)| self.check(item, schema, &format!("{at}[{index}]")))
    }

    fn check_one_of(&self, value: &Value, schemas: &Value, at: &str) -> Result<(), String> {
        let answers: Vec<_> = schemas
            .as_array()
            .into_iter()
            .flatten()
            .map(|s| self.check(value, s, at))
            .collect();
        match answers.iter().filter(|answer| answer.is_ok()).count() {
            1 => Ok(()),
            0 => Err(answers
                .into_iter()
                .filter_map(Result::err)
                .collect::<Vec<_>>()
                .join("; or ")),
            _ => Err(format!("{at}: several alternatives fit")),
        }
    }
}

fn expect(holds: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault()) }
}

fn check_type(value: &Value, rule: &Value, at: &str) -> Result<(), String> {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    let fits = match rule {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    };
    expect(fits, || format!("{at}: {value} is not of type {rule}"))
}

mod tests {
    use super::validate;
    use serde_json::json;

    #[test]
    fn the_validator_refuses_what_a_schema_does_not_allow() {
        let schema = json!({
            "type": "object",
            "properties": {"n": {"$ref": "#/$defs/n"}, "k": {"enum": ["a", "b"]}},
            "required": ["n"],
            "additionalProperties": false,
            "$defs": {"n": {"type": ["integer", "null"], "minimum": 1}},
        });
        assert_eq!(validate(&json!({"n": 1, "k": "a"}), &schema), Ok(()));
        for wrong in [
            json!({}),
            json!({"n": 0}),
            json!({"n": "1"}),
            json!({"n": 1, "k": "c"}),
            json!({"n": 1, "x": 2}),
        ] {
            assert!(validate(&wrong, &schema).is_err(), "{wrong}");
        }
        assert!(validate(&json!(1), &json!({"multipleOf": 2})).is_err());
    }
}
