"""Trees made of tuples: types without an end, generators that call themselves on what may be None."""


def walk(node):
    if node is None:
        return
    left, value, right = node
    yield from walk(left)
    yield value
    yield from walk(right)


def walk_by_hand(node):
    if node:
        for x in walk_by_hand(node[0]):
            yield x
        yield node[1]
        for x in walk_by_hand(node[2]):
            yield x


def inorder(tree):
    if tree:
        yield from inorder(tree[0])
        yield tree[1]
        yield from inorder(tree[2])


def insert(node, value):
    if node is None:
        return (None, value, None)
    left, v, right = node
    if value < v:
        return (insert(left, value), v, right)
    return (left, v, insert(right, value))


def height(node):
    return 0 if node is None else 1 + max(height(node[0]), height(node[2]))


def push(stack, item):
    return (item, stack)


def items(stack):
    while stack is not None:
        item, stack = stack
        yield item


def pair(swap):
    inner = ((1, None), "one") if swap else (None, "two")
    return inner


def chosen(flag):
    wide = ((1, (2, None)), None)
    narrow = ((3, None), None)
    return wide if flag else narrow


def main():
    tree = None
    for x in [5, 2, 8, 1, 9, 3]:
        tree = insert(tree, x)
    print(tree, height(tree))
    print(list(walk(tree)), [x for x in walk_by_hand(tree)], sum(walk(tree)))
    fixed = (((None, 1, None), 2, (None, 3, None)), 4, (None, 5, None))
    print(list(inorder(fixed)), sum(inorder(fixed)), height(fixed))
    print(list(walk(((None, "a", None), "b", None))), list(walk(None)))
    stack = None
    for word in "one two three".split():
        stack = push(stack, word)
    print(stack, list(items(stack)))
    print(pair(True), pair(False), chosen(True), chosen(False))
    deep = ((((((1, 2), 3), 4), 5), 6), 7)
    print(deep, deep[0][0][0][0][0][1])


main()
