//! `io.BytesIO`: a file of bytes in memory.

use std::cell::RefCell;

use super::wanted;
use crate::bytes::Bytes;
use crate::exc::{self, Result};
use crate::iter::{self, Iter};
use crate::lib::convert::{bytes_required, size};
use crate::lib::params::{Params, between, none, one};
use crate::native::{Native, Object};
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::value::Value;

/// The bytes and the place in them.
struct Buffer {
    bytes: Vec<u8>,
    place: usize,
}

impl Buffer {
    fn read(&mut self, most: Option<usize>) -> Value {
        let start = self.place.min(self.bytes.len());
        let left = self.bytes.len() - start;
        let end = start + most.map_or(left, |most| most.min(left));
        self.place = self.place.max(end);
        Value::Bytes(Bytes::from(&self.bytes[start..end]))
    }

    fn line(&mut self, most: Option<usize>) -> Value {
        let rest = &self.bytes[self.place.min(self.bytes.len())..];
        let length = rest
            .iter()
            .position(|&byte| byte == b'\n')
            .map_or(rest.len(), |at| at + 1);
        self.read(Some(most.map_or(length, |most| most.min(length))))
    }

    fn write(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let end = self.place + bytes.len();
        if self.bytes.len() < end {
            self.bytes.resize(end, 0);
        }
        self.bytes[self.place..end].copy_from_slice(bytes);
        self.place = end;
    }
}

/// None once it is closed.
struct BytesIo(RefCell<Option<Buffer>>);

impl BytesIo {
    fn with<R>(&self, act: impl FnOnce(&mut Buffer) -> Result<R>) -> Result<R> {
        match self.0.borrow_mut().as_mut() {
            Some(buffer) => act(buffer),
            None => Err(exc::value_error("I/O operation on closed file.")),
        }
    }
}

impl Native for BytesIo {
    fn native_type(&self) -> &'static BuiltinType {
        &BYTES_IO
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
        Ok(Some(line).filter(|line| !matches!(line, Value::Bytes(line) if line.is_empty())))
    }
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("BytesIO", &["initial_bytes"], 0);
    let [initial] = PARAMS.read(args, kwargs)?;
    let bytes = match initial {
        None | Some(Value::None) => Vec::new(),
        Some(initial) => bytes_required(initial)?.into_owned(),
    };
    Ok(Value::object(BytesIo(RefCell::new(Some(Buffer { bytes, place: 0 })))))
}

fn this(receiver: &Value) -> Result<&BytesIo> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a '_io.BytesIO' object"))
}

fn read(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("read", args, kwargs, 0, 1)?;
    let most = wanted(args.first())?;
    this(receiver)?.with(|buffer| Ok(buffer.read(most)))
}

fn readline(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("readline", args, kwargs, 0, 1)?;
    let most = wanted(args.first())?;
    this(receiver)?.with(|buffer| Ok(buffer.line(most)))
}

fn readlines(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("readlines", args, kwargs, 0, 1)?;
    let hint = wanted(args.first())?.filter(|&hint| hint > 0);
    let this = this(receiver)?;
    let (mut lines, mut total) = (Vec::new(), 0);
    while let Some(line) = this.next()? {
        if let Value::Bytes(line) = &line {
            total += line.len();
        }
        lines.push(line);
        if hint.is_some_and(|hint| total >= hint) {
            break;
        }
    }
    Ok(Value::list(lines))
}

fn write(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let bytes = bytes_required(one("_io.BytesIO.write", args, kwargs)?)?;
    this(receiver)?.with(|buffer| {
        buffer.write(&bytes);
        Ok(Value::Int(bytes.len() as i64))
    })
}

fn writelines(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let mut lines = iter::iter(one("_io.BytesIO.writelines", args, kwargs)?)?;
    while let Some(line) = lines.next()? {
        write(receiver, &[line], &[])?;
    }
    Ok(Value::None)
}

fn getvalue(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.BytesIO.getvalue", args, kwargs)?;
    this(receiver)?.with(|buffer| Ok(Value::Bytes(Bytes::from(&buffer.bytes[..]))))
}

fn seek(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("seek", args, kwargs, 1, 2)?;
    let (place, whence) = (size(&args[0])?, args.get(1).map_or(Ok(0), size)?);
    this(receiver)?.with(|buffer| {
        let base = match whence {
            0 if place < 0 => return Err(exc::value_error(&format!("negative seek value {place}"))),
            0 => 0,
            1 => buffer.place as i64,
            2 => buffer.bytes.len() as i64,
            _ => {
                return Err(exc::value_error(&format!(
                    "invalid whence ({whence}, should be 0, 1 or 2)"
                )));
            }
        };
        buffer.place = base.saturating_add(place).max(0) as usize;
        Ok(Value::Int(buffer.place as i64))
    })
}

fn tell(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.BytesIO.tell", args, kwargs)?;
    this(receiver)?.with(|buffer| Ok(Value::Int(buffer.place as i64)))
}

fn truncate(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("truncate", args, kwargs, 0, 1)?;
    let length = match args.first() {
        None | Some(Value::None) => None,
        Some(value) => match size(value)? {
            length @ 0.. => Some(length as usize),
            length => return Err(exc::value_error(&format!("negative size value {length}"))),
        },
    };
    this(receiver)?.with(|buffer| {
        let length = length.unwrap_or(buffer.place);
        buffer.bytes.truncate(length);
        Ok(Value::Int(length as i64))
    })
}

fn close(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.BytesIO.close", args, kwargs)?;
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
    none("_io.BytesIO.readable", args, kwargs)?;
    this(receiver)?.with(|_| Ok(Value::Bool(true)))
}

fn flush(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    yes(receiver, args, kwargs).map(|_| Value::None)
}

const ACTS: Effects = Effects::MUTATES_ARGS;

static METHODS: &[Method] = &[
    Method {
        name: "read",
        effects: ACTS,
        call: read,
    },
    Method {
        name: "read1",
        effects: ACTS,
        call: read,
    },
    Method {
        name: "readline",
        effects: ACTS,
        call: readline,
    },
    Method {
        name: "readlines",
        effects: ACTS,
        call: readlines,
    },
    Method {
        name: "write",
        effects: ACTS,
        call: write,
    },
    Method {
        name: "writelines",
        effects: ACTS,
        call: writelines,
    },
    Method {
        name: "getvalue",
        effects: Effects::READS_ARGS,
        call: getvalue,
    },
    Method {
        name: "seek",
        effects: ACTS,
        call: seek,
    },
    Method {
        name: "tell",
        effects: Effects::READS_ARGS,
        call: tell,
    },
    Method {
        name: "truncate",
        effects: ACTS,
        call: truncate,
    },
    Method {
        name: "close",
        effects: ACTS,
        call: close,
    },
    Method {
        name: "flush",
        effects: ACTS,
        call: flush,
    },
    Method {
        name: "__enter__",
        effects: ACTS,
        call: enter,
    },
    Method {
        name: "__exit__",
        effects: ACTS,
        call: exit,
    },
    Method {
        name: "readable",
        effects: ACTS,
        call: yes,
    },
    Method {
        name: "writable",
        effects: ACTS,
        call: yes,
    },
    Method {
        name: "seekable",
        effects: ACTS,
        call: yes,
    },
];

static FIELDS: &[Field] = &[Field {
    name: "closed",
    get: |receiver| Ok(Value::Bool(this(receiver)?.0.borrow().is_none())),
    set: None,
}];

pub static BYTES_IO: BuiltinType = BuiltinType::new("BytesIO", "_io", new)
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
