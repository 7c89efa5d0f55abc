//! Instances of the program's own classes, made by calling the classes in CPython: arguments for functions and methods
//! that take one, where no recorded call showed any.

use std::io;

use super::calls::Plan;
use super::material::Material;
use crate::parity::case::Case;
use crate::parity::form::Form;
use crate::parity::oracle::{ClassParam, Description};
use crate::parity::pool::Pool;
use crate::parity::protocol;
use crate::parity::worker::Reply;
use crate::vessel::{FunctionEntry, Param, TypeSpec};

/// Calls tried for each class.
const TRIED: u64 = 60;
/// Instances kept of each class.
const KEPT: usize = 20;

/// Instances of every class of the module that can be made; `functions` know the types of constructors' parameters,
/// `known` are instances seen already. Classes may take instances of others, so the second round has more to give.
///
/// # Errors
/// When a worker cannot be started.
pub fn make(
    description: &Description,
    functions: &[FunctionEntry],
    known: &[Case],
    seed: u64,
    pool: &mut Pool,
) -> io::Result<Vec<Case>> {
    let mut made: Vec<Case> = Vec::new();
    for round in 0..2 {
        for (class, params) in &description.classes {
            let seen: Vec<Case> = known.iter().chain(&made).cloned().collect();
            let plan = Plan {
                name: class.clone(),
                params: params.iter().map(|param| typed(class, param, functions)).collect(),
                material: Material::new(&description.constants(&format!("{class}.__init__")), &seen),
                seed: seed.wrapping_add(round),
                ..Plan::default()
            };
            pool.prepare(&protocol::select(class));
            made.extend(instances(&plan, pool)?);
        }
    }
    Ok(made)
}

fn instances(plan: &Plan, pool: &Pool) -> io::Result<Vec<Case>> {
    let candidates = (0..TRIED).map(|number| plan.candidate(number, None, &[]).1);
    let requests: Vec<Vec<u8>> = candidates.map(|case| protocol::construct(&case)).collect();
    let mut found: Vec<Form> = Vec::new();
    for reply in pool.ask(&requests)? {
        let Reply::Answer(answer) = reply else { continue };
        if let Some(form) = protocol::constructed(&answer)
            && found.len() < KEPT
            && !found.contains(&form)
        {
            found.push(form);
        }
    }
    Ok(found.into_iter().map(|form| Case::of_args(vec![form])).collect())
}

/// The parameter with the type that the constructor's own entry has for it, or else its annotation's.
fn typed(class: &str, param: &ClassParam, functions: &[FunctionEntry]) -> Param {
    let constructor = functions
        .iter()
        .find(|function| function.name == format!("{class}.__init__"));
    let entry = constructor.and_then(|function| function.params.iter().find(|own| own.name == param.name));
    let ty = match entry {
        Some(own) if own.ty != TypeSpec::Any => own.ty.clone(),
        _ => annotated(&param.annotation),
    };
    Param {
        name: param.name.clone(),
        kind: param.kind,
        default: param.optional.then(String::new),
        ty,
    }
}

fn annotated(text: &str) -> TypeSpec {
    match text {
        "int" => TypeSpec::Int,
        "float" => TypeSpec::Float,
        "bool" => TypeSpec::Bool,
        "str" => TypeSpec::Str,
        "bytes" => TypeSpec::Bytes,
        "list" => TypeSpec::list(TypeSpec::Any),
        "dict" => TypeSpec::dict(TypeSpec::Str, TypeSpec::Any),
        "tuple" => TypeSpec::Tuple { items: Vec::new() },
        _ => TypeSpec::Any,
    }
}
