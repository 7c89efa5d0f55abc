//! One case: a call with concrete arguments, and the files it finds.

use super::form::{Encoder, Form, decode, marshal, to_python};

/// A call to make on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Case {
    pub args: Vec<Form>,
    pub kwargs: Vec<(String, Form)>,
    /// Name and content of every file in the working folder.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Case {
    pub fn of_args(args: Vec<Form>) -> Case {
        Case {
            args,
            ..Case::default()
        }
    }

    /// The largest int that stands in the case, as far as 64 bits tell.
    pub fn largest_int(&self) -> Option<i64> {
        let args = self.args.iter().chain(self.kwargs.iter().map(|(_, value)| value));
        args.filter_map(Form::largest_int).max()
    }

    /// The canonical bytes of `(args, kwargs, files)`.
    pub fn encode(&self) -> Vec<u8> {
        let [kwargs, files] = self.dicts();
        let mut encoder = Encoder::default();
        encoder.put_count(b't', 3);
        encoder.put_items(b't', &self.args);
        encoder.put(&kwargs);
        encoder.put(&files);
        encoder.out
    }

    /// Appends the same as CPython's `marshal` reads it. `None` where the case holds more than plain values.
    pub fn marshal(&self, out: &mut Vec<u8>) -> Option<()> {
        let [kwargs, files] = self.dicts();
        marshal(&self.args, [&kwargs, &files], out)
    }

    /// Keyword arguments and files as values.
    fn dicts(&self) -> [Form; 2] {
        let kwargs = self
            .kwargs
            .iter()
            .map(|(name, value)| (Form::str(name), value.clone()))
            .collect();
        let files = self
            .files
            .iter()
            .map(|(name, content)| (Form::str(name), Form::Bytes(content.clone())))
            .collect();
        [Form::Dict(kwargs), Form::Dict(files)]
    }

    /// The case of these bytes; `None` when they are none.
    pub fn decode(bytes: &[u8]) -> Option<Case> {
        let Form::Tuple(parts) = decode(bytes).ok()? else {
            return None;
        };
        let [Form::Tuple(args), Form::Dict(kwargs), Form::Dict(files)] = <[Form; 3]>::try_from(parts).ok()? else {
            return None;
        };
        let kwargs = kwargs.into_iter().map(|(name, value)| Some((text(name)?, value)));
        let files = files.into_iter().map(|(name, content)| match content {
            Form::Bytes(content) => Some((text(name)?, content)),
            _ => None,
        });
        Some(Case {
            args,
            kwargs: kwargs.collect::<Option<_>>()?,
            files: files.collect::<Option<_>>()?,
        })
    }

    /// The call as Python that can be pasted: the files and shared objects it needs, then the call itself.
    pub fn to_python(&self, function: &str) -> String {
        let mut lines = String::new();
        for (name, content) in &self.files {
            let content = to_python(&Form::Bytes(content.clone()));
            lines.push_str(&format!(
                "open({}, 'wb').write({content})\n",
                to_python(&Form::str(name))
            ));
        }
        let mut names = Vec::new();
        let args: Vec<String> = self.args.iter().map(|arg| named(arg, &mut names, &mut lines)).collect();
        let kwargs = self.kwargs.iter().map(|(name, value)| {
            let value = named(value, &mut names, &mut lines);
            format!("{name}={value}")
        });
        let all: Vec<String> = args.into_iter().chain(kwargs.collect::<Vec<_>>()).collect();
        lines.push_str(&format!("{function}({})", all.join(", ")));
        lines
    }
}

/// The text of a str that is UTF-8.
pub(crate) fn text(form: Form) -> Option<String> {
    let Form::Str(bytes) = form else { return None };
    String::from_utf8(bytes).ok()
}

/// The argument's text, or the name of the variable that an earlier line gave it because it is shared.
fn named(arg: &Form, names: &mut Vec<u32>, lines: &mut String) -> String {
    let Form::Shared(label, inner) = arg else {
        return to_python(arg);
    };
    let number = names.iter().position(|known| known == label).unwrap_or_else(|| {
        lines.push_str(&format!("shared_{} = {}\n", names.len() + 1, to_python(inner)));
        names.push(*label);
        names.len() - 1
    });
    format!("shared_{}", number + 1)
}
