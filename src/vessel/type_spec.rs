//! The type of a Python value as reports, manifests, recorded calls and the case generator spell it.
//!
//! This is an outward form: inference has its own type, and converts.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// How many alternatives a union keeps before it says nothing and becomes [`TypeSpec::Any`].
const UNION_LIMIT: usize = 6;
/// How many keys two observed dicts may have together and still count as one record.
const RECORD_LIMIT: usize = 32;

/// The shape of a Python value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TypeSpec {
    /// Anything at all: nothing is known.
    #[default]
    Any,
    /// No value was ever seen (the element type of an empty list): fits every type when merged.
    Never,
    None,
    Bool,
    Int,
    Float,
    Complex,
    Str,
    Bytes,
    Bytearray,
    /// A string that the function uses as the name of a file.
    Path,
    Range,
    List {
        item: Box<TypeSpec>,
    },
    Set {
        item: Box<TypeSpec>,
    },
    Frozenset {
        item: Box<TypeSpec>,
    },
    Deque {
        item: Box<TypeSpec>,
    },
    /// A generator or another iterator over such items.
    Iterator {
        item: Box<TypeSpec>,
    },
    Dict {
        key: Box<TypeSpec>,
        value: Box<TypeSpec>,
    },
    /// A dict whose keys are constant strings.
    Record {
        fields: Vec<Field>,
    },
    Tuple {
        items: Vec<TypeSpec>,
    },
    /// One of several; never nested, never empty, `None` included as a plain alternative.
    Union {
        options: Vec<TypeSpec>,
    },
    /// A function, class or other callable.
    Callable,
    /// An instance of a class, by qualified name (`Point`, `collections.Counter`).
    Object {
        class: String,
    },
}

/// One key of a [`TypeSpec::Record`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Field {
    pub name: String,
    #[serde(rename = "type")]
    pub ty: TypeSpec,
    /// False where some of the dicts seen had no such key.
    #[serde(default = "always", skip_serializing_if = "Clone::clone")]
    pub required: bool,
}

fn always() -> bool {
    true
}

impl TypeSpec {
    pub fn list(item: TypeSpec) -> Self {
        TypeSpec::List { item: Box::new(item) }
    }

    pub fn dict(key: TypeSpec, value: TypeSpec) -> Self {
        TypeSpec::Dict {
            key: Box::new(key),
            value: Box::new(value),
        }
    }

    pub fn optional(self) -> Self {
        self.merge(TypeSpec::None)
    }

    /// The smallest type that both fit: containers of one kind merge their items, different kinds form a union.
    pub fn merge(self, other: TypeSpec) -> TypeSpec {
        use TypeSpec::*;
        match (self, other) {
            (a, b) if a == b => a,
            (Never, t) | (t, Never) => t,
            (Any, _) | (_, Any) => Any,
            (Union { options }, t) => options.into_iter().fold(t, merge_into_union),
            (t, Union { options }) => options.into_iter().fold(t, merge_into_union),
            (a, b) => match merge_same_kind(a, b) {
                Ok(t) => t,
                Err((a, b)) => union(vec![a, b]),
            },
        }
    }
}

fn merge_into_union(ty: TypeSpec, option: TypeSpec) -> TypeSpec {
    let TypeSpec::Union { options } = ty else {
        return ty.merge(option);
    };
    let mut option = option;
    let mut kept = Vec::with_capacity(options.len() + 1);
    for other in options {
        match merge_same_kind(other, option) {
            Ok(merged) => option = merged,
            Err((other, rest)) => {
                kept.push(other);
                option = rest;
            }
        }
    }
    kept.push(option);
    union(kept)
}

fn union(mut options: Vec<TypeSpec>) -> TypeSpec {
    options.sort();
    options.dedup();
    match options.len() {
        0 => TypeSpec::Never,
        1 => options.swap_remove(0),
        n if n > UNION_LIMIT => TypeSpec::Any,
        _ => TypeSpec::Union { options },
    }
}

/// Merges two types of one kind; gives both back where a union is needed.
fn merge_same_kind(a: TypeSpec, b: TypeSpec) -> Result<TypeSpec, (TypeSpec, TypeSpec)> {
    use TypeSpec::*;
    let both = |x: Box<TypeSpec>, y: Box<TypeSpec>| Box::new(x.merge(*y));
    Ok(match (a, b) {
        (a, b) if a == b => a,
        (List { item: x }, List { item: y }) => List { item: both(x, y) },
        (Set { item: x }, Set { item: y }) => Set { item: both(x, y) },
        (Frozenset { item: x }, Frozenset { item: y }) => Frozenset { item: both(x, y) },
        (Deque { item: x }, Deque { item: y }) => Deque { item: both(x, y) },
        (Iterator { item: x }, Iterator { item: y }) => Iterator { item: both(x, y) },
        (Dict { key: k, value: v }, Dict { key: l, value: w }) => Dict {
            key: both(k, l),
            value: both(v, w),
        },
        (Tuple { items: x }, Tuple { items: y }) if x.len() == y.len() => Tuple {
            items: x.into_iter().zip(y).map(|(x, y)| x.merge(y)).collect(),
        },
        (Record { fields: x }, Record { fields: y }) => merge_records(x, y),
        (Record { fields }, Dict { key, value }) | (Dict { key, value }, Record { fields }) => {
            let items = fields.into_iter().fold(*value, |ty, field| ty.merge(field.ty));
            TypeSpec::dict(key.merge(Str), items)
        }
        (Path, Str) | (Str, Path) => Path,
        (a, b) => return Err((a, b)),
    })
}

