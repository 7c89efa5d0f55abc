//! A family of classes: what each name of theirs means to instances, and the functions that decide by the class.

use super::constructor::constructor;
use super::inline::Called;
use super::statement::{Member, Statement};
use super::{NativeClass, NativeClasses, dataclass};
use crate::ir::func::{Flavor, Function, Local, Storage};
use crate::ir::visit_mut::Rewrite;
use crate::ir::{
    Arg, AugTarget, Callee, Class, ClassId, Expr, ExprKind, FuncId, Global, GlobalId, GlobalKind, LocalId, Param,
    ParamKind, Program, Stmt, StmtKind, Target, Ty,
};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The class that an expression names.
pub fn global_class(program: &Program, e: &Expr) -> Option<ClassId> {
    match &e.kind {
        ExprKind::Global(id) => match program.global(*id).kind {
            GlobalKind::Class(class) => Some(class),
            _ => None,
        },
        _ => None,
    }
}

/// The class and all that derive from it, bases first.
pub fn members(statements: &BTreeMap<ClassId, Statement>, root: ClassId) -> Vec<ClassId> {
    let mut found = vec![root];
    let mut at = 0;
    while at < found.len() {
        let base = found[at];
        found.extend(statements.values().filter(|s| s.base == Some(base)).map(|s| s.id));
        at += 1;
    }
    found
}

/// What a name means to the instances of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Method(FuncId),
    Property(FuncId),
    /// Called through an instance, but not on it.
    Static,
    Variable(GlobalId),
}

/// A family under construction.
struct Family<'a> {
    statements: &'a BTreeMap<ClassId, Statement>,
    classes: &'a [ClassId],
    /// What each class itself binds.
    meanings: HashMap<(ClassId, String), Meaning>,
    statics: HashMap<(ClassId, String), FuncId>,
    written_reprs: HashMap<ClassId, FuncId>,
    /// The classes that the program makes instances of.
    made: BTreeSet<ClassId>,
}

/// The classes of a family, bases first, as native code sees them. None where one of them is beyond it.
pub fn native(
    program: &mut Program,
    statements: &BTreeMap<ClassId, Statement>,
    classes: &[ClassId],
) -> Option<NativeClasses> {
    let mut family = Family {
        statements,
        classes,
        meanings: HashMap::new(),
        statics: HashMap::new(),
        written_reprs: HashMap::new(),
        made: made(program, statements, classes),
    };
    for class in classes {
        family.bind_members(program, &statements[class])?;
    }
    let tagged = classes.len() > 1;
    let mut constructors = HashMap::new();
    for class in classes {
        constructors.insert(*class, family.constructor(program, *class, tagged)?);
    }
    family.check_fields(&constructors)?;
    let names: HashSet<String> = family.names();
    let mut found = NativeClasses::new();
    for class in classes {
        let (function, fields) = &constructors[class];
        let statement = &statements[class];
        let is_abstract = family.has_abstract(*class);
        let mut native = NativeClass {
            constructor: (!is_abstract).then(|| add(program, function.clone())),
            factories: family.data_of(*class).map_or(Vec::new(), dataclass::factories),
            fields: fields.clone(),
            methods: HashMap::new(),
            own_methods: HashMap::new(),
            properties: HashMap::new(),
            statics: HashMap::new(),
            instance_statics: HashMap::new(),
            variables: HashMap::new(),
            names: names.clone(),
            namespace: super::namespace(program, *class),
            base: statement.base,
            root: classes[0],
            frozen: family
                .lineage(*class)
                .any(|c| statements[&c].data.as_ref().is_some_and(|d| d.frozen)),
            written_repr: family
                .owner(*class, "__repr__")
                .and_then(|c| family.written_reprs.get(&c).copied()),
        };
        if tagged {
            native.fields.push(Class::TAG.to_owned());
        }
        found.insert(*class, native);
    }
    let fields: HashSet<String> = constructors.values().flat_map(|(_, fields)| fields.clone()).collect();
    for class in classes {
        family.give_meanings(program, *class, &fields, found.get_mut(class)?);
    }
    Some(found)
}

