//! One verdict: the outcomes of one case on both sides.

use super::form::{Form, to_python};
use super::protocol::{Outcome, Parts};
use super::worker::Reply;

/// What the two sides say about one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Equal,
    /// Nothing can be concluded, and why.
    SetAside(String),
    Different,
}

/// Compares the replies of both sides to one case.
pub fn compare(oracle: &Reply, subject: &Reply) -> Verdict {
    let expected = match outcome(oracle) {
        Ok(outcome) => outcome,
        Err(Absent::Died(words)) => return Verdict::SetAside(format!("CPython itself died ({words})")),
        Err(Absent::TimedOut) => return Verdict::SetAside("CPython ran too long".to_string()),
        Err(Absent::Refused) => return Verdict::SetAside("no such call can be made".to_string()),
    };
    if ran_out_of_memory(&expected) {
        return Verdict::SetAside("CPython ran out of memory".to_string());
    }
    let found = match outcome(subject) {
        Ok(found) => found,
        Err(Absent::Refused) => return Verdict::SetAside("the vessel cannot make a value of the call".to_string()),
        Err(_) => return Verdict::Different,
    };
    if expected.opaque || found.opaque {
        return Verdict::SetAside("the outcome holds something that cannot be looked into".to_string());
    }
    if expected.bytes == found.bytes {
        Verdict::Equal
    } else if expected.tells_address() && found.tells_address() {
        Verdict::SetAside("the outcome tells an object's address in memory".to_string())
    } else {
        Verdict::Different
    }
}

/// A reply without an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    Died(String),
    TimedOut,
    /// The worker could not make the call.
    Refused,
}

/// The outcome in a reply.
///
/// # Errors
/// What there is instead of one.
pub fn outcome(reply: &Reply) -> Result<Outcome, Absent> {
    match reply {
        Reply::Answer(answer) => Outcome::of_answer(answer).map_err(|_| Absent::Refused),
        Reply::Died(words) => Err(Absent::Died(words.clone())),
        Reply::TimedOut => Err(Absent::TimedOut),
    }
}

fn ran_out_of_memory(outcome: &Outcome) -> bool {
    outcome.bytes.starts_with(b"Xx\x0b\0\0\0MemoryError")
}

/// How a side ended: nothing for a result, else the exception's class, or why there is no outcome.
pub fn kind(reply: &Reply) -> String {
    match outcome(reply).map(|outcome| outcome.parts()) {
        Ok(Ok(Parts {
            raised: true,
            value: Form::Exception(raised),
            ..
        })) => raised.class,
        Ok(_) => String::new(),
        Err(absent) => format!("{absent:?}"),
    }
}

/// What a side did, in words and Python.
pub fn describe(reply: &Reply) -> String {
    match outcome(reply) {
        Ok(outcome) => match outcome.parts() {
            Ok(parts) => describe_parts(&parts),
            Err(_) => format!("an outcome of {} bytes, too long to be shown", outcome.size()),
        },
        Err(Absent::Died(words)) => format!("died: {words}"),
        Err(Absent::TimedOut) => "gave no answer in time".to_string(),
        Err(Absent::Refused) => "could not make the call".to_string(),
    }
}

fn describe_parts(parts: &Parts) -> String {
    let mut text = match (&parts.value, parts.raised) {
        (Form::Exception(raised), true) => {
            let message = String::from_utf8_lossy(&raised.message).into_owned();
            format!("raised {}: {message}", raised.class.trim_start_matches('.'))
        }
        (value, _) => format!("returned {}", to_python(value)),
    };
    for (what, part) in [("printed", &parts.printed), ("wrote on stderr", &parts.complained)] {
        if *part != Form::Bytes(Vec::new()) {
            text.push_str(&format!("; {what} {}", to_python(part)));
        }
    }
    text
}

/// The first place where two outcomes differ, as a path into the outcome, with what stands there on each side.
pub fn first_difference(oracle: &Reply, subject: &Reply) -> Option<Difference> {
    let left = outcome(oracle).ok()?.parts().ok()?;
    let right = outcome(subject).ok()?.parts().ok()?;
    if left.raised != right.raised {
        return Some(Difference::new(
            "the way it ended",
            describe_parts(&left),
            describe_parts(&right),
        ));
    }
    let name = if left.raised { "exception" } else { "result" };
    let pairs = [
        (name, &left.value, &right.value),
        ("arguments afterwards", &left.args, &right.args),
        ("keyword arguments afterwards", &left.kwargs, &right.kwargs),
        ("stdout", &left.printed, &right.printed),
        ("stderr", &left.complained, &right.complained),
        ("files", &left.files, &right.files),
    ];
    pairs
        .into_iter()
        .find_map(|(name, left, right)| difference(name.to_string(), left, right))
}

/// A place inside an outcome, and what each side has there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub path: String,
    pub oracle: String,
    pub subject: String,
}

impl Difference {
    fn new(path: &str, oracle: String, subject: String) -> Difference {
        Difference {
            path: path.to_string(),
            oracle,
            subject,
        }
    }
}

fn difference(path: String, left: &Form, right: &Form) -> Option<Difference> {
    if left == right {
        return None;
    }
    let inner = match (left, right) {
        (Form::List(a), Form::List(b)) | (Form::Tuple(a), Form::Tuple(b)) if a.len() == b.len() => items(&path, a, b),
        (Form::Set(a), Form::Set(b)) if a.len() == b.len() => items(&path, a, b),
        (Form::Dict(a), Form::Dict(b)) if a.len() == b.len() => pairs(&path, a, b),
        (Form::Shared(_, a), Form::Shared(_, b)) => difference(path.clone(), a, b),
        (Form::Instance { attributes: a, .. }, Form::Instance { attributes: b, .. }) if a.len() == b.len() => {
            let named =
                |((name, a), (_, b)): (&(String, Form), &(String, Form))| difference(format!("{path}.{name}"), a, b);
            a.iter().zip(b).find_map(named)
        }
        _ => None,
    };
    Some(inner.unwrap_or_else(|| Difference::new(&path, shown(left), shown(right))))
}

fn items(path: &str, a: &[Form], b: &[Form]) -> Option<Difference> {
    (0..)
        .zip(a.iter().zip(b))
        .find_map(|(at, (a, b)): (usize, _)| difference(format!("{path}[{at}]"), a, b))
}

fn pairs(path: &str, a: &[(Form, Form)], b: &[(Form, Form)]) -> Option<Difference> {
    let keys = a.iter().zip(b).find(|((a, _), (b, _))| a != b);
    if let Some(((a, _), (b, _))) = keys {
        return Some(Difference::new(&format!("{path}, order of keys"), shown(a), shown(b)));
    }
    a.iter()
        .zip(b)
        .find_map(|((key, a), (_, b))| difference(format!("{path}[{}]", to_python(key)), a, b))
}

/// The value with its type where the text alone would not tell the two sides apart.
fn shown(form: &Form) -> String {
    match form {
        Form::Exception(raised) => {
            format!(
                "{}: {}",
                raised.class.trim_start_matches('.'),
                String::from_utf8_lossy(&raised.message)
            )
        }
        Form::Float(bits) => format!("{} ({bits:#018x})", to_python(form)),
        Form::Shared(_, inner) => format!("{} (an object met more than once)", to_python(inner)),
        other => to_python(other),
    }
}
