//! Ranges of the machine ints in a translated function: an overflow that cannot happen is no fault to plant.
//!
//! Names are taken together over the whole function and every binding counts, so a range is never too small; where nothing is
//! known it is that of 64 bits. Each pass starts from a right answer and gives a closer one.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprLit, ItemFn, Lit, Pat, UnOp};

/// The least and the greatest value.
pub type Range = (i128, i128);

const ALL: Range = (i64::MIN as i128, i64::MAX as i128);
/// No container has more items than this.
const LENGTH: Range = (0, 1 << 48);
/// Passes over a function.
const PASSES: usize = 3;

/// Ranges of names in a function.
#[derive(Default)]
pub struct Ranges {
    known: BTreeMap<String, Range>,
}

impl Ranges {
    /// Those of a function.
    pub fn of(function: &ItemFn) -> Ranges {
        let mut ranges = Ranges::default();
        for _ in 0..PASSES {
            let mut pass = Pass {
                before: &ranges,
                found: BTreeMap::new(),
            };
            pass.visit_item_fn(function);
            ranges = Ranges { known: pass.found };
        }
        ranges
    }

    /// Whether the operation on 64-bit ints can give something that does not fit.
    pub fn may_overflow(&self, name: &str, left: &Expr, right: &Expr) -> bool {
        match self.operation(name, left, right) {
            Some((low, high)) => low < ALL.0 || high > ALL.1,
            None => true,
        }
    }

    fn operation(&self, name: &str, left: &Expr, right: &Expr) -> Option<Range> {
        let ((a, b), (c, d)) = (self.expr(left), self.expr(right));
        let corners = |f: fn(i128, i128) -> Option<i128>| -> Option<Range> {
            let all = [f(a, c)?, f(a, d)?, f(b, c)?, f(b, d)?];
            Some((*all.iter().min()?, *all.iter().max()?))
        };
        match name {
            "add" => Some((a + c, b + d)),
            "sub" => Some((a - d, b - c)),
            "mul" => corners(i128::checked_mul),
            "rem" if c > 0 => Some((0, d - 1)),
            "floordiv" if c > 0 => corners(|x, y| Some(x.div_euclid(y))),
            "min" => Some((a.min(c), b.min(d))),
            "max" => Some((a.max(c), b.max(d))),
            _ => None,
        }
    }

    fn expr(&self, expr: &Expr) -> Range {
        match expr {
            Expr::Lit(ExprLit { lit: Lit::Int(int), .. }) => int.base10_parse().map_or(ALL, |value| (value, value)),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
                let (low, high) = self.expr(&unary.expr);
                (-high, -low)
            }
            Expr::Paren(inner) => self.expr(&inner.expr),
            Expr::Try(inner) => self.expr(&inner.expr),
            Expr::Cast(cast) => match &*cast.expr {
                Expr::MethodCall(call) if call.method == "len" => LENGTH,
                _ => ALL,
            },
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) => self.known.get(&name.to_string()).copied().unwrap_or(ALL),
                None => ALL,
            },
            Expr::Call(call) => self.call(call).unwrap_or(ALL),
            _ => ALL,
        }
    }

    /// A checked operation: what does not fit is no value.
    fn call(&self, call: &ExprCall) -> Option<Range> {
        let Expr::Path(path) = &*call.func else { return None };
        let words: Vec<String> = path.path.segments.iter().map(|part| part.ident.to_string()).collect();
        let [.., module, name] = words.as_slice() else {
            return None;
        };
        let (left, right) = (call.args.first()?, call.args.get(1)?);
        let (low, high) = self.operation(name, left, right).filter(|_| module == "int")?;
        Some((low.max(ALL.0), high.min(ALL.1)))
    }

    /// The items that a loop goes through.
    fn items(&self, expr: &Expr) -> Range {
        match expr {
            Expr::Range(range) => {
                let (low, first) = range.start.as_ref().map_or(ALL, |start| self.expr(start));
                // Where no end is written, something else ends the loop: it has counted items of a container until then.
                let high = range.end.as_ref().map_or(first + LENGTH.1, |end| self.expr(end).1 - 1);
                (low, high.max(low))
            }
            Expr::Paren(inner) => self.items(&inner.expr),
            _ => ALL,
        }
    }
}

/// One pass: the join of everything that each name is bound to.
struct Pass<'a> {
    before: &'a Ranges,
    found: BTreeMap<String, Range>,
}

impl Pass<'_> {
    fn bind(&mut self, name: &syn::Ident, range: Range) {
        let known = self.found.entry(name.to_string()).or_insert(range);
        *known = (known.0.min(range.0), known.1.max(range.1));
    }

    /// Binds a name to a value; every name of a pattern that is not only a name to anything.
    fn bind_pattern(&mut self, pattern: &Pat, range: Range) {
        match pattern {
            Pat::Ident(one) => self.bind(&one.ident, range),
            Pat::Type(typed) => self.bind_pattern(&typed.pat, range),
            other => self.visit_pat(other),
        }
    }
}

