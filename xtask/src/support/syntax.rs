//! Every construct of the language, by a function that has it.

use super::blockers;
use pivot::compile::Verdicts;
use std::fmt::Write;

/// What it is, and a function with it.
const CONSTRUCTS: &[(&str, &str)] = &[
    (
        "assignment, chained, unpacked, starred",
        "a = b = x\n(c, *d), e = [a, b], 1\nreturn a, b, c, d, e",
    ),
    ("augmented assignment", "x += 1\nx //= 2\nreturn x"),
    ("annotated assignment", "y: int = x\nreturn y"),
    ("`del`", "y = [x]\ndel y[0]\ndel y"),
    (
        "`if`, `elif`, `else`",
        "if x:\n    return 1\nelif x is None:\n    return 2\nelse:\n    return 3",
    ),
    (
        "`for` and `else`",
        "for i in x:\n    if i:\n        break\nelse:\n    return 1",
    ),
    (
        "`while` and `else`, `break`, `continue`",
        "while x:\n    x -= 1\n    continue\nelse:\n    return 1",
    ),
    (
        "`try`, `except`, `else`, `finally`",
        "try:\n    x()\nexcept ValueError as e:\n    return str(e)\nelse:\n    return 1\nfinally:\n    x = 1",
    ),
    ("`except*`", "try:\n    x()\nexcept* ValueError:\n    pass"),
    (
        "`raise`, `raise ... from`, bare `raise`",
        "try:\n    raise KeyError(x)\nexcept KeyError as e:\n    raise ValueError(x) from e",
    ),
    ("`assert`", "assert x, 'why'"),
    ("`with`", "with open(x) as a, open(x) as b:\n    return a, b"),
    (
        "`match`: values, sequences, mappings, classes, guards",
        "match x:\n    case 1 | 2:\n        return 1\n    case [a, *b] if a:\n        return b\n    case {'k': v, **rest}:\n        return v, rest\n    case str() as s:\n        return s\n    case _:\n        return 0",
    ),
    ("`global`", "global shared\nshared = x"),
    (
        "`nonlocal`",
        "def inner():\n    nonlocal x\n    x += 1\n    return x\nreturn inner()",
    ),
    (
        "`import` in a function",
        "import math\nfrom os import path as p\npass\nreturn math.pi, p, ...",
    ),
    (
        "nested functions and closures",
        "def inner(y=x, *a, z=1, **k):\n    return x, y, a, z, k\nreturn inner",
    ),
    (
        "a class in a function",
        "class C:\n    y = x\n    def m(self):\n        return self.y\nreturn C().m()",
    ),
    (
        "decorators",
        "import functools\n@functools.lru_cache\ndef inner(y):\n    return y\nreturn inner(x)",
    ),
    ("`lambda`", "return (lambda a, *b, c=1, **d: (a, b, c, d))(x)"),
    (
        "generators: `yield`, `yield from`",
        "yield x\ny = yield from x\nreturn y",
    ),
    (
        "list, set and dict comprehensions",
        "return [a for a in x if a], {a for b in x for a in b}, {a: 1 for a in x}",
    ),
    (
        "list, set, tuple and dict displays",
        "return [x], {x, 1}, (x,), {x: 1, **x}",
    ),
    ("generator expressions", "return sum(a for a in x)"),
    ("`:=`", "if (y := x) > 1:\n    return y"),
    (
        "conditional expressions, `and`, `or`, `not`",
        "return (x and 1) if not x else (x or 2)",
    ),
    (
        "comparisons, chained; `in`, `is`",
        "return 1 < x <= 3, x in [1], x not in [2], x is None, x is not None",
    ),
    (
        "arithmetic and bitwise operators",
        "return x + 1 - 2 * 3 / 4 // 5 % 6 ** 2 << 1 >> 1 & 7 | 8 ^ ~x, +x, -x",
    ),
    ("matrix multiplication", "return x @ x"),
    (
        "indexing and slicing, with steps, stored and deleted",
        "x[1:2] = [3]\ndel x[::2]\nreturn x[0], x[1:], x[::-1], x[1, 2]",
    ),
    ("attributes, stored and deleted", "x.a = 1\ndel x.a\nreturn x.b"),
    ("calls with `*` and `**`", "return print(*x, sep='', **{})"),
    (
        "f-strings with formats and conversions",
        "return f'{x!r:>{10}} {x=} {x:.2f}'",
    ),
    (
        "`async def`, `await`",
        "async def inner():\n    return await x\nreturn inner()",
    ),
    (
        "`async for`",
        "async def inner():\n    async for a in x:\n        pass\nreturn inner()",
    ),
    (
        "`async with`",
        "async def inner():\n    async with x as a:\n        return a\nreturn inner()",
    ),
    (
        "asynchronous generators",
        "async def inner():\n    yield x\nreturn inner()",
    ),
    (
        "asynchronous comprehensions",
        "async def inner():\n    return [a async for a in x]\nreturn inner()",
    ),
    ("`eval`, `exec`, `globals`", "return eval(x)"),
];

pub fn section(verdicts: &Verdicts<'_>) -> String {
    let mut text = String::from("## Syntax\n\n| construct | translated | otherwise |\n| --- | --- | --- |\n");
    for (what, body) in CONSTRUCTS {
        let lines: String = body.lines().map(|line| format!("    {line}\n")).collect();
        let asked = format!("def f(x):\n{lines}");
        let refused = blockers(verdicts, &asked).into_iter().flatten().next();
        let (answer, reason) = match refused {
            None => ("yes", String::new()),
            Some(first) => (
                "refused",
                format!("{}: {}", first.code.id, first.message.replace('|', "\\|")),
            ),
        };
        let _ = writeln!(text, "| {} | {answer} | {reason} |", what.replace('|', "\\|"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::CONSTRUCTS;
    use std::collections::BTreeSet;

    /// The variants of an enum of the syntax tree, read from its definition.
    fn variants(of: &str) -> BTreeSet<String> {
        let source = include_str!("../../../src/syntax/ast.rs");
        let start = source.find(&format!("pub enum {of} {{")).expect("the enum is there");
        let body = source[start..].lines().skip(1).take_while(|line| *line != "}");
        let names = body.filter_map(|line| {
            line.strip_prefix("    ")
                .filter(|rest| rest.starts_with(char::is_uppercase))
        });
        names
            .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect())
            .collect()
    }

    #[test]
    fn every_node_of_the_syntax_tree_is_asked_for() {
        let mut shown = String::new();
        for (_, body) in CONSTRUCTS {
            let lines: String = body.lines().map(|line| format!("    {line}\n")).collect();
            let module = pivot::syntax::parse(&format!("def f(x):\n{lines}")).expect("Python");
            shown.push_str(&format!("{module:?}"));
        }
        for name in variants("StmtKind").iter().chain(&variants("ExprKind")) {
            let used = ["(", " {", " "]
                .iter()
                .any(|end| shown.contains(&format!("kind: {name}{end}")));
            assert!(
                used || shown.contains(&format!("kind: {name},")),
                "no construct has {name}"
            );
        }
    }
}
