//! All numbers of the comparison, with their sources.
//!
//! Numbers without a source were chosen on the development gold: numbers of pairs on the bundled reports, `basil14.dev` and
//! `superpal_mn.dev`; numbers of typed differences on the twelve that a careful reader found in the bundled reports; numbers of events
//! on `basil.dev` and `allsides.dev`. Bounds on the work do not change what is found in reports of usual length.

/// Bytes of a passage: what goes on longer without the end of a sentence is cut. The longest sentence of the development gold has 547.
pub const LONGEST_PASSAGE: usize = 2_048;
/// Pairs below this soft cosine are not looked at.
pub const LEAST_COSINE: f32 = 0.02;
/// Pairs below this soft cosine never became a pair on the development gold.
pub const PROMISING_COSINE: f32 = 0.04;
/// Candidates kept per passage, the most alike first; bounds the work on long reports.
pub const PROMISING: usize = 24;
/// Pairs that are measured in all, however long the reports; below 1,600 passages each has its `PROMISING` partners.
pub const MEASURED: usize = 40_000;
/// Least number of pairs measured for a passage of a very long report.
pub const LEAST_PARTNERS: usize = 2;
/// Passages looked up in all because they share a word; reports below some 100,000 words need fewer.
pub const VISITS: usize = 20_000_000;
/// Least number of passages looked up for a passage of a longer report.
pub const LEAST_VISITS: usize = 500;
/// Pairs that share words and are kept: all of a thousand passages on each side; of longer reports the most alike.
pub const SHARING: usize = 1_000_000;
/// Passages of the very same words that are looked at for one passage; news repeats itself less often.
pub const IDENTICAL: usize = 8;
/// Places where words of pairs meet, in all, at which runs are looked for; a pair of sentences has fewer than a hundred.
pub const RUN_STEPS: usize = 200_000_000;
/// Least number of such places for a pair.
pub const LEAST_RUN_STEPS: usize = 1_000;
/// Weight of a term that is only implied (a canonical name, a long name for a short one), against a written one.
pub const IMPLIED: f32 = 0.7;
/// Letters that two words must begin with to be near each other.
pub const NEAR_LEAST: usize = 4;
/// Part of the longer word that near words begin with.
pub const NEAR: f32 = 0.6;
/// Words before and after one in the order of letters among which near ones are looked for.
pub const NEAR_MOST: usize = 64;

/// Weight of a word of grammar in a run of the same words.
pub const RUN_STOP: f32 = 0.5;
/// A run of this weight is as good as it gets.
pub const WEIGHTY_RUN: f32 = 16.0;
/// Words of this weight make sure that a quotation is the same; fewer count in part.
pub const WEIGHTY_QUOTE: f32 = 8.0;
/// A run of this weight that both quote makes sure that they quote the same.
pub const WEIGHTY_FRAGMENT: f32 = 4.0;
/// Number of the rarest words in common from which the evidence is full.
pub const RARE_WORDS: f32 = 4.0;
/// Words that fewer reports use are not common.
pub const RARE_SHARE: f32 = 0.01;
/// Part of its weight that a word in every report would lose. From 0 to 1 all gain; .6 was best: F1 on basil14.dev .725 -> .752.
pub const COMMON: f32 = 0.6;

/// Weights of the measures of two passages in the log odds that a careful reader would pair the two: what a measure of 1 adds.
#[derive(Clone, Copy, Debug)]
pub struct MeasureOdds {
    /// For the words in common.
    pub words: f32,
    /// For the character 4-grams in common.
    pub grams: f32,
    /// For the heaviest run of the same words.
    pub run: f32,
    /// For a shorter passage that the other has whole.
    pub contained: f32,
    /// For the weight of what both have.
    pub evidence: f32,
    /// For a quotation that the other passage has.
    pub quote: f32,
    /// For a run with words that both quote.
    pub quoted_by_both: f32,
    /// For two passages that open their reports.
    pub lead: f32,
    /// For the passages before them.
    pub before: f32,
    /// For the passages after them.
    pub after: f32,
}