impl<'ast> Visit<'ast> for Pass<'_> {
    fn visit_local(&mut self, local: &'ast syn::Local) {
        // A name that gets its value later gets it by an assignment.
        if let Some(init) = &local.init {
            self.bind_pattern(&local.pat, self.before.expr(&init.expr));
            visit::visit_local_init(self, init);
        }
    }

    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        if let Expr::Path(path) = &*assign.left
            && let Some(name) = path.path.get_ident()
        {
            self.bind(name, self.before.expr(&assign.right));
        }
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let assigns = super::swaps::operator(&binary.op).is_some_and(|op| op.ends_with('=') && op.len() == 2);
        if let (true, Expr::Path(path)) = (assigns, &*binary.left)
            && let Some(name) = path.path.get_ident()
        {
            self.bind(name, ALL);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_for_loop(&mut self, repeat: &'ast syn::ExprForLoop) {
        match (&*repeat.pat, filling(&repeat.expr)) {
            // `for (i, x) in (1..).zip(items)`
            (Pat::Tuple(pair), Expr::MethodCall(call)) if call.method == "zip" && pair.elems.len() == 2 => {
                let range = self.before.items(&call.receiver);
                self.bind_pattern(&pair.elems[0], range);
                self.bind_pattern(&pair.elems[1], ALL);
            }
            (pattern, items) => {
                let range = self.before.items(items);
                self.bind_pattern(pattern, range);
            }
        }
        self.visit_expr(&repeat.expr);
        self.visit_block(&repeat.body);
    }

    fn visit_expr_reference(&mut self, reference: &'ast syn::ExprReference) {
        if let (Some(_), Expr::Path(path)) = (reference.mutability, &*reference.expr)
            && let Some(name) = path.path.get_ident()
        {
            self.bind(name, ALL);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_pat_ident(&mut self, one: &'ast syn::PatIdent) {
        self.bind(&one.ident, ALL);
        visit::visit_pat_ident(self, one);
    }
}

/// What `fast::iter::filling(container, items)` goes through.
fn filling(expr: &Expr) -> &Expr {
    match expr {
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "filling")) => {
            call.args.last().unwrap_or(expr)
        }
        _ => expr,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `fast::int::NAME(..)` in the last statement may overflow.
    fn may(body: &str) -> bool {
        let function: ItemFn = syn::parse_str(&format!("fn f(n: i64) {{ {body} }}")).unwrap();
        let Some(syn::Stmt::Expr(Expr::Call(call), None)) = function.block.stmts.last() else {
            panic!("a call comes last")
        };
        let Expr::Path(path) = &*call.func else {
            panic!("a path is called")
        };
        let name = path.path.segments.last().unwrap().ident.to_string();
        Ranges::of(&function).may_overflow(&name, &call.args[0], &call.args[1])
    }

    #[test]
    fn what_stays_small_does_not_overflow() {
        assert!(!may("fast::int::add(b.len() as i64, 1)"));
        assert!(!may("for (j, x) in (1_i64..).zip(items) {} fast::int::sub(j, 1)"));
        assert!(!may("for i in 0..n {} fast::int::add(i, 1)"));
        let inner = "for (i, a) in (1_i64..).zip(items) { for (j, b) in filling(&x, (1_i64..).zip(others)) { f(j); } }";
        assert!(!may(&format!("{inner} fast::int::sub(j, 1)")));
        let state = "let mut s = 99_i64; for _ in 0..n { s = fast::int::rem(fast::int::mul(s, 48271)?, 2147483647)?; }";
        assert!(!may(&format!("{state} fast::int::mul(s, 48271)")));
    }

    #[test]
    fn what_may_be_anything_may_overflow() {
        assert!(may("fast::int::add(n, 1)"), "a parameter");
        assert!(may(
            "let mut t = 0; for x in items { t = fast::int::add(t, x)?; } fast::int::add(t, 1)"
        ));
        assert!(
            may("for i in 0..n {} for i in items {} fast::int::add(i, 1)"),
            "one name, two loops"
        );
        assert!(
            may("let f = |i| i; for i in 0..n {} fast::int::add(i, 1)"),
            "a parameter of a closure"
        );
        assert!(may("let mut i = 0; i += 1; fast::int::add(i, 1)"));
        assert!(
            may("if c { n = 1; } fast::int::add(n, 1)"),
            "a parameter that is bound again"
        );
        assert!(may("let mut i = 0; change(&mut i); fast::int::add(i, 1)"));
        assert!(may("let (a, b) = pair; fast::int::mul(a, 2)"));
        assert!(may("for i in n.. {} fast::int::add(i, 1)"));
    }
}
