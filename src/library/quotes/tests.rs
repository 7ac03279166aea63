use chrono::NaiveDate;

use super::*;
use crate::article::{Provenance, Published, StatedFact};
use crate::ingest;
use crate::text::CleanText;

const A: &str = "\u{201c}Don\u{2019}t expect immediate white smoke on one of these sectors, but that\u{2019}s the type of conversation that we\u{2019}re having, and we\u{2019}ll continue,\u{201d} Mark Carney said.\n\nMark Carney called it a \u{201c}good\u{201d} talk about steel.";
const B: &str = "\"Don't expect immediate white smoke on one of these sectors, but that's the kind of conversation that we're having,\" Mark Carney said.\n\nMark Carney described it as a \"good conversation\" on steel.\n\n\"Rain is coming to the valley by the weekend,\" Jane Doe warned.";

fn annotator() -> Arc<Annotator> {
    Arc::new(Annotator::bundled())
}

fn reports<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<LibraryEntry> {
    let article = |text| ingest::article_from_text("a.txt", text);
    texts
        .into_iter()
        .map(article)
        .map(LibraryEntry::new)
        .collect()
}

/// Returns a report that says where and when it appeared.
fn published(text: &str, outlet: &str, day: u32) -> LibraryEntry {
    let mut article = ingest::article_from_text("a.txt", text);
    let provenance = || Provenance::Layout;
    article.outlet = Some(StatedFact {
        value: CleanText::one_line(outlet),
        provenance: provenance(),
        span: None,
    });
    article.published = NaiveDate::from_ymd_opt(2025, 9, day).map(|date| StatedFact {
        value: Published {
            date,
            time: None,
            offset: None,
        },
        provenance: provenance(),
        span: None,
    });
    LibraryEntry::new(article)
}

fn find(reports: &[LibraryEntry], typed: &str, grouping: QuoteGrouping) -> QuoteResults {
    QuoteSearch::new(annotator()).find(reports, typed, grouping)
}

/// Returns the first words of each version, entry by entry.
fn words(reports: &[LibraryEntry], found: &QuoteResults) -> Vec<Vec<String>> {
    let annotator = annotator();
    let start = |at: QuoteRef| {
        reports[at.report.0].annotate(&annotator);
        let (report, quote) = at.resolve(reports).unwrap();
        let words = quote.span.of(&report.article.text);
        let words = words.trim_matches(['"', '\u{201c}', '\u{201d}', ',', '.']);
        words.split(' ').take(2).collect::<Vec<_>>().join(" ")
    };
    let entries = 0..found.entry_count();
    entries
        .map(|entry| found.versions_of(entry).iter().map(start).collect())
        .collect()
}

fn utterances(reports: &[LibraryEntry], typed: &str) -> Vec<Vec<String>> {
    words(reports, &find(reports, typed, QuoteGrouping::Utterance))
}

#[test]
fn the_same_words_in_two_reports_are_one_entry_and_stand_first() {
    let reports = reports([
        "\u{201c}Copper is next on the list of the ministry,\u{201d} Jane Doe said.",
        A,
        B,
    ]);
    assert_eq!(
        utterances(&reports, ""),
        [
            vec!["Don\u{2019}t expect", "Don't expect"],
            vec!["good", "good conversation"],
            vec!["Copper is"],
            vec!["Rain is"],
        ]
    );
}

#[test]
fn a_fragment_alone_proves_nothing() {
    let steel = "Mark Carney called the steel talks \u{201c}good\u{201d} on Monday.";
    let rain = "Mark Carney hoped for \u{201c}good\u{201d} weather at the lake.";
    let other =
        "Jane Doe called the steel talks with Trump in Toronto \u{201c}good\u{201d} on Monday.";
    assert_eq!(utterances(&reports([steel, rain]), "").len(), 2);
    assert_eq!(utterances(&reports([steel, other]), "").len(), 2);
    let again = "Mark Carney said the talks about steel on Monday were \u{201c}good\u{201d}.";
    assert_eq!(utterances(&reports([steel, again]), "").len(), 1);
}

#[test]
fn a_fragment_of_another_month_is_another_utterance() {
    let text = "Mark Carney called the steel talks in Toronto \u{201c}good\u{201d} on Monday.";
    let one = published(text, "CBC", 1);
    let near = [one.clone(), published(&format!("{text} Rain."), "CTV", 3)];
    let far = [one, published(&format!("{text} Rain."), "CTV", 28)];
    assert_eq!(utterances(&near, "").len(), 1);
    assert_eq!(utterances(&far, "").len(), 2);
}

#[test]
fn likenesses_do_not_chain() {
    let first = "steel workers want fair trade rules before winter comes again";
    let second = "iron miners need better railway lines across northern valleys soon";
    let quote = |words: &str| format!("\u{201c}{words},\u{201d} Mark Carney said.");
    let both = format!("{first} while {second}");
    let texts = [quote(first), quote(&both), quote(second)];
    let reports = reports(texts.iter().map(String::as_str));
    let found = utterances(&reports, "");
    assert_eq!(
        found,
        [vec!["steel workers", "steel workers", "iron miners"]]
    );
    let apart = reports_without(&reports, 1);
    assert_eq!(utterances(&apart, "").len(), 2);
}

