//! A syntax tree in the notation of `tests/cases/syntax/oracle.py`, to compare it with CPython's.

use pivot::source::Span;
use pivot::syntax::ast::*;
use std::fmt::Write;

/// The dump of a whole file.
pub fn dump(module: &Module, text: &str) -> String {
    let mut starts = vec![0u32];
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
            starts.push(at as u32 + 1);
        }
    }
    let mut dumper = Dumper {
        out: String::new(),
        starts,
        placed: true,
    };
    dumper.out.push_str("(Module ");
    dumper.stmts(&module.body);
    dumper.out.push(')');
    dumper.out
}

struct Dumper {
    out: String,
    starts: Vec<u32>,
    placed: bool,
}

impl Dumper {
    fn text(&mut self, text: &str) {
        self.out.push(' ');
        self.out.push_str(text);
    }

    fn place(&mut self, span: Span) {
        if !self.placed {
            return;
        }
        let at = |offset: u32| {
            let line = self.starts.partition_point(|&start| start <= offset);
            (line, offset - self.starts[line - 1])
        };
        let ((line, column), (end_line, end_column)) = (at(span.start), at(span.end));
        let _ = write!(self.out, "@{line}:{column}-{end_line}:{end_column}");
    }

    fn open(&mut self, name: &str, span: Span) {
        let _ = write!(self.out, "({name}");
        self.place(span);
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.out.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            each(self, item);
        }
        self.out.push(']');
    }

    fn stmts(&mut self, stmts: &[Stmt]) {
        self.list(stmts, Self::stmt);
    }

    fn sp_stmts(&mut self, stmts: &[Stmt]) {
        self.out.push(' ');
        self.stmts(stmts);
    }

    fn exprs(&mut self, exprs: &[Expr]) {
        self.out.push(' ');
        self.list(exprs, Self::expr);
    }

    fn sp(&mut self, expr: &Expr) {
        self.out.push(' ');
        self.expr(expr);
    }

    fn opt(&mut self, expr: Option<&Expr>) {
        match expr {
            Some(expr) => self.sp(expr),
            None => self.text("~"),
        }
    }

    fn idents(&mut self, names: &[Ident]) {
        self.out.push(' ');
        self.list(names, |dumper, name| dumper.out.push_str(&name.name));
    }

    fn opt_name(&mut self, name: Option<&str>) {
        self.text(name.unwrap_or("~"));
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let open = |dumper: &mut Self, name: &str| dumper.open(name, stmt.span);
        match &stmt.kind {
            StmtKind::FunctionDef(f) => {
                open(self, if f.is_async { "AsyncFunctionDef" } else { "FunctionDef" });
                self.text(&f.name.name);
                self.params(&f.params);
                self.sp_stmts(&f.body);
                self.exprs(&f.decorators);
                self.opt(f.returns.as_ref());
            }
            StmtKind::ClassDef(c) => {
                open(self, "ClassDef");
                self.text(&c.name.name);
                self.exprs(&c.bases);
                self.keywords(&c.keywords);
                self.sp_stmts(&c.body);
                self.exprs(&c.decorators);
            }
            StmtKind::Return(value) => {
                open(self, "Return");
                self.opt(value.as_ref());
            }
            StmtKind::Delete(targets) => {
                open(self, "Delete");
                self.exprs(targets);
            }
            StmtKind::Assign { targets, value } => {
                open(self, "Assign");
                self.exprs(targets);
                self.sp(value);
            }
            StmtKind::AugAssign { target, op, value } => {
                open(self, "AugAssign");
                self.sp(target);
                self.text(&format!("({op:?})"));
                self.sp(value);
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => {
                open(self, "AnnAssign");
                self.sp(target);
                self.sp(annotation);
                self.opt(value.as_ref());
                self.text(if *simple { "1" } else { "0" });
            }
            StmtKind::For(f) => {
                open(self, if f.is_async { "AsyncFor" } else { "For" });
                self.sp(&f.target);
                self.sp(&f.iter);
                self.sp_stmts(&f.body);
                self.sp_stmts(&f.orelse);
            }
            StmtKind::While { test, body, orelse } => {
                open(self, "While");
                self.sp(test);
                self.sp_stmts(body);
                self.sp_stmts(orelse);
            }
            StmtKind::If { test, body, orelse } => {
                open(self, "If");
                self.sp(test);
                self.sp_stmts(body);
                self.sp_stmts(orelse);
            }
            StmtKind::With { items, body, is_async } => {
                open(self, if *is_async { "AsyncWith" } else { "With" });
                self.out.push(' ');
                self.list(items, |dumper, item| {
                    dumper.out.push_str("(withitem");
                    dumper.sp(&item.context);
                    dumper.opt(item.target.as_ref());
                    dumper.out.push(')');
                });
                self.sp_stmts(body);
            }
            StmtKind::Match { subject, cases } => {
                open(self, "Match");
                self.sp(subject);
                self.out.push(' ');
                self.list(cases, |dumper, case| {
                    dumper.out.push_str("(match_case ");
                    dumper.pattern(&case.pattern);
                    dumper.opt(case.guard.as_ref());
                    dumper.sp_stmts(&case.body);
                    dumper.out.push(')');
                });
            }
            StmtKind::Raise { exc, cause } => {
                open(self, "Raise");
                self.opt(exc.as_ref());
                self.opt(cause.as_ref());
            }
            StmtKind::Try(t) => {
                open(self, if t.is_star { "TryStar" } else { "Try" });
                self.sp_stmts(&t.body);
                self.out.push(' ');
                self.list(&t.handlers, Self::handler);
                self.sp_stmts(&t.orelse);
                self.sp_stmts(&t.finalbody);
            }
            StmtKind::Assert { test, msg } => {
                open(self, "Assert");
                self.sp(test);
                self.opt(msg.as_ref());
            }
            StmtKind::Import(names) => {
                open(self, "Import");
                self.aliases(names);
            }
            StmtKind::ImportFrom { module, names, level } => {
                open(self, "ImportFrom");
                self.opt_name(module.as_deref());
                self.aliases(names);
                self.text(&level.to_string());
            }
            StmtKind::Global(names) => {
                open(self, "Global");
                self.idents(names);
            }
            StmtKind::Nonlocal(names) => {
                open(self, "Nonlocal");
                self.idents(names);
            }
            StmtKind::Expr(value) => {
                open(self, "Expr");
                self.sp(value);
            }
            StmtKind::Pass => open(self, "Pass"),
            StmtKind::Break => open(self, "Break"),
            StmtKind::Continue => open(self, "Continue"),
        }
        self.out.push(')');
    }

    fn handler(&mut self, handler: &ExceptHandler) {
        self.open("ExceptHandler", handler.span);
        self.opt(handler.typ.as_ref());
        self.opt_name(handler.name.as_ref().map(|name| name.name.as_str()));
        self.sp_stmts(&handler.body);
        self.out.push(')');
    }

    fn aliases(&mut self, names: &[Alias]) {
        self.out.push(' ');
        self.list(names, |dumper, alias| {
            dumper.open("alias", alias.span);
            dumper.text(&alias.name);
            dumper.opt_name(alias.asname.as_deref());
            dumper.out.push(')');
        });
    }

    fn params(&mut self, params: &Params) {
        self.out.push_str(" (arguments");
        self.param_list(&params.posonly);
        self.param_list(&params.args);
        self.opt_param(params.vararg.as_ref());
        self.param_list(&params.kwonly);
        self.out.push_str(" [");
        for (index, param) in params.kwonly.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            match &param.default {
                Some(default) => self.expr(default),
                None => self.out.push('~'),
            }
        }
        self.out.push(']');
        self.opt_param(params.kwarg.as_ref());
        self.out.push(' ');
        let defaults: Vec<_> = params
            .posonly
            .iter()
            .chain(&params.args)
            .filter_map(|p| p.default.as_ref())
            .collect();
        self.list(&defaults, |dumper, default| dumper.expr(default));
        self.out.push(')');
    }

    fn param_list(&mut self, params: &[Param]) {
        self.out.push(' ');
        self.list(params, Self::param);
    }

    fn opt_param(&mut self, param: Option<&Param>) {
        match param {
            Some(param) => {
                self.out.push(' ');
                self.param(param);
            }
            None => self.text("~"),
        }
    }

    fn param(&mut self, param: &Param) {
        self.out.push_str("(arg");
        self.text(&param.name.name);
        self.opt(param.annotation.as_ref());
        self.out.push(')');
    }

    fn keywords(&mut self, keywords: &[Keyword]) {
        self.out.push(' ');
        self.list(keywords, |dumper, keyword| {
            dumper.out.push_str("(keyword");
            dumper.opt_name(keyword.arg.as_ref().map(|arg| arg.name.as_str()));
            dumper.sp(&keyword.value);
            dumper.out.push(')');
        });
    }

    fn generators(&mut self, generators: &[Comprehension]) {
        self.out.push(' ');
        self.list(generators, |dumper, generator| {
            dumper.out.push_str("(comprehension");
            dumper.sp(&generator.target);
            dumper.sp(&generator.iter);
            dumper.exprs(&generator.ifs);
            dumper.text(if generator.is_async { "1" } else { "0" });
            dumper.out.push(')');
        });
    }

    fn patterns(&mut self, patterns: &[Pattern]) {
        self.out.push(' ');
        self.list(patterns, Self::pattern);
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::Value(value) => {
                self.out.push_str("(MatchValue");
                self.sp(value);
            }
            PatternKind::Singleton(value) => {
                self.out.push_str("(MatchSingleton");
                self.text(&constant(value));
            }
            PatternKind::Sequence(patterns) => {
                self.out.push_str("(MatchSequence");
                self.patterns(patterns);
            }
            PatternKind::Mapping { keys, patterns, rest } => {
                self.out.push_str("(MatchMapping");
                self.exprs(keys);
                self.patterns(patterns);
                self.opt_name(rest.as_ref().map(|rest| rest.name.as_str()));
            }
            PatternKind::Class {
                cls,
                patterns,
                kwd_attrs,
                kwd_patterns,
            } => {
                self.out.push_str("(MatchClass");
                self.sp(cls);
                self.patterns(patterns);
                self.idents(kwd_attrs);
                self.patterns(kwd_patterns);
            }
            PatternKind::Star(name) => {
                self.out.push_str("(MatchStar");
                self.opt_name(name.as_ref().map(|name| name.name.as_str()));
            }
            PatternKind::As { pattern, name } => {
                self.out.push_str("(MatchAs");
                match pattern {
                    Some(pattern) => {
                        self.out.push(' ');
                        self.pattern(pattern);
                    }
                    None => self.text("~"),
                }
                self.opt_name(name.as_ref().map(|name| name.name.as_str()));
            }
            PatternKind::Or(patterns) => {
                self.out.push_str("(MatchOr");
                self.patterns(patterns);
            }
        }
        self.out.push(')');
    }

    fn expr(&mut self, expr: &Expr) {
        let open = |dumper: &mut Self, name: &str| dumper.open(name, expr.span);
        match &expr.kind {
            ExprKind::BoolOp { op, values } => {
                open(self, "BoolOp");
                self.text(&format!("({op:?})"));
                self.exprs(values);
            }
            ExprKind::NamedExpr { target, value } => {
                open(self, "NamedExpr");
                self.out.push(' ');
                self.open("Name", target.span);
                self.text(&target.name);
                self.out.push(')');
                self.sp(value);
            }
            ExprKind::BinOp { left, op, right } => {
                open(self, "BinOp");
                self.sp(left);
                self.text(&format!("({op:?})"));
                self.sp(right);
            }
            ExprKind::UnaryOp { op, operand } => {
                open(self, "UnaryOp");
                self.text(&format!("({op:?})"));
                self.sp(operand);
            }
            ExprKind::Lambda { params, body } => {
                open(self, "Lambda");
                self.params(params);
                self.sp(body);
            }
            ExprKind::IfExp { test, body, orelse } => {
                open(self, "IfExp");
                self.sp(test);
                self.sp(body);
                self.sp(orelse);
            }
            ExprKind::Dict { keys, values } => {
                open(self, "Dict");
                self.out.push(' ');
                self.list(keys, |dumper, key| match key {
                    Some(key) => dumper.expr(key),
                    None => dumper.out.push('~'),
                });
                self.exprs(values);
            }
            ExprKind::Set(elements) => {
                open(self, "Set");
                self.exprs(elements);
            }
            ExprKind::ListComp { elt, generators } => {
                open(self, "ListComp");
                self.sp(elt);
                self.generators(generators);
            }
            ExprKind::SetComp { elt, generators } => {
                open(self, "SetComp");
                self.sp(elt);
                self.generators(generators);
            }
            ExprKind::DictComp { key, value, generators } => {
                open(self, "DictComp");
                self.sp(key);
                self.sp(value);
                self.generators(generators);
            }
            ExprKind::GeneratorExp { elt, generators } => {
                open(self, "GeneratorExp");
                self.sp(elt);
                self.generators(generators);
            }
            ExprKind::Await(value) => {
                open(self, "Await");
                self.sp(value);
            }
            ExprKind::Yield(value) => {
                open(self, "Yield");
                self.opt(value.as_deref());
            }
            ExprKind::YieldFrom(value) => {
                open(self, "YieldFrom");
                self.sp(value);
            }
            ExprKind::Compare { left, ops, comparators } => {
                open(self, "Compare");
                self.sp(left);
                self.out.push(' ');
                self.list(ops, |dumper, op| {
                    let _ = write!(dumper.out, "({op:?})");
                });
                self.exprs(comparators);
            }
            ExprKind::Call { func, args, keywords } => {
                open(self, "Call");
                self.sp(func);
                self.exprs(args);
                self.keywords(keywords);
            }
            ExprKind::JoinedStr(values) => {
                open(self, "JoinedStr");
                let placed = std::mem::replace(&mut self.placed, false);
                self.exprs(values);
                self.placed = placed;
            }
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            } => {
                open(self, "FormattedValue");
                self.sp(value);
                self.text(match conversion {
                    Conversion::None => "-1",
                    Conversion::Str => "115",
                    Conversion::Repr => "114",
                    Conversion::Ascii => "97",
                });
                self.opt(format_spec.as_deref());
            }
            ExprKind::Constant(value) => {
                open(self, "Constant");
                self.text(&constant(value));
            }
            ExprKind::Attribute { value, attr } => {
                open(self, "Attribute");
                self.sp(value);
                self.text(&attr.name);
            }
            ExprKind::Subscript { value, slice } => {
                open(self, "Subscript");
                self.sp(value);
                self.sp(slice);
            }
            ExprKind::Starred(value) => {
                open(self, "Starred");
                self.sp(value);
            }
            ExprKind::Name(name) => {
                open(self, "Name");
                self.text(name);
            }
            ExprKind::List(elements) => {
                open(self, "List");
                self.exprs(elements);
            }
            ExprKind::Tuple(elements) => {
                open(self, "Tuple");
                self.exprs(elements);
            }
            ExprKind::Slice { lower, upper, step } => {
                open(self, "Slice");
                self.opt(lower.as_deref());
                self.opt(upper.as_deref());
                self.opt(step.as_deref());
            }
        }
        self.out.push(')');
    }
}

fn constant(value: &Constant) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match value {
        Constant::None => "None".to_owned(),
        Constant::Bool(true) => "True".to_owned(),
        Constant::Bool(false) => "False".to_owned(),
        Constant::Ellipsis => "...".to_owned(),
        Constant::Int(value) => format!("i{value:x}"),
        Constant::Float(value) => format!("f{:016x}", value.to_bits()),
        Constant::Imaginary(value) => format!("c{:016x}", value.to_bits()),
        Constant::Str(text) => format!("s{}", hex(text.as_bytes())),
        Constant::Bytes(bytes) => format!("b{}", hex(bytes)),
        Constant::SurrogateStr(codes) => {
            let bytes: Vec<u8> = codes.iter().flat_map(|&code| wide_utf8(code)).collect();
            format!("s{}", hex(&bytes))
        }
    }
}

/// UTF-8 that also encodes surrogates, as Python's `surrogatepass` does.
fn wide_utf8(code: u32) -> Vec<u8> {
    match char::from_u32(code) {
        Some(c) => c.to_string().into_bytes(),
        None => vec![
            0xe0 | (code >> 12) as u8,
            0x80 | (code >> 6 & 0x3f) as u8,
            0x80 | (code & 0x3f) as u8,
        ],
    }
}
