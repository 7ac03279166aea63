//! Folding for matching, one char for one char, so that places stay valid: case, accents, curly marks, dashes, odd blanks.
//!
//! Two depths, because a reader who types an accent means it (fzf's smart rule): [`fold_char`] drops accents of Latin
//! letters, [`fold_case`] keeps them. A letter that would become two (`ß`, `æ`) stays as it is: a place in the folded text
//! must be a place in the text.

use unicode_normalization::char::decompose_canonical;

/// Returns `c` in lower case, with plain quotation marks, dashes and blanks, and without the accent of a Latin letter.
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    without_accent(fold_case(c))
}

/// Returns `c` in lower case, with plain quotation marks, dashes and blanks; accents stay.
pub fn fold_case(c: char) -> char {
    match c {
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{02BC}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => ' ',
        _ => single(c.to_lowercase()).unwrap_or(c),
    }
}

/// Returns `text` with every char folded by [`fold_char`]: as many chars as before.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Adds `text`, folded, to `folded`. Most text is ASCII, which is folded in runs: a gigabyte a second.
pub fn fold_into(text: &str, folded: &mut String) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let ascii = ascii_len(rest.as_bytes());
        let (run, after) = rest.split_at(ascii);
        let start = folded.len();
        folded.push_str(run);
        if let Some(run) = folded.get_mut(start..) {
            run.make_ascii_lowercase();
        }
        rest = after;
        if ascii == 0 {
            folded.push(fold_char(c));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
}

/// Bytes that are tested together for being ASCII.
const ASCII_CHUNK: usize = 32;

/// Returns how many bytes of ASCII `bytes` begin with.
fn ascii_len(bytes: &[u8]) -> usize {
    let chunks = bytes.chunks(ASCII_CHUNK);
    let plain = chunks.take_while(|chunk| chunk.is_ascii()).count() * ASCII_CHUNK;
    let rest = bytes.get(plain..).unwrap_or_default();
    let wide = rest.iter().position(|byte| !byte.is_ascii());
    wide.map_or(bytes.len(), |at| plain + at)
}

/// Whether folding takes an accent off any letter of `text`.
pub fn has_accents(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| fold_case(c) != fold_char(c))
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

fn without_accent(c: char) -> char {
    match c {
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => without_stroke(base_of(c)),
        _ => c,
    }
}

fn base_of(c: char) -> char {
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    base.unwrap_or(c).to_ascii_lowercase()
}

/// Letters with a stroke have no canonical decomposition, so they are listed.
fn without_stroke(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ħ' => 'h',
        'ŧ' => 't',
        'ı' => 'i',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_curly_marks_fold_to_what_a_keyboard_has() {
        assert_eq!(
            fold("“Québec”\u{a0}—\u{a0}l’État, Erdoğan, Łódź, Việt"),
            "\"quebec\" - l'etat, erdogan, lodz, viet"
        );
    }

    #[test]
    fn folding_in_runs_is_folding_char_by_char() {
        for text in ["", "ASCII only", "“Québec” — Łódź", "é", "aé"] {
            let plainly: String = text.chars().map(fold_char).collect();
            assert_eq!(fold(text), plainly);
        }
    }

    #[test]
    fn every_char_folds_to_one_char_and_folding_again_changes_nothing() {
        for c in '\0'..=char::MAX {
            assert_eq!(fold_char(fold_char(c)), fold_char(c), "{c:?}");
            assert_eq!(fold_case(fold_case(c)), fold_case(c), "{c:?}");
        }
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(fold("Йод 한국 ß æ"), "йод 한국 ß æ");
    }

    #[test]
    fn only_real_accents_count_as_accents() {
        assert!(has_accents("Montréal"));
        assert!(!has_accents("“Ottawa” — Карни"));
    }
}
