//! `.pivotrc` as written: found, read, and checked key by key.

use super::error::{ConfigError, nearest};
use super::json::{self, Data, Member, Node};
use super::keys::{self, Key, Kind};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the configuration file.
pub const FILE_NAME: &str = ".pivotrc";

/// A checked configuration file: each key of it is known and has a value of its kind.
#[derive(Clone, Debug, Default)]
pub struct RcFile {
    /// Where it was read; paths in it are relative to its folder.
    pub path: PathBuf,
    values: BTreeMap<&'static str, Node>,
}

impl RcFile {
    /// The nearest file from `start` (a file or a folder) upwards, if any.
    ///
    /// # Errors
    /// The file cannot be read, is no JSON, or has a key or value that pivot does not know.
    pub fn find(start: &Path) -> Result<Option<RcFile>, ConfigError> {
        let start = std::path::absolute(start).unwrap_or_else(|_| start.to_path_buf());
        for folder in start.ancestors() {
            let path = folder.join(FILE_NAME);
            if path.is_file() {
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| ConfigError::new(format!("cannot read {}: {error}", path.display())))?;
                return RcFile::parse(&text, &path).map(Some);
            }
        }
        Ok(None)
    }

    /// Reads and checks the text of a file that stands at `path`.
    ///
    /// # Errors
    /// As [`RcFile::find`].
    pub fn parse(text: &str, path: &Path) -> Result<RcFile, ConfigError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let node = json::read(text).map_err(|fault| {
            ConfigError::new(format!("{FILE_NAME} is no JSON: {}", fault.message)).at(path, fault.line, fault.column)
        })?;
        let mut file = RcFile {
            path: path.to_path_buf(),
            values: BTreeMap::new(),
        };
        match node.data {
            Data::Object(members) => file.take("", members)?,
            other => return Err(file.wrong(node.line, node.column, "the file", "an object", &other)),
        }
        Ok(file)
    }

    fn take(&mut self, group: &str, members: Vec<Member>) -> Result<(), ConfigError> {
        for member in members {
            let path = if group.is_empty() {
                member.key.clone()
            } else {
                format!("{group}.{}", member.key)
            };
            let key = keys::find(&path).filter(|key| !member.key.contains('.') && key.path == path);
            let key = key.ok_or_else(|| self.unknown(group, &member))?;
            if matches!(member.value.data, Data::Null) {
                continue;
            }
            self.check(key, &member.value)?;
            match (key.kind, member.value.data) {
                (Kind::Group, Data::Object(inner)) => self.take(key.path, inner)?,
                (_, data) => {
                    self.values.insert(key.path, Node { data, ..member.value });
                }
            }
        }
        Ok(())
    }

    fn unknown(&self, group: &str, member: &Member) -> ConfigError {
        let inside = if group.is_empty() {
            FILE_NAME.to_string()
        } else {
            format!("`{group}`")
        };
        let error = ConfigError::new(format!("unknown key `{}` in {inside}", member.key));
        let error = error.at(&self.path, member.line, member.column);
        if let Some(name) = nearest(&member.key, keys::members(group)) {
            return error.help(format!("did you mean `{name}`?"));
        }
        let elsewhere = keys::KEYS
            .iter()
            .find(|key| key.path.rsplit_once('.').is_some_and(|(_, name)| name == member.key));
        error.help(match elsewhere {
            Some(key) => format!("it belongs in a group: `{}`", key.path),
            None => format!("known keys: {}", keys::members(group).collect::<Vec<_>>().join(", ")),
        })
    }

    fn check(&self, key: &Key, value: &Node) -> Result<(), ConfigError> {
        let fits = match (key.kind, &value.data) {
            (Kind::Bool | Kind::BoolOr(_), Data::Bool(_)) => true,
            (Kind::Whole(least, most), Data::Number(number)) => {
                number.as_u64().is_some_and(|number| (least..=most).contains(&number))
            }
            (Kind::Number, Data::Number(number)) => number.as_f64().is_some_and(|number| number >= 0.0),
            (Kind::Text, Data::Text(_)) | (Kind::Group, Data::Object(_)) => true,
            (Kind::OneOf(words) | Kind::BoolOr(words), Data::Text(word)) => {
                return self.check_word(key, words, word, value);
            }
            (Kind::ListOf(words), Data::Array(items)) => return self.check_list(key, words, items),
            _ => false,
        };
        if fits {
            return Ok(());
        }
        Err(self.wrong(
            value.line,
            value.column,
            &format!("`{}`", key.path),
            &key.kind.describe(),
            &value.data,
        ))
    }

    fn check_list(&self, key: &Key, words: &[&str], items: &[Node]) -> Result<(), ConfigError> {
        for item in items {
            match &item.data {
                Data::Text(word) => self.check_word(key, words, word, item)?,
                other => {
                    let what = format!("an item of `{}`", key.path);
                    return Err(self.wrong(item.line, item.column, &what, "a string", other));
                }
            }
        }
        Ok(())
    }

    fn check_word(&self, key: &Key, words: &[&str], word: &str, value: &Node) -> Result<(), ConfigError> {
        if words.contains(&word) {
            return Ok(());
        }
        let message = if words == keys::LANGUAGES {
            format!("pivot evolves to Rust only: `{word}` is no target it has")
        } else {
            format!("`{}` cannot be \"{word}\"", key.path)
        };
        let help = match nearest(word, words.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("it takes {}", key.kind.describe()),
        };
        Err(ConfigError::new(message)
            .at(&self.path, value.line, value.column)
            .help(help))
    }

    fn wrong(&self, line: usize, column: usize, what: &str, wanted: &str, found: &Data) -> ConfigError {
        let shown = match found {
            Data::Number(number) => format!("{number}"),
            Data::Text(text) => format!("the string \"{text}\""),
            Data::Bool(truth) => format!("{truth}"),
            other => other.kind().to_string(),
        };
        ConfigError::new(format!("{what} takes {wanted}, not {shown}")).at(&self.path, line, column)
    }

    /// An error that points at the value of `path`, or at the file where the key is absent.
    pub(super) fn refuse(&self, path: &str, message: &str, help: &str) -> ConfigError {
        let (line, column) = self.values.get(path).map_or((1, 1), |node| (node.line, node.column));
        ConfigError::new(message).at(&self.path, line, column).help(help)
    }

    fn get(&self, path: &'static str) -> Option<&Data> {
        debug_assert!(keys::find(path).is_some(), "`{path}` is no key of the table");
        self.values.get(path).map(|node| &node.data)
    }

    pub(super) fn bool(&self, path: &'static str) -> Option<bool> {
        match self.get(path)? {
            Data::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    pub(super) fn whole(&self, path: &'static str) -> Option<u64> {
        match self.get(path)? {
            Data::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    pub(super) fn number(&self, path: &'static str) -> Option<f64> {
        match self.get(path)? {
            Data::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    pub(super) fn text(&self, path: &'static str) -> Option<&str> {
        match self.get(path)? {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        RcFile::parse(text, Path::new(".pivotrc"))
            .expect_err("this file must be refused")
            .to_string()
    }

    #[test]
    fn an_unknown_key_names_the_nearest_right_one() {
        let shown = refusal("{\n  \"proflie\": \"balanced\"\n}");
        assert_eq!(
            shown,
            "unknown key `proflie` in .pivotrc\n  --> .pivotrc:2:3\n  help: did you mean `profile`?"
        );
        assert!(refusal("{\"optimization\": {\"parallel_enable\": true}}").contains("`parallel_enabled`?"));
        assert!(refusal("{\"rayon_workers\": 2}").contains("`rust_specific.rayon_workers`"));
        assert!(refusal("{\"optimization.lto_enabled\": true}").contains("unknown key"));
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_named_with_what_is_wanted() {
        assert!(
            refusal("{\"validation\": {\"cases\": \"many\"}}")
                .contains("takes a whole number from 1 to 10000000, not the string \"many\"")
        );
        assert!(refusal("{\"validation\": {\"cases\": 0}}").contains("not 0"));
        assert!(refusal("{\"validation\": []}").contains("takes an object, not a list"));
        assert!(refusal("{\"profile\": \"agressive\"}").contains("did you mean \"aggressive\"?"));
        assert!(refusal("{\"target_languages\": [\"rust\", \"zig\"]}").contains("Rust only"));
        assert!(refusal("{\"rust_specific\": {\"lto\": \"slim\"}}").contains("true, false or one of"));
        assert!(refusal("[]").contains("the file takes an object"));
    }

    #[test]
    fn a_good_file_gives_its_values() {
        let text = "{\"profile\": \"aggressive\", \"validation\": {\"seed\": 7, \"timeout\": 2.5}, \"python\": null}";
        let file = RcFile::parse(text, Path::new(".pivotrc")).unwrap();
        assert_eq!(file.text("profile"), Some("aggressive"));
        assert_eq!(file.whole("validation.seed"), Some(7));
        assert_eq!(file.number("validation.timeout"), Some(2.5));
        assert_eq!(file.text("python"), None);
    }
}
