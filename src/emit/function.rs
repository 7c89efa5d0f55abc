//! One function of the IR as one Rust function.

use super::World;
use super::names::Namer;
use super::program::ProgramNames;
use super::rust::{RBlock, Rs, Rx, call, method, text};
use crate::ir::func::{Flavor, Storage};
use crate::ir::{Function, Label, LocalId, Program, Ty};
use crate::passes::analyses::assigned::{self, Assigned};
use crate::passes::analyses::placement::{self, BlockId, HEADER, Place};
use std::collections::{HashMap, HashSet};

/// Names that emitted functions use themselves.
const RESERVED: [&str; 14] = [
    "depth",
    "_depth",
    "ops",
    "iter",
    "exc",
    "make",
    "text",
    "generator",
    "with",
    "co",
    "args",
    "Ok",
    "Err",
    "Value",
];

/// Emits one function.
pub struct FnEmitter<'a> {
    pub program: &'a Program,
    pub function: &'a Function,
    pub world: World,
    pub names: &'a ProgramNames,
    pub facts: Assigned,
    places: Vec<Option<Place>>,
    local_names: Vec<String>,
    /// Locals whose Rust variable is a reference: parameters that stay what they were.
    borrowed: HashSet<LocalId>,
    pub declared: HashSet<LocalId>,
    /// What an exception, `return`, `break` and `continue` pass through on their way out, outermost first.
    pub exits: Vec<Exit>,
    pub labels: HashMap<Label, LoopNames>,
    pub namer: Namer,
    /// Variables that hold the exceptions being handled, innermost last.
    pub caught: Vec<String>,
    /// Comprehensions around the code at hand, to which the function's variables are free ones.
    pub comprehensions: usize,
    /// The blocks being emitted, innermost last.
    pub open_blocks: Vec<BlockId>,
}

/// Something between the code at hand and the end of the function.
#[derive(Clone, Debug)]
pub enum Exit {
    /// An exception leaves the labelled block as its value.
    Try(String),
    /// Anything leaves the labelled block as a `Flow`.
    Finally {
        label: String,
        used: Jumps,
    },
    Loop(Label),
    /// A labelled block that only its own code leaves: a bare `break` cannot cross it.
    Block,
}

/// Which jumps left a `finally` block.
#[derive(Clone, Copy, Debug, Default)]
pub struct Jumps {
    pub returns: bool,
    pub breaks: Option<Label>,
    pub continues: Option<Label>,
}

/// The Rust labels of a loop, taken when something needs them.
#[derive(Clone, Debug)]
pub struct LoopNames {
    /// Label of the loop itself.
    pub inner: String,
    /// Label of what `break` leaves: the loop, or the block around the loop and its `else`.
    pub outer: String,
    pub inner_used: bool,
    pub outer_used: bool,
}

impl<'a> FnEmitter<'a> {
    pub fn new(program: &'a Program, function: &'a Function, world: World, names: &'a ProgramNames) -> Self {
        let places = placement::analyse(function);
        let facts = assigned::analyse(function, &places);
        let mut namer = Namer::reserving(&RESERVED);
        // Locals of class bodies and of other modules may be called like a function that is called here.
        for id in function.refers_to() {
            namer.reserve(names.function(id));
        }
        let local_names = function
            .locals
            .iter()
            .enumerate()
            .map(|(at, local)| {
                let unused = !facts.read[at] && local.storage == Storage::Plain;
                // Statics are written in capitals: nothing local may be.
                let base = if local.name == ".0" {
                    "items".to_owned()
                } else {
                    lower_case(&local.name)
                };
                namer.take(&if unused && !base.is_empty() {
                    format!("_{base}")
                } else {
                    base
                })
            })
            .collect();
        let mut borrowed = HashSet::new();
        for param in &function.params {
            let at = param.local.index();
            let copy = function.locals[at].ty.is_copy();
            let plain = function.locals[at].storage == Storage::Plain && function.flavor == Flavor::Plain;
            if plain && !copy && !facts.rebound[at] {
                borrowed.insert(param.local);
            }
        }
        FnEmitter {
            program,
            function,
            world,
            names,
            facts,
            places,
            local_names,
            borrowed,
            declared: HashSet::new(),
            exits: Vec::new(),
            labels: HashMap::new(),
            namer,
            caught: Vec::new(),
            comprehensions: 0,
            open_blocks: Vec::new(),
        }
    }

