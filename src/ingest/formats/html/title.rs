//! Takes the name of the site off the titles of pages.

/// Marks between a title and the name of a site.
const MARKS: [&str; 9] = [
    " | ", " – ", " — ", " - ", " · ", " • ", " :: ", " » ", " « ",
];
/// Most words of the name of a site.
const LONGEST_SITE: usize = 5;
/// Least share, in per cent, of a heading's words that the page's title has too.
const SHARED: usize = 60;

/// Returns `title` without the name of the site at its end, as ` | The Harbour Post`.
pub(in crate::ingest) fn without_site<'a>(
    title: &'a str,
    site: Option<&str>,
    address: Option<&str>,
) -> &'a str {
    let mut title = title.trim();
    // Section and site may both follow.
    for _ in 0..3 {
        let Some((before, after, mark)) = last_part(title) else {
            break;
        };
        let words = after.split_whitespace().count();
        let is_site = names_site(after, site, address)
            || (mark == " | "
                && words <= LONGEST_SITE
                && before.split_whitespace().count() > words.max(2));
        if !is_site || before.is_empty() {
            break;
        }
        title = before;
    }
    title
}

fn last_part(title: &str) -> Option<(&str, &str, &'static str)> {
    let places = MARKS
        .into_iter()
        .filter_map(|mark| Some((title.rfind(mark)?, mark)));
    let (at, mark) = places.max()?;
    Some((
        title.get(..at)?.trim(),
        title.get(at + mark.len()..)?.trim(),
        mark,
    ))
}

/// Returns whether `words` are the site's name, or a part of its address.
fn names_site(words: &str, site: Option<&str>, address: Option<&str>) -> bool {
    let name = bare(words);
    if name.is_empty() || words.split_whitespace().count() > LONGEST_SITE + 2 {
        return false;
    }
    let is_like = |other: &str| {
        let other = bare(other);
        !other.is_empty()
            && (other == name || name.contains(&other) || (name.len() > 2 && other.contains(&name)))
    };
    let host = address.and_then(|address| address.split('/').nth(2));
    let label = host.and_then(|host| {
        let mut labels: Vec<&str> = host.split('.').collect();
        labels.pop();
        labels.into_iter().max_by_key(|label| label.len())
    });
    site.is_some_and(is_like) || label.is_some_and(is_like)
}

/// Returns the letters and figures of `words`, in small letters, without a leading `the`.
fn bare(words: &str) -> String {
    let letters = words.chars().filter(|c| c.is_alphanumeric());
    let bare: String = letters.flat_map(char::to_lowercase).collect();
    bare.strip_prefix("the").map(str::to_owned).unwrap_or(bare)
}

/// Returns whether `heading` is that of the page: most of its words are in one of the page's titles.
pub(super) fn is_heading_of(heading: &str, titles: &[&str]) -> bool {
    let words: Vec<String> = heading
        .split_whitespace()
        .map(bare)
        .filter(|word| !word.is_empty())
        .collect();
    let shares = |title: &&str| {
        let title: Vec<String> = title.split_whitespace().map(bare).collect();
        let shared = words.iter().filter(|word| title.contains(word)).count();
        shared * 100 >= words.len() * SHARED
    };
    words.len() > 1 && titles.iter().any(shares)
}

/// Returns `words` with the entities decoded that were written twice: `&amp;quot;` in a page is `&quot;` in its title.
pub(super) fn decoded(words: &str) -> String {
    let mut words = words.to_owned();
    if words.contains('&') && words.contains(';') {
        for (entity, letter) in [
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&#039;", "'"),
            ("&apos;", "'"),
            ("&nbsp;", " "),
            ("&rsquo;", "’"),
            ("&lsquo;", "‘"),
            ("&ldquo;", "“"),
            ("&rdquo;", "”"),
            ("&ndash;", "–"),
            ("&mdash;", "—"),
            ("&hellip;", "…"),
            ("&amp;", "&"),
        ] {
            words = words.replace(entity, letter);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_goes_off_and_the_rest_stays() {
        let site = Some("The Harbour Post");
        let address = Some("https://www.harbourpost.example/a");
        for (title, bare) in [
            (
                "Fares will not rise | The Harbour Post",
                "Fares will not rise",
            ),
            ("Fares will not rise - Harbour Post", "Fares will not rise"),
            (
                "Fares will not rise | News | Harbour Post",
                "Fares will not rise",
            ),
            (
                "Fares will not rise — harbourpost.example",
                "Fares will not rise",
            ),
            ("Fares - a long story", "Fares - a long story"),
            (
                "Ferries | Fares will not rise this year",
                "Ferries | Fares will not rise this year",
            ),
            ("Harbour Post", "Harbour Post"),
        ] {
            assert_eq!(without_site(title, site, address), bare, "{title}");
        }
    }

    #[test]
    fn a_heading_is_the_pages_where_its_title_has_the_words() {
        let titles = ["Fares will not rise this year"];
        assert!(is_heading_of("Fares will not rise", &titles));
        assert!(!is_heading_of("More from Politics", &titles));
        assert!(!is_heading_of("Fares", &titles));
    }
}
