//! Which functions can reach themselves through calls within the file.

use super::operations::Facts;

/// One answer a function, in the order of the list.
pub(super) fn recursive(facts: &[Facts]) -> Vec<bool> {
    (0..facts.len()).map(|at| reaches_itself(at, facts)).collect()
}

fn reaches_itself(start: usize, facts: &[Facts]) -> bool {
    if facts[start].callees.is_empty() {
        return false;
    }
    let mut seen = vec![false; facts.len()];
    let mut open = facts[start].callees.clone();
    while let Some(at) = open.pop() {
        if at == start {
            return true;
        }
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(&facts[at].callees);
        }
    }
    false
}
