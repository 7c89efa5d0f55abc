//! What an array of each type code holds: which values it takes, and their bytes.

use num_traits::ToPrimitive;

use crate::exc::{self, Exc, Result};
use crate::int::Int;
use crate::lib::convert::float;
use crate::ops;
use crate::str::Str;
use crate::value::Value;

/// The type codes, as `array.typecodes` lists them.
pub const LETTERS: &str = "bBuhHiIlLqQfd";

/// A type code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code(char);

impl Code {
    /// The code of this letter.
    ///
    /// # Errors
    /// ValueError for any other letter.
    pub fn of(letter: char) -> Result<Code> {
        if LETTERS.contains(letter) {
            return Ok(Code(letter));
        }
        Err(exc::value_error(
            "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)",
        ))
    }

    pub fn letter(self) -> char {
        self.0
    }

    pub fn is_text(self) -> bool {
        self.0 == 'u'
    }

    /// How many bytes an item takes.
    pub fn size(self) -> usize {
        match self.0 {
            'b' | 'B' => 1,
            'h' | 'H' => 2,
            'i' | 'I' | 'f' | 'u' => 4,
            _ => 8,
        }
    }

    /// The value as the array holds it.
    ///
    /// # Errors
    /// TypeError for a value of another kind, OverflowError for one that does not fit.
    pub fn item(self, value: &Value) -> Result<Value> {
        match self.0 {
            'd' => float(value).map(Value::Float),
            'f' => float(value).map(|wide| Value::Float(f64::from(wide as f32))),
            'u' => match value.as_str() {
                Some(text) if text.len() == 1 => Ok(Value::Str(text.clone())),
                _ => Err(exc::type_error("array item must be unicode character")),
            },
            _ => self.integer(value),
        }
    }

    fn integer(self, value: &Value) -> Result<Value> {
        let Some(int) = ops::try_index(value)? else {
            let kind = value.type_name();
            return Err(exc::type_error(&format!(
                "'{kind}' object cannot be interpreted as an integer"
            )));
        };
        let wide = int.to_big().to_i128().unwrap_or(match int.is_negative() {
            true => i128::MIN,
            false => i128::MAX,
        });
        self.check(wide)?;
        Ok(Value::from(int))
    }

    /// Narrow kinds are first read as a wider C integer, whose complaint comes first.
    fn check(self, wide: i128) -> Result<()> {
        const SHORT: i128 = i16::MAX as i128;
        const INT: i128 = i32::MAX as i128;
        const LONG: i128 = i64::MAX as i128;
        match self.0 {
            'q' if !(-LONG - 1..=LONG).contains(&wide) => Err(overflow("int too big to convert")),
            'Q' if wide < 0 => Err(overflow("can't convert negative int to unsigned")),
            'Q' if wide > u64::MAX as i128 => Err(overflow("int too big to convert")),
            'I' | 'L' if wide < 0 => Err(overflow("can't convert negative value to unsigned int")),
            'I' | 'L' if wide > u64::MAX as i128 => Err(overflow("Python int too large to convert to C unsigned long")),
            'I' if wide > u32::MAX as i128 => Err(overflow("unsigned int is greater than maximum")),
            'q' | 'Q' | 'I' | 'L' => Ok(()),
            _ if !(-LONG - 1..=LONG).contains(&wide) => Err(overflow("Python int too large to convert to C long")),
            'b' => {
                within(wide, SHORT, "signed short integer").and_then(|()| within(wide, i8::MAX as i128, "signed char"))
            }
            'B' => from_zero(wide, u8::MAX as i128, "unsigned byte integer"),
            'h' => within(wide, SHORT, "signed short integer"),
            'H' => {
                within(wide, INT, "signed integer").and_then(|()| from_zero(wide, u16::MAX as i128, "unsigned short"))
            }
            'i' => within(wide, INT, "signed integer"),
            _ => Ok(()),
        }
    }

    /// The bytes of an item.
    pub fn write(self, item: &Value, out: &mut Vec<u8>) {
        let bits = match item {
            Value::Float(wide) if self.0 == 'f' => u64::from((*wide as f32).to_bits()),
            Value::Float(wide) => wide.to_bits(),
            Value::Str(text) => text.points().first().map_or(0, |&point| u64::from(point)),
            other => match other.as_int() {
                Some(int) => int.to_big().to_i128().unwrap_or_default() as u64,
                None => 0,
            },
        };
        out.extend_from_slice(&bits.to_ne_bytes()[..self.size()]);
    }

    /// The items that bytes hold, which are a whole number of items.
    ///
    /// # Errors
    /// ValueError for bytes that are no character.
    pub fn read(self, bytes: &[u8]) -> Result<Vec<Value>> {
        bytes
            .chunks_exact(self.size())
            .map(|bytes| self.read_one(bytes))
            .collect()
    }

    fn read_one(self, bytes: &[u8]) -> Result<Value> {
        let mut wide = [0; 8];
        wide[..bytes.len()].copy_from_slice(bytes);
        let bits = u64::from_ne_bytes(wide);
        Ok(match self.0 {
            'd' => Value::Float(f64::from_bits(bits)),
            'f' => Value::Float(f64::from(f32::from_bits(bits as u32))),
            'u' => return character(bits as u32),
            'b' => Value::Int(bits as i8 as i64),
            'h' => Value::Int(bits as i16 as i64),
            'i' => Value::Int(bits as i32 as i64),
            'l' | 'q' => Value::Int(bits as i64),
            _ => Value::from(Int::from(bits)),
        })
    }
}

fn character(code: u32) -> Result<Value> {
    match code {
        0..=0x10ffff => Ok(Value::Str(Str::from_code_point(code))),
        _ => Err(exc::value_error(&format!(
            "character U+{code:x} is not in range [U+0000; U+10ffff]"
        ))),
    }
}

fn within(wide: i128, most: i128, name: &str) -> Result<()> {
    match wide {
        _ if wide < -most - 1 => Err(overflow(&format!("{name} is less than minimum"))),
        _ if wide > most => Err(overflow(&format!("{name} is greater than maximum"))),
        _ => Ok(()),
    }
}

fn from_zero(wide: i128, most: i128, name: &str) -> Result<()> {
    match wide {
        _ if wide < 0 => Err(overflow(&format!("{name} is less than minimum"))),
        _ if wide > most => Err(overflow(&format!("{name} is greater than maximum"))),
        _ => Ok(()),
    }
}

#[cold]
fn overflow(message: &str) -> Exc {
    exc::overflow_error(message)
}
