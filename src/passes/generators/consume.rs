//! What takes a generator apart, written out as a loop over it.

use super::{Pass, assign, grouped};
use crate::ir::{Arg, Block, Callee, Clause, CompKind, Const, Expr, ExprKind, Label, Stmt, StmtKind, Target, Ty};
use crate::source::Span;
use crate::syntax::ast::{BinOp, CmpOp};

/// Values as they come: a comprehension's clauses and its element.
struct Supply {
    clauses: Vec<Clause>,
    element: Expr,
}

impl Pass<'_> {
    /// Has a loop over `enumerate(generator(...))` count for itself.
    pub(super) fn counted(&mut self, stmt: &mut Stmt) -> Option<Stmt> {
        let span = stmt.span;
        let StmtKind::For { iter, target, body, .. } = &mut stmt.kind else {
            return None;
        };
        let (inner, start) = enumerated(iter)?;
        self.site(&inner)?;
        let (count, item) = (self.fresh("count"), self.fresh("item"));
        let pair = vec![Arg::One(Expr::local(count, span)), Arg::One(Expr::local(item, span))];
        let bound = Stmt {
            kind: StmtKind::Assign {
                value: Expr::new(ExprKind::Tuple(pair), span),
                target: std::mem::replace(target, Target::Local(item)),
            },
            span,
        };
        let next = sum_of(Expr::local(count, span), Expr::int(1, span), span);
        body.splice(0..0, [bound, assign(count, next, span)]);
        *iter = inner;
        let mut looped = stmt.clone();
        self.inline(&mut looped);
        Some(grouped(vec![assign(count, start, span), looped], span))
    }

    /// Writes a builtin, or a comprehension, that takes a generator apart as statements and their result.
    pub(super) fn written_out(&mut self, e: &mut Expr) {
        let span = e.span;
        match &mut e.kind {
            ExprKind::Comp {
                kind,
                clauses,
                key,
                element,
            } if *kind != CompKind::Generator && self.supplies(clauses) => {
                let supply = Supply {
                    clauses: std::mem::take(clauses),
                    element: (**element).clone(),
                };
                let key = key.take().map(|key| *key);
                *e = self.collected(*kind, key, supply, span);
            }
            ExprKind::Call {
                callee: Callee::Builtin(name),
                args,
                keywords,
            } => {
                let [Arg::One(only)] = args.as_mut_slice() else { return };
                let alone = keywords.is_empty();
                if matches!(name.as_str(), "list" | "tuple" | "sorted") && self.tells_length(only) {
                    return;
                }
                let Some(supply) = self.supply(only) else { return };
                match name.as_str() {
                    "list" if alone => *e = self.collected(CompKind::List, None, supply, span),
                    "set" if alone => *e = self.collected(CompKind::Set, None, supply, span),
                    "sum" if alone => *e = self.summed(supply, span),
                    "any" | "all" if alone => *e = self.asked(name == "any", supply, span),
                    "min" | "max" if alone => *e = self.extreme(name == "min", supply, span),
                    // These make a list first themselves.
                    "tuple" if alone => *only = self.collected(CompKind::List, None, supply, span),
                    "sorted" => *only = self.collected(CompKind::List, None, supply, span),
                    _ => {}
                }
            }
            ExprKind::Call {
                callee: Callee::Method { object, name },
                args,
                keywords,
            } if name == "join"
                && keywords.is_empty()
                && matches!(object.kind, ExprKind::Const(Const::Str(_) | Const::Bytes(_))) =>
            {
                if let [Arg::One(only)] = args.as_mut_slice()
                    && !self.tells_length(only)
                    && let Some(supply) = self.supply(only)
                {
                    *only = self.collected(CompKind::List, None, supply, span);
                }
            }
            _ => {}
        }
    }

    /// An instance that may have a `__len__`, which what makes a list of it asks.
    fn tells_length(&self, e: &Expr) -> bool {
        self.has_lengths && self.iterated.contains_key(&(self.module, e.span))
    }

    fn supplies(&self, clauses: &[Clause]) -> bool {
        clauses.iter().any(|clause| self.site(&clause.iter).is_some())
    }

    /// A call of a generator, or a generator expression over one.
    fn supply(&mut self, e: &Expr) -> Option<Supply> {
        if self.site(e).is_some() {
            let item = self.fresh("item");
            let clause = Clause {
                label: self.fresh_label(),
                iter: e.clone(),
                target: Target::Local(item),
                conds: Vec::new(),
            };
            let element = Expr::local(item, e.span);
            return Some(Supply {
                clauses: vec![clause],
                element,
            });
        }
        match &e.kind {
            ExprKind::Comp {
                kind: CompKind::Generator,
                clauses,
                element,
                ..
            } if self.supplies(clauses) => Some(Supply {
                clauses: clauses.clone(),
                element: (**element).clone(),
            }),
            _ => None,
        }
    }

    /// The loops of a comprehension around what is done with each element.
    fn loops(&mut self, clauses: Vec<Clause>, innermost: Block, span: Span) -> Stmt {
        let mut body = innermost;
        for clause in clauses.into_iter().rev() {
            for cond in clause.conds.into_iter().rev() {
                let kind = StmtKind::If {
                    cond,
                    then: body,
                    orelse: Block::new(),
                };
                body = vec![Stmt { kind, span }];
            }
            let kind = StmtKind::For {
                label: clause.label,
                iter: clause.iter,
                target: clause.target,
                body,
                orelse: Block::new(),
            };
            let mut looped = Stmt { kind, span };
            self.inline(&mut looped);
            body = vec![looped];
        }
        grouped(body, span)
    }

    /// A new container of the elements.
    fn collected(&mut self, kind: CompKind, key: Option<Expr>, supply: Supply, span: Span) -> Expr {
        let result = self.fresh("result");
        let empty = match kind {
            CompKind::Set => ExprKind::Set(Vec::new()),
            CompKind::Dict => ExprKind::Dict(Vec::new()),
            CompKind::List | CompKind::Generator => ExprKind::List(Vec::new()),
        };
        let object = Expr::local(result, span);
        let kept = match key {
            Some(key) => {
                let name = self.fresh("key");
                let index = Expr::local(name, span);
                let stored = StmtKind::Assign {
                    value: supply.element,
                    target: Target::Item { object, index },
                };
                vec![assign(name, key, span), Stmt { kind: stored, span }]
            }
            None => {
                let name = if kind == CompKind::Set { "add" } else { "append" };
                let kind = StmtKind::Expr(method(object, name, supply.element));
                vec![Stmt { kind, span }]
            }
        };
        let looped = self.loops(supply.clauses, kept, span);
        let block = vec![assign(result, Expr::new(empty, span), span), looped];
        Expr::new(ExprKind::Seq(block, Box::new(Expr::local(result, span))), span)
    }

    /// `sum`: additions from an int zero on, as CPython 3.11 does them.
    fn summed(&mut self, supply: Supply, span: Span) -> Expr {
        let total = self.fresh("total");
        let next = sum_of(Expr::local(total, span), supply.element, span);
        let looped = self.loops(supply.clauses, vec![assign(total, next, span)], span);
        let block = vec![assign(total, Expr::int(0, span), span), looped];
        Expr::new(ExprKind::Seq(block, Box::new(Expr::local(total, span))), span)
    }

    /// `any` and `all`: the first element that decides ends the loop.
    fn asked(&mut self, any: bool, supply: Supply, span: Span) -> Expr {
        let answer = self.fresh("answer");
        let said = |holds: bool| Expr::typed(ExprKind::Const(Const::Bool(holds)), Ty::Bool, span);
        let element = true_of(supply.element);
        let cond = if any {
            element
        } else {
            Expr::typed(ExprKind::Not(Box::new(element)), Ty::Bool, span)
        };
        let outermost = supply.clauses.first().map_or(Label(0), |clause| clause.label);
        let decided = StmtKind::If {
            cond,
            then: vec![
                assign(answer, said(any), span),
                Stmt {
                    kind: StmtKind::Break(outermost),
                    span,
                },
            ],
            orelse: Block::new(),
        };
        let looped = self.loops(supply.clauses, vec![Stmt { kind: decided, span }], span);
        let block = vec![assign(answer, said(!any), span), looped];
        Expr::new(ExprKind::Seq(block, Box::new(Expr::local(answer, span))), span)
    }

    /// `min` and `max`: a list holds the first of the least, or of the greatest, so far; of an empty one Python says
    /// what it says of no elements.
    fn extreme(&mut self, least: bool, supply: Supply, span: Span) -> Expr {
        let (item, held) = (self.fresh("item"), self.fresh("best"));
        let list = || Expr::local(held, span);
        let first = || ExprKind::Item {
            object: Box::new(list()),
            index: Box::new(Expr::int(0, span)),
        };
        let stmt = |kind: StmtKind| Stmt { kind, span };
        let better = ExprKind::Compare {
            op: if least { CmpOp::Lt } else { CmpOp::Gt },
            left: Box::new(Expr::local(item, span)),
            right: Box::new(Expr::new(first(), span)),
        };
        let replaced = StmtKind::Assign {
            value: Expr::local(item, span),
            target: Target::Item {
                object: list(),
                index: Expr::int(0, span),
            },
        };
        let kept = StmtKind::If {
            cond: true_of(Expr::new(better, span)),
            then: vec![stmt(replaced)],
            orelse: Block::new(),
        };
        let begun = StmtKind::If {
            cond: true_of(list()),
            then: vec![stmt(kept)],
            orelse: vec![stmt(StmtKind::Expr(method(list(), "append", Expr::local(item, span))))],
        };
        let round = vec![assign(item, supply.element, span), stmt(begun)];
        let looped = self.loops(supply.clauses, round, span);
        let block = vec![assign(held, Expr::new(ExprKind::List(Vec::new()), span), span), looped];
        let call = ExprKind::Call {
            callee: Callee::Builtin(if least { "min" } else { "max" }.to_owned()),
            args: vec![Arg::One(list())],
            keywords: Vec::new(),
        };
        Expr::new(ExprKind::Seq(block, Box::new(Expr::new(call, span))), span)
    }
}

