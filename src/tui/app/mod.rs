//! The application's state and the one place where it changes: an event goes in, effects come out.
//!
//! Drawing only reads this; whatever a frame needs (the lines of the open report, the rows of a comparison) is laid out here
//! beforehand and kept until the width changes.

mod act;
pub mod browse;
pub mod command;
pub mod compare;
pub mod events;
pub mod export;
pub mod grid;
pub mod hits;
pub mod list;
mod mouse;
pub(in crate::tui) mod opening;
pub mod page;
pub mod panes;
pub mod quotes;
pub mod reader;
mod reading;
mod typing;
pub mod whole;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::annotate::{Annotations, Annotator};
use crate::article::ArticleId;
use crate::compare::{Comparison, Sides};
use crate::config::{Config, MarkLayers};
use crate::filter::{MatchHighlighter, Query};
use crate::ingest::ReadFailure;
use crate::library::{Library, LibraryEntry, Report, ReportNo, ReportSummary};
use crate::state::ReaderState;
use crate::text::Span;

use super::action::{Action, Context};
use super::effect::Effect;
use super::event::{Event, Progress};
use super::key::Key;
use super::keymap::{Keymap, NextKeys};
use super::prompt::Prompt;
use super::scroll::Scroll;
use super::theme::{ColorDepth, Theme, Themes};
use super::worker::{Answer, Filtered, Job};
use command::Completion;
use compare::{Both, Comparing};
use events::{Grouping, Picker, Reasons};
use export::Export;
use grid::Grid;
use hits::Hits;
use list::List;
use panes::{Pane, Panes};
use quotes::Quotes;
use reader::Reader;

/// What fills the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The list beside the reader.
    #[default]
    Browse,
    /// Two reports side by side.
    Compare,
    /// All quotations.
    Quotes,
    /// Which report covers what.
    Grid,
}

/// What lies over the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The keys of a context; the words looked for narrow them.
    Help(Context, Prompt),
    /// What the colours mean.
    Legend,
    /// What could not be read.
    Failures,
    /// Why reports are of one event.
    Why(Reasons),
    /// The reports to choose the right side of a comparison from.
    Pick(Picker),
}

/// What is being typed in the last line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The filter of the list.
    Filter(Prompt),
    /// A search in the report.
    Search(Prompt),
    /// A command by name.
    Command(Prompt, Completion),
    /// The search of the quotes view; the text is [`Quotes::query`].
    Quotes,
    /// The name of the file that the quotations are written to.
    Export(Prompt),
    /// The search of the help page; the text is in [`Overlay::Help`].
    Help,
    /// The search for the right side of a comparison; the text is in [`Overlay::Pick`].
    Pick,
}

/// Everything the interface knows.
#[derive(Debug)]
pub struct App {
    /// The reports.
    pub library: Library,
    /// Makes their marks.
    pub annotator: Arc<Annotator>,
    /// The settings as they are now.
    pub config: Config,
    /// The keys.
    pub keymap: Keymap,
    /// The themes to choose from.
    pub themes: Themes,
    /// The colours that the terminal has.
    pub depth: ColorDepth,
    /// The theme in use.
    pub theme: Theme,
    /// What the reader did, this time and before.
    pub state: ReaderState,
    /// The screen.
    pub screen: Rect,
    /// What fills it.
    pub view: View,
    /// What lies over that.
    pub overlay: Option<Overlay>,
    /// How far the overlay is scrolled.
    pub overlay_scroll: Scroll,
    /// What is being typed.
    pub line: Option<Line>,
    /// Keys of a sequence typed so far.
    pub typed: Vec<Key>,
    /// What may follow them.
    pub may_follow: Vec<NextKeys>,
    /// One line said once.
    pub message: Option<String>,
    /// How far reading is.
    pub progress: Progress,
    /// The pane that has the keys.
    pub focus: Pane,
    /// Whether that pane has the whole screen.
    pub zoomed: bool,
    /// The list.
    pub list: List,
    /// The answer to the filter, if there is one.
    pub filtered: Option<Filtered>,
    /// The sentences in which reports answer it.
    pub hits: Hits,
    /// The open report.
    pub reader: Reader,
    /// The comparison.
    pub comparing: Option<Comparing>,
    /// Comparisons made so far.
    pub comparisons: HashMap<Sides<usize>, Arc<Comparison>>,
    /// The quotes view.
    pub quotes: Quotes,
    /// The files written, and what their names interrupted.
    pub export: Export,
    /// The coverage grid.
    pub grid: Grid,
    /// The events that the reports are of.
    pub events: Grouping,
    /// What a comparison is left for.
    returns_to: View,
    /// Where the mouse took hold of the line between the panes.
    dragging: bool,
    /// Reports whose marks were asked for.
    asked: HashSet<usize>,
    /// Reports that a worker was asked to read again.
    asked_reports: HashSet<usize>,
    /// Comparisons that were asked for.
    asked_comparisons: HashSet<Sides<usize>>,
}

