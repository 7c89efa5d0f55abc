//! What a program prints when an exception ends it.

use super::{Exc, hierarchy::SYSTEM_EXIT};
use crate::io::{stderr, stdout};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// Writes the exception to stderr as CPython does, frames left out, after flushing what the program printed.
pub fn print_uncaught(exception: &Exc) {
    stdout::flush();
    if !exception.is(&SYSTEM_EXIT) {
        stderr::write(&traceback_text(exception));
    } else if let Some(code) = exception.field("code")
        && !matches!(code, Value::None | Value::Int(_) | Value::Bool(_))
    {
        stderr::write(&text::str_of(&code).unwrap_or_else(|_| Str::empty()));
        stderr::write(&Str::from("\n"));
    }
    stderr::flush();
}

/// The status a process ends with because of this exception.
pub fn exit_status(exception: &Exc) -> i32 {
    if !exception.is(&SYSTEM_EXIT) {
        return 1;
    }
    match exception.field("code") {
        None | Some(Value::None) => 0,
        Some(Value::Int(code)) => (code & 0xff) as i32,
        Some(Value::Bool(code)) => code as i32,
        Some(_) => 1,
    }
}

/// The exception with its causes and contexts, each under its heading; frames are left out.
pub fn traceback_text(exception: &Exc) -> Str {
    let mut out = StrBuf::new();
    write_chain(exception, &mut out);
    out.finish()
}

fn write_chain(exception: &Exc, out: &mut StrBuf) {
    if let Some(cause) = exception.cause() {
        write_chain(&cause, out);
        out.push_ascii("\nThe above exception was the direct cause of the following exception:\n\n");
    } else if let Some(context) = exception.context()
        && !exception.suppresses_context()
    {
        write_chain(&context, out);
        out.push_ascii("\nDuring handling of the above exception, another exception occurred:\n\n");
    }
    out.push_ascii("Traceback (most recent call last):\n");
    write_last_line(exception, out);
}

/// `Type: message`, the type with its module unless that is `builtins` or `__main__`.
fn write_last_line(exception: &Exc, out: &mut StrBuf) {
    out.push_str(&exception.class().dotted_name());
    match text::str_of(&exception.value()) {
        Ok(message) if message.is_empty() => {}
        Ok(message) => {
            out.push_ascii(": ");
            out.push_str(&message);
        }
        Err(_) => out.push_ascii(": <exception str() failed>"),
    }
    out.push_ascii("\n");
    write_notes(exception, out);
}

fn write_notes(exception: &Exc, out: &mut StrBuf) {
    let notes = exception.attrs_if_any().and_then(|attrs| attrs.find_text("__notes__"));
    if let Some(Value::List(notes)) = notes {
        for note in notes.to_vec() {
            out.push_str(&text::str_of(&note).unwrap_or_else(|_| Str::from("<note str() failed>")));
            out.push_ascii("\n");
        }
    }
}
