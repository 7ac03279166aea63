//! The gatherer: annotates all reports in the background, the newest first, and collects their quotations for the searches.
//!
//! It begins when all reports are read, or when somebody asks for quotations before that; what was found in the same reports the
//! last time is taken from the cache folder, and what is found now is saved there. Its threads have a low priority, so that
//! neither the screen nor a search waits for them; what is on the screen is annotated by the annotator meanwhile.

use std::cmp::Reverse;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, SendError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread;

use rayon::ThreadPool;

use crate::library::quotes::QuoteGatherer;
use crate::library::{LibraryEntry, ReportNo, SMALLEST_SAVED, SavedLibrary, SavedQuotes};

use super::job::Answer;
use super::{Reply, background_threads};

/// Reports after which searches are asked again for the first time, and the factor by which they grow until the next: each answer
/// costs as much as there are quotations, so they come ever more seldom.
const FIRST_TOLD: usize = 32;
const TOLD_AGAIN: usize = 2;

/// The place where a library is saved, once the loader has found it.
pub type SavedPlace = Arc<OnceLock<SavedLibrary>>;

/// The way to the gatherer's thread.
#[derive(Debug)]
pub struct GatherSender(Sender<GatherOrder>);

/// Something that the gatherer is told.
enum GatherOrder {
    /// These reports were read.
    Add(Vec<LibraryEntry>),
    /// Begin with the reports that are there.
    Begin,
    /// Begin: there are no more reports.
    Complete,
    /// Do this once there is nothing left to gather.
    Afterwards(Afterwards),
}

/// Work of others that waits for the gatherer, so that it has all cores.
type Afterwards = Box<dyn FnOnce() + Send>;

impl GatherSender {
    /// Starts the thread, which ends when the sender is dropped.
    ///
    /// # Errors
    /// Fails if the system gives no thread.
    pub fn spawn(gatherer: QuoteGatherer, library: SavedPlace, reply: Reply) -> io::Result<Self> {
        Self::start(gatherer, library, reply, SMALLEST_SAVED)
    }

    fn start(
        gatherer: QuoteGatherer,
        library: SavedPlace,
        reply: Reply,
        smallest_saved: usize,
    ) -> io::Result<Self> {
        let pool = background_threads("gatherer")?;
        let (sender, orders) = channel();
        let work = GatherWork {
            gatherer,
            pool,
            reply,
            library,
            smallest_saved,
            saved: None,
            waits_for_all: false,
            entries: Vec::new(),
            left: Vec::new(),
            has_begun: false,
            is_complete: false,
            tell_at: FIRST_TOLD,
            afterwards: Vec::new(),
        };
        let run = move || work.run(&orders);
        thread::Builder::new().name("gatherer".into()).spawn(run)?;
        Ok(Self(sender))
    }

    /// Tells the gatherer of reports that were read.
    pub fn add(&self, reports: Vec<LibraryEntry>) {
        let _ = self.0.send(GatherOrder::Add(reports));
    }

    /// Has the gatherer begin, if it has not.
    pub fn begin(&self) {
        let _ = self.0.send(GatherOrder::Begin);
    }

    /// Has the gatherer begin, if it has not, and tells it that there are no more reports.
    pub fn complete(&self) {
        let _ = self.0.send(GatherOrder::Complete);
    }

    /// Has `work` done on the gatherer's thread once nothing that it has begun is left to gather; also where it cannot go on.
    pub fn afterwards(&self, work: impl FnOnce() + Send + 'static) {
        let order = self.0.send(GatherOrder::Afterwards(Box::new(work)));
        if let Err(SendError(GatherOrder::Afterwards(work))) = order {
            work();
        }
    }
}

