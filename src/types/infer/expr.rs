//! Expressions.

use super::Infer;
use super::constants::{constant_type, fold, folded, reduces_product};
use super::flow::Verdict;
use crate::ir::{Arg, ClassId, Clause, CompKind, Const, Expr, ExprKind, GlobalKind, Piece, Ty};
use crate::source::Span;
use crate::syntax::ast::{BinOp, CmpOp, UnaryOp};
use crate::types::lattice::{Slot, T};

impl Infer<'_> {
    /// The expression rebuilt with the types known so far, and its own.
    pub fn expr(&mut self, e: &Expr) -> (Expr, T) {
        // What holds of the operands of a sum does not hold inside a call among them.
        let around = (self.widening, self.far, self.low_bits);
        if !matches!(e.kind, ExprKind::Binary { .. }) {
            (self.widening, self.far, self.low_bits) = (false, false, false);
        }
        let (kind, t) = self.rebuilt(e);
        (self.widening, self.far, self.low_bits) = around;
        let ty = self.slots.resolve(&t);
        (Expr { kind, ty, span: e.span }, t)
    }

    /// The expression as a dynamic value; what it holds becomes dynamic.
    pub fn dynamic(&mut self, e: &Expr) -> Expr {
        let (rebuilt, t) = self.expr(e);
        self.slots.poison(&t);
        rebuilt
    }

    /// A value of this type is looked at by code that keeps and changes nothing. Only instances need more: looking at
    /// one can run code of the program.
    pub fn observe(&mut self, t: &T) {
        if self.holds_instance(t, 0) {
            self.slots.poison(t);
        }
    }

    pub fn holds_instance(&self, t: &T, depth: usize) -> bool {
        self.holds(t, depth, &|_, _| true)
    }

    /// Somewhere in it may be an instance of such a class.
    pub fn holds(&self, t: &T, depth: usize, such: &dyn Fn(&Self, ClassId) -> bool) -> bool {
        let inside = |slot: &Slot| depth < 12 && self.holds(&self.slots.content(*slot), depth + 1, such);
        match self.slots.current(t) {
            T::Instance(class) => such(self, class),
            T::List(slot) | T::Set(slot) | T::Deque(slot) => inside(&slot),
            T::Dict(key, value) | T::Mapping(_, key, value) => inside(&key) || inside(&value),
            T::Record(shape) => {
                let slots: Vec<_> = self.slots.shapes.fields(shape).iter().map(|(_, s)| *s).collect();
                slots.iter().any(inside)
            }
            T::Tuple(parts) => parts.iter().any(|p| self.holds(p, depth + 1, such)),
            T::Opt(inner) => self.holds(&inner, depth, such),
            _ => false,
        }
    }

    /// A native bool.
    pub fn cond(&mut self, e: &Expr) -> Expr {
        let (rebuilt, t) = self.expr(e);
        if t == T::Bool { rebuilt } else { self.truth(rebuilt, &t) }
    }

    pub fn truth(&mut self, e: Expr, t: &T) -> Expr {
        let span = e.span;
        if let Some(truth) = self.instance_truth(&e, t) {
            return truth;
        }
        self.ask_for_truth(t);
        match self.row("truth", vec![(e.clone(), t.clone())], span) {
            Some((op, made)) if made != T::Never => op,
            _ => {
                if !matches!(t, T::Opt(_) | T::None | T::Tuple(_) | T::Never) {
                    self.slots.poison(t);
                }
                Expr::typed(ExprKind::Truth(Box::new(e)), Ty::Bool, span)
            }
        }
    }

    fn rebuilt(&mut self, e: &Expr) -> (ExprKind, T) {
        let span = e.span;
        match &e.kind {
            ExprKind::Const(c) => (e.kind.clone(), constant_type(c)),
            ExprKind::Local(id, how) => (ExprKind::Local(*id, *how), self.read_type(*id)),
            ExprKind::Global(id) => match self.program.global(*id).kind {
                GlobalKind::Function(func) => {
                    self.dynamic_instance(func);
                    (e.kind.clone(), T::Dyn)
                }
                GlobalKind::Class(class) => {
                    // The class as a value: whoever holds it may change it.
                    self.slots.give_up_class(class);
                    (e.kind.clone(), T::Dyn)
                }
                _ => (e.kind.clone(), self.slots.current(&self.globals[id.index()])),
            },
            ExprKind::Builtin(_) | ExprKind::ModuleValue(_) | ExprKind::CurrentException => (e.kind.clone(), T::Dyn),
            ExprKind::Library { module, name } => self.library_value(e, module, name),
            ExprKind::MakeFunction {
                func,
                defaults,
                kw_defaults,
            } => {
                let defaults = defaults.iter().map(|d| self.dynamic(d)).collect();
                let kw_defaults = kw_defaults
                    .iter()
                    .map(|d| d.as_ref().map(|d| self.dynamic(d)))
                    .collect();
                let at = self.dynamic_instance(*func);
                let func = crate::ir::FuncId(at as u32);
                (
                    ExprKind::MakeFunction {
                        func,
                        defaults,
                        kw_defaults,
                    },
                    T::Dyn,
                )
            }
            ExprKind::MakeClass {
                class,
                bases,
                keywords,
                namespace,
            } => {
                let bases = bases.iter().map(|b| self.dynamic(b)).collect();
                let keywords = keywords.iter().map(|(n, k)| (n.clone(), self.dynamic(k))).collect();
                for (_, local) in namespace {
                    self.bind(*local, &T::Dyn);
                }
                (
                    ExprKind::MakeClass {
                        class: *class,
                        bases,
                        keywords,
                        namespace: namespace.clone(),
                    },
                    T::Dyn,
                )
            }
            ExprKind::Unary { op, operand } => self.unary(*op, operand, span),
            ExprKind::Binary { op, left, right } => {
                let (value, t) = self.binary(*op, left, right, span);
                (value.kind, t)
            }
            ExprKind::Compare { op, left, right } => self.compare(*op, left, right, span),
            ExprKind::And(left, right) | ExprKind::Or(left, right) => {
                self.decide(matches!(e.kind, ExprKind::And(..)), e.ty == Ty::Bool, left, right)
            }
            ExprKind::Truth(inner) => {
                let value = self.cond(inner);
                (value.kind, T::Bool)
            }
            ExprKind::Not(inner) => {
                let inner = self.cond(inner);
                (ExprKind::Not(Box::new(inner)), T::Bool)
            }
            ExprKind::IfExp { cond, then, orelse } => self.if_exp(cond, then, orelse),
            ExprKind::List(items) => self.list_display(e, items),
            ExprKind::Tuple(items) => self.tuple_display(items),
            ExprKind::Set(items) => self.set_display(e, items),
            ExprKind::Dict(items) => self.dict_display(e, items),
            ExprKind::Attr { object, name } => self.attribute_read(object, name),
            ExprKind::New { class, fields } => self.new_instance_of(*class, fields),
            ExprKind::Item { object, index } => self.item(object, index, span),
            ExprKind::Slice { lower, upper, step } => {
                let parts = [lower, upper, step].map(|p| Box::new(self.dynamic(p)));
                let [lower, upper, step] = parts;
                (ExprKind::Slice { lower, upper, step }, T::Dyn)
            }
            ExprKind::Call { callee, args, keywords } => self.call(e, callee, args, keywords),
            ExprKind::Comp {
                kind,
                clauses,
                key,
                element,
            } => self.comprehension(e, *kind, clauses, key, element),
            ExprKind::Format(pieces) => {
                let pieces = pieces.iter().map(|p| self.piece(p)).collect();
                (ExprKind::Format(pieces), T::Str)
            }
            ExprKind::Yield(value) => self.yielded(value),
            ExprKind::YieldFrom(value) => {
                let value = Box::new(self.dynamic(value));
                (ExprKind::YieldFrom(value), T::Dyn)
            }
            ExprKind::Await(value) => {
                let value = Box::new(self.dynamic(value));
                (ExprKind::Await(value), T::Dyn)
            }
            ExprKind::Seq(stmts, value) => {
                let mut out = Vec::new();
                self.block(stmts, &mut out);
                let (value, t) = self.expr(value);
                (ExprKind::Seq(out, Box::new(value)), t)
            }
            // Written by a pass where native code cannot go on.
            ExprKind::Guard(inner) => {
                let inner = self.dynamic(inner);
                (self.guarded(inner, &T::Never).kind, T::Never)
            }
            ExprKind::Super { class, object } => {
                let class = Box::new(self.dynamic(class));
                let object = Box::new(self.dynamic(object));
                (ExprKind::Super { class, object }, T::Dyn)
            }
            ExprKind::Op { .. }
            | ExprKind::Convert(_)
            | ExprKind::Field { .. }
            | ExprKind::Keyed { .. }
            | ExprKind::Parallel(_)
            | ExprKind::Source(_) => (e.kind.clone(), T::Dyn),
        }
    }

    /// Float constants of `math` are constants.
    fn library_value(&mut self, e: &Expr, module: &str, name: &str) -> (ExprKind, T) {
        let value = match (module, name) {
            ("math", "pi") => std::f64::consts::PI,
            ("math", "e") => std::f64::consts::E,
            ("math", "tau") => std::f64::consts::TAU,
            ("math", "inf") => f64::INFINITY,
            _ => return (e.kind.clone(), T::Dyn),
        };
        (ExprKind::Const(Const::Float(value)), T::Float)
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr, span: Span) -> (ExprKind, T) {
        let (operand, t) = self.expr(operand);
        let name = match op {
            UnaryOp::USub => "neg",
            UnaryOp::UAdd => "pos",
            UnaryOp::Invert => "invert",
            UnaryOp::Not => unreachable!("lowered to Not"),
        };
        if let Some((value, t)) = self.row(name, vec![(operand.clone(), t.clone())], span) {
            return (value.kind, t);
        }
        self.slots.poison(&t);
        let result = if t == T::Never { T::Never } else { T::Dyn };
        (
            ExprKind::Unary {
                op,
                operand: Box::new(operand),
            },
            result,
        )
    }

    pub fn binary(&mut self, op: BinOp, left: &Expr, right: &Expr, span: Span) -> (Expr, T) {
        if let (ExprKind::Const(Const::Int(a)), ExprKind::Const(Const::Int(b))) =
            (&folded(left).kind, &folded(right).kind)
            && let Some(value) = fold(op, a, b)
        {
            let kind = ExprKind::Const(Const::Int(value));
            return self.expr(&Expr::typed(kind, Ty::Dyn, span));
        }
        let outer = self.widening;
        // A product that a large modulus or mask brings back: it may pass 64 bits on the way.
        let brings_back = matches!(op, BinOp::Mod | BinOp::BitAnd) && self.is_large(right)
            || op == BinOp::Mod && reduces_product(left, right);
        let adds_up = matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mult);
        let passes_on = adds_up || matches!(op, BinOp::LShift | BinOp::BitOr | BinOp::BitXor | BinOp::BitAnd);
        let (outer_far, outer_low) = (self.far, self.low_bits);
        self.far = brings_back && self.is_far(right) || outer_far && passes_on;
        self.widening = brings_back || outer && passes_on;
        self.low_bits = brings_back && self.keeps_low_bits(op, right) || outer_low && adds_up;
        let result = self.binary_within(op, left, right, span);
        (self.widening, self.far, self.low_bits) = (outer, outer_far, outer_low);
        result
    }

    fn binary_within(&mut self, op: BinOp, left: &Expr, right: &Expr, span: Span) -> (Expr, T) {
        if op == BinOp::Mod
            && let ExprKind::Const(Const::Str(template)) = &left.kind
        {
            return self.percent(template, right, span);
        }
        let left = self.expr(left);
        if let Some(found) = self.operator_call(op, &left, right) {
            return found;
        }
        let right = self.expr(right);
        match self.reflected_call(op, &left, &right) {
            Some(found) => found,
            None => self.operation(op, left, right, span),
        }
    }

    pub fn operation(&mut self, op: BinOp, left: (Expr, T), right: (Expr, T), span: Span) -> (Expr, T) {
        if op == BinOp::Pow
            && let Some(found) = self.power(&left, &right, span)
        {
            return found;
        }
        let ints = |t: &T| matches!(t, T::Int | T::Wide | T::Bool);
        if op == BinOp::LShift && self.far && left.1 == T::Int && right.1 == T::Int {
            let wide = Expr::typed(ExprKind::Convert(Box::new(left.0)), Ty::Wide, span);
            let row = self.row("<<", vec![(wide, T::Wide), right], span);
            return row.unwrap_or_else(|| unreachable!("wide ints are shifted"));
        }
        if self.low_bits
            && matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mult)
            && ints(&left.1)
            && ints(&right.1)
            && let Some(found) = self.row(
                &format!("wrapping{}", op.symbol()),
                vec![left.clone(), right.clone()],
                span,
            )
        {
            return found;
        }
        if op == BinOp::Mult && self.widening && left.1 == T::Int && right.1 == T::Int {
            let wide = Expr::typed(ExprKind::Convert(Box::new(left.0)), Ty::Wide, span);
            let row = self.row("*", vec![(wide, T::Wide), right], span);
            return row.unwrap_or_else(|| unreachable!("wide ints multiply"));
        }
        if let Some(found) = self.row(op.symbol(), vec![left.clone(), right.clone()], span) {
            return found;
        }
        let unknown = left.1 == T::Never || right.1 == T::Never;
        let formats = op == BinOp::Mod && left.1 == T::Str;
        if formats && !unknown {
            self.observe(&right.1);
        } else if !unknown {
            self.slots.poison(&left.1);
            self.slots.poison(&right.1);
        }
        let t = match (unknown, formats) {
            (true, _) => T::Never,
            (_, true) => T::Str,
            _ => T::Dyn,
        };
        if t == T::Str {
            let kind = ExprKind::Binary {
                op,
                left: Box::new(left.0),
                right: Box::new(right.0),
            };
            let value = Expr::typed(kind, Ty::Dyn, span);
            return (self.guarded(value, &t), t);
        }
        let ty = self.slots.resolve(&t);
        let kind = ExprKind::Binary {
            op,
            left: Box::new(left.0),
            right: Box::new(right.0),
        };
        (Expr { kind, ty, span }, t)
    }

    /// `x ** n`: an int where both are ints and the exponent is known not to be negative.
    fn power(&mut self, left: &(Expr, T), right: &(Expr, T), span: Span) -> Option<(Expr, T)> {
        let literal = match &right.0.kind {
            ExprKind::Const(Const::Int(i)) => i64::try_from(i).ok(),
            _ => None,
        };
        let name = match (&left.1, &right.1, literal) {
            (T::Int, T::Int, Some(n)) if n >= 0 => "pow_int",
            (T::Int, T::Int, _) => "pow_guarded",
            (T::Float, T::Float | T::Int, _) => "pow_float",
            _ => return None,
        };
        self.row(name, vec![left.clone(), right.clone()], span)
    }

    /// The type that `a op b` has, without visiting operands; None where it is dynamic.
    pub fn operation_type(&mut self, op: BinOp, a: &T, b: &T) -> Option<T> {
        if *a == T::Never || *b == T::Never {
            return Some(T::Never);
        }
        let blank = Expr::none(Span::default());
        let (_, t) = self.row(
            op.symbol(),
            vec![(blank.clone(), a.clone()), (blank, b.clone())],
            Span::default(),
        )?;
        Some(t)
    }

    /// `place op= value` as a value: the list grows in place, others are as the plain operation.
    pub fn in_place(&mut self, place: &Expr, op: BinOp, value: &Expr, span: Span) -> (Expr, T) {
        let (left, left_type) = self.expr(place);
        if let T::Instance(class) = left_type
            && !self.changes_in_place(class)
            && let Some(found) = self.operator_call(op, &(left.clone(), T::Instance(class)), value)
        {
            return found;
        }
        let grows = match left_type {
            T::List(_) => op == BinOp::Add,
            T::Set(_) => matches!(op, BinOp::BitOr | BinOp::BitAnd | BinOp::Sub | BinOp::BitXor),
            _ => false,
        };
        if grows {
            let (value, value_type) = self.expr(value);
            if let Some(found) = self.row(
                &format!("{}=", op.symbol()),
                vec![(left.clone(), left_type.clone()), (value.clone(), value_type.clone())],
                span,
            ) {
                return found;
            }
            self.slots.poison(&left_type);
            self.slots.poison(&value_type);
            let kind = ExprKind::Call {
                callee: crate::ir::Callee::Builtin(format!(".{}", crate::ir::inplace::path(op))),
                args: vec![Arg::One(left), Arg::One(value)],
                keywords: Vec::new(),
            };
            let t = if value_type == T::Never { T::Never } else { T::Dyn };
            return (Expr::typed(kind, Ty::Dyn, span), t);
        }
        let mutable = matches!(
            left_type,
            T::List(_) | T::Set(_) | T::Deque(_) | T::Dict(..) | T::Mapping(..) | T::Dyn | T::Opt(_)
        );
        if mutable {
            let value = self.dynamic(value);
            self.slots.poison(&left_type);
            let name = crate::ir::inplace::path(op).trim_start_matches("ops::");
            let kind = ExprKind::Call {
                callee: crate::ir::Callee::Builtin(format!(".ops::{name}")),
                args: vec![Arg::One(left), Arg::One(value)],
                keywords: Vec::new(),
            };
            return (Expr::typed(kind, Ty::Dyn, span), T::Dyn);
        }
        let (right, right_type) = self.expr(value);
        self.operation(op, (left, left_type), (right, right_type), span)
    }

    fn compare(&mut self, op: CmpOp, left: &Expr, right: &Expr, span: Span) -> (ExprKind, T) {
        let contained = matches!(op, CmpOp::In | CmpOp::NotIn);
        let item = left;
        let left = self.expr(left);
        if let Some(found) = self.ordering_call(op, &left, right) {
            return (found.0.kind, found.1);
        }
        let right = self.expr(right);
        if let Some(found) = self.equality_call(op, &left, &right) {
            return found;
        }
        if contained && let Some((found, t)) = self.contains_call(item, &right) {
            return match op {
                CmpOp::NotIn if t != T::Never => (ExprKind::Not(Box::new(found)), T::Bool),
                _ => (found.kind, t),
            };
        }
        self.comparison(op, left, right, span)
    }

    fn comparison(
        &mut self,
        op: CmpOp,
        (left, left_type): (Expr, T),
        (right, right_type): (Expr, T),
        span: Span,
    ) -> (ExprKind, T) {
        let name = match op {
            CmpOp::Eq | CmpOp::NotEq => "==",
            CmpOp::Lt => "<",
            CmpOp::LtE => "<=",
            CmpOp::Gt => ">",
            CmpOp::GtE => ">=",
            CmpOp::In | CmpOp::NotIn => "in",
            CmpOp::Is | CmpOp::IsNot => "is",
        };
        let negated = matches!(op, CmpOp::NotEq | CmpOp::NotIn | CmpOp::IsNot);
        let ordered = matches!(op, CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE);
        if name == "==" {
            self.hold_the_same(&left_type, &right_type);
        }
        let found = if ordered && !(is_ordered(&left_type) && is_ordered(&right_type)) {
            None
        } else {
            self.record_contains(op, &left, &right, &right_type).or_else(|| {
                self.row(
                    name,
                    vec![(left.clone(), left_type.clone()), (right.clone(), right_type.clone())],
                    span,
                )
            })
        };
        if let Some((value, t)) = found {
            return if t == T::Never {
                (value.kind, t)
            } else if negated {
                (ExprKind::Not(Box::new(value)), T::Bool)
            } else {
                (value.kind, T::Bool)
            };
        }
        if op == CmpOp::Is || op == CmpOp::IsNot {
            let against_none = super::flow::is_none(&right);
            let instances = |t: &T| match t {
                T::Instance(_) => true,
                T::Opt(inner) => matches!(**inner, T::Instance(_)),
                _ => false,
            };
            if instances(&left_type) && instances(&right_type) {
                return self.identity(op, left, right, span);
            }
            if !(against_none && matches!(left_type, T::Opt(_) | T::None)) {
                self.slots.poison(&left_type);
                self.slots.poison(&right_type);
            }
            return (
                ExprKind::Compare {
                    op,
                    left: Box::new(left),
                    right: Box::new(right),
                },
                T::Bool,
            );
        }
        let unknown = left_type == T::Never || right_type == T::Never;
        if !unknown {
            self.slots.poison(&left_type);
            self.slots.poison(&right_type);
        }
        let builtin_operands = is_builtin_value(&left_type) && is_builtin_value(&right_type);
        let kind = ExprKind::Compare {
            op,
            left: Box::new(left),
            right: Box::new(right),
        };
        let t = match (unknown, builtin_operands || matches!(op, CmpOp::In | CmpOp::NotIn)) {
            (true, _) => T::Never,
            (_, true) => {
                // Comparing builtin values gives a bool: taken as its truth.
                let compare = Expr::typed(kind, Ty::Dyn, span);
                return (ExprKind::Truth(Box::new(compare)), T::Bool);
            }
            _ => T::Dyn,
        };
        (kind, t)
    }

    fn decide(&mut self, is_and: bool, native: bool, left: &Expr, right: &Expr) -> (ExprKind, T) {
        if native {
            match (self.verdict(left), is_and) {
                (Verdict::Never, true) => return (ExprKind::Const(Const::Bool(false)), T::Bool),
                (Verdict::Always, false) => return (ExprKind::Const(Const::Bool(true)), T::Bool),
                _ => {}
            }
            let before = self.narrowed.clone();
            let new_left = self.cond(left);
            self.narrow(left, is_and);
            let new_right = self.cond(right);
            self.narrowed = before;
            let (left, right) = (Box::new(new_left), Box::new(new_right));
            return (
                if is_and {
                    ExprKind::And(left, right)
                } else {
                    ExprKind::Or(left, right)
                },
                T::Bool,
            );
        }
        let before = self.narrowed.clone();
        let (new_left, left_type) = self.expr(left);
        self.narrow(left, is_and);
        let (new_right, right_type) = self.expr(right);
        self.narrowed = before;
        self.ask_for_truth(&left_type);
        // `x or default`: what `x` gives when it is true.
        let left_part = match (&left_type, is_and) {
            (T::Opt(inner), false) => (**inner).clone(),
            (T::None, false) => T::Never,
            _ => left_type.clone(),
        };
        let t = self.either(&left_part, &right_type);
        let (left, right) = (Box::new(new_left), Box::new(new_right));
        (
            if is_and {
                ExprKind::And(left, right)
            } else {
                ExprKind::Or(left, right)
            },
            t,
        )
    }

    fn if_exp(&mut self, cond: &Expr, then: &Expr, orelse: &Expr) -> (ExprKind, T) {
        match self.verdict(cond) {
            Verdict::Always => {
                let (value, t) = self.expr(then);
                return (value.kind, t);
            }
            Verdict::Never => {
                let (value, t) = self.expr(orelse);
                return (value.kind, t);
            }
            _ => {}
        }
        let rebuilt = Box::new(self.cond(cond));
        let before = self.narrowed.clone();
        self.narrow(cond, true);
        let (then, then_type) = self.expr(then);
        self.narrowed = before.clone();
        self.narrow(cond, false);
        let (orelse, else_type) = self.expr(orelse);
        self.narrowed = before;
        let t = self.either(&then_type, &else_type);
        (
            ExprKind::IfExp {
                cond: rebuilt,
                then: Box::new(then),
                orelse: Box::new(orelse),
            },
            t,
        )
    }

    pub fn list_display(&mut self, e: &Expr, items: &[Arg]) -> (ExprKind, T) {
        if items.iter().any(|i| matches!(i, Arg::Star(_))) {
            let items = items.iter().map(|i| self.dynamic_arg(i)).collect();
            return (ExprKind::List(items), T::Dyn);
        }
        let slot = self.site(e, 0);
        let items = items
            .iter()
            .map(|item| {
                let (value, t) = self.expr(item.expr());
                self.slots.flow(slot, &t);
                Arg::One(value)
            })
            .collect();
        (ExprKind::List(items), T::List(slot))
    }

    fn tuple_display(&mut self, items: &[Arg]) -> (ExprKind, T) {
        if items.iter().any(|i| matches!(i, Arg::Star(_))) {
            let items = items.iter().map(|i| self.dynamic_arg(i)).collect();
            return (ExprKind::Tuple(items), T::Dyn);
        }
        let items = items.iter().map(|item| self.expr(item.expr())).collect();
        self.tuple_of(items)
    }

    /// A tuple of visited items.
    pub fn tuple_of(&mut self, items: Vec<(Expr, T)>) -> (ExprKind, T) {
        let (items, types): (Vec<Arg>, Vec<T>) = items.into_iter().map(|(e, t)| (Arg::One(e), t)).unzip();
        let known = !types.is_empty() && types.len() <= 6;
        if !known {
            types.iter().for_each(|t| self.slots.poison(t));
        }
        (ExprKind::Tuple(items), if known { T::Tuple(types) } else { T::Dyn })
    }

    fn set_display(&mut self, e: &Expr, items: &[Arg]) -> (ExprKind, T) {
        if items.iter().any(|i| matches!(i, Arg::Star(_))) {
            let items = items.iter().map(|i| self.dynamic_arg(i)).collect();
            return (ExprKind::Set(items), T::Dyn);
        }
        let slot = self.site(e, 0);
        self.key_slots.push(slot);
        let items = items
            .iter()
            .map(|item| {
                let (value, t) = self.expr(item.expr());
                self.slots.flow(slot, &t);
                Arg::One(value)
            })
            .collect();
        (ExprKind::Set(items), T::Set(slot))
    }

    fn dict_display(&mut self, e: &Expr, items: &[(Option<Expr>, Expr)]) -> (ExprKind, T) {
        if items.iter().any(|(k, _)| k.is_none()) {
            let items = items
                .iter()
                .map(|(k, v)| (k.as_ref().map(|k| self.dynamic(k)), self.dynamic(v)))
                .collect();
            return (ExprKind::Dict(items), T::Dyn);
        }
        if let Some(keys) = super::objects::record_keys(items) {
            return self.record_display(e, keys, items);
        }
        let (key_slot, value_slot) = (self.site(e, 0), self.site(e, 1));
        self.key_slots.push(key_slot);
        let items = items
            .iter()
            .map(|(key, value)| {
                let (key, key_type) = self.expr(key.as_ref().expect("checked above"));
                self.slots.flow(key_slot, &key_type);
                let (value, t) = self.expr(value);
                self.slots.flow(value_slot, &t);
                (Some(key), value)
            })
            .collect();
        (ExprKind::Dict(items), T::Dict(key_slot, value_slot))
    }

    pub fn dynamic_arg(&mut self, item: &Arg) -> Arg {
        match item {
            Arg::One(e) => Arg::One(self.dynamic(e)),
            Arg::Star(e) => Arg::Star(self.dynamic(e)),
        }
    }

    fn item(&mut self, object: &Expr, index: &Expr, span: Span) -> (ExprKind, T) {
        if let Some(found) = self.member_by_name(object, index) {
            return found;
        }
        let (mut object, mut t) = self.expr(object);
        if let Some((value, t)) = self.item_call(&object, &t, index) {
            return (value.kind, t);
        }
        if let T::Opt(inner) = &t {
            t = (**inner).clone();
            object = self.guarded(object, &t);
        }
        if let T::Instance(class) = t
            && let Some(found) = self.named_item(&object, class, index)
        {
            return found;
        }
        if let T::Record(shape) = t {
            if let Some(found) = self.record_item(shape, &object, index) {
                return found;
            }
            (object, t) = self.dict_instead(object, shape);
        }
        if let ExprKind::Slice { lower, upper, step } = &index.kind
            && matches!(t, T::List(_) | T::Str)
        {
            return self.slice_of(object, t, [lower, upper, step], span);
        }
        let (index, index_type) = self.expr(index);
        if let (T::Tuple(items), ExprKind::Const(Const::Int(at))) = (&t, &index.kind)
            && let Some(part) = tuple_index(at, items.len())
        {
            let index = Box::new(Expr::int(part as i64, span));
            return (
                ExprKind::Item {
                    object: Box::new(object),
                    index,
                },
                items[part].clone(),
            );
        }
        if let Some((value, t)) = self.row(
            "item",
            vec![(object.clone(), t.clone()), (index.clone(), index_type.clone())],
            span,
        ) {
            return (value.kind, t);
        }
        let unknown = t == T::Never || index_type == T::Never;
        if !unknown {
            self.slots.poison(&t);
            self.slots.poison(&index_type);
        }
        (
            ExprKind::Item {
                object: Box::new(object),
                index: Box::new(index),
            },
            if unknown { T::Never } else { T::Dyn },
        )
    }

    fn slice_of(&mut self, object: Expr, t: T, bounds: [&Expr; 3], span: Span) -> (ExprKind, T) {
        let mut args = vec![(object.clone(), t.clone())];
        for bound in bounds {
            args.push(self.expr(bound));
        }
        if let Some((value, t)) = self.row("slice", args.clone(), span) {
            return (value.kind, t);
        }
        let unknown = args.iter().any(|(_, t)| *t == T::Never);
        if !unknown {
            args.iter().for_each(|(_, t)| self.slots.poison(t));
        }
        let mut parts = args.into_iter().skip(1).map(|(e, _)| Box::new(e));
        let mut next = || parts.next().expect("three bounds");
        let slice = ExprKind::Slice {
            lower: next(),
            upper: next(),
            step: next(),
        };
        let index = Box::new(Expr::typed(slice, Ty::Dyn, span));
        (
            ExprKind::Item {
                object: Box::new(object),
                index,
            },
            if unknown { T::Never } else { T::Dyn },
        )
    }

    fn comprehension(
        &mut self,
        e: &Expr,
        kind: CompKind,
        clauses: &[Clause],
        key: &Option<Box<Expr>>,
        element: &Expr,
    ) -> (ExprKind, T) {
        let clauses = self.clauses(clauses);
        let key_part = key.as_ref().map(|k| self.expr(k));
        let (element, element_type) = self.expr(element);
        let slot = self.site(e, 0);
        let t = match (&key_part, kind) {
            (Some((_, key_type)), _) => {
                let key_slot = self.site(e, 1);
                self.key_slots.push(key_slot);
                self.slots.flow(key_slot, key_type);
                self.slots.flow(slot, &element_type);
                T::Dict(key_slot, slot)
            }
            (None, CompKind::Set) => {
                self.key_slots.push(slot);
                self.slots.flow(slot, &element_type);
                T::Set(slot)
            }
            _ => {
                self.slots.flow(slot, &element_type);
                T::List(slot)
            }
        };
        let key = key_part.map(|(k, _)| Box::new(k));
        (
            ExprKind::Comp {
                kind,
                clauses,
                key,
                element: Box::new(element),
            },
            t,
        )
    }

    pub fn clauses(&mut self, clauses: &[Clause]) -> Vec<Clause> {
        clauses
            .iter()
            .map(|clause| {
                let (iter, element) = self.iterable(&clause.iter);
                let target = self.bind_target(&clause.target, &element);
                let conds = clause.conds.iter().map(|c| self.cond(c)).collect();
                Clause {
                    label: clause.label,
                    iter,
                    target,
                    conds,
                }
            })
            .collect()
    }

    pub fn piece(&mut self, piece: &Piece) -> Piece {
        match piece {
            Piece::Literal(text) => Piece::Literal(text.clone()),
            Piece::Value {
                value,
                conversion,
                spec,
            } => {
                let (value, t) = self.expr(value);
                let spec = spec.as_ref().map(|s| self.expr(s).0);
                self.formatted(value, &t, *conversion, spec)
            }
        }
    }
}

fn tuple_index(at: &num_bigint::BigInt, length: usize) -> Option<usize> {
    let at = i64::try_from(at).ok()?;
    let at = if at < 0 { at + length as i64 } else { at };
    usize::try_from(at).ok().filter(|at| *at < length)
}

/// `<` between two of these needs no code of the program and never fails.
pub fn is_ordered(t: &T) -> bool {
    match t {
        T::Int | T::Wide | T::Bool | T::Float | T::Str | T::Bytes | T::Never => true,
        T::Tuple(parts) => parts.iter().all(is_ordered),
        _ => false,
    }
}

/// Comparing it gives a bool.
fn is_builtin_value(t: &T) -> bool {
    !matches!(t, T::Dyn | T::Never)
}
