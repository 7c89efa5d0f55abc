//! Constants, and conversions between representations.

use super::rust::{RBlock, Rx, call, method, string_literal, text};
use crate::ir::{ClassId, Const, MapKind, RecordId, Ty};
use num_bigint::BigInt;
use std::collections::{HashMap, HashSet};

/// The Rust names of the program's own types.
#[derive(Clone, Debug, Default)]
pub struct TypeNames {
    pub classes: HashMap<ClassId, String>,
    pub records: HashMap<RecordId, String>,
    /// Attributes that keep the value an instance was made with.
    pub fixed: HashSet<(ClassId, String)>,
    /// Attributes that only some classes of a family have.
    pub partial: HashSet<(ClassId, String)>,
}

impl TypeNames {
    /// Reading the attribute gives a reference to what the instance holds.
    pub fn is_borrowed(&self, class: ClassId, name: &str, ty: &Ty) -> bool {
        !ty.is_copy() && self.fixed.contains(&(class, name.to_owned())) && !self.is_absent(class, name, ty)
    }

    /// Instances may lack the attribute: it is held as an optional one, which code that knows the class unwraps.
    pub fn is_absent(&self, class: ClassId, name: &str, ty: &Ty) -> bool {
        !ty.is_copy() && !matches!(ty, Ty::Option(_)) && self.partial.contains(&(class, name.to_owned()))
    }

    /// The Rust type that holds an attribute.
    pub fn held_type(&self, class: ClassId, name: &str, ty: &Ty) -> String {
        let shown = self.rust_type(ty);
        if self.is_absent(class, name, ty) {
            format!("Option<{shown}>")
        } else {
            shown
        }
    }

    /// The Rust type of a value.
    pub fn rust_type(&self, ty: &Ty) -> String {
        let of = |ty: &Ty| self.rust_type(ty);
        match ty {
            Ty::Never | Ty::None => "()".to_owned(),
            Ty::Bool => "bool".to_owned(),
            Ty::Int => "i64".to_owned(),
            Ty::Wide => "i128".to_owned(),
            Ty::Float => "f64".to_owned(),
            Ty::Str => "Str".to_owned(),
            Ty::Bytes => "Bytes".to_owned(),
            Ty::Tuple(parts) if parts.len() == 1 => format!("({},)", of(&parts[0])),
            Ty::Tuple(parts) => format!("({})", parts.iter().map(of).collect::<Vec<_>>().join(", ")),
            Ty::List(e) => format!("List<{}>", of(e)),
            Ty::Dict(k, v) => format!("Dict<{}, {}>", of(k), of(v)),
            Ty::Set(e) => format!("Set<{}>", of(e)),
            Ty::Deque(e) => format!("fast::deque::Deque<{}>", of(e)),
            Ty::Mapping(MapKind::Default, k, v) => format!("fast::mapping::DefaultDict<{}, {}>", of(k), of(v)),
            Ty::Mapping(MapKind::Counter, k, _) => format!("fast::mapping::Counter<{}>", of(k)),
            Ty::Option(inner) => format!("Option<{}>", of(inner)),
            Ty::Record(id) => self.records[id].clone(),
            Ty::Instance(id) => self.classes[id].clone(),
            Ty::Dyn => "Value".to_owned(),
        }
    }
}

/// The type that a constant has by itself.
pub fn constant_type(c: &Const) -> Ty {
    match c {
        Const::None => Ty::None,
        Const::Bool(_) => Ty::Bool,
        Const::Int(i) if i64::try_from(i).is_ok() => Ty::Int,
        Const::Float(_) => Ty::Float,
        Const::Str(_) | Const::WideStr(_) => Ty::Str,
        Const::Bytes(_) => Ty::Bytes,
        Const::Int(_) | Const::Imaginary(_) | Const::Ellipsis | Const::NotImplemented => Ty::Dyn,
    }
}

