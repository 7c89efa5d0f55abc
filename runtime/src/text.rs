//! str(), repr(), ascii() and format() of any value.
