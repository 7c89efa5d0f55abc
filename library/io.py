"""What `io` has beyond the runtime's own."""


def text_encoding(encoding, stacklevel=2, /):
    return "locale" if encoding is None else encoding
