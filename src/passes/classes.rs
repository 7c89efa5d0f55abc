//! Classes whose instances can be carried natively, and the function that makes an instance of each.
//!
//! Such a class has no bases of its own and no hooks into attribute access or creation, and its `__init__` binds every
//! attribute before it lets `self` go anywhere. The *constructor* is `__init__` with those attributes as variables, up
//! to the point where all are bound: there the instance is made of them, and the rest runs as written.

use crate::ir::func::{Flavor, Local, Storage};
use crate::ir::visit_mut::PartMut;
use crate::ir::{
    Class, ClassId, Const, Expr, ExprKind, FuncId, Function, GlobalKind, LocalId, ParamKind, Program, Stmt, StmtKind,
    Target, Ty, Use,
};
use crate::passes::analyses::{assigned, placement};
use std::collections::{HashMap, HashSet};

/// What native code needs to know of such a class.
#[derive(Clone, Debug)]
pub struct NativeClass {
    /// Makes an instance; takes what `__init__` takes after `self`.
    pub constructor: FuncId,
    /// The attributes, in the order in which `__init__` binds them.
    pub fields: Vec<String>,
    /// Methods that are plain functions.
    pub methods: HashMap<String, FuncId>,
    /// Every name that the class body binds.
    pub names: HashSet<String>,
    /// The variables of the class body, in each function that holds a copy of the class statement.
    pub namespace: HashSet<(FuncId, LocalId)>,
}

pub type NativeClasses = HashMap<ClassId, NativeClass>;

/// Names whose meaning native code does not reproduce.
const HOOKS: [&str; 17] = [
    "__getattr__",
    "__getattribute__",
    "__setattr__",
    "__delattr__",
    "__del__",
    "__new__",
    "__init_subclass__",
    "__class_getitem__",
    "__set_name__",
    "__eq__",
    "__ne__",
    "__hash__",
    "__get__",
    "__set__",
    "__class__",
    "__dict__",
    "__instancecheck__",
];

/// Finds such classes and adds their constructors to the program. `usable` says which functions can be translated.
pub fn find(program: &mut Program, usable: &dyn Fn(FuncId) -> bool) -> NativeClasses {
    let mut found = NativeClasses::new();
    for at in 0..program.classes.len() {
        let id = ClassId(at as u32);
        if let Some(class) = native_class(program, id, usable) {
            found.insert(id, class);
        }
    }
    found
}

fn native_class(program: &mut Program, id: ClassId, usable: &dyn Fn(FuncId) -> bool) -> Option<NativeClass> {
    let is_static = program.globals.iter().any(|g| g.kind == GlobalKind::Class(id));
    if !is_static {
        return None;
    }
    let class = program.class(id).clone();
    let (names, methods) = contents(program, id, &class)?;
    if names.iter().any(|n| HOOKS.contains(&n.as_str())) || methods.values().any(|m| !usable(*m)) {
        return None;
    }
    // A default worked out when the class was made is known to the method's object only.
    let is_kept = |p: &crate::ir::Param| p.default_span.is_some() && p.default.is_none();
    if methods
        .values()
        .any(|m| program.function(*m).params.iter().any(is_kept))
    {
        return None;
    }
    let init = *methods.get("__init__")?;
    let (constructor, fields) = constructor(program.function(init), id)?;
    if fields.iter().any(|f| names.contains(f)) {
        return None;
    }
    if names.contains("__slots__") {
        let slots = slots(program, &class, id)?;
        if !fields.iter().all(|f| slots.contains(f)) {
            return None;
        }
    }
    let constructor_id = FuncId(program.functions.len() as u32);
    program.functions.push(Function {
        id: constructor_id,
        name: format!("new_{}", class.name),
        ..constructor
    });
    Some(NativeClass {
        constructor: constructor_id,
        fields,
        methods,
        names,
        namespace: namespace(program, id),
    })
}

fn namespace(program: &Program, id: ClassId) -> HashSet<(FuncId, LocalId)> {
    let mut found = HashSet::new();
    for function in &program.functions {
        for stmt in &function.body {
            if let StmtKind::Assign { value, .. } = &stmt.kind
                && let ExprKind::MakeClass { class, namespace, .. } = &value.kind
                && *class == id
            {
                found.extend(namespace.iter().map(|(_, local)| (function.id, *local)));
            }
        }
    }
    found
}

