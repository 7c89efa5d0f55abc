//! Functions of the program and methods bound to their object.

mod bind;

use std::cell::UnsafeCell;
use std::mem::ManuallyDrop;

pub use bind::{ASYNC_GENERATOR, COROUTINE, GENERATOR, Signature};

use crate::dict::Dict;
use crate::exc::Result;
use crate::rc::Ref;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::Str;
use crate::types;
use crate::value::Value;

/// What a function runs: its arguments in the order of `Signature::bind`.
type Body = Box<dyn Fn(&[Value]) -> Result<Value>>;

/// A function of the program.
#[derive(Clone)]
pub struct Function(Ref<FunctionData>);

struct FunctionData {
    signature: &'static Signature,
    defaults: Vec<Value>,
    kwdefaults: Vec<Option<Value>>,
    body: Body,
    /// What the program assigned to `__name__`, `__qualname__`, `__doc__`, `__module__`.
    names: UnsafeCell<Vec<(&'static str, Value)>>,
    /// `__dict__`.
    attrs: UnsafeCell<Option<Dict<Value, Value>>>,
}

/// The attributes of a function that its signature holds until they are assigned.
const NAMES: [&str; 4] = ["__name__", "__qualname__", "__doc__", "__module__"];

impl Function {
    /// A function as a value. `defaults` belong to the last positional parameters; `kwdefaults` has one place for each
    /// keyword-only parameter (or none at all, where none has a default).
    #[allow(clippy::new_ret_no_self)]
    pub fn new(
        signature: &'static Signature,
        defaults: Vec<Value>,
        kwdefaults: Vec<Option<Value>>,
        body: impl Fn(&[Value]) -> Result<Value> + 'static,
    ) -> Value {
        Value::Function(Function(Ref::new(FunctionData {
            signature,
            defaults,
            kwdefaults,
            body: Box::new(body),
            names: UnsafeCell::new(Vec::new()),
            attrs: UnsafeCell::new(None),
        })))
    }

    /// The function at an address.
    ///
    /// # Safety
    /// There is one, and somebody holds it until this returns.
    #[inline(always)]
    pub(crate) unsafe fn at(address: usize) -> Function {
        // SAFETY: the caller's promise.
        let held = ManuallyDrop::new(Function(unsafe { Ref::at(address) }));
        (*held).clone()
    }

    /// Calls the function. The body counts how deep calls are nested.
    ///
    /// # Errors
    /// TypeError when the arguments do not fit; RecursionError; what the body raises.
    #[inline]
    pub fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let data = &*self.0;
        if kwargs.is_empty() && data.signature.is_flat(args.len()) {
            return (data.body)(args);
        }
        self.call_binding(args, kwargs)
    }

    /// A call whose arguments are not in order yet.
    fn call_binding(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let data = &*self.0;
        let wanted = data.signature.args.len();
        let left_out = wanted.saturating_sub(args.len());
        if kwargs.is_empty() && data.signature.is_flat(args.len() + left_out) && left_out <= data.defaults.len() {
            let defaults = &data.defaults[data.defaults.len() - left_out..];
            return with_rest(args, defaults, &data.body);
        }
        let named = || self.qualname();
        let bound = (data.signature).bind_named(&named, &data.defaults, &data.kwdefaults, args, kwargs)?;
        (data.body)(&bound)
    }

