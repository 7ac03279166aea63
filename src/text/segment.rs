//! Paragraphs to sentences to words, as spans.
