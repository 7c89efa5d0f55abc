//! The rows of `struct`.

use super::layout::{Layout, failed, parse};
use super::pack::{pack, unpack};
use crate::bytes::Bytes;
use crate::exc::hierarchy::EXCEPTION;
use crate::exc::{self, Result};
use crate::int::Int;
use crate::lib::convert::{bytes_required, size};
use crate::lib::errors::library_error;
use crate::lib::itertools::shell::{Shell, Step};
use crate::lib::params::{Params, between, no_keywords, one};
use crate::native::Native;
use crate::rc::Ref;
use crate::registry::{BuiltinType, Effects, Field, Item, Kwargs, Method, ModuleDef, NativeFn};
use crate::value::Value;

library_error!(
    /// `struct.error`.
    ERROR, "error", "struct", &EXCEPTION
);

/// A format, compiled.
struct Compiled {
    format: String,
    layout: Layout,
}

/// `struct.Struct`.
struct Struct(Ref<Compiled>);

impl Native for Struct {
    fn native_type(&self) -> &'static BuiltinType {
        &STRUCT
    }
}

fn compiled(format: &Value) -> Result<Compiled> {
    let format = match format.payload() {
        Value::Str(text) => text.to_rust_string(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes.as_slice()).into_owned(),
        other => {
            let name = other.type_name();
            return Err(exc::type_error(&format!(
                "Struct() argument 1 must be a str or bytes object, not {name}"
            )));
        }
    };
    let layout = parse(&format)?;
    Ok(Compiled { format, layout })
}

fn pack_with(layout: &Layout, values: &[Value], name: &str) -> Result<Value> {
    let (wanted, given) = (layout.value_count(), values.len());
    if wanted != given {
        return Err(failed(&format!(
            "{name} expected {wanted} items for packing (got {given})"
        )));
    }
    Ok(Value::Bytes(Bytes::from(pack(layout, values)?)))
}

fn unpack_with(layout: &Layout, buffer: &Value) -> Result<Value> {
    let bytes = bytes_required(buffer)?;
    if bytes.len() != layout.size {
        return Err(failed(&format!("unpack requires a buffer of {} bytes", layout.size)));
    }
    Ok(Value::tuple(unpack(layout, &bytes)))
}

fn unpack_from_with(layout: &Layout, buffer: &Value, offset: i64) -> Result<Value> {
    let bytes = bytes_required(buffer)?;
    let (needed, len) = (layout.size as i64, bytes.len() as i64);
    let mut start = offset;
    if start < 0 {
        if start + needed > 0 {
            return Err(failed(&format!(
                "not enough data to unpack {needed} bytes at offset {offset}"
            )));
        }
        if start + len < 0 {
            return Err(failed(&format!("offset {offset} out of range for {len}-byte buffer")));
        }
        start += len;
    }
    if len - start < needed {
        let least = start + needed;
        return Err(failed(&format!(
            "unpack_from requires a buffer of at least {least} bytes for unpacking {needed} bytes at offset {start} \
             (actual buffer size is {len})"
        )));
    }
    let start = start as usize;
    Ok(Value::tuple(unpack(layout, &bytes[start..start + layout.size])))
}

/// What `iter_unpack` answers.
struct Walk {
    compiled: Ref<Compiled>,
    bytes: Vec<u8>,
    next: usize,
}

impl Step for Walk {
    fn kind() -> &'static BuiltinType {
        &UNPACK_ITERATOR
    }

    fn step(&mut self) -> Result<Option<Value>> {
        let size = self.compiled.layout.size;
        let Some(bytes) = self.bytes.get(self.next..self.next + size) else {
            return Ok(None);
        };
        self.next += size;
        Ok(Some(Value::tuple(unpack(&self.compiled.layout, bytes))))
    }
}

fn walk(compiled: Ref<Compiled>, buffer: &Value) -> Result<Value> {
    let size = compiled.layout.size;
    if size == 0 {
        return Err(failed("cannot iteratively unpack with a struct of length 0"));
    }
    let bytes = bytes_required(buffer)?.into_owned();
    if bytes.len() % size != 0 {
        return Err(failed(&format!(
            "iterative unpacking requires a buffer of a multiple of {size} bytes"
        )));
    }
    Ok(Shell::value(Walk {
        compiled,
        bytes,
        next: 0,
    }))
}

