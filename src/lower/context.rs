//! What is known of a function while its body is lowered.

use crate::diagnostics::Diagnostic;
use crate::ir::{FuncId, Label, Local, LocalId, Ty, func::Storage};
use crate::resolve::scope::ScopeId;
use crate::resolve::statics::Static;
use std::collections::{HashMap, HashSet};

/// One function on the stack of those being lowered.
pub struct FnContext {
    pub id: FuncId,
    /// The innermost scope at the point reached: the function's own or a comprehension's in it.
    pub scope: ScopeId,
    pub locals: Vec<Local>,
    /// Locals by the scope that binds the name (an outer one for captured names).
    pub names: HashMap<(ScopeId, String), LocalId>,
    /// Loops around the point reached, innermost last.
    pub loops: Vec<Label>,
    /// `except` bodies around the point reached.
    pub handlers: usize,
    /// Names of the handlers around the point reached, with how many loops were open where each began.
    pub handler_names: Vec<(usize, String)>,
    /// Names of handlers that code outside their handlers mentions: unbound where the handler ends.
    pub fading: HashSet<String>,
    pub blockers: Vec<Diagnostic>,
    /// Names bound once in this function, by an import.
    pub imports: HashMap<String, Static>,
    /// The class in whose body the point reached stands, for name mangling: its name.
    pub class_name: Option<String>,
    /// The function's first positional parameter.
    pub first_param: Option<String>,
}

impl FnContext {
    pub fn new(id: FuncId, scope: ScopeId) -> FnContext {
        FnContext {
            id,
            scope,
            locals: Vec::new(),
            names: HashMap::new(),
            loops: Vec::new(),
            handlers: 0,
            handler_names: Vec::new(),
            fading: HashSet::new(),
            blockers: Vec::new(),
            imports: HashMap::new(),
            class_name: None,
            first_param: None,
        }
    }

    /// Only statements of this function bind the variable.
    pub fn is_plain(&self, id: LocalId) -> bool {
        self.locals[id.index()].storage == Storage::Plain
    }

    pub fn add_local(&mut self, name: &str, storage: Storage, temporary: bool) -> LocalId {
        let id = LocalId(self.locals.len() as u32);
        self.locals.push(Local {
            name: name.to_owned(),
            storage,
            ty: Ty::Dyn,
            maybe_unbound: false,
            temporary,
        });
        id
    }
}
