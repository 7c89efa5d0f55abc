//! The rows of `time`. Vessels run in UTC, as proofs do; a machine's own time zone is refused, not guessed.

use std::time::Duration;

use super::calendar::Moment;
use super::layout::{DAYS, MONTHS, strftime};
use crate::clock;
use crate::exc::{self, Result};
use crate::int::Int;
use crate::iter;
use crate::lib::convert::{float, index};
use crate::lib::params::{between, none, one};
use crate::lib::structseq::StructSeq;
use crate::registry::{BuiltinType, Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::types::TUPLE;
use crate::value::Value;

const FIELDS: &[&str] = &[
    "tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst",
];

static STRUCT_TIME: BuiltinType = BuiltinType::new("struct_time", "time", new)
    .base(&TUPLE)
    .sealed()
    .in_c();

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let items = iter::collect(one("struct_time", args, kwargs)?)?;
    match items.len() {
        9 => Ok(StructSeq::value(&STRUCT_TIME, FIELDS, items)),
        n if n < 9 => Err(exc::type_error(&format!(
            "time.struct_time() takes an at least 9-sequence ({n}-sequence given)"
        ))),
        _ => Err(exc::not_implemented_error(
            "struct_time with hidden fields is not supported",
        )),
    }
}

/// A moment as `time.struct_time`.
fn struct_time(moment: Moment) -> Value {
    StructSeq::value(&STRUCT_TIME, FIELDS, moment.fields().map(Value::Int).to_vec())
}

/// Complains where the machine's time zone is not UTC.
fn only_utc() -> Result<()> {
    let utc = match std::env::var("TZ") {
        Ok(zone) => matches!(zone.as_str(), "" | "UTC" | "UTC0" | "GMT" | "Etc/UTC"),
        Err(_) => std::fs::read_link("/etc/localtime").map_or(true, |zone| {
            ["UTC", "Universal", "Zulu", "GMT"]
                .iter()
                .any(|name| zone.ends_with(name))
        }),
    };
    if utc {
        Ok(())
    } else {
        Err(exc::not_implemented_error("local times outside UTC are not supported"))
    }
}

/// The seconds an argument names; now where it is absent or None.
fn seconds(value: Option<&Value>) -> Result<i64> {
    let whole = match value {
        None | Some(Value::None) => return Ok(clock::wall().div_euclid(1_000_000_000)),
        Some(Value::Float(value)) if value.is_nan() => {
            return Err(exc::value_error("Invalid value NaN (not a number)"));
        }
        Some(Value::Float(value)) => Int::from_f64(value.floor()),
        Some(value) => Some(index(value)?),
    };
    // Beyond these years the C library gives up.
    match whole.and_then(|whole| whole.as_i64()) {
        Some(seconds) if seconds.unsigned_abs() < 67_768_000_000_000_000 => Ok(seconds),
        Some(_) => Err(exc::os_error(75, "Value too large for defined data type", None)),
        None => Err(exc::overflow_error("timestamp out of range for platform time_t")),
    }
}

fn gmtime(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("gmtime", args, kwargs, 0, 1)?;
    Ok(struct_time(Moment::from_seconds(seconds(args.first())?)))
}

fn localtime(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("localtime", args, kwargs, 0, 1)?;
    only_utc()?;
    Ok(struct_time(Moment::from_seconds(seconds(args.first())?)))
}

/// The moment that a tuple argument names, checked as CPython checks it; now where it is absent.
fn moment(value: Option<&Value>) -> Result<Moment> {
    let Some(value) = value else {
        only_utc()?;
        return Ok(Moment::from_seconds(seconds(None)?));
    };
    let Value::Tuple(items) = value.payload() else {
        return Err(exc::type_error("Tuple or struct_time argument required"));
    };
    if items.len() != 9 {
        return Err(exc::type_error("strftime(): illegal time tuple argument"));
    }
    let mut fields = [0; 9];
    for (field, item) in fields.iter_mut().zip(items.iter()) {
        *field = index(item)?.as_i64().unwrap_or(i64::MAX);
    }
    let [year, month, day, hour, minute, second, weekday, yearday, is_dst] = fields;
    let moment = Moment {
        year,
        month: if month == 0 { 1 } else { month },
        day: if day == 0 { 1 } else { day },
        hour,
        minute,
        second,
        weekday: (weekday + 1).rem_euclid(7) + 6,
        yearday: if yearday == 0 { 1 } else { yearday },
        is_dst,
    };
    check(moment, weekday).map(|()| Moment {
        weekday: moment.weekday % 7,
        ..moment
    })
}