fn add(program: &mut Program, function: Function) -> FuncId {
    let id = FuncId(program.functions.len() as u32);
    program.functions.push(Function { id, ..function });
    id
}

/// The classes that the program calls to make instances.
fn made(program: &Program, statements: &BTreeMap<ClassId, Statement>, classes: &[ClassId]) -> BTreeSet<ClassId> {
    let told = |name: &str| {
        let mut members = classes.iter().filter_map(|c| statements[c].members.get(name));
        members.any(|member| matches!(member, Member::ClassMethod(_)))
    };
    let mut found = BTreeSet::new();
    let mut see = |e: &Expr| match &e.kind {
        ExprKind::Call {
            callee: Callee::Value(callee),
            ..
        } => found.extend(global_class(program, callee)),
        // A method that is told the class may make instances of it.
        ExprKind::Call {
            callee: Callee::Method { object, name },
            ..
        } if told(name) => found.extend(global_class(program, object)),
        _ => {}
    };
    for function in &program.functions {
        function.body.iter().for_each(|stmt| stmt.walk_exprs(&mut see));
    }
    for data in statements.values().filter_map(|s| s.data.as_ref()) {
        dataclass::factories(data)
            .iter()
            .for_each(|(_, made)| made.walk(&mut see));
    }
    found.retain(|class| classes.contains(class));
    found
}

