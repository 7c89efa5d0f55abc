//! `.gitignore` files: which paths of a tree they leave out (as `gitignore(5)` describes their patterns).

use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The patterns that hold in a folder, those of outer folders first.
#[derive(Clone, Debug, Default)]
pub(super) struct Rules {
    levels: Vec<Rc<Level>>,
}

/// The patterns of one `.gitignore`.
#[derive(Debug)]
struct Level {
    folder: PathBuf,
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    /// The pattern's parts between slashes.
    parts: Vec<String>,
    is_negated: bool,
    folders_only: bool,
    /// With a slash before its end a pattern is matched from its own folder on, else at any depth.
    is_anchored: bool,
}

impl Rules {
    /// What the folders above one say, up to the root of its repository.
    pub fn above(folder: &Path) -> Rules {
        let mut rules = Rules::default();
        let Ok(absolute) = folder.canonicalize() else {
            return rules;
        };
        let mut above: Vec<&Path> = Vec::new();
        let mut current = absolute.as_path();
        while !current.join(".git").exists() {
            match current.parent() {
                Some(parent) => {
                    above.push(parent);
                    current = parent;
                }
                // Not in a repository: only what lies below the folder counts.
                None => return rules,
            }
        }
        for outer in above.into_iter().rev() {
            rules = rules.with_folder(outer);
        }
        rules
    }

    /// These rules and those of a folder's own `.gitignore`.
    pub fn with_folder(&self, folder: &Path) -> Rules {
        let mut rules = self.clone();
        if let Ok(text) = std::fs::read_to_string(folder.join(".gitignore")) {
            let patterns: Vec<Pattern> = text.lines().filter_map(Pattern::parse).collect();
            let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
            rules.levels.push(Rc::new(Level { folder, patterns }));
        }
        rules
    }

    /// The last pattern that matches decides.
    pub fn ignores(&self, path: &Path, is_folder: bool) -> bool {
        if self.levels.is_empty() {
            return false;
        }
        let parent = path
            .parent()
            .and_then(|parent| parent.canonicalize().ok())
            .unwrap_or_default();
        let absolute = parent.join(path.file_name().unwrap_or_default());
        let deciding = self
            .levels
            .iter()
            .rev()
            .find_map(|level| level.verdict(&absolute, is_folder));
        deciding.unwrap_or(false)
    }
}

impl Level {
    fn verdict(&self, path: &Path, is_folder: bool) -> Option<bool> {
        let relative = path.strip_prefix(&self.folder).ok()?;
        let parts: Vec<String> = relative
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        let deciding = self
            .patterns
            .iter()
            .rev()
            .find(|pattern| pattern.matches(&parts, is_folder))?;
        Some(!deciding.is_negated)
    }
}

impl Pattern {
    fn parse(line: &str) -> Option<Pattern> {
        let mut text = line.trim_end_matches(['\r', ' ']);
        if line.trim_end_matches('\r').ends_with("\\ ") {
            text = line.trim_end_matches('\r');
        }
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        let is_negated = text.starts_with('!');
        text = text.strip_prefix('!').unwrap_or(text);
        let folders_only = text.ends_with('/');
        text = text.trim_end_matches('/');
        let is_anchored = text.contains('/');
        let parts: Vec<String> = text.trim_start_matches('/').split('/').map(str::to_owned).collect();
        if text.is_empty() {
            return None;
        }
        Some(Pattern {
            parts,
            is_negated,
            folders_only,
            is_anchored,
        })
    }

    fn matches(&self, path: &[String], is_folder: bool) -> bool {
        if self.folders_only && !is_folder {
            return false;
        }
        if self.is_anchored {
            return matches_parts(&self.parts, path);
        }
        path.last()
            .is_some_and(|name| matches_name(self.parts[0].as_bytes(), name.as_bytes()))
    }
}

fn matches_parts(pattern: &[String], path: &[String]) -> bool {
    match pattern.split_first() {
        None => path.is_empty(),
        Some((first, rest)) if first == "**" => {
            // At the end `**` takes everything below, but not the folder itself.
            if rest.is_empty() {
                !path.is_empty()
            } else {
                (0..=path.len()).any(|skip| matches_parts(rest, &path[skip..]))
            }
        }
        Some((first, rest)) => match path.split_first() {
            Some((name, below)) => matches_name(first.as_bytes(), name.as_bytes()) && matches_parts(rest, below),
            None => false,
        },
    }
}

/// One part with `*`, `?`, `[...]` and backslashes.
fn matches_name(pattern: &[u8], name: &[u8]) -> bool {
    match pattern {
        [] => name.is_empty(),
        [b'*', rest @ ..] => (0..=name.len()).any(|skip| matches_name(rest, &name[skip..])),
        [b'?', rest @ ..] => !name.is_empty() && matches_name(rest, &name[1..]),
        [b'[', rest @ ..] => match (class(rest), name) {
            (Some((class, after)), [c, below @ ..]) => in_class(class, *c) && matches_name(after, below),
            _ => false,
        },
        [b'\\', literal, rest @ ..] | [literal, rest @ ..] => {
            name.first() == Some(literal) && matches_name(rest, &name[1..])
        }
    }
}

/// Splits a class such as `a-z]` from what follows it.
fn class(pattern: &[u8]) -> Option<(&[u8], &[u8])> {
    let first = usize::from(matches!(pattern.first(), Some(b'!' | b'^')));
    let end = pattern.iter().skip(first + 1).position(|&c| c == b']')? + first + 1;
    Some((&pattern[..end], &pattern[end + 1..]))
}

fn in_class(class: &[u8], c: u8) -> bool {
    let (is_negated, mut members) = match class {
        [b'!' | b'^', rest @ ..] => (true, rest),
        _ => (false, class),
    };
    let mut found = false;
    while let [first, rest @ ..] = members {
        if let [b'-', last, rest @ ..] = rest {
            found |= (*first..=*last).contains(&c);
            members = rest;
        } else {
            found |= *first == c;
            members = rest;
        }
    }
    found != is_negated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, path: &str, is_folder: bool, expected: bool) {
        let pattern_ = Pattern::parse(pattern).expect("a pattern");
        let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        assert_eq!(pattern_.matches(&parts, is_folder), expected, "{pattern} on {path}");
    }

    #[test]
    fn patterns_without_a_slash_hold_at_any_depth() {
        check("build", "build", true, true);
        check("build", "a/build", true, true);
        check("build/", "a/build", false, false);
        check("*.py[co]", "a/b.pyc", false, true);
        check("test_?.py", "test_1.py", false, true);
        check("[!a]*.py", "a.py", false, false);
    }

    #[test]
    fn patterns_with_a_slash_are_anchored() {
        check("/build", "build", true, true);
        check("/build", "a/build", true, false);
        check("a/*.py", "a/b.py", false, true);
        check("a/*.py", "x/a/b.py", false, false);
        check("**/gen/*.py", "x/y/gen/b.py", false, true);
        check("a/**/b", "a/b", true, true);
        check("a/**", "a/x/y", false, true);
    }

    #[test]
    fn comments_and_blanks_are_no_patterns() {
        assert!(Pattern::parse("# note").is_none());
        assert!(Pattern::parse("   ").is_none());
        assert!(Pattern::parse("\\#real").is_some());
    }
}
