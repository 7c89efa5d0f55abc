//! Generators and coroutines as generated code makes them. What each test expects, CPython 3.11 was seen to do with
//! the Python in its comment.

use std::cell::RefCell;
use std::rc::Rc;

use pivot_runtime::generator::{self, Co};
use pivot_runtime::{Exc, Result, Value, builtins, exc, ops, text};

type Log = Rc<RefCell<Vec<String>>>;

fn call(object: &Value, method: &str, args: &[Value]) -> Result<Value> {
    ops::call_method(object, method, args)
}

/// The repr of a result, or the exception with its message.
fn show(result: Result<Value>) -> String {
    match result {
        Ok(value) => text::repr(&value).expect("a repr").to_rust_string(),
        Err(raised) => format!("{}({})", raised.type_name(), raised.message()),
    }
}

fn next(generator: &Value) -> String {
    show(call(generator, "__next__", &[]))
}

fn builtin(name: &str) -> Value {
    builtins::get(name).expect("a builtin")
}

/// `def count(): got = yield 1; got = yield got; return got`
fn count() -> Value {
    generator::new("count", "count", |co: Co| async move {
        let got = co.yield_(Value::Int(1)).await?;
        let got = co.yield_(got).await?;
        Ok(got)
    })
}

/// `def guarded(): try: yield 1; yield 2; except ValueError: log('caught'); yield 3; finally: log('finally')`
fn guarded(log: &Log) -> Value {
    let log = log.clone();
    generator::new("guarded", "guarded", |co: Co| async move {
        let body = async {
            co.yield_(Value::Int(1)).await?;
            co.yield_(Value::Int(2)).await?;
            Ok(Value::None)
        };
        let mut result: Result<Value> = body.await;
        if let Err(raised) = &result
            && raised.matches(&builtin("ValueError"))?
        {
            log.borrow_mut().push("caught".to_owned());
            result = co.yield_(Value::Int(3)).await;
        }
        log.borrow_mut().push("finally".to_owned());
        result.map(|_| Value::None)
    })
}

fn lines(log: &Log) -> String {
    log.borrow().join(" ")
}

#[test]
fn values_are_sent_and_the_last_one_returned() {
    let generator = count();
    assert_eq!(next(&generator), "1");
    assert_eq!(show(call(&generator, "send", &[Value::str("a")])), "'a'");
    let end = call(&generator, "send", &[Value::Int(7)]).expect_err("the end");
    assert_eq!(
        (end.type_name().as_str(), show(Ok(end.field("value").expect("a value")))),
        ("StopIteration", "7".to_owned())
    );
    assert_eq!(next(&generator), "StopIteration()");
}

#[test]
fn next_tells_the_value_returned() {
    let generator = generator::new("g", "g", |_| async move { Ok(Value::Int(5)) });
    assert_eq!(
        show(ops::call(&builtin("next"), std::slice::from_ref(&generator))),
        "StopIteration(5)"
    );
    assert_eq!(
        show(ops::call(&builtin("next"), &[generator, Value::str("default")])),
        "'default'"
    );
}

#[test]
fn a_new_generator_takes_no_value() {
    assert_eq!(
        show(call(&count(), "send", &[Value::Int(1)])),
        "TypeError(can't send non-None value to a just-started generator)"
    );
    assert_eq!(show(call(&count(), "send", &[Value::None])), "1");
}

#[test]
fn an_exception_thrown_in_can_be_caught() {
    let log = Log::default();
    let generator = guarded(&log);
    assert_eq!(next(&generator), "1");
    assert_eq!(
        show(call(&generator, "throw", &[builtin("ValueError"), Value::str("x")])),
        "3"
    );
    assert_eq!(
        show(call(&generator, "throw", &[exc::key_error(&Value::Int(1)).value()])),
        "KeyError(1)"
    );
    assert_eq!(lines(&log), "caught finally");
    assert_eq!(next(&generator), "StopIteration()");
}

