//! Quotation marks that open, close and belong together.

use super::*;

fn marked(paragraph: &str) -> Vec<MarkedSpan> {
    find_marked(paragraph, 0)
}

fn words(paragraph: &str) -> Vec<&str> {
    marked(paragraph)
        .iter()
        .map(|marked| marked.span.of(paragraph))
        .collect()
}

fn nested(paragraph: &str) -> Vec<&str> {
    let found = marked(paragraph);
    let spans = found.iter().flat_map(|marked| &marked.nested);
    spans.map(|span| span.of(paragraph)).collect()
}

#[test]
fn straight_curly_and_doubled_marks_are_pairs() {
    assert_eq!(
        words(r#""Yes," she said. "No.""#),
        [r#""Yes,""#, r#""No.""#]
    );
    assert_eq!(words("“Yes,” she said. “No.”"), ["“Yes,”", "“No.”"]);
    assert_eq!(words("''Yes,'' she said. ``No.''"), ["''Yes,''", "``No.''"]);
}

#[test]
fn guillemets_and_low_marks_are_pairs() {
    assert_eq!(words("«Oui», dit-il."), ["«Oui»"]);
    assert_eq!(words("»Ja«, sagte er."), ["»Ja«"]);
    assert_eq!(words("„Ja“, sagte er."), ["„Ja“"]);
    assert_eq!(words("« Oui », dit-il."), ["« Oui »"]);
}

#[test]
fn apostrophes_are_no_marks() {
    assert!(words("Don't ask the Joneses' neighbours about the '90s or rock 'n' roll.").is_empty());
    assert!(words("Don’t ask the Joneses’ neighbours about the ’90s.").is_empty());
    assert!(words("It was ‘90s music").is_empty());
}

#[test]
fn a_british_quotation_steps_over_the_plurals_in_it() {
    assert_eq!(
        words("'The Joneses' house isn't on fire,' he said."),
        ["'The Joneses' house isn't on fire,'"]
    );
    assert_eq!(
        words("‘The workers’ pay is fair,’ Smith said. ‘It’s settled.’"),
        ["‘The workers’ pay is fair,’", "‘It’s settled.’"]
    );
}

#[test]
fn double_marks_in_a_british_quotation_are_nested() {
    let text = "'She told me \"no\" twice,' he said.";
    assert_eq!(words(text), ["'She told me \"no\" twice,'"]);
    assert_eq!(nested(text), ["\"no\""]);
}

#[test]
fn single_marks_in_a_quotation_are_nested() {
    let text = "“He said ‘no,’ and I don’t believe it,” Carney said.";
    assert_eq!(words(text).len(), 1);
    assert_eq!(nested(text), ["‘no,’"]);
}

#[test]
fn three_apostrophes_are_one_and_two() {
    let text = "''He said, 'No.''' Then he left.";
    assert_eq!(words(text), ["''He said, 'No.'''"]);
    assert_eq!(nested(text), ["'No.'"]);
}

#[test]
fn directed_marks_may_nest_in_their_kind() {
    let text = "«Il a dit «non» hier», dit-elle.";
    assert_eq!(words(text), ["«Il a dit «non» hier»"]);
    assert_eq!(nested(text), ["«non»"]);
}

#[test]
fn feet_and_inches_are_no_marks() {
    assert!(words("He is 6'2\" and the board is 12\" x 4\" in size.").is_empty());
    assert_eq!(
        words("\"He is 6'2\" tall,\" she said."),
        ["\"He is 6'2\" tall,\""]
    );
}

#[test]
fn an_unclosed_mark_ends_with_the_paragraph_and_says_so() {
    let found = marked("He said: “We are ready. And we will go on.  ");
    assert_eq!(found.len(), 1);
    assert!(!found[0].closed);
    assert_eq!(found[0].span, Span::new(9, 44));
}

#[test]
fn an_unclosed_mark_ends_where_the_next_one_opens() {
    let text = "“We are ready, he said. “And willing.”";
    assert_eq!(words(text), ["“We are ready, he said.", "“And willing.”"]);
    assert!(!marked(text)[0].closed);
}

#[test]
fn a_paragraph_in_the_british_style_may_stay_open() {
    let found = marked("‘We have a lot to do");
    assert_eq!(found.len(), 1);
    assert!(!found[0].closed);
    assert!(words("'Tis the season for trade talks").is_empty());
}

#[test]
fn headlines_quote_in_single_marks() {
    assert_eq!(
        words("Carney calls talks 'good' as 'deal' nears"),
        ["'good'", "'deal'"]
    );
    assert_eq!(
        words("'Thin-skinned' Trump answers critics"),
        ["'Thin-skinned'"]
    );
}

#[test]
fn marks_turned_the_wrong_way_still_pair() {
    assert_eq!(words("He said ”yes” today."), ["”yes”"]);
    assert_eq!(words("He said “yes“ today."), ["“yes“"]);
}

#[test]
fn hidden_characters_before_a_mark_change_nothing() {
    assert_eq!(
        words("\u{202A}”Go home,” wrote one reader."),
        ["”Go home,”"]
    );
}

#[test]
fn hostile_paragraphs_take_no_time() {
    let pages = [
        "\"".repeat(1_000_000),
        "'".repeat(200_000),
        "“".repeat(350_000),
        "“a ".repeat(100_000),
        "'a ".repeat(50_000),
        "‘a’s ".repeat(50_000),
        "“".repeat(100_000) + &"”".repeat(100_000),
        "“ “a” ".repeat(100_000) + &"”".repeat(100_000),
        "„a ‚b ".repeat(50_000),
        "1\" ".repeat(50_000),
    ];
    for page in &pages {
        for found in marked(page) {
            assert!(page.get(found.span.start..found.span.end).is_some());
        }
    }
}
