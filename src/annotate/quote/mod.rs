//! Quotations: where they are, what kind they are, who said them, and how that is known.
//!
//! [`find`] knows a text and its paragraphs, nothing of reports. Each paragraph goes through `marks` (what stands between quotation
//! marks), `tokens` (words and sentences around it), `attribute` (who says it, by `phrase`, `people` and the word lists of `words`)
//! and `kind` (speech, a fragment of it, or words in marks that nobody is said to have said).

mod acronyms;
mod attribute;
mod cue;
mod kind;
mod marks;
mod people;
mod phrase;
mod roles;
mod source;
mod statement;
mod tokens;
mod words;

use serde::{Deserialize, Serialize};

use crate::text::Span;
use attribute::{Attribution, Attributor, Who};
use marks::Marked;
use people::People;

/// How a quotation stands in the reporter's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A whole utterance.
    Direct,
    /// A fragment inside the reporter's own sentence.
    Mixed,
}

/// How a speaker was found, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A cue in the quotation's own sentence.
    Cue,
    /// The subject of the quotation's own sentence, without a reporting verb.
    Sentence,
    /// The other part of the same utterance, or the quotation that it goes on from.
    Chain,
    /// A cue in the sentence next to it.
    Neighbour,
    /// Another sentence of the same paragraph, or the paragraph before.
    Paragraph,
}

/// Who said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The full name last meant in the article, also for `he`, `the prime minister` or `the PMO` where the article itself tells
    /// whom that means; else the words as written.
    pub name: String,
    /// The words that name the speaker here (`he`, `the prime minister`, `Carney`).
    pub mention: Span,
    /// How it was found.
    pub basis: Basis,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// From the opening to the closing mark, both in it; one paragraph at most.
    pub span: Span,
    /// Direct or mixed.
    pub kind: Kind,
    /// Who said it; `None` where the text does not tell.
    pub speaker: Option<Speaker>,
    /// The reporting words (`said`, `according to`).
    pub cue: Option<Span>,
    /// Number of the utterance that it is a part of, counted from 0 in the article.
    pub utterance: usize,
    /// Quotations inside it.
    pub nested: Vec<Span>,
    /// Whether its closing mark was there (a quotation that goes on in the next paragraph counts as closed).
    pub closed: bool,
}

/// Reported speech without marks: `Carney said Canada has a team of senior bureaucrats`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What was said, in the reporter's words.
    pub span: Span,
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// The reporting words.
    pub cue: Option<Span>,
}

/// What [`find`] finds, each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Quotations.
    pub quotes: Vec<Quote>,
    /// Reported speech without marks.
    pub statements: Vec<Statement>,
    /// Words in marks that nobody is said to have said: titles, nicknames, terms, scare quotes.
    pub others: Vec<Span>,
}

/// Finds the quotations and statements of `text`, whose story is `paragraphs`, in order.
pub fn find(text: &str, paragraphs: &[Span]) -> Found {
    let mut reading = Reading::new(text);
    for paragraph in paragraphs {
        reading.read(*paragraph);
    }
    reading.finish()
}

/// Returns how many quotations [`find`] finds; a text without marks is not looked at any further.
pub fn count(text: &str, paragraphs: &[Span]) -> usize {
    if spans(text, paragraphs).is_empty() {
        return 0;
    }
    find(text, paragraphs).quotes.len()
}

/// Returns the stretches between quotation marks, outermost ones only, without asking who said them.
pub fn spans(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut marked = Vec::new();
    for paragraph in paragraphs {
        marks::find(paragraph.of(text), paragraph.start, &mut marked);
    }
    marked.into_iter().map(|marked| marked.span).collect()
}

/// Reads a text paragraph by paragraph; names come last, when each person's fullest one is known.
struct Reading<'a> {
    text: &'a str,
    attributor: Attributor<'a>,
    marked: Vec<Marked>,
    found: Found,
    quoted: Vec<Option<Who>>,
    stated: Vec<Who>,
    utterances: Utterances,
}

