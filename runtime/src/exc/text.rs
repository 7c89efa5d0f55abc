//! `str()` and `repr()` of builtin exceptions.

use super::{Exc, Result, hierarchy::*};
use crate::elem::Elem;
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

impl Exc {
    /// `str()`, as the builtin type defines it.
    ///
    /// # Errors
    /// What `str()` of the arguments raises.
    pub fn builtin_str(&self) -> Result<Str> {
        let special = match self.builtin() {
            kind if kind.derives_from(&BASE_EXCEPTION_GROUP) => Some(super::group::text(self)),
            kind if kind.derives_from(&KEY_ERROR) => self.key_error_str()?,
            kind if kind.derives_from(&SYNTAX_ERROR) => self.syntax_error_str()?,
            kind if kind.derives_from(&OS_ERROR) => self.os_error_str()?,
            kind if kind.derives_from(&IMPORT_ERROR) => self.import_error_str(),
            kind if kind.derives_from(&UNICODE_DECODE_ERROR) => self.decode_error_str()?,
            kind if kind.derives_from(&UNICODE_ENCODE_ERROR) => self.encode_error_str()?,
            kind if kind.derives_from(&UNICODE_TRANSLATE_ERROR) => self.translate_error_str()?,
            _ => None,
        };
        special.map_or_else(|| self.plain_str(), Ok)
    }

    fn plain_str(&self) -> Result<Str> {
        let args = self.args();
        match &args[..] {
            [] => Ok(Str::empty()),
            [only] => text::str_of(only),
            _ => text::repr(&Value::Tuple(args)),
        }
    }

    /// A lone key shows as its repr, lest an empty string show as nothing.
    fn key_error_str(&self) -> Result<Option<Str>> {
        match &self.args()[..] {
            [key] => text::repr(key).map(Some),
            _ => Ok(None),
        }
    }

    /// The message, and where it is about.
    fn syntax_error_str(&self) -> Result<Option<Str>> {
        let field = |name| self.field(name).unwrap_or(Value::None);
        let message = text::str_of(&field("msg"))?.to_rust_string();
        let file = field("filename").as_str().map(Str::to_rust_string);
        let file = file.map(|path| path.rsplit('/').next().unwrap_or_default().to_owned());
        let shown = match (file, field("lineno")) {
            (Some(file), Value::Int(line)) => format!("{message} ({file}, line {line})"),
            (Some(file), _) => format!("{message} ({file})"),
            (None, Value::Int(line)) => format!("{message} (line {line})"),
            (None, _) => message,
        };
        Ok(Some(Str::from(shown)))
    }

    fn os_error_str(&self) -> Result<Option<Str>> {
        let field = |name| self.field(name).unwrap_or(Value::None);
        let (errno, strerror) = (field("errno"), field("strerror"));
        let (filename, filename2) = (field("filename"), field("filename2"));
        let known = |value: &Value| !matches!(value, Value::None);
        if !(known(&filename) || known(&errno) && known(&strerror)) {
            return Ok(None);
        }
        let mut out = StrBuf::new();
        out.push_ascii("[Errno ");
        out.push_str(&text::str_of(&errno)?);
        out.push_ascii("] ");
        out.push_str(&text::str_of(&strerror)?);
        if known(&filename) {
            out.push_ascii(": ");
            filename.py_repr(&mut out)?;
        }
        if known(&filename) && known(&filename2) {
            out.push_ascii(" -> ");
            filename2.py_repr(&mut out)?;
        }
        Ok(Some(out.finish()))
    }

    fn import_error_str(&self) -> Option<Str> {
        match self.field("msg") {
            Some(Value::Str(message)) => Some(message),
            _ => None,
        }
    }

    /// A field that is an int, clamped into `0..=len`.
    fn position(&self, name: &str) -> i64 {
        match self.field(name) {
            Some(Value::Int(position)) => position,
            _ => 0,
        }
    }

    fn decode_error_str(&self) -> Result<Option<Str>> {
        let (start, end) = (self.position("start"), self.position("end"));
        let byte = match self.field("object") {
            Some(Value::Bytes(bytes)) => usize::try_from(start)
                .ok()
                .and_then(|at| bytes.as_slice().get(at).copied()),
            _ => None,
        };
        let what = match byte {
            Some(byte) if end == start + 1 => format!("byte 0x{byte:02x} in position {start}"),
            _ => format!("bytes in position {start}-{}", end - 1),
        };
        self.codec_text(&format!("decode {what}")).map(Some)
    }

    fn encode_error_str(&self) -> Result<Option<Str>> {
        self.codec_text(&format!("encode {}", self.characters())).map(Some)
    }

    fn translate_error_str(&self) -> Result<Option<Str>> {
        let reason = text::str_of(&self.field("reason").unwrap_or(Value::None))?;
        Ok(Some(Str::from(format!(
            "can't translate {}: {reason}",
            self.characters()
        ))))
    }

    /// The offending characters, as the messages of codecs show them.
    fn characters(&self) -> String {
        let (start, end) = (self.position("start"), self.position("end"));
        let point = match self.field("object") {
            Some(Value::Str(text)) => usize::try_from(start)
                .ok()
                .filter(|&at| at < text.len())
                .map(|at| text.point(at)),
            _ => None,
        };
        match point {
            Some(point @ 0..0x100) if end == start + 1 => format!("character '\\x{point:02x}' in position {start}"),
            Some(point @ 0..0x10000) if end == start + 1 => format!("character '\\u{point:04x}' in position {start}"),
            Some(point) if end == start + 1 => format!("character '\\U{point:08x}' in position {start}"),
            _ => format!("characters in position {start}-{}", end - 1),
        }
    }

    fn codec_text(&self, what: &str) -> Result<Str> {
        let encoding = text::str_of(&self.field("encoding").unwrap_or(Value::None))?;
        let reason = text::str_of(&self.field("reason").unwrap_or(Value::None))?;
        Ok(Str::from(format!("'{encoding}' codec can't {what}: {reason}")))
    }

    /// `repr()`, as the builtin types define it.
    ///
    /// # Errors
    /// What `repr()` of the arguments raises.
    pub fn builtin_repr(&self) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push(&self.type_name());
        let args = self.args();
        match &args[..] {
            [only] => {
                out.push_ascii("(");
                only.py_repr(&mut out)?;
                out.push_ascii(")");
            }
            _ => args.repr_into(&mut out)?,
        }
        Ok(out.finish())
    }
}
