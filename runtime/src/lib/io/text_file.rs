//! `_io.TextIOWrapper`: files of text.

use std::cell::{Cell, RefCell};
use std::io::SeekFrom;
use std::os::fd::AsRawFd;

use super::mode::Mode;
use super::raw::Raw;
use super::text_reader::{Newlines, TextReader};
use super::{system_error, unsupported, wanted};
use crate::codec;
use crate::exc::{self, Exc, Result};
use crate::iter::{self, Iter};
use crate::lib::convert::size;
use crate::lib::params::{Params, between, none, one};
use crate::native::{Native, Object};
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// A file of text.
pub struct TextFile {
    name: Value,
    mode_text: String,
    mode: Mode,
    encoding: String,
    errors: String,
    /// What `\n` is written as.
    line_end: &'static str,
    /// None once it is closed.
    open: RefCell<Option<(Raw, TextReader)>>,
    iterating: Cell<bool>,
}

impl TextFile {
    #[allow(clippy::too_many_arguments)]
    pub fn value(
        name: Value,
        mode_text: String,
        mode: Mode,
        encoding: String,
        errors: String,
        newlines: Newlines,
        raw: Raw,
    ) -> Value {
        let line_end = match newlines {
            Newlines::Only(end) => end,
            _ => "\n",
        };
        let reader = TextReader::new(encoding.clone(), errors.clone(), newlines);
        let open = RefCell::new(Some((raw, reader)));
        Value::object(TextFile {
            name,
            mode_text,
            mode,
            encoding,
            errors,
            line_end,
            open,
            iterating: Cell::new(false),
        })
    }

    fn with<R>(&self, act: impl FnOnce(&mut Raw, &mut TextReader) -> Result<R>) -> Result<R> {
        match &mut *self.open.borrow_mut() {
            Some((raw, reader)) => act(raw, reader),
            None => Err(closed()),
        }
    }

    fn line(&self, most: usize) -> Result<Str> {
        self.with(|raw, reader| {
            if !self.mode.read {
                return Err(unsupported("not readable"));
            }
            reader.line(raw, most)
        })
    }

    fn write(&self, text: &Str) -> Result<()> {
        self.with(|raw, reader| {
            if !self.mode.write {
                return Err(unsupported("not writable"));
            }
            let encoded = if self.line_end == "\n" {
                codec::encode(text, &self.encoding, &self.errors)?
            } else {
                let ends = self.line_end.chars().map(|c| c as u32);
                let points = text.points().into_iter().flat_map(|c| match c {
                    10 => ends.clone().collect::<Vec<u32>>(),
                    c => vec![c],
                });
                let points: Vec<u32> = points.collect();
                codec::encode(&Str::from_code_points(&points), &self.encoding, &self.errors)?
            };
            // As CPython does, the text goes where the last block that was read ends.
            reader.clear();
            raw.write(encoded.as_slice())
                .map_err(|error| system_error(&error, None))
        })
    }

    fn close(&self) -> Result<()> {
        let Some((mut raw, _)) = self.open.borrow_mut().take() else {
            return Ok(());
        };
        raw.flush().map_err(|error| system_error(&error, None))
    }
}

#[cold]
pub fn closed() -> Exc {
    exc::value_error("I/O operation on closed file.")
}

impl Native for TextFile {
    fn native_type(&self) -> &'static BuiltinType {
        &TEXT_IO_WRAPPER
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push_ascii("<_io.TextIOWrapper name=");
        text::repr_into(&self.name, &mut out)?;
        out.push(&format!(" mode='{}' encoding='{}'>", self.mode_text, self.encoding));
        Ok(out.finish())
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        self.with(|_, _| Ok(()))?;
        Ok(Some(Iter::Object(this.clone())))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self) -> Result<Option<Value>> {
        self.iterating.set(true);
        let line = self.line(usize::MAX)?;
        if line.is_empty() {
            self.iterating.set(false);
            return Ok(None);
        }
        Ok(Some(Value::Str(line)))
    }
}

fn this(receiver: &Value) -> Result<&TextFile> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a '_io.TextIOWrapper' object"))
}

fn read(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("read", args, kwargs, 0, 1)?;
    let this = this(receiver)?;
    let most = wanted(args.first())?;
    this.with(|raw, reader| {
        if !this.mode.read {
            return Err(unsupported("not readable"));
        }
        reader.read(raw, most).map(Value::Str)
    })
}

fn readline(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("readline", args, kwargs, 0, 1)?;
    let most = wanted(args.first())?.unwrap_or(usize::MAX);
    this(receiver)?.line(most).map(Value::Str)
}

fn readlines(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("readlines", args, kwargs, 0, 1)?;
    let hint = wanted(args.first())?.filter(|&hint| hint > 0);
    let this = this(receiver)?;
    let (mut lines, mut total) = (Vec::new(), 0);
    loop {
        let line = this.line(usize::MAX)?;
        if line.is_empty() {
            return Ok(Value::list(lines));
        }
        total += line.len();
        lines.push(Value::Str(line));
        if hint.is_some_and(|hint| total >= hint) {
            return Ok(Value::list(lines));
        }
    }
}

fn write(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match one("TextIOWrapper.write", args, kwargs)?.payload() {
        Value::Str(text) => {
            this(receiver)?.write(text)?;
            Ok(Value::Int(text.len() as i64))
        }
        other => Err(exc::type_error(&format!(
            "write() argument must be str, not {}",
            other.type_name()
        ))),
    }
}

