//! Quotations, who said them and how, in short texts that look like news.

use super::*;

fn found(text: &str) -> QuoteFindings {
    let mut start = 0;
    let lines = text.split('\n').map(|line| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        span
    });
    find_quotes(text, &lines.collect::<Vec<_>>())
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

fn bases(text: &str) -> Vec<Option<SpeakerBasis>> {
    let quotes = found(text).quotes.into_iter();
    quotes
        .map(|quote| quote.speaker.map(|speaker| speaker.basis))
        .collect()
}

/// Returns the statements without marks: speaker, cue and words.
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
    let text = "The Steel Union (SU) and the Salt Union (SU) left.\n“We are close,” the SU said.";
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
        assert_eq!(bases(&text), [Some(SpeakerBasis::Neighbour)]);
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
    let text = "He described it as a “good conversation” but also warned there is no guarantee.";
    assert_eq!(cues(text), ["described"]);
}

#[test]
fn each_speaker_says_how_it_was_found() {
    let text = "“We are close,” Carney said. “It takes time.”\n“And patience is needed here.”";
    assert_eq!(
        bases(text),
        [
            Some(SpeakerBasis::Cue),
            Some(SpeakerBasis::Chain),
            Some(SpeakerBasis::Paragraph)
        ]
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
    let kinds = |text: &str| -> Vec<QuoteKind> {
        found(text).quotes.iter().map(|quote| quote.kind).collect()
    };
    assert_eq!(kinds("“We are close,” Carney said."), [QuoteKind::Direct]);
    assert_eq!(
        kinds("Carney spoke “at length” about steel, he said."),
        [QuoteKind::Mixed]
    );
    assert_eq!(kinds("The prime minister said “yes.”"), [QuoteKind::Direct]);
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
fn names_of_institutions_and_people_are_whole() {
    for (text, name) in [
        (
            "“We have no further comment,” the Department of Finance said.",
            "Department of Finance",
        ),
        (
            "The Globe and Mail reported “a leak at the mill” on Monday.",
            "Globe and Mail",
        ),
        (
            "Secretary of Labour Hugh Tran said the unions had “some patience” left.",
            "Hugh Tran",
        ),
        (
            "“The wind turned,” said Air Force 1st Lt. Dana Moss.",
            "Dana Moss",
        ),
        (
            "“I miss the rigs,” said oil and gas worker Mike Wiebe.",
            "Mike Wiebe",
        ),
        (
            "“We wait,” said Ursula von der Horst.",
            "Ursula von der Horst",
        ),
        (
            "“We wait,” Procter & Lamb said on Friday.",
            "Procter & Lamb",
        ),
        (
            "“We wait,” said the union's president, Ana Solis.",
            "Ana Solis",
        ),
        (
            "“The port is full,” the Port of Selby Authority said.",
            "Port of Selby Authority",
        ),
    ] {
        assert_eq!(speakers(text), [name], "{text}");
    }
}

#[test]
fn a_sentence_that_names_its_own_speaker_takes_no_neighbours() {
    let text = "“We wait,” Meg Harker said.\n“It isn't fair,” chimed in Amy Dunn.";
    assert_eq!(speakers(text), ["Meg Harker", "Amy Dunn"]);
    for text in [
        "“It isn't fair to us,” grouses Amy Dunn.",
        "“It isn't fair to us,” Amy Dunn hit back.",
        "“It isn't fair to us,” let slip Amy Dunn.",
        "Amy Dunn retaliated: “It isn't fair to us.”",
    ] {
        assert_eq!(speakers(text), ["Amy Dunn"], "{text}");
    }
}

#[test]
fn negated_and_passive_verbs_have_the_words_of_no_one_or_of_their_agent() {
    assert_eq!(speakers("Voss did not say the yard was “doomed.”"), [""]);
    assert_eq!(speakers("Voss never said it was “over.”"), [""]);
    assert_eq!(
        speakers("The minister was told by Rik Holt that the offer was “dead.”"),
        ["Rik Holt"]
    );
    assert_eq!(
        speakers("The plan was called “a disgrace” by Ana Solis on Monday."),
        ["Ana Solis"]
    );
}

#[test]
fn ascribed_words_are_said_by_the_one_they_are_ascribed_to() {
    let text = "Voss accused Ted Holt of saying it was “over.”";
    let quotes = found(text).quotes;
    assert_eq!(speakers(text), ["Ted Holt"]);
    assert_eq!(
        quotes[0].told_by.as_ref().map(|by| by.name.as_str()),
        Some("Voss")
    );
    assert_eq!(found("Voss said it was “over.”").quotes[0].told_by, None);
}

#[test]
fn a_cue_inside_a_clause_has_its_own_words_only() {
    let text = "Holt, whom Solis once called “a bully,” said: “I like her.”";
    assert_eq!(speakers(text), ["Solis", "Holt"]);
}

#[test]
fn those_who_are_spoken_to_say_nothing() {
    for (text, name) in [
        (
            "Danny Fritsch told The Canadian Press by email the player was a “little sore” after it.",
            "Danny Fritsch",
        ),
        (
            "Keller told her volunteers, “I still love this town.”",
            "Keller",
        ),
        ("“We need a pier,” Ana Gao said by telephone.", "Ana Gao"),
        (
            "Hunter, meanwhile, told the Selby Courier on Friday that “we need a pier.”",
            "Hunter",
        ),
    ] {
        assert_eq!(speakers(text), [name], "{text}");
    }
}

#[test]
fn two_who_speak_together_are_both_named() {
    for text in [
        "“We will not pay a cent,” Ana Solis and Rik Holt said.",
        "“We will not pay a cent,” said Ana Solis and Rik Holt.",
        "Ana Solis and Rik Holt issued a statement describing the talks as “a very long road.”",
    ] {
        assert_eq!(speakers(text), ["Ana Solis and Rik Holt"], "{text}");
    }
}

#[test]
fn the_first_words_of_a_sentence_are_no_speaker_without_a_verb() {
    for text in [
        "The “golden age” of steel is over.",
        "Half of adults in the “high-normal” range need drugs.",
    ] {
        assert!(found(text).quotes.is_empty(), "{text}");
    }
    assert_eq!(
        speakers("Inside, workers chanted “Let us in.”"),
        ["workers"]
    );
}

#[test]
fn participles_and_second_verbs_take_the_subject_of_their_clause() {
    for (text, name) in [
        (
            "The daily took stock of his record, writing: “He kept no promise.”",
            "The daily",
        ),
        (
            "Students marching through the square chanted “Let us vote”.",
            "Students",
        ),
        (
            "Solis defended her plan before the council and called it “a good start.”",
            "Solis",
        ),
        (
            "In an interview with the Courier, Holt doubled down on his plan and said it was “a start.”",
            "Holt",
        ),
        (
            "Solis asked for patience, adding that the pier was “a wreck.”",
            "Solis",
        ),
    ] {
        assert_eq!(speakers(text), [name], "{text}");
    }
}

#[test]
fn nouns_are_not_read_as_verbs() {
    for (text, name) in [
        (
            "FactFinder rated a third of Liberal claims as “false”.",
            "FactFinder",
        ),
        (
            "WASHINGTON (AP) - President Omar Diaz on Tuesday accused the firm of a theft “unheard of in our country.”",
            "Omar Diaz",
        ),
    ] {
        assert_eq!(speakers(text), [name], "{text}");
    }
}

#[test]
fn he_and_she_mean_people_only() {
    let text = "The Harbour Grill hired Dora Green in May. She left to write.\n“I loved doing that work,” she says.";
    assert_eq!(speakers(text), ["Dora Green"]);
}

#[test]
fn a_surname_that_two_people_share_stays_as_written() {
    let text = "President Donald Tarn and first lady Melia Tarn came on Friday.\n“We are back,” Tarn said at the rally.";
    assert_eq!(speakers(text), ["Tarn"]);
    let known = "President Donald Tarn came on Friday.\n“We are back,” Tarn said at the rally.";
    assert_eq!(speakers(known), ["Donald Tarn"]);
}

#[test]
fn colons_and_lines_that_lead_in_name_the_speaker() {
    assert_eq!(
        speakers("From Keller's Facebook post: “We won this together.”"),
        ["Keller"]
    );
    assert_eq!(
        speakers("And from Chairwoman Kell:\n“We won this together.”"),
        ["Kell"]
    );
    assert_eq!(
        speakers("Solis: Rivals are ‘losers’ in every race"),
        ["Solis"]
    );
}

#[test]
fn a_nickname_is_a_name() {
    let text = "Rik Holt goes by the name “Sparky.”";
    assert!(found(text).quotes.is_empty());
    assert_eq!(found(text).others.len(), 1);
}

#[test]
fn what_somebody_called_it_is_said_by_them() {
    assert_eq!(
        speakers("Solis praised what aides called “the long road” to the vote."),
        ["aides"]
    );
}
