//! What a class statement says, where native code can follow it.

use super::enums::{self, Enumeration};
use super::options::Data;
use super::survey::Survey;
use super::tuples;
use crate::ir::func::{Flavor, Storage};
use crate::ir::{
    Arg, AugTarget, Callee, ClassId, Const, Expr, ExprKind, FuncId, Function, GlobalId, GlobalKind, LocalId, Param,
    ParamKind, Program, Stmt, StmtKind, Target,
};
use std::collections::{HashMap, HashSet};

/// What a name of the class body stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    Method(FuncId),
    Property {
        get: FuncId,
        set: Option<FuncId>,
    },
    Static(FuncId),
    ClassMethod(FuncId),
    /// The variable of the body that holds the value.
    Variable(LocalId),
    /// A function that native code cannot call: a generator, or one that takes what is around it.
    Beyond(FuncId),
}

/// One class statement at the top level of a module.
#[derive(Clone, Debug)]
pub struct Statement {
    pub id: ClassId,
    /// The module variable that stands for the class.
    pub global: GlobalId,
    pub base: Option<ClassId>,
    pub members: HashMap<String, Member>,
    /// Methods that a class must override before it has instances.
    pub abstracts: HashSet<String>,
    /// Every name that the body binds.
    pub names: HashSet<String>,
    /// The options and the fields of a dataclass.
    pub data: Option<Data>,
    /// The names in `__slots__`.
    pub slots: Option<HashSet<String>>,
    /// Its instances are named tuples.
    pub is_tuple: bool,
    /// Its instances are these.
    pub enumeration: Option<Enumeration>,
    /// No class of the program's: see `joint`.
    pub is_joint: bool,
}

/// Class variables that mean something to Python itself, or nothing to instances.
const SILENT: [&str; 5] = [
    "__slots__",
    "__doc__",
    "__annotations__",
    "__module__",
    "__match_args__",
];

/// The name means nothing to instances.
pub fn is_silent(name: &str) -> bool {
    SILENT.contains(&name)
}

impl Statement {
    /// The name is one of a member of the enumeration.
    fn is_member(&self, name: &str) -> bool {
        self.enumeration.as_ref().is_some_and(|e| {
            let aliases = e.aliases.iter().map(|(alias, _)| alias);
            e.members
                .iter()
                .map(|m| &m.name)
                .chain(aliases)
                .any(|known| known == name)
        })
    }
}

/// Reads the statement of a class; None where native code cannot follow it. Marks the class as the one its name stands
/// for, where only a decorator hid that.
pub fn read(program: &mut Program, survey: &Survey, id: ClassId) -> Option<Statement> {
    let class = program.class(id).clone();
    if class.early {
        return None;
    }
    let init = program.modules[class.module.index()].init;
    let statement = {
        let function = program.function(init);
        let (made, global) = class_statement(&function.body, id)?;
        if !survey.is_only(global, id) {
            return None;
        }
        let ExprKind::MakeClass {
            bases,
            keywords,
            namespace,
            ..
        } = &made.class.kind
        else {
            return None;
        };
        if !keywords.is_empty() {
            return None;
        }
        let tuple = tuples::base(bases);
        let is_enum = enums::is_base(program, bases);
        let base = match tuple {
            None if !is_enum => base_of(program, bases)?,
            _ => None,
        };
        let body = Body {
            program,
            values: values(function),
            namespace,
        };
        let is_tuple = tuple.is_some();
        let enumeration = match is_enum {
            true => Some(body.enumeration()?),
            false => None,
        };
        let data = match tuple {
            None if is_enum => {
                let told = made.decorator.is_none_or(|by| {
                    let distinct = enumeration.as_ref().is_some_and(|e| e.aliases.is_empty());
                    enums::is_unique(program, by) && distinct
                });
                told.then_some(None)?
            }
            None => match made.decorator {
                Some(decorator) => Some(body.data(decorator)?),
                None => None,
            },
            Some(_) if made.decorator.is_some() => return None,
            Some(tuple) => Some(body.tuple_data(tuple)?),
        };
        let mut statement = body.read((id, global), base, data, enumeration, &class.methods)?;
        statement.is_tuple = is_tuple;
        statement
    };
    program.globals[statement.global.index()].kind = GlobalKind::Class(id);
    Some(statement)
}

