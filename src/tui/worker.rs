//! What takes longer than a key press may: comparing, filtering, gathering quotations, annotating what is in view.
//!
//! A worker owns a copy of the list of reports (their summaries are shared, closed ones are opened for the job) and the matcher; jobs come in over a channel and
//! answers go out as events. A job that a newer one makes useless is skipped, or given up where it is under way, which is all the
//! debouncing there is. What a filter shows at once is known long before the order of all that match, so it is answered first.

mod asker;
mod print;

use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rayon::prelude::*;

use crate::annotate::Annotator;
use crate::compare::coverage::{self, Coverage, ReportPairChoices};
use crate::compare::{self, Comparison, LinkChoice, Sides, group};
use crate::filter::body::TextIndex;
use crate::filter::{self, FilterRequest, FoldedRows, IncrementalFilter, Query, RankedRows};
use crate::ingest::ReadFailure;
use crate::library::event::Events;
use crate::library::hit::{Excerpt, Places};
use crate::library::quotes::{QuoteGrouping, QuoteResults, QuoteSearch};
use crate::library::{FieldAnswers, LibraryEntry, Report, ReportNo};

use super::app::opening::AT_ONCE;
use super::event::Event;
use asker::Asker;
pub use asker::Jobs;
pub use print::{Print, Printed};

/// So many reports are ranked before all that match: more than any list shows at once.
const FIRST: usize = 256;
/// When so many reports were looked through for quotations, what they hold is told before the rest is.
const SOME: usize = 256;

/// Something to work out.
#[derive(Clone, Debug)]
pub enum Job {
    /// Take these reports in.
    Add(Vec<LibraryEntry>),
    /// Lay two reports side by side, heeding what the reader linked and unlinked.
    Compare(Sides<usize>, Vec<LinkChoice>),
    /// Find what each of these reports covers, heeding what the reader linked and unlinked in any two of them.
    Coverage(Vec<usize>, Vec<ReportPairChoices>),
    /// Group these reports into events.
    Events(Vec<LibraryEntry>),
    /// Rank the reports for what was typed in the list; for nothing, give up what is being ranked.
    Filter(String),
    /// Find the sentence in which each of these reports answers a filter that asks their texts.
    Hits(String, Vec<usize>),
    /// Find quotations.
    Quotes(String, QuoteGrouping),
    /// Annotate these reports: they are on the screen.
    Annotate(Vec<usize>),
    /// Read a report again that is too long to be read while a key waits.
    Open(usize),
    /// Work out what a file of results holds.
    Print(Box<Print>),
}

/// What was worked out.
#[derive(Debug)]
pub enum Answer {
    /// The comparison of two reports.
    Compared(Sides<usize>, Arc<Comparison>),
    /// Which of these reports covers what.
    Covered(Vec<usize>, Arc<Coverage>),
    /// These many reports, grouped.
    Events(usize, Arc<Events>),
    /// The reports that match, best first.
    Filtered(Filtered),
    /// The sentences in which reports answer this filter, as far as there are any.
    Hits(String, Vec<(usize, Option<Excerpt>)>),
    /// The quotations that match.
    Quotes(QuoteResults),
    /// Marks were made.
    Annotated(Annotated),
    /// A report that was read again, with its marks.
    Opened(usize, Result<Report, ReadFailure>),
    /// What a file of results holds.
    Printed(PathBuf, io::Result<Printed>),
    /// A job failed: a fault of ours, told rather than hidden.
    Fault(String),
}

/// Reports with their marks.
#[derive(Clone, Debug, Default)]
pub struct Annotated {
    /// Those whose quotations are counted now, and were not before.
    pub counted: Vec<usize>,
    /// Those that were read again for it, so that nobody has to read them once more; long ones are not among them.
    pub read: Vec<(usize, Report)>,
}

/// Reports that match a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// What was typed.
    pub query: String,
    /// Report numbers, best first; the best few until the answer is whole.
    pub reports: Vec<usize>,
    /// How many match.
    pub shown: usize,
    /// How many of them hold the words themselves; the rest only hold their letters, scattered.
    pub literal: usize,
    /// How many reports were looked at, by now.
    pub searched: usize,
}

