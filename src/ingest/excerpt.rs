//! Tells a text that was cut off by the service that handed it out: `... [+1234 chars]`.

/// Returns `text` without the mark that says it was cut off, if it has one.
pub(super) fn without_cut_mark(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let open = text.strip_suffix(']')?.rfind('[')?;
    let inner = text.get(open + 1..text.len() - 1)?;
    let count = inner.strip_suffix(" chars")?.trim_start_matches('+');
    let is_count = !count.is_empty()
        && count
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b',');
    let before = text.get(..open)?.trim_end();
    is_count.then(|| before.trim_end_matches(['…', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_goes_on_elsewhere_says_so() {
        for cut in [
            "The fares stay… [+1234 chars]",
            "The fares stay... [804 chars]",
        ] {
            assert_eq!(without_cut_mark(cut), Some("The fares stay"), "{cut}");
        }
        for whole in [
            "The fares stay.",
            "The fares stay [sic]",
            "They said [it has 12 chars",
            "",
        ] {
            assert_eq!(without_cut_mark(whole), None, "{whole}");
        }
    }
}
