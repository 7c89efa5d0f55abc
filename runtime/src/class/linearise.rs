//! The method resolution order of a new class: C3 (Barrett et al., 1996).

use super::Class;
use crate::exc::{self, Result};

/// The order after the class itself.
///
/// # Errors
/// TypeError when a base comes twice or no order suits all bases.
pub(super) fn linearise(bases: &[Class]) -> Result<Vec<Class>> {
    for (at, base) in bases.iter().enumerate() {
        if bases[..at].iter().any(|earlier| Class::same(earlier, base)) {
            return Err(exc::type_error(&format!("duplicate base class {}", base.name())));
        }
    }
    let mut lines: Vec<Vec<Class>> = bases.iter().map(|base| base.mro().cloned().collect()).collect();
    lines.push(bases.to_vec());
    let mut order = Vec::new();
    loop {
        lines.retain(|line| !line.is_empty());
        if lines.is_empty() {
            return Ok(order);
        }
        let next = next_class(&lines).ok_or_else(|| inconsistent(&lines))?;
        for line in &mut lines {
            if Class::same(&line[0], &next) {
                line.remove(0);
            }
        }
        order.push(next);
    }
}

/// The first head that stands in no line's tail.
fn next_class(lines: &[Vec<Class>]) -> Option<Class> {
    let in_tail = |class: &Class| {
        lines
            .iter()
            .any(|line| line[1..].iter().any(|later| Class::same(later, class)))
    };
    lines.iter().map(|line| &line[0]).find(|head| !in_tail(head)).cloned()
}

#[cold]
fn inconsistent(lines: &[Vec<Class>]) -> exc::Exc {
    let mut names: Vec<String> = Vec::new();
    for line in lines {
        let name = line[0].name().to_rust_string();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = names.join(", ");
    exc::type_error(&format!(
        "Cannot create a consistent method resolution\norder (MRO) for bases {names}"
    ))
}
