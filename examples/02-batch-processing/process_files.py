"""Transforms batches of records and fingerprints each one with SHA-256.

    python3 process_files.py [COUNT]
"""

import hashlib
import json
import os
import sys
import time


def process_batch(data_items):
    """Transforms every item; an item is a dict, JSON text of one, or a bare value."""
    results = []
    for item in data_items:
        if isinstance(item, str):
            try:
                item = json.loads(item)
            except json.JSONDecodeError:
                item = {"value": item}
        value = item.get("value", 0)
        transformed = value * 2 + 100
        digest = hashlib.sha256(f"{value}:{transformed}".encode()).hexdigest()[:16]
        results.append({"original": value, "transformed": transformed, "hash": digest})
    return results


def aggregate_results(results):
    """Sums up the transformed values."""
    total = sum(result["transformed"] for result in results)
    count = len(results)
    average = total / count if count else 0
    return {"total": total, "count": count, "average": average}


def process_file_batch(file_paths):
    """Processes one generated batch for every file that exists."""
    collected = []
    for file_path in file_paths:
        path = os.fspath(file_path)
        if os.path.exists(path):
            with open(path) as handle:
                handle.read()
            items = [{"value": i} for i in range(1000)]
            collected.extend(process_batch(items))
    return aggregate_results(collected)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    items = [{"value": i} for i in range(count)]

    start = time.perf_counter()
    summary = aggregate_results(process_batch(items))
    elapsed_ms = (time.perf_counter() - start) * 1000

    print(f"Total: {summary['total']}")
    print(f"Count: {summary['count']}")
    print(f"Average: {summary['average']:.2f}")
    print(f"Time: {elapsed_ms:.2f}ms", file=sys.stderr)