impl<'a> Reading<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            attributor: Attributor::new(text),
            marked: Vec::new(),
            found: Found::default(),
            quoted: Vec::new(),
            stated: Vec::new(),
            utterances: Utterances::default(),
        }
    }

    fn read(&mut self, paragraph: Span) {
        marks::find(paragraph.of(self.text), paragraph.start, &mut self.marked);
        self.attributor.read(paragraph, &self.marked);
        if let Some((who, dash)) = self.attributor.signature() {
            self.sign(paragraph, who, dash);
        }
        for (marked, attribution) in self.marked.drain(..).zip(self.attributor.found()) {
            let tokens = &self.attributor.tokens;
            if !kind::is_quotation(self.text, tokens, &marked, attribution) {
                self.found.others.push(marked.span);
                continue;
            }
            self.quoted.push(attribution.who);
            self.found.quotes.push(Quote {
                span: marked.span,
                kind: kind::kind(self.text, tokens, &marked, attribution),
                speaker: speaker(attribution),
                cue: attribution.cue,
                utterance: self.utterances.number(attribution),
                nested: marked.nested,
                closed: marked.closed,
            });
        }
        for stated in self.attributor.stated() {
            self.stated.push(stated.who);
            self.found.statements.push(Statement {
                span: stated.span,
                speaker: Some(named_later(stated.who, Basis::Cue)),
                cue: Some(stated.cue),
            });
        }
    }

    /// Gives the quotation right before this line to the one who signs it, unless its own sentence tells who said it.
    fn sign(&mut self, line: Span, who: Who, dash: Span) {
        let Some(utterance) = self.found.quotes.last().map(|quote| quote.utterance) else {
            return;
        };
        let mut next = line.start;
        let own = |quote: &Quote| {
            let basis = quote.speaker.as_ref().map(|speaker| speaker.basis);
            matches!(basis, Some(Basis::Cue | Basis::Sentence))
        };
        let touches = |quote: &Quote, next: usize| {
            let between = Span::new(quote.span.end.min(next), next).of(self.text);
            between.trim().is_empty()
        };
        let last = self.found.quotes.iter().rev();
        let mut parts = last.take_while(|quote| quote.utterance == utterance);
        if !self
            .found
            .quotes
            .last()
            .is_some_and(|quote| touches(quote, next))
            || parts.any(own)
        {
            return;
        }
        let quotes = self.found.quotes.iter_mut().zip(&mut self.quoted);
        for (quote, quoted) in quotes.rev() {
            let goes_on = next == line.start || !quote.closed;
            if own(quote) || !goes_on || !touches(quote, next) {
                break;
            }
            quote.speaker = Some(named_later(who, Basis::Neighbour));
            quote.cue = Some(dash);
            *quoted = Some(who);
            next = quote.span.start;
        }
    }

    fn finish(mut self) -> Found {
        let people = &self.attributor.people;
        let quotes = self
            .found
            .quotes
            .iter_mut()
            .map(|quote| quote.speaker.as_mut());
        let statements = self
            .found
            .statements
            .iter_mut()
            .map(|stated| stated.speaker.as_mut());
        let whos = self
            .quoted
            .iter()
            .copied()
            .chain(self.stated.iter().copied().map(Some));
        for (speaker, who) in quotes.chain(statements).zip(whos) {
            if let (Some(speaker), Some(who)) = (speaker, who) {
                speaker.name = name(self.text, people, who);
            }
        }
        close_continued(self.text, &mut self.found.quotes);
        self.found
    }
}

fn speaker(attribution: &Attribution) -> Option<Speaker> {
    Some(named_later(attribution.who?, attribution.basis?))
}

fn named_later(who: Who, basis: Basis) -> Speaker {
    Speaker {
        name: String::new(),
        mention: who.mention,
        basis,
    }
}

