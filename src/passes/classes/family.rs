//! A family of classes under construction: what each name of theirs means to each of them.

use super::constructor::{bound_attributes, constructor};
use super::draft::{Draft, add};
use super::enums;
use super::equality::{self, Equality};
use super::inline::Called;
use super::options::{Data, DataField};
use super::statement::{Member, Statement, returned_call};
use super::survey::Survey;
use super::told::told_the_class;
use super::tuples;
use super::variables::class_variable;
use super::{NativeClass, NativeClasses, dataclass};
use crate::ir::func::Function;
use crate::ir::{Class, ClassId, Expr, ExprKind, FuncId, GlobalId, GlobalKind, Program, Stmt, StmtKind};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The class and all that derive from it, bases first.
fn members(statements: &BTreeMap<ClassId, Statement>, root: ClassId) -> Vec<ClassId> {
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
pub enum Meaning {
    Method(FuncId),
    Property {
        get: FuncId,
        set: Option<FuncId>,
    },
    /// Called through an instance, but not on it.
    Static,
    /// Native code does without.
    Beyond,
    Variable(GlobalId),
}

pub struct Family<'a> {
    pub statements: &'a BTreeMap<ClassId, Statement>,
    pub classes: &'a [ClassId],
    /// What each class itself binds.
    meanings: HashMap<(ClassId, String), Meaning>,
    statics: HashMap<(ClassId, String), FuncId>,
    /// The methods that `@dataclass` wrote.
    written: HashSet<FuncId>,
    /// The classes that the program makes instances of.
    made: BTreeSet<ClassId>,
    /// The attributes that each class's constructor binds.
    fields: HashMap<ClassId, Vec<String>>,
}

/// A function that makes instances, and the attributes it binds.
type Constructor = (Function, Vec<String>);

/// The classes of a family, bases first, as native code sees them. None where one of them is beyond it.
pub fn native(
    program: &mut Program,
    survey: &Survey,
    statements: &BTreeMap<ClassId, Statement>,
    root: ClassId,
) -> Option<NativeClasses> {
    let classes = members(statements, root);
    let mut family = Family {
        statements,
        classes: &classes,
        meanings: HashMap::new(),
        statics: HashMap::new(),
        written: HashSet::new(),
        made: made(survey, statements, &classes),
        fields: HashMap::new(),
    };
    for class in &classes {
        family.bind_members(program, &statements[class]);
        family.bind_data(program, &statements[class])?;
        family.bind_enumeration(program, &statements[class])?;
    }
    let mut constructors = HashMap::new();
    for class in &classes {
        constructors.insert(*class, family.constructor(program, *class)?);
    }
    family.check_fields(&constructors)?;
    family.fields = (constructors.iter())
        .map(|(class, (_, fields))| (*class, fields.clone()))
        .collect();
    let mut found = NativeClasses::new();
    for class in &classes {
        let mut native = family.class(program, *class, &constructors[class].0);
        native.namespace = survey.namespaces.get(class).cloned().unwrap_or_default();
        family.give_meanings(program, *class, &mut native);
        if let Some(enumeration) = &statements[class].enumeration {
            enums::complete(program, *class, &mut native, enumeration);
        }
        found.insert(*class, native);
    }
    Some(found)
}

/// The classes that the program calls to make instances.
fn made(survey: &Survey, statements: &BTreeMap<ClassId, Statement>, classes: &[ClassId]) -> BTreeSet<ClassId> {
    // A method that is told the class may make instances of it.
    let tells = |name: &String| {
        let mut members = classes.iter().filter_map(|c| statements[c].members.get(name));
        members.any(|member| matches!(member, Member::ClassMethod(_)))
    };
    let is_made = |class: &&ClassId| {
        let global = statements[class].global;
        let mut asked = survey.asked.iter().filter(|(of, _)| *of == global);
        statements[class].enumeration.is_some() || survey.called.contains(&global) || asked.any(|(_, name)| tells(name))
    };
    classes.iter().filter(is_made).copied().collect()
}