impl Family<'_> {
    /// The class and its bases, the nearest first.
    fn lineage(&self, class: ClassId) -> impl Iterator<Item = ClassId> {
        std::iter::successors(Some(class), |at| self.statements[at].base)
    }

    /// The class that binds the name for the instances of `class`.
    fn owner(&self, class: ClassId, name: &str) -> Option<ClassId> {
        self.lineage(class)
            .find(|at| self.meanings.contains_key(&(*at, name.to_owned())))
    }

    fn meaning(&self, class: ClassId, name: &str) -> Option<Meaning> {
        let owner = self.owner(class, name)?;
        self.meanings.get(&(owner, name.to_owned())).copied()
    }

    fn method(&self, class: ClassId, name: &str) -> Option<FuncId> {
        match self.meaning(class, name)? {
            Meaning::Method(func) => Some(func),
            _ => None,
        }
    }

    fn names(&self) -> HashSet<String> {
        let bound = self.classes.iter().flat_map(|c| &self.statements[c].names);
        bound
            .chain(self.meanings.keys().map(|(_, name)| name))
            .cloned()
            .collect()
    }

    /// The dataclass options that decide how instances are made.
    fn data_of(&self, class: ClassId) -> Option<&super::statement::Data> {
        let owner = self.owner(class, "__init__")?;
        let statement = &self.statements[&owner];
        let own = statement.members.contains_key("__init__");
        if own { None } else { statement.data.as_ref() }
    }

    fn has_abstract(&self, class: ClassId) -> bool {
        self.lineage(class).any(|at| {
            let abstracts = &self.statements[&at].abstracts;
            abstracts.iter().any(|name| self.owner(class, name) == Some(at))
        })
    }

    /// What the class statement binds, and what `@dataclass` adds to it.
    fn bind_members(&mut self, program: &mut Program, statement: &Statement) -> Option<()> {
        let id = statement.id;
        for (name, member) in &statement.members {
            let meaning = match member {
                Member::Method(func) => Meaning::Method(*func),
                Member::Property(func) => Meaning::Property(*func),
                Member::Static(func) => {
                    self.statics.insert((id, name.clone()), *func);
                    Meaning::Static
                }
                Member::ClassMethod(_) => Meaning::Static,
                Member::Variable(local) => Meaning::Variable(class_variable(program, id, name, *local)),
            };
            self.meanings.insert((id, name.clone()), meaning);
        }
        self.bind_data(program, statement)?;
        // `__eq__` without `__hash__` makes instances unhashable: so are native ones to begin with.
        Some(())
    }

    fn bind_data(&mut self, program: &mut Program, statement: &Statement) -> Option<()> {
        let Some(data) = &statement.data else { return Some(()) };
        if self
            .lineage(statement.id)
            .skip(1)
            .any(|base| self.statements[&base].data.is_some())
        {
            // Its fields come after those of its bases: not followed yet.
            return None;
        }
        let class = program.class(statement.id).clone();
        let mut written = Vec::new();
        if !statement.members.contains_key("__init__") {
            let post = self.owner(statement.id, "__post_init__").is_some();
            written.push(("__init__", dataclass::init(data, &class, statement.id, post)?));
        }
        if data.repr && !statement.members.contains_key("__repr__") {
            written.push(("__repr__", dataclass::repr(data, &class, statement.id)));
        }
        if data.eq && !statement.members.contains_key("__eq__") {
            written.push(("__eq__", dataclass::eq(data, &class, statement.id)));
        }
        for (name, function) in written {
            let func = add(program, function);
            if name == "__repr__" {
                self.written_reprs.insert(statement.id, func);
                if self.classes.len() > 1 {
                    // It names the class of the instance, which may be a derived one.
                    return None;
                }
            }
            if name == "__eq__" && self.classes.len() > 1 {
                return None;
            }
            self.meanings
                .insert((statement.id, name.to_owned()), Meaning::Method(func));
        }
        Some(())
    }

    fn constructor(&self, program: &Program, class: ClassId, tagged: bool) -> Option<(Function, Vec<String>)> {
        let called = Called {
            class: &|id| match program.global(id).kind {
                GlobalKind::Class(class) if self.classes.contains(&class) => Some(class),
                _ => None,
            },
            method: &|class, name| self.method(class, name),
            base: &|class| self.statements[&class].base,
            made: class,
            function: &|id| program.function(id),
        };
        let name = format!("new_{}", program.class(class).name);
        let (function, fields) = match self.method(class, "__init__") {
            Some(init) => constructor(program.function(init), class, tagged, &called)?,
            None if self.owner(class, "__init__").is_none() => constructor(
                &dataclass::empty_init(program.class(class), class),
                class,
                tagged,
                &called,
            )?,
            None => return None,
        };
        Some((Function { name, ..function }, fields))
    }

    /// Attributes of instances hide nothing of their classes but variables, and go into the slots there are.
    fn check_fields(&self, constructors: &HashMap<ClassId, (Function, Vec<String>)>) -> Option<()> {
        let fields = constructors.values().flat_map(|(_, fields)| fields);
        for field in fields {
            let hides = |class: &ClassId| {
                let bound = self.meanings.get(&(*class, field.clone()));
                bound.is_some_and(|meaning| !matches!(meaning, Meaning::Variable(_)))
            };
            if self.classes.iter().any(hides) || field == Class::TAG {
                return None;
            }
        }
        for class in self.classes {
            let slots: Option<HashSet<&String>> = (self.lineage(*class))
                .map(|at| self.statements[&at].slots.as_ref())
                .collect::<Option<Vec<_>>>()
                .map(|all| all.into_iter().flatten().collect());
            let fits = slots.is_none_or(|slots| constructors[class].1.iter().all(|f| slots.contains(f)));
            fits.then_some(())?;
        }
        Some(())
    }

    /// Fills in what names mean to the instances of a class, and to the class itself.
    fn give_meanings(&self, program: &mut Program, class: ClassId, fields: &HashSet<String>, native: &mut NativeClass) {
        let names: BTreeSet<String> = self.meanings.keys().map(|(_, name)| name.clone()).collect();
        for name in names {
            match self.meaning(class, &name) {
                Some(Meaning::Method(func)) => {
                    native.own_methods.insert(name.clone(), func);
                }
                Some(Meaning::Variable(global)) => {
                    let own = self.owner(class, &name) == Some(class);
                    native.variables.insert(name.clone(), (global, own));
                }
                _ => {}
            }
            if let Some(owner) = self.owner(class, &name) {
                let found = match self.statements[&owner].members.get(&name) {
                    Some(Member::Static(_)) => self.statics.get(&(owner, name.clone())).copied(),
                    Some(Member::ClassMethod(func)) => told_the_class(program, *func, class),
                    _ => None,
                };
                native.statics.extend(found.map(|func| (name.clone(), func)));
            }
            // An attribute of some instances hides a variable of the class.
            if fields.contains(&name) {
                continue;
            }
            match self.dispatch(program, class, &name) {
                Some(Meaning::Static) => {
                    let is_static = |at: ClassId| matches!(self.statements[&at].members[&name], Member::Static(_));
                    let owner = self.owner(class, &name).filter(|at| is_static(*at));
                    let function = owner.and_then(|_| native.statics.get(&name).copied());
                    native.instance_statics.extend(function.map(|func| (name, func)));
                }
                Some(Meaning::Method(func)) => {
                    native.methods.insert(name, func);
                }
                Some(Meaning::Property(func)) => {
                    native.properties.insert(name, func);
                }
                _ => {}
            }
        }
    }

    /// What the name means to an instance of the class or of one that derives from it.
    fn dispatch(&self, program: &mut Program, class: ClassId, name: &str) -> Option<Meaning> {
        let below = |at: &&ClassId| self.lineage(**at).any(|c| c == class);
        let mut owners: Vec<ClassId> = Vec::new();
        let made: Vec<ClassId> = self
            .classes
            .iter()
            .filter(below)
            .filter(|c| self.made.contains(c) && !self.has_abstract(**c))
            .copied()
            .collect();
        let asked = if made.is_empty() { vec![class] } else { made };
        for class in asked {
            let owner = self.owner(class, name)?;
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        let meanings: Vec<Meaning> = (owners.iter())
            .map(|owner| self.meanings[&(*owner, name.to_owned())])
            .collect();
        if let [only] = meanings.as_slice() {
            return match only {
                Meaning::Variable(global) => {
                    let read = Expr::new(ExprKind::Global(*global), program.class(class).span);
                    Some(Meaning::Property(add(program, self.reader(program, class, name, read))))
                }
                other => Some(*other),
            };
        }
        // The most derived first: their tests are the narrowest.
        owners.sort_by_key(|owner| std::cmp::Reverse(self.lineage(*owner).count()));
        let functions: Option<Vec<FuncId>> = (meanings.iter())
            .map(|meaning| match meaning {
                Meaning::Method(func) => Some(*func),
                _ => None,
            })
            .collect();
        match functions {
            Some(functions) => {
                let dispatcher = self.method_dispatcher(program, class, name, &owners, &functions)?;
                Some(Meaning::Method(add(program, dispatcher)))
            }
            None => {
                let dispatcher = self.reading_dispatcher(program, class, name, &owners)?;
                Some(Meaning::Property(add(program, dispatcher)))
            }
        }
    }

    /// A function of an instance that reads one value.
    fn reader(&self, program: &Program, class: ClassId, name: &str, value: Expr) -> Function {
        let mut function = dataclass::empty_init(program.class(class), class);
        function.name = format!("{}_{name}", program.class(class).name);
        function.qualname = format!("{}.{name}", program.class(class).qualname);
        let span = function.span;
        function.body = vec![Stmt {
            kind: StmtKind::Return(value),
            span,
        }];
        function
    }

    /// Calls the method of the instance's class. All of them must take the same parameters.
    fn method_dispatcher(
        &self,
        program: &Program,
        class: ClassId,
        name: &str,
        owners: &[ClassId],
        functions: &[FuncId],
    ) -> Option<Function> {
        let model = program.function(functions[0]);
        let alike = |func: &FuncId| same_params(&model.params, &program.function(*func).params);
        if !functions.iter().all(alike) {
            return None;
        }
        let mut dispatcher = self.reader(program, class, name, Expr::none(model.span));
        dispatcher.params.clone_from(&model.params);
        dispatcher.locals = (model.params.iter())
            .map(|p| Local {
                name: p.name.clone(),
                storage: Storage::Plain,
                ty: Ty::Dyn,
                maybe_unbound: false,
                temporary: false,
            })
            .collect();
        for (at, param) in dispatcher.params.iter_mut().enumerate() {
            param.local = LocalId(at as u32);
        }
        let span = dispatcher.span;
        let call = |owner: &ClassId| {
            let Meaning::Method(func) = self.meanings[&(*owner, name.to_owned())] else {
                unreachable!("all are methods")
            };
            let local = |p: &Param| Expr::local(p.local, span);
            let positional = dispatcher.params.iter().filter(|p| p.kind != ParamKind::KeywordOnly);
            let named = dispatcher.params.iter().filter(|p| p.kind == ParamKind::KeywordOnly);
            let call = ExprKind::Call {
                callee: Callee::Function(func),
                args: positional.map(|p| Arg::One(local(p))).collect(),
                keywords: named.map(|p| (Some(p.name.clone()), local(p))).collect(),
            };
            Expr::new(call, span)
        };
        let values: Vec<Expr> = owners.iter().map(call).collect();
        dispatcher.body = self.decided(program, owners, values)?;
        Some(dispatcher)
    }

    /// Reads a property or variable of the instance's class.
    fn reading_dispatcher(
        &self,
        program: &Program,
        class: ClassId,
        name: &str,
        owners: &[ClassId],
    ) -> Option<Function> {
        let mut dispatcher = self.reader(program, class, name, Expr::none(program.class(class).span));
        let span = dispatcher.span;
        let read = |owner: &ClassId| match self.meanings[&(*owner, name.to_owned())] {
            Meaning::Variable(global) => Some(Expr::new(ExprKind::Global(global), span)),
            Meaning::Property(func) => {
                let call = ExprKind::Call {
                    callee: Callee::Function(func),
                    args: vec![Arg::One(Expr::local(LocalId(0), span))],
                    keywords: Vec::new(),
                };
                Some(Expr::new(call, span))
            }
            _ => None,
        };
        let values: Vec<Expr> = owners.iter().map(read).collect::<Option<_>>()?;
        dispatcher.body = self.decided(program, owners, values)?;
        Some(dispatcher)
    }

    /// `if isinstance(self, A): return ...`, and so on. The last is only asked to be sure.
    fn decided(&self, program: &Program, owners: &[ClassId], values: Vec<Expr>) -> Option<Vec<Stmt>> {
        let mut body = Vec::new();
        let last = owners.len() - 1;
        for (at, (owner, value)) in owners.iter().zip(values).enumerate() {
            let span = value.span;
            let test = is_instance(program, *owner, span)?;
            let give = Stmt {
                kind: StmtKind::Return(value),
                span,
            };
            let (cond, then, after) = if at == last {
                let exc = Expr::new(ExprKind::Builtin("AssertionError".to_owned()), span);
                let kind = StmtKind::Raise { exc, cause: None };
                let other = Expr::typed(ExprKind::Not(Box::new(test)), Ty::Bool, span);
                (other, Stmt { kind, span }, Some(give))
            } else {
                (test, give, None)
            };
            body.push(Stmt {
                kind: StmtKind::If {
                    cond,
                    then: vec![then],
                    orelse: Vec::new(),
                },
                span,
            });
            body.extend(after);
        }
        Some(body)
    }
}

