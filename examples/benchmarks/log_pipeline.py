"""Lines of a log, through a chain of generators."""
import sys

LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]


def log_lines(count):
    state = 17
    for number in range(count):
        state = (state * 1103515245 + 12345) % 2147483648
        level = LEVELS[state // 65536 % 4]
        yield f"{number} {level} service-{state // 1024 % 7} took {state // 64 % 900} ms"


def records(lines):
    for line in lines:
        fields = line.split(" ")
        if len(fields) != 6:
            continue
        yield fields[1], fields[2], int(fields[4])


def slow(entries, least):
    for level, service, taken in entries:
        if level == "DEBUG":
            continue
        if taken >= least:
            yield service, taken


def run(count):
    lines = log_lines(count)
    entries = records(lines)
    totals = {}
    for service, taken in slow(entries, 500):
        totals[service] = totals.get(service, 0) + taken
    worst = max(taken for service, taken in slow(records(log_lines(count // 4)), 0))
    return f"{sorted(totals.items())} {worst}"


if __name__ == "__main__":
    print(run(int(sys.argv[1])))
