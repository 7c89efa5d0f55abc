//! Where each function of the Python file stands in the vessel's Rust, as it was formatted.

use crate::compile::Emitted;
use crate::emit::World;
use crate::vessel::{FunctionEntry, RustPlace};
use std::fs;
use std::path::Path;

/// Notes in each entry the Rust functions made of it, those of the native form first.
pub fn note(functions: &mut [FunctionEntry], emitted: &[Emitted], folder: &Path) {
    for world in [World::Native, World::Generic] {
        let file = format!("src/{}", world.file());
        let text = fs::read_to_string(folder.join(&file)).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let own = emitted.iter().filter(|e| e.world == world);
        for (rust, name) in own.filter_map(|e| Some((&e.name, e.of.as_deref()?))) {
            let entries = functions.iter_mut().filter(|entry| entry.name == name);
            let place = lines_of(&lines, rust);
            entries.zip(place).for_each(|(entry, (line, end_line))| {
                entry.rust.push(RustPlace {
                    native: world == World::Native,
                    file: file.clone(),
                    line,
                    end_line,
                });
            });
        }
    }
}

/// First and last line of a function.
fn lines_of(lines: &[&str], name: &str) -> Option<(u32, u32)> {
    let is_head = |line: &&str| {
        let rest = line.strip_prefix("pub fn ").and_then(|rest| rest.strip_prefix(name));
        rest.is_some_and(|rest| rest.starts_with(['(', '<']))
    };
    let start = lines.iter().position(is_head)?;
    let length = lines[start..]
        .iter()
        .position(|line| line.ends_with('}') && !line.starts_with(' '))?;
    Some((start as u32 + 1, (start + length) as u32 + 1))
}

#[cfg(test)]
mod tests {
    use super::lines_of;

    #[test]
    fn a_function_reaches_from_its_head_to_the_brace_in_the_first_column() {
        let text = "use x;\n\npub fn first_part(a: u8) {\n    {\n    }\n}\n\npub fn first<T>(\n    a: T,\n) -> T {\n    a\n}\npub fn short() {}\n";
        let lines: Vec<&str> = text.lines().collect();
        let found = ["first", "first_part", "short", "absent"].map(|name| lines_of(&lines, name));
        assert_eq!(found, [Some((8, 12)), Some((3, 6)), Some((13, 13)), None]);
    }
}