/// The function binds attributes of its first parameter.
fn binds_attributes(function: &Function) -> bool {
    let this = function.params[0].local;
    !bound_attributes(function, this).is_empty()
}

impl Family<'_> {
    /// Instances carry the class they are of.
    pub fn is_tagged(&self) -> bool {
        self.classes.len() > 1
    }

    /// The class and its bases, the nearest first.
    pub fn lineage(&self, class: ClassId) -> impl Iterator<Item = ClassId> {
        std::iter::successors(Some(class), |at| self.statements[at].base)
    }

    /// The class that binds the name for the instances of `class`.
    pub fn owner(&self, class: ClassId, name: &str) -> Option<ClassId> {
        self.lineage(class)
            .find(|at| self.meanings.contains_key(&(*at, name.to_owned())))
    }

    /// What the class itself binds the name to.
    pub fn own(&self, class: ClassId, name: &str) -> Option<Meaning> {
        self.meanings.get(&(class, name.to_owned())).copied()
    }

    fn meaning(&self, class: ClassId, name: &str) -> Option<Meaning> {
        self.own(self.owner(class, name)?, name)
    }

    fn method(&self, class: ClassId, name: &str) -> Option<FuncId> {
        match self.meaning(class, name)? {
            Meaning::Method(func) => Some(func),
            _ => None,
        }
    }

    /// The class's own instances and those of classes that derive from it, as far as the program makes any.
    pub fn made_below(&self, class: ClassId) -> Vec<ClassId> {
        let below = |at: &&ClassId| self.lineage(**at).any(|c| c == class);
        let is_made = |at: &&ClassId| self.made.contains(at) && !self.has_abstract(**at);
        self.classes.iter().filter(below).filter(is_made).copied().collect()
    }

    fn names(&self) -> HashSet<String> {
        let bound = self.classes.iter().flat_map(|c| &self.statements[c].names);
        let meant = self.meanings.keys().map(|(_, name)| name);
        let has_tuples = self.classes.iter().any(|c| self.statements[c].is_tuple);
        let tuples = tuples::NAMES.iter().filter(|_| has_tuples);
        let has_enums = self.classes.iter().any(|c| self.statements[c].enumeration.is_some());
        let enums = enums::NAMES.iter().filter(|_| has_enums);
        let given = tuples.chain(enums).map(|name| (*name).to_owned());
        bound.chain(meant).cloned().chain(given).collect()
    }

    fn has_abstract(&self, class: ClassId) -> bool {
        self.lineage(class).any(|at| {
            let abstracts = &self.statements[&at].abstracts;
            abstracts.iter().any(|name| self.owner(class, name) == Some(at))
        })
    }

    /// What the class statement binds.
    fn bind_members(&mut self, program: &mut Program, statement: &Statement) {
        let id = statement.id;
        for (name, member) in &statement.members {
            let meaning = match member {
                Member::Method(func) => Meaning::Method(*func),
                Member::Property { get, set } => Meaning::Property { get: *get, set: *set },
                Member::Static(func) => {
                    self.statics.insert((id, name.clone()), *func);
                    Meaning::Static
                }
                Member::ClassMethod(_) => Meaning::Static,
                Member::Beyond(_) => Meaning::Beyond,
                Member::Variable(local) => Meaning::Variable(class_variable(program, id, name, *local)),
            };
            self.meanings.insert((id, name.clone()), meaning);
        }
    }

    /// What `@dataclass` adds to the class: its own decorator, or that of a base whose text names the class.
    fn bind_data(&mut self, program: &mut Program, statement: &Statement) -> Option<()> {
        let (id, class) = (statement.id, program.class(statement.id).clone());
        let has = |name: &str| statement.members.contains_key(name);
        let Some(data) = &statement.data else {
            let inherited = self.method(id, "__repr__").filter(|func| self.written.contains(func));
            if inherited.is_some() && !has("__repr__") {
                let repr = dataclass::repr(&self.data_fields(id)?, &class, id);
                self.write(program, id, repr);
            }
            return Some(());
        };
        let fields = self.data_fields(id)?;
        let mut written = Vec::new();
        if !has("__init__") {
            let has_post = self.owner(id, "__post_init__").is_some();
            written.push(dataclass::init(&fields, &class, id, has_post)?);
        }
        if data.repr && !has("__repr__") {
            written.push(dataclass::repr(&fields, &class, id));
        }
        if statement.is_tuple {
            written.push(tuples::iter(&fields, &class, id));
            written.push(tuples::len(&fields, &class, id));
        }
        let own = Expr::new(ExprKind::Global(statement.global), class.span);
        if data.eq && !has("__eq__") {
            written.push(dataclass::eq(&fields, &class, id, own.clone(), self.is_tagged()));
        }
        if data.order {
            // Instances of two classes of a family have no order.
            let taken = dataclass::ORDERINGS.iter().any(|(name, _)| has(name));
            (!taken && !self.is_tagged()).then_some(())?;
            written.extend(dataclass::orderings(&fields, &class, id, &own));
        }
        written.into_iter().for_each(|draft| self.write(program, id, draft));
        Some(())
    }

    /// What every enumeration has; None where it is one of a family.
    fn bind_enumeration(&mut self, program: &mut Program, statement: &Statement) -> Option<()> {
        let Some(enumeration) = &statement.enumeration else {
            return Some(());
        };
        let own = |name: &str| statement.members.contains_key(name);
        let reserved = ["__init__", "__eq__", "__hash__", "__format__", "name", "value"];
        (!self.is_tagged() && !reserved.into_iter().any(own)).then_some(())?;
        let id = statement.id;
        let class = program.class(id).clone();
        for draft in enums::methods(&class, id, own) {
            self.write(program, id, draft);
        }
        for (name, global) in enums::variables(program, id, enumeration) {
            self.meanings.insert((id, name), Meaning::Variable(global));
        }
        Some(())
    }

    fn write(&mut self, program: &mut Program, class: ClassId, draft: Draft) {
        let name = draft.name().to_owned();
        let func = draft.add_to(program);
        self.written.insert(func);
        self.meanings.insert((class, name), Meaning::Method(func));
    }

    /// The fields of a dataclass: those of its bases first, each in the place where it was first named. None where
    /// CPython refuses the mixture.
    fn data_fields(&self, class: ClassId) -> Option<Vec<DataField>> {
        let mut lineage: Vec<ClassId> = self.lineage(class).collect();
        lineage.reverse();
        let mut fields: Vec<DataField> = Vec::new();
        let mut frozen = None;
        for data in lineage.iter().filter_map(|at| self.statements[at].data.as_ref()) {
            (*frozen.get_or_insert(data.frozen) == data.frozen).then_some(())?;
            for field in &data.fields {
                match fields.iter_mut().find(|known| known.name == field.name) {
                    Some(known) => *known = field.clone(),
                    None => fields.push(field.clone()),
                }
            }
        }
        Some(fields)
    }

    /// The nearest dataclass at or above a class.
    fn data_above(&self, class: ClassId) -> Option<&Data> {
        self.lineage(class).find_map(|at| self.statements[&at].data.as_ref())
    }

    /// What callers pass to a constructor that `@dataclass` wrote.
    fn factories(&self, class: ClassId) -> Vec<(String, Expr)> {
        let is_written = |func: &FuncId| self.written.contains(func);
        let written = self.method(class, "__init__").filter(is_written);
        let owner = written.and(self.owner(class, "__init__"));
        let fields = owner.and_then(|owner| self.data_fields(owner));
        fields.map_or(Vec::new(), |fields| dataclass::factories(&fields))
    }

    fn constructor(&self, program: &Program, class: ClassId) -> Option<Constructor> {
        let called = Called {
            class: &|id| match program.global(id).kind {
                GlobalKind::Class(class) if self.classes.contains(&class) => Some(class),
                _ => None,
            },
            meaning: &|class, name| self.meaning(class, name),
            base: &|class| self.statements[&class].base,
            made: class,
            function: &|id| program.function(id),
        };
        let own = program.class(class);
        let bare = Draft::new("__init__", own, class).done();
        let init = match (self.method(class, "__init__"), self.owner(class, "__init__")) {
            (Some(init), _) => program.function(init),
            (None, None) => &bare,
            (None, Some(_)) => return None,
        };
        if self.data_above(class).is_some_and(|data| data.frozen) {
            let own = ["__init__", "__post_init__"].map(|name| self.method(class, name));
            let mut runs = own.into_iter().flatten().filter(|func| !self.written.contains(func));
            // Binding an attribute raises there.
            runs.all(|func| !binds_attributes(program.function(func)))
                .then_some(())?;
        }
        let (function, fields) = constructor(init, class, self.is_tagged(), &called)?;
        let name = format!("new_{}", own.name);
        Some((Function { name, ..function }, fields))
    }

    /// Attributes of instances hide nothing of their classes but variables, and go into the slots there are.
    fn check_fields(&self, constructors: &HashMap<ClassId, Constructor>) -> Option<()> {
        for (class, (_, fields)) in constructors {
            let hides = |field: &String| {
                let mut bound = self.lineage(*class).filter_map(|at| self.own(at, field));
                bound.any(|meaning| !matches!(meaning, Meaning::Variable(_))) || field == Class::TAG
            };
            if fields.iter().any(hides) {
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

    /// The class without what its names mean.
    fn class(&self, program: &mut Program, class: ClassId, constructor: &Function) -> NativeClass {
        let is_written = |func: &FuncId| self.written.contains(func);
        let compares = |at: &ClassId| match self.own(*at, "__eq__") {
            Some(Meaning::Method(func)) => is_written(&func),
            other => other.is_none(),
        };
        let tag = self.is_tagged().then(|| Class::TAG.to_owned());
        let is_made = !self.has_abstract(class) && !self.statements[&class].is_joint;
        let constructor = is_made.then(|| add(program, constructor.clone()));
        let below = self.made_below(class);
        let is_frozen = |at: &ClassId| self.data_above(*at).is_some_and(|data| data.frozen);
        let enumeration = self.statements[&class].enumeration.as_ref();
        NativeClass {
            global: self.statements[&class].global,
            items: self.items(program, class),
            constructor,
            factories: self.factories(class),
            fields: self.common_fields(class).into_iter().chain(tag).collect(),
            methods: HashMap::new(),
            own_methods: HashMap::new(),
            properties: HashMap::new(),
            setters: HashMap::new(),
            statics: HashMap::new(),
            instance_statics: HashMap::new(),
            variables: HashMap::new(),
            names: self.names(),
            namespace: HashSet::new(),
            base: self.statements[&class].base,
            root: self.classes[0],
            is_tuple: self.statements[&class].is_tuple,
            enumeration: None,
            members: enumeration.map_or(Vec::new(), |e| e.members.iter().map(|m| m.name.clone()).collect()),
            frozen: enumeration.is_some() || below.iter().chain([&class]).any(is_frozen),
            written_repr: self.method(class, "__repr__").is_some_and(|func| is_written(&func)),
            equality: self.equality(program, class),
            written_order: self.method(class, "__gt__").is_some_and(|func| is_written(&func)),
            written_eq: self.classes.iter().all(compares),
        }
    }

    /// `return iter(...)` without the `iter`: what all instances' `__iter__` asks for the items.
    fn items(&self, program: &mut Program, class: ClassId) -> Option<FuncId> {
        let own = self.method(class, "__iter__")?;
        let alike = |at: ClassId| self.method(at, "__iter__") == Some(own);
        if !self.made_below(class).into_iter().all(alike) {
            return None;
        }
        let mut function = program.function(own).clone();
        let items = returned_call(&function, "iter")?.clone();
        function.body = vec![Stmt {
            span: items.span,
            kind: StmtKind::Return(items),
        }];
        function.name = format!("{}_items", program.class(class).name);
        Some(add(program, function))
    }

    /// The attributes that all instances have of the class and of those that derive from it.
    fn common_fields(&self, class: ClassId) -> Vec<String> {
        let below = self.made_below(class);
        let model = below.first().copied().unwrap_or(class);
        let everywhere = |field: &&String| below.iter().all(|at| self.fields[at].contains(field));
        self.fields[&model].iter().filter(everywhere).cloned().collect()
    }

    /// The class's constructor binds the attribute.
    pub fn binds(&self, class: ClassId, name: &str) -> bool {
        self.fields[&class].iter().any(|field| field == name)
    }

    /// How the instances of a class that stands alone compare, where that is a matter of their attributes.
    fn equality(&self, program: &Program, class: ClassId) -> Option<Equality> {
        if self.is_tagged() {
            return None;
        }
        if self.statements[&class].enumeration.is_some() {
            return Some(equality::of_members());
        }
        let own = program.function(self.method(class, "__eq__")?);
        let hash = self.method(class, "__hash__").map(|func| program.function(func));
        let mut found = match &self.statements[&class].data {
            Some(data) if self.written.contains(&own.id) => equality::of_data(data),
            _ => equality::of_method(own, self.statements[&class].global)?,
        };
        if found.compared.is_empty() {
            return None;
        }
        let hashes_itself = !self.statements[&class].is_tuple && self.names().contains("__hash__");
        if hash.is_none() && hashes_itself {
            return None;
        }
        if let Some(hash) = hash {
            found.hashed = Some(equality::hash_of(hash)?);
        }
        Some(found)
    }

    /// Fills in what names mean to the instances of a class, and to the class itself.
    fn give_meanings(&self, program: &mut Program, class: ClassId, native: &mut NativeClass) {
        let bound = self.meanings.keys().map(|(_, name)| name);
        let names: BTreeSet<&String> = bound.chain(self.fields.values().flatten()).collect();
        for name in names {
            match self.meaning(class, name) {
                Some(Meaning::Method(func)) => {
                    native.own_methods.insert(name.clone(), func);
                }
                Some(Meaning::Variable(global)) => {
                    let own = self.owner(class, name) == Some(class);
                    native.variables.insert(name.clone(), (global, own));
                }
                _ => {}
            }
            let called = self.static_function(program, class, name);
            native.statics.extend(called.map(|func| (name.clone(), func)));
            if native.fields.contains(name) {
                continue;
            }
            match self.dispatch(program, class, name) {
                Some(Meaning::Static) if self.is_static(class, name) => {
                    let called = native.statics.get(name).copied();
                    native.instance_statics.extend(called.map(|func| (name.clone(), func)));
                }
                Some(Meaning::Method(func)) => {
                    native.methods.insert(name.clone(), func);
                }
                Some(Meaning::Property { get, set }) => {
                    native.setters.extend(set.map(|set| (name.clone(), set)));
                    native.properties.insert(name.clone(), get);
                }
                _ => {}
            }
        }
    }

    /// What calling the name on the class itself runs.
    fn static_function(&self, program: &mut Program, class: ClassId, name: &str) -> Option<FuncId> {
        let owner = self.owner(class, name)?;
        match self.statements[&owner].members.get(name)? {
            Member::Static(_) => self.statics.get(&(owner, name.to_owned())).copied(),
            Member::ClassMethod(func) => told_the_class(program, *func, &self.statements[&class]),
            _ => None,
        }
    }

    fn is_static(&self, class: ClassId, name: &str) -> bool {
        let owner = self.owner(class, name);
        owner.is_some_and(|at| matches!(self.statements[&at].members.get(name), Some(Member::Static(_))))
    }
}
