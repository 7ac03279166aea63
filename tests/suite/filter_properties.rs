//! What must hold of the filter for any rows and queries; fuzzy-matcher is the judge of scores.

use crossread::filter::body::{FoldedTexts, TextIndex, WordIndex, WordIndexBuilder};
use crossread::filter::score::FuzzyScorer;
use crossread::filter::{FilterRequest, FuzzyFilter, MatchHighlighter, Query, RankedRows};
use crossread::text::fold;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use proptest::prelude::*;

/// Short words over few letters, so that matches are frequent, with the signs that the scores depend on.
fn headline() -> impl Strategy<Value = String> {
    "([aAbcdé1] ?|[ab]{1,4} |[-./'’(|“] ?){0,24}"
}

fn typed() -> impl Strategy<Value = String> {
    "[!'^]?[abcé1.]{1,4}[$]?( (\\| )?[!'^]?[abcd-]{1,3}[$]?){0,2}"
}

fn words() -> impl Strategy<Value = String> {
    "[abcd1]{1,4}( [abcd]{1,3}){0,2}"
}

fn filter(rows: &[String]) -> FuzzyFilter {
    let mut filter = FuzzyFilter::default();
    for row in rows {
        filter.push([row]);
    }
    filter
}

fn ranked(filter: &mut FuzzyFilter, typed: &str) -> RankedRows {
    let query = Query::parse(typed);
    let ranked = filter.rank(&FilterRequest::new(&query));
    ranked.expect("nobody cancels")
}

fn ids(rows: &[String], typed: &str) -> Vec<u32> {
    ranked(&mut filter(rows), typed).ids
}

fn fresh_indices(row: &str, term: &str) -> Option<(i64, Vec<usize>)> {
    SkimMatcherV2::default().fuzzy_indices(row, term)
}

/// Whole word 3, word start 2, inside a word 1, scattered 0; written as plainly as can be.
fn tier(row: &str, word: &str) -> Option<u8> {
    let separates = |c: char| c.is_ascii_punctuation() || c == ' ';
    let literal = row
        .char_indices()
        .filter(|(at, _)| row[*at..].starts_with(word));
    let tiers = literal.map(|(at, _)| {
        let begins = row[..at].chars().next_back().is_none_or(separates);
        let ends = row[at + word.len()..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric());
        match (begins, ends) {
            (true, true) if word.len() > 1 => 3,
            (true, _) => 2,
            (false, _) => 1,
        }
    });
    tiers.max().or_else(|| fresh_indices(row, word).map(|_| 0))
}

/// Whether `row` holds `words` one after the other, the first at the start of a word and signs before each other.
fn together(row: &str, words: &[&str]) -> bool {
    let [first, rest @ ..] = words else {
        return false;
    };
    let starts = row.match_indices(first).map(|(at, _)| at);
    let begun = starts.filter(|at| {
        tier(&row[*at..], first) > Some(1) && {
            let before = row[..*at].chars().next_back();
            before.is_none_or(|c| c.is_ascii_punctuation() || c == ' ')
        }
    });
    let goes_on = |at: usize| {
        let mut left = &row[at + first.len()..];
        rest.iter().all(|word| {
            let signs = left.trim_start_matches(|c: char| c.is_ascii() && !c.is_alphanumeric());
            let after = signs
                .strip_prefix(word)
                .filter(|_| signs.len() < left.len());
            left = after.unwrap_or_default();
            after.is_some()
        })
    };
    begun.into_iter().any(goes_on)
}

/// Ranks by the crate alone.
fn plainly_ranked(rows: &[String], typed: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for (id, row) in (0u32..).zip(rows) {
        let row = fold::fold(row);
        let held: Option<Vec<_>> = typed
            .split(' ')
            .map(|word| Some((tier(&row, word)?, fresh_indices(&row, word)?.0)))
            .collect();
        if let Some(held) = held {
            let worst = held.iter().map(|(tier, _)| *tier).min();
            let words: Vec<&str> = typed.split(' ').collect();
            let together = words.len() > 2 && together(&row, &words);
            let score: i64 = held.iter().map(|(_, score)| score).sum();
            found.push((
                std::cmp::Reverse((worst, together, score)),
                row.chars().count(),
                id,
            ));
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, _, id)| id).collect()
}

