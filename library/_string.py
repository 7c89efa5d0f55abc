"""What `string.Formatter` has in C: format strings and field names taken apart."""


def formatter_parser(text):
    """The pieces of a format string: literal text, then a field's name, specification and conversion."""
    _check(text)
    return _pieces(text)


def _check(text):
    if not isinstance(text, str):
        raise TypeError(f"expected str, got {type(text).__name__}")


def _pieces(text):
    at = 0
    while at < len(text):
        start = at
        while at < len(text) and text[at] not in "{}":
            at += 1
        if at == len(text):
            yield text[start:], None, None, None
            return
        c = text[at]
        following = text[at + 1:at + 2]
        if c == "}" and following != "}":
            raise ValueError("Single '}' encountered in format string")
        if not following:
            raise ValueError("Single '{' encountered in format string")
        if c == following:
            yield text[start:at + 1], None, None, None
            at += 2
        else:
            literal = text[start:at]
            field, at = _field(text, at + 1)
            yield literal, *field


def _field(text, at):
    """A replacement field whose brace is open, and where it ends."""
    start = at
    c = ""
    while at < len(text):
        c = text[at]
        at += 1
        if c == "{":
            raise ValueError("unexpected '{' in field name")
        if c == "[":
            while at < len(text) and text[at] != "]":
                at += 1
        elif c in "}:!":
            break
    name = text[start:at - 1]
    if c == "}":
        return (name, "", None), at
    if c not in (":", "!"):
        raise ValueError("expected '}' before end of string")
    conversion = None
    if c == "!":
        if at >= len(text):
            raise ValueError("end of string while looking for conversion specifier")
        conversion = text[at]
        at += 1
        if at < len(text):
            c = text[at]
            at += 1
            if c == "}":
                return (name, "", conversion), at
            if c != ":":
                raise ValueError("expected ':' after conversion specifier")
    start = at
    depth = 1
    while at < len(text):
        if text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if not depth:
                return (name, text[start:at], conversion), at + 1
        at += 1
    raise ValueError("unmatched '{' in format spec")


def formatter_field_name_split(name):
    """What a field's name begins with, and the attributes and items that follow."""
    _check(name)
    end = 0
    while end < len(name) and name[end] not in ".[":
        end += 1
    return _number(name[:end]), _accessors(name, end)


def _number(text):
    """The text, or the number that it is."""
    if not text.isdecimal():
        return text
    number = int(text)
    if number > 0x7FFF_FFFF_FFFF_FFFF:
        raise ValueError("Too many decimal digits in format string")
    return number


def _accessors(name, at):
    while at < len(name):
        kind = name[at]
        at += 1
        if kind == ".":
            end = at
            while end < len(name) and name[end] not in ".[":
                end += 1
            key = name[at:end]
            at = end
        elif kind == "[":
            end = name.find("]", at)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            key = name[at:end]
            at = end + 1
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if kind == "[":
            key = _number(key)
        if key == "":
            raise ValueError("Empty attribute in format string")
        yield kind == ".", key
