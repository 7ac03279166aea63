//! Takes facts from the name of a file and its folder: `2025-09-03_CBC_title.txt`, `CBC/2025-09-03 title.txt`.
//!
//! A name states something only where a day stands in it, and only for kinds of files that say little of themselves: the names
//! of saved pages have the day on which they were saved. A folder names an outlet only where all its files begin with a day and
//! the folders beside it are named like names too.

use std::fs;
use std::path::Path;

use crate::article::{Article, Provenance, StatedFact};
use crate::text::CleanText;

use super::{compose, dates};

/// Endings of files whose names may state facts.
const ENDINGS: [&str; 7] = ["txt", "text", "md", "markdown", "docx", "rtf", "story"];
/// Fewest words of a headline; fewer are a number, a name or a topic.
const LEAST_WORDS: usize = 3;
/// Most letters of the name of an outlet.
const LONGEST_OUTLET: usize = 40;
/// Entries of a folder that are looked at.
const LOOKED_AT: usize = 64;

/// The facts in a name; what it does not state is empty.
#[derive(Debug, Default, PartialEq, Eq)]
struct NameFacts {
    day: String,
    outlet: String,
    headline: String,
}

/// Returns `article` with the facts that the name of its file states and it does not state itself. `on_disk` is the file, if
/// the folder around it can be looked at.
pub(super) fn with_name_facts(article: Article, path: &Path, on_disk: Option<&Path>) -> Article {
    let Some(mut facts) = name_facts(path) else {
        return article;
    };
    if facts.outlet.is_empty() && article.outlet.is_none() {
        facts.outlet = on_disk.and_then(outlet_of_folder).unwrap_or_default();
    }
    let published = dates::parse_date(&facts.day).map(stated);
    let outlet = Some(CleanText::one_line(&facts.outlet)).filter(|outlet| !outlet.is_empty());
    let article = Article {
        published: article.published.or(published),
        outlet: article.outlet.or(outlet.map(stated)),
        ..article
    };
    let headline = CleanText::one_line(&facts.headline);
    if article.headline.is_some() || headline.is_empty() {
        return article;
    }
    compose::with_headline(article, stated(headline))
}

fn stated<T>(value: T) -> StatedFact<T> {
    StatedFact {
        value,
        provenance: Provenance::FileName,
        span: None,
    }
}

/// Returns the facts in a file's name; nothing where no day stands in it.
fn name_facts(path: &Path) -> Option<NameFacts> {
    let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
    if !ENDINGS.contains(&&*ending) {
        return None;
    }
    let stem = path.file_stem()?.to_string_lossy();
    let stem = stem.trim();
    let separator = ["_", " - "].into_iter().find(|one| stem.contains(one));
    let parts: Vec<&str> = match separator {
        Some(separator) => stem.split(separator).map(str::trim).collect(),
        None => vec![stem],
    };
    let is_day = |part: &str| dates::parse_date(part).is_some();
    match parts.as_slice() {
        [day, outlet, title @ ..] if is_day(day) && !title.is_empty() => {
            with_outlet(day, outlet, &title.join(" "))
        }
        [outlet, day, title @ ..] if is_day(day) && !title.is_empty() => {
            with_outlet(day, outlet, &title.join(" "))
        }
        [day, title] if is_day(day) => Some(NameFacts {
            day: (*day).to_owned(),
            headline: headline(title),
            ..NameFacts::default()
        }),
        _ => {
            let (day, title) = leading_day(stem)?;
            Some(NameFacts {
                day: day.to_owned(),
                headline: headline(title),
                ..NameFacts::default()
            })
        }
    }
}

fn with_outlet(day: &str, outlet: &str, title: &str) -> Option<NameFacts> {
    let outlet = spaced(outlet);
    let is_name = outlet.chars().any(char::is_alphabetic) && outlet.len() <= LONGEST_OUTLET;
    is_name.then(|| NameFacts {
        day: day.to_owned(),
        outlet,
        headline: headline(title),
    })
}

/// Returns the day that a name begins with, and the rest: `2025-09-03 Ferries stay`.
fn leading_day(stem: &str) -> Option<(&str, &str)> {
    let end = stem.find([' ', '_'])?;
    let (day, rest) = stem.split_at_checked(end)?;
    dates::parse_date(day)?;
    Some((day, rest.trim_matches([' ', '_', '-'])))
}

