from enum import Enum, auto, IntEnum, Flag, unique
from collections import deque, namedtuple
import textwrap, random

class State(Enum):
    MENU = auto(); EXPLORE = auto(); FIGHT = auto(); DEAD = auto(); WON = auto()
    def is_final(self): return self in (State.DEAD, State.WON)
    @property
    def pretty(self): return self.name.title().replace("_", " ")
class Dir(Enum):
    NORTH = (0, -1); SOUTH = (0, 1); EAST = (1, 0); WEST = (-1, 0)
    def __init__(self, dx, dy): self.dx, self.dy = dx, dy
    @property
    def opposite(self): return Dir((-self.dx, -self.dy))
    @classmethod
    def parse(cls, s):
        for d in cls:
            if d.name.lower().startswith(s.lower()): return d
        raise KeyError(s)
class Perm(Flag):
    R = 4; W = 2; X = 1; RW = R | W
@unique
class Level(IntEnum):
    EASY = 1; HARD = 5
    @classmethod
    def _missing_(cls, value): return cls.HARD if value > 5 else None

Room = namedtuple("Room", "name desc exits items", defaults=[()])
class Player:
    def __init__(self, name, hp=20):
        self.name, self.hp, self.inv, self.pos = name, hp, [], (0, 0)
    def __format__(self, spec):
        if spec == "short": return self.name[:3]
        return f"{self.name} [{'#' * (self.hp // 2):<10}]"
class Game:
    def __init__(self, seed=42):
        self.rng = random.Random(seed); self.state = State.MENU; self.log = deque(maxlen=5)
        self.rooms = {(0, 0): Room("Hall", "A cold hall with torches that flicker against damp, mossy stone walls.", [Dir.NORTH, Dir.EAST], ("lamp",)), (0, -1): Room("Cave", "Dark.", [Dir.SOUTH]), (1, 0): Room("Treasury", "Gold!", [Dir.WEST], ("gold", "crown"))}
        self.player = Player("Gandalf"); self.turns = 0
        self.handlers = {State.MENU: self.on_menu, State.EXPLORE: self.on_explore, State.FIGHT: self.on_fight}
    def on_menu(self, cmd): return State.EXPLORE if cmd == "start" else State.MENU
    def on_explore(self, cmd):
        match cmd.split():
            case ["go", d]:
                try: d = Dir.parse(d)
                except KeyError as e: self.log.append(f"no direction {e}"); return self.state
                x, y = self.player.pos
                if d not in self.rooms[x, y].exits: self.log.append(f"can't go {d.name.lower()}"); return self.state
                self.player.pos = (x + d.dx, y + d.dy)
                return State.FIGHT if self.rng.random() < 0.5 else State.EXPLORE
            case ["take", *items] if items:
                room = self.rooms[self.player.pos]
                got = [i for i in items if i in room.items]
                self.player.inv += got
                self.rooms[self.player.pos] = room._replace(items=tuple(i for i in room.items if i not in got))
                return State.WON if "gold" in self.player.inv else self.state
            case ["look"]:
                self.log.append(textwrap.fill(self.rooms[self.player.pos].desc, 30, initial_indent="* ", subsequent_indent="  ")); return self.state
            case _:
                self.log.append(f"unknown: {cmd!r}"); return self.state
    def on_fight(self, cmd):
        dmg = self.rng.randint(1, 6); self.player.hp -= dmg
        self.log.append(f"ouch -{dmg}")
        return State.DEAD if self.player.hp <= 0 else (State.EXPLORE if cmd == "flee" else State.FIGHT)
    def step(self, cmd):
        self.turns += 1; old = self.state; self.state = self.handlers[self.state](cmd)
        if old is not self.state: self.log.append(f"{old.pretty} -> {self.state.pretty}")
        return self.state
def main():
    g = Game()
    for cmd in ["help", "start", "look", "dance", "go up", "go n", "hit", "flee", "go s", "flee", "take lamp sword", "go east", "hit", "flee", "take crown gold"]:
        if g.step(cmd).is_final(): break
        print(f"{g.turns:02d} {cmd:<18}{g.state!r:<22}{g.player}")
    print(*g.log, sep="\n"); print(g.state, g.player.inv, g.rooms[(0, 0)], f"{g.player:short}")
    print(list(State), State["MENU"], State(2), Dir.NORTH.opposite, Dir.EAST.value, [d.name for d in Dir])
    print(Perm.RW, Perm.R | Perm.X, Perm.W in Perm.RW, ~Perm.RW, bool(Perm.R & Perm.X), Perm(0), Perm(7))
    print(Level(1), Level(9), Level.EASY < Level.HARD, Level.HARD + 1, sorted(Level, reverse=True), f"{Level.EASY}", repr(Level.EASY))
    for bad in (lambda: State(99), lambda: State["X"], lambda: Level(0), lambda: Dir((5, 5))):
        try: print(bad())
        except Exception as e: print(type(e).__name__, e)
    try: State.MENU = 3
    except AttributeError as e: print(e)
    print(State.MENU.__class__, hash(State.MENU) == hash("MENU"), {State.MENU: 1}, State.__members__["WON"].value)
if __name__ == "__main__":
    main()
