//! The reports of a library as events: what the source says, else what their words say, and what the reader moved.
//!
//! Names an event by the words that its reports share, names before other words, and says why two reports are together. Words are
//! compared as stems; what is shown is how the reports write them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use crate::article::{Article, BlockRole};
use crate::compare::group;
use crate::compare::normalize::normalize;
use crate::text::{Span, tokens};

use super::{LibraryEntry, Report};

/// Reports that are grouped at most: the work and the memory grow faster than their number.
pub const MOST: usize = 5_000;

/// Reports of an event that its name is made from.
const NAMED_BY: usize = 5;
/// Shared words that may become part of a name.
const CANDIDATES: usize = 12;
/// Words of a name.
const NAMES: usize = 3;

/// Where the reader put a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// To an event of its own.
    Out,
    /// To the event of this report.
    Into(usize),
}

/// What two reports have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// How alike they are, from 0 to 1.
    pub likeness: f32,
    /// The words of both, as written, each with its part of the likeness; the weightiest first.
    pub words: Vec<(String, f32)>,
}

/// Reports grouped by what they tell.
#[derive(Clone, Debug, Default)]
pub struct Events {
    groups: Vec<Vec<usize>>,
    found: group::Events,
}

impl Events {
    /// Groups `entries`: those that name the same event, the others by their words.
    pub fn of(entries: &[LibraryEntry], window: u32) -> Self {
        let reports: Vec<Option<Report>> = entries.par_iter().map(open).collect();
        let shown: Vec<_> = reports.iter().map(outline).collect();
        let found = group::events(&shown, window);
        let mut stated: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            if let Some(event) = &entry.summary.event {
                stated.entry(event).or_default().push(number);
            }
        }
        let named: BTreeSet<usize> = stated.values().flatten().copied().collect();
        let rest = found.groups.iter().map(|group| {
            let unnamed = group.iter().filter(|number| !named.contains(number));
            unnamed.copied().collect()
        });
        let groups = rest.chain(stated.into_values());
        Self {
            groups: groups
                .filter(|group: &Vec<usize>| !group.is_empty())
                .collect(),
            found,
        }
    }

    /// Returns the events, with what the reader moved in its place.
    pub fn groups(&self, moved: impl Fn(usize) -> Option<Moved>) -> Vec<Vec<usize>> {
        let mut groups = self.groups.clone();
        let numbers: Vec<usize> = groups.iter().flatten().copied().collect();
        let mut of: HashMap<usize, usize> = HashMap::new();
        for (group, numbers) in groups.iter().enumerate() {
            of.extend(numbers.iter().map(|&number| (number, group)));
        }
        let moves: Vec<(usize, Moved)> = numbers
            .into_iter()
            .filter_map(|number| Some((number, moved(number)?)))
            .collect();
        // What leaves an event leaves before anything comes in, so that it does not matter which report was read first.
        let (out, into): (Vec<_>, Vec<_>) =
            moves.into_iter().partition(|(_, to)| *to == Moved::Out);
        for (number, to) in out.into_iter().chain(into) {
            let target = match to {
                Moved::Out => groups.len(),
                Moved::Into(other) => match of.get(&other) {
                    Some(&group) => group,
                    None => continue,
                },
            };
            if let Some(from) = of
                .insert(number, target)
                .and_then(|from| groups.get_mut(from))
            {
                from.retain(|&other| other != number);
            }
            match groups.get_mut(target) {
                Some(group) => group.push(number),
                None => groups.push(vec![number]),
            }
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// Returns the words that tell what the reports of `group` are about, a few.
    pub fn names(&self, entries: &[LibraryEntry], group: &[usize]) -> Vec<String> {
        let members = group.get(..NAMED_BY).unwrap_or(group);
        let named: Vec<&LibraryEntry> = members.iter().filter_map(|&n| entries.get(n)).collect();
        if let Some(stated) = named.iter().find_map(|one| one.summary.event.as_ref()) {
            return vec![stated.to_string()];
        }
        let reports: Vec<Report> = named.into_iter().filter_map(open).collect();
        let articles: Vec<&Article> = reports.iter().map(|report| &*report.article).collect();
        let mut shared: HashMap<String, f32> = HashMap::new();
        for (at, &one) in members.iter().enumerate() {
            for &other in members.get(at + 1..).unwrap_or_default() {
                for term in self.found.shared(one, other) {
                    *shared.entry(term.word).or_default() += term.weight;
                }
            }
        }
        let mut shared: Vec<(String, f32)> = shared.into_iter().collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        shared.truncate(CANDIDATES);
        Written::of(&articles).names(shared.iter().map(|(stem, _)| stem.as_str()))
    }

    /// Returns what two reports have in common.
    pub fn why(&self, entries: &[LibraryEntry], one: usize, other: usize) -> Why {
        let both = [one, other].map(|number| entries.get(number).and_then(open));
        let articles: Vec<&Article> = both.iter().flatten().map(|r| &*r.article).collect();
        let written = Written::of(&articles);
        let shared = self.found.shared(one, other);
        Why {
            likeness: self.found.likeness(one, other),
            words: shared
                .into_iter()
                .map(|term| (written.form(&term.word), term.weight))
                .collect(),
        }
    }

    /// Returns the report that is most like `number` of all others.
    pub fn nearest(&self, number: usize) -> Option<usize> {
        let others = self.groups.iter().flatten().copied();
        others
            .filter(|&other| other != number)
            .map(|other| (other, self.found.likeness(number, other)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(other, _)| other)
    }
}

/// Returns the report, if it can be read.
fn open(entry: &LibraryEntry) -> Option<Report> {
    entry.open().ok()
}

/// Returns what of a report counts for its event; of one that cannot be read any more, nothing.
fn outline(report: &Option<Report>) -> group::EventReport<'_> {
    let Some(Report { article, .. }) = report else {
        return group::EventReport {
            headline: "",
            text: "",
            published: None,
        };
    };
    group::EventReport {
        headline: article.headline.as_ref().map_or("", |field| &field.value),
        text: story(article),
        published: article.published.as_ref().map(|field| field.value.date),
    }
}

/// Returns the text from the first to the last paragraph of the story.
fn story(article: &Article) -> &str {
    let mut story = article.story();
    let first = story.next().unwrap_or_default();
    let last = story.last().unwrap_or(first);
    Span::new(first.start, last.end).of(&article.text)
}

/// How a stem is written.
#[derive(Clone, Debug, Default)]
struct Form {
    written: String,
    times: usize,
    /// Times it begins large where no sentence begins.
    large: usize,
    /// Stems of the large words right before it, and how often.
    before: HashMap<String, usize>,
    /// Stems of the large words right after it, and how often.
    after: HashMap<String, usize>,
}

/// How some reports write their words.
struct Written {
    forms: HashMap<String, Form>,
}

impl Written {
    fn of(articles: &[&Article]) -> Self {
        let mut forms = HashMap::new();
        for article in articles {
            for block in article
                .blocks
                .iter()
                .filter(|block| block.role != BlockRole::Matter)
            {
                take(block.span.of(&article.text), block.role, &mut forms);
            }
        }
        Self { forms }
    }

    fn form(&self, stem: &str) -> String {
        let form = self.forms.get(stem).map(|form| form.written.clone());
        form.unwrap_or_else(|| stem.to_owned())
    }

    fn is_name(&self, stem: &str) -> bool {
        self.forms.get(stem).is_some_and(|form| {
            let is_day = form.written.parse::<chrono::Weekday>().is_ok()
                || form.written.parse::<chrono::Month>().is_ok();
            2 * form.large > form.times && !is_day
        })
    }

    /// Returns names made of `stems`, the weightiest first, and other words where there are few names.
    fn names<'a>(&self, stems: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut said = BTreeSet::new();
        for stem in stems.clone().filter(|stem| self.is_name(stem)) {
            let last = self.mostly(stem, |form| &form.after).unwrap_or(stem);
            let first = self.mostly(last, |form| &form.before);
            if names.len() < NAMES && said.insert(last.to_owned()) {
                let words = first.into_iter().chain([last]).map(|stem| self.form(stem));
                names.push(words.collect::<Vec<_>>().join(" "));
            }
            said.extend(first.map(str::to_owned));
            said.insert(stem.to_owned());
        }
        let others =
            stems.filter(|stem| !self.is_name(stem) && stem.starts_with(char::is_alphabetic));
        let room = NAMES.saturating_sub(names.len());
        names.extend(others.map(|stem| self.form(stem)).take(room));
        names
    }

    /// Returns the neighbour that a name has most of the times, as "Mark" has "Carney" after it and "House" "White" before it.
    fn mostly(
        &self,
        stem: &str,
        beside: impl Fn(&Form) -> &HashMap<String, usize>,
    ) -> Option<&str> {
        let form = self.forms.get(stem)?;
        let (other, &times) = beside(form)
            .iter()
            .max_by_key(|(other, times)| (**times, *other))?;
        (2 * times > form.times).then_some(other.as_str())
    }
}

