//! Paths as text: the functions of `posixpath` that ask no file system.

const SLASH: u32 = b'/' as u32;
const DOT: u32 = b'.' as u32;

/// `join(first, *others)`.
pub fn join(first: &[u32], others: &[Vec<u32>]) -> Vec<u32> {
    let mut path = first.to_vec();
    for other in others {
        if other.first() == Some(&SLASH) {
            path.clone_from(other);
        } else {
            if !path.is_empty() && path.last() != Some(&SLASH) {
                path.push(SLASH);
            }
            path.extend(other);
        }
    }
    path
}

/// `split(path)`: everything before the last slash, without its trailing slashes, and what follows it.
pub fn split(path: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let at = path.iter().rposition(|&c| c == SLASH).map_or(0, |at| at + 1);
    let (mut head, tail) = (path[..at].to_vec(), path[at..].to_vec());
    if head.iter().any(|&c| c != SLASH) {
        while head.last() == Some(&SLASH) {
            head.pop();
        }
    }
    (head, tail)
}

/// `splitext(path)`: leading dots of the name begin no extension.
pub fn splitext(path: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let start = path.iter().rposition(|&c| c == SLASH).map_or(0, |at| at + 1);
    let name = &path[start..];
    let leading = name.iter().take_while(|&&c| c == DOT).count();
    match name.iter().rposition(|&c| c == DOT) {
        Some(dot) if dot >= leading => (path[..start + dot].to_vec(), path[start + dot..].to_vec()),
        _ => (path.to_vec(), Vec::new()),
    }
}

/// `normpath(path)`.
pub fn normpath(path: &[u32]) -> Vec<u32> {
    if path.is_empty() {
        return vec![DOT];
    }
    // POSIX lets two leading slashes, but not three, mean something of their own.
    let slashes = match path {
        [SLASH, SLASH, SLASH, ..] => 1,
        [SLASH, SLASH, ..] => 2,
        [SLASH, ..] => 1,
        _ => 0,
    };
    let mut parts: Vec<&[u32]> = Vec::new();
    for part in path.split(|&c| c == SLASH) {
        match part {
            [] | [DOT] => {}
            [DOT, DOT] => match parts.last() {
                Some(last) if **last != [DOT, DOT] => drop(parts.pop()),
                None if slashes > 0 => {}
                _ => parts.push(part),
            },
            part => parts.push(part),
        }
    }
    let mut out = vec![SLASH; slashes];
    out.extend(parts.join(&SLASH));
    if out.is_empty() { vec![DOT] } else { out }
}

/// `relpath` of two absolute, normal paths.
pub fn relative(path: &[u32], start: &[u32]) -> Vec<u32> {
    let parts = |path: &[u32]| -> Vec<Vec<u32>> {
        path.split(|&c| c == SLASH)
            .filter(|part| !part.is_empty())
            .map(<[u32]>::to_vec)
            .collect()
    };
    let (path, start) = (parts(path), parts(start));
    let common = path.iter().zip(&start).take_while(|(a, b)| a == b).count();
    let mut out: Vec<Vec<u32>> = vec![vec![DOT, DOT]; start.len() - common];
    out.extend(path[common..].iter().cloned());
    if out.is_empty() { vec![DOT] } else { out.join(&SLASH) }
}

/// The longest common start of texts.
pub fn common_prefix(paths: &[Vec<u32>]) -> Vec<u32> {
    let Some(first) = paths.first() else { return Vec::new() };
    let length = (0..first.len())
        .take_while(|&at| paths.iter().all(|path| path.get(at) == Some(&first[at])))
        .count();
    first[..length].to_vec()
}
