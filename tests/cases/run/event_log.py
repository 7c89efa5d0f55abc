import re, sys, io, csv
from datetime import datetime, timedelta, date, time, timezone
from collections import Counter, defaultdict
LOG = """2024-01-15 08:23:11,123 [INFO] auth: user=alice action=login ip=10.0.0.1
2024-01-15 08:24:55,001 [WARNING] db: slow query took 2.35s sql="SELECT * FROM t WHERE a = 'x'"
2024-01-15 09:01:02,500 [ERROR] api: Traceback id=0x7f3a code=500
garbage line here
2024-01-16 23:59:59,999 [INFO] auth: user=bob action=logout ip=192.168.1.20
2024-01-17 00:00:00,000 [ERROR] api: timeout after 30s code=504 retry=True
2024-02-30 00:00:00,000 [INFO] bad: date
"""
LINE = re.compile(r"""
    ^(?P<ts>\d{4}-\d\d-\d\d\ \d\d:\d\d:\d\d,\d{3})\s
    \[(?P<level>[A-Z]+)\]\s (?P<comp>\w+):\s (?P<msg>.*)$""", re.VERBOSE | re.MULTILINE)
KV = re.compile(r"(\w+)=(\"[^\"]*\"|\S+)")
class Event:
    __slots__ = ("ts", "level", "comp", "msg", "data")
    def __init__(self, ts, level, comp, msg): self.ts, self.level, self.comp, self.msg = ts, level, comp, msg; self.data = {k: v.strip('"') for k, v in KV.findall(msg)}
    @classmethod
    def parse(cls, m):
        d = m.groupdict(); d["ts"] = datetime.strptime(d["ts"], "%Y-%m-%d %H:%M:%S,%f"); return cls(**d)
    def __repr__(self): return f"Event({self.ts:%m/%d %H:%M}, {self.level[0]}, {self.data})"
def parse(text):
    errors, events = [], []
    for n, line in enumerate(text.splitlines(), start=1):
        if not (m := LINE.match(line)): errors.append((n, line[:12])); continue
        try: events.append(Event.parse(m))
        except ValueError as e: errors.append((n, str(e)))
    return events, errors
def anonymise(s): return re.sub(r"(\d+)\.(\d+)\.\d+\.\d+", lambda m: f"{m[1]}.{m[2]}.x.x", s)
def main():
    events, errors = parse(LOG)
    print(*events, sep="\n"); print(errors)
    print(Counter(e.level for e in events).most_common(), {c: [e.ts.isoformat(sep="T", timespec="milliseconds") for e in events if e.comp == c] for c in sorted({e.comp for e in events})})
    by_day = defaultdict(list)
    for e in events: by_day[e.ts.date()].append(e)
    for day, es in by_day.items(): print(day, day.strftime("%a %j %U"), len(es), (es[-1].ts - es[0].ts), day.isocalendar()[1], day.weekday(), day.toordinal())
    print(anonymise(LOG.splitlines()[0]), re.split(r"[,\s]+", "a, b  c,d"), re.findall(r"\b\w(\w)\w*", "hello big world"), re.sub(r"(?P<a>\w+) (?P<b>\w+)", r"\g<b> \1", "one two three four", count=1), re.escape("a.b*c"), re.fullmatch(r"\d+", "123x"), [m.span() for m in re.finditer("o", "foo boo")])
    d1, d2 = datetime(2024, 2, 29, 12), datetime(2023, 12, 25, 6, 30); delta = d1 - d2
    print(delta, delta.days, delta.seconds, delta.total_seconds(), delta / 2, delta // timedelta(hours=5), delta % timedelta(days=1), -delta, abs(-delta), timedelta(days=1.5, hours=-3), repr(timedelta(seconds=1, microseconds=5)), divmod(delta, timedelta(weeks=1)))
    print(d1.replace(year=2025, day=28), d1 > d2, max(d1, d2), date(2024, 1, 31) + timedelta(days=30), date.fromisoformat("2024-03-01") - date(2024, 2, 1), time(13, 5).strftime("%I:%M %p"), datetime.fromisoformat("2024-01-15T08:00:00+02:00").astimezone(timezone.utc), datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=-5, minutes=-30))), d1.timetuple()[:6], d1.ctime(), f"{d1:%y%m%d}", datetime.combine(date(2020, 1, 2), time(3, 4)), date.min, datetime.max)
    buf = io.StringIO(); w = csv.DictWriter(buf, ["level", "msg"], extrasaction="ignore", quoting=csv.QUOTE_MINIMAL); w.writeheader(); w.writerows({"level": e.level, "msg": e.msg, "x": 1} for e in events[:2]); print(buf.getvalue())
    rows = list(csv.DictReader(io.StringIO('name,qty\n"Smith, J",3\n"He said ""hi""",4\n'))); print(rows, [*csv.reader(["a;b;'c;d'"], delimiter=";", quotechar="'")])
    for bad in (lambda: datetime(2024, 13, 1), lambda: datetime.strptime("x", "%Y"), lambda: date(2023, 2, 29), lambda: re.compile("(a"), lambda: re.compile("[z-a]"), lambda: d1 < date(2024, 1, 1), lambda: d1 - 5, lambda: d1 < 5, lambda: date(2024, 1, 31) + 1, lambda: date.max + timedelta(1), lambda: datetime(2024, 1, 1, 25), lambda: d1 - datetime(2024, 1, 1, tzinfo=timezone.utc), lambda: d1 + timedelta(days=-1, seconds=90000.5), lambda: datetime(2024, 1, 1, tzinfo=timezone.utc) - datetime(2023, 12, 31, 20, tzinfo=timezone(timedelta(hours=-3)))):
        try: print(bad())
        except Exception as e: print(type(e).__name__, e)
if __name__ == "__main__": main()
