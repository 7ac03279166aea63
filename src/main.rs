//! Parses the command line, loads, then opens the interface or prints.
fn main() {}
