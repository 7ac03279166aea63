//! Groups the reports of a library into events: by the event that the source states, else by the words that reports share, and
//! lastly as the reader moved them.
//!
//! An event is named by the words that its reports share, names of people and places first. Words are compared as stems; the
//! screen shows them as the reports write them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use crate::article::{Article, ArticleId, BlockRole};
use crate::compare::group::{self, CountedReport, EventCounter, EventReport};
use crate::compare::normalize::normalize;
use crate::text::{Span, tokens};

use super::{LibraryEntry, Report, ReportNo};
use crate::ingest::ReportReloader;
use crate::parallel::ReusePool;

/// Reports that are read at a time: few, so that what the reader asks for meanwhile is not kept waiting.
const READ_AT_ONCE: usize = 64;

/// Reports of an event that its name is made from. Chosen by eye.
const NAMING_REPORTS: usize = 5;
/// Shared words that may become part of a name. Chosen by eye.
const NAME_CANDIDATES: usize = 12;
/// Names in the name of an event, as many as fit its heading. Chosen by eye.
const MOST_NAMES: usize = 3;

/// A report's new place, chosen by the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportMove {
    /// To an event of its own.
    Out,
    /// To the event of this report.
    Into(ReportNo),
}

/// The words that two reports share, which are the reason to group them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedWords {
    /// Similarity of the two reports, from 0 to 1.
    pub likeness: f32,
    /// The words as written, each with its part of the likeness; the greatest part first.
    pub words: Vec<(String, f32)>,
}

/// Reports grouped by the event that they tell of.
#[derive(Clone, Debug, Default)]
pub struct EventGrouping {
    groups: Vec<Vec<ReportNo>>,
    found: group::Events,
    /// The numbers of the reports whose words were counted.
    counted: foldhash::HashMap<ArticleId, usize>,
}

impl EventGrouping {
    /// Groups `entries`: those whose source states the same event, the others by their words.
    pub fn new(entries: &[LibraryEntry], window: u32) -> Self {
        Self::default().regrouped(entries, window)
    }

    /// Groups other `entries`. Those that are grouped here already are not read again; the answer is the same as if they were.
    pub fn regrouped(&self, entries: &[LibraryEntry], window: u32) -> Self {
        let mut counter = EventCounter::of(&self.found);
        let mut reports = Vec::with_capacity(entries.len());
        let mut counted = foldhash::HashMap::default();
        let reloaders = ReusePool::default();
        for entries in entries.chunks(READ_AT_ONCE) {
            for (id, report) in self.counted(entries, &reloaders, &mut counter) {
                counted.extend(id.map(|id| (id, reports.len())));
                reports.push(report);
            }
        }
        let found = counter.group(reports, window);
        Self {
            groups: with_stated(entries, &found.groups),
            found,
            counted,
        }
    }

    /// Returns the counted words of each of `entries`, with its id where it could be read.
    fn counted(
        &self,
        entries: &[LibraryEntry],
        reloaders: &ReusePool<ReportReloader>,
        counter: &mut EventCounter,
    ) -> Vec<(Option<ArticleId>, CountedReport)> {
        let known = |id: ArticleId| self.found.counted(*self.counted.get(&id)?).cloned();
        let read = entries.par_iter().map(|entry| {
            let id = entry.summary.id;
            let read = || reloaders.with(|reloader| entry.open_with(reloader).ok());
            known(id).map_or_else(|| (id, Err(read())), |known| (id, Ok(known)))
        });
        let read: Vec<_> = read.collect();
        let counted = read.into_iter().map(|(id, known)| match known {
            Ok(known) => (Some(id), known),
            Err(report) => (
                report.is_some().then_some(id),
                counter.count(&event_report(&report)),
            ),
        });
        counted.collect()
    }