    /// The whole item.
    pub fn emit(mut self) -> String {
        let name = self.names.function(self.function.id).to_owned();
        let mut params = Vec::new();
        let mut prologue = Vec::new();
        for (at, local) in self.function.locals.iter().enumerate() {
            if let Storage::Captured(_) = local.storage {
                let id = LocalId(at as u32);
                self.declared.insert(id);
                params.push(format!(
                    "{}: &Cell<{}>",
                    self.local_names[at],
                    self.names.types.rust_type(&local.ty)
                ));
            }
        }
        for param in &self.function.params {
            self.declared.insert(param.local);
            params.push(self.param(param.local, &mut prologue));
        }
        self.declare_cells(&mut prologue);
        if self.function.flavor == Flavor::Plain && self.names.is_counted(self.function.id) {
            prologue.insert(0, depth_guard(Rx::Try(Box::new(call("depth::enter", vec![])))));
        }
        let body = self.function_body(prologue);
        let ret = self.names.types.rust_type(&self.function.ret);
        let result = match self.function.flavor {
            Flavor::Plain => format!("Result<{ret}>"),
            Flavor::Stream => format!("Result<fast::stream::Stream<{ret}>>"),
            _ => "Result<Value>".to_owned(),
        };
        let mut printer = super::rust::Printer::new(0);
        printer.block(&body);
        format!("pub fn {name}({}) -> {result} {}", params.join(", "), printer.finish())
    }

    fn param(&mut self, id: LocalId, prologue: &mut Vec<Rs>) -> String {
        let local = self.function.local(id);
        let ty = self.names.types.rust_type(&local.ty);
        let name = self.local_names[id.index()].clone();
        if self.borrowed.contains(&id) {
            return format!("{name}: &{ty}");
        }
        if local.storage == Storage::Cell {
            let value = if local.ty.is_copy() {
                text(&name)
            } else {
                method(text(&name), "clone", vec![])
            };
            let cell = call("Cell::new", vec![value]);
            prologue.push(Rs::Let {
                pattern: name.clone(),
                ty: None,
                value: Some(cell),
            });
        } else if local.ty.is_copy() {
            let at = id.index();
            if self.facts.maybe_unbound[at] {
                let value = call("Some", vec![text(&name)]);
                prologue.push(Rs::Let {
                    pattern: format!("mut {name}"),
                    ty: None,
                    value: Some(value),
                });
                return format!("{name}: {ty}");
            }
            return format!("{}{name}: {ty}", if self.facts.rebound[at] { "mut " } else { "" });
        } else {
            let mut value = method(text(&name), "clone", vec![]);
            if self.facts.maybe_unbound[id.index()] {
                value = call("Some", vec![value]);
            }
            let keyword = if self.facts.rebound[id.index()] { "mut " } else { "" };
            prologue.push(Rs::Let {
                pattern: format!("{keyword}{name}"),
                ty: None,
                value: Some(value),
            });
        }
        let borrow = if local.ty.is_copy() { "" } else { "&" };
        format!("{name}: {borrow}{ty}")
    }

    /// Cells of variables that are no parameters, made at the start; and variables that may be unbound.
    fn declare_cells(&mut self, prologue: &mut Vec<Rs>) {
        for at in 0..self.function.locals.len() {
            let id = LocalId(at as u32);
            let local = &self.function.locals[at];
            if self.declared.contains(&id) || self.places[at].is_none() && local.storage != Storage::Cell {
                continue;
            }
            if local.storage == Storage::Cell {
                let ty = self.names.types.rust_type(&local.ty);
                let value = call(&format!("Cell::<{ty}>::unbound"), vec![]);
                prologue.push(Rs::Let {
                    pattern: self.local_names[at].clone(),
                    ty: None,
                    value: Some(value),
                });
                self.declared.insert(id);
            } else if self.facts.maybe_unbound[at] {
                let ty = format!("Option<{}>", self.names.types.rust_type(&local.ty));
                let pattern = format!("mut {}", self.local_names[at]);
                prologue.push(Rs::Let {
                    pattern,
                    ty: Some(ty),
                    value: Some(text("None")),
                });
                self.declared.insert(id);
            }
        }
    }

