//! Finds types and makes the native form of a program: every function once per kind of arguments it is called with.
//!
//! Abstract interpretation over the IR until nothing changes. Each visit rebuilds what it visits with the types known
//! so far, so the last visit leaves typed IR: dead branches are gone (`isinstance` of a known type), operations of
//! known types are rows of the table, everything else is carried dynamically. Types only climb, so this ends.

mod arguments;
mod attributes;
mod builtin;
mod call;
mod collections;
mod constants;
mod expr;
mod flow;
mod forwarded;
mod keyed;
mod keys;
mod loops;
mod objects;
mod operators;
mod order;
mod percent;
mod rows;
mod stmt;
mod stores;
mod texts;

use super::lattice::{Slots, T};
use crate::ir::func::{Flavor, Storage};
use crate::ir::{ClassId, Expr, FuncId, Function, GlobalId, GlobalKind, LocalId, Program, Texts, Ty};
use crate::passes::classes::NativeClasses;
use crate::passes::generators::{Iterated, Streams};
use std::collections::HashMap;

/// How many forms of one function are made before its parameters become dynamic.
const MAX_INSTANCES: usize = 8;
/// Visits of the whole program before inference gives up on it.
const MAX_ROUNDS: usize = 60;
/// Attempts within attempts, beyond which the way that always works is taken at once.
const MAX_ATTEMPTS: u8 = 3;

/// The native form of a program.
pub struct Native {
    /// Typed functions; their ids are their own.
    pub program: Program,
    /// The native forms of each original function.
    pub forms: HashMap<FuncId, Vec<FuncId>>,
    pub main: Option<FuncId>,
    /// Classes without a common base whose instances met, which made them dynamic.
    pub met: Vec<(ClassId, ClassId)>,
    /// Instances that are iterated over, which made their classes dynamic.
    pub iterated: Iterated,
}

/// What a caller from outside is believed to pass.
pub struct Seed {
    pub function: FuncId,
    pub params: Vec<T>,
}

/// What the steps before inference found.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub classes: &'a NativeClasses,
    pub streams: &'a Streams,
    /// The places where generators that instances are iterated with run in the loops by now; None where inference is not
    /// to begin again for more.
    pub iterated: Option<&'a Iterated>,
}

/// Infers from the script's main function and the seeds. None where that does not settle.
pub fn infer(
    program: &Program,
    known: Known<'_>,
    usable: &dyn Fn(FuncId) -> bool,
    main: Option<FuncId>,
    seeds: impl FnOnce(&mut Slots) -> Vec<Seed>,
) -> Option<Native> {
    let mut infer = Infer::new(program, known, usable);
    for (id, class) in known.classes {
        class.base.iter().for_each(|base| infer.slots.shapes.derive(*id, *base));
    }
    let seeds = seeds(&mut infer.slots);
    for seed in seeds {
        infer.instance(seed.function, &seed.params);
    }
    let init = program.modules.first().map(|m| m.init)?;
    infer.instance(init, &[]);
    let main = main.map(|id| infer.instance(id, &[]));
    infer.settle()?;
    infer.slots.settle_empty();
    infer.settle()?;
    Some(infer.finish(main))
}

/// One native form of a function while types are being found.
struct Instance {
    function: FuncId,
    params: Vec<T>,
    locals: Vec<T>,
    ret: T,
    body: Vec<crate::ir::Stmt>,
    /// The instance whose cells this one's captured locals are.
    parent: Option<usize>,
}

struct Infer<'a> {
    program: &'a Program,
    classes: &'a NativeClasses,
    streams: &'a Streams,
    usable: &'a dyn Fn(FuncId) -> bool,
    slots: Slots,
    instances: Vec<Instance>,
    by_function: HashMap<FuncId, Vec<usize>>,
    globals: Vec<T>,
    /// The instance being visited.
    current: usize,
    /// Slots of dict keys and set items: what cannot be one exactly becomes dynamic.
    key_slots: Vec<super::lattice::Slot>,
    /// Containers made at a place of an instance keep their slots from visit to visit.
    sites: HashMap<(usize, usize, usize), super::lattice::Slot>,
    /// Records made at a place of an instance likewise.
    record_sites: HashMap<(usize, usize), super::shapes::ShapeId>,
    /// Locals of the current instance known to be something narrower here.
    narrowed: HashMap<LocalId, T>,
    /// Products of ints may pass 64 bits here: what is around brings them back.
    widening: bool,
    /// The same, where that is far beyond what shifts of small ints reach.
    far: bool,
    /// Only the low bits of what is computed here matter: it may even pass 128 bits.
    low_bits: bool,
    /// Module variables that are bound to one constant int only.
    constants: HashMap<GlobalId, num_bigint::BigInt>,
    changed: bool,
    /// What makes the texts of a class's instances, where they or containers of them are shown.
    texts: HashMap<ClassId, Texts>,
    /// The form that says which of two instances comes first, where they are sorted.
    ordered: HashMap<ClassId, usize>,
    iterated: Iterated,
    /// Those of an earlier inference: generators that could run inside the loops do. None where it will not begin again.
    tried: Option<&'a Iterated>,
    /// Attempts being made around this place.
    attempts: u8,
}