/// The work of the gatherer's thread.
struct GatherWork {
    gatherer: QuoteGatherer,
    pool: ThreadPool,
    reply: Reply,
    /// The place where the library is saved; none until the loader has found it, and where nothing is saved.
    library: SavedPlace,
    /// Bytes of text from which it is.
    smallest_saved: usize,
    /// The place where the quotations are saved, once it was looked for.
    saved: Option<SavedQuotes>,
    /// Whether something is saved, which is taken over as soon as all reports are there; that takes less time than to begin.
    waits_for_all: bool,
    is_complete: bool,
    entries: Vec<LibraryEntry>,
    /// Reports that are not gathered yet, the newest last.
    left: Vec<ReportNo>,
    has_begun: bool,
    /// Reports at which searches are asked again.
    tell_at: usize,
    /// Work of others that waits until nothing is left to gather.
    afterwards: Vec<Afterwards>,
}

impl GatherWork {
    fn run(mut self, orders: &Receiver<GatherOrder>) {
        while let Some(taken) = self.next_orders(orders) {
            let work = AssertUnwindSafe(|| self.step(taken));
            if let Err(fault) = panic::catch_unwind(work) {
                // Nothing can be said of the index any more, so no more is added to it.
                self.reply.send(Answer::Fault(super::words_of(&*fault)));
                break;
            }
            if self.is_idle() {
                self.do_afterwards();
            }
        }
        for order in orders.try_iter() {
            self.take(order);
        }
        self.do_afterwards();
    }

    /// Whether there is nothing to do before something else is ordered.
    fn is_idle(&self) -> bool {
        !self.has_begun || self.waits_for_all || self.left.is_empty()
    }

    fn do_afterwards(&mut self) {
        self.afterwards.drain(..).for_each(|work| work());
    }

    /// Returns what was ordered, where there is nothing else to do after waiting for it; `None` if nobody can order any more.
    fn next_orders(&self, orders: &Receiver<GatherOrder>) -> Option<Vec<GatherOrder>> {
        let first = match self.is_idle() {
            true => Some(orders.recv().ok()?),
            false => None,
        };
        Some(first.into_iter().chain(orders.try_iter()).collect())
    }

    /// Does what was ordered, and gathers the next reports.
    fn step(&mut self, orders: Vec<GatherOrder>) {
        let (had_begun, was_complete) = (self.has_begun, self.is_complete);
        let mut is_new = false;
        for order in orders {
            is_new |= self.take(order);
        }
        if is_new {
            self.sort();
        }
        if self.has_begun && !had_begun {
            self.look_for_saved();
        }
        if self.is_complete && std::mem::take(&mut self.waits_for_all) {
            self.restore();
        }
        if self.has_begun && !self.waits_for_all && !self.left.is_empty() {
            self.gather();
        } else if self.is_complete && !was_complete {
            self.finish();
        }
    }

    /// Takes in what was ordered; returns whether reports were added.
    fn take(&mut self, order: GatherOrder) -> bool {
        match order {
            GatherOrder::Begin => {
                self.has_begun = true;
                false
            }
            GatherOrder::Complete => {
                (self.has_begun, self.is_complete) = (true, true);
                false
            }
            GatherOrder::Afterwards(work) => {
                self.afterwards.push(work);
                false
            }
            GatherOrder::Add(reports) => {
                let from = self.entries.len();
                self.entries.extend(reports);
                self.left.extend((from..self.entries.len()).map(ReportNo));
                true
            }
        }
    }

    fn look_for_saved(&mut self) {
        let annotator = self.gatherer.annotator();
        self.saved = self.library.get().map(|library| library.quotes(annotator));
        self.waits_for_all = self.saved.as_ref().is_some_and(SavedQuotes::exists);
    }

    /// Takes over what was saved of these reports.
    fn restore(&mut self) {
        let (gatherer, entries) = (&mut self.gatherer, &self.entries);
        let restored = self.saved.as_ref();
        if restored.is_some_and(|saved| gatherer.restore(saved, entries)) {
            self.left.retain(|no| !gatherer.index().has_report(*no));
            if self.left.is_empty() {
                // As it was saved, so that it need not be saved again.
                self.saved = None;
            }
            self.reply.send(Answer::Gathered);
        }
    }

