//! Statements and expressions. Operands are evaluated in the order in which the fields stand.

use super::func::{ClassId, FuncId, GlobalId, LocalId};
use super::ty::Ty;
use crate::ir::rows::Row;
use crate::source::Span;
use crate::syntax::ast::{BinOp, CmpOp, Conversion, UnaryOp};
use num_bigint::BigInt;

pub type Block = Vec<Stmt>;

/// Names a loop, so that `break` and `continue` say which one they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Label(pub u32);

#[derive(Clone, Debug)]
pub struct Stmt {
    pub kind: StmtKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum StmtKind {
    /// The value first, then the target's parts from left to right.
    Assign {
        value: Expr,
        target: Target,
    },
    /// `target op= value`: the target's parts are evaluated once.
    Aug {
        target: AugTarget,
        op: BinOp,
        value: Expr,
    },
    DelLocal(LocalId),
    DelGlobal(GlobalId),
    DelItem {
        object: Expr,
        index: Expr,
    },
    DelAttr {
        object: Expr,
        name: String,
    },
    Expr(Expr),
    If {
        cond: Expr,
        then: Block,
        orelse: Block,
    },
    While {
        label: Label,
        cond: Expr,
        body: Block,
        orelse: Block,
    },
    For {
        label: Label,
        iter: Expr,
        target: Target,
        body: Block,
        orelse: Block,
    },
    Break(Label),
    Continue(Label),
    Return(Expr),
    Raise {
        exc: Expr,
        cause: Option<Expr>,
    },
    /// A bare `raise`.
    Reraise,
    Try {
        body: Block,
        handlers: Vec<Handler>,
        orelse: Block,
        finally: Block,
    },
    With {
        manager: Expr,
        target: Option<Target>,
        body: Block,
        is_async: bool,
    },
}

#[derive(Clone, Debug)]
pub struct Handler {
    /// None catches all.
    pub class: Option<Expr>,
    pub name: Option<LocalId>,
    pub body: Block,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum Target {
    Local(LocalId),
    Global(GlobalId),
    Item {
        object: Expr,
        index: Expr,
    },
    Attr {
        object: Expr,
        name: String,
    },
    /// `a, *b, c = ...`; `star` is the position of the starred part.
    Unpack {
        parts: Vec<Target>,
        star: Option<usize>,
    },
}

#[derive(Clone, Debug)]
pub enum AugTarget {
    Local(LocalId),
    Global(GlobalId),
    Item { object: Expr, index: Expr },
    Attr { object: Expr, name: String },
}

#[derive(Clone, Debug)]
pub struct Expr {
    pub kind: ExprKind,
    pub ty: Ty,
    pub span: Span,
}

/// How a local's value is taken; decided by the ownership pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Another owner is made where one is needed.
    Shared,
    /// The last use: the value moves.
    Last,
}

#[derive(Clone, Debug)]
pub enum ExprKind {
    Const(Const),
    Local(LocalId, Use),
    Global(GlobalId),
    /// A builtin as a value: `map(str, xs)`.
    Builtin(String),
    /// A library attribute as a value: `math.pi`, `key=operator.itemgetter`.
    Library {
        module: String,
        name: String,
    },
    /// A library module as a value.
    ModuleValue(String),
    /// A function object made from `func` and its captured cells, with the defaults evaluated now.
    MakeFunction {
        func: FuncId,
        defaults: Vec<Expr>,
        kw_defaults: Vec<Option<Expr>>,
    },
    /// A class object; `namespace` lists what the body bound, in order.
    MakeClass {
        class: ClassId,
        bases: Vec<Expr>,
        keywords: Vec<(String, Expr)>,
        namespace: Vec<(String, LocalId)>,
    },
    Unary {
        op: UnaryOp,
        operand: Box<Expr>,
    },
    Binary {
        op: BinOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Compare {
        op: CmpOp,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `and` and `or`: the operand that decided, not a bool.
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    /// The truth of a value, a native bool.
    Truth(Box<Expr>),
    /// Negation of a native bool.
    Not(Box<Expr>),
    IfExp {
        cond: Box<Expr>,
        then: Box<Expr>,
        orelse: Box<Expr>,
    },
    List(Vec<Arg>),
    Tuple(Vec<Arg>),
    Set(Vec<Arg>),
    /// A missing key is `**mapping`.
    Dict(Vec<(Option<Expr>, Expr)>),
    Attr {
        object: Box<Expr>,
        name: String,
    },
    Item {
        object: Box<Expr>,
        index: Box<Expr>,
    },
    /// A value that a record or an instance of a class with a layout holds.
    Field {
        object: Box<Expr>,
        name: String,
    },
    /// A new instance of a class with a layout: the values of its attributes by name.
    New {
        class: ClassId,
        fields: Vec<(String, Expr)>,
    },
    Slice {
        lower: Box<Expr>,
        upper: Box<Expr>,
        step: Box<Expr>,
    },
    Call {
        callee: Callee,
        args: Vec<Arg>,
        keywords: Vec<(Option<String>, Expr)>,
    },
    Comp {
        kind: CompKind,
        clauses: Vec<Clause>,
        key: Option<Box<Expr>>,
        element: Box<Expr>,
    },
    Format(Vec<Piece>),
    Yield(Box<Expr>),
    YieldFrom(Box<Expr>),
    Await(Box<Expr>),
    /// Statements, then a value: assignment expressions and other things that need a temporary.
    Seq(Block, Box<Expr>),
    /// The exception being handled, as a value.
    CurrentException,
    /// `super()` in a method: its class and first argument.
    Super {
        class: Box<Expr>,
        object: Box<Expr>,
    },
    /// An operation on operands of known type.
    Op {
        row: &'static Row,
        args: Vec<Expr>,
    },
    /// The operand as a value of this expression's type: boxed, unboxed or wrapped without loss.
    Convert(Box<Expr>),
    /// A list of what a function of the program gives for each item, in order, worked out on several threads.
    Parallel(Parallel),
    /// Ordering by what a function of the program says of each item of a list.
    Keyed {
        what: Keyed,
        list: Box<Expr>,
        key: FuncId,
        reverse: bool,
    },
    /// The operand where it is of this expression's type; where it is not, native code gives up.
    Guard(Box<Expr>),
    /// What a native loop runs over.
    Source(Source),
}

/// Independent rounds of a loop.
#[derive(Clone, Debug)]
pub struct Parallel {
    /// What the rounds run over, a `Source` of a range or of a list's items.
    pub source: Box<Expr>,
    /// One round: takes the item, then what is shared; gives the value, or an optional one where a round may have none.
    pub round: FuncId,
    pub shared: Vec<Expr>,
    /// A round may give no value.
    pub optional: bool,
    /// From this many rounds on threads are worth their while.
    pub threshold: u64,
}

/// What takes a key function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyed {
    /// `sorted(list, key=f)`
    Sorted,
    /// `list.sort(key=f)`
    Sort,
    /// `min(list, key=f)`
    Min,
    /// `max(list, key=f)`
    Max,
}

/// The items of a native loop, in order; none of these runs code of the program, but for streams.
#[derive(Clone, Debug)]
pub enum Source {
    Range {
        start: Box<Expr>,
        stop: Box<Expr>,
        step: Option<Box<Expr>>,
    },
    /// Items of a list or tuple, characters of a str.
    Items(Box<Expr>),
    /// The list backwards.
    Reversed(Box<Expr>),
    DictKeys(Box<Expr>),
    DictValues(Box<Expr>),
    DictItems(Box<Expr>),
    WatchedItems(Box<Expr>),
    /// What the call of a generator gives, item by item.
    Stream(Box<Expr>),
    Enumerate {
        start: Box<Expr>,
        inner: Box<Source>,
    },
    Zip(Vec<Source>),
}

impl Source {
    /// A plain Rust iterator: no step of it can raise.
    pub fn is_plain(&self) -> bool {
        match self {
            Source::Range { .. } | Source::Items(_) | Source::Reversed(_) => true,
            Source::DictKeys(_)
            | Source::DictValues(_)
            | Source::DictItems(_)
            | Source::WatchedItems(_)
            | Source::Stream(_) => false,
            Source::Enumerate { inner, .. } => inner.is_plain(),
            Source::Zip(parts) => parts.iter().all(Source::is_plain),
        }
    }

