"""What `string.Formatter` has in C: format strings and field names taken apart."""


def formatter_parser(text):
    """The pieces of a format string: literal text, then a field's name, specification and conversion."""
    if not isinstance(text, str):
        raise TypeError(f"expected str, got {type(text).__name__}")
    at = 0
    while at < len(text):
        literal = []
        field = None
        while at < len(text):
            c = text[at]
            at += 1
            if c not in "{}":
                literal.append(c)
                continue
            if at < len(text) and text[at] == c:
                literal.append(c)
                at += 1
                break
            if c == "}":
                raise ValueError("Single '}' encountered in format string")
            if at == len(text):
                raise ValueError("Single '{' encountered in format string")
            field, at = _field(text, at)
            break
        if field is None:
            yield "".join(literal), None, None, None
        else:
            yield "".join(literal), *field


def _field(text, at):
    """A replacement field whose brace is open, and where it ends."""
    start = at
    depth = 1
    in_brackets = False
    while at < len(text):
        c = text[at]
        if c == "[" and depth == 1:
            in_brackets = True
        elif c == "]" and in_brackets:
            in_brackets = False
        elif c == "{" and not in_brackets:
            depth += 1
        elif c == "}" and not in_brackets:
            depth -= 1
            if not depth:
                break
        elif c in ":!" and depth == 1 and not in_brackets:
            break
        at += 1
    else:
        raise ValueError("expected '}' before end of string")
    name = text[start:at]
    conversion = None
    if text[at] == "!":
        at += 1
        if at >= len(text):
            raise ValueError("end of string while looking for conversion specifier")
        conversion = text[at]
        at += 1
        if at >= len(text):
            raise ValueError("unmatched '{' in format spec")
        if text[at] not in ":}":
            raise ValueError("expected ':' after conversion specifier")
    spec = ""
    if text[at] == ":":
        at += 1
        start = at
        depth = 1
        while at < len(text):
            if text[at] == "{":
                depth += 1
            elif text[at] == "}":
                depth -= 1
                if not depth:
                    break
            at += 1
        else:
            raise ValueError("unmatched '{' in format spec")
        spec = text[start:at]
    return (name, spec, conversion), at + 1


def formatter_field_name_split(name):
    """What a field's name begins with, and the attributes and items that follow."""
    end = 0
    while end < len(name) and name[end] not in ".[":
        end += 1
    first = name[:end]
    return int(first) if first.isdecimal() else first, _accessors(name, end)


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
        if not key:
            raise ValueError("Empty attribute in format string")
        if kind == "[" and key.isdecimal():
            key = int(key)
        yield kind == ".", key
