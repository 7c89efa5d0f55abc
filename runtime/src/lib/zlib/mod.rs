//! `zlib`: its checksums. Compression is left to later.

use crate::exc::Result;
use crate::lib::binascii::checksum;
use crate::lib::convert::{bytes_required, low_u32};
use crate::lib::params::between;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::value::Value;

fn crc32(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("zlib.crc32", args, kwargs, 1, 2)?;
    let data = bytes_required(&args[0])?;
    let start = args.get(1).map_or(Ok(0), low_u32)?;
    Ok(Value::Int(i64::from(checksum::crc32(&data, start))))
}

fn adler32(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("zlib.adler32", args, kwargs, 1, 2)?;
    let data = bytes_required(&args[0])?;
    let start = args.get(1).map_or(Ok(1), low_u32)?;
    Ok(Value::Int(i64::from(checksum::adler32(&data, start))))
}

static CRC32: NativeFn = NativeFn {
    name: "crc32",
    effects: Effects::READS_ARGS,
    call: crc32,
};
static ADLER32: NativeFn = NativeFn {
    name: "adler32",
    effects: Effects::READS_ARGS,
    call: adler32,
};

/// The module `zlib`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "zlib",
    items: &[("crc32", Item::Function(&CRC32)), ("adler32", Item::Function(&ADLER32))],
};
