//! Random programs: classes, functions that use one another, and a main block that calls them.

use super::body::Body;
use super::expr::{Callable, Scope};
use super::kind::Kind;
use pivot::parity::cases::rng::Rng;

/// A program, in parts that can be taken out one by one.
#[derive(Clone, Debug)]
pub struct Program {
    pub units: Vec<Unit>,
}

/// A class or function, and the lines of the main block that use it.
#[derive(Clone, Debug)]
pub struct Unit {
    pub name: String,
    pub lines: Vec<String>,
    pub calls: Vec<String>,
}

impl Program {
    pub fn random(rng: &mut Rng, functions: usize) -> Program {
        let classes = rng.below(3);
        let mut units: Vec<Unit> = (0..classes).map(|number| class(rng, number)).collect();
        let mut known: Vec<Callable> = Vec::new();
        for number in 0..functions {
            let (unit, callable) = function(rng, number, &known, classes);
            units.push(unit);
            known.push(callable);
        }
        Program { units }
    }

    pub fn text(&self) -> String {
        let mut text = String::from("import math\n");
        for unit in &self.units {
            text.push_str(&format!("\n\n{}\n", unit.lines.join("\n")));
        }
        text.push_str("\n\nif __name__ == '__main__':\n    pass\n");
        for unit in &self.units {
            for call in &unit.calls {
                text.push_str(&format!(
                    "    try:\n        print({call:?}, repr({call}))\n    except Exception as error:\n        \
                     print({call:?}, type(error).__name__, error)\n"
                ));
            }
        }
        text
    }
}

fn function(rng: &mut Rng, number: usize, known: &[Callable], classes: usize) -> (Unit, Callable) {
    let count = rng.between(0, 3) as usize + usize::from(rng.percent(70));
    let params: Vec<Kind> = (0..count)
        .map(|_| match rng.below(12) {
            0 if classes > 0 => Kind::Object(rng.below(classes)),
            _ => Kind::any(rng, 2),
        })
        .collect();
    let ret = Kind::any(rng, 2);
    let name = format!("f{number}");
    // Callees are few, so that no call takes long.
    let mut callees = known.to_vec();
    while callees.len() > 2 {
        callees.remove(rng.below(callees.len()));
    }
    let mut scope = Scope::new(callees, classes);
    let names: Vec<String> = params
        .iter()
        .map(|kind| {
            let name = scope.fresh();
            scope.vars.push((name.clone(), kind.clone()));
            name
        })
        .collect();
    let mut body = Body::new(rng, scope, ret.clone());
    body.fill();
    let mut lines = vec![format!("def {name}({}):", names.join(", "))];
    lines.extend(body.lines);
    let calls = (0..3)
        .map(|_| {
            let args: Vec<String> = params.iter().map(|kind| kind.literal(rng, true)).collect();
            format!("{name}({})", args.join(", "))
        })
        .collect();
    let unit = Unit {
        name: name.clone(),
        lines,
        calls,
    };
    (unit, Callable { name, params, ret })
}

/// A class with an int and a text; a later one may inherit from an earlier one.
fn class(rng: &mut Rng, number: usize) -> Unit {
    let name = format!("C{number}");
    let base = if number > 0 && rng.percent(40) { "(C0)" } else { "" };
    let mut lines = vec![
        format!("class {name}{base}:"),
        "    def __init__(self, num, word):".into(),
        "        self.num = num".into(),
        "        self.word = word".into(),
        String::new(),
        "    def twice(self):".into(),
        format!("        return self.num {} 2", rng.pick(&["*", "+", "-", "//"])),
        String::new(),
        "    def plus(self, other):".into(),
        format!("        self.num {}= other", rng.pick(&["+", "-", "*"])),
        "        return self.num".into(),
        String::new(),
        "    def label(self):".into(),
        format!(
            "        return f'{{self.word}}{}'",
            rng.pick(&["", ":{self.num}", "{self.twice():>4}"])
        ),
        String::new(),
        "    @property".into(),
        "    def prop(self):".into(),
        "        return len(self.word) + self.num".into(),
        String::new(),
        "    def __repr__(self):".into(),
        format!("        return f'{name}({{self.num}}, {{self.word!r}})'"),
    ];
    if rng.percent(40) {
        lines.extend([
            String::new(),
            "    def __eq__(self, other):".into(),
            format!("        return isinstance(other, {name}) and self.num == other.num"),
        ]);
    }
    if rng.percent(30) {
        lines.extend([
            String::new(),
            "    def __lt__(self, other):".into(),
            "        return self.num < other.num".into(),
        ]);
    }
    Unit {
        name,
        lines,
        calls: Vec::new(),
    }
}
