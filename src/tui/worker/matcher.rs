//! The matcher: ranks the reports for a filter, and finds quotations.
//!
//! The rows that a list shows at once are known long before the order of all that match, so they are answered first; what takes
//! longer is answered as far as it is known, until it is whole or another search is asked for.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::annotate::Annotator;
use crate::filter::body::TextIndex;
use crate::filter::{FilterRequest, FuzzyFilter, Query, QueryTerm, RankedRows};
use crate::library::quotes::{QuoteGrouping, QuoteIndex, QuoteSearch};
use crate::library::{FieldAnswers, LibraryEntry, ReportNo};

use super::job::{Answer, FilterResults, MatchJob};
use super::{Reply, Role, WorkerContext};

/// Reports that are ranked before all that match: more than any list shows at once.
const FIRST: usize = 256;
/// Time between two answers as far as they are known: a list that fills twenty times a second is as good as one that flows.
const PACE: Duration = Duration::from_millis(50);

/// The matcher's state.
#[derive(Debug)]
pub struct Matcher {
    texts: TextIndex,
    filter: FuzzyFilter,
    quotes: QuoteSearch,
    /// The sign that the job being performed is given up.
    superseded: Arc<AtomicBool>,
}

impl Matcher {
    /// Returns a matcher that knows no report yet. Reports whose text is in `texts` already come with the same numbers; the texts of
    /// others are added when the reports are.
    pub fn new(annotator: Arc<Annotator>, texts: TextIndex, quotes: QuoteIndex) -> Self {
        Self {
            quotes: QuoteSearch::of(quotes, annotator).with_texts(texts.clone()),
            texts,
            filter: FuzzyFilter::default(),
            superseded: Arc::default(),
        }
    }

    /// Finds quotations among those that were gathered so far.
    fn find_quotes(
        &mut self,
        typed: &str,
        grouping: QuoteGrouping,
        cx: &WorkerContext,
    ) -> Option<Answer> {
        let is_superseded = || self.superseded.load(Ordering::Relaxed);
        let (quotes, reports) = (&mut self.quotes, &cx.entries);
        let found = quotes.find_indexed(reports, typed, grouping, &is_superseded);
        found.map(|found| Answer::Quotes(Box::new(found)))
    }

    fn filter(
        &mut self,
        typed: &str,
        cx: &WorkerContext,
        reply: &PacedReply<'_>,
    ) -> Option<FilterResults> {
        if typed.is_empty() {
            return None;
        }
        let query = Query::parse(typed);
        self.rank(typed, &query, cx, reply)
    }

    /// Ranks the best few first and tells them, then all; a query that asks the reports themselves is asked only once.
    fn rank(
        &mut self,
        typed: &str,
        query: &Query,
        cx: &WorkerContext,
        reply: &PacedReply<'_>,
    ) -> Option<FilterResults> {
        let texts = Some(&self.texts);
        let fields = FieldAnswers::new(&cx.entries, &cx.annotator, texts, query)
            .with_index(self.quotes.index().reports(), |term| {
                self.quotes.reports_with(&cx.entries, term)
            });
        let holds = |id: u32, term: &QueryTerm| fields.has(ReportNo(id as usize), term);
        let known = |ranked: &RankedRows| results(typed, ranked, fields.searched());
        let tell = |ranked: &RankedRows| reply.send(Answer::Filtered(known(ranked)));
        let meanwhile = |ranked: RankedRows| {
            if reply.is_due() {
                tell(&ranked);
            }
        };
        let is_superseded = || self.superseded.load(Ordering::Relaxed);
        let request = FilterRequest::new(query)
            .fields(&holds)
            .cancelled(&is_superseded)
            .meanwhile(&meanwhile);
        if query.terms().all(|term| term.field.is_none()) {
            let best = self.filter.rank(&request.limit(FIRST))?;
            if best.ids.len() == best.shown() {
                return Some(known(&best));
            }
            tell(&best);
        }
        let ranked = self.filter.rank(&request)?;
        if let Some((number, failure)) = fields.lost() {
            reply.send(Answer::Opened(*number, Err(failure.clone())));
        }
        Some(known(&ranked))
    }
}

impl Role for Matcher {
    type Job = SearchJob;

    fn perform(&mut self, job: SearchJob, cx: &WorkerContext) -> Option<Answer> {
        self.superseded = job.superseded;
        let reply = &PacedReply::new(&cx.reply);
        match job.job {
            MatchJob::Filter(query) => self.filter(&query, cx, reply).map(Answer::Filtered),
            MatchJob::Quotes(query, grouping) => self.find_quotes(&query, grouping, cx),
        }
    }

