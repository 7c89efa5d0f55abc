//! `sys.stdin`, `sys.stdout` and `sys.stderr`.

use crate::exc::{self, Result};
use crate::io;
use crate::iter::{self, Iter};
use crate::lib::params::{between, none, one};
use crate::native::{Native, Object};
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::str::Str;
use crate::value::Value;

/// Which of the three.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    In,
    Out,
    Err,
}

/// A standard stream as a Python object.
struct Standard(Which);

pub fn stdin() -> Value {
    Value::object(Standard(Which::In))
}

pub fn stdout() -> Value {
    Value::object(Standard(Which::Out))
}

pub fn stderr() -> Value {
    Value::object(Standard(Which::Err))
}

impl Standard {
    fn name(&self) -> &'static str {
        match self.0 {
            Which::In => "<stdin>",
            Which::Out => "<stdout>",
            Which::Err => "<stderr>",
        }
    }

    fn mode(&self) -> &'static str {
        if self.0 == Which::In { "r" } else { "w" }
    }

    fn write(&self, text: &Str) -> Result<()> {
        match self.0 {
            Which::In => Err(crate::lib::io::unsupported("not writable")),
            Which::Out => io::stdout::write(text),
            Which::Err => {
                io::stderr::write(text);
                Ok(())
            }
        }
    }

    fn read_line(&self) -> Result<Option<Str>> {
        match self.0 {
            Which::In => io::stdin::read_line(),
            _ => Err(crate::lib::io::unsupported("not readable")),
        }
    }
}

impl Native for Standard {
    fn native_type(&self) -> &'static BuiltinType {
        &TEXT_IO_WRAPPER
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        let (name, mode) = (self.name(), self.mode());
        Ok(Str::from(format!(
            "<_io.TextIOWrapper name='{name}' mode='{mode}' encoding='utf-8'>"
        )))
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        Ok(Some(Iter::Object(this.clone())))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self) -> Result<Option<Value>> {
        Ok(self.read_line()?.map(Value::Str))
    }
}

fn this(receiver: &Value) -> Result<&Standard> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a '_io.TextIOWrapper' object"))
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
    let mut lines = iter::iter(one("_io._IOBase.writelines", args, kwargs)?)?;
    while let Some(line) = lines.next()? {
        write(receiver, &[line], &[])?;
    }
    Ok(Value::None)
}

fn flush(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("TextIOWrapper.flush", args, kwargs)?;
    match this(receiver)?.0 {
        Which::In => {}
        Which::Out => io::stdout::try_flush()?,
        Which::Err => io::stderr::flush(),
    }
    Ok(Value::None)
}

fn readline(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("TextIOWrapper.readline", args, kwargs)?;
    Ok(Value::Str(this(receiver)?.read_line()?.unwrap_or_else(Str::empty)))
}

fn rest(this: &Standard) -> Result<Vec<Value>> {
    let mut lines = Vec::new();
    while let Some(line) = this.read_line()? {
        lines.push(Value::Str(line));
    }
    Ok(lines)
}

fn readlines(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("TextIOWrapper.readlines", args, kwargs)?;
    Ok(Value::list(rest(this(receiver)?)?))
}

fn read(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("read", args, kwargs, 0, 1)?;
    let most = crate::lib::io::wanted(args.first())?;
    match this(receiver)?.0 {
        Which::In => most
            .map_or_else(io::stdin::read_all, io::stdin::read_points)
            .map(Value::Str),
        _ => Err(crate::lib::io::unsupported("not readable")),
    }
}

fn isatty(_receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("TextIOWrapper.isatty", args, kwargs)?;
    Ok(Value::Bool(false))
}

fn fileno(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("TextIOWrapper.fileno", args, kwargs)?;
    Ok(Value::Int(match this(receiver)?.0 {
        Which::In => 0,
        Which::Out => 1,
        Which::Err => 2,
    }))
}

const READS: Effects = Effects::STDIN;
const WRITES: Effects = Effects::STDOUT;

static METHODS: &[Method] = &[
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
        name: "flush",
        effects: WRITES,
        call: flush,
    },
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
        name: "fileno",
        effects: Effects::PURE,
        call: fileno,
    },
    Method {
        name: "isatty",
        effects: Effects::PURE,
        call: isatty,
    },
];

static FIELDS: &[Field] = &[
    Field {
        name: "name",
        get: |receiver| Ok(Value::str(this(receiver)?.name())),
        set: None,
    },
    Field {
        name: "mode",
        get: |receiver| Ok(Value::str(this(receiver)?.mode())),
        set: None,
    },
    Field {
        name: "encoding",
        get: |_| Ok(Value::str("utf-8")),
        set: None,
    },
    Field {
        name: "closed",
        get: |_| Ok(Value::Bool(false)),
        set: None,
    },
];

static TEXT_IO_WRAPPER: BuiltinType = BuiltinType::closed("TextIOWrapper", "_io")
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
