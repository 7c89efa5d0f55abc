//! Operations on values of known type: one row each, in `rows.table`.
//!
//! A row reads `name(types) -> type = template`, with `!=` where the operation can raise. Types: `int`, `list[A]`, ...;
//! a capital letter stands for any type, the same one wherever it occurs; `~float` also takes ints and bools, converted
//! as Python converts them. In the template `{0}` is the first operand as a place (for method calls) or as a number,
//! `{&0}` a reference to it, `{=0}` the owned value.

use super::ty::Ty;
use std::collections::HashMap;
use std::sync::OnceLock;

#[derive(Debug)]
pub struct Row {
    pub name: String,
    pub params: Vec<Pattern>,
    pub ret: Pattern,
    pub raises: bool,
    pub template: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    None,
    Bool,
    Int,
    Float,
    Wide,
    /// A wide int, or an int or bool converted to one.
    AsWide,
    /// A float, or an int or bool converted to one.
    AsFloat,
    Str,
    Bytes,
    Dyn,
    Var(char),
    /// A type variable for what can key a dict or be ordered without running code of the program.
    Tuple(Vec<Pattern>),
    List(Box<Pattern>),
    Set(Box<Pattern>),
    /// A dict of any kind.
    Dict(Box<Pattern>, Box<Pattern>),
    DefaultDict(Box<Pattern>, Box<Pattern>),
    Counter(Box<Pattern>),
    Deque(Box<Pattern>),
    Opt(Box<Pattern>),
}

/// The row by which `container[index] op= value` is done in place, for numbers and strings; None where there is none, and
/// the item has to be dynamic.
pub fn in_place(operator: &str, content: &Ty, value: &Ty) -> Option<&'static Row> {
    let fits = |pattern: &Pattern, ty: &Ty| {
        matches!(
            (pattern, ty),
            (Pattern::Int, Ty::Int)
                | (Pattern::Wide, Ty::Wide)
                | (Pattern::AsWide, Ty::Wide | Ty::Int)
                | (Pattern::Float, Ty::Float)
                | (Pattern::AsFloat, Ty::Float | Ty::Int)
                | (Pattern::Str, Ty::Str)
        )
    };
    // What is added may be a bool, which counts as an int; what it is added to may not: it would become one.
    let value = if *value == Ty::Bool { &Ty::Int } else { value };
    let row = named(operator)
        .iter()
        .find(|row| row.params.len() == 2 && fits(&row.params[0], content) && fits(&row.params[1], value))?;
    // The result goes back where the operand came from.
    let widened = row.ret == Pattern::Int && *content == Ty::Wide;
    let narrower = matches!(row.params[0], Pattern::AsFloat | Pattern::AsWide) && *content == Ty::Int;
    let same = (fits(&row.ret, content) || widened) && !narrower;
    same.then_some(row)
}

/// The row of the same operands by which a loop takes the items of a new list one after the other.
pub fn one_by_one(row: &Row) -> Option<&'static Row> {
    variant("each", row)
}

/// The row of the same operands that makes its last operand only where it is needed.
pub fn late_operand(row: &Row) -> Option<&'static Row> {
    variant("fresh", row)
}

fn variant(word: &str, row: &Row) -> Option<&'static Row> {
    (named(&format!("{word} {}", row.name)).iter()).find(|other| other.params == row.params)
}

/// The rows with this name, in the order of the table.
pub fn named(name: &str) -> &'static [Row] {
    static TABLE: OnceLock<HashMap<String, Vec<Row>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: HashMap<String, Vec<Row>> = HashMap::new();
        for line in include_str!("rows.table").lines() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                let row = parse(line);
                table.entry(row.name.clone()).or_default().push(row);
            }
        }
        table
    });
    table.get(name).map_or(&[], Vec::as_slice)
}

/// One line of the table. A line that is no row is a fault of the table, found by the tests that read it.
fn parse(line: &str) -> Row {
    let open = line.find('(').unwrap_or_else(|| panic!("no operands in row {line:?}"));
    let arrow = line
        .find(") -> ")
        .unwrap_or_else(|| panic!("no result in row {line:?}"));
    let (name, params) = (&line[..open], &line[open + 1..arrow]);
    let rest = &line[arrow + 5..];
    let (ret, raises, template) = match (rest.find(" != "), rest.find(" = ")) {
        (Some(at), None) => (&rest[..at], true, &rest[at + 4..]),
        (Some(at), Some(plain)) if at < plain => (&rest[..at], true, &rest[at + 4..]),
        (_, Some(at)) => (&rest[..at], false, &rest[at + 3..]),
        (None, None) => panic!("no template in row {line:?}"),
    };
    let mut reader = Reader { text: params, at: 0 };
    let params = reader.list();
    Row {
        name: name.to_owned(),
        params,
        ret: Reader { text: ret, at: 0 }.pattern(),
        raises,
        template: template.to_owned(),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn list(&mut self) -> Vec<Pattern> {
        let mut items = Vec::new();
        self.skip();
        while self.at < self.text.len() && !self.text[self.at..].starts_with(']') {
            items.push(self.pattern());
            self.skip();
        }
        items
    }

    fn skip(&mut self) {
        while self.text[self.at..].starts_with([' ', ',']) {
            self.at += 1;
        }
    }

    fn inner(&mut self) -> Vec<Pattern> {
        self.at += 1;
        let items = self.list();
        self.at += 1;
        items
    }

    fn pattern(&mut self) -> Pattern {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '~'))
            .unwrap_or(rest.len());
        let word = &rest[..end];
        self.at += end;
        let mut args = if self.text[self.at..].starts_with('[') {
            self.inner()
        } else {
            Vec::new()
        };
        let mut next = || Box::new(args.remove(0));
        match word {
            "none" => Pattern::None,
            "bool" => Pattern::Bool,
            "int" => Pattern::Int,
            "float" => Pattern::Float,
            "~float" => Pattern::AsFloat,
            "wide" => Pattern::Wide,
            "~wide" => Pattern::AsWide,
            "str" => Pattern::Str,
            "bytes" => Pattern::Bytes,
            "any" => Pattern::Dyn,
            "list" => Pattern::List(next()),
            "set" => Pattern::Set(next()),
            "deque" => Pattern::Deque(next()),
            "counter" => Pattern::Counter(next()),
            "defaultdict" => {
                let key = next();
                Pattern::DefaultDict(key, next())
            }
            "opt" => Pattern::Opt(next()),
            "dict" => {
                let key = next();
                Pattern::Dict(key, next())
            }
            "tuple" => Pattern::Tuple(args),
            _ => match word.chars().next() {
                Some(c) if word.len() == 1 && c.is_ascii_uppercase() => Pattern::Var(c),
                _ => panic!("no type {word:?} in row types {:?}", self.text),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_row() {
        let count = include_str!("rows.table")
            .lines()
            .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
            .count();
        assert!(count > 100);
        assert!(named("len").len() > 2);
    }

    #[test]
    fn a_row_is_read_in_its_parts() {
        let row = parse("list.index(list[A], A) -> int != {0}.index({&1}, 0, i64::MAX)");
        assert_eq!(row.name, "list.index");
        assert_eq!(
            row.params,
            vec![Pattern::List(Box::new(Pattern::Var('A'))), Pattern::Var('A')]
        );
        assert_eq!(row.ret, Pattern::Int);
        assert!(row.raises);
    }
}
