"""Writes runtime/tests/lib/re_table.txt: patterns, texts and what CPython's re finds.

A row: flags, mode, pattern, text, expected; fields are tab-separated and escaped by Python's unicode_escape.
Expected is `None`, `error MESSAGE`, or the spans of the whole and of each group.
"""

import random
import re
import sys
import warnings

warnings.simplefilter("ignore")

PATTERNS = [
    "", "a", "abc", "a|b", "a|ab|abc", "(a|ab)(c|bcd)(d*)", "a*", "a+", "a?", "a*?", "a+?", "a??", "a{2}", "a{2,}",
    "a{,2}", "a{1,2}?", "a{0}", "x{", "x{1", "x{1,", "x{,}", "x{a}", "a**", "a*+", "a++b", "a?+a", "a{1,3}+a", "(?:ab)++c",
    "*a", "+", "?", "(", ")", "(a", "a)", "[", "[]", "[]a]", "[^]a]", "[a", "[a-", "[a-z", "[z-a]", "[a-\\d]", "[\\w-a]",
    "[-a]", "[a-]", "[\\]a]", "[\\x41-\\x43]+", "[\\d\\s]+", "[^\\d\\s]+", "[^\\W]+", "\\d+", "\\D+", "\\s+", "\\S+", "\\w+",
    "\\W+", "\\bfoo\\b", "\\Boo\\b", "\\Afoo", "foo\\Z", "^foo$", "(?m)^foo$", "(?s).+", ".+", "(?i)FOO", "(?x) f o o # c",
    "(?P<n>a)(?P=n)", "(?P<n>a)(?P<n>b)", "(?P<1>a)", "(?P<>a)", "(?P<n", "(?P=n)", "(?P=n", "(?Pn)", "(?P", "(?", "(?z)",
    "(a)\\1", "\\1", "(a\\1)", "(a)\\2", "(?:a)\\1", "\\0", "\\07", "\\012", "\\123", "\\400", "\\8", "\\x4", "\\xzz", "\\u12",
    "\\u0041", "\\U00000041", "\\U00110000", "\\q", "\\_", "\\-", "\\", "a\\", "(?:a|b)*", "(?:a|b)*?b", "(a|b)*", "(a*)*",
    "(a*)+", "(a+)*b", "(?:a*)*b", "(a|(b))*", "(?:(a)|(b)|c)*", "((a)|b)*", "(a)|b", "(?=a)b", "(?=(a))a", "(?!a)b", "(?!(a))b",
    "(?<=a)b", "(?<!a)b", "(?<=ab|cd)e", "(?<=a|bc)e", "(?<=a*)b", "(?<=(a))b", "(?<=(a)\\1)b", "(a)(?<=\\1)", "(?<x)", "(?<",
    "(?>a*)a", "(?>a|ab)c", "(?>(a+))b", "(a)?(?(1)b|c)", "(?P<q>a)?(?(q)b|c)", "(?(1)a|b)", "(?(0)a)", "(?(x)a)", "(?(1)a|b|c)",
    "(a)?(?(1)b)", "(?#comment)a", "(?#comment", "(?i:a)b", "(?-i:a)b", "(?i)a(?-i:b)", "(?i-i:a)", "(?i-", "(?i-z:a)", "(?a-u:x)",
    "(?au)a", "(?L)a", "a(?i)b", "(?ia", "(?i", "(?-:a)", "(?s-m:.)", "(?m)^a|b$", "$", "^", "^*", "\\b*", "(?:^)*", "a$b", "a\\Z\\n",
    "(?:)", "()", "()*", "(|a)+", "(a|)+", "(?:a|)*?b", "(?:a?){3}", "(?:a?)*?b", "(?:a?b??)*", "(?:(?:a){0,2}b?)*c", "((a{0,2})b?)*c",
    "(?:x|xy|xyz)*z", "(x|xy|xyz)*z", "[a-c]+[b-d]+", "(\\w+)\\s(\\w+)", "(\\d{1,3})(?=(?:\\d{3})+$)", "<(\\w+)>.*?</\\1>",
    "(['\"])(.*?)\\1", "(?:(?=(\\w+))\\1:)+", "(?i)straße", "(?i)[à-ÿ]+", "(?i)[^à-ÿ]+", "(?i)ſ", "(?i)[k]", "(?i)\u212a", "(?i)σ", "(?a)\\w+",
    "[\\u00e0-\\u00ff]+", "(?i)[\\U00010400-\\U00010410]", "(?i)[\U00010400\U00010401]", "\\w+é", "(?ai)É", "(?i)İ", "(?i)ß", "(?i)[a-z]+", "(?i)[^a-z]+",
    "(?:ab?)*?c", "(?:ab?){2,3}?c", "(?:ab){1,2}", "(a(b)?)+", "(a(b)?)+?c", "(?:(a)(b)?)*c", "(?=(a+?)(b?))", "(?!(a)b)a", "((a)(?!b))*",
    "(?:a(?=b)|ab)(?:c|bc)", "(.)(.)(.)\\3\\2\\1", "(?P<y>\\d{4})-(?P<m>\\d\\d)", "[\\w.+-]+@[\\w-]+\\.[\\w.]+", "(?:0|1(?:01*0)*1)+$",
    "(?x)a b [ ] c", "(?x)a#c\nb", "a{65536}", "a{4294967295}", "a{2,1}", "((((((((((a))))))))))\\10", "(?i)(a)\\1", "(?<=^)a", "(?<=\\b)a",
    "(a){0}b", "(a){0,1}?b\\1", "(?:a{2}){2}", "(?:.{2}){2}?", "(?:a+){2}", "(?:a+?){2,}b", "(?:(a+)|b)*", "(?>(?:a|b)*)c", "(?:(?:a|b)++)c",
    "[[:alpha:]]", "[a&&b]", "[a||b]", "[a~~b]", "[--a]", "é", "[é]", "[^é]", "\\é", "(?P<é>a)(?P=é)", "(?P<a b>a)", "(?(é)a)", "(?(1", "(?(", "(?P<a>x)(?(a)y|z)",
]
TEXTS = [
    "", "a", "b", "ab", "abc", "abcd", "aaa", "aab", "aaab", "abab", "ababc", "foo", "foo\n", "foo bar", "xfoo", "FOO", "a\nfoo\nb", "aa",
    "cab", "abba", "xyzxyz", "xyz", "12345678", "2024-05-06", "<b>x</b>", "'a' \"b\"", "a:b:", "STRASSE straße", "ÀÉÿ", "Σσς", "K\u212ak", "ſsS",
    "\U00010428\U00010400", "é1\u0665 \u00a0\x1c", "abccba", "x{", "x{1", "x{,}", "aaaaaaaaaaaaaaaaaaaa", "me@ex.org", "1001", "iİı", "bc", "c", "abe cde", "ae bce",
    "]a-^\\", "\x00\x07S\n", "a b c", "é", "ax", "xy", "yz",
]


