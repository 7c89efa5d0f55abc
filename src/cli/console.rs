//! What a command says: results go to stdout, the story to stderr.

use super::failure::Failure;
use std::io::{self, IsTerminal, Write};

/// Where the story goes and how loud it is.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    pub quiet: bool,
    pub verbose: u8,
    /// Whether stderr takes ANSI colours: a terminal, and `NO_COLOR` unset or empty.
    pub colour: bool,
}

impl Console {
    pub fn new(quiet: bool, verbose: u8) -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Console {
            quiet,
            verbose,
            colour: !refused && io::stderr().is_terminal(),
        }
    }

    /// A line of the story: what is being done. Silent with `--quiet`.
    pub fn story(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }

    /// A line for `--verbose`.
    pub fn detail(&self, text: &str) {
        if self.verbose > 0 && !self.quiet {
            say(text);
        }
    }

    /// A rendered diagnostic or warning: shown even with `--quiet`.
    pub fn complain(&self, text: &str) {
        say(text.trim_end_matches('\n'));
    }

    /// The error that ends the command.
    pub fn failure(&self, failure: &Failure) {
        let head = if self.colour { "\x1b[1;31merror\x1b[0m" } else { "error" };
        say(&format!("{head}: {}", failure.message));
        if let Some(help) = &failure.help {
            say(&format!("  = help: {help}"));
        }
    }
}

/// A reader that went away must not turn into a crash of ours.
fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
