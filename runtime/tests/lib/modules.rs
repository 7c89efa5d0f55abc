//! Expressions over the library modules: `repr` of the result, or the exception, as CPython gives it.

use super::{expr, table};
use pivot_runtime::text;

fn outcome(source: &str) -> String {
    match expr::run(source).and_then(|value| text::repr(&value)) {
        Ok(shown) => shown.to_rust_string(),
        Err(raised) => {
            let message = raised.message().to_rust_string();
            format!("{}: {message}", raised.type_name())
        }
    }
}

fn check(rows: &str) {
    let mut wrong = Vec::new();
    for row in rows.lines() {
        let (source, expected) = row.split_once('\t').expect("two fields");
        let (source, expected) = (table::text(source), table::text(expected));
        let got = std::panic::catch_unwind(|| outcome(&source)).unwrap_or_else(|_| "panic".into());
        if got != expected {
            wrong.push(format!("{source}\n    expected {expected}\n    got      {got}"));
        }
    }
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}

macro_rules! tables {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            check(include_str!(concat!("tables/", stringify!($name), ".txt")));
        }
    )*};
}

tables! { hashing math json itertools collections functools operator sorting regex random files system packing paths dataclass }
