//! One case in, one outcome out, both as a line of JSON.

use super::json::Json;
use super::read::value_of;
use super::write::{TooBig, form_of, iterated};
use crate::exc::{Exc, Result};
use crate::str::Str;
use crate::value::Value;

/// A call's arguments.
pub struct Case {
    pub args: Vec<Value>,
    pub kwargs: Vec<(Str, Value)>,
}

impl Case {
    /// Reads `{"args": [...], "kwargs": {...}}`; other keys are ignored.
    ///
    /// # Errors
    /// What is wrong with the line, in words.
    pub fn parse(line: &str) -> std::result::Result<Case, String> {
        let Json::Object(pairs) = Json::parse(line)? else {
            return Err("a case is an object".to_string());
        };
        let field = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let args = match field("args") {
            None => Vec::new(),
            Some(Json::List(items)) => items.iter().map(value_of).collect::<std::result::Result<_, _>>()?,
            Some(_) => return Err("`args` is no list".to_string()),
        };
        let kwargs = match field("kwargs") {
            None | Some(Json::Null) => Vec::new(),
            Some(Json::Object(pairs)) => {
                let pair = |(name, form): &(String, Json)| Ok((Str::from(name.as_str()), value_of(form)?));
                pairs.iter().map(pair).collect::<std::result::Result<_, String>>()?
            }
            Some(_) => return Err("`kwargs` is no object".to_string()),
        };
        Ok(Case { args, kwargs })
    }
}

/// Makes the call and tells its outcome; `printed` gives what went to stdout.
pub fn run(case: &Case, call: impl FnOnce(&Case) -> Result<Value>, printed: impl FnOnce() -> Vec<u8>) -> String {
    let before: Vec<_> = case.args.iter().map(form_of).collect();
    let mut outcome = match call(case).and_then(|value| iterated(&value)) {
        Ok(Ok(form)) => vec![("value".to_string(), form)],
        Ok(Err(TooBig)) => vec![("too_big".to_string(), Json::Bool(true))],
        Err(raised) => raised_outcome(&raised),
    };
    let after: Vec<_> = case.args.iter().map(form_of).collect();
    if before != after {
        let forms = after
            .into_iter()
            .map(|form| form.unwrap_or(Json::tagged("o", Json::text("too big"))));
        outcome.push(("args_after".to_string(), Json::List(forms.collect())));
    }
    let printed = printed();
    if !printed.is_empty() {
        outcome.push(("stdout".to_string(), Json::text(&String::from_utf8_lossy(&printed))));
    }
    Json::Object(outcome).canonical()
}

fn raised_outcome(raised: &Exc) -> Vec<(String, Json)> {
    vec![
        ("raise".to_string(), Json::text(&raised.type_name())),
        ("message".to_string(), Json::Text(raised.message().points())),
    ]
}
