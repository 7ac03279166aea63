//! The inflections of a form: `tariff` to `tariffs`, `levy` to `levies`, `exempt` to `exempted`.
//!
//! English only, and only what is regular; a lexicon lists its irregular words as forms of their own.

/// Which endings a term's forms may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Inflect {
    /// Plural: s, es, y to ies.
    pub(super) noun: bool,
    /// s, es, ed, ing.
    pub(super) verb: bool,
}

/// Returns the inflected shapes of `word`, itself not among them.
pub(super) fn inflected(word: &str, inflect: Inflect) -> Vec<String> {
    let mut shapes = Vec::new();
    if inflect.noun || inflect.verb {
        shapes.extend(with_s(word));
    }
    if inflect.verb {
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

    const NOUN: Inflect = Inflect {
        noun: true,
        verb: false,
    };
    const VERB: Inflect = Inflect {
        noun: false,
        verb: true,
    };

    #[test]
    fn nouns_take_s_es_and_ies() {
        assert_eq!(inflected("tariff", NOUN), ["tariffs"]);
        assert_eq!(inflected("tax", NOUN), ["taxes"]);
        assert_eq!(inflected("levy", NOUN), ["levies"]);
        assert_eq!(inflected("survey", NOUN), ["surveys"]);
        assert_eq!(inflected("process", NOUN), ["processes"]);
    }

    #[test]
    fn a_plural_stays_as_it_is() {
        assert!(inflected("talks", NOUN).is_empty());
    }

    #[test]
    fn verbs_take_ed_and_ing() {
        assert_eq!(
            inflected("exempt", VERB),
            ["exempts", "exempted", "exempting"]
        );
        assert_eq!(
            inflected("impose", VERB),
            ["imposes", "imposed", "imposing"]
        );
        assert_eq!(inflected("levy", VERB), ["levies", "levied", "levying"]);
    }
}