/// `isinstance(self, Class)`
fn is_instance(program: &Program, class: ClassId, span: Span) -> Option<Expr> {
    let class = (0..program.globals.len() as u32)
        .map(GlobalId)
        .find(|id| program.global(*id).kind == GlobalKind::Class(class))?;
    let test = ExprKind::Call {
        callee: Callee::Builtin("isinstance".to_owned()),
        args: vec![
            Arg::One(Expr::local(LocalId(0), span)),
            Arg::One(Expr::new(ExprKind::Global(class), span)),
        ],
        keywords: Vec::new(),
    };
    let test = Box::new(Expr::new(test, span));
    Some(Expr::typed(ExprKind::Truth(test), Ty::Bool, span))
}

fn same_params(a: &[Param], b: &[Param]) -> bool {
    let same_default = |a: &Option<Expr>, b: &Option<Expr>| match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => match (&a.kind, &b.kind) {
            (ExprKind::Const(a), ExprKind::Const(b)) => format!("{a:?}") == format!("{b:?}"),
            _ => false,
        },
        _ => false,
    };
    a.len() == b.len()
        && (a.iter().zip(b)).enumerate().all(|(at, (a, b))| {
            (at == 0 || a.name == b.name) && a.kind == b.kind && same_default(&a.default, &b.default)
        })
}