    fn add(&mut self, known: usize, reports: &[LibraryEntry]) {
        for (number, entry) in (known..).zip(reports) {
            let (fields, tags) = entry.summary.row();
            self.filter.push_with_asides(fields, tags);
            if let Some(report) = entry.report().filter(|_| self.texts.count() == number) {
                self.texts.push(&report.article.text);
            }
        }
    }

    /// Keeps the last job: each supersedes those before it, or is the same again.
    fn drop_superseded(jobs: &mut Vec<SearchJob>) {
        jobs.drain(..jobs.len().saturating_sub(1));
    }
}

/// A job of the matcher, and whether it is given up for another one.
#[derive(Clone, Debug)]
pub struct SearchJob {
    job: MatchJob,
    superseded: Arc<AtomicBool>,
}

impl From<MatchJob> for SearchJob {
    fn from(job: MatchJob) -> Self {
        let superseded = Arc::default();
        Self { job, superseded }
    }
}

impl SearchJob {
    /// Gives this job up for another one, for rows or for quotations, which is returned; a view that still wants it asks again when it
    /// comes back onto the screen.
    pub fn replace(&mut self, job: MatchJob) -> Self {
        // The same words again, because reports were added, are no reason to begin anew.
        if self.job != job {
            self.superseded.store(true, Ordering::Relaxed);
            *self = job.into();
        }
        self.clone()
    }
}

/// Returns the answer that ranked rows are, where `searched` reports were looked at for what is asked of fields.
fn results(typed: &str, ranked: &RankedRows, searched: usize) -> FilterResults {
    let reports = ranked.ids.iter().map(|&id| ReportNo(id as usize));
    FilterResults {
        query: typed.to_owned(),
        reports: reports.collect(),
        shown: ranked.shown(),
        literal: ranked.literal,
        searched: ranked.total.min(searched),
    }
}

/// The way back for answers before the last.
struct PacedReply<'a> {
    reply: &'a Reply,
    /// The last time when an answer was due.
    last: Cell<Option<Instant>>,
}

impl<'a> PacedReply<'a> {
    fn new(reply: &'a Reply) -> Self {
        let last = Cell::default();
        Self { reply, last }
    }

    fn send(&self, answer: Answer) {
        self.reply.send(answer);
    }

