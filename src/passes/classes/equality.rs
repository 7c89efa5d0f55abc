//! Equality and hashes of instances that are those of some of their attributes: what `@dataclass` writes, and what
//! people write most often themselves. Containers can then compare and hash instances without calling anything.

use super::options::Data;
use super::statement::returned_call;
use crate::ir::{Arg, Callee, Const, Expr, ExprKind, Function, GlobalId, LocalId, Stmt, StmtKind};
use crate::syntax::ast::CmpOp;

/// How the instances of a class compare and hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equality {
    /// They are equal where these attributes are.
    pub compared: Vec<String>,
    pub hashed: Option<Hashed>,
    /// What is no such instance is unequal to them: with others, it may be asked for attributes that it has not.
    pub guarded: bool,
    /// Attributes are compared as the items of tuples are: what is the same object is equal.
    pub as_tuples: bool,
}

/// What the hash of an instance is the hash of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hashed {
    One(String),
    Tuple(Vec<String>),
}

/// What `@dataclass` writes.
pub fn of_data(data: &Data) -> Equality {
    let compared = data.fields.iter().filter(|f| f.compare).map(|f| f.name.clone());
    let compared: Vec<String> = compared.collect();
    Equality {
        hashed: data.frozen.then(|| Hashed::Tuple(compared.clone())),
        compared,
        guarded: true,
        as_tuples: true,
    }
}

/// Members of an enumeration: each has a name of its own, by which CPython hashes it.
pub fn of_members() -> Equality {
    Equality {
        compared: vec!["name".to_owned()],
        hashed: Some(Hashed::One("name".to_owned())),
        guarded: true,
        as_tuples: true,
    }
}

/// What the `__eq__` of the class that `class` stands for says.
pub fn of_method(eq: &Function, class: GlobalId) -> Option<Equality> {
    let [this, other] = eq.params.as_slice() else {
        return None;
    };
    let reader = Reader {
        this: this.local,
        other: other.local,
        class,
    };
    let mut compared = Compared::default();
    reader.body(&eq.body, &mut compared)?;
    Some(Equality {
        compared: compared.names,
        hashed: None,
        guarded: compared.guarded,
        as_tuples: false,
    })
}

/// `return hash(...)` of one attribute, or of a tuple of them.
pub fn hash_of(hash: &Function) -> Option<Hashed> {
    let [this] = hash.params.as_slice() else { return None };
    let hashed = returned_call(hash, "hash")?;
    match &hashed.kind {
        ExprKind::Tuple(items) => {
            let names = items
                .iter()
                .map(|item| attribute(item.expr(), this.local).map(str::to_owned));
            names.collect::<Option<Vec<_>>>().map(Hashed::Tuple)
        }
        _ => Some(Hashed::One(attribute(hashed, this.local)?.to_owned())),
    }
}

/// What `__eq__` compares.
#[derive(Default)]
struct Compared {
    names: Vec<String>,
    guarded: bool,
}

struct Reader {
    this: LocalId,
    other: LocalId,
    class: GlobalId,
}

impl Reader {
    /// `if not isinstance(other, Class): return NotImplemented`, where it stands; then `return ...`.
    fn body(&self, body: &[Stmt], found: &mut Compared) -> Option<()> {
        let (last, guards) = body.split_last()?;
        guards.iter().all(|stmt| self.is_guard(stmt)).then_some(())?;
        found.guarded = !guards.is_empty();
        let StmtKind::Return(value) = &last.kind else {
            return None;
        };
        self.equal(value, found)?;
        (!found.names.is_empty()).then_some(())
    }

    fn is_guard(&self, stmt: &Stmt) -> bool {
        let StmtKind::If { cond, then, orelse } = &stmt.kind else {
            return false;
        };
        let declines = |stmt: &Stmt| match &stmt.kind {
            StmtKind::Return(value) => match &value.kind {
                ExprKind::Builtin(name) => name == "NotImplemented",
                ExprKind::Const(Const::NotImplemented | Const::Bool(false)) => true,
                _ => false,
            },
            _ => false,
        };
        let asks = match &cond.kind {
            ExprKind::Not(test) => self.is_ours(test),
            _ => false,
        };
        asks && orelse.is_empty() && matches!(then.as_slice(), [only] if declines(only))
    }

    /// `isinstance(other, Class)`
    fn is_ours(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Truth(inner) => self.is_ours(inner),
            ExprKind::Call {
                callee: Callee::Builtin(name),
                args,
                keywords,
            } => match args.as_slice() {
                [Arg::One(object), Arg::One(class)] => {
                    name == "isinstance"
                        && keywords.is_empty()
                        && is_local(object, self.other)
                        && matches!(class.kind, ExprKind::Global(id) if id == self.class)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Comparisons of the same attributes of both, all of which must hold.
    fn equal(&self, e: &Expr, found: &mut Compared) -> Option<()> {
        match &e.kind {
            ExprKind::Truth(inner) => self.equal(inner, found),
            ExprKind::And(left, right) => {
                if found.names.is_empty() && self.is_ours(left) {
                    found.guarded = true;
                } else {
                    self.equal(left, found)?;
                }
                self.equal(right, found)
            }
            ExprKind::Compare {
                op: CmpOp::Eq,
                left,
                right,
            } => self.pair(left, right, &mut found.names),
            _ => None,
        }
    }

    fn pair(&self, left: &Expr, right: &Expr, names: &mut Vec<String>) -> Option<()> {
        match (&left.kind, &right.kind) {
            (ExprKind::Tuple(left), ExprKind::Tuple(right)) if left.len() == right.len() => {
                let mut pairs = left.iter().zip(right);
                pairs.try_for_each(|(left, right)| self.pair(left.expr(), right.expr(), names))
            }
            _ => {
                let name = attribute(left, self.this)?;
                (attribute(right, self.other)? == name).then(|| names.push(name.to_owned()))
            }
        }
    }
}

fn is_local(e: &Expr, id: LocalId) -> bool {
    matches!(e.kind, ExprKind::Local(local, _) if local == id)
}

/// `object.name`
fn attribute(e: &Expr, of: LocalId) -> Option<&str> {
    match &e.kind {
        ExprKind::Attr { object, name } if is_local(object, of) => Some(name),
        _ => None,
    }
}
