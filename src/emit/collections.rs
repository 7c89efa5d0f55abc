//! Containers of `collections` of known types.

use super::function::FnEmitter;
use super::rust::{Rx, call};
use crate::ir::{Arg, Ty};

impl FnEmitter<'_> {
    /// A new one, of the items of a list where one is given.
    pub fn collection(&mut self, args: &[Arg], ty: &Ty) -> Rx {
        let shown = self.names.types.rust_type(ty).replacen('<', "::<", 1);
        let Some(items) = args.first() else {
            return call(&format!("{shown}::new"), vec![]);
        };
        let items = self.value(items.expr());
        let items = call("fast::list::into_vec", vec![items]);
        match ty {
            Ty::Deque(_) => call(&format!("{shown}::from_vec"), vec![items]),
            _ => self.attempt(call(&format!("{shown}::of"), vec![items])),
        }
    }
}
