//! Words of the bundled lexicon in and out of trade: what is a term stands in [brackets], everything else must stay unmarked.

use crossread::annotate::term::{Lexicon, TermTier};
use crossread::text::sentences::paragraphs;

fn marked(lexicon: &Lexicon, text: &str) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for hit in lexicon.find(text, &paragraphs(text)) {
        if hit.tier == TermTier::Strong {
            marked += &format!("{}[{}]", &text[at..hit.span.start], hit.span.of(text));
            at = hit.span.end;
        }
    }
    marked + &text[at..]
}

fn assert_all(expected: &[&str]) {
    let lexicon = Lexicon::bundled();
    for expected in expected {
        let text = expected.replace(['[', ']'], "");
        assert_eq!(marked(&lexicon, &text), *expected);
    }
}

#[test]
fn duty_is_a_term_only_at_the_border() {
    assert_all(&[
        "An off-duty officer pulled two people from the water.",
        "The governor said it was her duty to serve, whatever the [tariff].",
        "The constable on duty at the gate took the call.",
        "Reservists could be called to active duty if [exports] stop, the general said.",
        "His duties at the bank include lending to [exporters].",
        "A heavy-duty truck blocked the road, and jury duty began.",
        "The company breached its fiduciary duty and its duty of care.",
        "A duty officer at the embassy declined to comment.",
        "Ottawa put a 25 per cent [duty] on [imports] of [orange juice].",
        "Washington raised [duties] on [softwood lumber] after the [tariffs].",
        "The watches enter [duty-free] under the [Generalized System of Preferences].",
        "She bought perfume in the duty-free shop.",
        "Collectors paid [anti-dumping duties] and [countervailing duties].",
    ]);
}

#[test]
fn review_is_a_term_only_beside_an_agreement() {
    assert_all(&[
        "The board will review the offer before the deadline.",
        "The verdict is under judicial review.",
        "The novel got a kind review in the weekend paper.",
        "The [CUSMA] [review] begins in July.",
        "Ministers signed a [trade pact].\n\nIts [review] is due in six years.\n\nThe play got a good review.",
        "He writes for National Review about the [trade deal].",
    ]);
}

#[test]
fn exempt_and_customs_need_trade_in_their_sentence() {
    assert_all(&[
        "The church kept its tax-exempt status.",
        "Students are exempt from the fee.",
        "[Farm goods] are [exempt] from the [tariffs].",
        "A customs officer found the parcel, and customs agents opened it.",
        "The villagers keep their old customs.",
        "[Customs] holds the [imports] for a day.",
    ]);
}

#[test]
fn goods_are_terms_only_in_a_report_about_trade() {
    assert_all(&[
        "It took nerves of steel to land the plane.",
        "The singer's copper hair shone under the lights.",
        "The car hit a wheat truck near the dairy.",
        "[Steel] and [wheat] fell as the [tariffs] began.\n\n[Copper] held, and investors showed nerves of steel.",
        "Senators hope to beef up the bill on [tariffs].",
    ]);
}

#[test]
fn names_are_no_terms() {
    assert_all(&[
        "Critics praised Eugene Levy for the role.",
        "Levy said the film took a year.",
        "The city put a [levy] on parking.",
        "[Levies] on [steel] rose with the [tariff], Mr. Levy said.",
    ]);
}

#[test]
fn figures_of_speech_are_no_terms() {
    assert_all(&[
        "The teacher had used up her quota of patience.",
        "The firm was fined for dumping waste in the river.",
        "Countervailing pressures kept the coalition whole.",
        "The main drawback of the plan is its price.",
        "The two candidates traded tit-for-tat insults.",
        "Donors got preferential treatment, a judge found.",
        "Chapter 19 of the memoir is about her mother.",
        "Retaliation was feared after the border raid.",
        "Peace negotiations resumed on Monday.",
        "Lawmakers debated the cap-and-trade bill.",
        "Is that a fair trade-off?",
        "The union won a framework agreement on wages.",
    ]);
}

#[test]
fn the_same_words_are_terms_beside_trade() {
    assert_all(&[
        "The [quota] on [imports] of cheese will rise.",
        "Mills complained that [exporters] were [dumping] [steel] below cost under the [trade deal].",
        "Canada answered the [tariffs] with [countermeasures], a [tit-for-tat] that hurt both.",
        "The [WTO]'s [appellate body] ruled on the [tariffs].",
        "[Negotiations] on the [USMCA] resumed.",
        "The [exemption] covers [CUSMA-compliant] [auto parts].",
    ]);
}