#[test]
fn throwing_into_a_new_generator_ends_it() {
    let log = Log::default();
    let generator = guarded(&log);
    assert_eq!(
        show(call(&generator, "throw", &[builtin("ValueError")])),
        "ValueError()"
    );
    assert_eq!(lines(&log), "");
    assert_eq!(next(&generator), "StopIteration()");
}

#[test]
fn closing_runs_finally() {
    let log = Log::default();
    let generator = guarded(&log);
    assert_eq!(next(&generator), "1");
    assert_eq!(show(call(&generator, "close", &[])), "None");
    assert_eq!(lines(&log), "finally");
    assert_eq!(show(call(&generator, "close", &[])), "None");
}

#[test]
fn dropping_runs_finally_once_begun() {
    let (begun, fresh) = (Log::default(), Log::default());
    let generator = guarded(&begun);
    assert_eq!(next(&generator), "1");
    drop(generator);
    drop(guarded(&fresh));
    assert_eq!((lines(&begun).as_str(), lines(&fresh).as_str()), ("finally", ""));
}

/// `def stubborn(): try: yield 1; finally: yield 2`
#[test]
fn a_yield_in_answer_to_close_is_an_error() {
    let generator = generator::new("stubborn", "stubborn", |co: Co| async move {
        let result = co.yield_(Value::Int(1)).await;
        co.yield_(Value::Int(2)).await?;
        result
    });
    assert_eq!(next(&generator), "1");
    assert_eq!(
        show(call(&generator, "close", &[])),
        "RuntimeError(generator ignored GeneratorExit)"
    );
}

#[test]
fn stop_iteration_does_not_leave_the_body() {
    let generator = generator::new("g", "g", |_| async move { Err(exc::stop_iteration(Value::Int(1))) });
    let error = call(&generator, "__next__", &[]).expect_err("an error");
    assert_eq!(format!("{error:?}"), "RuntimeError: generator raised StopIteration");
    assert_eq!(
        error.cause().map(|cause| cause.type_name()).as_deref(),
        Some("StopIteration")
    );
}

/// `def g(): yield next(it)` with `it = g()`
#[test]
fn a_running_generator_cannot_be_resumed() {
    let slot: Rc<RefCell<Value>> = Rc::new(RefCell::new(Value::None));
    let own = slot.clone();
    let generator = generator::new("g", "g", |co: Co| async move {
        let this = own.borrow().clone();
        co.yield_(call(&this, "__next__", &[])?).await
    });
    *slot.borrow_mut() = generator.clone();
    assert_eq!(next(&generator), "ValueError(generator already executing)");
}

/// `def outer(): log((yield from inner)); yield 9`
fn outer(inner: Value, log: &Log) -> Value {
    let log = log.clone();
    generator::new("outer", "outer", |co: Co| async move {
        let result = co.yield_from(&inner).await?;
        log.borrow_mut().push(show(Ok(result)));
        co.yield_(Value::Int(9)).await
    })
}

#[test]
fn yield_from_passes_everything_through() {
    let log = Log::default();
    let generator = outer(count(), &log);
    assert_eq!(next(&generator), "1");
    assert_eq!(show(call(&generator, "send", &[Value::str("in")])), "'in'");
    assert_eq!(show(call(&generator, "send", &[Value::str("out")])), "9");
    assert_eq!(lines(&log), "'out'");
}

#[test]
fn yield_from_throws_and_closes_the_inner_one() {
    let (outer_log, inner_log) = (Log::default(), Log::default());
    let generator = outer(guarded(&inner_log), &outer_log);
    assert_eq!(next(&generator), "1");
    assert_eq!(show(call(&generator, "throw", &[builtin("ValueError")])), "3");
    assert_eq!(show(call(&generator, "close", &[])), "None");
    assert_eq!(
        (lines(&inner_log).as_str(), lines(&outer_log).as_str()),
        ("caught finally", "")
    );
}