    /// Groups what was gathered, and saves it if the library is a large one.
    fn finish(&mut self) {
        let (gatherer, entries) = (&mut self.gatherer, &self.entries);
        self.pool.install(|| gatherer.group(entries));
        if let Some((number, failure)) = gatherer.take_lost() {
            self.reply.send(Answer::Opened(number, Err(failure)));
        }
        self.reply.send(Answer::Gathered);
        if !self.is_complete {
            return;
        }
        gatherer.forget_words();
        let bytes: usize = entries.iter().map(|entry| entry.summary.bytes).sum();
        let is_saved = bytes >= self.smallest_saved;
        if let Some(saved) = self.saved.take().filter(|_| is_saved) {
            self.pool.install(|| gatherer.save(&saved, entries));
        }
    }

    /// Sorts the reports by date; those without one come last of all, and of one day the first of the list first.
    fn sort(&mut self) {
        let entries = &self.entries;
        self.left.sort_by_cached_key(|no| {
            let date = entries.get(no.0).and_then(|entry| entry.summary.published);
            (date, Reverse(*no))
        });
    }

    /// Gathers the next reports, and tells when there are many more than before.
    fn gather(&mut self) {
        // Few at first, so that there is something to answer from at once.
        let gathered = self.entries.len() - self.left.len();
        let size = gathered.clamp(FIRST_TOLD, QuoteGatherer::BATCH);
        let next = self.left.len().saturating_sub(size);
        let mut batch = self.left.split_off(next);
        batch.reverse();
        let Self {
            gatherer,
            pool,
            entries,
            ..
        } = self;
        pool.install(|| gatherer.gather(entries, &batch));
        if self.left.is_empty() {
            // Told before what follows, which may take seconds.
            self.reply.send(Answer::Gathered);
            self.finish();
        }
        let gathered = self.entries.len() - self.left.len();
        if gathered >= self.tell_at && !self.left.is_empty() {
            self.tell_at = gathered * TOLD_AGAIN;
            self.reply.send(Answer::Gathered);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::annotate::Annotator;
    use crate::ingest::{ReadLimits, ReportSource};
    use crate::library::quotes::{QuoteGrouping, QuoteIndex, QuoteResults, QuoteSearch};

    /// Writes reports with a quotation each, of other days, and returns them closed.
    fn reports(folder: &Path, names: &[&str]) -> (Vec<LibraryEntry>, SavedLibrary) {
        let row = |(day, name): (usize, &&str)| {
            format!(
                "{{\"title\":\"{name}\",\"date\":\"2025-09-{:02}\",\"body\":\"“Duties on {name} stay as they are,” \
                 Jane Doe said.\"}}\n",
                day + 1
            )
        };
        let path = folder.join("a.jsonl");
        let rows = names.iter().enumerate().map(row);
        std::fs::write(&path, rows.collect::<String>()).unwrap();
        let sources = [ReportSource::file(path)];
        let limits = ReadLimits::default();
        let mut entries = Vec::new();
        sources[0].read_each(&limits, &mut |one| {
            let mut entry = LibraryEntry::new(one.unwrap());
            entry.close();
            entries.push(entry);
        });
        let saved = SavedLibrary::locate(&folder.join("cache"), [], &sources, &limits);
        (entries, saved.unwrap())
    }

    /// Gathers the reports as the program does and returns the quotations found; `is_told` says of which answers there were.
    fn gathered(entries: &[LibraryEntry], saved: &SavedLibrary) -> (QuoteResults, usize) {
        let annotator = Arc::new(Annotator::bundled());
        let index = QuoteIndex::default();
        let (send, answers) = channel();
        let place = SavedPlace::default();
        place.set(saved.clone()).unwrap();
        let gatherer = QuoteGatherer::new(index.clone(), annotator.clone());
        let reply = Reply::new(move |answer| drop(send.send(answer)));
        let sender = GatherSender::start(gatherer, place, reply, 0).unwrap();
        sender.add(entries.to_vec());
        sender.begin();
        sender.complete();
        // The thread ends, and its answers with it, when nobody can order any more.
        drop(sender);
        let lost = answers.iter().filter(|it| matches!(it, Answer::Opened(..)));
        let lost = lost.count();
        let mut search = QuoteSearch::of(index, annotator);
        let found = search.find_indexed(entries, "", QuoteGrouping::Report, &|| false);
        (found.unwrap(), lost)
    }

    #[test]
    fn what_was_saved_is_taken_over_and_only_new_reports_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..12).map(|number| format!("steel{number}")).collect();
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (entries, saved) = reports(folder.path(), &names);
        let (first, lost) = gathered(&entries, &saved);
        assert_eq!((first.shown, first.reports, lost), (12, 12, 0));
        // Now the texts cannot be read: all comes from what was saved.
        std::fs::rename(folder.path().join("a.jsonl"), folder.path().join("b.jsonl")).unwrap();
        let (again, lost) = gathered(&entries, &saved);
        assert_eq!((&again, lost), (&first, 0));
        names[5] = "copper";
        let (entries, saved) = reports(folder.path(), &names);
        let (changed, lost) = gathered(&entries, &saved);
        assert_eq!((changed.shown, changed.total, lost), (12, 12, 0));
        let versions: Vec<ReportNo> = changed.versions().map(|at| at.report).collect();
        assert!(versions.is_sorted());
    }

