"""Reads lines of a web server's log and sums them up by path, status and client.

    python3 log_report.py [LINES]
"""

import sys

PATHS = ["/", "/login", "/search?q=x", "/static/app.js", "/api/v1/items", "/api/v1/items/42"]


def make_log(lines):
    state = 99
    text = []
    for number in range(lines):
        state = (state * 1103515245 + 12345) % 2147483648
        pick = state >> 8
        client = f"10.0.{pick % 16}.{pick // 16 % 256}"
        status = [200, 200, 200, 304, 404, 500][pick % 6]
        size = "-" if status == 304 else str(pick % 9000)
        path = PATHS[pick // 7 % len(PATHS)]
        text.append(f'{client} - - [{number}] "GET {path} HTTP/1.1" {status} {size}')
        if pick % 97 == 0:
            text.append("garbled line")
    return "\n".join(text)


def parse(line):
    client, _, rest = line.partition(" ")
    start = rest.find('"')
    end = rest.rfind('"')
    if start < 0 or end <= start:
        raise ValueError(f"no request in {line!r}")
    method, path, _ = rest[start + 1 : end].split(" ")
    status, size = rest[end + 1 :].split()
    return client, method, path.split("?")[0], int(status), 0 if size == "-" else int(size)


def summarise(text):
    by_path, by_status, clients, faults = {}, {}, set(), 0
    for line in text.splitlines():
        try:
            client, _, path, status, size = parse(line)
        except ValueError:
            faults += 1
            continue
        hits, volume = by_path.get(path, (0, 0))
        by_path[path] = (hits + 1, volume + size)
        by_status[status] = by_status.get(status, 0) + 1
        clients.add(client)
    return by_path, by_status, clients, faults


def main(lines):
    by_path, by_status, clients, faults = summarise(make_log(lines))
    ranked = sorted(by_path.items(), key=lambda entry: (-entry[1][1], entry[0]))
    top = " ".join(f"{path}={hits}/{volume}" for path, (hits, volume) in ranked[:3])
    return f"{top} {sorted(by_status.items())} {len(clients)} {faults}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50000))