/// Takes the words of `text` in.
fn take(text: &str, role: BlockRole, forms: &mut HashMap<String, Form>) {
    let mut before: Option<(Span, String)> = None;
    for word in tokens::words(text) {
        let written = word.of(text);
        let (stem, _) = normalize(written);
        let large = written.starts_with(char::is_uppercase);
        let gap = before
            .as_ref()
            .map(|(last, _)| Span::new(last.end, word.start).of(text));
        let inside = gap.is_some_and(|gap| !gap.contains(['.', '!', '?', ':', '“', '"', '\n']));
        let form = forms.entry(stem.clone()).or_default();
        form.times += 1;
        let bare = written
            .strip_suffix("'s")
            .or_else(|| written.strip_suffix("’s"));
        // Headlines write every word large, so they tell nothing of names.
        let tells = inside && role != BlockRole::Headline;
        if form.written.is_empty() || (tells && large && form.large == 0) {
            bare.unwrap_or(written).clone_into(&mut form.written);
        }
        form.large += usize::from(large && tells);
        let beside =
            before.filter(|(_, last)| large && tells && gap == Some(" ") && !last.is_empty());
        if let Some((_, last)) = beside {
            *form.before.entry(last.clone()).or_default() += 1;
            let last = forms.entry(last).or_default();
            *last.after.entry(stem.clone()).or_default() += 1;
        }
        before = Some((word, if large { stem } else { String::new() }));
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
        let events = Events::of(&reports, group::WINDOW);
        let groups = events.groups(|_| None);
        assert_eq!(groups, [vec![0, 1, 2], vec![3, 4]]);
        let names = events.names(&reports, &groups[0]);
        assert!(names.contains(&"Palmer".to_owned()), "{names:?}");
        assert!(names.contains(&"County Council".to_owned()), "{names:?}");
    }

    #[test]
    fn the_reader_moves_a_report_out_and_into_another_event() {
        let events = Events::of(&reports(), group::WINDOW);
        let out = events.groups(|number| (number == 1).then_some(Moved::Out));
        assert_eq!(out, [vec![0, 2], vec![3, 4], vec![1]]);
        let into = events.groups(|number| (number == 1).then_some(Moved::Into(4)));
        assert_eq!(into, [vec![0, 2], vec![3, 4, 1]]);
        let gone = events.groups(|number| (number == 1).then_some(Moved::Into(99)));
        assert_eq!(gone, [vec![0, 1, 2], vec![3, 4]]);
    }

    #[test]
    fn the_words_that_two_reports_share_are_said_as_written() {
        let reports = reports();
        let why = Events::of(&reports, group::WINDOW).why(&reports, 0, 1);
        let words: Vec<&str> = why.words.iter().map(|(word, _)| word.as_str()).collect();
        assert!(
            words.contains(&"Palmer") && words.contains(&"engine"),
            "{words:?}"
        );
        assert!(why.likeness > 0.1 && why.likeness <= 1.0);
    }

    #[test]
    fn a_report_alone_has_a_nearest() {
        let events = Events::of(&reports(), group::WINDOW);
        assert_eq!(events.nearest(3), Some(4));
    }
}
