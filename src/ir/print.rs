//! The IR as text: the same text for the same program, readable, with everything that a pass decides in it.
//!
//! A local is printed as `name%3`, a module variable as `name@2`, a function as `name#5`, a class as `name!1`. A type stands
//! behind an expression where it is not the dynamic one and cannot be read off what stands there already.

use super::func::{Class, ClassId, Flavor, FuncId, Function, GlobalId, GlobalKind, LocalId, Param, ParamKind, Program};
use super::func::{RecordId, Storage};
use super::ops::{
    Arg, AugTarget, Block, Callee, Clause, CompKind, Const, Expr, ExprKind, Handler, Keyed, Piece, Source, Stmt,
    StmtKind, Target, Use,
};
use super::ty::Ty;
use crate::syntax::ast::{CmpOp, Conversion, UnaryOp};
use std::fmt::Write;

/// The whole program.
pub fn program(program: &Program) -> String {
    let printer = Printer { program };
    let mut out = String::new();
    for module in &program.modules {
        let _ = writeln!(out, "module {} init #{}", module.name, shown_id(module.init));
    }
    for (id, keys) in &program.records {
        let _ = writeln!(out, "record {}", printer.record(*id, keys));
    }
    for (at, class) in program.classes.iter().enumerate() {
        out.push_str(&printer.class(ClassId(at as u32), class));
    }
    for (at, global) in program.globals.iter().enumerate() {
        let kind = match global.kind {
            GlobalKind::Function(id) => format!(" = {}", printer.function_name(id)),
            GlobalKind::Class(id) => format!(" = {}", printer.class_name(id)),
            GlobalKind::Variable => String::new(),
        };
        let _ = writeln!(out, "global {}@{at}: {}{kind}", global.name, global.ty);
    }
    for one in &program.functions {
        out.push('\n');
        out.push_str(&printer.function(one));
    }
    out
}

/// One function of the program.
pub fn function(program: &Program, function: &Function) -> String {
    Printer { program }.function(function)
}

/// One expression of the function.
pub fn expression(program: &Program, function: &Function, e: &Expr) -> String {
    let body = Body {
        printer: &Printer { program },
        function,
        out: String::new(),
        depth: 0,
    };
    body.expr(e)
}

/// The function's name and id.
pub fn function_name(program: &Program, id: FuncId) -> String {
    Printer { program }.function_name(id)
}

fn shown_id(id: FuncId) -> String {
    if id.0 == u32::MAX {
        "none".to_owned()
    } else {
        id.0.to_string()
    }
}

struct Printer<'a> {
    program: &'a Program,
}

/// What belongs to the function at hand.
struct Body<'a> {
    printer: &'a Printer<'a>,
    function: &'a Function,
    out: String,
    depth: usize,
}

impl Printer<'_> {
    fn function_name(&self, id: FuncId) -> String {
        let name = self.program.functions.get(id.index()).map_or("?", |f| f.name.as_str());
        format!("{name}#{}", shown_id(id))
    }

    fn class_name(&self, id: ClassId) -> String {
        let name = self.program.classes.get(id.index()).map_or("?", |c| c.name.as_str());
        format!("{name}!{}", id.0)
    }

    fn global_name(&self, id: GlobalId) -> String {
        let name = self.program.globals.get(id.index()).map_or("?", |g| g.name.as_str());
        format!("{name}@{}", id.0)
    }

    fn record(&self, id: RecordId, keys: &[(String, Ty)]) -> String {
        format!("{} {}", id.0, self.fields(keys))
    }

    fn fields(&self, fields: &[(String, Ty)]) -> String {
        let fields: Vec<String> = fields
            .iter()
            .map(|(name, ty)| format!("{name:?}: {}", typed(ty)))
            .collect();
        format!("{{{}}}", fields.join(", "))
    }

    fn class(&self, id: ClassId, class: &Class) -> String {
        let methods: Vec<String> = class.methods.iter().map(|id| self.function_name(*id)).collect();
        let layout = class
            .layout
            .as_ref()
            .map_or(String::new(), |fields| format!(" layout {}", self.fields(fields)));
        format!("class {} [{}]{layout}\n", self.class_name(id), methods.join(", "))
    }

    fn function(&self, function: &Function) -> String {
        let mut body = Body {
            printer: self,
            function,
            out: String::new(),
            depth: 1,
        };
        let params: Vec<String> = function.params.iter().map(|p| body.param(p)).collect();
        let flavor = match function.flavor {
            Flavor::Plain => "",
            Flavor::Generator => "generator ",
            Flavor::Stream => "stream ",
            Flavor::Coroutine => "coroutine ",
            Flavor::AsyncGenerator => "async generator ",
        };
        let name = format!("{}#{}", function.qualname, shown_id(function.id));
        let head = format!("{flavor}{name}({}) -> {}", params.join(", "), typed(&function.ret));
        body.locals();
        body.block(&function.body);
        format!("{head} {{\n{}}}\n", body.out)
    }
}

