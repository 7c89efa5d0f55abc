//! Enumerations: classes that derive from `enum.Enum` and whose members are constants. Native code carries the members
//! as instances with a name and a value, made where the class statement stands, and finds them by either.

use super::draft::{Draft, THIS, add, truth};
use super::statement::{Body, class_made, is_silent, wrapped_function};
use super::variables::new_variable;
use super::{NativeClass, NativeClasses};
use crate::ir::visit_mut::Rewrite;
use crate::ir::{
    Arg, Callee, Class, ClassId, Const, Expr, ExprKind, FuncId, Function, GlobalId, GlobalKind, Piece, Program, Stmt,
    StmtKind, Target,
};
use crate::source::Span;
use crate::syntax::ast::{CmpOp, Conversion, UnaryOp};
use num_bigint::BigInt;
use std::collections::HashMap;

/// What every member answers to besides its name and value, and every enumeration.
pub const NAMES: [&str; 8] = [
    "__eq__",
    "__hash__",
    "__members__",
    "__objclass__",
    "_missing_",
    "_name_",
    "_sort_order_",
    "_value_",
];

/// The members of an enumeration.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// In order; no two have the same value.
    pub members: Vec<Named>,
    /// Further names of members, by their position.
    pub aliases: Vec<(String, usize)>,
}

#[derive(Clone, Debug)]
pub struct Named {
    pub name: String,
    /// A constant.
    pub value: Expr,
}

/// What native code needs to know of an enumeration.
#[derive(Clone, Debug)]
pub struct NativeEnum {
    /// Makes a member of its name and value.
    pub maker: FuncId,
    /// Finds the member of a name.
    pub by_name: FuncId,
    /// Finds the member of a value.
    pub by_value: FuncId,
}

/// The class derives from `Enum` and from nothing else.
pub fn is_base(program: &Program, bases: &[Expr]) -> bool {
    matches!(bases, [base] if is_from_enum(program, base, "Enum"))
}

/// `enum.unique`, which refuses a class whose members have two names.
pub fn is_unique(program: &Program, decorator: &Expr) -> bool {
    is_from_enum(program, decorator, "unique")
}

/// `Color.RED`, of an enumeration at the top level of a module.
pub fn is_member(program: &Program, e: &Expr) -> bool {
    let ExprKind::Attr { object, name } = &e.kind else {
        return false;
    };
    let ExprKind::Global(id) = object.kind else {
        return false;
    };
    let GlobalKind::Class(class) = program.global(id).kind else {
        return false;
    };
    let init = program.modules[program.class(class).module.index()].init;
    let body = &program.function(init).body;
    body.iter().any(|stmt| match &stmt.kind {
        StmtKind::Assign {
            value:
                Expr {
                    kind:
                        ExprKind::MakeClass {
                            class: made,
                            bases,
                            namespace,
                            ..
                        },
                    ..
                },
            ..
        } => *made == class && is_base(program, bases) && namespace.iter().any(|(known, _)| known == name),
        _ => false,
    })
}

fn is_from_enum(program: &Program, e: &Expr, wanted: &str) -> bool {
    match &e.kind {
        ExprKind::Global(id) => {
            let global = program.global(*id);
            let module = &program.modules[global.module.index()];
            module.is_library && module.name == "enum" && global.name == wanted
        }
        ExprKind::Library { module, name } => module == "enum" && name == wanted,
        _ => false,
    }
}

impl Body<'_> {
    /// The members that the body binds; None where their values are worked out, or of several types.
    pub fn enumeration(&self) -> Option<Enumeration> {
        let mut found = Enumeration {
            members: Vec::new(),
            aliases: Vec::new(),
        };
        let mut last: Option<Const> = None;
        for (name, local) in self.namespace.iter().filter(|(name, _)| !is_silent(name)) {
            let value = self.value(*local)?;
            if wrapped_function(value).is_some() {
                continue;
            }
            let reserved = name.starts_with('_') || matches!(name.as_str(), "name" | "value" | "mro");
            let constant = self.member_value(value, last.as_ref()).filter(|_| !reserved)?;
            last = Some(constant.clone());
            let is_same = |known: &Named| matches!(&known.value.kind, ExprKind::Const(c) if *c == constant);
            if let Some(at) = found.members.iter().position(is_same) {
                found.aliases.push((name.clone(), at));
                continue;
            }
            found.members.push(Named {
                name: name.clone(),
                value: Expr::new(ExprKind::Const(constant), value.span),
            });
        }
        let kind = |member: &Named| match &member.value.kind {
            ExprKind::Const(constant) => Some(std::mem::discriminant(constant)),
            _ => None,
        };
        let first = kind(found.members.first()?)?;
        found.members.iter().all(|m| kind(m) == Some(first)).then_some(found)
    }

    fn member_value(&self, value: &Expr, last: Option<&Const>) -> Option<Const> {
        match &value.kind {
            ExprKind::Const(constant @ (Const::Int(_) | Const::Str(_))) => Some(constant.clone()),
            ExprKind::Unary {
                op: UnaryOp::USub,
                operand,
            } => match &operand.kind {
                ExprKind::Const(Const::Int(int)) => Some(Const::Int(-int)),
                _ => None,
            },
            ExprKind::Call { callee, args, keywords } if args.is_empty() && keywords.is_empty() => {
                let is_auto = match callee {
                    Callee::Value(callee) => is_from_enum(self.program, callee, "auto"),
                    Callee::Library { module, name } => module == "enum" && name == "auto",
                    _ => false,
                };
                match last {
                    _ if !is_auto => None,
                    None => Some(Const::Int(BigInt::from(1))),
                    Some(Const::Int(last)) => Some(Const::Int(last + 1)),
                    Some(_) => None,
                }
            }
            _ => None,
        }
    }
}

