//! Generators: the module's own one and those of `Random` objects; seeding and states.

use std::cell::RefCell;
use std::io::Read;

use super::object::RandomObject;
use super::variates::Generator;
use crate::clock;
use crate::elem::Key;
use crate::exc::{self, Result};
use crate::iter;
use crate::lib::convert::{index, low_u32};
use crate::lib::hashlib;
use crate::lib::random::mt::MersenneTwister;
use crate::lib::signature::PyParams;
use crate::registry::Kwargs;
use crate::value::Value;

thread_local! {
    static GLOBAL: RefCell<Option<Generator>> = const { RefCell::new(None) };
}

/// As a proof does when a case begins: the module's generator is one seeded with 0, made when someone first draws.
pub fn start_case() {
    GLOBAL.set(None);
}

fn first() -> Generator {
    if clock::is_held() {
        Generator::from_key(&[])
    } else {
        unpredictable()
    }
}

/// Uses the module's generator: native code's way to it.
pub fn with_global<R>(draw: impl FnOnce(&mut Generator) -> R) -> R {
    GLOBAL.with_borrow_mut(|generator| draw(generator.get_or_insert_with(first)))
}

/// A generator seeded by the operating system.
pub fn unpredictable() -> Generator {
    let mut bytes = [0; 4 * 624];
    // Without a source of entropy a fixed seed is left, as good as any.
    if let Ok(mut source) = std::fs::File::open("/dev/urandom") {
        let _ = source.read_exact(&mut bytes);
    }
    let key: Vec<u32> = bytes
        .chunks_exact(4)
        .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
        .collect();
    Generator::from_key(&key)
}

/// Where random numbers come from.
pub enum Source<'a> {
    Global,
    Object(&'a RandomObject),
}

impl Source<'_> {
    /// Uses the generator; `draw` must not run code of the program.
    #[inline]
    pub fn with<R>(&self, draw: impl FnOnce(&mut Generator) -> R) -> R {
        match self {
            Source::Global => with_global(draw),
            Source::Object(object) => draw(&mut object.0.borrow_mut()),
        }
    }

    /// `random()`.
    #[inline]
    pub fn random(&self) -> f64 {
        self.with(Generator::random)
    }

    /// `_randbelow(n)` for n at least 1.
    #[inline]
    pub fn below(&self, n: u64) -> u64 {
        self.with(|generator| generator.twister.below(n))
    }
}

/// The generator that a seed argument calls for.
pub fn seeded(seed: &Value, version: i64) -> Result<Generator> {
    let key = match seed.payload() {
        Value::None => return Ok(unpredictable()),
        Value::Str(text) if version == 2 => {
            let bytes = crate::codec::encode_utf8(text)?;
            key_of_bytes(bytes.as_slice())
        }
        Value::Bytes(bytes) if version == 2 => key_of_bytes(bytes.as_slice()),
        Value::Float(value) => key_of_u64(value.py_hash()? as u64),
        Value::Str(_) | Value::Bytes(_) => {
            return Err(exc::not_implemented_error(
                "seeding by text in version 1 is not supported",
            ));
        }
        other => match other.as_int() {
            Some(int) => int.abs().to_big().iter_u32_digits().collect(),
            None => {
                return Err(exc::type_error(
                    "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.",
                ));
            }
        },
    };
    Ok(Generator::from_key(&key))
}

fn key_of_u64(number: u64) -> Vec<u32> {
    let (low, high) = (number as u32, (number >> 32) as u32);
    if high == 0 { vec![low] } else { vec![low, high] }
}

/// The number that the bytes and their SHA-512 make, most significant first, as its 32-bit digits.
fn key_of_bytes(bytes: &[u8]) -> Vec<u32> {
    let mut all = bytes.to_vec();
    all.extend(hashlib::sha512(bytes));
    num_bigint::BigUint::from_bytes_be(&all).iter_u32_digits().collect()
}

/// `seed(a=None, version=2)`.
pub fn seed(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.seed", &["a", "version"], 0).method();
    let [seed, version] = PARAMS.read(args, kwargs)?;
    let version = version
        .and_then(Value::as_int)
        .and_then(|version| version.as_i64())
        .unwrap_or(2);
    let generator = seeded(seed.unwrap_or(&Value::None), version)?;
    source.with(|current| *current = generator);
    Ok(Value::None)
}

/// `getstate()`.
pub fn getstate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.getstate", &[], 0).method();
    let [] = PARAMS.read(args, kwargs)?;
    Ok(source.with(|generator| {
        let words = generator
            .twister
            .words()
            .map(|word| Value::Int(i64::from(word)))
            .collect();
        let gauss = generator.gauss_next.map_or(Value::None, Value::Float);
        Value::tuple(vec![Value::Int(3), Value::tuple(words), gauss])
    }))
}

/// `setstate(state)`.
pub fn setstate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.setstate", &["state"], 1).method();
    let [state] = PARAMS.read(args, kwargs)?;
    let state = state.unwrap_or(&Value::None);
    let version = crate::ops::get_item(state, &Value::Int(0))?;
    if index(&version)?.as_i64() != Some(3) {
        let shown = crate::text::str_of(&version)?;
        let message = format!("state with version {shown} passed to Random.setstate() of version 3");
        return Err(exc::value_error(&message));
    }
    let [_, words, gauss] = iter::unpack::<3>(state)?;
    let words = iter::collect(&words)?;
    if words.len() != 625 {
        return Err(exc::value_error("state vector is the wrong size"));
    }
    let words = words.iter().map(low_u32).collect::<Result<Vec<u32>>>()?;
    let Some(twister) = MersenneTwister::from_words(&words) else {
        return Err(exc::value_error("invalid state"));
    };
    let gauss_next = if let Value::Float(gauss) = gauss {
        Some(gauss)
    } else {
        None
    };
    source.with(|current| *current = Generator { twister, gauss_next });
    Ok(Value::None)
}
