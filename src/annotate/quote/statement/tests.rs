//! Statements in short texts that look like news: what is said, by whom, and what is no statement.

use crate::annotate::quote::{Statement, find_quotes};
use crate::text::Span;

fn statements(text: &str) -> Vec<Statement> {
    find_quotes(text, &[Span::new(0, text.len())]).statements
}

/// Each statement as `speaker: words`; nobody is a dash.
fn stated(text: &str) -> Vec<String> {
    let row = |stated: Statement| {
        let speaker = stated.speaker.map(|speaker| speaker.name);
        let name = speaker.as_deref().unwrap_or("-");
        format!("{name}: {}", stated.span.of(text))
    };
    statements(text).into_iter().map(row).collect()
}

fn cues(text: &str) -> Vec<&str> {
    let found = statements(text).into_iter();
    found
        .filter_map(|stated| Some(stated.cue?.of(text)))
        .collect()
}

/// Asserts what each text states; several statements are parted by a stroke.
fn assert_stated(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(stated(text).join(" | "), *expected, "{text}");
    }
}

#[test]
fn only_the_clause_is_stated() {
    assert_stated(&[
        (
            "Ida Falk said the ferry is late.",
            "Ida Falk: the ferry is late",
        ),
        (
            "Ida Falk said crews are paid too little.",
            "Ida Falk: crews are paid too little",
        ),
        (
            "Ida Falk said his friends feel the same.",
            "Ida Falk: his friends feel the same",
        ),
        ("Ida Falk said she would.", "Ida Falk: she would"),
        (
            "The ferry will be sold, Ida Falk said.",
            "Ida Falk: The ferry will be sold",
        ),
        (
            "The ferry will be sold, said Ida Falk, the harbour master.",
            "Ida Falk: The ferry will be sold",
        ),
        (
            "According to Ida Falk, the ferry is late.",
            "Ida Falk: the ferry is late",
        ),
        (
            "The ferry is late, according to Ida Falk.",
            "Ida Falk: The ferry is late",
        ),
    ]);
}

#[test]
fn what_leads_to_the_speaker_is_not_stated() {
    assert_stated(&[
        (
            "During a tour of the pier on Friday, Ida Falk remarked on the late ferry.",
            "",
        ),
        (
            "As the day went on, Ida Falk was pressed to explain the delay.",
            "",
        ),
        (
            "In an interview, Ida Falk said the ferry is late.",
            "Ida Falk: the ferry is late",
        ),
        (
            "After Ida Falk testified, the council seemed to shift its focus.",
            "",
        ),
    ]);
}

#[test]
fn an_apposition_is_no_statement_and_what_follows_no_speaker() {
    assert_stated(&[
        (
            "Jon Tveit, a deckhand from Selby, recalled sailing in far worse weather.",
            "",
        ),
        (
            "Ida Falk, the harbour master, this week announced the sale of the ferry.",
            "",
        ),
        (
            "Jon Tveit, a deckhand from Selby, said the plan put forward by the council is too dear.",
            "Jon Tveit: the plan put forward by the council is too dear",
        ),
    ]);
}

#[test]
fn that_behind_a_noun_brings_no_statement() {
    assert_stated(&[
        ("Falk noted the rust that had eaten the hull.", ""),
        (
            "The council agreed to talk on the condition that nobody be named.",
            "",
        ),
        ("Falk hinted at that in a speech on Monday.", ""),
        (
            "The ferry calls at states that have no harbour of their own.",
            "",
        ),
    ]);
}