/// The names bound in the class body and its plain methods; None where the class has bases or binds in odd ways.
fn contents(program: &Program, id: ClassId, class: &Class) -> Option<(HashSet<String>, HashMap<String, FuncId>)> {
    let init = program.modules[class.module.index()].init;
    let mut namespace: Option<Vec<(String, LocalId)>> = None;
    let mut bound: HashMap<LocalId, Vec<Option<FuncId>>> = HashMap::new();
    for stmt in &program.function(init).body {
        let StmtKind::Assign { value, target } = &stmt.kind else {
            continue;
        };
        if let ExprKind::MakeClass {
            class,
            bases,
            keywords,
            namespace: names,
        } = &value.kind
            && *class == id
        {
            if !bases.is_empty() || !keywords.is_empty() {
                return None;
            }
            namespace = Some(names.clone());
        }
        if let Target::Local(local) = target {
            let func = match &value.kind {
                ExprKind::MakeFunction { func, .. } => Some(*func),
                _ => None,
            };
            bound.entry(*local).or_default().push(func);
        }
    }
    let namespace = namespace?;
    let mut methods = HashMap::new();
    for (name, local) in &namespace {
        match bound.get(local).map(Vec::as_slice) {
            Some([Some(func)]) if is_plain(program.function(*func)) => {
                methods.insert(name.clone(), *func);
            }
            Some([_]) => {}
            _ => return None,
        }
    }
    // Methods that native code would have to call some other way.
    let all_plain = class.methods.iter().all(|m| methods.values().any(|known| known == m));
    all_plain.then(|| (namespace.into_iter().map(|(name, _)| name).collect(), methods))
}

/// The names in `__slots__`, where they are written out.
fn slots(program: &Program, class: &Class, id: ClassId) -> Option<HashSet<String>> {
    let body = &program.function(program.modules[class.module.index()].init).body;
    let assigned = |wanted: LocalId| {
        body.iter().find_map(|stmt| match &stmt.kind {
            StmtKind::Assign {
                value,
                target: Target::Local(local),
            } if *local == wanted => Some(value),
            _ => None,
        })
    };
    let local = body.iter().find_map(|stmt| match &stmt.kind {
        StmtKind::Assign { value, .. } => match &value.kind {
            ExprKind::MakeClass { class, namespace, .. } if *class == id => namespace
                .iter()
                .find(|(name, _)| name == "__slots__")
                .map(|(_, local)| *local),
            _ => None,
        },
        _ => None,
    })?;
    let text = |e: &Expr| match &e.kind {
        ExprKind::Const(Const::Str(name)) => Some(name.clone()),
        _ => None,
    };
    let value = assigned(local)?;
    match &value.kind {
        ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().map(|item| text(item.expr())).collect(),
        _ => text(value).map(|name| HashSet::from([name])),
    }
}

fn is_plain(function: &Function) -> bool {
    let first = function.params.first();
    let takes_self = first.is_some_and(|p| matches!(p.kind, ParamKind::Positional | ParamKind::PositionalOnly));
    let whole = function
        .params
        .iter()
        .all(|p| !matches!(p.kind, ParamKind::VarArgs | ParamKind::VarKeywords));
    let captures = function
        .locals
        .iter()
        .any(|l| matches!(l.storage, Storage::Captured(_)));
    takes_self && whole && !captures && function.flavor == Flavor::Plain
}

/// `__init__` as a function that makes the instance, and the attributes it binds.
fn constructor(init: &Function, class: ClassId) -> Option<(Function, Vec<String>)> {
    let this = init.params[0].local;
    if init.local(this).storage != Storage::Plain {
        return None;
    }
    let fields = bound_attributes(init, this);
    let last = init
        .body
        .iter()
        .rposition(|stmt| binds_new(stmt, this, &fields))
        .map_or(0, |at| at + 1);
    let mut function = init.clone();
    function.params.remove(0);
    function.class = None;
    function.parent = None;
    let first = function.locals.len() as u32;
    function.locals.extend(fields.iter().map(|name| Local {
        name: name.clone(),
        storage: Storage::Plain,
        ty: Ty::Dyn,
        maybe_unbound: false,
        temporary: false,
    }));
    let locals: HashMap<&str, LocalId> = (fields.iter().map(String::as_str))
        .zip((first..).map(LocalId))
        .collect();
    let mut rest = function.body.split_off(last);
    let mut renamer = Renamer {
        this,
        locals: &locals,
        escapes: false,
    };
    function.body.iter_mut().for_each(|stmt| renamer.stmt(stmt));
    if renamer.escapes || returns(&function.body) {
        return None;
    }
    let span = init.span;
    let new = ExprKind::New {
        class,
        fields: (fields.iter())
            .map(|name| (name.clone(), Expr::local(locals[name.as_str()], span)))
            .collect(),
    };
    function.body.push(Stmt {
        kind: StmtKind::Assign {
            value: Expr::new(new, span),
            target: Target::Local(this),
        },
        span,
    });
    rest.iter_mut().for_each(|stmt| return_self(stmt, this));
    function.body.extend(rest);
    function.body.push(Stmt {
        kind: StmtKind::Return(Expr::local(this, span)),
        span,
    });
    all_bound(&function, &locals).then_some((function, fields))
}