/// The expression that makes the class, and the dataclass decorator around it.
struct Made<'a> {
    class: &'a Expr,
    decorator: Option<&'a Expr>,
}

/// The module-level statement that makes the class, and the name it binds.
fn class_statement(body: &[Stmt], id: ClassId) -> Option<(Made<'_>, GlobalId)> {
    body.iter().find_map(|stmt| {
        let StmtKind::Assign {
            value,
            target: Target::Global(global),
        } = &stmt.kind
        else {
            return None;
        };
        let made = made_class(value)?;
        matches!(&made.class.kind, ExprKind::MakeClass { class, .. } if *class == id).then_some((made, *global))
    })
}

fn made_class(value: &Expr) -> Option<Made<'_>> {
    match &value.kind {
        ExprKind::MakeClass { .. } => Some(Made {
            class: value,
            decorator: None,
        }),
        ExprKind::Call {
            callee: Callee::Value(decorator),
            args,
            keywords,
        } if keywords.is_empty() => match args.as_slice() {
            [Arg::One(class)] if matches!(class.kind, ExprKind::MakeClass { .. }) => Some(Made {
                class,
                decorator: Some(decorator),
            }),
            _ => None,
        },
        ExprKind::Call {
            callee: Callee::Library { module, name },
            args,
            keywords,
        } if module == "dataclasses" && name == "dataclass" && keywords.is_empty() => match args.as_slice() {
            [Arg::One(class)] if matches!(class.kind, ExprKind::MakeClass { .. }) => Some(Made {
                class,
                decorator: Some(value),
            }),
            _ => None,
        },
        _ => None,
    }
}

/// The class that an expression makes.
pub fn class_made(value: &Expr) -> Option<ClassId> {
    match &made_class(value)?.class.kind {
        ExprKind::MakeClass { class, .. } => Some(*class),
        _ => None,
    }
}

/// The one base that counts: None inside where there is none, None outside where native code cannot follow.
fn base_of(program: &Program, bases: &[Expr]) -> Option<Option<ClassId>> {
    match bases {
        [] => Some(None),
        [base] => match &base.kind {
            ExprKind::Global(global) => match program.global(*global).kind {
                GlobalKind::Class(id) => Some(Some(id)),
                _ => None,
            },
            ExprKind::Library { module, name } if module == "abc" && name == "ABC" => Some(None),
            ExprKind::Builtin(name) if name == "object" => Some(None),
            _ => None,
        },
        _ => None,
    }
}

/// What each variable of a function is bound to: the value of a plain assignment, None for other bindings.
fn values(function: &Function) -> HashMap<LocalId, Vec<Option<&Expr>>> {
    let mut found: HashMap<LocalId, Vec<Option<&Expr>>> = HashMap::new();
    for stmt in &function.body {
        if let StmtKind::Assign {
            value,
            target: Target::Local(local),
        } = &stmt.kind
        {
            found.entry(*local).or_default().push(Some(value));
            continue;
        }
        // Names start unbound; one that is deleted later is no attribute in the end.
        if let StmtKind::DelLocal(id) = &stmt.kind {
            found.entry(*id).and_modify(|bound| bound.push(None));
        }
        stmt.walk(&mut |s| match &s.kind {
            StmtKind::Assign { target, .. }
            | StmtKind::For { target, .. }
            | StmtKind::With {
                target: Some(target), ..
            } => target.locals(&mut |id| found.entry(id).or_default().push(None)),
            StmtKind::Aug {
                target: AugTarget::Local(id),
                ..
            } => found.entry(*id).or_default().push(None),
            _ => {}
        });
    }
    found
}

/// The variables of a class body, and what they are bound to.
pub struct Body<'a> {
    pub program: &'a Program,
    values: HashMap<LocalId, Vec<Option<&'a Expr>>>,
    pub namespace: &'a [(String, LocalId)],
}