#[test]
fn yield_from_takes_any_iterable() {
    let log = Log::default();
    let list = Value::list(vec![Value::Int(1), Value::str("b")]);
    let all = ops::call(&builtin("list"), &[outer(list, &log)]);
    assert_eq!((show(all).as_str(), lines(&log).as_str()), ("[1, 'b', 9]", "None"));
    assert_eq!(
        next(&outer(Value::Int(3), &log)),
        "TypeError('int' object is not iterable)"
    );
    let generator = outer(Value::list(vec![Value::Int(1), Value::Int(2)]), &log);
    assert_eq!(next(&generator), "1");
    let sent = show(call(&generator, "send", &[Value::Int(1)]));
    assert_eq!(sent, "AttributeError('list_iterator' object has no attribute 'send')");
}

#[test]
fn throw_refuses_what_is_no_exception() {
    let failure = |args: &[Value]| show(call(&count(), "throw", args));
    assert_eq!(
        failure(&[Value::Int(1)]),
        "TypeError(exceptions must be classes or instances deriving from BaseException, not int)"
    );
    let instance = exc::value_error("y").value();
    assert_eq!(
        failure(&[instance, Value::str("x")]),
        "TypeError(instance exception may not have a separate value)"
    );
    assert_eq!(failure(&[]), "TypeError(throw expected at least 1 argument, got 0)");
    let pair = Value::tuple(vec![Value::Int(1), Value::Int(2)]);
    assert_eq!(failure(&[builtin("ValueError"), pair]), "ValueError((1, 2))");
}

#[test]
fn generators_show_their_names() {
    let generator = generator::new("inner", "outer.<locals>.inner", |_| async move { Ok(Value::None) });
    let repr = show(Ok(generator.clone()));
    assert!(
        repr.starts_with("<generator object outer.<locals>.inner at 0x"),
        "{repr}"
    );
    assert_eq!(show(ops::get_attr(&generator, "__name__")), "'inner'");
    assert_eq!(
        show(ops::get_attr(&generator, "__qualname__")),
        "'outer.<locals>.inner'"
    );
    assert_eq!(show(ops::get_attr(&generator, "gi_running")), "False");
}

/// Drives a coroutine that awaits nothing but coroutines to its end.
fn run(coroutine: &Value) -> Result<Value> {
    match call(coroutine, "send", &[Value::None]) {
        Err(end) if end.type_name() == "StopIteration" => Ok(end.field("value").unwrap_or(Value::None)),
        Err(failure) => Err(failure),
        Ok(_) => Err(exc::runtime_error("yielded")),
    }
}

/// `async def inner(): return 4` and `async def outer(c): return (await c) + 1`
#[test]
fn coroutines_await_each_other() {
    let inner = || generator::coroutine("inner", "inner", |_| async move { Ok(Value::Int(4)) });
    let outer = |awaited: Value| {
        generator::coroutine("outer", "outer", |co: Co| async move {
            let value = co.await_(&awaited).await?;
            ops::add(&value, &Value::Int(1))
        })
    };
    assert_eq!(show(run(&outer(inner()))), "5");
    assert_eq!(
        show(run(&outer(Value::Int(1)))),
        "TypeError(object int can't be used in 'await' expression)"
    );
    assert_eq!(
        show(run(&outer(count()))),
        "TypeError(object generator can't be used in 'await' expression)"
    );
    let used = inner();
    assert_eq!(show(run(&used)), "4");
    assert_eq!(show(run(&used)), "RuntimeError(cannot reuse already awaited coroutine)");
    assert_eq!(
        show(run(&outer(used))),
        "RuntimeError(cannot reuse already awaited coroutine)"
    );
    let failing = generator::coroutine("f", "f", |_| async move {
        Err::<Value, Exc>(exc::stop_iteration(Value::None))
    });
    assert_eq!(show(run(&failing)), "RuntimeError(coroutine raised StopIteration)");
}

#[test]
fn coroutines_are_no_iterators() {
    let coroutine = generator::coroutine("c", "c", |_| async move { Ok(Value::None) });
    assert_eq!(
        show(ops::call(&builtin("iter"), std::slice::from_ref(&coroutine))),
        "TypeError('coroutine' object is not iterable)"
    );
    assert_eq!(
        show(ops::call(&builtin("next"), std::slice::from_ref(&coroutine))),
        "TypeError('coroutine' object is not an iterator)"
    );
    assert_eq!(show(call(&coroutine, "close", &[])), "None");
}