fn check(moment: Moment, weekday: i64) -> Result<()> {
    let wrong = [
        (!(1..=12).contains(&moment.month), "month out of range"),
        (!(1..=31).contains(&moment.day), "day of month out of range"),
        (!(0..=23).contains(&moment.hour), "hour out of range"),
        (!(0..=59).contains(&moment.minute), "minute out of range"),
        (!(0..=61).contains(&moment.second), "seconds out of range"),
        (weekday < -1, "day of week out of range"),
        (!(1..=366).contains(&moment.yearday), "day of year out of range"),
    ];
    match wrong.iter().find(|(wrong, _)| *wrong) {
        Some((_, message)) => Err(exc::value_error(message)),
        None => Ok(()),
    }
}

fn strftime_row(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("strftime", args, kwargs, 1, 2)?;
    let Some(layout) = args[0].as_str() else {
        let name = args[0].type_name();
        return Err(exc::type_error(&format!(
            "strftime() argument 1 must be str, not {name}"
        )));
    };
    Ok(Value::str(&strftime(&layout.to_rust_string(), &moment(args.get(1))?)))
}

fn plain(moment: &Moment) -> Value {
    let (day, month) = (
        &DAYS[moment.weekday as usize][..3],
        &MONTHS[moment.month as usize - 1][..3],
    );
    let Moment {
        day: date,
        hour,
        minute,
        second,
        year,
        ..
    } = moment;
    Value::str(&format!(
        "{day} {month} {date:2} {hour:02}:{minute:02}:{second:02} {year}"
    ))
}

fn asctime(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("asctime", args, kwargs, 0, 1)?;
    Ok(plain(&moment(args.first())?))
}

fn ctime(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("ctime", args, kwargs, 0, 1)?;
    only_utc()?;
    Ok(plain(&Moment::from_seconds(seconds(args.first())?)))
}

fn mktime(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let value = one("time.mktime", args, kwargs)?;
    only_utc()?;
    let Value::Tuple(items) = value.payload() else {
        return Err(exc::type_error("Tuple or struct_time argument required"));
    };
    let mut fields = [0; 9];
    if items.len() != 9 {
        return Err(exc::type_error("mktime(): illegal time tuple argument"));
    }
    for (field, item) in fields.iter_mut().zip(items.iter()) {
        *field = index(item)?.as_i64().unwrap_or(i64::MAX);
    }
    let [year, month, day, hour, minute, second, ..] = fields;
    let moment = Moment {
        year,
        month,
        day,
        hour,
        minute,
        second,
        weekday: 0,
        yearday: 1,
        is_dst: 0,
    };
    Ok(Value::Float(moment.to_seconds() as f64))
}

fn sleep(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let value = one("time.sleep", args, kwargs)?;
    let length = match value {
        Value::Float(length) => *length,
        value => float(&Value::from(index(value)?))?,
    };
    if length.is_nan() {
        return Err(exc::value_error("Invalid value NaN (not a number)"));
    }
    if length < 0.0 {
        return Err(exc::value_error("sleep length must be non-negative"));
    }
    match Duration::try_from_secs_f64(length) {
        Ok(length) => clock::sleep(length),
        Err(_) => return Err(exc::overflow_error("timestamp too large to convert to C _PyTime_t")),
    }
    Ok(Value::None)
}

