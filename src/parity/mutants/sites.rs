//! Where faults can be planted: expressions and statements of the translated functions that a proof can call.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprCall, ExprLit, ExprMacro, File, Item, ItemFn, Lit, Meta, Stmt, UnOp};

use super::ranges::Ranges;
use super::{MutantError, Survivor, swaps};

/// The crate's source: path under `src/`, and text.
pub type Files = BTreeMap<String, String>;

/// Files of a vessel that hold translated functions.
const TRANSLATED: &[&str] = &["native.rs", "generic.rs"];

/// One fault that can be planted.
#[derive(Clone, Debug)]
pub struct Fault {
    pub file: String,
    /// The Python function whose translation this is in, by qualified name.
    pub function: String,
    pub line: u32,
    /// The bytes of the file that it replaces.
    pub range: Range<usize>,
    pub original: String,
    pub change: Change,
}

/// What a fault does.
#[derive(Clone, Debug)]
pub enum Change {
    /// Another expression in the place of the original.
    Replace(String),
    /// A checked operation on two 64-bit ints wraps instead of giving up. It is reached only where it overflows.
    Wrap {
        operation: String,
        method: &'static str,
        args: [String; 2],
    },
    /// The statement is left out.
    Drop,
}

impl Fault {
    pub fn survivor(self, reached: bool) -> Survivor {
        Survivor {
            function: self.function,
            file: format!("src/{}", self.file),
            line: self.line,
            fault: match &self.change {
                Change::Replace(text) => one_line(text),
                Change::Wrap { method, args, .. } => format!("i64::{method}({})", one_line(&args.join(", "))),
                Change::Drop => "left out".to_string(),
            },
            original: one_line(&self.original),
            reached,
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every file under the crate's `src`.
pub fn read(folder: &Path) -> Result<Files, MutantError> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder.join("src"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(name, fs::read_to_string(&path)?);
    }
    Ok(files)
}

/// All faults that can be planted, in the order of the source.
pub fn find(files: &Files) -> Result<Vec<Fault>, MutantError> {
    let mut faults = Vec::new();
    for name in TRANSLATED {
        let Some(text) = files.get(*name) else { continue };
        let tree = syn::parse_file(text).map_err(|error| MutantError::Source(format!("{name}: {error}")))?;
        let callable = callable(&tree, text);
        for function in functions(&tree).filter(|function| callable.contains(&function.sig.ident.to_string())) {
            let Some(owner) = owner(&function.attrs) else { continue };
            let mut finder = Finder {
                file: name,
                text,
                owner,
                ranges: Ranges::of(function),
                faults: &mut faults,
            };
            finder.visit_block(&function.block);
        }
    }
    Ok(faults)
}

/// At most `count` of them, spread evenly.
pub fn spread(faults: Vec<Fault>, count: usize) -> Vec<Fault> {
    let total = faults.len();
    if total <= count {
        return faults;
    }
    let wanted: BTreeSet<usize> = (0..count).map(|at| at * total / count).collect();
    let kept = faults.into_iter().enumerate().filter(|(at, _)| wanted.contains(at));
    kept.map(|(_, fault)| fault).collect()
}

fn functions(tree: &File) -> impl Iterator<Item = &ItemFn> {
    tree.items.iter().filter_map(|item| match item {
        Item::Fn(function) => Some(function),
        _ => None,
    })
}

/// The Python name in a comment such as "`process_batch`, process_files.py lines 13 to 26.": only translations of the
/// user's functions have one.
fn owner(attrs: &[Attribute]) -> Option<String> {
    let docs = attrs.iter().filter_map(|attr| match &attr.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(&pair.value),
        _ => None,
    });
    let text = docs.into_iter().find_map(|value| match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text), ..
        }) => Some(text.value()),
        _ => None,
    })?;
    let (name, place) = text.trim().strip_prefix('`')?.split_once('`')?;
    let places = place.contains(".py line ") || place.contains(".py lines ");
    places.then(|| name.to_string())
}