    pub fn exprs<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match self {
            Source::Range { start, stop, step } => {
                visit(start);
                visit(stop);
                step.iter().for_each(|e| visit(e));
            }
            Source::Items(e)
            | Source::Reversed(e)
            | Source::DictKeys(e)
            | Source::DictValues(e)
            | Source::DictItems(e)
            | Source::WatchedItems(e)
            | Source::Stream(e) => visit(e),
            Source::Enumerate { start, inner } => {
                inner.exprs(visit);
                visit(start);
            }
            Source::Zip(parts) => parts.iter().for_each(|p| p.exprs(visit)),
        }
    }
}

#[derive(Clone, Debug)]
pub enum Arg {
    One(Expr),
    /// `*iterable`
    Star(Expr),
}

#[derive(Clone, Debug)]
pub enum Callee {
    Function(FuncId),
    Builtin(String),
    Library { module: String, name: String },
    Method { object: Box<Expr>, name: String },
    Value(Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompKind {
    List,
    Set,
    Dict,
    Generator,
}

/// `for target in iter if cond if cond`
#[derive(Clone, Debug)]
pub struct Clause {
    pub label: Label,
    pub iter: Expr,
    pub target: Target,
    pub conds: Vec<Expr>,
}

/// A part of an f-string.
#[derive(Clone, Debug)]
pub enum Piece {
    Literal(String),
    Value {
        value: Expr,
        conversion: Conversion,
        spec: Option<Expr>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    None,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    Imaginary(f64),
    Str(String),
    /// By code point, for lone surrogates.
    WideStr(Vec<u32>),
    Bytes(Vec<u8>),
    Ellipsis,
    NotImplemented,
}

impl Expr {
    pub fn new(kind: ExprKind, span: Span) -> Expr {
        Expr {
            kind,
            ty: Ty::Dyn,
            span,
        }
    }

    pub fn typed(kind: ExprKind, ty: Ty, span: Span) -> Expr {
        Expr { kind, ty, span }
    }

    pub fn local(id: LocalId, span: Span) -> Expr {
        Expr::new(ExprKind::Local(id, Use::Shared), span)
    }

    pub fn none(span: Span) -> Expr {
        Expr::new(ExprKind::Const(Const::None), span)
    }

    pub fn int(value: i64, span: Span) -> Expr {
        Expr::new(ExprKind::Const(Const::Int(BigInt::from(value))), span)
    }

    pub fn str(text: &str, span: Span) -> Expr {
        Expr::new(ExprKind::Const(Const::Str(text.to_owned())), span)
    }
}

impl Arg {
    pub fn expr(&self) -> &Expr {
        match self {
            Arg::One(e) | Arg::Star(e) => e,
        }
    }

    pub fn expr_mut(&mut self) -> &mut Expr {
        match self {
            Arg::One(e) | Arg::Star(e) => e,
        }
    }
}