def field(text):
    return text.encode("unicode_escape").decode("ascii")


def outcome(pattern, text, mode):
    try:
        match = getattr(re.compile(pattern), mode)(text)
    except re.error as fault:
        return f"error {fault}"
    except (OverflowError, ValueError, RecursionError, IndexError) as fault:
        return f"error {type(fault).__name__} {fault}"
    if match is None:
        return "None"
    spans = [match.span(group) for group in range(match.re.groups + 1)]
    return " ".join(f"{a},{b}" for a, b in spans) + f" {match.lastindex or 0}"


def rows():
    for pattern in PATTERNS:
        broken = outcome(pattern, "", "search").startswith("error")
        for text in TEXTS[:1] if broken else TEXTS:
            for mode in ["search"] if broken else ["search", "fullmatch"]:
                yield pattern, text, mode
    if len(sys.argv) > 1:
        yield from random_rows(int(sys.argv[1]))


ATOMS = ["a", "b", "c", ".", "[ab]", "[^a]", "(a)", "(b|a)", "(?:ab|a)", "(a|b|)", "\\b", "^", "$", "\\1", "\\2", "(?=a)", "(?!b)", "(?<=a)", "()", "(?:)", "(?(1)a|b)"]
QUANTIFIERS = ["", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "*+", "++", "?+", "{2,}"]


def expression(chance, depth):
    parts = []
    for _ in range(chance.randint(1, 4)):
        if depth and chance.random() < 0.4:
            inner = expression(chance, depth - 1)
            parts.append(chance.choice(["(%s)", "(?:%s)", "(?:%s|b)", "(%s|a)", "(?>%s)", "(?=%s)", "(?!%s)"]) % inner)
        else:
            parts.append(chance.choice(ATOMS))
        parts[-1] += chance.choice(QUANTIFIERS)
    return "".join(parts)


def random_rows(count):
    chance = random.Random(count)
    for _ in range(count):
        pattern = expression(chance, 3)
        for _ in range(3):
            text = "".join(chance.choice("aabbc") for _ in range(chance.randint(0, 9)))
            yield pattern, text, chance.choice(["search", "match", "fullmatch"])


if __name__ == "__main__":
    for pattern, text, mode in rows():
        print(mode, field(pattern), field(text), field(outcome(pattern, text, mode)), sep="\t")
