#!/usr/bin/env python3
"""Count and transform text from the command line."""
import argparse
import os
import sys
from pathlib import Path

__version__ = "1.2"


def positive(text):
    try:
        n = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number")
    if n <= 0:
        raise argparse.ArgumentTypeError("must be positive")
    return n


def described():
    return __doc__


def build_parser():
    p = argparse.ArgumentParser(prog="cli", description=__doc__, epilog="That's all.",
                                formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    p.add_argument("--version", action="version", version="%(prog)s " + __version__)
    p.add_argument("-v", "--verbose", action="count", default=0, help="say more")
    sub = p.add_subparsers(dest="cmd", required=True, metavar="COMMAND")
    c = sub.add_parser("count", help="count things")
    c.add_argument("files", nargs="+", type=Path)
    c.add_argument("-w", "--words", action="store_true")
    c.add_argument("--top", type=positive, default=3, metavar="N", help="most common (%(type)s)")
    g = c.add_mutually_exclusive_group()
    g.add_argument("--upper", action="store_const", const=str.upper, dest="fn")
    g.add_argument("--lower", action="store_const", const=str.lower, dest="fn")
    c.set_defaults(func=cmd_count)
    e = sub.add_parser("echo", aliases=["say"], help="repeat")
    e.add_argument("text", nargs="*", default=["nothing"])
    e.add_argument("-n", "--times", type=int, choices=range(1, 4), default=1)
    e.add_argument("--sep", default=" ")
    e.add_argument("--set", action="append", type=lambda s: tuple(s.split("=", 1)), default=[])
    e.set_defaults(func=cmd_echo)
    return p


def cmd_count(args):
    total = 0
    for f in args.files:
        try:
            text = f.read_text(encoding="utf-8")
        except FileNotFoundError as exc:
            print(f"{f}: {exc.strerror}", file=sys.stderr)
            return 2
        if args.fn:
            text = args.fn(text)
        n = len(text.split()) if args.words else text.count("\n")
        total += n
        print(f"{n:6} {f.name} {f.suffix}")
    print(f"{total:6} total")
    return 0


def cmd_echo(args):
    for _ in range(args.times):
        print(*args.text, sep=args.sep)
    for k, *v in args.set:
        print(k, "->", v)
    return 0


def main(argv=None):
    args = build_parser().parse_args(argv)
    if args.verbose:
        d = {k: v for k, v in vars(args).items() if k not in ("func", "fn")}
        print(d)
    return args.func(args)


if __name__ == "__main__":
    tests = [["echo"], ["echo", "a", "b", "-n", "2", "--sep", "-"], ["-vv", "say", "hi", "--set", "a=1", "--set", "b"], ["count", "--top", "0", "x"],
             ["count", "--top", "x", "x"], ["echo", "-n", "9"], [], ["nope"], ["count", "a", "--upper", "--lower"], ["--version"], ["-h"], ["count", "-h"], ["echo", "--tim", "2", "x"], ["count", "/nonexistent/file.txt"],
             ["echo", "--", "-n"]]
    for t in tests if len(sys.argv) < 2 else [sys.argv[1:]]:
        print("$", t)
        sys.stdout.flush()
        try:
            print("->", main(t))
        except SystemExit as e:
            print("exit", e.code)
