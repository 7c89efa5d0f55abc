//! `_io.BufferedReader`, `_io.BufferedWriter`, `_io.BufferedRandom`: files of bytes.

use std::cell::RefCell;
use std::io::SeekFrom;
use std::os::fd::AsRawFd;

use super::mode::Mode;
use super::raw::Raw;
use super::{system_error, unsupported, wanted};
use crate::bytes::Bytes;
use crate::exc::{self, Result};
use crate::iter::{self, Iter};
use crate::lib::convert::{bytes_required, size};
use crate::lib::params::{between, none, one};
use crate::native::{Native, Object};
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// A file of bytes.
pub struct BinaryFile {
    name: Value,
    mode_text: String,
    mode: Mode,
    /// None once it is closed.
    open: RefCell<Option<Raw>>,
}

impl BinaryFile {
    pub fn value(name: Value, mode_text: String, mode: Mode, raw: Raw) -> Value {
        Value::object(BinaryFile {
            name,
            mode_text,
            mode,
            open: RefCell::new(Some(raw)),
        })
    }

    fn with<R>(&self, act: impl FnOnce(&mut Raw) -> Result<R>) -> Result<R> {
        match &mut *self.open.borrow_mut() {
            Some(raw) => act(raw),
            None => Err(exc::value_error("I/O operation on closed file.")),
        }
    }

    /// As `with`, for reading; the complaint names the method.
    fn reading(&self, what: &str, act: impl FnOnce(&mut Raw) -> std::io::Result<Vec<u8>>) -> Result<Value> {
        self.with(|raw| {
            if !self.mode.read {
                return Err(unsupported(what));
            }
            let bytes = act(raw).map_err(|error| system_error(&error, None))?;
            Ok(Value::Bytes(Bytes::from(bytes)))
        })
    }

    fn close(&self) -> Result<()> {
        let Some(mut raw) = self.open.borrow_mut().take() else {
            return Ok(());
        };
        raw.flush().map_err(|error| system_error(&error, None))
    }
}

impl Native for BinaryFile {
    fn native_type(&self) -> &'static BuiltinType {
        match self.mode {
            Mode { update: true, .. } => &BUFFERED_RANDOM,
            Mode { write: true, .. } => &BUFFERED_WRITER,
            _ => &BUFFERED_READER,
        }
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push(&format!("<{} name=", self.native_type().dotted_name()));
        text::repr_into(&self.name, &mut out)?;
        out.push_ascii(">");
        Ok(out.finish())
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        self.with(|_| Ok(()))?;
        Ok(Some(Iter::Object(this.clone())))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self) -> Result<Option<Value>> {
        let line = self.reading("readline", |raw| raw.line(usize::MAX))?;
        Ok(Some(line).filter(|line| !matches!(line, Value::Bytes(line) if line.is_empty())))
    }
}

fn this(receiver: &Value) -> Result<&BinaryFile> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a '_io.BufferedReader' object"))
}

fn read(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("read", args, kwargs, 0, 1)?;
    let most = wanted(args.first())?;
    this(receiver)?.reading("read", |raw| match most {
        None => raw.read_all(),
        Some(most) => raw.read(most),
    })
}

fn readline(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("readline", args, kwargs, 0, 1)?;
    let most = wanted(args.first())?.unwrap_or(usize::MAX);
    this(receiver)?.reading("readline", |raw| raw.line(most))
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
    let value = one("_io.BufferedWriter.write", args, kwargs)?;
    let this = this(receiver)?;
    if !this.mode.write {
        return Err(unsupported("write"));
    }
    let bytes = bytes_required(value)?;
    this.with(|raw| raw.write(&bytes).map_err(|error| system_error(&error, None)))?;
    Ok(Value::Int(bytes.len() as i64))
}

fn writelines(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let mut lines = iter::iter(one("_io._IOBase.writelines", args, kwargs)?)?;
    while let Some(line) = lines.next()? {
        write(receiver, &[line], &[])?;
    }
    Ok(Value::None)
}

fn seek(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("seek", args, kwargs, 1, 2)?;
    let (place, whence) = (size(&args[0])?, args.get(1).map_or(Ok(0), size)?);
    let to = match whence {
        0 if place < 0 => {
            return Err(exc::os_error(22, "Invalid argument", None));
        }
        0 => SeekFrom::Start(place as u64),
        1 => SeekFrom::Current(place),
        2 => SeekFrom::End(place),
        _ => return Err(exc::value_error(&format!("whence value {whence} unsupported"))),
    };
    let place = this(receiver)?.with(|raw| raw.seek(to).map_err(|error| system_error(&error, None)))?;
    Ok(Value::Int(place as i64))
}

