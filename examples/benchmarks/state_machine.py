"""Machines whose states are members of an enumeration.

    python3 state_machine.py [STEPS]
"""

import sys
from enum import Enum, auto


class State(Enum):
    IDLE = auto()
    RUN = auto()
    WAIT = auto()
    DONE = auto()


class Light(Enum):
    RED = "red"
    GREEN = "green"


TABLE = {State.IDLE: State.RUN, State.RUN: State.WAIT, State.WAIT: State.DONE, State.DONE: State.IDLE}


class Machine:
    def __init__(self):
        self.state = State.IDLE
        self.counts = {s: 0 for s in State}

    def step(self, x):
        self.counts[self.state] += 1
        if self.state is State.RUN and x % 3 == 0:
            return
        if self.state == State.WAIT and x % 5 == 0:
            self.state = State.IDLE
        else:
            self.state = TABLE[self.state]


def main(n):
    m = Machine()
    light = Light.RED
    k = 0
    for i in range(n):
        m.step(i)
        light = Light.GREEN if light is Light.RED else Light.RED
        k += len(light.value) + m.state.value
    print(m.state.name, {s.name: c for s, c in m.counts.items()}, k, light)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300000)
