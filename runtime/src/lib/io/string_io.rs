//! `io.StringIO`: a file of text in memory.

use std::cell::RefCell;

use super::text_reader::{Newlines, line_end, translated};
use super::wanted;
use crate::exc::{self, Exc, Result};
use crate::iter::{self, Iter};
use crate::lib::convert::size;
use crate::lib::params::{Params, between, none, one};
use crate::native::{Native, Object};
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::str::Str;
use crate::value::Value;

/// The text, the place in it, and how lines end.
struct Buffer {
    text: Vec<u32>,
    place: usize,
    newlines: Newlines,
}

impl Buffer {
    fn write(&mut self, text: &[u32]) {
        let text = match self.newlines {
            Newlines::Only(end) if end != "\n" => {
                let ends: Vec<u32> = end.chars().map(|c| c as u32).collect();
                text.iter()
                    .flat_map(|&c| if c == 10 { ends.clone() } else { vec![c] })
                    .collect()
            }
            newlines => translated(text.to_vec(), newlines),
        };
        if text.is_empty() {
            return;
        }
        // Writing beyond the end fills the gap with zeros.
        let end = self.place + text.len();
        if self.text.len() < end {
            self.text.resize(end, 0);
        }
        self.text[self.place..end].copy_from_slice(&text);
        self.place = end;
    }

    fn read(&mut self, most: Option<usize>) -> Str {
        let start = self.place.min(self.text.len());
        let left = self.text.len() - start;
        let end = start + most.map_or(left, |most| most.min(left));
        self.place = self.place.max(end);
        Str::from_code_points(&self.text[start..end])
    }

    fn line(&mut self, most: Option<usize>) -> Str {
        let start = self.place.min(self.text.len());
        let rest = &self.text[start..];
        let length = line_end(rest, self.newlines).unwrap_or(rest.len());
        self.read(Some(most.map_or(length, |most| most.min(length))))
    }
}

/// None once it is closed.
struct StringIo(RefCell<Option<Buffer>>);

#[cold]
fn closed() -> Exc {
    exc::value_error("I/O operation on closed file")
}

impl StringIo {
    fn with<R>(&self, act: impl FnOnce(&mut Buffer) -> Result<R>) -> Result<R> {
        self.0.borrow_mut().as_mut().map_or_else(|| Err(closed()), act)
    }
}

impl Native for StringIo {
    fn native_type(&self) -> &'static BuiltinType {
        &STRING_IO
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        self.with(|_| Ok(()))?;
        Ok(Some(Iter::Object(this.clone())))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self) -> Result<Option<Value>> {
        let line = self.with(|buffer| Ok(buffer.line(None)))?;
        Ok(Some(line).filter(|line| !line.is_empty()).map(Value::Str))
    }
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("StringIO", &["initial_value", "newline"], 0);
    let [initial, newline] = PARAMS.read(args, kwargs)?;
    let newlines = match newline {
        None => Newlines::Only("\n"),
        Some(Value::None) => Newlines::Universal,
        Some(Value::Str(newline)) => match newline.to_rust_string().as_str() {
            "" => Newlines::Kept,
            "\n" => Newlines::Only("\n"),
            "\r" => Newlines::Only("\r"),
            "\r\n" => Newlines::Only("\r\n"),
            _ => {
                let shown = newline.repr();
                return Err(exc::value_error(&format!("illegal newline value: {shown}")));
            }
        },
        Some(other) => {
            let name = other.type_name();
            return Err(exc::type_error(&format!("newline must be str or None, not {name}")));
        }
    };
    let mut buffer = Buffer {
        text: Vec::new(),
        place: 0,
        newlines,
    };
    match initial.map(Value::payload) {
        None | Some(Value::None) => {}
        Some(Value::Str(text)) => buffer.write(&text.points()),
        Some(other) => {
            let name = other.type_name();
            return Err(exc::type_error(&format!(
                "initial_value must be str or None, not {name}"
            )));
        }
    }
    buffer.place = 0;
    Ok(Value::object(StringIo(RefCell::new(Some(buffer)))))
}

fn this(receiver: &Value) -> Result<&StringIo> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a '_io.StringIO' object"))
}

fn read(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("read", args, kwargs, 0, 1)?;
    let most = wanted(args.first())?;
    this(receiver)?.with(|buffer| Ok(Value::Str(buffer.read(most))))
}

fn readline(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("readline", args, kwargs, 0, 1)?;
    let most = wanted(args.first())?;
    this(receiver)?.with(|buffer| Ok(Value::Str(buffer.line(most))))
}

fn readlines(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("readlines", args, kwargs, 0, 1)?;
    let hint = wanted(args.first())?.filter(|&hint| hint > 0);
    let (mut lines, mut total) = (Vec::new(), 0);
    let this = this(receiver)?;
    this.with(|_| Ok(()))?;
    while let Some(Value::Str(line)) = this.next()? {
        total += line.len();
        lines.push(Value::Str(line));
        if hint.is_some_and(|hint| total >= hint) {
            break;
        }
    }
    Ok(Value::list(lines))
}

