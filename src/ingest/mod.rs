//! Bytes become articles: detect, decode, sanitize, read the fields.
