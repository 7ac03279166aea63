//! Checks the lines that readers see of two quotations of one utterance.

use crate::compare::DifferenceKind::{
    self, QuoteCut, QuoteExtent, QuoteVsParaphrase, QuoteWording, Speaker,
};
use crate::compare::difference::tests::told;

const ALL: [DifferenceKind; 5] = [
    QuoteWording,
    QuoteCut,
    QuoteExtent,
    QuoteVsParaphrase,
    Speaker,
];

/// Returns all differences of quotations.
fn lines(left: &str, right: &str) -> Vec<String> {
    ALL.iter()
        .flat_map(|&kind| told(kind, left, right))
        .collect()
}

#[test]
fn a_short_quotation_with_another_word_is_reworded() {
    let left = "\u{201c}The concrete is sound,\u{201d} Amsel said.";
    let right = "\u{201c}The concrete is solid,\u{201d} Amsel said.";
    assert_eq!(lines(left, right), ["quote reworded: A “sound”, B “solid”"]);
}

#[test]
fn changes_a_few_words_apart_are_told_apart_where_each_says_something() {
    let left =
        "\u{201c}I have dreamt of this since I was six,\u{201d} Maro said after the final in Ulm.";
    let right = "\u{201c}I have dreamed of this since I was seven,\u{201d} Maro said after the final in Ulm.";
    assert_eq!(
        lines(left, right),
        [
            "quote reworded: A “dreamt”, B “dreamed”",
            "quote reworded: A “six”, B “seven”"
        ]
    );
}

#[test]
fn a_full_stop_and_a_comma_make_no_difference_to_one_utterance() {
    let left = "\"We will not pay a cent. We never did,\" Mara Voss said.";
    let right = "\"We will not pay a cent,\" Mara Voss said. \"We never did.\"";
    assert_eq!(lines(left, right), [""; 0]);
}

#[test]
fn a_quotation_that_goes_on_behind_the_speaker_is_cut_in_the_other() {
    let left = "\"The ferry is safe,\" Mara Voss said. \"It was inspected twice in the spring.\"";
    let right = "\"The ferry is safe,\" Mara Voss said on the pier.";
    assert_eq!(
        lines(left, right),
        ["quote cut short: only A has “It was inspected twice in the spring”"]
    );
}

#[test]
fn a_fragment_of_what_the_other_report_has_word_for_word_is_no_difference() {
    let left = "Mara Voss called the ferry \"a floating museum\" on Monday.\n\n\"The ferry is a floating museum and must go,\" Mara Voss said.";
    let right = "\"The ferry is a floating museum and must go,\" Mara Voss said.";
    assert_eq!(lines(left, right), [""; 0]);
}

#[test]
fn the_halves_of_a_long_quotation_are_not_laid_crosswise() {
    let left = "\"We counted the votes in the harbour twice on Monday night,\" Ana Solis said. \"We counted the votes in the valley once.\"";
    assert_eq!(lines(left, left), [""; 0]);
}

#[test]
fn a_short_quotation_of_another_speaker_is_told() {
    let left = "\"We will not pay a cent,\" Mara Voss said.";
    let right = "\"We will not pay a cent,\" Ted Holt said.";
    assert_eq!(
        lines(left, right),
        ["another speaker: A Mara Voss, B Ted Holt: “We will not pay a cent”"]
    );
}

#[test]
fn two_speakers_in_another_order_are_the_same() {
    let left = "\"We will not pay a cent,\" said Ana Solis and Rik Holt.";
    let right = "\"We will not pay a cent,\" Rik Holt and Ana Solis said.";
    assert_eq!(lines(left, right), [""; 0]);
}

#[test]
fn signs_belong_to_the_numbers_that_are_quoted() {
    let left = "\"We pay $12 for it,\" Mara Voss said.";
    let right = "\"We pay C$12 for it,\" Mara Voss said.";
    assert_eq!(lines(left, right), ["quote reworded: A “$12”, B “C$12”"]);
    let right = "\"We pay 12% for it,\" Mara Voss said.";
    assert_eq!(lines(left, right), ["quote reworded: A “$12”, B “12%”"]);
}

#[test]
fn a_question_in_one_is_told_where_it_is_none_in_the_other() {
    let left = "\"The ferry is safe to board today?\" Mara Voss asked.";
    let right = "Mara Voss said: \"The ferry is safe to board today.\"";
    assert_eq!(
        lines(left, right),
        ["quote reworded: A “board today?”, B “board today.”"]
    );
}

#[test]
fn words_that_the_reporter_put_in_are_a_small_rewording() {
    let left = "\"He should pay [for] it before the winter,\" Mara Voss said.";
    let right = "\"He should pay for it before the winter,\" Mara Voss said.";
    assert_eq!(
        lines(left, right),
        ["quote reworded: A “pay [for]”, B “pay for”"]
    );
}

#[test]
fn a_fragment_beside_the_words_that_it_leaves_outside_its_marks() {
    let left = "Jim Tallow called it a \"good\" conversation.";
    let right = "Jim Tallow said it was a \"good conversation\" in the end.";
    assert_eq!(
        lines(left, right),
        ["quoted at different length: A \"good\" conversation, B “good conversation”"]
    );
}

#[test]
fn what_one_quotes_and_the_other_tells() {
    let left = "\"The harbour will close for the winter in November,\" Mara Voss said.";
    let right = "Mara Voss said the harbour would close in November for the winter.";
    assert_eq!(
        lines(left, right),
        [
            "quoted in one, told in the other: A “The harbour will close for the winter in November”, B harbour would close in November for the winter"
        ]
    );
}

#[test]
fn a_paragraph_after_a_colon_is_a_quotation() {
    let left = "The owner wrote a letter:\n\nThe ferry stops on Monday and will not sail again.";
    let right = "\"The ferry stops on Monday and will not sail again,\" the owner wrote.";
    assert_eq!(lines(left, right), [""; 0]);
}

#[test]
fn short_quotations_of_two_speakers_with_another_word_are_not_one() {
    let left = "\u{201c}The concrete is sound,\u{201d} Anna Amsel said of the bridge in Ulm.";
    let right = "\u{201c}The concrete is solid,\u{201d} Jim Tallow said of the bridge in Ulm.";
    assert_eq!(told(QuoteWording, left, right), [""; 0]);
}
