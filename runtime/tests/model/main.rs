//! The object model against CPython: tables of calls whose outcomes CPython 3.11 produced (see generate.py).

mod literal;
mod table;

#[test]
fn operators_agree_with_cpython() {
    table::check("operators.txt", include_str!("operators.txt"));
}

#[test]
fn methods_agree_with_cpython() {
    table::check("methods.txt", include_str!("methods.txt"));
}

#[test]
fn builtins_agree_with_cpython() {
    table::check("builtins.txt", include_str!("builtins.txt"));
}

#[test]
fn sets_keep_cpythons_order() {
    table::check("sets.txt", include_str!("sets.txt"));
}

#[test]
fn sorts_compare_the_pairs_that_cpython_compares() {
    table::check("sorts.txt", include_str!("sorts.txt"));
}
