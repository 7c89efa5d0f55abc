//! A diagnostic as text: message, place, source line with carets, help.

use super::{Diagnostic, Severity};
use crate::source::SourceFile;
use std::fmt::Write;

/// Renders for a terminal; `colour` adds ANSI colours.
pub fn render(diagnostic: &Diagnostic, file: &SourceFile, colour: bool) -> String {
    let style = Style { colour };
    let mut out = String::new();
    let head = format!("{}[{}]", diagnostic.severity.name(), diagnostic.code.id);
    let head = style.paint(&head, severity_colour(diagnostic.severity));
    let _ = writeln!(out, "{head}: {}", style.paint(&diagnostic.message, "1"));
    render_place(&mut out, diagnostic, file, &style);
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "  {} {help}", style.paint("= help:", "1;36"));
    }
    out
}

struct Style {
    colour: bool,
}

impl Style {
    fn paint(&self, text: &str, ansi: &str) -> String {
        if self.colour {
            format!("\x1b[{ansi}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

fn severity_colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "1;36",
        Severity::Warning => "1;33",
        Severity::Error => "1;31",
    }
}

fn render_place(out: &mut String, diagnostic: &Diagnostic, file: &SourceFile, style: &Style) {
    let Some(span) = diagnostic.span else {
        let _ = writeln!(out, "  {} {}", style.paint("-->", "1;34"), file.path().display());
        return;
    };
    let start = file.position(span.start);
    let end = file.position(span.end.max(span.start));
    let arrow = style.paint("-->", "1;34");
    let _ = writeln!(
        out,
        "  {arrow} {}:{}:{}",
        file.path().display(),
        start.line,
        start.column
    );
    let source = file.line_text(start.line);
    let number = start.line.to_string();
    let gutter = style.paint("|", "1;34");
    let pad = " ".repeat(number.len());
    let last_column = if end.line == start.line {
        end.column
    } else {
        source.chars().count() as u32 + 1
    };
    let width = last_column.saturating_sub(start.column).max(1);
    let carets = style.paint(&"^".repeat(width as usize), severity_colour(diagnostic.severity));
    let _ = writeln!(out, " {pad} {gutter}");
    let _ = writeln!(out, " {} {gutter} {}", style.paint(&number, "1;34"), source.trim_end());
    let _ = writeln!(out, " {pad} {gutter} {}{carets}", blank_like(source, start.column - 1));
}

/// Blanks as wide as the first `columns` characters: tabs stay tabs, wide characters take two.
fn blank_like(source: &str, columns: u32) -> String {
    let blank = |c: char| match c {
        '\t' => "\t",
        c if is_wide(c) => "  ",
        _ => " ",
    };
    let head: String = source.chars().take(columns as usize).map(blank).collect();
    let missing = (columns as usize).saturating_sub(source.chars().count());
    head + &" ".repeat(missing)
}

/// East Asian wide and emoji blocks, roughly: only the caret's place depends on it.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::codes;
    use crate::source::Span;

    fn check(text: &str, span: Span, expected: &str) {
        let file = SourceFile::new("f.py", text);
        let diagnostic = Diagnostic::error(&codes::SYNTAX_ERROR, "invalid syntax", span).with_help("mend it");
        assert_eq!(render(&diagnostic, &file, false), expected);
    }

    #[test]
    fn carets_stand_under_the_span() {
        check(
            "x = 1\ny = = 2\n",
            Span::new(10, 11),
            "error[PV001]: invalid syntax\n  --> f.py:2:5\n   |\n 2 | y = = 2\n   |     ^\n  = help: mend it\n",
        );
    }

    #[test]
    fn a_span_over_several_lines_is_marked_to_the_end_of_the_first() {
        check(
            "f(é,\n  )",
            Span::new(2, 8),
            "error[PV001]: invalid syntax\n  --> f.py:1:3\n   |\n 1 | f(é,\n   |   ^^\n  = help: mend it\n",
        );
    }

    #[test]
    fn colours_only_when_asked_for() {
        let file = SourceFile::new("f.py", "x");
        let diagnostic = Diagnostic::error(&codes::SYNTAX_ERROR, "bad", Span::new(0, 1));
        assert!(render(&diagnostic, &file, true).contains("\x1b["));
        assert!(!render(&diagnostic, &file, false).contains('\x1b'));
    }
}
