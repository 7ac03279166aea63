//! Escapes text of reports for Markdown, so that nothing in it is taken for markup.

/// Returns `text` so that Markdown shows it letter for letter.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, letter) in text.char_indices() {
        let opens_list = at == 0 && matches!(letter, '-' | '+' | '=' | ':');
        let ends_number =
            matches!(letter, '.' | ')') && is_number(text.get(..at).unwrap_or_default());
        if opens_list || ends_number || "\\`*_[]<>#|~&$^".contains(letter) {
            out.push('\\');
        }
        out.push(if letter == '\n' { ' ' } else { letter });
    }
    out
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_are_escaped() {
        assert_eq!(escaped("a *small* deal [1]"), r"a \*small\* deal \[1\]");
        assert_eq!(escaped("<b>$5</b>"), r"\<b\>\$5\</b\>");
        assert_eq!(escaped("2025. A year"), r"2025\. A year");
        assert_eq!(escaped("- no list"), r"\- no list");
    }
}