/// Functions that a call from outside can reach: those behind gates and entries, and all that these mention.
fn callable(tree: &File, text: &str) -> BTreeSet<String> {
    let bodies: BTreeMap<String, &str> = functions(tree)
        .map(|function| (function.sig.ident.to_string(), &text[function.span().byte_range()]))
        .collect();
    let from_outside = |name: &&String| {
        ["_gate", "_bound", "_entry"].iter().any(|end| name.ends_with(end)) || name.starts_with("init_")
    };
    let mut waiting: Vec<String> = bodies.keys().filter(from_outside).cloned().collect();
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if let Some(body) = bodies.get(&name)
            && found.insert(name)
        {
            let words = body.split(|c: char| !c.is_alphanumeric() && c != '_');
            waiting.extend(words.filter(|word| bodies.contains_key(*word)).map(str::to_string));
        }
    }
    found
}

struct Finder<'a> {
    file: &'a str,
    text: &'a str,
    owner: String,
    ranges: Ranges,
    faults: &'a mut Vec<Fault>,
}

impl Finder<'_> {
    fn plant(&mut self, node: &impl Spanned, change: Change) {
        let span = node.span();
        let range = span.byte_range();
        self.faults.push(Fault {
            file: self.file.to_string(),
            function: self.owner.clone(),
            line: span.start().line as u32,
            original: self.text[range.clone()].to_string(),
            range,
            change,
        });
    }

    fn replace(&mut self, node: &impl Spanned, text: impl Into<String>) {
        self.plant(node, Change::Replace(text.into()));
    }

    fn of(&self, node: &impl Spanned) -> &str {
        &self.text[node.span().byte_range()]
    }

    fn condition(&mut self, condition: &Expr) {
        if !matches!(condition, Expr::Let(_)) {
            let negated = format!("!({})", self.of(condition));
            self.replace(condition, negated);
        }
    }

    fn literal(&mut self, literal: &ExprLit) {
        match &literal.lit {
            Lit::Int(number) if number.suffix().is_empty() || number.suffix() == "i64" => {
                if let Ok(value) = number.base10_parse::<i128>() {
                    self.replace(literal, format!("{}{}", value + 1, number.suffix()));
                }
            }
            Lit::Float(_) => {
                let changed = format!("({} + 1.0)", self.of(literal));
                self.replace(literal, changed);
            }
            Lit::Bool(value) => self.replace(literal, (!value.value).to_string()),
            Lit::Str(text) => self.replace(literal, format!("{:?}", format!("{}x", text.value()))),
            _ => {}
        }
    }

    fn call(&mut self, call: &ExprCall) {
        let segments = path_of(call);
        let [module @ .., name] = segments.as_slice() else {
            return;
        };
        let args: Vec<String> = call.args.iter().map(|arg| self.of(arg).to_string()).collect();
        let list = args.join(", ");
        if let Some(other) = swaps::call(name).filter(|_| !module.is_empty()) {
            self.replace(call, format!("{}::{other}({list})", module.join("::")));
        }
        let on_machine_ints = module.last().is_some_and(|last| last == "int");
        if let ([a, b], Some(method), true) = (args.as_slice(), swaps::wrapping(name), on_machine_ints)
            && self.ranges.may_overflow(name, &call.args[0], &call.args[1])
        {
            let change = Change::Wrap {
                operation: segments.join("::"),
                method,
                args: [a.clone(), b.clone()],
            };
            self.plant(call, change);
        }
        if let ([start, stop, step], "range", [.., "iter"]) = (
            args.as_slice(),
            name.as_str(),
            &module.iter().map(String::as_str).collect::<Vec<_>>()[..],
        ) {
            self.replace(call, format!("fast::iter::range({start}, {stop} + 1, {step})"));
        }
    }
}

/// The words of the path that is called; none where something else is.
fn path_of(call: &ExprCall) -> Vec<String> {
    match &*call.func {
        Expr::Path(path) => path.path.segments.iter().map(|part| part.ident.to_string()).collect(),
        _ => Vec::new(),
    }
}

