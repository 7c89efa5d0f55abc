"""`recursive_repr`, for one thread."""

from functools import wraps


def recursive_repr(fillvalue="..."):
    def decorating_function(user_function):
        running = set()

        @wraps(user_function)
        def wrapper(self):
            key = id(self)
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return user_function(self)
            finally:
                running.discard(key)
        return wrapper
    return decorating_function