    /// Returns the reports of each event after the moves of the reader.
    pub fn groups(&self, moved: impl Fn(ReportNo) -> Option<ReportMove>) -> Vec<Vec<ReportNo>> {
        let numbers = self.groups.iter().flatten();
        let moves = numbers.filter_map(|&number| Some((number, moved(number)?)));
        // Reports leave an event before others enter it: otherwise the result would depend on the order in which they were read.
        let (out, into): (Vec<_>, Vec<_>) = moves.partition(|(_, to)| *to == ReportMove::Out);
        let mut groups = self.groups.clone();
        if out.is_empty() && into.is_empty() {
            return groups;
        }
        let mut group_of: HashMap<ReportNo, usize> = HashMap::new();
        for (group, numbers) in groups.iter().enumerate() {
            group_of.extend(numbers.iter().map(|&number| (number, group)));
        }
        for (number, to) in out.into_iter().chain(into) {
            let target = match to {
                ReportMove::Out => Some(groups.len()),
                // The reader may have moved it to a report that is not among those opened today.
                ReportMove::Into(other) => group_of.get(&other).copied(),
            };
            let Some(target) = target else { continue };
            let from = group_of.insert(number, target);
            if let Some(group) = from.and_then(|from| groups.get_mut(from)) {
                group.retain(|&other| other != number);
            }
            match groups.get_mut(target) {
                Some(group) => group.push(number),
                None => groups.push(vec![number]),
            }
        }
        // Only now, so that the numbers of groups stay good while reports are moved.
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// Returns a few words that tell the subject of the reports of `group`.
    pub fn names(&self, entries: &[LibraryEntry], group: &[ReportNo]) -> Vec<String> {
        let members = group.get(..NAMING_REPORTS).unwrap_or(group);
        let named: Vec<&LibraryEntry> = members.iter().filter_map(|no| entries.get(no.0)).collect();
        if let Some(stated) = named.iter().find_map(|one| one.summary.event.as_ref()) {
            return vec![stated.to_string()];
        }
        let mut shared: HashMap<String, f32> = HashMap::new();
        for (at, one) in members.iter().enumerate() {
            for other in members.iter().skip(at + 1) {
                for term in self.found.shared(one.0, other.0) {
                    *shared.entry(term.word).or_default() += term.weight;
                }
            }
        }
        let mut shared: Vec<(String, f32)> = shared.into_iter().collect();
        // By the word where weights are equal, because a hash map has another order on every run.
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        shared.truncate(NAME_CANDIDATES);
        WordForms::new(named.into_iter()).names(shared.iter().map(|(stem, _)| stem.as_str()))
    }

    /// Returns the words that two reports share.
    pub fn shared_words(
        &self,
        entries: &[LibraryEntry],
        one: ReportNo,
        other: ReportNo,
    ) -> SharedWords {
        let both = [one, other].into_iter().filter_map(|no| entries.get(no.0));
        let forms = WordForms::new(both);
        let shared = self.found.shared(one.0, other.0).into_iter();
        SharedWords {
            likeness: self.found.likeness(one.0, other.0),
            words: shared
                .map(|term| (forms.written(&term.word), term.weight))
                .collect(),
        }
    }

    /// Returns how similar two reports are, from 0 to 1.
    pub fn likeness(&self, one: ReportNo, other: ReportNo) -> f32 {
        self.found.likeness(one.0, other.0)
    }

    /// Returns the report that is most similar to `no`.
    pub fn nearest(&self, no: ReportNo) -> Option<ReportNo> {
        self.found.nearest(no.0).map(ReportNo)
    }
}

/// Returns the reports of each event: those whose source states one, and the others as they were found by their words.
fn with_stated(entries: &[LibraryEntry], found: &[Vec<usize>]) -> Vec<Vec<ReportNo>> {
    let mut stated: BTreeMap<&str, Vec<ReportNo>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        if let Some(event) = &entry.summary.event {
            stated.entry(event).or_default().push(ReportNo(number));
        }
    }
    // All reports are compared, those with a stated event too: their likeness is shown as the reason for their event.
    let named: BTreeSet<ReportNo> = stated.values().flatten().copied().collect();
    let rest = found.iter().map(|group| {
        let numbers = group.iter().map(|&number| ReportNo(number));
        numbers.filter(|number| !named.contains(number)).collect()
    });
    let groups = rest.chain(stated.into_values());
    groups
        .filter(|group: &Vec<ReportNo>| !group.is_empty())
        .collect()
}

/// Returns the parts of a report that are compared to group it, all empty for one that can no longer be read.
fn event_report(report: &Option<Report>) -> EventReport<'_> {
    let article = report.as_ref().map(|report| &*report.article);
    let headline = article.and_then(|article| article.headline.as_ref());
    let published = article.and_then(|article| article.published.as_ref());
    EventReport {
        headline: headline.map_or("", |field| &field.value),
        text: article.map_or("", story),
        published: published.map(|field| field.value.date),
    }
}

