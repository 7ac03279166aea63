//! `predict KIND FILE.jsonl`: prints what the program finds in each row of FILE, in the format that the scorers read.
//!
//! Every row is one JSON object; rows keep their order. Offsets going out count Unicode scalar values.

mod align;
mod dates;
mod group;
mod html;
mod quotes;
mod segment;
mod statements;
mod terms;

use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, bail};
use crossread::text::Span;
use serde_json::Value;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().context("usage: predict KIND FILE.jsonl")?;
    let path = arguments.next().context("usage: predict KIND FILE.jsonl")?;
    let rows = read_rows(&path)?;
    let predicted = match kind.as_str() {
        "align" => align::predict(&rows),
        "group" => group::predict(&rows),
        "html" => html::predict(&rows, Path::new(&path).parent().unwrap_or(Path::new(""))),
        "dates" => dates::predict(&rows),
        "quotes" => quotes::predict(&rows),
        "segment" => segment::predict(&rows),
        "statements" => statements::predict(&rows),
        "terms" => terms::predict(&rows),
        other => bail!("unknown kind {other:?}"),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for row in predicted {
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}

fn read_rows(path: &str) -> anyhow::Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.to_owned())?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).with_context(|| path.to_owned()))
        .collect()
}

/// Returns the strings of the list at `key`.
fn strings<'a>(row: &'a Value, key: &str) -> Vec<&'a str> {
    row[key]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

/// Returns the places of the lines of a text: its paragraphs.
fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let span = Span::new(start, start + line.len());
            start += line.len() + 1;
            span
        })
        .collect()
}

/// Counts the Unicode scalar values before a byte of a text; asked in rising order, it goes over the text once.
struct ScalarCounter<'a> {
    text: &'a str,
    byte: usize,
    scalar: usize,
}

impl<'a> ScalarCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            scalar: 0,
        }
    }

    /// Returns how many scalar values stand before byte `at`.
    fn scalar_at(&mut self, at: usize) -> usize {
        if at < self.byte {
            (self.byte, self.scalar) = (0, 0);
        }
        let passed = self.text.get(self.byte..at).unwrap_or_default();
        (self.byte, self.scalar) = (at, self.scalar + passed.chars().count());
        self.scalar
    }
}
