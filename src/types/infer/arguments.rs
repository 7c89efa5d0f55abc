//! The arguments of a call: visited once, however many ways of calling are tried with them.

use super::Infer;
use crate::ir::bind::Bound;
use crate::ir::{Arg, Expr, ExprKind, Param, Stmt, StmtKind};
use crate::source::Span;
use crate::types::lattice::T;

/// Rebuilt arguments and their types.
pub struct Arguments {
    pub args: Vec<Arg>,
    pub keywords: Vec<(Option<String>, Expr)>,
    /// Of the positional ones, then of those with a keyword.
    types: Vec<T>,
}

impl Arguments {
    /// The positional ones with their types, where they stand for themselves and are all there is.
    pub fn plain(&self) -> Option<Vec<(Expr, T)>> {
        let starred = self.args.iter().any(|a| matches!(a, Arg::Star(_)));
        let operands = self.args.iter().map(Arg::expr).cloned().zip(self.types.iter().cloned());
        (self.keywords.is_empty() && !starred).then(|| operands.collect())
    }

    pub fn one(e: Expr, t: T) -> Arguments {
        Arguments::of(vec![(e, t)])
    }

    /// Positional ones, visited already.
    pub fn of(visited: Vec<(Expr, T)>) -> Arguments {
        let (args, types) = visited.into_iter().map(|(e, t)| (Arg::One(e), t)).unzip();
        Arguments {
            args,
            keywords: Vec::new(),
            types,
        }
    }

    /// The only argument.
    pub fn only(&self) -> Option<(&Expr, &T)> {
        match (self.args.as_slice(), self.keywords.is_empty()) {
            ([Arg::One(e)], true) => Some((e, &self.types[0])),
            _ => None,
        }
    }

    /// A positional argument.
    pub fn at(&self, at: usize) -> (&Arg, &T) {
        (&self.args[at], &self.types[at])
    }

    pub fn add_keyword(&mut self, name: &str, e: Expr, t: T) {
        self.keywords.push((Some(name.to_owned()), e));
        self.types.push(t);
    }

    /// Puts another value in the place of a positional one.
    pub fn replace(&mut self, at: usize, e: Expr, t: T) {
        (self.args[at], self.types[at]) = (Arg::One(e), t);
    }

    /// The type of an argument, which is one of these.
    fn type_of(&self, e: &Expr) -> T {
        let all = self
            .args
            .iter()
            .map(Arg::expr)
            .chain(self.keywords.iter().map(|(_, e)| e));
        let at = all.into_iter().position(|own| std::ptr::eq(own, e));
        self.types[at.unwrap_or_else(|| unreachable!("bound arguments are arguments"))].clone()
    }
}

impl Infer<'_> {
    pub fn arguments(&mut self, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> Arguments {
        let mut types = Vec::with_capacity(args.len() + keywords.len());
        let mut visit = |e: &Expr| {
            let (e, t) = self.expr(e);
            types.push(t);
            e
        };
        let visited: Vec<Arg> = args
            .iter()
            .map(|arg| match arg {
                Arg::One(e) => Arg::One(visit(e)),
                Arg::Star(e) => Arg::Star(visit(e)),
            })
            .collect();
        let keywords = keywords.iter().map(|(name, e)| (name.clone(), visit(e))).collect();
        let named = types.split_off(visited.len());
        let (args, mut types): (Vec<Arg>, Vec<T>) = (visited.into_iter().zip(types))
            .flat_map(|(arg, t)| self.spread(arg, t))
            .unzip();
        types.extend(named);
        Arguments { args, keywords, types }
    }

    /// `*pair` of a tuple in a variable: its items.
    fn spread(&mut self, arg: Arg, t: T) -> Vec<(Arg, T)> {
        match (&arg, &t) {
            (Arg::Star(e), T::Tuple(parts)) if matches!(e.kind, ExprKind::Local(..)) => {
                let item = |(at, part): (usize, &T)| {
                    let kind = ExprKind::Item {
                        object: Box::new(e.clone()),
                        index: Box::new(Expr::int(at as i64, e.span)),
                    };
                    let item = Expr::typed(kind, self.slots.resolve(part), e.span);
                    (Arg::One(item), part.clone())
                };
                parts.iter().enumerate().map(item).collect()
            }
            _ => vec![(arg, t)],
        }
    }

    /// Positional arguments that no call writes as such: operands.
    pub fn operands(&mut self, operands: &[&Expr]) -> Arguments {
        Arguments::of(operands.iter().map(|e| self.expr(e)).collect())
    }

    /// They go where nothing is known of them.
    pub fn give_away(&mut self, given: &Arguments) {
        given.types.iter().for_each(|t| self.slots.poison(t));
    }

    /// They are looked at by code that keeps and changes nothing; and where it only asks for their texts, `as_text`.
    pub fn show(&mut self, given: &Arguments, as_text: bool) {
        let (positional, named) = given.types.split_at(given.args.len());
        for (arg, t) in given.args.iter().zip(positional) {
            // What stands in a container shows as its repr, but what is unpacked from it as its str.
            let as_text = as_text && matches!(arg, Arg::One(_));
            if !as_text || !self.can_show(t) {
                self.observe(t);
            }
        }
        named.iter().for_each(|t| self.slots.poison(t));
    }

    /// What a parameter gets.
    pub fn argument_type(&mut self, given: &Arguments, bound: &Bound<'_>, param: &Param) -> T {
        match bound {
            Bound::Given(e) => given.type_of(e),
            Bound::Default => match &param.default {
                Some(default) => match self.expr(default).1 {
                    // Defaults of other kinds than what is passed are common: None, most of all.
                    t @ (T::None | T::Bool | T::Int | T::Float | T::Str | T::Instance(_) | T::Never) => t,
                    _ => T::Dyn,
                },
                None => T::Dyn,
            },
            Bound::Rest(items) => {
                items.iter().for_each(|e| self.slots.poison(&given.type_of(e)));
                T::Dyn
            }
            Bound::NoKeywords => T::Dyn,
        }
    }
}

/// The arguments of a call that a later round will know more of: evaluated one by one.
pub fn one_by_one(given: Arguments) -> crate::ir::ExprKind {
    let args = given.args.into_iter().map(|arg| match arg {
        Arg::One(e) | Arg::Star(e) => e,
    });
    let all = args.chain(given.keywords.into_iter().map(|(_, e)| e));
    let stmts = all.map(|e| Stmt {
        span: e.span,
        kind: StmtKind::Expr(e),
    });
    crate::ir::ExprKind::Seq(stmts.collect(), Box::new(Expr::none(Span::default())))
}