fn reports_without(reports: &[LibraryEntry], number: usize) -> Vec<LibraryEntry> {
    let kept = reports.iter().enumerate().filter(|(at, _)| *at != number);
    kept.map(|(_, report)| report.clone()).collect()
}

#[test]
fn a_word_finds_every_version_of_the_utterance_and_a_field_its_own_only() {
    let reports = [published(A, "CBC News", 3), published(B, "Reuters", 4)];
    let both = vec!["Don\u{2019}t expect", "Don't expect"];
    assert_eq!(utterances(&reports, "'type"), [both]);
    assert_eq!(
        utterances(&reports, "'smoke outlet:reuters"),
        [["Don't expect"]]
    );
    assert_eq!(
        utterances(&reports, "'smoke !'kind"),
        [["Don\u{2019}t expect"]]
    );
}

#[test]
fn every_field_narrows() {
    let reports = [published(A, "CBC News", 3), published(B, "Reuters", 4)];
    let count = |typed: &str| find(&reports, typed, QuoteGrouping::Report).shown;
    assert_eq!(count(""), 5);
    for (typed, expected) in [
        ("speaker:doe", 1),
        ("speaker:carney", 4),
        ("!speaker:carney", 1),
        ("outlet:cbc", 2),
        ("cue:warned", 1),
        ("kind:direct", 3),
        ("kind:mixed", 2),
        ("kind:fragment", 2),
        ("date:2025-09-04", 3),
        ("date:2025", 5),
        ("quote:smoke", 2),
        ("headline:smoke", 5),
        ("doe | 'type", 2),
        ("\"white smoke\"", 2),
        ("reuters smoke", 1),
        ("speaker:unattributed", 0),
    ] {
        assert_eq!(count(typed), expected, "{typed}");
    }
}

#[test]
fn scattered_letters_count_only_where_no_words_do() {
    let reports = reports([A, B]);
    let found = find(&reports, "rain", QuoteGrouping::Utterance);
    assert!(found.literal);
    assert_eq!(words(&reports, &found), [["Rain is"]]);
    let found = find(&reports, "rncvl", QuoteGrouping::Utterance);
    assert!(!found.literal);
    assert_eq!(words(&reports, &found), [["Rain is"]]);
}

#[test]
fn of_scattered_letters_the_closest_come_first() {
    let texts = [
        "\"I would rather be late than wrong,\" Carla Dunn said on Friday.",
        "\"The concrete is sound,\" Peter Amsel said.",
    ];
    let reports = reports(texts);
    let found = find(&reports, "concrte", QuoteGrouping::Utterance);
    assert!(!found.literal);
    let first = words(&reports, &found);
    assert_eq!(first.first(), Some(&vec!["The concrete".to_owned()]));
}

#[test]
fn speakers_stand_by_what_they_said_and_a_surname_is_the_only_one_that_has_it() {
    let texts = [
        A,
        B,
        "\u{201c}Steel comes first for us in this round,\u{201d} Carney said.",
    ];
    let reports = reports(texts);
    let found = find(&reports, "", QuoteGrouping::Speaker);
    let headings = found.headings().cloned();
    let headings: Vec<_> = headings.map(|it| (it.subject, it.count)).collect();
    let speaker = |name: &str| QuoteSubject::Speaker(Some(name.to_owned()));
    assert_eq!(
        headings,
        [(speaker("Mark Carney"), 5), (speaker("Jane Doe"), 1)]
    );
}

#[test]
fn versions_are_counted_through_all_entries() {
    let reports = reports([A, B]);
    let found = find(&reports, "", QuoteGrouping::Utterance);
    assert_eq!((found.shown, found.total, found.entry_count()), (5, 5, 3));
    assert_eq!(found.place(0), Some((0, 0)));
    assert_eq!(found.place(1), Some((0, 1)));
    assert_eq!(found.place(4), Some((2, 0)));
    assert_eq!(found.place(5), None);
    assert_eq!(found.first_version(1), 2);
    let listed: Vec<_> = found.versions().collect();
    let numbered: Vec<_> = (0..5).filter_map(|number| found.version(number)).collect();
    assert_eq!(listed, numbered);
}

#[test]
fn reports_that_come_later_join_what_was_found() {
    let all = reports([A, B]);
    let mut quote_search = QuoteSearch::new(annotator());
    let first = quote_search.find(&all[..1], "smoke", QuoteGrouping::Utterance);
    assert_eq!(first.shown, 1);
    let both = quote_search.find(&all, "smoke", QuoteGrouping::Utterance);
    assert_eq!((both.shown, both.entry_count()), (2, 1));
}