/// What `enumerate` counts, and from where.
fn enumerated(iter: &Expr) -> Option<(Expr, Expr)> {
    let ExprKind::Call {
        callee: Callee::Builtin(name),
        args,
        keywords,
    } = &iter.kind
    else {
        return None;
    };
    let constant = |e: &Expr| matches!(e.kind, ExprKind::Const(Const::Int(_)));
    match (name.as_str(), args.as_slice(), keywords.as_slice()) {
        ("enumerate", [Arg::One(inner)], []) => Some((inner.clone(), Expr::int(0, iter.span))),
        ("enumerate", [Arg::One(inner), Arg::One(start)], []) if constant(start) => {
            Some((inner.clone(), start.clone()))
        }
        ("enumerate", [Arg::One(inner)], [(Some(name), start)]) if name == "start" && constant(start) => {
            Some((inner.clone(), start.clone()))
        }
        _ => None,
    }
}

fn sum_of(left: Expr, right: Expr, span: Span) -> Expr {
    let kind = ExprKind::Binary {
        op: BinOp::Add,
        left: Box::new(left),
        right: Box::new(right),
    };
    Expr::new(kind, span)
}

/// The truth of a value.
fn true_of(e: Expr) -> Expr {
    let span = e.span;
    Expr::typed(ExprKind::Truth(Box::new(e)), Ty::Bool, span)
}

/// `object.name(arg)`
fn method(object: Expr, name: &str, arg: Expr) -> Expr {
    let span = object.span;
    let call = ExprKind::Call {
        callee: Callee::Method {
            object: Box::new(object),
            name: name.to_owned(),
        },
        args: vec![Arg::One(arg)],
        keywords: Vec::new(),
    };
    Expr::new(call, span)
}