/// The variable of the program that stands for an attribute of the class; bound where the class body binds it.
fn class_variable(program: &mut Program, class: ClassId, name: &str, local: LocalId) -> GlobalId {
    let module = program.class(class).module;
    let id = GlobalId(program.globals.len() as u32);
    program.globals.push(Global {
        module,
        name: format!("{}.{name}", program.class(class).name),
        kind: GlobalKind::Variable,
        ty: Ty::Dyn,
    });
    let init = program.modules[module.index()].init;
    let main = program.modules[module.index()].main;
    for function in [Some(init), main].into_iter().flatten() {
        bind_beside(&mut program.functions[function.index()], class, name, local, id);
    }
    id
}

/// Has the function bind the variable as well, before it makes the class.
fn bind_beside(function: &mut Function, class: ClassId, name: &str, local: LocalId, global: GlobalId) {
    let made = function.body.iter().position(|stmt| match &stmt.kind {
        StmtKind::Assign { value, .. } => super::class_made(value) == Some(class),
        _ => false,
    });
    let Some(at) = made else { return };
    // In a copy of the statement, the body's variables may be others.
    let mut local = local;
    if let StmtKind::Assign { value, .. } = &function.body[at].kind {
        value.walk(&mut |e| {
            if let ExprKind::MakeClass { namespace, .. } = &e.kind
                && let Some((_, own)) = namespace.iter().find(|(known, _)| known == name)
            {
                local = *own;
            }
        });
    }
    let span = function.body[at].span;
    let bind = Stmt {
        kind: StmtKind::Assign {
            value: Expr::local(local, span),
            target: Target::Global(global),
        },
        span,
    };
    function.body.insert(at, bind);
}

