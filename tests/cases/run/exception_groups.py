def show(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
def raiser():
    try:
        raise ExceptionGroup("outer", [ValueError(1), ExceptionGroup("inner", [TypeError("t"), KeyError("k")])])
    except ExceptionGroup as eg:
        eg.add_note("note")
        a, b = eg.split(TypeError)
        print(a, b, a.__notes__, b.exceptions, eg.subgroup((KeyError, ValueError)).exceptions)
        return [type(x).__name__ for x in eg.exceptions]
def all_():
  for f in (lambda: ExceptionGroup(), lambda: ExceptionGroup("a"), lambda: ExceptionGroup(1,[ValueError()]), lambda: ExceptionGroup("a", 3), lambda: ExceptionGroup("a", []), lambda: ExceptionGroup("a", [3]), lambda: ExceptionGroup("a",[KeyboardInterrupt()]), lambda: BaseExceptionGroup("a",[KeyboardInterrupt()]), lambda: BaseExceptionGroup("a",[ValueError()]), lambda:ExceptionGroup("a",(ValueError(1),TypeError())), lambda: ExceptionGroup("a",[ValueError(1)],x=1), lambda: ExceptionGroup("a",[ValueError(1)]).split(3), lambda: ExceptionGroup("a",[ValueError(1)]).split(ValueError), lambda: ExceptionGroup("a",[ValueError(1)]).subgroup(lambda e: isinstance(e, KeyError)), lambda: ExceptionGroup.__mro__, lambda: ExceptionGroup("a",{1:2}), lambda:ExceptionGroup("a",iter([])), lambda: ExceptionGroup("a",[ValueError(1), ExceptionGroup("b",[TypeError(2), ValueError(3)])]).split(ValueError), lambda: ExceptionGroup("a",[ValueError(1)]).args,lambda: ExceptionGroup("a",[ValueError(1)]).split((int,)), lambda: ExceptionGroup("a", "bc"), lambda: str(ExceptionGroup("",[ValueError(1)])), lambda: issubclass(ExceptionGroup, Exception), lambda: issubclass(BaseExceptionGroup, Exception), lambda: isinstance(ExceptionGroup("a",[ValueError()]), BaseExceptionGroup)): show(f)
if __name__ == "__main__":
    print(raiser()); all_()
    try: raise ExceptionGroup("x", [ValueError()])
    except Exception as e: print("caught", e)