    /// Whether it is time for another answer: at once, and then not too often.
    fn is_due(&self) -> bool {
        let is_due = self.last.get().is_none_or(|last| last.elapsed() >= PACE);
        if is_due {
            self.last.set(Some(Instant::now()));
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::ingest::{self, ReadLimits, ReportSource};
    use crate::library::quotes::QuoteGatherer;

    fn matcher(reports: &[LibraryEntry], texts: TextIndex) -> (Matcher, WorkerContext) {
        let annotator = Arc::new(Annotator::bundled());
        let mut matcher = Matcher::new(annotator.clone(), texts, QuoteIndex::default());
        matcher.add(0, reports);
        let cx = WorkerContext {
            entries: reports.to_vec(),
            ..WorkerContext::new(annotator, Reply::new(drop))
        };
        (matcher, cx)
    }

    fn reports(count: usize) -> Vec<LibraryEntry> {
        let text = |number| {
            format!("Steel duties, part {number}\n\nThe duties stay in place, the minister said.")
        };
        let article = |number| ingest::article_from_text("steel.txt", &text(number));
        (0..count)
            .map(|number| LibraryEntry::new(article(number)))
            .collect()
    }

    /// Returns the answers before the last, and the last.
    fn answers(
        (matcher, cx): &mut (Matcher, WorkerContext),
        job: impl Into<SearchJob>,
    ) -> (Vec<Answer>, Option<Answer>) {
        let (sender, queue) = channel();
        cx.reply = Reply::new(move |answer| sender.send(answer).unwrap());
        let last = matcher.perform(job.into(), cx);
        (queue.try_iter().collect(), last)
    }

    #[test]
    fn the_best_few_are_told_before_all_that_match() {
        let mut matcher = matcher(&reports(FIRST + 44), TextIndex::default());
        let (before, last) = answers(&mut matcher, MatchJob::Filter("steel".into()));
        let ([Answer::Filtered(best)], Some(Answer::Filtered(all))) = (&before[..], last) else {
            panic!("{before:?}");
        };
        assert_eq!((best.reports.len(), best.shown), (FIRST, FIRST + 44));
        assert_eq!((all.reports.len(), all.shown), (FIRST + 44, FIRST + 44));
        assert!(all.reports.starts_with(&best.reports));
        let job = MatchJob::Filter("\"part 12\" ^steel".into());
        let (before, last) = answers(&mut matcher, job);
        assert!(before.is_empty() && last.is_some());
    }

    #[test]
    fn nothing_typed_has_no_answer() {
        let mut matcher = matcher(&reports(1), TextIndex::default());
        let (_, last) = answers(&mut matcher, MatchJob::Filter(String::new()));
        assert!(last.is_none());
    }

    #[test]
    fn a_request_that_another_superseded_has_no_answer() {
        let mut matcher = matcher(&reports(1), TextIndex::default());
        let mut newest = SearchJob::from(MatchJob::Filter("steel".into()));
        let job = newest.clone();
        newest.replace(MatchJob::Filter(String::new()));
        let (_, last) = answers(&mut matcher, job);
        assert!(last.is_none());
    }

    #[test]
    fn a_search_is_answered_from_what_is_gathered_so_far() {
        let text = "“Steel duties stay in place,” Jane Doe said on Monday.";
        let report = LibraryEntry::new(ingest::article_from_text("steel.txt", text));
        let mut matcher = matcher(&vec![report; 7], TextIndex::default());
        let index = matcher.0.quotes.index().clone();
        let mut gatherer = QuoteGatherer::new(index, matcher.1.annotator.clone());
        for (known, numbers) in [(0, 0..0), (3, 4..7), (7, 0..7)] {
            let numbers: Vec<ReportNo> = numbers.map(ReportNo).collect();
            gatherer.gather(&matcher.1.entries, &numbers);
            let steel = MatchJob::Quotes("duties".into(), QuoteGrouping::Report);
            let (before, last) = answers(&mut matcher, steel);
            let Some(Answer::Quotes(results)) = last else {
                panic!("{last:?}");
            };
            assert!(before.is_empty());
            assert_eq!((results.reports, results.shown), (known, known));
            let (_, last) = answers(&mut matcher, MatchJob::Filter("speaker:doe".into()));
            let Some(Answer::Filtered(all)) = last else {
                panic!("{last:?}");
            };
            assert_eq!((all.reports.len(), all.searched), (known, known));
        }
    }

    #[test]
    fn reports_that_are_gone_are_told_by_the_first_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let row = |n| format!("{{\"title\":\"Steel {n}\",\"body\":\"It stays, Doe said.\"}}\n");
        std::fs::write(&path, (0..3).map(row).collect::<String>()).unwrap();
        let mut reports = reports(1);
        ReportSource::file(path.clone()).read_each(&ReadLimits::default(), &mut |one| {
            let mut entry = LibraryEntry::new(one.unwrap());
            entry.close();
            reports.push(entry);
        });
        std::fs::remove_file(path).unwrap();
        let texts = TextIndex::default();
        for _ in &reports {
            texts.push("Steel\n\nIt stays, Doe said.");
        }
        let mut matcher = matcher(&reports, texts);
        let lost = |answers: &[Answer]| -> Vec<ReportNo> {
            let lost = answers.iter().filter_map(|answer| match answer {
                Answer::Opened(number, Err(_)) => Some(*number),
                _ => None,
            });
            lost.collect()
        };
        let (before, _) = answers(&mut matcher, MatchJob::Filter("body:^it".into()));
        assert_eq!(lost(&before).len(), 1);
    }

    #[test]
    fn what_is_known_is_told_at_once_and_then_not_too_often() {
        let reply = Reply::new(drop);
        let paced = PacedReply::new(&reply);
        assert!(paced.is_due());
        assert!(!paced.is_due());
    }

    impl SearchJob {
        fn is_superseded(&self) -> bool {
            self.superseded.load(Ordering::Relaxed)
        }
    }

    fn quotes(grouping: QuoteGrouping) -> MatchJob {
        MatchJob::Quotes("smoke".into(), grouping)
    }

    #[test]
    fn only_another_request_makes_the_last_one_useless() {
        let mut newest = SearchJob::from(MatchJob::Filter(String::new()));
        let steel = newest.replace(MatchJob::Filter("steel".into()));
        newest.replace(MatchJob::Filter("steel".into()));
        assert!(!steel.is_superseded());
        newest.replace(MatchJob::Filter(String::new()));
        assert!(steel.is_superseded());
        let smoke = newest.replace(quotes(QuoteGrouping::Report));
        newest.replace(quotes(QuoteGrouping::Report));
        assert!(!smoke.is_superseded());
        newest.replace(quotes(QuoteGrouping::Speaker));
        assert!(smoke.is_superseded());
    }

    #[test]
    fn a_filter_that_quotations_ended_ends_them_when_it_is_asked_for_again() {
        let mut newest = SearchJob::from(MatchJob::Filter(String::new()));
        let filter = newest.replace(MatchJob::Filter("steel".into()));
        let quotes = newest.replace(quotes(QuoteGrouping::Report));
        assert!(filter.is_superseded() && !quotes.is_superseded());
        let filter = newest.replace(MatchJob::Filter("steel".into()));
        assert!(quotes.is_superseded() && !filter.is_superseded());
    }
}