/// A constant as a value of its own type.
pub fn constant(c: &Const) -> Rx {
    match c {
        Const::None => text("()"),
        Const::Bool(b) => text(b.to_string()),
        Const::Int(i) => integer(i),
        Const::Float(f) => float(*f),
        Const::Imaginary(f) => call("Value::imaginary", vec![float(*f)]),
        Const::Str(s) => Rx::Macro("lit", vec![text(string_literal(s))]),
        Const::WideStr(points) => {
            let items = points.iter().map(|p| text(format!("{p:#x}"))).collect();
            call("Str::from_code_points", vec![Rx::Ref(Box::new(Rx::Array(items)))])
        }
        Const::Bytes(bytes) => call("Bytes::from", vec![text(byte_literal(bytes))]),
        Const::Ellipsis => text("Value::Ellipsis"),
        Const::NotImplemented => text("Value::NotImplemented"),
    }
}

fn integer(i: &BigInt) -> Rx {
    match i64::try_from(i) {
        Ok(i64::MIN) => text("i64::MIN"),
        // Where nothing around an int says what it is, rustc takes it for one of 32 bits.
        Ok(small) if i32::try_from(small).is_err() => text(format!("{small}_i64")),
        Ok(small) => text(small.to_string()),
        Err(_) => call("Value::big_int", vec![text(string_literal(&i.to_string()))]),
    }
}

/// A float literal with the same bits.
pub fn float(f: f64) -> Rx {
    if f.is_nan() {
        return text("f64::NAN");
    }
    if f.is_infinite() {
        return text(if f > 0.0 { "f64::INFINITY" } else { "f64::NEG_INFINITY" });
    }
    let plain = format!("{f:?}");
    text(if plain.contains(['.', 'e']) {
        plain
    } else {
        format!("{plain}.0")
    })
}

fn byte_literal(bytes: &[u8]) -> String {
    let mut out = String::from("b\"");
    for b in bytes {
        match b {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            0x20..=0x7e => out.push(*b as char),
            _ => out.push_str(&format!("\\x{b:02x}")),
        }
    }
    out.push('"');
    format!("{out}.as_slice()")
}

/// An owned value of type `from` as a `Value`.
pub fn to_dyn(value: Rx, from: &Ty) -> Rx {
    let wrap = |path: &str, value: Rx| call(path, vec![value]);
    match from {
        Ty::Dyn => value,
        Ty::Never | Ty::None => match &value {
            Rx::Text(s) if s == "()" => text("Value::None"),
            _ => wrap("Value::from_none", value),
        },
        Ty::Bool => wrap("Value::Bool", value),
        Ty::Int => wrap("Value::Int", value),
        Ty::Float => wrap("Value::Float", value),
        Ty::Str => wrap("Value::Str", value),
        Ty::Bytes => wrap("Value::Bytes", value),
        Ty::List(e) if e.is_dyn() => wrap("Value::List", value),
        Ty::Set(e) if e.is_dyn() => wrap("Value::Set", value),
        Ty::Dict(k, v) if k.is_dyn() && v.is_dyn() => wrap("Value::Dict", value),
        Ty::Tuple(parts) if parts.contains(&Ty::Never) => super::rust::block(
            vec![super::rust::Rs::Let {
                pattern: "_".to_owned(),
                ty: None,
                value: Some(value),
            }],
            text("make::never::<Value>()"),
        ),
        _ => method(value, "to_value", vec![]),
    }
}