/// Returns the text from the first to the last paragraph of the story.
fn story(article: &Article) -> &str {
    let mut story = article.story();
    let first = story.next().unwrap_or_default();
    let last = story.last().unwrap_or(first);
    Span::new(first.start, last.end).of(&article.text)
}

/// A stem as it is written.
#[derive(Clone, Debug, Default)]
struct WordForm {
    written: String,
    times: usize,
    /// Times that it is capitalised where no sentence begins.
    capitalised: usize,
    /// Stems of the capitalised words right before it, with their counts.
    before: HashMap<String, usize>,
    /// Stems of the capitalised words right after it, with their counts.
    after: HashMap<String, usize>,
}

/// The words of some reports as they are written, by stem.
#[derive(Default)]
struct WordForms {
    by_stem: HashMap<String, WordForm>,
}

impl WordForms {
    fn new<'a>(entries: impl Iterator<Item = &'a LibraryEntry>) -> Self {
        let mut forms = Self::default();
        for report in entries.filter_map(|one| one.open().ok()) {
            let blocks = report.article.blocks.iter();
            for block in blocks.filter(|block| block.role != BlockRole::Matter) {
                forms.count_words(block.span.of(&report.article.text), block.role);
            }
        }
        forms
    }

    fn written(&self, stem: &str) -> String {
        let form = self.by_stem.get(stem);
        form.map_or(stem, |form| &form.written).to_owned()
    }

    fn is_name(&self, stem: &str) -> bool {
        self.by_stem.get(stem).is_some_and(|form| {
            // English capitalises days and months too.
            let is_day = form.written.parse::<chrono::Weekday>().is_ok()
                || form.written.parse::<chrono::Month>().is_ok();
            2 * form.capitalised > form.times && !is_day
        })
    }

    /// Returns names made of `stems`, which come in order of weight, and other words where there are few names.
    fn names<'a>(&self, stems: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut said = BTreeSet::new();
        for stem in stems.clone().filter(|stem| self.is_name(stem)) {
            let last = self.usual_neighbour(stem, |form| &form.after);
            let last = last.unwrap_or(stem);
            let first = self.usual_neighbour(last, |form| &form.before);
            if names.len() < MOST_NAMES && said.insert(last.to_owned()) {
                let words = first.into_iter().chain([last]);
                names.push(
                    words
                        .map(|stem| self.written(stem))
                        .collect::<Vec<_>>()
                        .join(" "),
                );
            }
            // "Mark Carney" is not followed by "Mark" or "Carney" alone.
            said.extend(first.map(str::to_owned));
            said.insert(stem.to_owned());
        }
        let others =
            stems.filter(|stem| !self.is_name(stem) && stem.starts_with(char::is_alphabetic));
        let room = MOST_NAMES.saturating_sub(names.len());
        names.extend(others.map(|stem| self.written(stem)).take(room));
        names
    }

    /// Returns the neighbour that a name has more than half of the time, as "Mark" has "Carney" after it and "House" has "White"
    /// before it.
    fn usual_neighbour(
        &self,
        stem: &str,
        neighbours: impl Fn(&WordForm) -> &HashMap<String, usize>,
    ) -> Option<&str> {
        let form = self.by_stem.get(stem)?;
        let (other, &times) = neighbours(form)
            .iter()
            .max_by_key(|(other, times)| (**times, *other))?;
        (2 * times > form.times).then_some(other.as_str())
    }

    /// Counts the words of `text`, one block of a report.
    fn count_words(&mut self, text: &str, role: BlockRole) {
        let mut before: Option<(Span, String)> = None;
        for word in tokens::words(text) {
            let written = word.of(text);
            let (stem, _) = normalize(written);
            let capitalised = written.starts_with(char::is_uppercase);
            let gap = before
                .as_ref()
                .map(|(last, _)| Span::new(last.end, word.start).of(text));
            let inside = gap.is_some_and(|gap| !gap.contains(['.', '!', '?', ':', '“', '"', '\n']));
            let form = self.by_stem.entry(stem.clone()).or_default();
            form.times += 1;
            let bare = written
                .strip_suffix("'s")
                .or_else(|| written.strip_suffix("’s"));
            // Many headlines capitalise every word, and every sentence its first: neither shows that a word is a name.
            let tells = capitalised && inside && role != BlockRole::Headline;
            if form.written.is_empty() || (tells && form.capitalised == 0) {
                bare.unwrap_or(written).clone_into(&mut form.written);
            }
            form.capitalised += usize::from(tells);
            // The stem of a word before that is not capitalised was left empty below.
            let neighbour =
                before.filter(|(_, last)| tells && gap == Some(" ") && !last.is_empty());
            if let Some((_, last)) = neighbour {
                *form.before.entry(last.clone()).or_default() += 1;
                let last = self.by_stem.entry(last).or_default();
                *last.after.entry(stem.clone()).or_default() += 1;
            }
            before = Some((word, if capitalised { stem } else { String::new() }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;

    const FERRY: [&str; 3] = [
        "The harbour ferry will stop on Friday, Mayor Edith Palmer said, for want of an engine. Islanders blame Palmer and the County Council.",
        "Mayor Edith Palmer ends the harbour ferry on Friday. The engine cannot be mended, says Palmer, whatever the County Council decides.",
        "No ferry in the harbour from Friday on, says Mayor Edith Palmer: its engine is gone, and the County Council gives Palmer no money.",
    ];
    const BANK: [&str; 2] = [
        "The central bank held its rate at 3 per cent, Governor Nils Aker said, as inflation in the capital slowed before winter.",
        "Governor Nils Aker left the central bank rate at 3 per cent while inflation slowed; lenders in the capital expect no change.",
    ];

    fn numbers<const N: usize>(groups: [&[usize]; N]) -> [Vec<ReportNo>; N] {
        groups.map(|group| group.iter().map(|&number| ReportNo(number)).collect())
    }

    fn reports() -> Vec<LibraryEntry> {
        let texts = FERRY.iter().chain(&BANK);
        texts
            .map(|text| {
                let text = format!("Outlet: The Gazette\nDate: 2025-03-10\n\n{text}");
                LibraryEntry::new(ingest::article_from_text("a.txt", &text))
            })
            .collect()
    }

    #[test]
    fn reports_of_one_event_are_together_and_named_by_what_they_share() {
        let reports = reports();
        let events = EventGrouping::new(&reports, group::WINDOW);
        let groups = events.groups(|_| None);
        assert_eq!(groups, numbers([&[0, 1, 2], &[3, 4]]));
        let names = events.names(&reports, &groups[0]);
        assert!(names.contains(&"Palmer".to_owned()), "{names:?}");
        assert!(names.contains(&"County Council".to_owned()), "{names:?}");
    }

    #[test]
    fn the_reader_moves_a_report_out_and_into_another_event() {
        let events = EventGrouping::new(&reports(), group::WINDOW);
        let out = events.groups(|number| (number == ReportNo(1)).then_some(ReportMove::Out));
        assert_eq!(out, numbers([&[0, 2], &[3, 4], &[1]]));
        let into = events
            .groups(|number| (number == ReportNo(1)).then_some(ReportMove::Into(ReportNo(4))));
        assert_eq!(into, numbers([&[0, 2], &[3, 4, 1]]));
        let gone = events
            .groups(|number| (number == ReportNo(1)).then_some(ReportMove::Into(ReportNo(99))));
        assert_eq!(gone, numbers([&[0, 1, 2], &[3, 4]]));
    }

    #[test]
    fn the_words_that_two_reports_share_are_said_as_written() {
        let reports = reports();
        let why = EventGrouping::new(&reports, group::WINDOW).shared_words(
            &reports,
            ReportNo(0),
            ReportNo(1),
        );
        let words: Vec<&str> = why.words.iter().map(|(word, _)| word.as_str()).collect();
        assert!(
            words.contains(&"Palmer") && words.contains(&"engine"),
            "{words:?}"
        );
        assert!(why.likeness > 0.1 && why.likeness <= 1.0);
    }

    #[test]
    fn reports_that_come_later_are_grouped_as_if_all_came_at_once() {
        let reports = reports();
        let all = EventGrouping::new(&reports, group::WINDOW);
        let first = EventGrouping::new(&reports[2..4], group::WINDOW);
        let later = first.regrouped(&reports, group::WINDOW);
        assert_eq!(later.groups(|_| None), all.groups(|_| None));
        let why = |events: &EventGrouping| events.shared_words(&reports, ReportNo(0), ReportNo(2));
        assert_eq!(why(&later).words.len(), why(&all).words.len());
        assert!((why(&later).likeness - why(&all).likeness).abs() < 1e-6);
    }

    #[test]
    fn a_report_alone_has_a_nearest() {
        let events = EventGrouping::new(&reports(), group::WINDOW);
        assert_eq!(events.nearest(ReportNo(3)), Some(ReportNo(4)));
    }
}