fn tell(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.BufferedReader.tell", args, kwargs)?;
    let place = this(receiver)?.with(|raw| raw.tell().map_err(|error| system_error(&error, None)))?;
    Ok(Value::Int(place as i64))
}

fn truncate(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("truncate", args, kwargs, 0, 1)?;
    let length = wanted(args.first())?;
    let this = this(receiver)?;
    if !this.mode.write {
        return Err(unsupported("truncate"));
    }
    this.with(|raw| {
        let failed = |error: std::io::Error| system_error(&error, None);
        let length = match length {
            Some(length) => length as u64,
            None => raw.tell().map_err(failed)?,
        };
        raw.truncate(length).map_err(failed)?;
        Ok(Value::Int(length as i64))
    })
}

fn flush(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.BufferedWriter.flush", args, kwargs)?;
    this(receiver)?.with(|raw| raw.flush().map_err(|error| system_error(&error, None)))?;
    Ok(Value::None)
}

fn close(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.BufferedReader.close", args, kwargs)?;
    this(receiver)?.close()?;
    Ok(Value::None)
}

fn enter(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io._IOBase.__enter__", args, kwargs)?;
    this(receiver)?.with(|_| Ok(()))?;
    Ok(receiver.clone())
}

fn exit(receiver: &Value, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    this(receiver)?.close()?;
    Ok(Value::None)
}

fn fileno(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io.BufferedReader.fileno", args, kwargs)?;
    this(receiver)?.with(|raw| Ok(Value::Int(i64::from(raw.file().as_raw_fd()))))
}

fn ask(receiver: &Value, args: &[Value], kwargs: Kwargs, answer: fn(&Mode) -> bool) -> Result<Value> {
    none("_io.BufferedReader.readable", args, kwargs)?;
    let this = this(receiver)?;
    this.with(|_| Ok(Value::Bool(answer(&this.mode))))
}

const READS: Effects = Effects::READS_FILES;
const WRITES: Effects = Effects::WRITES_FILES;

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
        effects: WRITES,
        call: write,
    },
    Method {
        name: "writelines",
        effects: WRITES,
        call: writelines,
    },
    Method {
        name: "seek",
        effects: WRITES,
        call: seek,
    },
    Method {
        name: "tell",
        effects: READS,
        call: tell,
    },
    Method {
        name: "truncate",
        effects: WRITES,
        call: truncate,
    },
    Method {
        name: "flush",
        effects: WRITES,
        call: flush,
    },
    Method {
        name: "close",
        effects: WRITES,
        call: close,
    },
    Method {
        name: "__enter__",
        effects: READS,
        call: enter,
    },
    Method {
        name: "__exit__",
        effects: WRITES,
        call: exit,
    },
    Method {
        name: "fileno",
        effects: READS,
        call: fileno,
    },
    Method {
        name: "readable",
        effects: READS,
        call: |this, args, kwargs| ask(this, args, kwargs, |mode| mode.read),
    },
    Method {
        name: "writable",
        effects: READS,
        call: |this, args, kwargs| ask(this, args, kwargs, |mode| mode.write),
    },
    Method {
        name: "seekable",
        effects: READS,
        call: |this, args, kwargs| ask(this, args, kwargs, |_| true),
    },
    Method {
        name: "isatty",
        effects: READS,
        call: |this, args, kwargs| ask(this, args, kwargs, |_| false),
    },
];

static FIELDS: &[Field] = &[
    Field {
        name: "name",
        get: |receiver| Ok(this(receiver)?.name.clone()),
        set: None,
    },
    Field {
        name: "mode",
        get: |receiver| Ok(Value::str(&this(receiver)?.mode_text)),
        set: None,
    },
    Field {
        name: "closed",
        get: |receiver| Ok(Value::Bool(this(receiver)?.open.borrow().is_none())),
        set: None,
    },
];

static BUFFERED_READER: BuiltinType = BuiltinType::closed("BufferedReader", "_io")
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
static BUFFERED_WRITER: BuiltinType = BuiltinType::closed("BufferedWriter", "_io")
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
static BUFFERED_RANDOM: BuiltinType = BuiltinType::closed("BufferedRandom", "_io")
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