/// An owned value of type `from` as one of type `to`. Inference makes only conversions that keep the value.
pub fn convert(value: Rx, from: &Ty, to: &Ty) -> Rx {
    match (from, to) {
        (a, b) if a == b => value,
        // Control does not come this far; a reference to the value needs its type all the same.
        (Ty::Never, Ty::Dyn) if matches!(value, Rx::Block { .. }) => {
            let evaluated = super::rust::Rs::Let {
                pattern: "_".to_owned(),
                ty: None,
                value: Some(value),
            };
            super::rust::block(vec![evaluated], text("make::never::<Value>()"))
        }
        (Ty::Never, _) if matches!(value, Rx::Block { .. }) => value,
        (Ty::Never, _) => {
            let never = if to.is_dyn() {
                text("make::never::<Value>()")
            } else {
                Rx::Macro("unreachable", vec![text("\"nothing reaches here\"")])
            };
            if !calls_function(&value) {
                return never;
            }
            super::rust::block(vec![super::rust::Rs::Do(value)], never)
        }
        (Ty::Bool, Ty::Int) => cast(value, "i64"),
        (Ty::Bool | Ty::Int, Ty::Wide) => cast(value, "i128"),
        (Ty::Bool, Ty::Float) => cast(cast(value, "i64"), "f64"),
        (Ty::Int, Ty::Float) => cast(value, "f64"),
        (_, Ty::Dyn) => to_dyn(value, from),
        (Ty::None, Ty::Option(_)) => after(value, text("None")),
        (Ty::Option(inner), to) if **inner == *to => method(value, "expect", vec![text("\"narrowed\"")]),
        (Ty::Option(held), Ty::Option(wanted)) => {
            let changed = convert(text("held"), held, wanted);
            if matches!(&changed, Rx::Text(same) if same == "held") {
                return value;
            }
            let change = Rx::Closure {
                params: "held".to_owned(),
                body: Box::new(changed),
                is_move: false,
            };
            method(value, "map", vec![change])
        }
        (from, Ty::Option(to)) => call("Some", vec![pinned(convert(value, from, to), to)]),
        (Ty::Dyn, Ty::Bool) => call("fast::as_bool", vec![super::rust::reference(value)]),
        (Ty::Dyn, Ty::None) => call("drop", vec![value]),
        (Ty::List(_), Ty::List(wanted)) if wanted.is_dyn() => {
            call("fast::list::boxed", vec![super::rust::reference(value)])
        }
        (Ty::Tuple(parts), Ty::Tuple(wanted)) => {
            let names: Vec<String> = (0..parts.len()).map(|at| format!("part_{at}")).collect();
            let end = if names.len() == 1 { "," } else { "" };
            let pattern = format!("({}{end})", names.join(", "));
            let bind = super::rust::Rs::Let {
                pattern,
                ty: None,
                value: Some(value),
            };
            let items = names
                .into_iter()
                .zip(parts.iter().zip(wanted))
                .map(|(n, (a, b))| convert(text(n), a, b));
            super::rust::block(vec![bind], Rx::Tuple(items.collect()))
        }
        _ => value,
    }
}

/// What is known without `value`, behind it: a call whose result is known still runs.
pub fn after(value: Rx, known: Rx) -> Rx {
    if matches!(value, Rx::Text(_)) {
        return known;
    }
    let evaluated = super::rust::Rs::Let {
        pattern: "_".to_owned(),
        ty: None,
        value: Some(value),
    };
    super::rust::block(vec![evaluated], known)
}

/// An int literal with its type, where nothing around it says which it is.
pub fn pinned(value: Rx, ty: &Ty) -> Rx {
    match (&value, ty) {
        (Rx::If { cond, then, orelse }, Ty::Int) => {
            let tail = then.tail.as_ref().map(|tail| Box::new(pinned((**tail).clone(), ty)));
            Rx::If {
                cond: cond.clone(),
                then: RBlock {
                    stmts: then.stmts.clone(),
                    tail,
                },
                orelse: orelse.clone(),
            }
        }
        (Rx::Text(digits), Ty::Int) if digits.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit()) => {
            text(format!("{digits}_i64"))
        }
        _ => value,
    }
}

pub fn cast(value: Rx, ty: &str) -> Rx {
    let mut printer = super::rust::Printer::new(0);
    printer.operand(&value);
    text(format!("{} as {ty}", printer.finish()))
}

/// A call of one of the program's functions, or a variable's reading: what never gives a value still runs and raises.
fn calls_function(value: &Rx) -> bool {
    match value {
        Rx::Try(inner) => calls_function(inner),
        Rx::Macro("attempt" | "attempt_flow", parts) => parts.last().is_some_and(calls_function),
        Rx::Call(callee, _) => matches!(&**callee, Rx::Text(path) if !path.contains("::")),
        // A module variable that nothing binds.
        Rx::Method(_, name, args) => name == "get" && args.is_empty(),
        _ => false,
    }
}
