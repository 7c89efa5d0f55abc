# A script that defines no function: it imports, and its statements run.
import kit
from kit import area

total = 0
for side in range(4):
    total += area(side)

if __name__ == "__main__":
    print(total, area(2.5), kit.known(), kit.shapes.SIDES)
    print([kit.double(n) for n in (1, "a")], kit.registered(1))
