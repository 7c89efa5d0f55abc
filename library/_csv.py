"""What `csv` has in C: dialects, reading and writing rows."""

__version__ = "1.0"

QUOTE_MINIMAL = 0
QUOTE_ALL = 1
QUOTE_NONNUMERIC = 2
QUOTE_NONE = 3


class Error(Exception):
    pass


_dialects = {}
_limit = 128 * 1024


def register_dialect(name, dialect=None, **fmtparams):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _dialect(dialect, fmtparams)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def field_size_limit(*args):
    global _limit
    before = _limit
    if args:
        (new,) = args
        if type(new) is not int:
            raise TypeError("limit must be an integer")
        _limit = new
    return before


_NAMES = (
    "delimiter",
    "doublequote",
    "escapechar",
    "lineterminator",
    "quotechar",
    "quoting",
    "skipinitialspace",
    "strict",
)


def _character(name, value, may_be_none):
    if value is None and may_be_none:
        return None
    if not isinstance(value, str):
        wanted = "string or None" if may_be_none else "string"
        raise TypeError(f'"{name}" must be {wanted}, not {type(value).__name__}')
    if len(value) != 1:
        raise TypeError(f'"{name}" must be a 1-character string')
    return value


class Dialect:
    """How rows are written, every part checked."""

    def __init__(self, dialect=None, **fmtparams):
        given = {}
        for name in _NAMES:
            if name in fmtparams:
                given[name] = fmtparams.pop(name)
            elif dialect is not None and hasattr(dialect, name):
                given[name] = getattr(dialect, name)
        for name in fmtparams:
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        self.delimiter = _character("delimiter", given.get("delimiter", ","), False)
        self.doublequote = bool(given.get("doublequote", True))
        self.escapechar = _character("escapechar", given.get("escapechar"), True)
        self.lineterminator = given.get("lineterminator", "\r\n")
        if self.lineterminator is not None and not isinstance(self.lineterminator, str):
            raise TypeError('"lineterminator" must be a string')
        self.quotechar = _character("quotechar", given.get("quotechar", '"'), True)
        if "quoting" in given:
            self.quoting = given["quoting"]
        else:
            self.quoting = QUOTE_MINIMAL if self.quotechar is not None else QUOTE_NONE
        if type(self.quoting) is not int:
            raise TypeError('"quoting" must be an integer')
        self.skipinitialspace = bool(given.get("skipinitialspace", False))
        self.strict = bool(given.get("strict", False))
        if not 0 <= self.quoting <= 3:
            raise TypeError('bad "quoting" value')
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        if self.lineterminator is None:
            raise TypeError("lineterminator must be set")


def _dialect(dialect, fmtparams):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)
    if isinstance(dialect, Dialect) and not fmtparams:
        return dialect
    return Dialect(dialect, **fmtparams)


# Those that `csv` itself has.
_dialects["excel"] = Dialect()
_dialects["excel-tab"] = Dialect(delimiter="\t")
_dialects["unix"] = Dialect(lineterminator="\n", quoting=QUOTE_ALL)

# What the next character can be.
_START_RECORD = 0
_START_FIELD = 1
_ESCAPED = 2
_IN_FIELD = 3
_IN_QUOTES = 4
_ESCAPED_IN_QUOTES = 5
_QUOTE_IN_QUOTES = 6
_LINE_END = 7
_AFTER_ESCAPED_LINE_END = 8

_LINE_ENDS = ("\n", "\r", "")