/// A class method as a function that knows its class.
fn told_the_class(program: &mut Program, func: FuncId, class: ClassId) -> Option<FuncId> {
    let mut function = program.function(func).clone();
    let this = function.params.first()?.local;
    if function.local(this).storage != Storage::Plain || function.flavor != Flavor::Plain {
        return None;
    }
    let global = (0..program.globals.len() as u32)
        .map(GlobalId)
        .find(|id| program.global(*id).kind == GlobalKind::Class(class))?;
    let mut teller = Teller {
        this,
        global,
        fine: true,
    };
    function.body.iter_mut().for_each(|stmt| teller.stmt(stmt));
    function.params.remove(0);
    function.class = None;
    teller.fine.then(|| add(program, function))
}

/// Puts the class in the place of `cls`.
struct Teller {
    this: LocalId,
    global: GlobalId,
    fine: bool,
}

impl Rewrite for Teller {
    fn stmt(&mut self, stmt: &mut Stmt) {
        let rebinds = match &stmt.kind {
            StmtKind::DelLocal(id)
            | StmtKind::Aug {
                target: AugTarget::Local(id),
                ..
            } => *id == self.this,
            StmtKind::Try { handlers, .. } => handlers.iter().any(|h| h.name == Some(self.this)),
            _ => false,
        };
        self.fine &= !rebinds;
        self.stmt_parts(stmt);
    }

    fn target(&mut self, target: &mut Target) {
        if matches!(target, Target::Local(id) if *id == self.this) {
            self.fine = false;
        }
        self.target_parts(target);
    }

    fn expr(&mut self, e: &mut Expr) {
        if matches!(e.kind, ExprKind::Local(id, _) if id == self.this) {
            e.kind = ExprKind::Global(self.global);
        }
        self.expr_parts(e);
    }
}