/// The methods that every enumeration has, unless it has its own.
pub fn methods(class: &Class, id: ClassId, has: impl Fn(&str) -> bool) -> Vec<Draft> {
    let mut init = Draft::new("__init__", class, id);
    for name in ["name", "value"] {
        let param = init.param(name, None);
        let target = Target::Attr {
            object: init.local(THIS),
            name: name.to_owned(),
        };
        init.push(StmtKind::Assign {
            value: init.local(param),
            target,
        });
    }
    let mut repr = Draft::new("__repr__", class, id);
    let shown = [
        Piece::Literal(format!("<{}.", class.name)),
        shown(&repr, "name", Conversion::None),
        Piece::Literal(": ".to_owned()),
        shown(&repr, "value", Conversion::Repr),
        Piece::Literal(">".to_owned()),
    ];
    let text = repr.expr(ExprKind::Format(shown.into()));
    repr.push(StmtKind::Return(text));
    let mut str = Draft::new("__str__", class, id);
    let pieces = vec![
        Piece::Literal(format!("{}.", class.name)),
        self::shown(&str, "name", Conversion::None),
    ];
    let text = str.expr(ExprKind::Format(pieces));
    str.push(StmtKind::Return(text));
    let mut written = vec![init, repr, str];
    written.retain(|draft| !has(draft.name()));
    written
}

fn shown(draft: &Draft, attribute: &str, conversion: Conversion) -> Piece {
    Piece::Value {
        value: draft.attribute(THIS, attribute),
        conversion,
        spec: None,
    }
}

/// The variables of the program that hold the members, by all their names.
pub fn variables(program: &mut Program, id: ClassId, enumeration: &Enumeration) -> Vec<(String, GlobalId)> {
    let mut found: Vec<(String, GlobalId)> = Vec::new();
    for member in &enumeration.members {
        found.push((member.name.clone(), new_variable(program, id, &member.name)));
    }
    for (alias, at) in &enumeration.aliases {
        found.push((alias.clone(), found[*at].1));
    }
    found
}

/// Calling an enumeration finds a member; its members are made where the class is.
pub fn complete(program: &mut Program, id: ClassId, native: &mut NativeClass, enumeration: &Enumeration) {
    let Some(maker) = native.constructor else { return };
    // Nobody sets them.
    native.variables.values_mut().for_each(|(_, own)| *own = false);
    let variables = &native.variables;
    let held = |name: &str| variables.get(name).map(|(global, _)| *global);
    let class = program.class(id).clone();
    let by_value = lookup(&class, id, "of_value", enumeration, &held, |member| {
        vec![member.value.clone()]
    });
    let by_name = lookup(&class, id, "of_name", enumeration, &held, |member| {
        let aliases = enumeration.aliases.iter();
        let own = aliases.filter(|(_, at)| enumeration.members[*at].name == member.name);
        let names = std::iter::once(&member.name).chain(own.map(|(alias, _)| alias));
        names.map(|name| Expr::str(name, member.value.span)).collect()
    });
    let (by_value, by_name) = (add(program, by_value), add(program, by_name));
    native.enumeration = Some(NativeEnum {
        maker,
        by_name,
        by_value,
    });
    native.constructor = Some(by_value);
    let made: Vec<Stmt> = (enumeration.members.iter())
        .filter_map(|member| Some(made(maker, member, held(&member.name)?)))
        .collect();
    let module = &program.modules[class.module.index()];
    for function in [Some(module.init), module.main].into_iter().flatten() {
        make_members(&mut program.functions[function.index()], id, &made);
    }
}