proptest! {
    #[test]
    fn the_own_score_is_that_of_a_fresh_fuzzy_indices(row in "[aAbc é1./'(|{}_~-]{0,90}", term in "[abc .é/1]{1,36}") {
        let (row, term) = (fold::fold(&row), fold::fold(&term));
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        let expected = fresh_indices(&row, &term).map(|(score, _)| score);
        let mut scorer = FuzzyScorer::default();
        prop_assert_eq!(scorer.score(&chars(&row), &chars(&term)).map(i64::from), expected);
        prop_assert_eq!(scorer.score_bytes(row.as_bytes(), term.as_bytes()).map(i64::from), expected);
    }

    #[test]
    fn words_rank_as_the_crate_and_the_tiers_say(rows in prop::collection::vec(headline(), 0..24), words in words()) {
        prop_assert_eq!(ids(&rows, &words), plainly_ranked(&rows, &words));
    }

    #[test]
    fn three_words_that_stand_one_after_the_other_come_first(
        rows in prop::collection::vec("([ab]{1,2}[ ,’-]{1,2}){3,9}", 2..16),
        words in "[ab]{1,2} [ab]{1,2} [ab]{1,2}",
    ) {
        prop_assert_eq!(ids(&rows, &words), plainly_ranked(&rows, &words));
    }

    #[test]
    fn typing_and_erasing_gives_what_a_fresh_filter_gives(
        rows in prop::collection::vec(headline(), 1..24),
        queries in prop::collection::vec((typed(), 0usize..12), 1..5),
    ) {
        let mut rows = rows.iter().cycle();
        let mut filter = FuzzyFilter::default();
        let mut all = Vec::new();
        for (typed, erased) in &queries {
            for end in (1..=typed.len()).chain((typed.len().saturating_sub(*erased)..typed.len()).rev()) {
                all.push((rows.next(), rows.next()));
                let mut fresh = FuzzyFilter::default();
                for (main, aside) in &all {
                    fresh.push_with_asides(*main, *aside);
                }
                if let Some((main, aside)) = all.last() {
                    filter.push_with_asides(*main, *aside);
                }
                let typed = typed.get(..end).unwrap_or_default();
                prop_assert_eq!(ranked(&mut filter, typed), ranked(&mut fresh, typed), "{:?}", typed);
            }
        }
    }

    #[test]
    fn a_letter_is_ranked_like_a_word_of_one_letter(
        rows in prop::collection::vec((headline(), headline()), 1..24),
        letter in "[abcz]",
        limit in 0usize..6,
    ) {
        let mut filter = FuzzyFilter::default();
        // An exact word goes the way of all longer words.
        for typed in [letter.clone(), format!("'{letter}")].iter().cycle().take(4) {
            for (main, aside) in &rows {
                filter.push_with_asides([main], [aside]);
            }
            let mut fresh = filter.clone();
            let other = if typed.len() == 1 { format!("'{letter}") } else { letter.clone() };
            let (one, two) = (Query::parse(typed), Query::parse(&other));
            prop_assert_eq!(ranked(&mut filter, typed), ranked(&mut fresh, &other));
            prop_assert_eq!(
                filter.rank(&FilterRequest::new(&one).limit(limit)),
                fresh.rank(&FilterRequest::new(&two).limit(limit))
            );
        }
    }

    #[test]
    fn a_limit_takes_from_the_front_and_counts_all(rows in prop::collection::vec(headline(), 0..40), typed in typed(), limit in 0usize..6) {
        let query = Query::parse(&typed);
        let all = ranked(&mut filter(&rows), &typed);
        let some = filter(&rows).rank(&FilterRequest::new(&query).limit(limit)).expect("nobody cancels");
        prop_assert_eq!(all.shown(), all.ids.len());
        prop_assert_eq!((some.literal, some.scattered), (all.literal, all.scattered));
        prop_assert_eq!(&some.ids[..], &all.ids[..limit.min(all.ids.len())]);
    }

    #[test]
    fn every_literal_row_stands_before_every_scattered_one(rows in prop::collection::vec(headline(), 0..24), word in "[abc]{1,3}") {
        let ranked = ranked(&mut filter(&rows), &word);
        for (place, id) in ranked.ids.iter().enumerate() {
            prop_assert_eq!(place < ranked.literal, fold::fold(&rows[*id as usize]).contains(&word));
        }
    }

    #[test]
    fn a_term_that_is_not_fuzzy_matches_as_it_says_and_not_its_opposite(rows in prop::collection::vec(headline(), 1..24), typed in "['^]?[abcé]{1,3}[$]?") {
        let typed = if typed.starts_with(['\'', '^']) { typed } else { format!("'{typed}") };
        let mut with = ids(&rows, &typed);
        with.extend(ids(&rows, &format!("!{typed}")));
        with.sort_unstable();
        prop_assert_eq!(with, (0..rows.len() as u32).collect::<Vec<_>>());
    }

    #[test]
    fn painted_letters_are_the_words_letters(rows in prop::collection::vec(headline(), 1..8), word in "[abcd1]{1,4}") {
        let highlighter = MatchHighlighter::default();
        let query = Query::parse(&word);
        for row in &rows {
            let folded: Vec<char> = fold::fold(row).chars().collect();
            let painted: String = highlighter.positions(&[row], &[], &query).0.concat().iter().map(|at| folded[*at]).collect();
            let expected = if fresh_indices(&fold::fold(row), &word).is_some() { word.as_str() } else { "" };
            prop_assert_eq!(painted, expected);
        }
    }

    #[test]
    fn nothing_that_is_typed_is_too_odd(rows in prop::collection::vec(".{0,40}", 0..6), typed in ".{0,24}") {
        let ranked = ids(&rows, &typed);
        let highlighter = MatchHighlighter::default();
        for id in ranked {
            let row = &rows[id as usize];
            let painted = highlighter.positions(&[row], &[], &Query::parse(&typed)).0.concat();
            prop_assert!(painted.iter().all(|at| *at < row.chars().count()));
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_order() {
    let rows: Vec<String> = (0..150_000u32)
        .map(|row| {
            format!(
                "{} tariffs on steel {} carney",
                row.wrapping_mul(2_654_435_761) % 977,
                row % 31
            )
        })
        .collect();
    let filter = |threads| {
        let mut filter = FuzzyFilter::with_threads(threads);
        rows.iter().for_each(|row| filter.push([row]));
        filter
    };
    let (mut alone, several) = (filter(1), [2, 3, 8].map(filter));
    for typed in ["t", "st", "ste 7", "crny", "9 | 17$ !3"] {
        let query = Query::parse(typed);
        let request = FilterRequest::new(&query).limit(500);
        let expected = alone.rank(&request);
        assert!(
            expected
                .as_ref()
                .is_some_and(|ranked| !ranked.ids.is_empty())
        );
        for mut filter in several.clone() {
            assert_eq!(filter.rank(&request), expected, "{typed:?}");
        }
    }
}

#[test]
fn a_cancelled_search_leaves_no_trace() {
    let rows: Vec<String> = (0..10_000).map(|row| format!("steel duty {row}")).collect();
    let mut filter = filter(&rows);
    let query = Query::parse("ste");
    assert_eq!(
        filter.rank(&FilterRequest::new(&query).cancelled(&|| true)),
        None
    );
    assert_eq!(ranked(&mut filter, "stee").ids, ids(&rows, "stee"));
}

proptest! {
    #[test]
    fn the_index_finds_what_the_texts_hold(
        texts in prop::collection::vec("([abcé]{1,3}[ .,-]?|加|\n){0,12}", 0..20),
        words in prop::collection::vec("[abcé加]{1,3}([ .-][abc]{1,2})?", 0..3),
    ) {
        let mut bodies = FoldedTexts::default();
        let mut builder = WordIndexBuilder::default();
        for text in &texts {
            bodies.push(text);
            builder.push_folded(&fold::fold(text));
        }
        let index = builder.finish();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let found = bodies.holding(&words);
        let plainly: Vec<u32> = (0u32..)
            .zip(&texts)
            .filter(|(_, text)| words.iter().all(|word| fold::fold(text).contains(&fold::fold(word))))
            .map(|(number, _)| number)
            .collect();
        prop_assert_eq!(&found, &plainly);
        let by_index = index.holding(&words);
        if words.iter().all(|word| WordIndex::settles(word)) {
            prop_assert_eq!(by_index, found);
        } else {
            prop_assert!(found.iter().all(|number| by_index.contains(number)), "{:?} {:?}", by_index, found);
        }
    }

    #[test]
    fn texts_answer_the_same_sealed_or_not_kept_or_not(
        texts in prop::collection::vec(("([abcé]{1,3}[ .,-]?|加|\n){0,12}", any::<bool>()), 0..20),
        words in prop::collection::vec("[abcé加]{1,3}([ .-][abc]{1,2})?", 0..3),
    ) {
        let (growing, mut bodies) = (TextIndex::default(), FoldedTexts::default());
        for (text, sealed) in &texts {
            growing.push(text);
            bodies.push(text);
            if *sealed {
                growing.encode();
            }
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let found = bodies.holding(&words);
        let kept = TextIndex::decode(growing.encode());
        for texts in [Some(growing), kept] {
            let held = texts.expect("what was kept is whole").holding(&words);
            let certain = |number| held.certain.binary_search(number).is_ok();
            let possible = |number| held.possible.binary_search(number).is_ok();
            prop_assert!(found.iter().all(|number| certain(number) || possible(number)), "{:?} {:?}", held, found);
            prop_assert!(held.certain.iter().all(|number| found.contains(number)), "{:?} {:?}", held, found);
            if words.iter().all(|word| WordIndex::settles(word)) {
                prop_assert_eq!(held.certain, found.clone());
            }
        }
    }
}