    fn function_body(&mut self, mut prologue: Vec<Rs>) -> RBlock {
        let body = self.block(&self.function.body);
        let falls_through = !ends_in_jump(&body);
        let tail = falls_through.then(|| self.end_value());
        match self.function.flavor {
            Flavor::Plain => {
                prologue.extend(body);
                unreturned(prologue, tail)
            }
            _ => {
                let mut inner = unreturned(body, tail);
                // The generator owns its captured cells; inside, they are named as everywhere else.
                for (at, local) in self.function.locals.iter().enumerate() {
                    if let Storage::Captured(_) = local.storage {
                        let name = self.local_names[at].clone();
                        let owned = method(text(&name), "clone", vec![]);
                        prologue.push(binding(&name, owned));
                        inner
                            .stmts
                            .insert(0, binding(&name, super::rust::reference(text(&name))));
                    }
                }
                let future = Rx::Block {
                    head: "async move".to_owned(),
                    block: inner,
                };
                let co = Rx::Closure {
                    params: "co".to_owned(),
                    body: Box::new(future),
                    is_move: true,
                };
                if self.function.flavor == Flavor::Stream {
                    let made = format!(
                        "fast::stream::Stream::<{}>::new",
                        self.names.types.rust_type(&self.function.ret)
                    );
                    return RBlock::value(prologue, call("Ok", vec![call(&made, vec![co])]));
                }
                let name = text(super::rust::string_literal(&self.function.name));
                let qualname = text(super::rust::string_literal(&self.function.qualname));
                let maker = match self.function.flavor {
                    Flavor::Generator => "generator::new",
                    Flavor::AsyncGenerator => "generator::asynchronous",
                    _ => "generator::coroutine",
                };
                RBlock::value(prologue, call("Ok", vec![call(maker, vec![name, qualname, co])]))
            }
        }
    }

    fn end_value(&self) -> Rx {
        let value = match (&self.function.ret, self.function.flavor) {
            (Ty::None | Ty::Never, Flavor::Plain) | (_, Flavor::Stream) => text("()"),
            (Ty::Option(_), Flavor::Plain) => text("None"),
            (Ty::Dyn, _) | (_, Flavor::Generator | Flavor::Coroutine | Flavor::AsyncGenerator) => text("Value::None"),
            // Inference knows that every path returns or raises before this.
            (ty, Flavor::Plain) => text(format!("make::never::<{}>()", self.names.types.rust_type(ty))),
        };
        call("Ok", vec![value])
    }

    pub fn local_name(&self, id: LocalId) -> &str {
        &self.local_names[id.index()]
    }

    pub fn is_borrowed(&self, id: LocalId) -> bool {
        self.borrowed.contains(&id)
    }

    /// Held as an `Option`, because some path reads it before it is bound.
    pub fn is_optional(&self, id: LocalId) -> bool {
        self.facts.maybe_unbound[id.index()] && self.function.local(id).storage == Storage::Plain
    }

    pub fn place(&self, id: LocalId) -> Option<Place> {
        self.places[id.index()]
    }

    /// Declared in the header of this block (a loop's target, a handler's name).
    pub fn declared_in_header(&self, id: LocalId, block: BlockId) -> bool {
        self.place(id) == Some(Place { block, index: HEADER }) && !self.declared.contains(&id)
    }

    /// Locals to declare before the statement at `index` of `block`.
    pub fn due(&self, block: BlockId, index: usize) -> Vec<LocalId> {
        let place = Some(Place { block, index });
        (0..self.places.len())
            .filter(|at| self.places[*at] == place)
            .map(|at| LocalId(at as u32))
            .filter(|id| !self.declared.contains(id))
            .collect()
    }
}