/// Rows that read a clock in seconds and in nanoseconds.
macro_rules! clocks {
    ($($seconds:ident $nanoseconds:ident $name:literal $read:path;)*) => {$(
        static $seconds: NativeFn = NativeFn {
            name: $name,
            effects: Effects::CLOCK,
            call: |args, kwargs| {
                none(concat!("time.", $name), args, kwargs)?;
                Ok(Value::Float($read() as f64 / 1e9))
            },
        };
        static $nanoseconds: NativeFn = NativeFn {
            name: concat!($name, "_ns"),
            effects: Effects::CLOCK,
            call: |args, kwargs| {
                none(concat!("time.", $name, "_ns"), args, kwargs)?;
                Ok(Value::Int($read()))
            },
        };
    )*};
}

clocks! {
    TIME TIME_NS "time" clock::wall;
    PERF_COUNTER PERF_COUNTER_NS "perf_counter" clock::monotonic;
    MONOTONIC MONOTONIC_NS "monotonic" clock::monotonic;
    PROCESS_TIME PROCESS_TIME_NS "process_time" clock::monotonic;
    THREAD_TIME THREAD_TIME_NS "thread_time" clock::monotonic;
}

const CLOCK: Effects = Effects::CLOCK;

/// `time.tzset()`: there is one time zone here.
static TZSET: NativeFn = NativeFn {
    name: "tzset",
    effects: Effects::CLOCK,
    call: |args, kwargs| {
        none("time.tzset", args, kwargs)?;
        Ok(Value::None)
    },
};
static SLEEP: NativeFn = NativeFn {
    name: "sleep",
    effects: CLOCK,
    call: sleep,
};
static GMTIME: NativeFn = NativeFn {
    name: "gmtime",
    effects: CLOCK,
    call: gmtime,
};
static LOCALTIME: NativeFn = NativeFn {
    name: "localtime",
    effects: CLOCK,
    call: localtime,
};
static STRFTIME: NativeFn = NativeFn {
    name: "strftime",
    effects: CLOCK,
    call: strftime_row,
};
static ASCTIME: NativeFn = NativeFn {
    name: "asctime",
    effects: CLOCK,
    call: asctime,
};
static CTIME: NativeFn = NativeFn {
    name: "ctime",
    effects: CLOCK,
    call: ctime,
};
static MKTIME: NativeFn = NativeFn {
    name: "mktime",
    effects: Effects::READS_ARGS,
    call: mktime,
};

/// The module `time`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "time",
    items: &[
        ("time", Item::Function(&TIME)),
        ("time_ns", Item::Function(&TIME_NS)),
        ("perf_counter", Item::Function(&PERF_COUNTER)),
        ("perf_counter_ns", Item::Function(&PERF_COUNTER_NS)),
        ("monotonic", Item::Function(&MONOTONIC)),
        ("monotonic_ns", Item::Function(&MONOTONIC_NS)),
        ("process_time", Item::Function(&PROCESS_TIME)),
        ("process_time_ns", Item::Function(&PROCESS_TIME_NS)),
        ("thread_time", Item::Function(&THREAD_TIME)),
        ("thread_time_ns", Item::Function(&THREAD_TIME_NS)),
        ("sleep", Item::Function(&SLEEP)),
        ("tzset", Item::Function(&TZSET)),
        // Other local times are refused where they would matter.
        ("timezone", Item::Value(|| Value::Int(0))),
        ("altzone", Item::Value(|| Value::Int(0))),
        ("daylight", Item::Value(|| Value::Int(0))),
        (
            "tzname",
            Item::Value(|| Value::tuple(vec![Value::str("UTC"), Value::str("UTC")])),
        ),
        ("gmtime", Item::Function(&GMTIME)),
        ("localtime", Item::Function(&LOCALTIME)),
        ("strftime", Item::Function(&STRFTIME)),
        ("asctime", Item::Function(&ASCTIME)),
        ("ctime", Item::Function(&CTIME)),
        ("mktime", Item::Function(&MKTIME)),
        ("struct_time", Item::Type(&STRUCT_TIME)),
    ],
};
