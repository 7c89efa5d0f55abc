//! What places remember gives way to what the program changes.

use super::{Site, call_method, call_super, get_attr, set_attr};
use crate::class::Class;
use crate::function::{Function, Signature};
use crate::ops;
use crate::site;
use crate::str::Str;
use crate::value::Value;

static METHOD: Signature = Signature {
    name: "method",
    qualname: "method",
    module: "tests",
    posonly: 0,
    args: &["self"],
    kwonly: &[],
    varargs: None,
    varkw: None,
    doc: None,
    flags: 0,
};

/// A method that answers this number.
fn answering(number: i64) -> Value {
    Function::new(&METHOD, vec![], vec![], move |_| Ok(Value::Int(number)))
}

fn class(name: &str, bases: &[Value], body: &[(&str, Value)]) -> Value {
    let body = body.iter().map(|(name, value)| (Str::from(*name), value.clone()));
    Class::build(name, name, "tests", bases, body.collect(), &[]).expect("a class")
}

fn instance(class: &Value) -> Value {
    ops::call(class, &[]).expect("an instance")
}

fn number(value: crate::exc::Result<Value>) -> Option<i64> {
    match value {
        Ok(Value::Int(number)) => Some(number),
        _ => None,
    }
}

/// What reading gives three times over, where it is the same each time.
fn read(object: &Value, site: &'static Site) -> Option<i64> {
    let all: Vec<Option<i64>> = (0..3).map(|_| number(get_attr(object, site))).collect();
    assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
    all[0]
}

/// What calling the method gives three times over, where it is the same each time.
fn called(object: &Value, site: &'static Site) -> Option<i64> {
    let row = std::slice::from_ref(object);
    let all: Vec<Option<i64>> = (0..3).map(|_| number(call_method(site, row))).collect();
    assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
    all[0]
}

fn set(object: &Value, name: &str, value: Value) {
    ops::set_attr(object, name, value).expect("settable");
}

#[test]
fn own_attributes_are_read_where_they_stand_now() {
    let (of, place) = (class("C", &[], &[]), site!("a"));
    let (one, two) = (instance(&of), instance(&of));
    set(&one, "a", Value::Int(1));
    set(&two, "b", Value::Int(2));
    set(&two, "a", Value::Int(3));
    assert_eq!((read(&one, place), read(&two, place)), (Some(1), Some(3)));
    crate::attr::del_attr(&two, "b").expect("there");
    assert_eq!(read(&two, place), Some(3));
    crate::attr::del_attr(&one, "a").expect("there");
    assert_eq!(read(&one, place), None);
    set(&one, "a", Value::Int(4));
    assert_eq!(read(&one, place), Some(4));
}

#[test]
fn a_dict_that_was_asked_for_is_the_instances() {
    let (of, place) = (class("C", &[], &[]), site!("a"));
    let object = instance(&of);
    set(&object, "a", Value::Int(1));
    assert_eq!(read(&object, place), Some(1));
    let Ok(Value::Dict(attrs)) = ops::get_attr(&object, "__dict__") else {
        panic!("an instance has a dict");
    };
    attrs.set_text("a", Value::Int(2));
    assert_eq!(read(&object, place), Some(2));
    set_attr(&object, site!("a"), Value::Int(3)).expect("settable");
    assert_eq!(
        number(attrs.find_text("a").ok_or_else(|| crate::exc::key_error(&Value::None))),
        Some(3)
    );
}

#[test]
fn setting_adds_what_is_not_there() {
    let (of, place) = (class("C", &[], &[]), site!("a"));
    for at in 0..4 {
        let object = instance(&of);
        set_attr(&object, place, Value::Int(at)).expect("settable");
        set_attr(&object, place, Value::Int(at + 10)).expect("settable");
        assert_eq!(number(ops::get_attr(&object, "a")), Some(at + 10));
    }
}

#[test]
fn a_method_is_the_one_the_class_has_now() {
    let base = class("Base", &[], &[("method", answering(1))]);
    let derived = class("Derived", std::slice::from_ref(&base), &[]);
    let (object, place) = (instance(&derived), site!("method"));
    assert_eq!(called(&object, place), Some(1));
    set(&base, "method", answering(2));
    assert_eq!(called(&object, place), Some(2));
    set(&derived, "method", answering(3));
    assert_eq!(called(&object, place), Some(3));
    crate::attr::del_attr(&derived, "method").expect("there");
    assert_eq!(called(&object, place), Some(2));
    set(&object, "method", answering_freely(4));
    assert_eq!(called(&object, place), Some(4));
}

/// A function without parameters that answers this number.
fn answering_freely(number: i64) -> Value {
    static FREE: Signature = Signature { args: &[], ..METHOD };
    Function::new(&FREE, vec![], vec![], move |_| Ok(Value::Int(number)))
}

#[test]
fn data_of_a_class_is_read_where_it_stands() {
    let base = class("Base", &[], &[("a", Value::Int(1))]);
    let derived = class("Derived", std::slice::from_ref(&base), &[]);
    let (object, place) = (instance(&derived), site!("a"));
    let all = |wanted| {
        for subject in [&base, &derived, &object] {
            assert_eq!(read(subject, place), Some(wanted));
        }
    };
    all(1);
    let setting = site!("a");
    for at in 2..5 {
        set_attr(&base, setting, Value::Int(at)).expect("settable");
        all(at);
    }
    set_attr(&derived, setting, Value::Int(9)).expect("settable");
    assert_eq!((read(&base, place), read(&object, place)), (Some(4), Some(9)));
    crate::attr::del_attr(&derived, "a").expect("there");
    all(4);
    // What stands behind a deleted name moves when names come again.
    set(&base, "b", Value::Int(5));
    crate::attr::del_attr(&base, "a").expect("there");
    (0..20).for_each(|at| set(&base, &format!("c{at}"), Value::Int(at)));
    assert_eq!(read(&object, place), None);
    assert_eq!(number(ops::get_attr(&object, "b")), Some(5));
}

#[test]
fn a_class_that_is_assigned_answers_from_then_on() {
    let one = class("One", &[], &[("method", answering(1))]);
    let two = class("Two", &[], &[("method", answering(2))]);
    let (object, place) = (instance(&one), site!("method"));
    assert_eq!(called(&object, place), Some(1));
    set(&object, "__class__", two);
    assert_eq!(called(&object, place), Some(2));
}

#[test]
fn super_passes_over_the_class_as_it_is_now() {
    let base = class("Base", &[], &[("method", answering(1))]);
    let derived = class("Derived", std::slice::from_ref(&base), &[("method", answering(2))]);
    let (object, place) = (instance(&derived), site!("method"));
    let parent = || number(call_super(&derived, place, std::slice::from_ref(&object)));
    assert_eq!([parent(), parent(), parent()], [Some(1); 3]);
    set(&base, "method", answering(3));
    assert_eq!([parent(), parent(), parent()], [Some(3); 3]);
}

#[test]
fn a_place_that_meets_many_classes_stays_right() {
    let place = site!("method");
    let objects: Vec<Value> = (0..9)
        .map(|at| instance(&class("C", &[], &[("method", answering(at))])))
        .collect();
    for round in 0..100 {
        for (at, object) in objects.iter().enumerate() {
            assert_eq!(
                number(call_method(place, std::slice::from_ref(object))),
                Some(at as i64),
                "{round}"
            );
        }
    }
}