impl Body<'_> {
    fn read(
        &self,
        (id, global): (ClassId, GlobalId),
        base: Option<ClassId>,
        data: Option<Data>,
        enumeration: Option<Enumeration>,
        methods: &[FuncId],
    ) -> Option<Statement> {
        let mut statement = Statement {
            id,
            global,
            base,
            members: HashMap::new(),
            abstracts: HashSet::new(),
            names: self.namespace.iter().map(|(name, _)| name.clone()).collect(),
            data,
            slots: None,
            is_tuple: false,
            enumeration,
            is_joint: false,
        };
        let fields: Vec<&str> = statement
            .data
            .iter()
            .flat_map(|d| &d.fields)
            .map(|f| f.name.as_str())
            .collect();
        let mut members = HashMap::new();
        for (name, local) in self.namespace {
            let is_field = fields.contains(&name.as_str());
            if name == "__slots__" {
                statement.slots = Some(slot_names(self.value(*local)?)?);
            }
            if is_silent(name) || is_field || statement.is_member(name) {
                continue;
            }
            let (member, is_abstract) = self.member(*local)?;
            if is_abstract {
                statement.abstracts.insert(name.clone());
            }
            members.insert(name.clone(), member);
        }
        statement.members = members;
        // Methods that native code would have to call some other way.
        let known: HashSet<FuncId> = statement.members.values().flat_map(Member::functions).collect();
        methods.iter().all(|m| known.contains(m)).then_some(statement)
    }

    fn tuple_data(&self, tuple: tuples::Base) -> Option<Data> {
        let fields = match tuple {
            tuples::Base::Annotated => self.annotated_fields()?,
            tuples::Base::Called(fields) => fields,
        };
        let annotated: HashSet<&str> = fields.iter().map(|f| f.name.as_str()).collect();
        let bound = self.namespace.iter().filter(|(_, local)| self.is_bound(*local));
        let members = bound.map(|(name, _)| name.as_str());
        let members: HashSet<&str> = members.filter(|name| !annotated.contains(name)).collect();
        tuples::data(fields.clone(), &members)
    }

    pub fn is_bound(&self, local: LocalId) -> bool {
        self.values.contains_key(&local)
    }

    /// What the variable of the body is bound to, once.
    pub fn value(&self, local: LocalId) -> Option<&Expr> {
        match self.values.get(&local).map(Vec::as_slice) {
            Some([value]) => *value,
            _ => None,
        }
    }

    /// What the variable holds; and whether that is abstract.
    fn member(&self, local: LocalId) -> Option<(Member, bool)> {
        if let Some([Some(first), Some(second)]) = self.values.get(&local).map(Vec::as_slice) {
            return Some((self.property_with_setter(first, second, local)?, false));
        }
        let value = self.value(local)?;
        match &value.kind {
            ExprKind::MakeFunction { func, .. } => match self.is_plain(*func, true) {
                true => Some((Member::Method(*func), false)),
                false => Some((Member::Beyond(*func), false)),
            },
            ExprKind::Call { .. } => match wrapped(value) {
                Some(wrapped) => {
                    let takes_object = !matches!(wrapped.member, Member::Static(_));
                    let fine = |func: FuncId| self.is_plain(func, takes_object);
                    wrapped
                        .member
                        .functions()
                        .all(fine)
                        .then_some((wrapped.member, wrapped.is_abstract))
                }
                None => Some((Member::Variable(local), false)),
            },
            _ => Some((Member::Variable(local), false)),
        }
    }

    /// `x = property(get)`, then `x = x.setter(set)`.
    fn property_with_setter(&self, first: &Expr, second: &Expr, local: LocalId) -> Option<Member> {
        let Wrapped {
            member: Member::Property { get, set: None },
            is_abstract: false,
        } = wrapped(first)?
        else {
            return None;
        };
        let (of, set) = setter(second)?;
        let takes_one = self.program.function(set).params.len() == 2;
        let fine = of == local && takes_one && self.is_plain(get, true) && self.is_plain(set, true);
        fine.then_some(Member::Property { get, set: Some(set) })
    }

    /// A function that native code can call as it stands.
    pub fn is_plain(&self, func: FuncId, takes_object: bool) -> bool {
        let function = self.program.function(func);
        let first = function.params.first();
        let has_object = first.is_some_and(|p| matches!(p.kind, ParamKind::Positional | ParamKind::PositionalOnly));
        // A default worked out when the class was made is known to the method's object only.
        let is_kept = |p: &Param| p.default_span.is_some() && p.default.is_none();
        let captures = (function.locals.iter()).any(|l| matches!(l.storage, Storage::Captured(_)));
        let params = !function.params.iter().any(is_kept);
        let flavor = matches!(function.flavor, Flavor::Plain | Flavor::Generator);
        (has_object || !takes_object) && params && !captures && flavor
    }
}

