//! What `@dataclass` is told: its options, and the fields of the class body.

use super::enums;
use super::statement::{Body, class_made, text};
use crate::ir::{Arg, Callee, Const, Expr, ExprKind, GlobalKind};

/// What `@dataclass` is told.
#[derive(Clone, Debug)]
pub struct Data {
    pub frozen: bool,
    pub eq: bool,
    pub repr: bool,
    pub order: bool,
    pub fields: Vec<DataField>,
}

#[derive(Clone, Debug)]
pub struct DataField {
    pub name: String,
    pub default: Default,
    /// A parameter of `__init__`.
    pub init: bool,
    pub repr: bool,
    pub compare: bool,
}

/// What a field holds where `__init__` is not told.
#[derive(Clone, Debug)]
pub enum Default {
    None,
    Value(Expr),
    /// Evaluated each time.
    Made(Expr),
}

impl Body<'_> {
    /// What the decorator is told; None where that is beyond native code.
    pub fn data(&self, decorator: &Expr) -> Option<Data> {
        let mut data = Data {
            frozen: false,
            eq: true,
            repr: true,
            order: false,
            fields: Vec::new(),
        };
        match &decorator.kind {
            ExprKind::Library { module, name } if module == "dataclasses" && name == "dataclass" => {}
            ExprKind::Call {
                callee: Callee::Library { module, name },
                args,
                keywords,
            } if module == "dataclasses" && name == "dataclass" => {
                if !args.is_empty() && !matches!(args.as_slice(), [Arg::One(e)] if class_made(e).is_some()) {
                    return None;
                }
                for (keyword, value) in keywords {
                    let ExprKind::Const(Const::Bool(set)) = value.kind else {
                        return None;
                    };
                    match (keyword.as_deref()?, set) {
                        ("frozen", set) => data.frozen = set,
                        ("eq", set) => data.eq = set,
                        ("repr", set) => data.repr = set,
                        ("order", set) => data.order = set,
                        ("slots", _) | ("init", true) | ("match_args", _) | ("unsafe_hash" | "kw_only", false) => {}
                        _ => return None,
                    }
                }
            }
            _ => return None,
        }
        if data.order && !data.eq {
            // CPython refuses the class.
            return None;
        }
        data.fields = self.annotated_fields()?;
        Some(data)
    }

    /// The fields that the annotations of the body name.
    pub fn annotated_fields(&self) -> Option<Vec<DataField>> {
        let annotations = self.namespace.iter().find(|(name, _)| name == "__annotations__");
        let Some((_, local)) = annotations else {
            return Some(Vec::new());
        };
        let ExprKind::Dict(items) = &self.value(*local)?.kind else {
            return None;
        };
        let field = |(key, annotation): &(Option<Expr>, Expr)| self.field(text(key.as_ref()?)?, text(annotation)?);
        items.iter().map(field).collect()
    }

    fn field(&self, name: &str, annotation: &str) -> Option<DataField> {
        if ["ClassVar", "InitVar", "KW_ONLY"]
            .iter()
            .any(|special| annotation.contains(special))
        {
            return None;
        }
        let mut field = DataField {
            name: name.to_owned(),
            default: Default::None,
            init: true,
            repr: true,
            compare: true,
        };
        let (_, local) = self.namespace.iter().find(|(known, _)| known == name)?;
        if !self.is_bound(*local) {
            return Some(field);
        }
        let value = self.value(*local)?;
        match &value.kind {
            ExprKind::Const(_) => field.default = Default::Value(value.clone()),
            // The same object whenever it is asked for.
            _ if enums::is_member(self.program, value) => field.default = Default::Made(value.clone()),
            ExprKind::Call {
                callee: Callee::Library { module, name },
                args,
                keywords,
            } if module == "dataclasses" && name == "field" && args.is_empty() => {
                for (keyword, value) in keywords {
                    match (keyword.as_deref()?, &value.kind) {
                        ("default", ExprKind::Const(_)) => field.default = Default::Value(value.clone()),
                        ("default_factory", _) => field.default = Default::Made(self.made_by(value)?),
                        ("init", ExprKind::Const(Const::Bool(set))) => field.init = *set,
                        ("repr", ExprKind::Const(Const::Bool(set))) => field.repr = *set,
                        ("compare", ExprKind::Const(Const::Bool(set))) => field.compare = *set,
                        _ => return None,
                    }
                }
            }
            _ => return None,
        }
        Some(field)
    }

    /// The call of a factory.
    fn made_by(&self, factory: &Expr) -> Option<Expr> {
        let span = factory.span;
        let call = |callee: Callee| ExprKind::Call {
            callee,
            args: Vec::new(),
            keywords: Vec::new(),
        };
        let kind = match &factory.kind {
            ExprKind::Builtin(name) => call(Callee::Builtin(name.clone())),
            ExprKind::MakeFunction {
                func,
                defaults,
                kw_defaults,
            } if defaults.is_empty() && kw_defaults.is_empty() && self.is_plain(*func, false) => {
                call(Callee::Function(*func))
            }
            ExprKind::Global(id) => match self.program.global(*id).kind {
                GlobalKind::Function(func) => call(Callee::Function(func)),
                GlobalKind::Class(_) => call(Callee::Value(Box::new(factory.clone()))),
                GlobalKind::Variable => return None,
            },
            _ => return None,
        };
        Some(Expr::new(kind, span))
    }
}