/// What an application begins with.
#[derive(Debug)]
pub struct Start {
    /// Makes the marks.
    pub annotator: Arc<Annotator>,
    /// The settings.
    pub config: Config,
    /// The keys.
    pub keymap: Keymap,
    /// The themes.
    pub themes: Themes,
    /// The colours that the terminal has.
    pub depth: ColorDepth,
    /// The one to begin with.
    pub theme: Theme,
    /// What the reader did before.
    pub state: ReaderState,
}

impl App {
    /// Returns an application without reports on a screen of this size.
    pub fn new(start: Start, width: u16, height: u16) -> Self {
        let list = List {
            sort: start.config.sort,
            reversed: start.config.reverse_sort,
            ..List::default()
        };
        Self {
            library: Library::default(),
            annotator: start.annotator,
            config: start.config,
            keymap: start.keymap,
            themes: start.themes,
            depth: start.depth,
            theme: start.theme,
            state: start.state,
            screen: Rect::new(0, 0, width, height),
            view: View::default(),
            overlay: None,
            overlay_scroll: Scroll::default(),
            line: None,
            typed: Vec::new(),
            may_follow: Vec::new(),
            message: None,
            progress: Progress::default(),
            focus: Pane::default(),
            zoomed: false,
            list,
            filtered: None,
            hits: Hits::default(),
            reader: Reader::default(),
            comparing: None,
            comparisons: HashMap::new(),
            quotes: Quotes::default(),
            export: Export::default(),
            grid: Grid::default(),
            events: Grouping::default(),
            returns_to: View::default(),
            dragging: false,
            asked: HashSet::new(),
            asked_reports: HashSet::new(),
            asked_comparisons: HashSet::new(),
        }
    }

