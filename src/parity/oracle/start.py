"""Started by pivot as `python3 FOLDER COMMAND ...`: hands over to the part of the oracle that is asked for."""
import os
import sys

if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    home = sys.path[0]
    from pivot_oracle import record

    sys.path[0] = os.path.dirname(os.path.abspath(rest[1]))
    if command == "record":
        record.main(rest[0], os.path.abspath(rest[1]), float(rest[2]))