impl<'a> Infer<'a> {
    fn new(program: &'a Program, known: Known<'a>, usable: &'a dyn Fn(FuncId) -> bool) -> Infer<'a> {
        Infer {
            program,
            classes: known.classes,
            streams: known.streams,
            usable,
            slots: Slots::default(),
            instances: Vec::new(),
            by_function: HashMap::new(),
            globals: vec![T::Never; program.globals.len()],
            current: 0,
            key_slots: Vec::new(),
            sites: HashMap::new(),
            record_sites: HashMap::new(),
            narrowed: HashMap::new(),
            widening: false,
            far: false,
            low_bits: false,
            constants: constants::constant_globals(program),
            changed: false,
            texts: HashMap::new(),
            ordered: HashMap::new(),
            iterated: Iterated::new(),
            tried: known.iterated,
            attempts: 0,
        }
    }

    /// The form of the function for such arguments: an old one they fit, or a new one.
    fn instance(&mut self, function: FuncId, args: &[T]) -> usize {
        let known = self.forms_here(function);
        let fits = |this: &Self, at: &usize| {
            let params = &this.instances[*at].params;
            params.iter().zip(args).all(|(p, a)| this.slots.compatible(p, a))
        };
        let exact = known.iter().copied().find(|at| fits(self, at));
        if let Some(at) = exact {
            self.flow_args(at, args);
            return at;
        }
        if known.len() >= MAX_INSTANCES {
            self.flow_args(known[0], args);
            return known[0];
        }
        self.new_instance(function, args)
    }

    /// The forms of the function so far; of an inner one, those that share the cells of the form around this place.
    fn forms_here(&self, function: FuncId) -> Vec<usize> {
        let mut known = self.by_function.get(&function).cloned().unwrap_or_default();
        let original = self.program.function(function);
        if original.parent.is_some() {
            let around = self.enclosing(original);
            known.retain(|at| self.instances[*at].parent == around);
        }
        known
    }

    fn new_instance(&mut self, function: FuncId, args: &[T]) -> usize {
        let original = self.program.function(function);
        let mut locals = vec![T::Never; original.locals.len()];
        for (param, arg) in original.params.iter().zip(args) {
            locals[param.local.index()] = arg.clone();
        }
        let parent = self.enclosing(original);
        let at = self.instances.len();
        self.instances.push(Instance {
            function,
            params: args.to_vec(),
            locals,
            ret: T::Never,
            body: Vec::new(),
            parent,
        });
        self.by_function.entry(function).or_default().push(at);
        self.changed = true;
        at
    }

    /// The instance at hand or one around it that is of the function's parent.
    fn enclosing(&self, function: &Function) -> Option<usize> {
        function.parent?;
        let mut at = Some(self.current);
        while let Some(index) = at {
            if self
                .instances
                .get(index)
                .is_some_and(|i| Some(i.function) == function.parent)
            {
                return Some(index);
            }
            at = self.instances.get(index).and_then(|i| i.parent);
        }
        None
    }

    fn flow_args(&mut self, at: usize, args: &[T]) {
        for (index, arg) in args.iter().enumerate() {
            let old = self.instances[at].params[index].clone();
            let new = self.slots.join(&old, arg);
            if new != old {
                self.changed = true;
                self.instances[at].params[index] = new.clone();
            }
            let original = self.program.function(self.instances[at].function);
            let local = original.params[index].local;
            self.bind_in(at, local, &new);
        }
    }

    /// A value of this type is bound to the local.
    fn bind_in(&mut self, instance: usize, local: LocalId, value: &T) {
        let function = self.program.function(self.instances[instance].function);
        if let (Storage::Captured(outer), Some(parent)) =
            (function.local(local).storage, self.instances[instance].parent)
        {
            self.bind_in(parent, outer, value);
            return;
        }
        let old = self.instances[instance].locals[local.index()].clone();
        let new = self.slots.join(&old, value);
        if new != old {
            self.changed = true;
            self.instances[instance].locals[local.index()] = new;
        }
    }

    fn bind(&mut self, local: LocalId, value: &T) {
        self.narrowed.remove(&local);
        self.bind_in(self.current, local, value);
    }

    fn local_type(&self, instance: usize, local: LocalId) -> T {
        let function = self.program.function(self.instances[instance].function);
        match (function.local(local).storage, self.instances[instance].parent) {
            (Storage::Captured(outer), Some(parent)) => self.local_type(parent, outer),
            (Storage::Captured(_), None) => T::Dyn,
            _ => self.slots.current(&self.instances[instance].locals[local.index()]),
        }
    }

    /// Visits everything until nothing changes.
    fn settle(&mut self) -> Option<()> {
        for _ in 0..MAX_ROUNDS {
            self.changed = false;
            self.slots.changed = false;
            let mut at = 0;
            while at < self.instances.len() {
                self.visit(at);
                at += 1;
            }
            self.slots.break_cycles();
            self.slots.give_up_mappings();
            self.check_keys();
            if !self.changed && !self.slots.changed {
                return Some(());
            }
        }
        None
    }

    fn visit(&mut self, at: usize) {
        self.current = at;
        self.narrowed.clear();
        let function = self.program.function(self.instances[at].function);
        let mut body = Vec::new();
        let falls_through = self.block(&function.body, &mut body);
        if falls_through {
            self.flow_return(&T::None);
        }
        self.instances[at].body = body;
    }

    fn flow_return(&mut self, value: &T) {
        if self.flavor() != Flavor::Plain {
            self.slots.poison(value);
            return;
        }
        self.flow_result(value);
    }

    /// What calling the function at hand gives.
    fn flavor(&self) -> Flavor {
        self.program.function(self.instances[self.current].function).flavor
    }

    /// It gives this: as its value, or as an item.
    fn flow_result(&mut self, value: &T) {
        let old = self.instances[self.current].ret.clone();
        let new = self.slots.join(&old, value);
        if new != old {
            self.changed = true;
            self.instances[self.current].ret = new;
        }
    }

    /// A way of calling that is given up where types do not carry it. Operands are then visited a second time, which
    /// must not double at each of many levels.
    fn attempt<R>(&mut self, make: impl FnOnce(&mut Self) -> Option<R>) -> Option<R> {
        if self.attempts == MAX_ATTEMPTS {
            return None;
        }
        self.attempts += 1;
        let made = make(self);
        self.attempts -= 1;
        made
    }

    /// A slot for a container made here; the same one each time this place is visited.
    fn site(&mut self, place: *const Expr, which: usize) -> super::lattice::Slot {
        self.site_of((self.current, place as usize, which))
    }

    fn site_of(&mut self, key: (usize, usize, usize)) -> super::lattice::Slot {
        match self.sites.get(&key) {
            Some(slot) => *slot,
            None => {
                let slot = self.slots.fresh(T::Never);
                self.sites.insert(key, slot);
                slot
            }
        }
    }

    fn flow_global(&mut self, id: GlobalId, value: &T) {
        let old = self.globals[id.index()].clone();
        let new = self.slots.join(&old, value);
        if new != old {
            self.changed = true;
            self.globals[id.index()] = new;
        }
    }

    fn finish(mut self, main: Option<usize>) -> Native {
        let mut program = Program {
            modules: self.program.modules.clone(),
            classes: self.program.classes.clone(),
            globals: self.program.globals.clone(),
            functions: Vec::new(),
            records: self.records(),
        };
        for (id, class) in self.classes {
            if class.root == *id && !self.slots.shapes.is_open(*id) {
                program.classes[id.index()].layout = Some(self.layout(*id));
                program.classes[id.index()].compared = self.how_compared(*id);
                program.classes[id.index()].ordered = self.ordered.get(id).map(|at| FuncId(*at as u32));
                program.classes[id.index()].texts = self.texts.get(id).copied().unwrap_or_default();
            }
        }
        for (at, global) in program.globals.iter_mut().enumerate() {
            global.ty = match self.slots.resolve(&self.globals[at]) {
                Ty::Never => Ty::Dyn,
                ty => ty,
            };
            if let GlobalKind::Function(id) = global.kind {
                // The function as a value: its dynamic form, where it has one.
                let dynamic = self.dynamic_form(id);
                global.kind = dynamic.map_or(GlobalKind::Variable, |at| GlobalKind::Function(FuncId(at as u32)));
            }
        }
        for at in 0..self.instances.len() {
            program.functions.push(self.function(at));
        }
        for module in &mut program.modules {
            module.init = self
                .by_function
                .get(&module.init)
                .map_or(FuncId(u32::MAX), |v| FuncId(v[0] as u32));
            module.main = None;
        }
        let forms = self
            .by_function
            .iter()
            .map(|(function, list)| (*function, list.iter().map(|at| FuncId(*at as u32)).collect()))
            .collect();
        Native {
            program,
            forms,
            main: main.map(|at| FuncId(at as u32)),
            met: self.slots.shapes.met,
            iterated: self.iterated,
        }
    }

    /// The instance all of whose parameters are dynamic.
    fn dynamic_form(&self, function: FuncId) -> Option<usize> {
        self.by_function
            .get(&function)?
            .iter()
            .copied()
            .find(|at| self.instances[*at].params.iter().all(|p| *p == T::Dyn))
    }

    fn function(&self, at: usize) -> Function {
        let instance = &self.instances[at];
        let original = self.program.function(instance.function);
        let mut function = Function {
            id: FuncId(at as u32),
            body: instance.body.clone(),
            ..original.clone()
        };
        function.parent = instance.parent.map(|p| FuncId(p as u32));
        for index in 0..function.locals.len() {
            let id = LocalId(index as u32);
            function.locals[index].ty = match self.slots.resolve(&self.local_type(at, id)) {
                Ty::Never => Ty::Dyn,
                ty => ty,
            };
        }
        function.ret = match self.slots.resolve(&instance.ret) {
            Ty::Never => Ty::None,
            ty => ty,
        };
        function
    }
}