impl Filtered {
    fn of(query: &str, ranked: &RankedRows) -> Self {
        Self {
            query: query.to_owned(),
            reports: ranked.ids.iter().map(|&id| id as usize).collect(),
            shown: ranked.shown(),
            literal: ranked.literal,
            searched: ranked.total,
        }
    }
}

/// One thread's worth of state.
#[derive(Debug)]
pub struct Worker {
    annotator: Arc<Annotator>,
    reports: Vec<LibraryEntry>,
    arena: FoldedRows,
    /// The texts of the reports, where this worker searches them; another one opens reports to look for words.
    texts: Option<TextIndex>,
    filter: IncrementalFilter,
    quote_search: QuoteSearch,
    asker: Asker,
}

impl Worker {
    /// Returns a worker that knows no report yet.
    pub fn new(annotator: Arc<Annotator>) -> Self {
        Self {
            quote_search: QuoteSearch::new(annotator.clone()),
            annotator,
            reports: Vec::new(),
            arena: FoldedRows::default(),
            texts: None,
            filter: IncrementalFilter::default(),
            asker: Asker::default(),
        }
    }

    /// Gives the worker the texts to search. Reports whose texts are in there already come with the same numbers; the texts
    /// of others are added when the reports are.
    pub fn searching(self, texts: TextIndex) -> Self {
        Self {
            quote_search: self.quote_search.with_texts(texts.clone()),
            texts: Some(texts),
            ..self
        }
    }

    /// Does a job.
    pub fn perform(&mut self, job: Job) -> Option<Answer> {
        match job {
            Job::Add(reports) => {
                self.add(reports);
                None
            }
            Job::Compare(sides, choices) => self.compare(sides, &choices),
            Job::Coverage(reports, decided) => Some(self.cover(reports, &decided)),
            Job::Events(reports) => {
                let events = Events::of(&reports, group::WINDOW);
                Some(Answer::Events(reports.len(), Arc::new(events)))
            }
            Job::Filter(query) => self.rank(&query).map(Answer::Filtered),
            Job::Hits(query, reports) => Some(self.excerpts(query, &reports)),
            Job::Quotes(query, grouping) => self.quotes(&query, grouping),
            Job::Annotate(reports) => Some(Answer::Annotated(self.annotate(&reports))),
            Job::Open(number) => {
                let read = self.reports.get(number)?.open();
                if let Ok(report) = &read {
                    report.annotations(&self.annotator);
                }
                Some(Answer::Opened(number, read))
            }
            Job::Print(print) => {
                let contents = print.contents(&self.annotator);
                Some(Answer::Printed(print.path, contents))
            }
        }
    }

    fn add(&mut self, reports: Vec<LibraryEntry>) {
        for entry in &reports {
            let (fields, tags) = entry.summary.row();
            self.arena.push_with_asides(fields, tags);
        }
        self.add_texts(&reports);
        self.reports.extend(reports);
    }

    fn add_texts(&self, reports: &[LibraryEntry]) {
        let Some(texts) = &self.texts else { return };
        for (number, entry) in (self.reports.len()..).zip(reports) {
            if let Some(report) = entry.report().filter(|_| texts.len() == number) {
                texts.push(&report.article.text);
            }
        }
    }

    fn excerpts(&self, typed: String, numbers: &[usize]) -> Answer {
        let query = Query::parse(&typed);
        let reports = &self.reports;
        let excerpt = |number: usize| {
            let report = reports.get(number)?.open().ok()?;
            let article = &report.article;
            let hit = Places::of(&article.text, &query).best(article)?;
            Some(hit.excerpt(&article.text))
        };
        let found = numbers.par_iter().map(|&number| (number, excerpt(number)));
        Answer::Hits(typed, found.collect())
    }

    fn annotate(&self, numbers: &[usize]) -> Annotated {
        let (reports, annotator) = (&self.reports, &self.annotator);
        let annotate = |&number: &usize| {
            let entry = reports.get(number)?;
            let counted = entry.summary.quotes().is_none().then_some(number);
            let report = open(number, entry, annotator).ok()?;
            let is_closed = entry.report().is_none() && entry.summary.bytes <= AT_ONCE;
            Some((counted, is_closed.then_some((number, report))))
        };
        let done: Vec<_> = numbers.par_iter().filter_map(annotate).collect();
        Annotated {
            counted: done.iter().filter_map(|(counted, _)| *counted).collect(),
            read: done.into_iter().filter_map(|(_, read)| read).collect(),
        }
    }