fn write(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match one("_io.StringIO.write", args, kwargs)?.payload() {
        Value::Str(text) => this(receiver)?.with(|buffer| {
            buffer.write(&text.points());
            Ok(Value::Int(text.len() as i64))
        }),
        other => Err(exc::type_error(&format!(
            "string argument expected, got '{}'",
            other.type_name()
        ))),
    }
}

fn writelines(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let mut lines = iter::iter(one("_io._IOBase.writelines", args, kwargs)?)?;
    while let Some(line) = lines.next()? {
        write(receiver, &[line], &[])?;
    }
    Ok(Value::None)
}

fn getvalue(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.StringIO.getvalue", args, kwargs)?;
    this(receiver)?.with(|buffer| Ok(Value::Str(Str::from_code_points(&buffer.text))))
}

fn seek(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("seek", args, kwargs, 1, 2)?;
    let (place, whence) = (size(&args[0])?, args.get(1).map_or(Ok(0), size)?);
    let relative = || {
        Err(exc::of_kind(
            "OSError",
            vec![Value::str("Can't do nonzero cur-relative seeks")],
        ))
    };
    this(receiver)?.with(|buffer| {
        buffer.place = match whence {
            0 if place < 0 => return Err(exc::value_error(&format!("Negative seek position {place}"))),
            0 => place as usize,
            1 | 2 if place != 0 => return relative(),
            1 => buffer.place,
            2 => buffer.text.len(),
            _ => {
                return Err(exc::value_error(&format!(
                    "Invalid whence ({whence}, should be 0, 1 or 2)"
                )));
            }
        };
        Ok(Value::Int(buffer.place as i64))
    })
}

fn tell(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.StringIO.tell", args, kwargs)?;
    this(receiver)?.with(|buffer| Ok(Value::Int(buffer.place as i64)))
}

fn truncate(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("truncate", args, kwargs, 0, 1)?;
    let length = match args.first() {
        None | Some(Value::None) => None,
        Some(value) => match size(value)? {
            length @ 0.. => Some(length as usize),
            length => return Err(exc::value_error(&format!("Negative size value {length}"))),
        },
    };
    this(receiver)?.with(|buffer| {
        let length = length.unwrap_or(buffer.place);
        buffer.text.truncate(length);
        Ok(Value::Int(length as i64))
    })
}

fn close(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.StringIO.close", args, kwargs)?;
    drop(this(receiver)?.0.borrow_mut().take());
    Ok(Value::None)
}

fn enter(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io._IOBase.__enter__", args, kwargs)?;
    this(receiver)?.with(|_| Ok(()))?;
    Ok(receiver.clone())
}

fn exit(receiver: &Value, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    close(receiver, &[], &[])
}

fn yes(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.StringIO.readable", args, kwargs)?;
    this(receiver)?.with(|_| Ok(Value::Bool(true)))
}

fn isatty(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    yes(receiver, args, kwargs).map(|_| Value::Bool(false))
}

fn flush(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    yes(receiver, args, kwargs).map(|_| Value::None)
}

fn fileno(_receiver: &Value, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    Err(super::unsupported("fileno"))
}

const READS: Effects = Effects::MUTATES_ARGS;

static METHODS: &[Method] = &[
    Method {
        name: "read",
        effects: READS,
        call: read,
    },
    Method {
        name: "readline",
        effects: READS,
        call: readline,
    },
    Method {
        name: "readlines",
        effects: READS,
        call: readlines,
    },
    Method {
        name: "write",
        effects: READS,
        call: write,
    },
    Method {
        name: "writelines",
        effects: READS,
        call: writelines,
    },
    Method {
        name: "getvalue",
        effects: Effects::READS_ARGS,
        call: getvalue,
    },
    Method {
        name: "seek",
        effects: READS,
        call: seek,
    },
    Method {
        name: "tell",
        effects: Effects::READS_ARGS,
        call: tell,
    },
    Method {
        name: "truncate",
        effects: READS,
        call: truncate,
    },
    Method {
        name: "close",
        effects: READS,
        call: close,
    },
    Method {
        name: "flush",
        effects: READS,
        call: flush,
    },
    Method {
        name: "__enter__",
        effects: READS,
        call: enter,
    },
    Method {
        name: "__exit__",
        effects: READS,
        call: exit,
    },
    Method {
        name: "readable",
        effects: READS,
        call: yes,
    },
    Method {
        name: "writable",
        effects: READS,
        call: yes,
    },
    Method {
        name: "seekable",
        effects: READS,
        call: yes,
    },
    Method {
        name: "isatty",
        effects: READS,
        call: isatty,
    },
    Method {
        name: "fileno",
        effects: READS,
        call: fileno,
    },
];

static FIELDS: &[Field] = &[Field {
    name: "closed",
    get: |receiver| Ok(Value::Bool(this(receiver)?.0.borrow().is_none())),
    set: None,
}];

pub static STRING_IO: BuiltinType = BuiltinType::new("StringIO", "_io", new)
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
