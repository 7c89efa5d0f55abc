//! Calls of functions, methods and values.

use super::Infer;
use super::arguments::{Arguments, one_by_one};
use crate::ir::bind::bind;
use crate::ir::func::Flavor;
use crate::ir::rows;
use crate::ir::{Arg, Callee, Expr, ExprKind, FuncId, MapKind, Ty};
use crate::source::Span;
use crate::types::lattice::T;

impl Infer<'_> {
    pub fn call(
        &mut self,
        e: &Expr,
        callee: &Callee,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> (ExprKind, T) {
        match callee {
            Callee::Function(func) => {
                let given = self.arguments(args, keywords);
                self.function_call(None, *func, given)
            }
            Callee::Builtin(name) => self.builtin_call(e, name, args, keywords),
            Callee::Library { module, name } => self.library_call(e, module, name, args, keywords),
            Callee::Method { object, name } => self.method_call(e, object, name, args, keywords),
            Callee::Value(callee) => {
                if let Some(class) = self.closed_class(callee)
                    && let Some(found) = self.construction(class, args, keywords, e.span)
                {
                    return found;
                }
                if let Some(found) = self.instance_call(callee, args, keywords) {
                    return found;
                }
                let callee = Box::new(self.dynamic(callee));
                let given = self.arguments(args, keywords);
                self.dynamic_call(Callee::Value(callee), given)
            }
        }
    }

    /// A call of an instance.
    fn instance_call(
        &mut self,
        callee: &Expr,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Option<(ExprKind, T)> {
        if !matches!(
            callee.kind,
            ExprKind::Local(..) | ExprKind::Attr { .. } | ExprKind::Item { .. }
        ) {
            return None;
        }
        let (object, t) = self.attempt(|this| Some(this.there(callee)))?;
        if t == T::Never {
            // What it is will be known in a later round.
            let given = self.arguments(args, keywords);
            return Some((one_by_one(given), T::Never));
        }
        let T::Instance(class) = t else { return None };
        let method = *self.classes.get(&class)?.methods.get("__call__")?;
        let given = self.arguments(args, keywords);
        Some(self.function_call(Some((object, t)), method, given))
    }

    fn library_call(
        &mut self,
        e: &Expr,
        module: &str,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> (ExprKind, T) {
        if module == "collections"
            && let Some(found) = self.attempt(|this| this.collection_call(e, name, args, keywords))
        {
            return found;
        }
        let dotted = format!("{module}.{name}");
        let given = self.arguments(args, keywords);
        if let Some(found) = self.row_call(&dotted, &given, e.span) {
            return found;
        }
        let callee = Callee::Library {
            module: module.to_owned(),
            name: name.to_owned(),
        };
        if dotted == "json.dumps" {
            let (kind, _) = self.looking_call(callee, given);
            let value = Expr::typed(kind, Ty::Dyn, e.span);
            return (ExprKind::Guard(Box::new(value)), T::Str);
        }
        self.dynamic_call(callee, given)
    }

    pub fn dynamic_call(&mut self, callee: Callee, given: Arguments) -> (ExprKind, T) {
        self.give_away(&given);
        let Arguments { args, keywords, .. } = given;
        (ExprKind::Call { callee, args, keywords }, T::Dyn)
    }

    /// A call that keeps and changes nothing of what it is given.
    pub fn looking_call(&mut self, callee: Callee, given: Arguments) -> (ExprKind, T) {
        let as_text = matches!(&callee, Callee::Builtin(name) if matches!(name.as_str(), "print" | "str" | "repr"));
        self.show(&given, as_text);
        let Arguments { args, keywords, .. } = given;
        (ExprKind::Call { callee, args, keywords }, T::Dyn)
    }

    /// A call of a known function; `receiver` is what stands before its other arguments.
    pub fn function_call(&mut self, receiver: Option<(Expr, T)>, func: FuncId, given: Arguments) -> (ExprKind, T) {
        let original = self.program.function(func);
        let is_init = self.program.modules.iter().any(|m| m.init == func);
        let params = &original.params[usize::from(receiver.is_some())..];
        let bound = if (self.usable)(func) || is_init {
            bind(params, &given.args, &given.keywords)
        } else {
            None
        };
        let Some(bound) = bound else {
            return self.unbound_call(receiver, func, given);
        };
        let mut types: Vec<T> = receiver.iter().map(|(_, t)| t.clone()).collect();
        for (bound, param) in bound.iter().zip(params) {
            types.push(self.argument_type(&given, bound, param));
        }
        if types.contains(&T::Never) {
            // Some argument is not known yet, and neither is the form that is called.
            return (one_by_one(given), T::Never);
        }
        let at = self.instance(func, &types);
        let receiver = receiver.map(|(e, _)| Arg::One(e));
        let t = if matches!(original.flavor, Flavor::Plain | Flavor::Stream) {
            self.slots.current(&self.instances[at].ret)
        } else {
            T::Dyn
        };
        (
            ExprKind::Call {
                callee: Callee::Function(FuncId(at as u32)),
                args: receiver.into_iter().chain(given.args).collect(),
                keywords: given.keywords,
            },
            t,
        )
    }

    /// A call that only the function object can make, or refuse.
    fn unbound_call(&mut self, receiver: Option<(Expr, T)>, func: FuncId, given: Arguments) -> (ExprKind, T) {
        let at = self.dynamic_instance(func);
        let (kind, t) = self.dynamic_call(Callee::Function(FuncId(at as u32)), given);
        match (receiver, kind) {
            (Some((value, of)), ExprKind::Call { callee, args, keywords }) => {
                self.slots.poison(&of);
                let args = std::iter::once(Arg::One(value)).chain(args).collect();
                (ExprKind::Call { callee, args, keywords }, t)
            }
            (_, kind) => (kind, t),
        }
    }

    /// The form of a function that takes any arguments.
    pub fn dynamic_instance(&mut self, func: FuncId) -> usize {
        let params = vec![T::Dyn; self.program.function(func).params.len()];
        let known = self.forms_here(func);
        let exact = known.into_iter().find(|at| self.instances[*at].params == params);
        let at = match exact {
            Some(at) => at,
            None => self.new_instance(func, &params),
        };
        // What such a call gives goes where nothing is known of it.
        let given = self.instances[at].ret.clone();
        self.slots.poison(&given);
        at
    }

    fn method_call(
        &mut self,
        e: &Expr,
        object: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> (ExprKind, T) {
        if let Some(found) = self.class_call(object, name, args, keywords) {
            return found;
        }
        if args.is_empty()
            && let Some(found) = self.attempt(|this| this.replaced(object, name, keywords, e.span))
        {
            return found;
        }
        if let Some(found) = self.attempt(|this| this.digest_call(e, object, name, args, keywords)) {
            return found;
        }
        // None has no such method: that is for the generic version to say.
        let (mut value, mut t) = self.there(object);
        if t == T::None {
            return (self.guarded(value, &T::Never).kind, T::Never);
        }
        if let T::Instance(class) = t
            && let Some(method) = self.classes[&class].methods.get(name)
            // Called as such, it may say `NotImplemented`.
            && !(name == "__eq__" && self.classes[&class].written_eq)
        {
            let given = self.arguments(args, keywords);
            return self.function_call(Some((value, t)), *method, given);
        }
        if let T::Instance(class) = t
            && let Some(function) = self.classes[&class].instance_statics.get(name)
            && super::objects::is_pure_path(&value)
        {
            let given = self.arguments(args, keywords);
            return self.function_call(None, *function, given);
        }
        if self.surely_lacks(&t, name) {
            return (self.guarded(value, &T::Never).kind, T::Never);
        }
        if let T::Record(shape) = t {
            if keywords.is_empty()
                && let Some(found) = self.record_method(shape, &value, name, args)
            {
                return found;
            }
            (value, t) = self.dict_instead(value, shape);
        }
        if let T::List(slot) = t
            && name == "sort"
            && let Some(found) = self.keyed_sort(e, &value, slot, args, keywords)
        {
            return found;
        }
        if t == T::Str
            && name == "join"
            && keywords.is_empty()
            && let Some(found) = self.join_call(&value, args, e.span)
        {
            return found;
        }
        let mut given = self.arguments(args, keywords);
        let iterates = matches!((&t, name), (T::Str, "join") | (T::List(_), "extend"));
        if iterates && !self.iterate_arguments(args, &mut given) {
            return (one_by_one(given), T::Never);
        }
        if let Some(found) = self.method_row(&value, &t, name, &given, e.span) {
            return found;
        }
        let callee = Callee::Method {
            object: Box::new(value),
            name: name.to_owned(),
        };
        if t == T::Str && name == "format" {
            let (kind, _) = self.looking_call(callee, given);
            let value = Expr::typed(kind, Ty::Dyn, e.span);
            return (ExprKind::Guard(Box::new(value)), T::Str);
        }
        if t == T::Never {
            // What it is will be known in a later round.
            let Arguments { args, keywords, .. } = given;
            return (ExprKind::Call { callee, args, keywords }, T::Never);
        }
        self.slots.poison(&t);
        self.dynamic_call(callee, given)
    }

    /// The row of a builtin type's method.
    fn method_row(&mut self, value: &Expr, t: &T, name: &str, given: &Arguments, span: Span) -> Option<(ExprKind, T)> {
        let as_dict = matches!(t, T::Mapping(..)) && matches!(name, "get" | "pop" | "setdefault" | "clear");
        let of = match t {
            T::Str => "str",
            T::Bytes => "bytes",
            T::List(_) => "list",
            T::Mapping(..) if as_dict => "dict",
            T::Dict(..) => "dict",
            T::Set(_) => "set",
            T::Deque(_) => "deque",
            T::Mapping(MapKind::Default, ..) => "defaultdict",
            T::Mapping(MapKind::Counter, ..) => "counter",
            T::Int => "int",
            T::Float => "float",
            _ => return None,
        };
        let mut operands = vec![(value.clone(), t.clone())];
        operands.extend(given.plain()?);
        let (value, t) = self.row(&format!("{of}.{name}"), operands, span)?;
        Some((value.kind, t))
    }

    /// The row of a function that is called by its name.
    pub fn row_call(&mut self, name: &str, given: &Arguments, span: Span) -> Option<(ExprKind, T)> {
        if rows::named(name).is_empty() {
            return None;
        }
        let (value, t) = self.row(name, given.plain()?, span)?;
        Some((value.kind, t))
    }
}