    /// Returns the reports of these numbers with their marks, or the first that cannot be read any more.
    fn open(&self, numbers: &[usize]) -> Result<Vec<Report>, Answer> {
        let (reports, annotator) = (&self.reports, &self.annotator);
        let open = |&number: &usize| Some(open(number, reports.get(number)?, annotator));
        numbers.par_iter().filter_map(open).collect()
    }

    fn compare(&self, sides: Sides<usize>, choices: &[LinkChoice]) -> Option<Answer> {
        // One after the other: the two that a session begins with are open and annotated, and threads take longer to start.
        let open = |number| Some(open(number, self.reports.get(number)?, &self.annotator));
        let (left, right) = match (open(sides.left)?, open(sides.right)?) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(answer), _) | (_, Err(answer)) => return Some(answer),
        };
        let documents = Sides::new(&left, &right).map(|report| report.document(&self.annotator));
        Some(Answer::Compared(
            sides,
            Arc::new(compare::compare_with(documents, choices)),
        ))
    }

    fn cover(&self, numbers: Vec<usize>, decided: &[ReportPairChoices]) -> Answer {
        let open = match self.open(&numbers) {
            Ok(open) => open,
            Err(answer) => return answer,
        };
        let documents: Vec<_> = open
            .iter()
            .map(|one| one.document(&self.annotator))
            .collect();
        let coverage = coverage::coverage(&documents, decided);
        Answer::Covered(numbers, Arc::new(coverage))
    }

    /// Looks all reports through for their quotations and terms, once; what is known so far is told by `tell` from time to time,
    /// and each time only when there is much more of it, and at the end the first report that is lost. `None` if something newer is asked meanwhile.
    fn look_through(&mut self, mut tell: impl FnMut(&mut Self)) -> Option<()> {
        let is_gone = self.asker.gone();
        let mut enough = SOME;
        while self.quote_search.index_batch(&self.reports) {
            if is_gone() {
                return None;
            }
            if self.quote_search.indexed_reports() >= enough
                && self.quote_search.indexed_reports() < self.reports.len()
            {
                enough = self.quote_search.indexed_reports() * 2;
                tell(self);
            }
        }
        if let Some((ReportNo(number), failure)) = self.quote_search.take_lost() {
            self.asker.tell(Answer::Opened(number, Err(failure)));
        }
        Some(())
    }

    fn quotes(&mut self, typed: &str, grouping: QuoteGrouping) -> Option<Answer> {
        let is_gone = self.asker.gone();
        let found = |worker: &mut Self| {
            let (quote_search, reports) = (&mut worker.quote_search, &worker.reports);
            let found = quote_search.find_indexed(reports, typed, grouping, &is_gone);
            found.map(Answer::Quotes)
        };
        self.look_through(|worker| {
            if let Some(known) = found(worker) {
                worker.asker.tell(known);
            }
        })?;
        found(self)
    }

    fn rank(&mut self, typed: &str) -> Option<Filtered> {
        if typed.is_empty() {
            return None;
        }
        let query = Query::parse(typed);
        if query.needs_annotations() {
            self.look_through(|worker| {
                if let Some(known) = worker.ranked(typed, &query) {
                    worker.asker.tell(Answer::Filtered(known));
                }
            })?;
        }
        self.ranked(typed, &query)
    }

    /// Ranks the best few first and tells them, then all; a query that asks the reports themselves is asked only once.
    fn ranked(&mut self, typed: &str, query: &Query) -> Option<Filtered> {
        let (reports, texts) = (&self.reports, self.texts.as_ref());
        let fields = FieldAnswers::new(reports, &self.annotator, texts, query)
            .with_index(self.quote_search.indexed_reports(), |term| {
                self.quote_search.reports_with(term)
            });
        let holds = |id: u32, term: &filter::QueryTerm| fields.has(ReportNo(id as usize), term);
        let known = |ranked: &RankedRows| {
            let known = Filtered::of(typed, ranked);
            let searched = known.searched.min(fields.searched());
            Filtered { searched, ..known }
        };
        let tell = |ranked: &RankedRows| self.asker.tell(Answer::Filtered(known(ranked)));
        let meanwhile = |ranked: RankedRows| {
            if self.asker.is_waiting() {
                tell(&ranked);
            }
        };
        let is_gone = self.asker.gone();
        let search = FilterRequest::new(&self.arena, query)
            .fields(&holds)
            .cancelled(&is_gone)
            .meanwhile(&meanwhile);
        if query.terms().all(|term| term.field.is_none()) {
            let best = self.filter.rank(&search.limit(FIRST))?;
            if best.ids.len() == best.shown() {
                return Some(known(&best));
            }
            tell(&best);
        }
        let ranked = self.filter.rank(&search)?;
        if let Some((no, failure)) = fields.lost() {
            self.asker.tell(Answer::Opened(no.0, Err(failure.clone())));
        }
        Some(known(&ranked))
    }
}