impl Member {
    pub fn functions(&self) -> impl Iterator<Item = FuncId> + use<> {
        let (first, second) = match *self {
            Member::Method(func) | Member::Static(func) | Member::ClassMethod(func) => (Some(func), None),
            Member::Property { get, set } => (Some(get), set),
            Member::Beyond(func) => (Some(func), None),
            Member::Variable(_) => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// `x.setter(set)`, where `x` is a variable of the class body.
fn setter(value: &Expr) -> Option<(LocalId, FuncId)> {
    let ExprKind::Call { callee, args, keywords } = &value.kind else {
        return None;
    };
    let (object, name) = match callee {
        Callee::Method { object, name } => (object, name),
        Callee::Value(callee) => match &callee.kind {
            ExprKind::Attr { object, name } => (object, name),
            _ => return None,
        },
        _ => return None,
    };
    match (&object.kind, args.as_slice()) {
        (ExprKind::Local(of, _), [Arg::One(set)]) if name == "setter" && keywords.is_empty() => match set.kind {
            ExprKind::MakeFunction { func, .. } => Some((*of, func)),
            _ => None,
        },
        _ => None,
    }
}

/// A function under decorators that native code knows.
struct Wrapped {
    member: Member,
    is_abstract: bool,
}

fn wrapped(value: &Expr) -> Option<Wrapped> {
    let ExprKind::Call { callee, args, keywords } = &value.kind else {
        return None;
    };
    let ([Arg::One(inner)], true) = (args.as_slice(), keywords.is_empty()) else {
        return None;
    };
    let mut found = match &inner.kind {
        ExprKind::MakeFunction { func, .. } => Wrapped {
            member: Member::Method(*func),
            is_abstract: false,
        },
        _ => wrapped(inner)?,
    };
    let decorator = match callee {
        Callee::Value(decorator) => match &decorator.kind {
            ExprKind::Builtin(name) => ("builtins", name.as_str()),
            ExprKind::Library { module, name } => (module.as_str(), name.as_str()),
            _ => return None,
        },
        Callee::Builtin(name) => ("builtins", name.as_str()),
        Callee::Library { module, name } => (module.as_str(), name.as_str()),
        _ => return None,
    };
    match (decorator, found.member) {
        (("abc", "abstractmethod"), _) => found.is_abstract = true,
        (("builtins", "property"), Member::Method(get)) => found.member = Member::Property { get, set: None },
        (("builtins", "staticmethod"), Member::Method(func)) => found.member = Member::Static(func),
        (("builtins", "classmethod"), Member::Method(func)) => found.member = Member::ClassMethod(func),
        _ => return None,
    }
    Some(found)
}

/// The function that an expression only wraps up for a class body.
pub fn wrapped_function(value: &Expr) -> Option<FuncId> {
    match &value.kind {
        ExprKind::MakeFunction { func, .. } => Some(*func),
        _ => match wrapped(value) {
            Some(wrapped) => wrapped.member.functions().next(),
            None => setter(value).map(|(_, func)| func),
        },
    }
}

/// The one argument of `return name(...)`, where the function does no more than that.
pub fn returned_call<'a>(function: &'a Function, name: &str) -> Option<&'a Expr> {
    let [
        Stmt {
            kind: StmtKind::Return(value),
            ..
        },
    ] = function.body.as_slice()
    else {
        return None;
    };
    match &value.kind {
        ExprKind::Call {
            callee: Callee::Builtin(called),
            args,
            keywords,
        } if called == name && keywords.is_empty() => match args.as_slice() {
            [Arg::One(only)] => Some(only),
            _ => None,
        },
        _ => None,
    }
}

pub fn text(e: &Expr) -> Option<&str> {
    match &e.kind {
        ExprKind::Const(Const::Str(text)) => Some(text),
        _ => None,
    }
}

fn slot_names(value: &Expr) -> Option<HashSet<String>> {
    match &value.kind {
        ExprKind::Tuple(items) | ExprKind::List(items) => {
            items.iter().map(|item| text(item.expr()).map(str::to_owned)).collect()
        }
        _ => text(value).map(|name| HashSet::from([name.to_owned()])),
    }
}