/// A type, with the two widths of ints told apart.
fn typed(ty: &Ty) -> String {
    match ty {
        Ty::Wide => "wide".to_owned(),
        other => other.to_string(),
    }
}

impl Body<'_> {
    fn param(&self, param: &Param) -> String {
        let marks = match param.kind {
            ParamKind::PositionalOnly => "positional ",
            ParamKind::Positional => "",
            ParamKind::KeywordOnly => "keyword ",
            ParamKind::VarArgs => "*",
            ParamKind::VarKeywords => "**",
        };
        let ty = self
            .function
            .locals
            .get(param.local.index())
            .map_or("?".to_owned(), |l| typed(&l.ty));
        let default = param
            .default
            .as_ref()
            .map_or(String::new(), |e| format!(" = {}", self.expr(e)));
        format!("{marks}{}: {ty}{default}", self.local(param.local))
    }

    fn locals(&mut self) {
        for (at, local) in self.function.locals.iter().enumerate() {
            let id = LocalId(at as u32);
            let storage = match local.storage {
                Storage::Plain => String::new(),
                Storage::Cell => " cell".to_owned(),
                Storage::Captured(outer) => format!(" captured %{}", outer.0),
            };
            if storage.is_empty() && self.function.params.iter().any(|p| p.local == id) {
                continue;
            }
            let temporary = if local.temporary { " temporary" } else { "" };
            self.line(&format!(
                "local {}: {}{storage}{temporary}",
                self.local(id),
                typed(&local.ty)
            ));
        }
    }

    fn line(&mut self, text: &str) {
        for _ in 0..self.depth {
            self.out.push_str("    ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn block(&mut self, block: &Block) {
        block.iter().for_each(|stmt| self.stmt(stmt));
    }

    /// `head { ... }`
    fn region(&mut self, head: &str, block: &Block) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
        self.block(block);
        self.depth -= 1;
        self.line("}");
    }

    /// A region that is left out where nothing stands in it.
    fn optional_region(&mut self, head: &str, block: &Block) {
        if !block.is_empty() {
            self.region(head, block);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign { value, target } => self.line(&format!("{} = {}", self.target(target), self.expr(value))),
            StmtKind::Aug { target, op, value } => {
                let target = self.aug_target(target);
                self.line(&format!("{target} {}= {}", op.symbol(), self.expr(value)));
            }
            StmtKind::DelLocal(id) => self.line(&format!("del {}", self.local(*id))),
            StmtKind::DelGlobal(id) => self.line(&format!("del {}", self.printer.global_name(*id))),
            StmtKind::DelItem { object, index } => {
                self.line(&format!("del {}[{}]", self.expr(object), self.expr(index)));
            }
            StmtKind::DelAttr { object, name } => self.line(&format!("del {}.{name}", self.expr(object))),
            StmtKind::Expr(e) => self.line(&self.expr(e)),
            StmtKind::If { cond, then, orelse } => {
                self.region(&format!("if {}", self.expr(cond)), then);
                self.optional_region("else", orelse);
            }
            StmtKind::While {
                label,
                cond,
                body,
                orelse,
            } => {
                self.region(&format!("'{} while {}", label.0, self.expr(cond)), body);
                self.optional_region("else", orelse);
            }
            StmtKind::For {
                label,
                iter,
                target,
                body,
                orelse,
            } => {
                let head = format!("'{} for {} in {}", label.0, self.target(target), self.expr(iter));
                self.region(&head, body);
                self.optional_region("else", orelse);
            }
            StmtKind::Break(label) => self.line(&format!("break '{}", label.0)),
            StmtKind::Continue(label) => self.line(&format!("continue '{}", label.0)),
            StmtKind::Return(e) => self.line(&format!("return {}", self.expr(e))),
            StmtKind::Raise { exc, cause } => {
                let cause = cause
                    .as_ref()
                    .map_or(String::new(), |e| format!(" from {}", self.expr(e)));
                self.line(&format!("raise {}{cause}", self.expr(exc)));
            }
            StmtKind::Reraise => self.line("raise"),
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finally,
            } => {
                self.region("try", body);
                handlers.iter().for_each(|handler| self.handler(handler));
                self.optional_region("else", orelse);
                self.optional_region("finally", finally);
            }
            StmtKind::With {
                manager,
                target,
                body,
                is_async,
            } => {
                let target = target
                    .as_ref()
                    .map_or(String::new(), |t| format!(" as {}", self.target(t)));
                let head = if *is_async { "async with" } else { "with" };
                self.region(&format!("{head} {}{target}", self.expr(manager)), body);
            }
        }
    }

    fn handler(&mut self, handler: &Handler) {
        let class = handler
            .class
            .as_ref()
            .map_or(String::new(), |e| format!(" {}", self.expr(e)));
        let name = handler
            .name
            .map_or(String::new(), |id| format!(" as {}", self.local(id)));
        self.region(&format!("except{class}{name}"), &handler.body);
    }

    fn local(&self, id: LocalId) -> String {
        let name = self.function.locals.get(id.index()).map_or("?", |l| l.name.as_str());
        format!("{name}%{}", id.0)
    }

    fn target(&self, target: &Target) -> String {
        match target {
            Target::Local(id) => self.local(*id),
            Target::Global(id) => self.printer.global_name(*id),
            Target::Item { object, index } => format!("{}[{}]", self.expr(object), self.expr(index)),
            Target::Attr { object, name } => format!("{}.{name}", self.expr(object)),
            Target::Unpack { parts, star } => {
                let part = |(at, part)| format!("{}{}", if *star == Some(at) { "*" } else { "" }, self.target(part));
                let parts: Vec<String> = parts.iter().enumerate().map(part).collect();
                format!("({})", parts.join(", "))
            }
        }
    }

    fn aug_target(&self, target: &AugTarget) -> String {
        match target {
            AugTarget::Local(id) => self.local(*id),
            AugTarget::Global(id) => self.printer.global_name(*id),
            AugTarget::Item { object, index } => format!("{}[{}]", self.expr(object), self.expr(index)),
            AugTarget::Attr { object, name } => format!("{}.{name}", self.expr(object)),
        }
    }

    /// The expression, with its type where that says something new.
    fn expr(&self, e: &Expr) -> String {
        let text = self.kind(e);
        if self.says_its_type(e) {
            text
        } else {
            format!("({text}: {})", typed(&e.ty))
        }
    }

    fn says_its_type(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Local(id, _) => self.function.locals.get(id.index()).is_some_and(|l| l.ty == e.ty),
            ExprKind::Global(id) => self
                .printer
                .program
                .globals
                .get(id.index())
                .is_some_and(|g| g.ty == e.ty),
            ExprKind::Truth(_) | ExprKind::Not(_) => e.ty == Ty::Bool,
            ExprKind::Source(_) => true,
            ExprKind::Const(c) => matches!(
                (c, &e.ty),
                (_, Ty::Dyn)
                    | (Const::None, Ty::None)
                    | (Const::Bool(_), Ty::Bool)
                    | (Const::Int(_), Ty::Int)
                    | (Const::Float(_), Ty::Float)
                    | (Const::Str(_), Ty::Str)
                    | (Const::Bytes(_), Ty::Bytes)
            ),
            _ => e.ty.is_dyn(),
        }
    }

    fn kind(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::Const(c) => constant(c),
            ExprKind::Local(id, Use::Shared) => self.local(*id),
            ExprKind::Local(id, Use::Last) => format!("move {}", self.local(*id)),
            ExprKind::Global(id) => self.printer.global_name(*id),
            ExprKind::Builtin(name) => format!("builtin {name}"),
            ExprKind::Library { module, name } => format!("library {module}.{name}"),
            ExprKind::ModuleValue(name) => format!("module {name}"),
            ExprKind::MakeFunction {
                func,
                defaults,
                kw_defaults,
            } => self.make_function(*func, defaults, kw_defaults),
            ExprKind::MakeClass {
                class,
                bases,
                keywords,
                namespace,
            } => {
                let bases = bases.iter().map(|e| self.expr(e));
                let keywords = keywords.iter().map(|(name, e)| format!("{name}={}", self.expr(e)));
                let heads: Vec<String> = bases.chain(keywords).collect();
                let names: Vec<String> = namespace
                    .iter()
                    .map(|(name, id)| format!("{name}: {}", self.local(*id)))
                    .collect();
                let class = self.printer.class_name(*class);
                format!("class {class}({}) {{{}}}", heads.join(", "), names.join(", "))
            }
            ExprKind::Unary { op, operand } => format!("{}{}", unary(*op), self.expr(operand)),
            ExprKind::Binary { op, left, right } => self.infix(left, op.symbol(), right),
            ExprKind::Compare { op, left, right } => self.infix(left, comparison(*op), right),
            ExprKind::And(left, right) => self.infix(left, "and", right),
            ExprKind::Or(left, right) => self.infix(left, "or", right),
            ExprKind::Truth(inner) => format!("truth({})", self.expr(inner)),
            ExprKind::Not(inner) => format!("not({})", self.expr(inner)),
            ExprKind::IfExp { cond, then, orelse } => {
                format!(
                    "({} if {} else {})",
                    self.expr(then),
                    self.expr(cond),
                    self.expr(orelse)
                )
            }
            ExprKind::List(items) => format!("[{}]", self.args(items)),
            ExprKind::Tuple(items) => format!("tuple({})", self.args(items)),
            ExprKind::Set(items) => format!("set{{{}}}", self.args(items)),
            ExprKind::Dict(items) => self.dict(items),
            ExprKind::Attr { object, name } => format!("{}.{name}", self.expr(object)),
            ExprKind::Item { object, index } => format!("{}[{}]", self.expr(object), self.expr(index)),
            ExprKind::Field { object, name } => format!("{}.field({name:?})", self.expr(object)),
            ExprKind::New { class, fields } => {
                let fields: Vec<String> = fields.iter().map(|(n, e)| format!("{n}: {}", self.expr(e))).collect();
                format!("new {} {{{}}}", self.printer.class_name(*class), fields.join(", "))
            }
            ExprKind::Slice { lower, upper, step } => {
                format!("slice({}, {}, {})", self.expr(lower), self.expr(upper), self.expr(step))
            }
            ExprKind::Call { callee, args, keywords } => self.call(callee, args, keywords),
            ExprKind::Comp {
                kind,
                clauses,
                key,
                element,
            } => self.comp(*kind, clauses, key.as_deref(), element),
            ExprKind::Format(pieces) => {
                let pieces: Vec<String> = pieces.iter().map(|piece| self.piece(piece)).collect();
                format!("format({})", pieces.join(", "))
            }
            ExprKind::Yield(inner) => format!("yield({})", self.expr(inner)),
            ExprKind::YieldFrom(inner) => format!("yield_from({})", self.expr(inner)),
            ExprKind::Await(inner) => format!("await({})", self.expr(inner)),
            ExprKind::Seq(block, value) => self.sequence(block, value),
            ExprKind::CurrentException => "current_exception".to_owned(),
            ExprKind::Super { class, object } => format!("super({}, {})", self.expr(class), self.expr(object)),
            ExprKind::Op { row, args } => {
                let params: Vec<String> = args.iter().map(|e| self.expr(e)).collect();
                format!("`{}`({})", row.name, params.join(", "))
            }
            ExprKind::Convert(inner) => format!("convert({})", self.expr(inner)),
            ExprKind::Guard(inner) => format!("guard({})", self.expr(inner)),
            ExprKind::Parallel(map) => {
                let shared: Vec<String> = map.shared.iter().map(|e| self.expr(e)).collect();
                let round = self.printer.function_name(map.round);
                let optional = if map.optional { " optional" } else { "" };
                let (source, from) = (self.expr(&map.source), map.threshold);
                format!(
                    "parallel({source}, {round}, [{}], from {from}{optional})",
                    shared.join(", ")
                )
            }
            ExprKind::Keyed {
                what,
                list,
                key,
                reverse,
            } => {
                let (what, key) = (keyed(*what), self.printer.function_name(*key));
                let reverse = if *reverse { ", reverse" } else { "" };
                format!("{what}({}, key {key}{reverse})", self.expr(list))
            }
            ExprKind::Source(source) => self.source(source),
        }
    }

    fn infix(&self, left: &Expr, op: &str, right: &Expr) -> String {
        format!("({} {op} {})", self.expr(left), self.expr(right))
    }

    fn args(&self, args: &[Arg]) -> String {
        let shown = args.iter().map(|arg| match arg {
            Arg::One(e) => self.expr(e),
            Arg::Star(e) => format!("*{}", self.expr(e)),
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    fn dict(&self, items: &[(Option<Expr>, Expr)]) -> String {
        let shown = items.iter().map(|(key, value)| match key {
            Some(key) => format!("{}: {}", self.expr(key), self.expr(value)),
            None => format!("**{}", self.expr(value)),
        });
        format!("{{{}}}", shown.collect::<Vec<_>>().join(", "))
    }

    fn make_function(&self, func: FuncId, defaults: &[Expr], kw_defaults: &[Option<Expr>]) -> String {
        let positional = defaults.iter().map(|e| self.expr(e));
        let keyword = kw_defaults.iter().map(|e| {
            e.as_ref()
                .map_or("keyword".to_owned(), |e| format!("keyword {}", self.expr(e)))
        });
        let defaults: Vec<String> = positional.chain(keyword).collect();
        format!("function {}({})", self.printer.function_name(func), defaults.join(", "))
    }

    fn call(&self, callee: &Callee, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> String {
        let callee = match callee {
            Callee::Function(id) => self.printer.function_name(*id),
            Callee::Builtin(name) => format!("builtin {name}"),
            Callee::Library { module, name } => format!("library {module}.{name}"),
            Callee::Method { object, name } => format!("{}.{name}", self.expr(object)),
            Callee::Value(value) => format!("value {}", self.expr(value)),
        };
        let keywords = keywords.iter().map(|(name, e)| match name {
            Some(name) => format!("{name}={}", self.expr(e)),
            None => format!("**{}", self.expr(e)),
        });
        let mut all = vec![self.args(args)];
        all.extend(keywords);
        all.retain(|text| !text.is_empty());
        format!("{callee}({})", all.join(", "))
    }

    fn comp(&self, kind: CompKind, clauses: &[Clause], key: Option<&Expr>, element: &Expr) -> String {
        let kind = match kind {
            CompKind::List => "list",
            CompKind::Set => "set",
            CompKind::Dict => "dict",
            CompKind::Generator => "generator",
        };
        let key = key.map_or(String::new(), |e| format!("{}: ", self.expr(e)));
        let clauses = clauses.iter().map(|clause| {
            let conds: String = clause.conds.iter().map(|e| format!(" if {}", self.expr(e))).collect();
            let (label, target) = (clause.label.0, self.target(&clause.target));
            format!(" '{label} for {target} in {}{conds}", self.expr(&clause.iter))
        });
        format!("{kind}<{key}{}{}>", self.expr(element), clauses.collect::<String>())
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Literal(text) => format!("{text:?}"),
            Piece::Value {
                value,
                conversion,
                spec,
            } => {
                let conversion = match conversion {
                    Conversion::None => "",
                    Conversion::Str => "!s",
                    Conversion::Repr => "!r",
                    Conversion::Ascii => "!a",
                };
                let spec = spec.as_ref().map_or(String::new(), |e| format!(" as {}", self.expr(e)));
                format!("{}{conversion}{spec}", self.expr(value))
            }
        }
    }

    fn source(&self, source: &Source) -> String {
        match source {
            Source::Range { start, stop, step } => {
                let step = step.as_ref().map_or(String::new(), |e| format!(", {}", self.expr(e)));
                format!("each range({}, {}{step})", self.expr(start), self.expr(stop))
            }
            Source::Items(e) => format!("each item({})", self.expr(e)),
            Source::Reversed(e) => format!("each reversed({})", self.expr(e)),
            Source::DictKeys(e) => format!("each key({})", self.expr(e)),
            Source::DictValues(e) => format!("each value({})", self.expr(e)),
            Source::DictItems(e) => format!("each pair({})", self.expr(e)),
            Source::Stream(e) => format!("each given({})", self.expr(e)),
            Source::WatchedItems(e) => format!("each watched({})", self.expr(e)),
            Source::Enumerate { start, inner } => format!("numbered({}, {})", self.source(inner), self.expr(start)),
            Source::Zip(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.source(part)).collect();
                format!("zip({})", parts.join(", "))
            }
        }
    }

    /// Statements inside an expression keep the depth of the line they stand in.
    fn sequence(&self, block: &Block, value: &Expr) -> String {
        let mut inner = Body {
            printer: self.printer,
            function: self.function,
            out: String::new(),
            depth: self.depth + 1,
        };
        inner.block(block);
        inner.line(&self.expr(value));
        format!("do {{\n{}{}}}", inner.out, "    ".repeat(self.depth))
    }
}

fn constant(c: &Const) -> String {
    match c {
        Const::None => "None".to_owned(),
        Const::Bool(true) => "True".to_owned(),
        Const::Bool(false) => "False".to_owned(),
        Const::Int(value) => value.to_string(),
        Const::Float(value) => format!("{value:?}"),
        Const::Imaginary(value) => format!("{value:?}j"),
        Const::Str(text) => format!("{text:?}"),
        Const::WideStr(points) => format!("points{points:?}"),
        Const::Bytes(bytes) => format!("b\"{}\"", bytes.escape_ascii()),
        Const::Ellipsis => "...".to_owned(),
        Const::NotImplemented => "NotImplemented".to_owned(),
    }
}

fn unary(op: UnaryOp) -> &'static str {
    match op {
        UnaryOp::Invert => "~",
        UnaryOp::Not => "not ",
        UnaryOp::UAdd => "+",
        UnaryOp::USub => "-",
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => "==",
        CmpOp::NotEq => "!=",
        CmpOp::Lt => "<",
        CmpOp::LtE => "<=",
        CmpOp::Gt => ">",
        CmpOp::GtE => ">=",
        CmpOp::Is => "is",
        CmpOp::IsNot => "is not",
        CmpOp::In => "in",
        CmpOp::NotIn => "not in",
    }
}

fn keyed(what: Keyed) -> &'static str {
    match what {
        Keyed::Sorted => "sorted",
        Keyed::Sort => "sort",
        Keyed::Min => "min",
        Keyed::Max => "max",
    }
}