/// Statements whose absence is a fault: what they are for is what they do.
fn can_be_dropped(expr: &Expr) -> bool {
    match expr {
        Expr::Try(inner) => can_be_dropped(&inner.expr),
        Expr::Call(_) | Expr::MethodCall(_) | Expr::Assign(_) | Expr::Continue(_) | Expr::Break(_) => true,
        Expr::Binary(binary) => swaps::operator(&binary.op).is_some_and(|op| op.ends_with('=')),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        if let Stmt::Expr(expr, Some(_)) = stmt
            && can_be_dropped(expr)
        {
            self.plant(stmt, Change::Drop);
        }
        visit::visit_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Binary(binary) => {
                if let Some(other) = swaps::operator(&binary.op) {
                    let text = format!("{} {other} {}", self.of(&*binary.left), self.of(&*binary.right));
                    self.replace(expr, text);
                }
            }
            Expr::Unary(unary) if !matches!(unary.op, UnOp::Deref(_)) => {
                // A negative number is one literal to a reader.
                if !matches!(&*unary.expr, Expr::Lit(_)) {
                    let plain = self.of(&*unary.expr).to_string();
                    self.replace(expr, plain);
                }
            }
            Expr::Range(range) => {
                if let (Some(start), Some(end)) = (&range.start, &range.end) {
                    let text = format!("{}..({}) - 1", self.of(&**start), self.of(&**end));
                    self.replace(expr, text);
                }
            }
            Expr::If(branch) => self.condition(&branch.cond),
            Expr::While(repeat) if !matches!(&*repeat.cond, Expr::Let(_)) => {
                self.replace(&*repeat.cond, "false");
            }
            Expr::Lit(literal) => self.literal(literal),
            Expr::Call(call) => self.call(call),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        // A method under another name is a fault that any case shows: it would only flatter the score.
        let words = path_of(call);
        let named = words.last().is_some_and(|last| last.contains("method"));
        // From how many items on a loop is divided among threads decides how it runs, not what it does.
        let divides = words.iter().any(|word| word == "parallel");
        for (at, arg) in call.args.iter().enumerate() {
            if !(named && at == 1 || divides && matches!(arg, Expr::Lit(_))) {
                self.visit_expr(arg);
            }
        }
    }

    fn visit_expr_macro(&mut self, node: &'ast ExprMacro) {
        if node.mac.path.is_ident("lit")
            && let Ok(text) = node.mac.parse_body::<syn::LitStr>()
        {
            self.replace(node, format!("lit!({:?})", format!("{}x", text.value())));
        }
    }

    // Numbers in types and patterns are no expressions that could be chosen at run time.
    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(body: &str) -> Vec<String> {
        let text = format!(
            "/// `f`, job.py lines 1 to 2.\npub fn f(a: i64) -> Result<i64> {{\n{body}\n}}\npub fn f_gate() {{ f() }}\n\
             /// `g`, job.py line 4.\npub fn g() {{ 1 }}\n"
        );
        let files = Files::from([("native.rs".to_string(), text)]);
        let shown = |fault: Fault| {
            let survivor = fault.survivor(true);
            assert_eq!(survivor.function, "f", "nothing calls `g`");
            format!("{} -> {}", survivor.original, survivor.fault)
        };
        find(&files).unwrap().into_iter().map(shown).collect()
    }

    #[test]
    fn operations_constants_conditions_and_statements_are_changed() {
        assert_eq!(
            changes("if a < 2 { x.push(a)?; }\nfast::int::add(a, -3)"),
            [
                "a < 2 -> !(a < 2)",
                "a < 2 -> a <= 2",
                "2 -> 3",
                "x.push(a)?; -> left out",
                "fast::int::add(a, -3) -> fast::int::sub(a, -3)",
                "fast::int::add(a, -3) -> i64::wrapping_add(a, -3)",
                "3 -> 4",
            ]
        );
    }

    #[test]
    fn names_of_methods_patterns_and_types_are_left_alone() {
        assert_eq!(
            changes("let [x]: [i64; 1] = unpack::<1>(ops::call_method(&a, \"get\", &[lit!(\"é\")]));\nx"),
            ["lit!(\"é\") -> lit!(\"éx\")"]
        );
    }

    #[test]
    fn the_size_from_which_a_loop_is_divided_is_no_fault() {
        assert_eq!(
            changes("fast::parallel::over_items(items, 10000, |item| item + 1)"),
            ["item + 1 -> item - 1", "1 -> 2"]
        );
    }

    #[test]
    fn a_few_are_spread_over_all() {
        let many = changes("1 + 2 + 3 + 4");
        assert_eq!(many.len(), 7);
        let files = Files::from([(
            "native.rs".to_string(),
            "/// `f`, a.py line 1.\npub fn f_bound() { 1 + 2 + 3 + 4 }".to_string(),
        )]);
        assert_eq!(spread(find(&files).unwrap(), 3).len(), 3);
    }
}