fn pack_row(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    no_keywords("_struct.pack", kwargs)?;
    match args {
        [format, values @ ..] => pack_with(&compiled(format)?.layout, values, "pack"),
        [] => Err(exc::type_error("missing format argument")),
    }
}

fn unpack_row(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("_struct.unpack", args, kwargs, 2, 2)?;
    unpack_with(&compiled(&args[0])?.layout, &args[1])
}

fn unpack_from(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("unpack_from", &["format", "buffer", "offset"], 2).posonly(1);
    let [format, buffer, offset] = PARAMS.read(args, kwargs)?;
    let compiled = compiled(format.unwrap_or(&Value::None))?;
    unpack_from_with(
        &compiled.layout,
        buffer.unwrap_or(&Value::None),
        offset.map_or(Ok(0), size)?,
    )
}

fn iter_unpack(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("_struct.iter_unpack", args, kwargs, 2, 2)?;
    walk(Ref::new(compiled(&args[0])?), &args[1])
}

fn calcsize(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    Ok(Value::from(Int::from(
        compiled(one("_struct.calcsize", args, kwargs)?)?.layout.size,
    )))
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("Struct", &["format"], 1);
    let [format] = PARAMS.read(args, kwargs)?;
    Ok(Value::object(Struct(Ref::new(compiled(
        format.unwrap_or(&Value::None),
    )?))))
}

fn this(receiver: &Value) -> Result<&Struct> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a '_struct.Struct' object"))
}

const READS: Effects = Effects::READS_ARGS;

static METHODS: &[Method] = &[
    Method {
        name: "pack",
        effects: READS,
        call: |receiver, args, kwargs| {
            no_keywords("Struct.pack", kwargs)?;
            pack_with(&this(receiver)?.0.layout, args, "pack")
        },
    },
    Method {
        name: "unpack",
        effects: READS,
        call: |receiver, args, kwargs| unpack_with(&this(receiver)?.0.layout, one("Struct.unpack", args, kwargs)?),
    },
    Method {
        name: "unpack_from",
        effects: READS,
        call: |receiver, args, kwargs| {
            static PARAMS: Params = Params::new("unpack_from", &["buffer", "offset"], 1);
            let [buffer, offset] = PARAMS.read(args, kwargs)?;
            let offset = offset.map_or(Ok(0), size)?;
            unpack_from_with(&this(receiver)?.0.layout, buffer.unwrap_or(&Value::None), offset)
        },
    },
    Method {
        name: "iter_unpack",
        effects: READS,
        call: |receiver, args, kwargs| walk(this(receiver)?.0.clone(), one("Struct.iter_unpack", args, kwargs)?),
    },
];

static FIELDS: &[Field] = &[
    Field {
        name: "format",
        get: |receiver| Ok(Value::str(&this(receiver)?.0.format)),
        set: None,
    },
    Field {
        name: "size",
        get: |receiver| Ok(Value::Int(this(receiver)?.0.layout.size as i64)),
        set: None,
    },
];

static STRUCT: BuiltinType = BuiltinType::new("Struct", "_struct", new)
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
static UNPACK_ITERATOR: BuiltinType = BuiltinType::closed("unpack_iterator", "_struct").in_c();
static PACK: NativeFn = NativeFn {
    name: "pack",
    effects: READS,
    call: pack_row,
};
static UNPACK: NativeFn = NativeFn {
    name: "unpack",
    effects: READS,
    call: unpack_row,
};
static UNPACK_FROM: NativeFn = NativeFn {
    name: "unpack_from",
    effects: READS,
    call: unpack_from,
};
static ITER_UNPACK: NativeFn = NativeFn {
    name: "iter_unpack",
    effects: READS,
    call: iter_unpack,
};
static CALCSIZE: NativeFn = NativeFn {
    name: "calcsize",
    effects: Effects::PURE,
    call: calcsize,
};

/// The module `struct`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "struct",
    items: &[
        ("pack", Item::Function(&PACK)),
        ("unpack", Item::Function(&UNPACK)),
        ("unpack_from", Item::Function(&UNPACK_FROM)),
        ("iter_unpack", Item::Function(&ITER_UNPACK)),
        ("calcsize", Item::Function(&CALCSIZE)),
        ("Struct", Item::Type(&STRUCT)),
        ("error", Item::Type(&ERROR)),
    ],
};