#[test]
fn a_cue_in_the_middle_leaves_both_sides() {
    assert_stated(&[
        (
            "In most winters, the captain said, the ice is gone by March.",
            "the captain: In most winters, the captain said, the ice is gone by March",
        ),
        (
            "The ferry, Ida Falk said, will not sail before May.",
            "Ida Falk: The ferry, Ida Falk said, will not sail before May",
        ),
        (
            "The ferry, according to Ida Falk, is late.",
            "Ida Falk: The ferry, according to Ida Falk, is late",
        ),
    ]);
    let text = "The ferry, Ida Falk said, will not sail before May.";
    let found = statements(text);
    let pieces = found.iter().flat_map(|stated| &stated.pieces);
    let pieces: Vec<&str> = pieces.map(|piece| piece.of(text)).collect();
    assert_eq!(pieces, ["The ferry", "will not sail before May"]);
    assert!(
        statements("Ida Falk said the ferry is late.")
            .iter()
            .all(|stated| stated.pieces.is_empty())
    );
}

#[test]
fn a_statement_stops_where_the_reporter_goes_on() {
    assert_stated(&[
        (
            "Ida Falk said the ferry is late, while other captains said the ice is thin.",
            "Ida Falk: the ferry is late | other captains: the ice is thin",
        ),
        (
            "Ida Falk said the ferry is late, and called the crew \"lazy.\"",
            "Ida Falk: the ferry is late",
        ),
        (
            "Ida Falk said the ferry is late, adding that it would be sold.",
            "Ida Falk: the ferry is late | Ida Falk: it would be sold",
        ),
        (
            "While Ida Falk said the ferry is late, the crew went home.",
            "Ida Falk: the ferry is late",
        ),
        (
            "A notice, announcing that the ferry has been sold, is on the door.",
            "A notice: the ferry has been sold",
        ),
    ]);
}

#[test]
fn the_hearer_is_not_stated() {
    assert_stated(&[
        (
            "Jon Tveit told the Selby Courier on Friday the ferry is late.",
            "Jon Tveit: the ferry is late",
        ),
        (
            "Jon Tveit told reporters that the ferry is late.",
            "Jon Tveit: the ferry is late",
        ),
        (
            "Jon Tveit told Lind and others that the ferry is late.",
            "Jon Tveit: the ferry is late",
        ),
        (
            "Jon Tveit told her she would lose the ferry.",
            "Jon Tveit: she would lose the ferry",
        ),
        (
            "The ferry is late, Jon Tveit told a council panel Wednesday.",
            "Jon Tveit: The ferry is late",
        ),
        ("Jon Tveit told his friends to go home.", ""),
        (
            "Jon Tveit told owners Tuesday night that the ferry is late.",
            "Jon Tveit: the ferry is late",
        ),
    ]);
}

#[test]
fn joined_clauses_are_one_statement() {
    assert_stated(&[
        (
            "Ida Falk said the ferry is old but that the pier is safe.",
            "Ida Falk: the ferry is old but that the pier is safe",
        ),
        (
            "Ida Falk said that the ferry is old and that the pier is safe.",
            "Ida Falk: the ferry is old and that the pier is safe",
        ),
    ]);
}

#[test]
fn a_sentence_with_a_quotation_may_state_something_too() {
    assert_stated(&[
        (
            "\"It is a wreck,\" Ida Falk said, adding that the ferry would be sold in May.",
            "Ida Falk: the ferry would be sold in May",
        ),
        (
            "Ida Falk said the ferry was \"a wreck\" and would be sold in May.",
            "Ida Falk: the ferry was \"a wreck\" and would be sold in May",
        ),
        (
            "The crew is \"having to work at night,\" she said.",
            "she: The crew is \"having to work at night,\"",
        ),
    ]);
    let text = "Ida Falk said the ferry was \"a wreck\" and would be sold in May.";
    let found = find_quotes(text, &[Span::new(0, text.len())]);
    assert_eq!(found.quotes.len(), 1);
}

#[test]
fn what_stands_wholly_in_marks_is_a_quotation_only() {
    assert_stated(&[
        ("\"It is a wreck,\" Ida Falk said as she left the pier.", ""),
        ("Ida Falk said, \"It is a wreck.\"", ""),
        ("As she left, \"It is a wreck,\" Ida Falk said.", ""),
        ("\"It is a wreck,\" Ida Falk said aboard the ferry.", ""),
    ]);
}

