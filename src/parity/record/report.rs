//! What the Python side reports of a function, as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::base64::{base64, unbase64};
use super::{Attempt, Call, Recorded};
use crate::parity::case::{Case, text};
use crate::parity::form::{Form, decode};
use crate::vessel::TypeSpec;

/// Of one file that was run.
#[derive(Deserialize)]
pub struct Report {
    pub attempts: Vec<Attempt>,
    pub functions: BTreeMap<String, Function>,
}

/// Of one function.
#[derive(Deserialize, Serialize)]
pub struct Function {
    seen: u64,
    raised: u64,
    params: Vec<Param>,
    returns: TypeSpec,
    /// Base64 of the bytes of `(args, kwargs)`.
    calls: Vec<String>,
}

#[derive(Deserialize, Serialize)]
struct Param {
    name: String,
    #[serde(rename = "type")]
    ty: TypeSpec,
}

/// All functions of a report.
pub fn functions(reported: BTreeMap<String, Function>) -> BTreeMap<String, Recorded> {
    reported
        .into_iter()
        .map(|(name, found)| (name, recorded(found)))
        .collect()
}

/// The report of what was recorded.
pub fn of_recorded(recorded: &Recorded) -> Function {
    let param = |(name, ty): &(String, TypeSpec)| Param {
        name: name.clone(),
        ty: ty.clone(),
    };
    Function {
        seen: recorded.seen,
        raised: recorded.raised,
        params: recorded.params.iter().map(param).collect(),
        returns: recorded.returns.clone(),
        calls: recorded.calls.iter().map(|call| base64(&bytes_of(call))).collect(),
    }
}

fn bytes_of(call: &Call) -> Vec<u8> {
    Case {
        args: call.args.clone(),
        kwargs: call.kwargs.clone(),
        files: Vec::new(),
    }
    .encode()
}

fn recorded(found: Function) -> Recorded {
    Recorded {
        seen: found.seen,
        raised: found.raised,
        params: found
            .params
            .into_iter()
            .map(|param| (param.name, normal(param.ty)))
            .collect(),
        returns: normal(found.returns),
        calls: found.calls.iter().filter_map(|text| call(&unbase64(text)?)).collect(),
    }
}

/// The reported type with its unions merged as [`TypeSpec::merge`] does.
fn normal(ty: TypeSpec) -> TypeSpec {
    use TypeSpec::*;
    let boxed = |item: Box<TypeSpec>| Box::new(normal(*item));
    match ty {
        Union { options } => options.into_iter().map(normal).fold(Never, TypeSpec::merge),
        List { item } => List { item: boxed(item) },
        Set { item } => Set { item: boxed(item) },
        Frozenset { item } => Frozenset { item: boxed(item) },
        Deque { item } => Deque { item: boxed(item) },
        Iterator { item } => Iterator { item: boxed(item) },
        Dict { key, value } => Dict {
            key: boxed(key),
            value: boxed(value),
        },
        Tuple { items } => Tuple {
            items: items.into_iter().map(normal).collect(),
        },
        Record { mut fields } => {
            fields
                .iter_mut()
                .for_each(|field| field.ty = normal(std::mem::take(&mut field.ty)));
            Record { fields }
        }
        plain => plain,
    }
}

/// A recorded call from the bytes of `(args, kwargs)`.
fn call(bytes: &[u8]) -> Option<Call> {
    let Form::Tuple(parts) = decode(bytes).ok()? else {
        return None;
    };
    // Kept calls are whole cases, and have a dict of files as well.
    let mut parts = parts.into_iter();
    let (Form::Tuple(args), Form::Dict(pairs)) = (parts.next()?, parts.next()?) else {
        return None;
    };
    let kwargs = pairs
        .into_iter()
        .map(|(name, value)| Some((text(name)?, value)))
        .collect::<Option<_>>()?;
    Some(Call { args, kwargs }).filter(replayable)
}

fn replayable(call: &Call) -> bool {
    !call
        .args
        .iter()
        .chain(call.kwargs.iter().map(|(_, value)| value))
        .any(Form::has_opaque)
}
