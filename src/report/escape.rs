//! Escapes the text of reports, so that each format shows it letter for letter and nothing in it is taken for a command.

/// Returns `text` so that a browser shows it letter for letter, also inside an attribute.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

/// Returns `text` so that Markdown shows it letter for letter.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    // A mark that means something at the beginning of a line only is escaped there only: prose is full of points and dashes.
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

/// Returns `text` so that TeX shows it letter for letter.
pub(crate) fn tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '%' | '#' | '_' => escaped.extend(['\\', letter]),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '\n' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_would_read_is_escaped() {
        assert_eq!(
            html("<script>\"a\" & 'b'"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;"
        );
    }

    #[test]
    fn what_markdown_would_read_is_escaped() {
        assert_eq!(markdown("a *small* deal [1]"), r"a \*small\* deal \[1\]");
        assert_eq!(markdown("<b>$5</b>"), r"\<b\>\$5\</b\>");
        assert_eq!(markdown("2025. A year"), r"2025\. A year");
        assert_eq!(markdown("- no list"), r"\- no list");
    }
}