fn writelines(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let lines = one("_io._IOBase.writelines", args, kwargs)?;
    this(receiver)?.with(|_, _| Ok(()))?;
    let mut lines = iter::iter(lines)?;
    while let Some(line) = lines.next()? {
        write(receiver, &[line], &[])?;
    }
    Ok(Value::None)
}

fn seek(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("seek", &["cookie", "whence"], 1).posonly(2);
    let [place, whence] = PARAMS.read(args, kwargs)?;
    let (place, whence) = (size(place.unwrap_or(&Value::None))?, whence.map_or(Ok(0), size)?);
    let this = this(receiver)?;
    this.with(|raw, reader| {
        let to = match (whence, place) {
            (0, 0..) => SeekFrom::Start(place as u64),
            (0, _) => return Err(exc::value_error(&format!("negative seek position {place}"))),
            (1, 0) => return Ok(Value::Int(tell_of(raw, reader)? as i64)),
            (1, _) => return Err(unsupported("can't do nonzero cur-relative seeks")),
            (2, 0) => SeekFrom::End(0),
            (2, _) => return Err(unsupported("can't do nonzero end-relative seeks")),
            _ => {
                return Err(exc::value_error(&format!(
                    "invalid whence ({whence}, should be 0, 1 or 2)"
                )));
            }
        };
        let place = raw.seek(to).map_err(|error| system_error(&error, None))?;
        reader.clear();
        Ok(Value::Int(place as i64))
    })
}

fn tell_of(raw: &mut Raw, reader: &TextReader) -> Result<u64> {
    let place = raw.tell().map_err(|error| system_error(&error, None))?;
    match reader.unread_bytes() {
        Some(unread) => Ok(place - unread as u64),
        None => Err(exc::not_implemented_error(
            "positions in files of this encoding are not supported",
        )),
    }
}

fn tell(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("TextIOWrapper.tell", args, kwargs)?;
    let this = this(receiver)?;
    this.with(|raw, reader| {
        if this.iterating.get() {
            return Err(exc::of_kind(
                "OSError",
                vec![Value::str("telling position disabled by next() call")],
            ));
        }
        Ok(Value::Int(tell_of(raw, reader)? as i64))
    })
}

fn truncate(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("truncate", args, kwargs, 0, 1)?;
    let length = wanted(args.first())?;
    let this = this(receiver)?;
    this.with(|raw, reader| {
        if !this.mode.write {
            return Err(unsupported("truncate"));
        }
        let length = match length {
            Some(length) => length as u64,
            None => tell_of(raw, reader)?,
        };
        raw.truncate(length).map_err(|error| system_error(&error, None))?;
        Ok(Value::Int(length as i64))
    })
}

fn flush(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("TextIOWrapper.flush", args, kwargs)?;
    this(receiver)?.with(|raw, _| raw.flush().map_err(|error| system_error(&error, None)))?;
    Ok(Value::None)
}

fn close(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("TextIOWrapper.close", args, kwargs)?;
    this(receiver)?.close()?;
    Ok(Value::None)
}

fn enter(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("_io._IOBase.__enter__", args, kwargs)?;
    this(receiver)?.with(|_, _| Ok(()))?;
    Ok(receiver.clone())
}

fn exit(receiver: &Value, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    this(receiver)?.close()?;
    Ok(Value::None)
}

fn fileno(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("TextIOWrapper.fileno", args, kwargs)?;
    match &*this(receiver)?.open.borrow() {
        Some((raw, _)) => Ok(Value::Int(i64::from(raw.file().as_raw_fd()))),
        None => Err(exc::value_error("I/O operation on closed file")),
    }
}

/// A question about an open file.
fn ask(receiver: &Value, name: &str, args: &[Value], kwargs: Kwargs, answer: fn(&TextFile) -> bool) -> Result<Value> {
    none(name, args, kwargs)?;
    let this = this(receiver)?;
    if !answer(this) {
        return Ok(Value::Bool(false));
    }
    match *this.open.borrow() {
        Some(_) => Ok(Value::Bool(true)),
        None => Err(exc::value_error("I/O operation on closed file")),
    }
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
        call: |this, args, kwargs| ask(this, "TextIOWrapper.readable", args, kwargs, |file| file.mode.read),
    },
    Method {
        name: "writable",
        effects: READS,
        call: |this, args, kwargs| ask(this, "TextIOWrapper.writable", args, kwargs, |file| file.mode.write),
    },
    Method {
        name: "seekable",
        effects: READS,
        call: |this, args, kwargs| ask(this, "TextIOWrapper.seekable", args, kwargs, |_| true),
    },
    Method {
        name: "isatty",
        effects: READS,
        call: |this, args, kwargs| ask(this, "TextIOWrapper.isatty", args, kwargs, |_| false),
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
    Field {
        name: "encoding",
        get: |receiver| Ok(Value::str(&this(receiver)?.encoding)),
        set: None,
    },
    Field {
        name: "errors",
        get: |receiver| Ok(Value::str(&this(receiver)?.errors)),
        set: None,
    },
];

pub static TEXT_IO_WRAPPER: BuiltinType = BuiltinType::closed("TextIOWrapper", "_io")
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