/// Two records with mostly the same keys are one record with optional fields, others a dict with text keys.
fn merge_records(x: Vec<Field>, y: Vec<Field>) -> TypeSpec {
    let right: BTreeMap<&str, &Field> = y.iter().map(|f| (f.name.as_str(), f)).collect();
    let shared = x.iter().filter(|f| right.contains_key(f.name.as_str())).count();
    let together = x.len() + y.len() - shared;
    let alike = shared * 2 >= x.len().max(y.len());
    if together > RECORD_LIMIT || !(alike || x.is_empty() || y.is_empty()) {
        let items = x.into_iter().chain(y).fold(TypeSpec::Never, |ty, f| ty.merge(f.ty));
        return TypeSpec::dict(TypeSpec::Str, items);
    }
    TypeSpec::Record {
        fields: merge_fields(x, y),
    }
}

fn merge_fields(x: Vec<Field>, y: Vec<Field>) -> Vec<Field> {
    let mut right: Vec<Option<Field>> = y.into_iter().map(Some).collect();
    let mut fields = Vec::new();
    for field in x {
        let twin = right
            .iter_mut()
            .find(|f| f.as_ref().is_some_and(|f| f.name == field.name))
            .and_then(Option::take);
        fields.push(match twin {
            Some(twin) => Field {
                name: field.name,
                ty: field.ty.merge(twin.ty),
                required: field.required && twin.required,
            },
            None => Field {
                required: false,
                ..field
            },
        });
    }
    fields.extend(right.into_iter().flatten().map(|field| Field {
        required: false,
        ..field
    }));
    fields
}

impl fmt::Display for TypeSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use TypeSpec::*;
        match self {
            Any => f.write_str("object"),
            Never => f.write_str("Never"),
            None => f.write_str("None"),
            Bool => f.write_str("bool"),
            Int => f.write_str("int"),
            Float => f.write_str("float"),
            Complex => f.write_str("complex"),
            Str | Path => f.write_str("str"),
            Bytes => f.write_str("bytes"),
            Bytearray => f.write_str("bytearray"),
            Range => f.write_str("range"),
            List { item } => write!(f, "list[{item}]"),
            Set { item } => write!(f, "set[{item}]"),
            Frozenset { item } => write!(f, "frozenset[{item}]"),
            Deque { item } => write!(f, "deque[{item}]"),
            Iterator { item } => write!(f, "Iterator[{item}]"),
            Dict { key, value } => write!(f, "dict[{key}, {value}]"),
            Record { fields } => show_record(fields, f),
            Tuple { items } if items.is_empty() => f.write_str("tuple[()]"),
            Tuple { items } => write!(f, "tuple[{}]", joined(items, ", ")),
            Union { options } => f.write_str(&joined(options, " | ")),
            Callable => f.write_str("Callable"),
            Object { class } => f.write_str(class),
        }
    }
}

fn joined(types: &[TypeSpec], between: &str) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

fn show_record(fields: &[Field], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("{")?;
    for (i, field) in fields.iter().enumerate() {
        let comma = if i == 0 { "" } else { ", " };
        let mark = if field.required { "" } else { "?" };
        write!(f, "{comma}{:?}{mark}: {}", field.name, field.ty)?;
    }
    f.write_str("}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(names: &[&str]) -> TypeSpec {
        let fields = names
            .iter()
            .map(|n| Field {
                name: n.to_string(),
                ty: TypeSpec::Int,
                required: true,
            })
            .collect();
        TypeSpec::Record { fields }
    }

    fn check(a: TypeSpec, b: TypeSpec, expected: &str) {
        assert_eq!(a.clone().merge(b.clone()).to_string(), expected);
        assert_eq!(TypeSpec::Never.merge(a.merge(b)).to_string(), expected);
    }

    #[test]
    fn merging_keeps_what_both_fit() {
        check(TypeSpec::Int, TypeSpec::Int, "int");
        check(TypeSpec::Int, TypeSpec::None, "None | int");
        check(
            TypeSpec::list(TypeSpec::Never),
            TypeSpec::list(TypeSpec::Str),
            "list[str]",
        );
        check(
            TypeSpec::list(TypeSpec::Int),
            TypeSpec::list(TypeSpec::Float),
            "list[int | float]",
        );
        check(record(&["a", "b"]), record(&["a"]), "{\"a\": int, \"b\"?: int}");
        check(record(&["a"]), record(&["b"]), "dict[str, int]");
        check(
            record(&["a"]),
            TypeSpec::dict(TypeSpec::Int, TypeSpec::Str),
            "dict[int | str, int | str]",
        );
    }

    #[test]
    fn a_union_takes_in_each_kind_once() {
        let both = TypeSpec::Int.merge(TypeSpec::list(TypeSpec::Int));
        check(both, TypeSpec::list(TypeSpec::Str), "int | list[int | str]");
    }

    #[test]
    fn json_form_is_stable() {
        let ty = record(&["a"]).merge(TypeSpec::None);
        let text = serde_json::to_string(&ty).unwrap();
        let expected = r#"{"kind":"union","options":[{"kind":"none"},{"kind":"record","fields":[{"name":"a","type":{"kind":"int"}}]}]}"#;
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<TypeSpec>(&text).unwrap(), ty);
    }
}