    pub fn signature(&self) -> &'static Signature {
        self.0.signature
    }

    /// Defaults of the last positional parameters.
    pub fn defaults(&self) -> &[Value] {
        &self.0.defaults
    }

    /// Defaults of the keyword-only parameters, by position.
    pub fn kwdefaults(&self) -> &[Option<Value>] {
        &self.0.kwdefaults
    }

    /// True when both are one function.
    pub fn same(a: &Function, b: &Function) -> bool {
        Ref::same(&a.0, &b.0)
    }

    /// The function's `id()`.
    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }

    /// `__name__`.
    pub fn name(&self) -> Str {
        self.text("__name__", self.0.signature.name)
    }

    /// `__qualname__`.
    pub fn qualname(&self) -> Str {
        self.text("__qualname__", self.0.signature.qualname)
    }

    fn text(&self, name: &str, otherwise: &str) -> Str {
        match self.assigned(name) {
            Some(Value::Str(text)) => text,
            _ => Str::from(otherwise),
        }
    }

    fn assigned(&self, name: &str) -> Option<Value> {
        // SAFETY: cloning a value runs no code of the program.
        let names = unsafe { &*self.0.names.get() };
        names
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
    }

    /// An attribute of the function itself.
    pub fn find(&self, name: &str) -> Option<Value> {
        let signature = self.0.signature;
        let doc = || signature.doc.map_or(Value::None, Value::str);
        match name {
            "__name__" => Some(Value::Str(self.name())),
            "__qualname__" => Some(Value::Str(self.qualname())),
            "__module__" => Some(
                self.assigned(name)
                    .unwrap_or_else(|| Value::str(crate::settings::module_name(signature.module))),
            ),
            "__doc__" => Some(self.assigned(name).unwrap_or_else(doc)),
            "__dict__" => Some(Value::Dict(self.attrs())),
            "__defaults__" if self.defaults().is_empty() => Some(Value::None),
            "__defaults__" => Some(Value::tuple(self.defaults().to_vec())),
            // SAFETY: a search by text runs no code of the program.
            _ => unsafe { (*self.0.attrs.get()).as_ref()?.find_text(name) },
        }
    }

    /// Sets an attribute of the function.
    pub fn set(&self, name: &str, value: Value) {
        match NAMES.iter().find(|known| **known == name) {
            Some(known) => {
                // SAFETY: the old value is dropped after the borrow.
                let names = unsafe { &mut *self.0.names.get() };
                let old = names
                    .iter()
                    .position(|(old, _)| old == known)
                    .map(|at| names.swap_remove(at));
                names.push((known, value));
                drop(old);
            }
            None => self.attrs().set_text(name, value),
        }
    }

    /// `__dict__`.
    pub fn attrs(&self) -> Dict<Value, Value> {
        // SAFETY: making a dict runs no code of the program.
        unsafe { (*self.0.attrs.get()).get_or_insert_default().clone() }
    }
}

/// A callable bound to its first argument.
pub struct Bound {
    pub function: Value,
    pub receiver: Value,
}

impl Bound {
    /// `method` for functions of the program, `builtin_function_or_method` for the runtime's.
    pub fn builtin_type(&self) -> &'static BuiltinType {
        match self.function {
            Value::Object(_) | Value::Builtin(_) => &types::BUILTIN_FUNCTION,
            _ => &types::METHOD,
        }
    }

    /// `repr` of the bound method.
    ///
    /// # Errors
    /// What the `repr` of the receiver raises.
    pub fn repr(&self) -> Result<Str> {
        match &self.function {
            Value::Function(function) => {
                let receiver = crate::text::repr(&self.receiver)?;
                Ok(Str::from(format!(
                    "<bound method {} of {receiver}>",
                    function.qualname()
                )))
            }
            other => {
                let name = crate::ops::get_attr(other, "__name__")?;
                let kind = self.receiver.type_name();
                let address = crate::ops::identity(&self.receiver);
                Ok(Str::from(format!(
                    "<built-in method {} of {kind} object at {address:#x}>",
                    crate::text::str_of(&name)?
                )))
            }
        }
    }
}

/// Calls `body` with `rest` put after `first`; a few arguments stay on the stack.
fn with_rest<R>(first: &[Value], rest: &[Value], body: impl FnOnce(&[Value]) -> R) -> R {
    const FEW: usize = 6;
    let count = first.len() + rest.len();
    let given = first.iter().chain(rest).cloned();
    if count > FEW {
        return body(&given.collect::<Vec<Value>>());
    }
    let mut all = [const { Value::None }; FEW];
    all.iter_mut().zip(given).for_each(|(slot, value)| *slot = value);
    body(&all[..count])
}

/// Calls `body` with `first` put before `rest`; a few arguments stay on the stack.
#[inline]
pub fn with_first<R>(first: &Value, rest: &[Value], body: impl FnOnce(&[Value]) -> R) -> R {
    let first = first.clone();
    match rest {
        [] => body(&[first]),
        [a] => body(&[first, a.clone()]),
        [a, b] => body(&[first, a.clone(), b.clone()]),
        [a, b, c] => body(&[first, a.clone(), b.clone(), c.clone()]),
        _ => {
            let mut all = Vec::with_capacity(rest.len() + 1);
            all.push(first);
            all.extend_from_slice(rest);
            body(&all)
        }
    }
}