/// Log odds that a careful reader would pair two passages all of whose measures are 0; fitted with [`ODDS`].
pub const BASE_ODDS: f32 = -4.04;
/// The fitted weights of the measures.
///
/// Logistic regression on `align/seeds`, `basil14.dev` and `superpal_mn.dev` (11 pairs of reports, 260 pairs of passages). Leaving out
/// the pair of reports that is measured: F1 .90, .75 and .65; the sum of words, grams and run by hand that stood here before: .76, .69, .63.
pub const ODDS: MeasureOdds = MeasureOdds {
    words: 2.5,
    grams: 2.2,
    run: 1.1,
    contained: 3.3,
    evidence: 3.4,
    quote: 1.0,
    quoted_by_both: 1.4,
    lead: 0.7,
    before: 1.4,
    after: 1.4,
};

/// Least similarity of a pair.
pub const RELATED: f32 = 0.43;
/// Least similarity of a likely pair.
pub const LIKELY: f32 = 0.5;
/// Least similarity of the same claim: precision .92 at .7 on basil14.dev.
pub const SAME: f32 = 0.75;
/// A pair must have this part of the similarity of the better of its passages' best pairs.
pub const OF_BEST: f32 = 0.5;

/// Least confidence of a difference that is listed without being asked for.
pub const LISTED: f32 = 0.7;

/// Passages are diffed word by word if this part of the content words of both is shared in order.
pub const DIFFED: f32 = 0.5;
/// Words left times words right above which two passages are not diffed.
pub const DIFF_CELLS: usize = 1_000_000;

/// Passages on each side that one decision of the reader is about; it was made of one on each, whatever has become of them.
pub const CHOSEN: usize = 16;
/// Words left times words right of all pairs that are diffed, the most alike first: pairs of sentences have some 500 each.
pub const DIFFED_CELLS: usize = 200_000_000;

/// Content words that two quotations must share in order to be the same quotation.
pub const QUOTE_WORDS: usize = 3;
/// Part of the shorter quotation's content words that these must be.
pub const QUOTE_PART: f32 = 0.6;
/// Part of the longer of two quotations, small words too, that makes them the same where they have too few content words.
pub const QUOTE_MOST: f32 = 0.7;
/// Quotations of a sentence that are looked at; who puts more in marks quotes no more.
pub const QUOTES: usize = 24;
/// Words in the middle that only one of two quotations has, from which they are a cut; fewer are another wording.
pub const CUT_WORDS: usize = 4;
/// Content words of a quotation that the other report must have without marks in order to tell it.
pub const TOLD_WORDS: usize = 3;
/// Words of grammar in a row that are not shown as the same where they match between words that differ.
pub const LONE_STOPS: usize = 2;

/// Words around two times, on each side, among which one must be the same.
pub const TIME_REACH: usize = 4;
/// Words around two amounts, on each side, among which one must be the same.
pub const NUMBER_REACH: usize = 6;
/// Most times that one of two counts of people by other names (residents, villagers) may be the other.
pub const NEAR_COUNTS: u128 = 4;
/// Least members of a list.
pub const LIST_MEMBERS: usize = 3;
/// Most members of a list; more are a table.
pub const LIST_LONGEST: usize = 64;
/// Most words of a member.
pub const MEMBER_WORDS: usize = 4;
/// Members that two lists must have in common.
pub const LIST_COMMON: usize = 2;
/// Part of the longer stem with which members of lists begin alike: geopolitical, geopolitics.
pub const NEAR_MEMBER: f32 = 0.75;
/// Words of what an office is of.
pub const NAME_WORDS: usize = 4;
/// Words among which the parts of a long name must stand.
pub const DESCRIBED_WORDS: usize = 12;
/// Sentences around the corresponding one in which a quotation may go on.
pub const SPLIT_REACH: usize = 3;
/// Words of a quotation that the line about it shows.
pub const SHOWN_WORDS: usize = 12;

/// A word that is not common is in this part of all reports.
pub const OTHER_SHARE: f32 = 0.002;
/// Reports of news at large that the reports to be grouped are seen among.
pub const AT_LARGE: f32 = 300.0;
/// Weight of a word of the headline against one of the story.
pub const HEADLINE: f32 = 2.0;
/// Words that more reports have (or a twentieth of all) do not make two of them candidates.
pub const RARE_HOLDERS: u32 = 40;
/// Weight of the rare words of one report that the other must have to be looked at.
pub const RARE_SHARED: f32 = 0.1;
/// Part of the likeness of two reports that each day between them takes away.
pub const PER_DAY: f32 = 0.1;
/// Average likeness of the reports of one event.
pub const ONE_EVENT: f32 = 0.17;