/// `NAME = Class(name, value)`
fn made(maker: FuncId, member: &Named, global: GlobalId) -> Stmt {
    let span = member.value.span;
    let name = Expr::str(
        &member.name,
        Span {
            end: span.start,
            ..span
        },
    );
    let value = Expr::new(
        ExprKind::Call {
            callee: Callee::Function(maker),
            args: vec![Arg::One(name), Arg::One(member.value.clone())],
            keywords: Vec::new(),
        },
        span,
    );
    let target = Target::Global(global);
    Stmt {
        kind: StmtKind::Assign { value, target },
        span,
    }
}

fn make_members(function: &mut Function, id: ClassId, made: &[Stmt]) {
    let makes_class = |stmt: &Stmt| match &stmt.kind {
        StmtKind::Assign { value, .. } => class_made(value) == Some(id),
        _ => false,
    };
    if let Some(at) = function.body.iter().position(makes_class) {
        function.body.splice(at + 1..at + 1, made.iter().cloned());
    }
}

/// The function that finds a member by one of its `keys`, and raises as CPython does where there is none.
fn lookup(
    class: &Class,
    id: ClassId,
    name: &str,
    enumeration: &Enumeration,
    held: &dyn Fn(&str) -> Option<GlobalId>,
    keys: impl Fn(&Named) -> Vec<Expr>,
) -> Function {
    let mut draft = Draft::helper(name, class, id);
    let wanted = draft.param("wanted", None);
    for member in &enumeration.members {
        for key in keys(member) {
            let Some(global) = held(&member.name) else { continue };
            let (left, right) = (Box::new(draft.local(wanted)), Box::new(key));
            let op = CmpOp::Eq;
            let same = truth(draft.expr(ExprKind::Compare { op, left, right }));
            let found = StmtKind::Return(draft.expr(ExprKind::Global(global)));
            draft.push(draft.when(same, found));
        }
    }
    let raised = match name {
        "of_name" => ("KeyError", draft.local(wanted)),
        _ => {
            let pieces = vec![
                Piece::Value {
                    value: draft.local(wanted),
                    conversion: Conversion::Repr,
                    spec: None,
                },
                Piece::Literal(format!(" is not a valid {}", class.qualname)),
            ];
            ("ValueError", draft.expr(ExprKind::Format(pieces)))
        }
    };
    let exc = draft.expr(ExprKind::Call {
        callee: Callee::Builtin(raised.0.to_owned()),
        args: vec![Arg::One(raised.1)],
        keywords: Vec::new(),
    });
    draft.push(StmtKind::Raise { exc, cause: None });
    let mut function = draft.done();
    function.params.remove(0);
    function.class = None;
    function
}

/// Going through an enumeration is going through its members: written so wherever that is done.
pub fn spell_out(program: &mut Program, found: &NativeClasses) {
    let members: HashMap<GlobalId, Vec<String>> = (found.values())
        .filter_map(|native| Some((native.global, native.enumeration.as_ref()?, native)))
        .map(|(global, _, native)| (global, native.members.clone()))
        .collect();
    if members.is_empty() {
        return;
    }
    let mut speller = Speller { members };
    for function in &mut program.functions {
        function.body.iter_mut().for_each(|stmt| speller.stmt(stmt));
    }
}

struct Speller {
    members: HashMap<GlobalId, Vec<String>>,
}

/// Builtins that only go through what they are given.
const GOING_THROUGH: [&str; 13] = [
    "enumerate",
    "filter",
    "frozenset",
    "iter",
    "len",
    "list",
    "map",
    "max",
    "min",
    "set",
    "sorted",
    "tuple",
    "zip",
];

impl Speller {
    fn spell(&self, e: &mut Expr) {
        let ExprKind::Global(id) = e.kind else { return };
        let Some(names) = self.members.get(&id) else { return };
        let member = |name: &String| {
            let kind = ExprKind::Attr {
                object: Box::new(e.clone()),
                name: name.clone(),
            };
            Arg::One(Expr::new(kind, e.span))
        };
        e.kind = ExprKind::List(names.iter().map(member).collect());
    }
}

impl Rewrite for Speller {
    fn stmt(&mut self, stmt: &mut Stmt) {
        if let StmtKind::For { iter, .. } = &mut stmt.kind {
            self.spell(iter);
        }
        self.stmt_parts(stmt);
    }

    fn expr(&mut self, e: &mut Expr) {
        match &mut e.kind {
            ExprKind::Comp { clauses, .. } => clauses.iter_mut().for_each(|clause| self.spell(&mut clause.iter)),
            ExprKind::Call {
                callee: Callee::Builtin(name),
                args,
                ..
            } if GOING_THROUGH.contains(&name.as_str()) => {
                args.iter_mut().for_each(|arg| self.spell(arg.expr_mut()));
            }
            _ => {}
        }
        self.expr_parts(e);
    }
}
