//! Operators, items, attributes and calls on values.