/// Returns a report with its marks, or the answer that says that it cannot be read any more.
fn open(number: usize, entry: &LibraryEntry, annotator: &Annotator) -> Result<Report, Answer> {
    let read = entry.open_annotated(annotator);
    read.map_err(|failure| Answer::Opened(number, Err(failure)))
}

/// Starts a thread that performs jobs until their sender is gone.
pub fn spawn(name: &str, worker: Worker, events: Sender<Event>) -> io::Result<Jobs> {
    let (jobs, work) = hired(worker, events);
    start(name, work)?;
    Ok(jobs)
}

/// Returns the way to a worker, and what it does until that way is closed, for [`start`]; jobs wait until then.
pub fn hired(mut worker: Worker, events: Sender<Event>) -> (Jobs, impl FnOnce() + Send + 'static) {
    let (jobs, queue) = channel();
    let (jobs, asker) = asker::connect(jobs, events.clone());
    worker.asker = asker;
    let work = move || {
        while let Some(batch) = next_batch(&queue) {
            for (asked, job) in batch {
                worker.asker.asks(asked);
                let answer = panic::catch_unwind(AssertUnwindSafe(|| worker.perform(job)));
                let answer =
                    answer.unwrap_or_else(|fault| Some(Answer::Fault(words_of(fault.as_ref()))));
                if let Some(answer) = answer
                    && events.send(Event::Answer(Box::new(answer))).is_err()
                {
                    return;
                }
            }
        }
    };
    (jobs, work)
}

/// Starts a thread for what a worker does.
pub fn start(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work)?;
    Ok(())
}

/// Waits for a job and takes all that came with it, less what newer ones make useless.
fn next_batch(queue: &Receiver<(u64, Job)>) -> Option<Vec<(u64, Job)>> {
    let mut batch = vec![queue.recv().ok()?];
    batch.extend(queue.try_iter());
    let last = |is: fn(&Job) -> bool| batch.iter().rposition(|(_, job)| is(job));
    let last_filter = last(|job| matches!(job, Job::Filter(_)));
    let newest = batch.iter().rev().find_map(|(_, job)| match job {
        Job::Hits(query, _) => Some(query.clone()),
        _ => None,
    });
    let last_quotes = last(|job| matches!(job, Job::Quotes(..)));
    let mut at = 0;
    batch.retain(|(_, job)| {
        let keep = match job {
            Job::Filter(_) => Some(at) == last_filter,
            Job::Quotes(..) => Some(at) == last_quotes,
            Job::Hits(query, _) => Some(query) == newest.as_ref(),
            _ => true,
        };
        at += 1;
        keep
    });
    Some(batch)
}