/// The attributes of `self` that `__init__` binds in its own statements, in order.
fn bound_attributes(init: &Function, this: LocalId) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for stmt in &init.body {
        stmt.walk(&mut |s| {
            if let StmtKind::Assign { target, .. } | StmtKind::For { target, .. } = &s.kind {
                attributes_of(target, this, &mut |name| {
                    if !names.iter().any(|n| n == name) {
                        names.push(name.to_owned());
                    }
                });
            }
        });
    }
    names
}

fn attributes_of(target: &Target, this: LocalId, visit: &mut dyn FnMut(&str)) {
    match target {
        Target::Attr { object, name } if is_self(object, this) => visit(name),
        Target::Unpack { parts, .. } => parts.iter().for_each(|p| attributes_of(p, this, visit)),
        _ => {}
    }
}

fn is_self(e: &Expr, this: LocalId) -> bool {
    matches!(e.kind, ExprKind::Local(id, _) if id == this)
}

/// The statement binds an attribute that no statement before it has bound for certain.
fn binds_new(stmt: &Stmt, this: LocalId, fields: &[String]) -> bool {
    let mut binds = false;
    stmt.walk(&mut |s| {
        if let StmtKind::Assign { target, .. } | StmtKind::For { target, .. } = &s.kind {
            attributes_of(target, this, &mut |name| binds |= fields.iter().any(|f| f == name));
        }
    });
    binds
}

fn returns(body: &[Stmt]) -> bool {
    let mut found = false;
    body.iter()
        .for_each(|stmt| stmt.walk(&mut |s| found |= matches!(s.kind, StmtKind::Return(_))));
    found
}

/// `__init__` returns None, its constructor the instance.
fn return_self(stmt: &mut Stmt, this: LocalId) {
    if let StmtKind::Return(value) = &mut stmt.kind
        && matches!(value.kind, ExprKind::Const(Const::None))
    {
        value.kind = ExprKind::Local(this, Use::Shared);
    }
    stmt.parts_mut(&mut |part| {
        if let PartMut::Stmt(inner) = part {
            return_self(inner, this);
        }
    });
}

/// Every attribute is bound on every path to where the instance is made.
fn all_bound(function: &Function, locals: &HashMap<&str, LocalId>) -> bool {
    let places = placement::analyse(function);
    let facts = assigned::analyse(function, &places);
    locals.values().all(|id| !facts.maybe_unbound[id.index()])
}

/// Makes `self.name` the variable `name`.
struct Renamer<'a> {
    this: LocalId,
    locals: &'a HashMap<&'a str, LocalId>,
    /// `self` is used otherwise.
    escapes: bool,
}

impl Renamer<'_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        if let StmtKind::Aug { target, .. } = &mut stmt.kind
            && let crate::ir::AugTarget::Attr { object, name } = target
            && is_self(object, self.this)
        {
            match self.locals.get(name.as_str()) {
                Some(local) => *target = crate::ir::AugTarget::Local(*local),
                None => self.escapes = true,
            }
        }
        stmt.parts_mut(&mut |part| self.part(part));
    }

    fn part(&mut self, part: PartMut<'_>) {
        match part {
            PartMut::Expr(e) => self.expr(e),
            PartMut::Stmt(s) => self.stmt(s),
            PartMut::Target(t) => self.target(t),
        }
    }

    fn target(&mut self, target: &mut Target) {
        if let Target::Attr { object, name } = target
            && is_self(object, self.this)
        {
            match self.locals.get(name.as_str()) {
                Some(local) => *target = Target::Local(*local),
                None => self.escapes = true,
            }
            return;
        }
        target.parts_mut(&mut |part| self.part(part));
    }

    fn expr(&mut self, e: &mut Expr) {
        match &e.kind {
            ExprKind::Attr { object, name } if is_self(object, self.this) => {
                match self.locals.get(name.as_str()) {
                    Some(local) => e.kind = ExprKind::Local(*local, Use::Shared),
                    None => self.escapes = true,
                }
                return;
            }
            ExprKind::Local(id, _) if *id == self.this => self.escapes = true,
            _ => {}
        }
        e.parts_mut(&mut |part| self.part(part));
    }
}
