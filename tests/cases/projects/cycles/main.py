"""Modules that import each other find each other as far as they have run."""
import base
import derived
import first
import parts.util
import sometimes
from even import a
from parts import late, top


def attempts():
    try:
        import never
        print(never.f())
    except ImportError as e:
        print(type(e).__name__, e.name, str(e).split(" (/")[0].split(" (never")[0])
    try:
        print(sometimes.X)
    except AttributeError as e:
        print(e)
    try:
        print(sometimes.Y)
    except AttributeError as e:
        print(e)
    try:
        from sometimes import Y
    except ImportError as e:
        print(str(e).split(" (")[0], e.name)
    sometimes.setup()
    print(sometimes.Y)


def main():
    print(first.fa(), first.A().x)
    print(top(), late(), parts.util.helper())
    print(base.make(), derived.seen, derived.peek())
    print(a(10))
    attempts()


main()