fn words_of(fault: &(dyn std::any::Any + Send)) -> String {
    let words = fault
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned());
    words
        .or_else(|| fault.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown fault".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::term::Lexicon;
    use crate::ingest;

    fn reports(count: usize) -> Vec<LibraryEntry> {
        let text = |number| {
            format!("Steel duties, part {number}\n\nThe duties stay in place, the minister said.")
        };
        let article = |number| ingest::article_from_text("steel.txt", &text(number));
        (0..count)
            .map(|number| LibraryEntry::new(article(number)))
            .collect()
    }

    fn told(worker: &mut Worker, job: Job) -> (Vec<Answer>, Option<Answer>) {
        let (events, queue) = channel();
        let (_jobs, asker) = asker::connect(channel().0, events);
        worker.asker = asker;
        let last = worker.perform(job);
        let before = queue.try_iter().map(|event| match event {
            Event::Answer(answer) => *answer,
            other => panic!("{other:?}"),
        });
        (before.collect(), last)
    }

    #[test]
    fn the_best_few_are_told_before_all_that_match() {
        let mut worker = Worker::new(Arc::new(Annotator::new(Lexicon::bundled())));
        worker.perform(Job::Add(reports(FIRST + 44)));
        let (before, last) = told(&mut worker, Job::Filter("steel".into()));
        let ([Answer::Filtered(best)], Some(Answer::Filtered(all))) = (&before[..], last) else {
            panic!("{before:?}");
        };
        assert_eq!((best.reports.len(), best.shown), (FIRST, FIRST + 44));
        assert_eq!((all.reports.len(), all.shown), (FIRST + 44, FIRST + 44));
        assert!(all.reports.starts_with(&best.reports));
        let (before, last) = told(&mut worker, Job::Filter("\"part 12\" ^steel".into()));
        assert!(before.is_empty() && last.is_some());
    }

    #[test]
    fn nothing_typed_has_no_answer() {
        let mut worker = Worker::new(Arc::new(Annotator::new(Lexicon::bundled())));
        worker.perform(Job::Add(reports(1)));
        assert!(worker.perform(Job::Filter(String::new())).is_none());
        worker.asker.asks(1);
        assert!(worker.perform(Job::Filter("steel".into())).is_none());
    }

    #[test]
    fn quotations_are_told_as_reports_are_looked_through_and_then_found_at_once() {
        let mut worker = Worker::new(Arc::new(Annotator::new(Lexicon::bundled())));
        let text = "“Steel duties stay in place,” Jane Doe said on Monday.";
        let article = ingest::article_from_text("steel.txt", text);
        let report = LibraryEntry::new(article);
        worker.perform(Job::Add(vec![report; 3 * SOME]));
        let steel = || Job::Quotes("duties".into(), QuoteGrouping::Report);
        let (before, last) = told(&mut worker, steel());
        let looked_through = |answer: &Answer| match answer {
            Answer::Quotes(found) => (found.reports, found.shown),
            other => panic!("{other:?}"),
        };
        let before: Vec<_> = before.iter().map(looked_through).collect();
        assert_eq!(before, [(SOME, SOME), (2 * SOME, 2 * SOME)]);
        assert_eq!(
            last.as_ref().map(looked_through),
            Some((3 * SOME, 3 * SOME))
        );
        let (before, _) = told(&mut worker, steel());
        assert!(before.is_empty());
        let (_, last) = told(&mut worker, Job::Filter("speaker:doe".into()));
        let Some(Answer::Filtered(all)) = last else {
            panic!("{last:?}");
        };
        assert_eq!((all.reports.len(), all.searched), (3 * SOME, 3 * SOME));
    }

    #[test]
    fn reports_that_are_gone_are_told_by_the_first_of_them_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let row = |n| format!("{{\"title\":\"Steel {n}\",\"body\":\"It stays, Doe said.\"}}\n");
        std::fs::write(&path, (0..3).map(row).collect::<String>()).unwrap();
        let mut reports = reports(1);
        ingest::ReportSource::file(path.clone()).read_each(
            &ingest::ReadLimits::default(),
            &mut |one| {
                let mut entry = LibraryEntry::new(one.unwrap());
                entry.close();
                reports.push(entry);
            },
        );
        std::fs::remove_file(path).unwrap();
        let mut worker = Worker::new(Arc::new(Annotator::new(Lexicon::bundled())));
        worker.perform(Job::Add(reports));
        let lost = |told: &[Answer]| -> Vec<usize> {
            let lost = told.iter().filter_map(|answer| match answer {
                Answer::Opened(number, Err(_)) => Some(*number),
                _ => None,
            });
            lost.collect()
        };
        let (before, last) = told(
            &mut worker,
            Job::Quotes(String::new(), QuoteGrouping::Report),
        );
        assert_eq!(lost(&before), [1]);
        assert!(matches!(last, Some(Answer::Quotes(found)) if found.reports == 4));
        let (before, _) = told(&mut worker, Job::Filter("speaker:doe".into()));
        assert!(lost(&before).is_empty());
        let (before, _) = told(&mut worker, Job::Filter("body:stays".into()));
        assert_eq!(lost(&before).len(), 1);
    }
}