    #[test]
    fn what_comes_afterwards_waits_until_all_is_gathered() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..40).map(|number| format!("steel{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (entries, _) = reports(folder.path(), &names);
        let index = QuoteIndex::default();
        let gatherer = QuoteGatherer::new(index.clone(), Arc::new(Annotator::bundled()));
        let sender = GatherSender::spawn(gatherer, SavedPlace::default(), Reply::new(drop));
        let sender = sender.unwrap();
        let (send, gathered) = channel();
        let tell = move || send.send(index.reports()).unwrap();
        sender.afterwards(tell.clone());
        assert_eq!(gathered.recv(), Ok(0), "nothing has begun");
        sender.add(entries);
        sender.complete();
        sender.afterwards(tell);
        assert_eq!(gathered.recv(), Ok(40));
    }

    #[test]
    fn a_damaged_file_is_gathered_anew() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..12).map(|number| format!("steel{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (entries, saved) = reports(folder.path(), &names);
        let (first, _) = gathered(&entries, &saved);
        let cache = folder.path().join("cache");
        let file = std::fs::read_dir(cache)
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        let good = std::fs::read(&file).unwrap();
        for place in (0..good.len()).step_by(good.len() / 40 + 1) {
            let mut damaged = good.clone();
            damaged[place] ^= 0x10;
            std::fs::write(&file, damaged).unwrap();
            assert_eq!(gathered(&entries, &saved).0, first, "damaged at {place}");
        }
        std::fs::write(&file, &good[..good.len() / 2]).unwrap();
        assert_eq!(gathered(&entries, &saved).0, first);
    }

    #[test]
    fn a_cache_folder_that_cannot_be_written_costs_only_the_time() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("cache");
        let names = ["steel", "copper", "wheat"];
        std::fs::write(&cache, "a file where the folder should be").unwrap();
        let (entries, saved) = reports(folder.path(), &names);
        for _ in 0..2 {
            let (found, lost) = gathered(&entries, &saved);
            assert_eq!((found.shown, found.grouped, lost), (3, true, 0));
        }
        // Root may write everywhere.
        if rustix::process::geteuid().is_root() {
            return;
        }
        std::fs::remove_file(&cache).unwrap();
        std::fs::create_dir(&cache).unwrap();
        std::fs::set_permissions(&cache, std::fs::Permissions::from_mode(0o500)).unwrap();
        let (found, lost) = gathered(&entries, &saved);
        let left = std::fs::read_dir(&cache).unwrap().count();
        std::fs::set_permissions(&cache, std::fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!((found.shown, lost, left), (3, 0, 0));
    }
}
