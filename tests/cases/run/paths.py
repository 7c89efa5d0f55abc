"""Paths."""
import os, sys, shutil, tempfile, glob
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
def main():
    base = Path("pathtest")
    if base.exists():
        for p in sorted(base.rglob("*"), reverse=True):
            p.rmdir() if p.is_dir() and not p.is_symlink() else p.unlink()
        base.rmdir()
    base.mkdir(parents=True)
    (base / "a" / "b").mkdir(parents=True, exist_ok=True)
    (base / "a" / "x.txt").write_text("héllo\nworld\n", encoding="utf-8")
    (base / "a" / "b" / "y.py").write_bytes(b"print(1)\n")
    print((base / "a" / "x.txt").read_text(), (base / "a/b/y.py").read_bytes(), (base / "a" / "x.txt").stat().st_size)
    print(sorted(p.relative_to(base).as_posix() for p in base.rglob("*")), sorted(x.name for x in base.glob("**/*.py")), sorted(x.name for x in (base / "a").iterdir()))
    with (base / "a" / "x.txt").open("a") as f:
        f.write("more")
    with open(base / "a" / "x.txt") as f:
        print([l.rstrip("\n") for l in f])
    p = Path("some/dir/archive.tar.gz")
    print(p.parts, p.suffixes, p.stem, p.with_name("x"), p.with_suffix(".zip"), p.parent, list(p.parents), p.anchor, p.is_absolute(), repr(p), p / "z", "q" / p, p.match("*.gz"), p == Path("some/dir/../dir/archive.tar.gz"), hash(p) == hash(Path(str(p))), p < Path("zzz"), p.joinpath("a", "b"), p.with_stem("r"))
    for bad in (lambda: p.read_text(), lambda: p.relative_to("/x"), lambda: base.mkdir(), lambda: (base / "a").rmdir(), lambda: Path(3), lambda: os.lstat(3), lambda: os.lstat(5.5), lambda: (base / "nope").unlink()):
        try:
            bad()
        except (OSError, ValueError, TypeError) as e:
            print(type(e).__name__, e)
    (base / "nope").unlink(missing_ok=True)
    (base / "a" / "x.txt").rename(base / "moved.txt")
    (base / "t").touch()
    print(sorted(os.listdir(base)), (base / "moved.txt").is_file(), (base / "link").exists(), os.path.commonpath(["/a/b/c", "/a/b/d"]), os.path.realpath("/usr/../usr/bin/.."))
    print(PureWindowsPath("c:\\x\\y.txt").name, PurePosixPath("/a/../b"), Path("a//b/./c"), Path("~").expanduser() == Path.home(), Path.cwd().name, Path(".").resolve() == Path.cwd(), Path("/tmp").resolve())
    print(sorted(glob.glob("pathtest/**", recursive=True)), [e.name for e in os.scandir(base) if e.is_dir()])
    print(os.stat(base / "moved.txt").st_size, os.path.expandvars("$NOPE/x"), Path("x").absolute().is_absolute(), {Path("a"): 1}[Path("a")])
    shutil.rmtree(base)
    print(base.exists())
main()
