import string
class F(string.Formatter):
    def get_value(self, key, args, kw): return kw.get(key, f"<{key}>") if isinstance(key, str) else super().get_value(key, args, kw)
    def format_field(self, v, spec): return super().format_field(v, spec[:-1]).upper() if spec.endswith("U") else super().format_field(v, spec)
def t(*a):
    f = string.Formatter()
    try: print(repr(f.format(*a[0], **a[1])))
    except Exception as e: print(type(e).__name__, e)
def main():
    for s in ["{} {}", "{0!r:>6}|", "{{}}", "{a.b[0]}", "{a[x y]}", "{", "}", "{0", "{0!}", "{0!rx}", "{0!r:", "{0[}", "{0[a}", "{:{w}}", "a{0}b{1}c", "{0.}", "{0[]}", "{!s}", "{0:{1}}", "{x}", "}}{{", "{0[0]}{0[1]}", "{0]}", "{a!z}", "", "{5}"]:
        t((s, "v0", 7), {"w": 5, "a": type("A", (), {"b": [1], "__getitem__": lambda self, k: k})()})
        try: print(list(string.Formatter().parse(s)))
        except Exception as e: print(type(e).__name__, e)
    print(F().format("{name:>8U}|{zip}|{0}", "q", name="bob"))
if __name__ == "__main__": main()