/// The full name, else the words as written.
fn name(text: &str, people: &People, who: Who) -> String {
    let person = who.person.and_then(|person| people.get(person));
    who.long
        .or(person.map(|person| person.name))
        .unwrap_or(who.mention)
        .of(text)
        .to_owned()
}

/// A quotation that was left open and goes on at the beginning of the next paragraph is no mistake.
fn close_continued(text: &str, quotes: &mut [Quote]) {
    for index in 1..quotes.len() {
        let (before, after) = quotes.split_at_mut(index);
        if let (Some(open), Some(next)) = (before.last_mut(), after.first()) {
            let between = Span::new(open.span.end, next.span.start).of(text);
            if !open.closed && between.trim().is_empty() && between.contains(['\n', '\r']) {
                open.closed = true;
            }
        }
    }
}

/// Counts utterances: parts that a reporting clause breaks up, and paragraphs of one quotation, share a number.
#[derive(Default)]
struct Utterances {
    next: usize,
    cue: Option<Span>,
}

impl Utterances {
    fn number(&mut self, attribution: &Attribution) -> usize {
        let same_cue = attribution.cue.is_some()
            && attribution.cue == self.cue
            && attribution.basis != Some(Basis::Paragraph);
        let goes_on = same_cue || attribution.basis == Some(Basis::Chain);
        if !goes_on || self.next == 0 {
            self.next += 1;
        }
        self.cue = attribution.cue;
        self.next - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Found {
        let mut start = 0;
        let lines = text.split('\n').map(|line| {
            let span = Span::new(start, start + line.len());
            start += line.len() + 1;
            span
        });
        find(text, &lines.collect::<Vec<_>>())
    }

    /// Each quotation's words, its speaker and its cue.
    fn said(text: &str) -> Vec<(String, String, String)> {
        let row = |quote: Quote| {
            let name = quote
                .speaker
                .map(|speaker| speaker.name)
                .unwrap_or_default();
            let cue = quote
                .cue
                .map(|cue| cue.of(text).to_owned())
                .unwrap_or_default();
            (quote.span.of(text).to_owned(), name, cue)
        };
        found(text).quotes.into_iter().map(row).collect()
    }

    fn speakers(text: &str) -> Vec<String> {
        said(text)
            .into_iter()
            .map(|(_, speaker, _)| speaker)
            .collect()
    }

    fn cues(text: &str) -> Vec<String> {
        said(text).into_iter().map(|(_, _, cue)| cue).collect()
    }

    fn bases(text: &str) -> Vec<Option<Basis>> {
        let quotes = found(text).quotes.into_iter();
        quotes
            .map(|quote| quote.speaker.map(|speaker| speaker.basis))
            .collect()
    }

    /// What was stated without marks: speaker, cue and words.
    fn stated(text: &str) -> Vec<(String, String, String)> {
        let row = |stated: Statement| {
            let name = stated
                .speaker
                .map(|speaker| speaker.name)
                .unwrap_or_default();
            let cue = stated
                .cue
                .map(|cue| cue.of(text).to_owned())
                .unwrap_or_default();
            (name, cue, stated.span.of(text).to_owned())
        };
        found(text).statements.into_iter().map(row).collect()
    }

    #[test]
    fn speakers_stand_before_after_and_inverted() {
        assert_eq!(
            speakers("“The deal is close,” Mark Carney said."),
            ["Mark Carney"]
        );
        assert_eq!(
            speakers("“The deal is close,” said Mark Carney, who leads Canada."),
            ["Mark Carney"]
        );
        assert_eq!(
            speakers("Mark Carney said, “The deal is close.”"),
            ["Mark Carney"]
        );
        assert_eq!(
            speakers("Mark Carney: “The deal is close.”"),
            ["Mark Carney"]
        );
        assert_eq!(
            speakers("“The deal is close for all of us.” — Mark Carney"),
            ["Mark Carney"]
        );
        assert_eq!(
            speakers("The talks were “close,” according to Mark Carney."),
            ["Mark Carney"]
        );
    }

    #[test]
    fn appositions_and_relative_clauses_are_stepped_over() {
        assert_eq!(
            speakers("“We are ready,” Ann Lee, a spokeswoman for the union, said."),
            ["Ann Lee"]
        );
        assert_eq!(
            speakers("Ann Lee, who leads the union, said the offer was “not serious at all.”"),
            ["Ann Lee"]
        );
        assert_eq!(
            speakers("“We are ready,” said union president Ann Lee."),
            ["Ann Lee"]
        );
    }

    #[test]
    fn pronouns_and_last_names_mean_the_full_name() {
        let text = "Prime Minister Mark Carney met reporters.\n“We are close,” he said.\n“Very close,” Carney added.";
        assert_eq!(speakers(text), ["Mark Carney", "Mark Carney"]);
        let text = "Ann Lee met Mark Carney.\n“We are close,” she said.";
        assert_eq!(speakers(text), ["Ann Lee"]);
    }

    #[test]
    fn who_was_she_is_not_he() {
        let text = "Hanna Vogel met reporters.\n“I was there,” she said.\nThe prime minister said that the talks would go on until Friday. He added that “nobody” would leave early.";
        let found = speakers(text);
        assert_eq!(found.first().map(String::as_str), Some("Hanna Vogel"));
        assert_ne!(found.get(1).map(String::as_str), Some("Hanna Vogel"));
    }

    #[test]
    fn a_role_means_the_one_whom_the_report_named_with_it() {
        for text in [
            "Prime Minister Mark Carney met reporters.\n“We are close,” the prime minister said.",
            "The Prime Minister of Canada, Mark Carney, met reporters.\n“We are close,” said the prime minister.",
            "Mark Carney, the prime minister of Canada, met reporters.\nThe prime minister said: “We are close.”",
            "Mark Carney, Canada’s prime minister, met President Donald Trump.\n“We are close,” the prime minister said.",
            "Canadian Prime Minister Mark Carney met Vice President Ann Lee.\n“We are close,” the Canadian prime minister said.",
            "Prime Minister Mark Carney met reporters.\n“We are close,” the Prime Minister said.",
        ] {
            assert_eq!(speakers(text), ["Mark Carney"], "{text}");
        }
        for text in [
            "Ann Lee, 45, a spokeswoman for the union, met reporters.\n“We are close,” the spokeswoman said.",
            "Rep. Ann Lee met reporters.\nThe congresswoman said: “We are close.”",
            "Union president Ann Lee met reporters.\n“We are close,” the president said.",
            "Secretary of State Ann Lee met reporters.\n“We are close,” said the secretary of state.",
        ] {
            assert_eq!(speakers(text), ["Ann Lee"], "{text}");
        }
    }

    #[test]
    fn a_role_stays_as_written_where_two_hold_it_or_nobody_was_named() {
        for text in [
            "President Donald Trump met French President Emmanuel Macron.\n“We are close,” the president said.",
            "The president of France met Ann Lee.\n“We are close,” the president said.",
            "Former President Barack Obama spoke.\n“We are close,” the president said.",
            "Vice President Ann Lee spoke.\n“We are close,” the president said.",
            "“We are close,” the president said.\nPresident Donald Trump left.",
            "Presidents Emmanuel Macron and Donald Trump met.\n“We are close,” the president said.",
        ] {
            assert_eq!(speakers(text), ["the president"], "{text}");
        }
        let text = "Ann Lee, a spokeswoman for the union, left.\nA spokeswoman said talks go on.\n“We are close,” the spokeswoman said.";
        assert_eq!(speakers(text), ["the spokeswoman"]);
        let text = "President Donald Trump met French President Emmanuel Macron.\n“We are close,” the French president said.";
        assert_eq!(speakers(text), ["Emmanuel Macron"]);
    }

    #[test]
    fn capital_letters_mean_the_long_name_before_them() {
        let text = "The Prime Minister’s Office did not tell.\nThe PMO said the talks were “close and frequent.”";
        assert_eq!(speakers(text), ["Prime Minister’s Office"]);
        let text = "The League of Steel Makers (LSM) left.\n“We are close,” the LSM said.";
        assert_eq!(speakers(text), ["League of Steel Makers"]);
        let text =
            "The Steel Union (SU) and the Salt Union (SU) left.\n“We are close,” the SU said.";
        assert_eq!(speakers(text), ["SU"]);
    }

    #[test]
    fn a_line_with_a_dash_and_a_name_signs_the_quotation_before_it() {
        for line in [
            "— Mark Carney",
            "- Mark Carney, prime minister",
            "–Mark Carney.",
        ] {
            let text = format!("Ann Lee met reporters.\n“We are close to a deal now.”\n\n{line}");
            assert_eq!(speakers(&text), ["Mark Carney"], "{line}");
            assert!(stated(&text).is_empty());
            assert_eq!(bases(&text), [Some(Basis::Neighbour)]);
        }
        let text = "“We are close.\n“It takes time.”\n— Mark Carney\n“Not so at all.”\n— Ann Lee";
        assert_eq!(speakers(text), ["Mark Carney", "Mark Carney", "Ann Lee"]);
        let own = "“We are close,” Ann Lee said. “Quite close.”\n— Mark Carney";
        assert_eq!(speakers(own), ["Ann Lee", "Ann Lee"]);
        let list = "“We are close,” Ann Lee said.\n- Mark Carney will meet her.";
        assert_eq!(speakers(list), ["Ann Lee"]);
    }

    #[test]
    fn nouns_groups_and_documents_are_speakers_as_written() {
        assert_eq!(
            speakers("“We will not comment,” a senior official said."),
            ["a senior official"]
        );
        assert_eq!(
            speakers("Carney and his team insisting they want the “best deal” over a fast one."),
            ["Carney and his team"]
        );
        for text in [
            "Carney and his team said they were “ready to talk.”",
            "“We are ready to talk,” Carney and his team said.",
        ] {
            assert_eq!(speakers(text), ["Carney and his team"], "{text}");
        }
        assert_eq!(
            speakers("The statement said the talks were “close and frequent.”"),
            ["The statement"]
        );
    }

    #[test]
    fn the_outer_speaker_has_the_words() {
        let text = "Carney said that he spoke with Trump “at length” on Monday.";
        assert_eq!(cues(text), ["said"]);
        let text =
            "He described it as a “good conversation” but also warned there is no guarantee.";
        assert_eq!(cues(text), ["described"]);
    }

    #[test]
    fn each_speaker_says_how_it_was_found() {
        let text = "“We are close,” Carney said. “It takes time.”\n“And patience is needed here.”";
        assert_eq!(
            bases(text),
            [Some(Basis::Cue), Some(Basis::Chain), Some(Basis::Paragraph)]
        );
    }

    #[test]
    fn a_mark_never_closed_leaves_the_words_to_the_one_named_at_the_end() {
        for (run, name) in [
            (
                "\"This mark was never closed, said Oliver Pratt.",
                "Oliver Pratt",
            ),
            ("“Curly open only, said Nora Lind.", "Nora Lind"),
            ("“Curly open only, Nora Lind said.", "Nora Lind"),
        ] {
            let text = format!("“We are close,” Dana Frost said.\n{run}");
            assert_eq!(speakers(&text), ["Dana Frost", name], "{run}");
            assert!(!found(&text).quotes[1].closed);
        }
    }

    #[test]
    fn nobody_is_named_where_nobody_speaks() {
        assert_eq!(bases("“We are close to a deal on steel now.”"), [None]);
    }

    #[test]
    fn a_broken_utterance_is_one_and_two_sentences_with_verbs_are_two() {
        let numbers = |text: &str| -> Vec<usize> {
            found(text)
                .quotes
                .iter()
                .map(|quote| quote.utterance)
                .collect()
        };
        assert_eq!(
            numbers("“We are close,” Carney said. “It takes time.”"),
            [0, 0]
        );
        assert_eq!(
            numbers("“We are close,” Carney said.\n“Not so,” Trump said."),
            [0, 1]
        );
    }

    #[test]
    fn a_quotation_over_paragraphs_is_one_utterance_and_counts_as_closed() {
        let text = "“We are close, and we will go on,” Carney said.\nHe went on: “First we talk.\n“Then we sign.”";
        let quotes = found(text).quotes;
        assert_eq!(quotes[1].utterance, quotes[2].utterance);
        assert!(quotes.iter().all(|quote| quote.closed));
        assert_eq!(speakers(text)[1], speakers(text)[2]);
    }

    #[test]
    fn whole_utterances_are_direct_and_fragments_mixed() {
        let kinds = |text: &str| -> Vec<Kind> {
            found(text).quotes.iter().map(|quote| quote.kind).collect()
        };
        assert_eq!(kinds("“We are close,” Carney said."), [Kind::Direct]);
        assert_eq!(
            kinds("Carney spoke “at length” about steel, he said."),
            [Kind::Mixed]
        );
        assert_eq!(kinds("The prime minister said “yes.”"), [Kind::Direct]);
    }

    #[test]
    fn titles_nicknames_and_terms_are_no_quotations() {
        for text in [
            "The minister appeared on NBC’s “Meet the Press.”",
            "Juan “Chico” Manriquez of Oakland carried one of the flags.",
            "Her new book, “Crippled America,” is out in May.",
            "Sutter read from his book, “The Long Road,” at the library.",
            "Ann Lee's second novel, “Salt and Steel,” said little, Sutter said.",
            "The so-called “smart” parking meters cost $4 each.",
            "The so called “smart” meters are a waste, Ann Lee said.",
            "Ann Lee said the road, known as “the snake,” would close.",
        ] {
            let found = found(text);
            assert!(found.quotes.is_empty(), "{text}");
            assert_eq!(found.others.len(), 1, "{text}");
        }
    }

    #[test]
    fn a_title_after_a_nickname_is_no_quotation_either() {
        let text = r#"John "Jack" Sutter read from his book, "The Long Road," at the library."#;
        assert!(found(text).quotes.is_empty());
        assert_eq!(found(text).others.len(), 2);
    }

    #[test]
    fn british_style_is_read_like_any_other() {
        assert_eq!(
            said("‘The workers’ pay is fair,’ Ann Lee told the BBC. ‘It is settled.’"),
            [
                (
                    "‘The workers’ pay is fair,’".into(),
                    "Ann Lee".into(),
                    "told".into()
                ),
                ("‘It is settled.’".into(), "Ann Lee".into(), "told".into()),
            ]
        );
    }

    #[test]
    fn reported_speech_is_stated_by_its_clause_only() {
        let carney =
            |cue: &str, words: &str| (String::from("Carney"), cue.to_owned(), words.to_owned());
        assert_eq!(
            stated("Carney said Canada has a team of senior bureaucrats in Washington."),
            [carney(
                "said",
                "Canada has a team of senior bureaucrats in Washington"
            )]
        );
        assert_eq!(
            stated("Carney told reporters on Wednesday that talks would go on."),
            [carney("told", "talks would go on")]
        );
        assert_eq!(
            stated("The tariffs will be dropped next week, Carney said."),
            [carney("said", "The tariffs will be dropped next week")]
        );
        assert_eq!(
            stated("According to Carney, the tariffs will be dropped."),
            [carney("According to", "the tariffs will be dropped")]
        );
    }

    #[test]
    fn a_sentence_with_a_quotation_states_nothing_else() {
        assert!(stated("Carney said the talks were “good” and that they go on.").is_empty());
    }
}