#[test]
fn phrases_and_nouns_bring_statements() {
    assert_stated(&[
        (
            "Ida Falk made clear that the ferry will be sold.",
            "Ida Falk: the ferry will be sold",
        ),
        (
            "Ida Falk is quick to point out that the ferry is late.",
            "Ida Falk: the ferry is late",
        ),
        (
            "Ida Falk was adamant that the ferry is safe.",
            "Ida Falk: the ferry is safe",
        ),
        (
            "Her warning that the ferry is too old went unheard.",
            "Her: the ferry is too old",
        ),
        (
            "Falk's claim in May that the ferry was sold is doubtful.",
            "Falk: the ferry was sold",
        ),
    ]);
    assert_eq!(
        cues("Ida Falk made clear that the ferry will be sold."),
        ["made clear"]
    );
}

#[test]
fn numbers_and_groups_speak() {
    assert_stated(&[
        (
            "Many said the ferry is too old.",
            "Many: the ferry is too old",
        ),
        (
            "47% say crews are paid too little.",
            "47%: crews are paid too little",
        ),
        (
            "Those surveyed say crews are paid too little.",
            "Those surveyed: crews are paid too little",
        ),
        (
            "A Ledger/Post poll said the ferry is too old.",
            "A Ledger/Post poll: the ferry is too old",
        ),
        (
            "Crime experts have argued that the pier is safe.",
            "Crime experts: the pier is safe",
        ),
        (
            "Even captains who like the ferry agree that it is slow.",
            "captains: it is slow",
        ),
        (
            "Owners including Falk, Lind and Tveit said fares in Selby would rise.",
            "Owners: fares in Selby would rise",
        ),
    ]);
}

#[test]
fn questions_are_stated() {
    assert_stated(&[
        (
            "Ida Falk would not say when the ferry would sail.",
            "Ida Falk: when the ferry would sail",
        ),
        (
            "Ida Falk asked whether the ferry is safe.",
            "Ida Falk: whether the ferry is safe",
        ),
        ("Ida Falk said when she left the pier.", ""),
        (
            "Asked whether the ferry would sail, Falk said it would not.",
            "-: whether the ferry would sail | Falk: it would not",
        ),
        ("Only time will tell if the ferry is safe.", ""),
    ]);
}

#[test]
fn as_they_reported_leads_to_or_follows_the_statement() {
    assert_stated(&[
        (
            "As the Selby Courier reported, the ferry is late.",
            "Selby Courier: the ferry is late",
        ),
        (
            "The ferry is late, as Ida Falk noted.",
            "Ida Falk: The ferry is late",
        ),
    ]);
}

#[test]
fn the_one_before_the_colon_says_the_line() {
    assert_stated(&[
        (
            "Ida Falk: The ferry is late. It said so in May.",
            "Ida Falk: The ferry is late. It said so in May",
        ),
        (
            "Q: When will the ferry sail?",
            "Q: When will the ferry sail",
        ),
        ("Bottom Line: The ferry is late.", ""),
        ("Ida Falk: \"The ferry is late.\"", ""),
    ]);
    let text = "Ida Falk owns a ferry.\nFALK: It is late again.";
    let lines = [Span::new(0, 22), Span::new(23, text.len())];
    let found = find_quotes(text, &lines).statements;
    assert_eq!(found.len(), 1);
    assert!(found.iter().all(|said| {
        said.speaker
            .as_ref()
            .is_some_and(|who| who.name == "Ida Falk")
    }));
}

#[test]
fn nobody_is_named_where_the_text_names_nobody() {
    assert_stated(&[
        (
            "It was said that the ferry is late.",
            "-: the ferry is late",
        ),
        (
            "The crew was told that the ferry is late.",
            "-: the ferry is late",
        ),
        (
            "The crew was warned by Ida Falk that the ferry is old.",
            "Ida Falk: the ferry is old",
        ),
        ("It is safe to say the ferry is late.", ""),
        (
            "She left in doubt whether Falk had said the ferry is late.",
            "",
        ),
    ]);
}