/// `let name = value;`
fn binding(name: &str, value: Rx) -> Rs {
    Rs::Let {
        pattern: name.to_owned(),
        ty: None,
        value: Some(value),
    }
}

/// A name without small letters in small letters, so that it is no static's; any other as it is.
pub fn lower_case(name: &str) -> String {
    if name.chars().any(|c| c.is_ascii_lowercase()) {
        name.to_owned()
    } else {
        name.to_ascii_lowercase()
    }
}

/// `let _depth = depth::enter()?;`
pub fn depth_guard(entered: Rx) -> Rs {
    Rs::Let {
        pattern: "_depth".to_owned(),
        ty: None,
        value: Some(entered),
    }
}

/// The last statement leaves the function on every path that rustc sees.
pub fn ends_in_jump(stmts: &[Rs]) -> bool {
    match stmts.last() {
        Some(Rs::Do(e)) => diverges(e),
        Some(Rs::Loop { head, body }) => head.ends_with("loop") && !breaks_out(body, head),
        _ => false,
    }
}

fn diverges(e: &Rx) -> bool {
    match e {
        Rx::Jump(..) | Rx::Macro("unreachable", _) => true,
        Rx::If {
            then,
            orelse: Some(orelse),
            ..
        } => block_diverges(then) && block_diverges(orelse),
        Rx::Match { arms, .. } => arms.iter().all(|(_, body)| diverges(body)),
        Rx::Block { head, block } if head.is_empty() => block_diverges(block),
        Rx::Block { head, block } => {
            let label = head.trim_end_matches(':');
            block_diverges(block) && !mentions(block, label)
        }
        _ => false,
    }
}

fn block_diverges(block: &RBlock) -> bool {
    match &block.tail {
        Some(tail) => diverges(tail),
        None => ends_in_jump(&block.stmts),
    }
}

/// Some `break` leaves this loop. Breaks of inner loops without a label are theirs.
fn breaks_out(body: &RBlock, head: &str) -> bool {
    let label = head.split(':').next().filter(|l| l.starts_with('\''));
    let mut printer = super::rust::Printer::new(0);
    printer.block(body);
    let printed = printer.finish();
    label.is_some_and(|l| printed.contains(&format!("break {l}"))) || has_bare_break(body)
}

fn has_bare_break(block: &RBlock) -> bool {
    block.stmts.iter().any(bare_break_in) || block.tail.as_ref().is_some_and(|t| bare_break(t))
}

fn bare_break_in(stmt: &Rs) -> bool {
    match stmt {
        Rs::Do(e) | Rs::Let { value: Some(e), .. } | Rs::Assign { value: e, .. } => bare_break(e),
        Rs::Loop { .. } | Rs::Let { value: None, .. } => false,
    }
}

fn bare_break(e: &Rx) -> bool {
    match e {
        Rx::Jump(word, _) => word == "break",
        Rx::If { then, orelse, .. } => has_bare_break(then) || orelse.as_ref().is_some_and(has_bare_break),
        Rx::Match { arms, .. } => arms.iter().any(|(_, body)| bare_break(body)),
        Rx::Block { block, .. } => has_bare_break(block),
        _ => false,
    }
}

fn mentions(block: &RBlock, label: &str) -> bool {
    let mut printer = super::rust::Printer::new(0);
    printer.block(block);
    printer.finish().contains(label)
}

/// A body whose last `return Ok(x);` is its value.
fn unreturned(mut stmts: Vec<Rs>, tail: Option<Rx>) -> RBlock {
    if let Some(tail) = tail {
        return RBlock::value(stmts, tail);
    }
    match stmts.pop() {
        Some(Rs::Do(Rx::Jump(word, Some(value)))) if word == "return" => RBlock::value(stmts, *value),
        Some(last) => {
            stmts.push(last);
            RBlock::of(stmts)
        }
        None => RBlock::default(),
    }
}
