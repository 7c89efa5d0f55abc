//! Operators on instances of the program's classes: calls of the methods that the classes define for them.
//!
//! Only where the method alone decides: none that may answer `NotImplemented`, and no reflected one.

use super::Infer;
use super::arguments::Arguments;
use super::objects::is_pure_path;
use crate::ir::{ClassId, Const, Expr, ExprKind, FuncId, Ty};
use crate::source::Span;
use crate::syntax::ast::{BinOp, CmpOp};
use crate::types::lattice::T;

impl Infer<'_> {
    /// `left op right`, where the left one's class says what that calls.
    pub fn operator_call(&mut self, op: BinOp, left: &(Expr, T), right: &Expr) -> Option<(Expr, T)> {
        let name = binary_method(op);
        let given = self.operator_operand(name, &format!("__r{}", &name[2..]), &left.1, right)?;
        self.method_of(name, &left.0, &left.1, given)
    }

    /// `left op right`, where the left operand's type is a builtin one that leaves it to the right one's class.
    pub fn reflected_call(&mut self, op: BinOp, left: &(Expr, T), right: &(Expr, T)) -> Option<(Expr, T)> {
        let leaves = match left.1 {
            T::Int | T::Wide | T::Bool | T::Float | T::None | T::List(_) | T::Tuple(_) => true,
            T::Str | T::Bytes => op != BinOp::Mod,
            _ => false,
        };
        let name = format!("__r{}", &binary_method(op)[2..]);
        let T::Instance(class) = &right.1 else { return None };
        // Evaluated before the object, but passed after it.
        let fixed = matches!(left.0.kind, ExprKind::Local(..) | ExprKind::Const(_)) && is_pure_path(&right.0);
        if !leaves || !fixed || !self.classes.get(class)?.methods.contains_key(&name) {
            return None;
        }
        let mut operand = left.0.clone();
        operand.span.start = right.0.span.end;
        self.method_of(
            &name,
            &right.0,
            &right.1,
            Arguments::of(vec![(operand, left.1.clone())]),
        )
    }

    /// `left op right` of an ordering.
    pub fn ordering_call(&mut self, op: CmpOp, left: &(Expr, T), right: &Expr) -> Option<(Expr, T)> {
        let (name, reflected) = match op {
            CmpOp::Lt => ("__lt__", "__gt__"),
            CmpOp::LtE => ("__le__", "__ge__"),
            CmpOp::Gt => ("__gt__", "__lt__"),
            CmpOp::GtE => ("__ge__", "__le__"),
            _ => return None,
        };
        let given = self.operator_operand(name, reflected, &left.1, right)?;
        self.method_of(name, &left.0, &left.1, given)
    }

    /// What the method `name` of the left operand is given; None where that is not what Python calls first.
    fn operator_operand(&mut self, name: &str, reflected: &str, left: &T, right: &Expr) -> Option<Arguments> {
        let T::Instance(class) = left else { return None };
        if !self.classes.get(class)?.methods.contains_key(name) {
            return None;
        }
        let given = self.operands(&[right]);
        let goes_first = given
            .only()
            .is_some_and(|(_, t)| self.right_goes_first(reflected, *class, t));
        (!goes_first).then_some(given)
    }

    /// The right operand's class may derive from the left one's: then its reflected method is asked first.
    fn right_goes_first(&self, reflected: &str, left: ClassId, right: &T) -> bool {
        let right = match right {
            T::Instance(class) => *class,
            T::Opt(inner) => match **inner {
                T::Instance(class) => class,
                _ => return false,
            },
            _ => return false,
        };
        let shapes = &self.slots.shapes;
        let may_be = |class: &ClassId| shapes.derives(*class, right);
        let derives = |class: &&ClassId| **class != left && shapes.derives(**class, left);
        self.classes[&left].names.contains(reflected) && self.classes.keys().filter(derives).any(may_be)
    }

    /// `item in object`: the truth of what `__contains__` answers. The item comes first, so it must be one that may
    /// as well come later.
    pub fn contains_call(&mut self, item: &Expr, object: &(Expr, T)) -> Option<(Expr, T)> {
        if !matches!(item.kind, ExprKind::Local(..) | ExprKind::Const(_)) {
            return None;
        }
        let (answer, t) = self.dunder_call("__contains__", &object.0, &object.1, &[item])?;
        match t {
            T::Bool | T::Never => Some((answer, t)),
            t => Some((self.truth(answer, &t), T::Bool)),
        }
    }

    /// `object[index]`
    pub fn item_call(&mut self, object: &Expr, t: &T, index: &Expr) -> Option<(Expr, T)> {
        self.dunder_call("__getitem__", object, t, &[index])
    }

    /// `len(object)`: gives up where that is no length.
    pub fn len_call(&mut self, object: &Expr, t: &T, span: Span) -> Option<(Expr, T)> {
        let (length, t) = self.dunder_call("__len__", object, t, &[])?;
        match t {
            T::Int => self.row("length", vec![(length, t)], span),
            T::Never => Some((length, t)),
            _ => None,
        }
    }

    /// `left == right` of instances whose class says what that means.
    pub fn equality_call(&mut self, op: CmpOp, left: &(Expr, T), right: &(Expr, T)) -> Option<(ExprKind, T)> {
        let (T::Instance(class), CmpOp::Eq | CmpOp::NotEq) = (&left.1, op) else {
            return None;
        };
        if !matches!(right.1, T::Instance(_))
            || !self.asks_to_compare(&left.1)
            || !self.classes[class].written_eq && self.right_goes_first("__eq__", *class, &right.1)
        {
            return None;
        }
        let given = Arguments::one(right.0.clone(), right.1.clone());
        let (equal, t) = self.method_of("__eq__", &left.0, &left.1, given)?;
        match (t, op) {
            (T::Bool, CmpOp::NotEq) => Some((ExprKind::Not(Box::new(equal)), T::Bool)),
            (t @ (T::Bool | T::Never), _) => Some((equal.kind, t)),
            _ => None,
        }
    }

    /// The truth of an instance; None where that is for the object itself to say.
    pub fn instance_truth(&mut self, object: &Expr, t: &T) -> Option<Expr> {
        let T::Instance(class) = *t else { return None };
        if !self.asks_for_truth(class) {
            return Some(Expr::typed(
                ExprKind::Truth(Box::new(object.clone())),
                Ty::Bool,
                object.span,
            ));
        }
        None
    }

    /// Instances are not simply true.
    pub fn asks_for_truth(&self, class: ClassId) -> bool {
        let asks = |name: &str| self.classes.get(&class).is_none_or(|known| known.names.contains(name));
        // No named tuple is empty.
        let is_tuple = self.classes.get(&class).is_some_and(|known| known.is_tuple);
        !is_tuple && (asks("__bool__") || asks("__len__"))
    }

    /// Where the truth of what may be such an instance is asked for, its class stays with its object.
    pub fn ask_for_truth(&mut self, t: &T) {
        let class = match t {
            T::Instance(class) => *class,
            T::Opt(inner) => match **inner {
                T::Instance(class) => class,
                _ => return,
            },
            _ => return,
        };
        if self.asks_for_truth(class) {
            self.slots.poison(t);
        }
    }

    /// The class defines some operator of the kind `+=`.
    pub fn changes_in_place(&self, class: ClassId) -> bool {
        let is_in_place = |name: &String| {
            let operator = name.strip_prefix("__i").and_then(|rest| rest.strip_suffix("__"));
            operator.is_some_and(|rest| !matches!(rest, "nit" | "ter" | "ndex" | "nt" | "nvert"))
        };
        self.classes
            .get(&class)
            .is_none_or(|known| known.names.iter().any(is_in_place))
    }

    /// The call of a special method of an instance, given what the operation has besides it.
    pub fn dunder_call(&mut self, name: &str, object: &Expr, t: &T, others: &[&Expr]) -> Option<(Expr, T)> {
        let given = match t {
            T::Instance(class) if self.classes.get(class)?.methods.contains_key(name) => self.operands(others),
            _ => return None,
        };
        self.method_of(name, object, t, given)
    }

    pub fn method_of(&mut self, name: &str, object: &Expr, t: &T, given: Arguments) -> Option<(Expr, T)> {
        let T::Instance(class) = t else { return None };
        let method = *self.classes.get(class)?.methods.get(name)?;
        let wanted = self.program.function(method).params.len();
        if wanted != given.args.len() + 1 {
            return None;
        }
        let (kind, made) = self.function_call(Some((object.clone(), t.clone())), method, given);
        if made == T::Dyn && self.may_decline(method) {
            return None;
        }
        let ty = self.slots.resolve(&made);
        Some((Expr::typed(kind, ty, object.span), made))
    }

    /// The method mentions `NotImplemented`.
    pub fn may_decline(&self, method: FuncId) -> bool {
        let mut found = false;
        for stmt in &self.program.function(method).body {
            stmt.walk_exprs(&mut |e| {
                found |= matches!(&e.kind, ExprKind::Const(Const::NotImplemented))
                    || matches!(&e.kind, ExprKind::Builtin(name) if name == "NotImplemented");
            });
        }
        found
    }
}

fn binary_method(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "__add__",
        BinOp::Sub => "__sub__",
        BinOp::Mult => "__mul__",
        BinOp::MatMult => "__matmul__",
        BinOp::Div => "__truediv__",
        BinOp::Mod => "__mod__",
        BinOp::Pow => "__pow__",
        BinOp::LShift => "__lshift__",
        BinOp::RShift => "__rshift__",
        BinOp::BitOr => "__or__",
        BinOp::BitXor => "__xor__",
        BinOp::BitAnd => "__and__",
        BinOp::FloorDiv => "__floordiv__",
    }
}
