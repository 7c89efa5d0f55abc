"""Started by pivot as `python3 FOLDER COMMAND ...`: hands over to the part of the oracle that is asked for."""
import os
import sys

if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    from pivot_oracle import record, worker

    if command == "record":
        sys.path[0] = os.path.dirname(os.path.abspath(rest[1]))
        record.main(rest[0], os.path.abspath(rest[1]), float(rest[2]))
    elif command == "serve":
        sys.path[0] = os.path.dirname(os.path.abspath(rest[0]))
        worker.main(os.path.abspath(rest[0]), int(rest[1]))
