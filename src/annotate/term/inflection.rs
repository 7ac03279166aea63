//! A word to its inflections: `tariff` to `tariffs`, `levy` to `levies`, `exempt` to `exempted`.
//!
//! English only, and only what is regular; a lexicon lists its irregular words as forms of their own.

/// Endings that a term's forms may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Inflections {
    #[default]
    None,
    /// Plural: s, es, y to ies.
    Noun,
    /// The forms of a noun (the third person of a verb has them too), and ed, ing.
    Verb,
}

/// Returns the inflected shapes of `word`, itself not among them.
pub(super) fn inflected(word: &str, inflections: Inflections) -> Vec<String> {
    let mut shapes = Vec::new();
    if inflections != Inflections::None {
        shapes.extend(with_s(word));
    }
    if inflections == Inflections::Verb {
        shapes.extend(past_and_progressive(word));
    }
    shapes
}

fn with_s(word: &str) -> Option<String> {
    if let Some(stem) = consonant_y(word) {
        return Some(format!("{stem}ies"));
    }
    let hisses = ["ss", "us", "x", "z", "ch", "sh"];
    if hisses.iter().any(|ending| word.ends_with(ending)) {
        return Some(format!("{word}es"));
    }
    (!word.ends_with('s')).then(|| format!("{word}s"))
}

fn past_and_progressive(word: &str) -> [String; 2] {
    if let Some(stem) = word.strip_suffix('e') {
        [format!("{word}d"), format!("{stem}ing")]
    } else if let Some(stem) = consonant_y(word) {
        [format!("{stem}ied"), format!("{word}ing")]
    } else {
        [format!("{word}ed"), format!("{word}ing")]
    }
}

/// Returns `word` without its y, if a consonant stands before that.
fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y')
        .filter(|stem| stem.ends_with(|c: char| !"aeiou".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_take_s_es_and_ies() {
        assert_eq!(inflected("tariff", Inflections::Noun), ["tariffs"]);
        assert_eq!(inflected("tax", Inflections::Noun), ["taxes"]);
        assert_eq!(inflected("levy", Inflections::Noun), ["levies"]);
        assert_eq!(inflected("survey", Inflections::Noun), ["surveys"]);
        assert_eq!(inflected("process", Inflections::Noun), ["processes"]);
    }

    #[test]
    fn a_plural_stays_as_it_is() {
        assert!(inflected("talks", Inflections::Noun).is_empty());
    }

    #[test]
    fn verbs_take_ed_and_ing() {
        assert_eq!(
            inflected("exempt", Inflections::Verb),
            ["exempts", "exempted", "exempting"]
        );
        assert_eq!(
            inflected("impose", Inflections::Verb),
            ["imposes", "imposed", "imposing"]
        );
        assert_eq!(
            inflected("levy", Inflections::Verb),
            ["levies", "levied", "levying"]
        );
    }
}
