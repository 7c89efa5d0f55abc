import textwrap, string, fnmatch, colorsys, shlex, html
from collections import ChainMap, UserDict, UserList
import difflib
print(textwrap.fill("the quick brown fox jumps over the lazy dog " * 3, 30))
print(textwrap.dedent("   a\n     b\n"), textwrap.shorten("hello world foo", 12), textwrap.indent("a\nb", "> "))
print(string.Template("$a and ${b}").substitute(a=1, b=2), string.capwords("hello world"))
print(fnmatch.fnmatch("foo.txt", "*.txt"), fnmatch.filter(["a.py", "b.c"], "*.py"), fnmatch.translate("a[bc]*"))
print(colorsys.rgb_to_hsv(0.2, 0.4, 0.4), colorsys.hls_to_rgb(0.5, 0.25, 0.3))
print(shlex.split("a 'b c' \"d e\" f\\ g"), shlex.quote("it's"), shlex.join(["a b", "c"]))
print(html.escape("<a&'\">"), html.unescape("&lt;&amp;&eacute;&#65;"))
c = ChainMap({"a": 1}, {"b": 2, "a": 3}); print(c["a"], c["b"], sorted(c), len(c), c.new_child({"z": 0})["z"], c)
class U(UserDict):
    def __getitem__(self, k): return super().__getitem__(k) * 2
u = U(a=2); print(u["a"], u, len(u), "a" in u, u.get("zz"))
print(UserList([1, 2]) + [3])
print(difflib.SequenceMatcher(None, "abcd", "bcde").ratio(), difflib.get_close_matches("appel", ["ape", "apple", "peach"]))
print("\n".join(difflib.unified_diff(["a", "b"], ["a", "c"], lineterm="")))