/// Returns a title as a headline, if it has words enough to be one.
fn headline(title: &str) -> String {
    let title = spaced(title);
    let words = title.split_whitespace();
    let words = words.filter(|word| word.chars().any(char::is_alphabetic));
    match words.count() {
        LEAST_WORDS.. => title,
        _ => String::new(),
    }
}

/// Returns words with blanks for the hyphens that stand for them; words with blanks keep their hyphens.
fn spaced(words: &str) -> String {
    let words = words.trim();
    match words.contains(' ') {
        true => words.to_owned(),
        false => words.replace('-', " "),
    }
}

/// Returns the name of the folder of `file`, where that is an outlet's.
fn outlet_of_folder(file: &Path) -> Option<String> {
    let folder = file.parent()?;
    let name = folder.file_name()?.to_string_lossy().into_owned();
    let are_dated = entries(folder)?
        .iter()
        .all(|entry| is_hidden(entry) || leading_day_of(entry));
    let beside: Vec<String> = fs::read_dir(folder.parent()?)
        .ok()?
        .take(LOOKED_AT)
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !is_hidden(name))
        .collect();
    let is_outlet = are_dated && beside.len() >= 2 && beside.iter().all(|name| is_like_name(name));
    is_outlet.then(|| spaced(&name.replace('_', " ")))
}

/// Returns the names of the first entries of a folder.
fn entries(folder: &Path) -> Option<Vec<String>> {
    let entries = fs::read_dir(folder).ok()?.take(LOOKED_AT).flatten();
    Some(
        entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect(),
    )
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

fn leading_day_of(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |parts| parts.0);
    leading_day(stem).is_some()
}

/// Returns whether a folder is called like an outlet: it begins with a capital and is no year or number.
fn is_like_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
        && name.len() <= LONGEST_OUTLET
        && !name.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str) -> Option<String> {
        let facts = name_facts(Path::new(name))?;
        Some(format!("{}|{}|{}", facts.day, facts.outlet, facts.headline))
    }

    #[test]
    fn a_name_with_a_day_states_its_parts() {
        for (name, facts) in [
            (
                "2025-09-03_The-Harbour-Post_Fares-will-not-rise.txt",
                "2025-09-03|The Harbour Post|Fares will not rise",
            ),
            (
                "CBC_2025-09-03_Fares will not-rise.md",
                "2025-09-03|CBC|Fares will not-rise",
            ),
            (
                "2025-09-03 - CBC - Fares will not rise.docx",
                "2025-09-03|CBC|Fares will not rise",
            ),
            (
                "CBC/2025-09-03 Fares will not rise.txt",
                "2025-09-03||Fares will not rise",
            ),
            ("20250903_1.txt", "20250903||"),
        ] {
            assert_eq!(said(name).as_deref(), Some(facts), "{name}");
        }
        for name in [
            "000_2a1d74c9607f2477.txt",
            "Fares will not rise.txt",
            "2025-09-03_CBC_Fares will not rise.html",
            "notes_on_ferries.txt",
            "a",
        ] {
            assert_eq!(said(name), None, "{name}");
        }
    }

    #[test]
    fn a_folder_is_an_outlet_only_among_others_like_it() {
        let home = tempfile::tempdir().expect("a folder");
        let file = |folder: &str, name: &str| {
            let folder = home.path().join(folder);
            fs::create_dir_all(&folder).expect("a folder");
            let path = folder.join(name);
            fs::write(&path, "The fares stay.").expect("a file");
            path
        };
        let alone = file("CBC", "2025-09-03 Fares stay.txt");
        assert_eq!(outlet_of_folder(&alone), None);
        let other = file("The-Harbour-Post", "2025-09-03 Fares stay.txt");
        assert_eq!(outlet_of_folder(&alone).as_deref(), Some("CBC"));
        assert_eq!(
            outlet_of_folder(&other).as_deref(),
            Some("The Harbour Post")
        );
        file("CBC", "notes.txt");
        assert_eq!(outlet_of_folder(&alone), None);
        file("clips", "2025-09-03 Fares stay.txt");
        assert_eq!(outlet_of_folder(&other), None);
    }
}
