//! First-fit wrapping of a text into rows, as byte ranges.