#[test]
fn the_sentence_of_a_quotation_is_around_it() {
    let text = "It rained. Carney called it \u{201c}good\u{201d} for steel. It rained.";
    let article = &ingest::article_from_text("a.txt", text);
    let start = article.text.find('\u{201c}').unwrap();
    let quote = Span::new(start, start + "\u{201c}good\u{201d}".len());
    assert_eq!(
        surrounding_sentences(article, quote).of(&article.text),
        "Carney called it \u{201c}good\u{201d} for steel."
    );
}

#[test]
fn words_of_the_whole_text_are_asked_of_the_index_where_there_is_one() {
    let reports = reports([A, B]);
    let texts = TextIndex::default();
    for report in &reports {
        texts.push(&report.open().unwrap().article.text);
    }
    texts.encode();
    for (typed, expected) in [
        ("body:valley", 3),
        ("!body:valley", 2),
        ("body:\"called it\"", 2),
        ("body:\"it called\"", 0),
    ] {
        let mut asking = QuoteSearch::new(annotator()).with_texts(texts.clone());
        assert_eq!(
            asking.find(&reports, typed, QuoteGrouping::Report).shown,
            expected,
            "{typed}"
        );
        assert_eq!(
            find(&reports, typed, QuoteGrouping::Report).shown,
            expected,
            "{typed}"
        );
    }
}

#[test]
fn what_was_given_up_is_gone_on_with_and_comes_to_the_same() {
    let reports = reports([A, B]);
    let mut quote_search = QuoteSearch::new(annotator());
    quote_search.gatherer.gather_all(&reports);
    let mut find = |gone: bool| {
        quote_search.find_indexed(&reports, "smoke", QuoteGrouping::Utterance, &|| gone)
    };
    assert!(find(true).is_none());
    let whole =
        super::QuoteSearch::new(annotator()).find(&reports, "smoke", QuoteGrouping::Utterance);
    assert_eq!(find(false), Some(whole));
}

#[test]
fn a_wire_quotation_in_many_reports_is_one_utterance() {
    let wire = |number: usize| {
        format!(
            "\u{201c}The duties on steel stay in place until the spring talks are over,\u{201d} Jane Doe said.\n\n\
             \u{201c}Number {number} of the valley towns has lost its bridge to the river,\u{201d} John Roe of town {number} added."
        )
    };
    let texts: Vec<String> = (0..300).map(wire).collect();
    let reports = reports(texts.iter().map(String::as_str));
    let found = find(&reports, "", QuoteGrouping::Utterance);
    assert_eq!(found.versions_of(0).count(), 300);
    assert!(found.grouped);
}

#[test]
fn answers_do_not_depend_on_the_order_in_which_reports_are_gathered() {
    let texts = [
        A,
        B,
        "\u{201c}Steel comes first for us in this round,\u{201d} Carney said.",
        "\u{201c}Don\u{2019}t expect immediate white smoke on one of these sectors,\u{201d} Mark Carney said.",
    ];
    let reports = reports(texts);
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let mut search = QuoteSearch::new(annotator());
        let numbers = order.map(ReportNo);
        search.gatherer.gather(&reports, &numbers[..1]);
        search.gatherer.gather(&reports, &numbers[1..]);
        search.gatherer.group(&reports);
        for typed in ["", "smoke", "s", "!steel", "speaker:carney", "dn'tx"] {
            for grouping in [
                QuoteGrouping::Utterance,
                QuoteGrouping::Speaker,
                QuoteGrouping::Report,
            ] {
                let found = search.find_indexed(&reports, typed, grouping, &|| false);
                assert_eq!(found, Some(find(&reports, typed, grouping)), "{typed}");
            }
        }
    }
}

#[test]
fn what_is_ungrouped_is_found_too() {
    let reports = reports([A, B]);
    let mut search = QuoteSearch::new(annotator());
    search
        .gatherer
        .gather(&reports, &[ReportNo(0), ReportNo(1)]);
    let find = |search: &mut QuoteSearch| {
        let found = search.find_indexed(&reports, "smoke", QuoteGrouping::Utterance, &|| false);
        found.map(|found| (found.entry_count(), found.shown, found.grouped))
    };
    assert_eq!(find(&mut search), Some((2, 2, false)));
    search.gatherer.group(&reports);
    assert_eq!(find(&mut search), Some((1, 2, true)));
}

#[test]
fn a_headline_is_found_in_letters_and_in_an_index() {
    let report =
        |headline: &str| format!("{headline}\n\n\u{201c}Rain is coming,\u{201d} Jane Doe said.");
    let texts = ["Québec steel duties stay", "Duties of steel"].map(report);
    let reports = reports(texts.iter().map(String::as_str));
    let mut search = QuoteSearch::new(annotator());
    let counts = |search: &mut QuoteSearch| {
        let queries = ["steel", "\"steel duties\"", "québec", "quebéc", "!duties"];
        let shown = |typed| search.find(&reports, typed, QuoteGrouping::Report).shown;
        queries.map(shown)
    };
    let expected = [2, 1, 1, 0, 0];
    assert_eq!(counts(&mut search), expected);
    search.index.read().headlines.encode();
    search.known = KnownTerms::default();
    assert_eq!(counts(&mut search), expected);
}
