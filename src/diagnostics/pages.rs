//! A page for each diagnostic: Python that has it, and what to write instead.

use super::codes::{self, Code};

/// What `pivot explain CODE` shows beyond the explanation.
#[derive(Debug)]
pub struct Page {
    pub code: &'static Code,
    /// Python for which pivot says this; empty where no text can show it.
    pub example: &'static str,
    /// The next step: Python that does not have it, or what to do.
    pub instead: &'static str,
}

const fn page(code: &'static Code, example: &'static str, instead: &'static str) -> Page {
    Page { code, example, instead }
}

/// One page for each code, in their order.
pub static PAGES: &[Page] = &[
    page(&codes::SYNTAX_ERROR, "def f(:\n    pass\n", "def f():\n    pass\n"),
    page(
        &codes::UNREADABLE_TEXT,
        "# coding: ascii\nname = 'é'\n",
        "Save the file as UTF-8, or name its encoding in the first line:\n# coding: latin-1\n",
    ),
    page(
        &codes::UNREADABLE_FILE,
        "",
        "Look at the file's owner and mode: `ls -l FILE`.\n",
    ),
    page(
        &codes::WORTH_MOVING,
        "def f(numbers):\n    total = 0\n    for number in numbers:\n        total += number * number\n    return total\n",
        "`pivot evolve FILE` builds a vessel of the file.\n",
    ),
    page(
        &codes::UNKNOWN_NAME,
        "def f(data):\n    return memoryview(data)\n",
        "def f(value):\n    return value + 1\n",
    ),
    page(
        &codes::UNKNOWN_MEMBER,
        "import math\n\n\ndef f(x):\n    return math.no_such_function(x)\n",
        "Call what the module has, or leave the function in Python.\n",
    ),
    page(
        &codes::MODULE_VALUE,
        "",
        "import math\n\n\ndef f(x):\n    return [math.sqrt, x]\n",
    ),
    page(
        &codes::STAR_IMPORT,
        "from no_such_module import *\n\n\ndef f(x):\n    return x\n",
        "from math import sqrt\n\n\ndef f(x):\n    return sqrt(x)\n",
    ),
    page(
        &codes::FRAME_ACCESS,
        "def f(text):\n    exec(text)\n",
        "import json\n\n\ndef f(text):\n    return json.loads(text)\n",
    ),
    page(
        &codes::STARRED,
        "",
        "CPython's own message says what is wrong with the line.\n",
    ),
    page(
        &codes::BARE_RAISE,
        "def f():\n    raise\n",
        "def f():\n    try:\n        return g()\n    except ValueError:\n        raise\n",
    ),
    page(
        &codes::EXCEPTION_GROUP,
        "def f(g):\n    try:\n        g()\n    except* ValueError:\n        pass\n",
        "def f(g):\n    try:\n        g()\n    except ValueError:\n        pass\n",
    ),
    page(
        &codes::METACLASS,
        "OPTIONS = {}\n\n\nclass C(**OPTIONS):\n    pass\n\n\ndef f():\n    return C()\n",
        "Write what the metaclass does into the class, or into a function that is called with it.\n",
    ),
    page(
        &codes::CALLS_PYTHON,
        "def helper():\n    raise\n\n\ndef f():\n    return helper()\n",
        "Mend what keeps the called function in Python; `pivot explain FILE` names it.\n",
    ),
    page(
        &codes::REFUSED_BY_RUSTC,
        "",
        "Report the function with what `pivot evolve -v` prints; the rest of the file is evolved without it.\n",
    ),
];

/// The page as `pivot explain CODE` prints it.
pub fn text(code: &Code) -> String {
    let mut out = format!("{}: {}\n\n{}\n", code.id, code.title, code.explanation);
    if let Some(page) = PAGES.iter().find(|page| page.code == code) {
        if !page.example.is_empty() {
            out.push_str(&format!("\nPython that has it:\n\n{}", indented(page.example)));
        }
        out.push_str(&format!("\nInstead:\n\n{}", indented(page.instead)));
    }
    out
}

fn indented(text: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() {
            "\n".to_string()
        } else {
            format!("    {line}\n")
        }
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_page() {
        let pages: Vec<&str> = PAGES.iter().map(|page| page.code.id).collect();
        let known: Vec<&str> = codes::ALL.iter().map(|code| code.id).collect();
        assert_eq!(pages, known);
    }
}