    /// Takes one event.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let before = self.view;
        let mut effects = match event {
            Event::Key(key) => self.key(key),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Paste(text) => self.paste(&text),
            Event::Resize(width, height) => {
                self.keeping_focus(|app| app.screen = Rect::new(0, 0, width, height));
                Vec::new()
            }
            Event::Redraw => vec![Effect::Redraw],
            Event::Terminate(_) | Event::TerminalLost => vec![Effect::Save, Effect::Quit],
            Event::Loaded(reports) => self.loaded(reports),
            Event::Compared(comparison) => {
                self.compared_ahead(*comparison);
                Vec::new()
            }
            Event::Failed(failures) => {
                self.library.failures.extend(failures);
                Vec::new()
            }
            Event::Progress(progress) => {
                self.progress = progress;
                // An empty screen would tell nothing that the shell cannot tell better.
                let nothing = progress.finished && self.library.entries.is_empty();
                if nothing {
                    vec![Effect::Quit]
                } else {
                    self.ask_events()
                }
            }
            Event::Answer(answer) => self.answer(*answer),
        };
        if self.view != before {
            effects.extend(self.ask_again());
        }
        effects.extend(self.prepare());
        effects
    }

    /// Asks for what the view that is now on the screen looks for: what another one looked for ended that.
    fn ask_again(&mut self) -> Vec<Effect> {
        match self.view {
            View::Browse if !self.is_filtered() => self.reorder(),
            View::Quotes => self.ask_for_quotes(),
            View::Browse | View::Compare | View::Grid => Vec::new(),
        }
    }

    /// Returns the report of this number, if it is open: what the screen needs is, unless it cannot be read any more.
    pub fn report(&self, number: usize) -> Option<&Report> {
        self.library.report(ReportNo(number))
    }

    /// Returns what is known of a report without its text.
    pub fn summary(&self, number: usize) -> Option<&ReportSummary> {
        self.library.summary(ReportNo(number))
    }

    /// Returns the marks of a report, made now if they were not made yet.
    pub fn annotations(&self, number: usize) -> Option<&Annotations> {
        self.report(number)
            .map(|report| report.annotations(&self.annotator))
    }

    /// Returns where the parts of the browse view stand.
    pub fn panes(&self) -> Panes {
        panes::browse(self.screen, self.config.split, self.zoomed, self.focus)
    }

    /// Returns the context whose keys count now.
    pub fn context(&self) -> Context {
        match (&self.line, &self.overlay, self.view, self.focus) {
            (Some(_), ..) => Context::Prompt,
            (None, Some(_), ..) => Context::Help,
            (None, None, View::Compare, _) => Context::Compare,
            (None, None, View::Quotes, _) => Context::Quotes,
            (None, None, View::Grid, _) => Context::Grid,
            (None, None, View::Browse, Pane::List) => Context::List,
            (None, None, View::Browse, Pane::Reader) => Context::Reader,
        }
    }

    /// Says something in the last line until the next key.
    pub fn say(&mut self, words: impl Into<String>) {
        self.message = Some(words.into());
    }

    fn loaded(&mut self, reports: Vec<LibraryEntry>) -> Vec<Effect> {
        let from = self.library.entries.len();
        let mut effects = vec![Effect::Compute(Job::Add(reports.clone()))];
        self.library.entries.extend(reports);
        let in_sections = !self.events.sections.is_empty();
        self.ungroup();
        if self.list.filter.is_empty() && in_sections {
            self.show_all();
        } else if self.list.filter.is_empty() {
            let order = self
                .list
                .merged(&self.library.entries, &self.list.order, from);
            self.list.show(order);
        } else if self.view != View::Quotes {
            effects.extend(self.reorder());
        }
        if self.view == View::Quotes {
            effects.extend(self.ask_for_quotes());
        }
        effects
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Compared(sides, comparison) => self.compared(sides, comparison),
            Answer::Events(reports, found) => self.grouped(reports, found),
            Answer::Covered(reports, coverage) => self.covered(&reports, coverage),
            Answer::Filtered(filtered) if self.picked_from(&filtered) => {}
            Answer::Filtered(filtered) if filtered.query == self.list.filter => {
                self.show_filtered(filtered);
            }
            Answer::Hits(query, found) => self.hits.take(&query, found),
            Answer::Quotes(found) => self.quotes_found(found),
            Answer::Opened(number, read) => self.opened(number, read),
            Answer::Printed(path, printed) => return self.printed(path, printed),
            Answer::Annotated(annotated) => self.annotated(annotated),
            Answer::Filtered(_) => {}
            Answer::Fault(words) => self.say(format!("a fault in crossread: {words}")),
        }
        Vec::new()
    }

    /// Takes a report that was read again; of one that is lost it is said once.
    pub(super) fn opened(&mut self, number: usize, read: Result<Report, ReadFailure>) {
        self.asked_reports.remove(&number);
        if let Err(failure) = &read {
            if self.library.lost(ReportNo(number)).is_some() {
                return;
            }
            self.say(failure.to_string());
        }
        self.library.put(ReportNo(number), read);
    }

    fn compared(&mut self, sides: Sides<usize>, comparison: Arc<Comparison>) {
        if let Some(comparing) = &mut self.comparing
            && comparing.reports == sides
        {
            comparing.found(comparison.clone());
        }
        self.comparisons.insert(sides, comparison);
    }

    /// Takes the comparison that came with the only two reports, unless the reader has linked passages of them.
    fn compared_ahead(&mut self, comparison: Comparison) {
        let Some(sides) = self.pair() else { return };
        let ids = self.ids(sides);
        if ids.is_some_and(|ids| self.state.choices(ids).is_empty()) {
            let comparison = match sides.left {
                0 => comparison,
                _ => comparison.mirrored(),
            };
            self.compared(sides, Arc::new(comparison));
        }
    }

    /// Lays out what the next frame shows and asks for what it lacks.
    fn prepare(&mut self) -> Vec<Effect> {
        let mut effects = self.open_needed();
        effects.extend(self.prepare_browse());
        effects.extend(self.prepare_digest());
        match self.view {
            View::Compare => self.lay_out_comparison(),
            View::Quotes => self.lay_out_quotes(),
            View::Grid => self.prepare_grid(),
            View::Browse => {}
        }
        effects
    }

    /// The two reports that `compare` would compare: the two marked last, or the only two there are.
    pub fn pair(&self) -> Option<Sides<usize>> {
        match (self.list.marked.as_slice(), self.library.entries.len()) {
            ([.., a, b], _) => Some(Sides::new(*a, *b)),
            (_, 2) => {
                let order = &self.list.order;
                match (order.first(), order.get(1)) {
                    (Some(&a), Some(&b)) => Some(Sides::new(a, b)),
                    _ => Some(Sides::new(0, 1)),
                }
            }
            _ => None,
        }
    }

    /// What the pair has in common and not is shown beside the list unasked, so it is compared as soon as it is known.
    fn prepare_digest(&mut self) -> Vec<Effect> {
        match self.pair() {
            Some(sides) if self.progress.finished => self.ask_comparison(sides),
            _ => Vec::new(),
        }
    }

    fn ask_comparison(&mut self, sides: Sides<usize>) -> Vec<Effect> {
        if self.comparisons.contains_key(&sides) || !self.asked_comparisons.insert(sides) {
            return Vec::new();
        }
        let choices = self.ids(sides).map(|ids| self.state.choices(ids));
        let choices = choices.unwrap_or_default();
        vec![Effect::Compute(Job::Compare(sides, choices))]
    }

    fn ids(&self, sides: Sides<usize>) -> Option<Sides<ArticleId>> {
        let id = |number: usize| self.summary(number).map(|summary| summary.id);
        Some(Sides::new(id(sides.left)?, id(sides.right)?))
    }

    fn lay_out_comparison(&mut self) {
        let width = self.screen.width;
        let Some(comparing) = &mut self.comparing else {
            return;
        };
        let reports = Sides::new(
            self.library.report(ReportNo(comparing.reports.left)),
            self.library.report(ReportNo(comparing.reports.right)),
        );
        let (Some(left), Some(right)) = (reports.left, reports.right) else {
            return;
        };
        let both = Both {
            articles: Sides::new(&*left.article, &*right.article),
            annotations: Sides::new(
                left.annotations(&self.annotator),
                right.annotations(&self.annotator),
            ),
        };
        comparing.lay_out(both, width);
    }

    /// Returns which layers of marks are shown.
    pub fn layers(&self) -> MarkLayers {
        self.config.layers
    }

    /// Returns the first key of an action here; where it has none, the command that does the same.
    pub fn key_for(&self, action: Action) -> String {
        self.key_in(self.context(), action)
    }

    /// Returns the first key of an action in a context; where it has none, the command that does the same.
    pub fn key_in(&self, context: Context, action: Action) -> String {
        let keys = self.keymap.keys_of(context, action);
        keys.into_iter()
            .next()
            .unwrap_or_else(|| format!(":{}", action.name()))
    }

    /// Returns what of a report matches the filter.
    pub fn matched(&self, summary: &ReportSummary) -> Matched {
        if self.list.filter.is_empty() {
            return Matched::default();
        }
        let query = Query::parse(&self.list.filter);
        let (fields, tags) = summary.row();
        let (places, tag) = HIGHLIGHTER
            .with(|highlighter| highlighter.positions_with_asides(&fields, &tags, &query));
        let mut spans = fields.iter().zip(places);
        let mut next = || spans.next().map(|(field, places)| letters(field, places));
        Matched {
            label: next().unwrap_or_default(),
            outlet: next().unwrap_or_default(),
            tag: tag.and_then(|tag| Some(tags.get(tag)?.to_string())),
        }
    }
}

/// What of a report matches the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Letters of its label.
    pub label: Vec<Span>,
    /// Letters of its outlet.
    pub outlet: Vec<Span>,
    /// The tag that holds a word which neither does.
    pub tag: Option<String>,
}

thread_local! {
    // The matcher keeps its room from call to call; a frame asks it for each visible row.
    static HIGHLIGHTER: MatchHighlighter = MatchHighlighter::new();
}

/// Returns the letters of each of a row's `fields` that match `query`, as spans.
pub fn matched_in(query: &Query, fields: &[&str]) -> Vec<Vec<Span>> {
    let places = HIGHLIGHTER.with(|highlighter| highlighter.positions(fields, query));
    let both = fields.iter().zip(places);
    both.map(|(field, places)| letters(field, places)).collect()
}

/// Returns the letters with these numbers, which are in order.
fn letters(text: &str, places: Vec<usize>) -> Vec<Span> {
    let mut places = places.into_iter().peekable();
    let mut spans = Vec::new();
    for (number, (at, c)) in text.char_indices().enumerate() {
        if places.next_if_eq(&number).is_some() {
            spans.push(Span::new(at, at + c.len_utf8()));
        }
    }
    spans
}
