class MySyntax(SyntaxError): pass
def main():
    for f in (lambda: SyntaxError(), lambda: SyntaxError("m"), lambda: SyntaxError("m", ("f/a.py", 3, 4, "text")), lambda: SyntaxError("m", (None, 3, 4, "text")), lambda: SyntaxError("m", ("f.py", None, 4, "text", 1, 2)), lambda: SyntaxError("m", (1, 2)), lambda: IndentationError("x"), lambda: TabError("a", "b", "c"), lambda: MySyntax("mine", ("q", 1, 1, "")), lambda: SyntaxError("m", 3)):
        try: e = f(); print(repr(e), "|", e, "|", e.msg, e.lineno, e.filename, e.offset, e.text, e.args)
        except Exception as x: print(type(x).__name__, x)
    try: raise MySyntax("boom")
    except SyntaxError as e: print("caught", e, isinstance(e, Exception), issubclass(TabError, SyntaxError))
if __name__ == "__main__": main()