class reader:
    def __init__(self, csvfile, dialect=None, **fmtparams):
        self._lines = iter(csvfile)
        self.dialect = _dialect(dialect, fmtparams)
        self.line_num = 0
        self._begin()

    def __iter__(self):
        return self

    def _begin(self):
        self._state = _START_RECORD
        self._row = []
        self._field = []
        self._is_number = False

    def __next__(self):
        self._begin()
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if not self._field and self._state != _IN_QUOTES:
                    raise
                if self.dialect.strict:
                    raise Error("unexpected end of data") from None
                self._save()
                return self._row
            if not isinstance(line, str):
                kind = type(line).__name__
                raise Error(
                    f"iterator should return strings, not {kind} (the file should be opened in text mode)"
                )
            self.line_num += 1
            if self._state == _START_RECORD:
                row = self._plain(line)
                if row is not None:
                    return row
            for character in line:
                self._take(character)
            # The end of the line counts as a character of its own.
            self._take("")
            if self._state == _START_RECORD:
                return self._row

    def _plain(self, line):
        """The row of a line without anything special in it; None for any other."""
        dialect = self.dialect
        if dialect.skipinitialspace or dialect.quoting == QUOTE_NONNUMERIC or len(line) > _limit:
            return None
        if dialect.quotechar is not None and dialect.quotechar in line:
            return None
        if dialect.escapechar is not None and dialect.escapechar in line:
            return None
        if dialect.delimiter in "\r\n":
            return None
        text = line[:-1] if line.endswith("\n") else line
        if text.endswith("\r"):
            text = text[:-1]
        if "\r" in text or "\n" in text:
            return None
        return text.split(dialect.delimiter) if text else []

    def _save(self):
        text = "".join(self._field)
        self._field = []
        if self._is_number:
            self._is_number = False
            self._row.append(float(text))
        else:
            self._row.append(text)

    def _add(self, character):
        if len(self._field) >= _limit:
            raise Error(f"field larger than field limit ({_limit})")
        self._field.append(character)

    def _end_field(self, character):
        self._save()
        self._state = _START_RECORD if character == "" else _LINE_END

    def _take(self, c):
        dialect = self.dialect
        state = self._state
        if state == _START_RECORD:
            if c == "":
                return
            if c in _LINE_ENDS:
                self._state = _LINE_END
                return
            state = _START_FIELD
        if state == _START_FIELD:
            self._take_first(c)
        elif state == _ESCAPED:
            if c == "\n" or c == "\r":
                self._add(c)
                self._state = _AFTER_ESCAPED_LINE_END
            else:
                self._add(c or "\n")
                self._state = _IN_FIELD
        elif state == _IN_FIELD or state == _AFTER_ESCAPED_LINE_END:
            if state == _AFTER_ESCAPED_LINE_END and c == "":
                return
            if c in _LINE_ENDS:
                self._end_field(c)
            elif c == dialect.escapechar:
                self._state = _ESCAPED
            elif c == dialect.delimiter:
                self._save()
                self._state = _START_FIELD
            else:
                self._add(c)
                self._state = _IN_FIELD
        elif state == _IN_QUOTES:
            if c == "":
                return
            if c == dialect.escapechar:
                self._state = _ESCAPED_IN_QUOTES
            elif c == dialect.quotechar and dialect.quoting != QUOTE_NONE:
                self._state = _QUOTE_IN_QUOTES if dialect.doublequote else _IN_FIELD
            else:
                self._add(c)
        elif state == _ESCAPED_IN_QUOTES:
            self._add(c or "\n")
            self._state = _IN_QUOTES
        elif state == _QUOTE_IN_QUOTES:
            self._take_after_quote(c)
        elif c == "":
            self._state = _START_RECORD
        elif c not in _LINE_ENDS:
            raise Error(
                "new-line character seen in unquoted field - "
                "do you need to open the file in universal-newline mode?"
            )

    def _take_first(self, c):
        """The first character of a field."""
        dialect = self.dialect
        if c in _LINE_ENDS:
            self._end_field(c)
        elif c == dialect.quotechar and dialect.quoting != QUOTE_NONE:
            self._state = _IN_QUOTES
        elif c == dialect.escapechar:
            self._state = _ESCAPED
        elif c == " " and dialect.skipinitialspace:
            self._state = _START_FIELD
        elif c == dialect.delimiter:
            self._save()
            self._state = _START_FIELD
        else:
            if dialect.quoting == QUOTE_NONNUMERIC:
                self._is_number = True
            self._add(c)
            self._state = _IN_FIELD

    def _take_after_quote(self, c):
        """What follows a quote character among quoted text: a second one, or the end of the field."""
        dialect = self.dialect
        if c == dialect.quotechar and dialect.quoting != QUOTE_NONE:
            self._add(c)
            self._state = _IN_QUOTES
        elif c == dialect.delimiter:
            self._save()
            self._state = _START_FIELD
        elif c in _LINE_ENDS:
            self._end_field(c)
        elif not dialect.strict:
            self._add(c)
            self._state = _IN_FIELD
        else:
            raise Error(f"'{dialect.delimiter}' expected after '{dialect.quotechar}'")


def _is_number(value):
    return isinstance(value, (int, float, complex)) or any(
        hasattr(type(value), name) for name in ("__index__", "__int__", "__float__", "__complex__")
    )


class writer:
    def __init__(self, fileobj, dialect=None, **fmtparams):
        self.dialect = _dialect(dialect, fmtparams)
        write = getattr(fileobj, "write", None)
        if not callable(write):
            raise TypeError('argument 1 must have a "write" method')
        self._write = write

    def writerow(self, row):
        try:
            fields = iter(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        dialect = self.dialect
        texts = []
        is_empty = False
        for field in fields:
            quoted = dialect.quoting == QUOTE_ALL or dialect.quoting == QUOTE_NONNUMERIC and not _is_number(field)
            text = "" if field is None else str(field)
            is_empty = not texts and text == "" and not quoted
            texts.append(self._field(text, quoted))
        if len(texts) == 1 and is_empty:
            if dialect.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            texts = [self._field("", True)]
        return self._write(dialect.delimiter.join(texts) + dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

    def _field(self, text, quoted):
        dialect = self.dialect
        quote, escape = dialect.quotechar, dialect.escapechar
        out = []
        for c in text:
            if c == dialect.delimiter or c == escape or c == quote or c in dialect.lineterminator:
                escaped = False
                if dialect.quoting == QUOTE_NONE:
                    escaped = True
                elif c == quote:
                    if dialect.doublequote:
                        out.append(quote)
                    else:
                        escaped = True
                elif c == escape:
                    escaped = True
                if not escaped:
                    quoted = True
                else:
                    if escape is None:
                        raise Error("need to escape, but no escapechar set")
                    out.append(escape)
            out.append(c)
        body = "".join(out)
        return f"{quote}{body}{quote}" if quoted else body
