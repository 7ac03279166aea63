//! The application: the stack of views and what lies over it. An event goes in, the view on top is updated, effects come out.
//!
//! Drawing only reads; whatever a frame needs (the lines of the open report, the rows of a comparison) is laid out by the views'
//! [`prepare`](super::view::View::prepare) beforehand.

mod app_line;
mod command;
mod counts;
pub mod export;
mod palette;
mod places;
mod prompt_help;
mod status_line;
mod title_line;
mod undo;
mod update;

use std::collections::HashSet;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::annotate::Annotator;
use crate::compare::Sides;
use crate::config::Config;
use crate::ingest::ReadFailure;
use crate::library::{Library, LibraryEntry, Report, ReportNo};
use crate::state::ReaderState;
use crate::system_error::describe;

use super::action::{Action, KeyContext};
use super::canvas::Canvas;
use super::effect::Effect;
use super::event::{Event, Progress};
use super::key::Key;
use super::keymap::Keymap;
use super::shared::event_groups;
use super::shared::report_list::ReportList;
use super::shared::{AT_ONCE, Comparisons, Shared};
use super::theme::{ColorDepth, Theme, Themes};
use super::view::overlay::{EventReasons, Overlay, OverlayContent, Picker};
use super::view::{Navigation, PromptLine, PromptOwner, UpdateContext, View, ViewKind, Views};
use super::worker::job::{AnnotateJob, Answer, ExportedFile, GroupJob, Job};
use app_line::AppLine;
use places::Places;

/// The application.
#[derive(Debug)]
pub struct App {
    /// State that all views share.
    pub shared: Shared,
    /// The views.
    pub views: Views,
    /// The view on the screen, and the ways out of it.
    places: Places,
    /// The page over the view.
    overlay: Option<Overlay>,
    /// The command or the file name that is being typed.
    line: Option<AppLine>,
    /// Keys of a sequence typed so far.
    typed: Vec<Key>,
    /// The keys that may follow them, and the action of each sequence.
    pub may_follow: Vec<(String, Action)>,
    /// Effects of this update, to be performed after it.
    effects: Vec<Effect>,
    /// One line, said until the next key.
    message: Option<String>,
    /// The place of the last press of the mouse; a second press there opens what the first one chose.
    pressed: Option<Position>,
    /// The names of files used last, by view.
    export_names: Vec<(ViewKind, String)>,
    /// The commands typed last, the newest first.
    commands: Vec<String>,
    /// The number typed before an action: how often to do it.
    count: Option<usize>,
    /// The line and the page that help lies over while something is typed; they come back when it is closed.
    covered: Option<(Option<AppLine>, Option<Overlay>)>,
}

/// The initial state of an application.
#[derive(Debug)]
pub struct AppOptions {
    /// Makes the marks.
    pub annotator: Arc<Annotator>,
    /// The settings.
    pub config: Config,
    /// The keys.
    pub keymap: Keymap,
    /// The themes to choose from.
    pub themes: Themes,
    /// The colours that the terminal has.
    pub depth: ColorDepth,
    /// The theme to begin with.
    pub theme: Theme,
    /// Read marks and places of the times before.
    pub state: ReaderState,
}

impl App {
    /// Returns an application without reports on a screen of this size.
    pub fn new(options: AppOptions, width: u16, height: u16) -> Self {
        let list = ReportList::new(options.config.sort, options.config.reverse_sort);
        let shared = Shared {
            library: Library::default(),
            annotator: options.annotator,
            config: options.config,
            keymap: options.keymap,
            themes: options.themes,
            depth: options.depth,
            theme: options.theme,
            state: options.state,
            screen: Rect::new(0, 0, width, height),
            progress: Progress::default(),
            list,
            events: Default::default(),
            comparisons: Comparisons::default(),
            undo: Vec::new(),
            being_read: HashSet::new(),
        };
        Self {
            shared,
            views: Views::default(),
            places: Places::new(),
            overlay: None,
            line: None,
            typed: Vec::new(),
            may_follow: Vec::new(),
            effects: Vec::new(),
            message: None,
            pressed: None,
            export_names: Vec::new(),
            commands: Vec::new(),
            count: None,
            covered: None,
        }
    }

    /// Returns the view on the screen.
    pub fn current(&self) -> ViewKind {
        self.places.current
    }

    /// Returns the context whose keys work now.
    pub fn key_context(&self) -> KeyContext {
        match (self.prompt_line(), &self.overlay) {
            (Some(_), _) => KeyContext::Prompt,
            (None, Some(_)) => KeyContext::Help,
            (None, None) => self.view_context(),
        }
    }

    /// Returns the context of the view on the screen, whatever lies over it.
    fn view_context(&self) -> KeyContext {
        self.views.get(self.current()).key_context()
    }

    /// Returns the line that is being typed.
    fn prompt_line(&self) -> Option<PromptLine<'_>> {
        let shared = &self.shared;
        match (&self.line, &self.overlay) {
            (Some(line), _) => line.prompt_line(shared),
            (None, Some(overlay)) => overlay.prompt_line(shared),
            (None, None) => self.views.get(self.current()).prompt_line(shared),
        }
    }

    /// Says something in the last line until the next key.
    pub fn say(&mut self, words: impl Into<String>) {
        self.message = Some(words.into());
    }

    /// Takes one event.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let is_by_hand = matches!(event, Event::Key(_) | Event::Mouse(_) | Event::Paste(_));
        let before = is_by_hand.then(|| self.places.visit(self.place()));
        match event {
            Event::Key(key) => self.on_key(key),
            Event::Mouse(mouse) => self.on_mouse(mouse),
            Event::Paste(text) => self.on_paste(&text),
            Event::Resize(width, height) => self.on_resize(width, height),
            Event::Redraw => self.effects.push(Effect::Redraw),
            Event::Terminate(_) | Event::TerminalLost => {
                self.effects.extend([Effect::Save, Effect::Quit]);
            }
            Event::Loaded(reports) => self.on_loaded(reports),
            Event::Failed(failures) => self.shared.library.failures.extend(failures),
            Event::Progress(progress) => self.on_progress(progress),
            Event::Opened(read) => self.on_all_opened(read),
            Event::Answer(answer) => self.on_answer(*answer),
        }
        self.uncover();
        if let Some(before) = before {
            let here = self.place();
            self.places.arrive(before, &here);
        }
        self.prepare();
        self.note_selected();
        std::mem::take(&mut self.effects)
    }

    /// Updates the view on the screen, and goes where it asks to go.
    fn in_view<T>(&mut self, update: impl FnOnce(&mut dyn View, &mut UpdateContext<'_>) -> T) -> T {
        let kind = self.current();
        self.with_context(|views, _, cx| update(views.get_mut(kind), cx))
    }

    /// Runs an update of a view or of what lies over it, and goes where it asks to go.
    fn with_context<T>(
        &mut self,
        update: impl FnOnce(&mut Views, &mut Option<Overlay>, &mut UpdateContext<'_>) -> T,
    ) -> T {
        let key_context = self.key_context();
        let mut navigation = Vec::new();
        let mut cx = UpdateContext {
            shared: &mut self.shared,
            key_context,
            message: &mut self.message,
            effects: &mut self.effects,
            navigation: &mut navigation,
        };
        let done = update(&mut self.views, &mut self.overlay, &mut cx);
        for navigation in navigation {
            self.navigate(navigation);
        }
        done
    }

    fn navigate(&mut self, navigation: Navigation) {
        match navigation {
            Navigation::Leave => {
                self.leave_view();
            }
            Navigation::Read(report, target) => {
                self.open_view(ViewKind::Browse);
                self.with_context(|views, _, cx| {
                    views.browse.read(report, target, cx);
                });
            }
            Navigation::Compare(sides) => self.open_comparison(sides),
            Navigation::PickRight(sides) => {
                let content = OverlayContent::Pick(Picker::new(sides, &self.shared));
                self.overlay = Some(Overlay::new(content));
            }
            Navigation::ShowFacts(report) => self.toggle_overlay(OverlayContent::Facts(report)),
            Navigation::CloseOverlay => self.overlay = None,
            Navigation::Export => self.open_export(),
            Navigation::SearchList => {
                if !self.views.browse.list.filter.is_empty() {
                    self.with_context(|views, _, cx| views.browse.list.search(cx));
                }
            }
        }
    }

    /// Puts a view on the screen; leaving it goes back to where the reader is now.
    fn open_view(&mut self, kind: ViewKind) {
        self.overlay = None;
        if self.current() != kind {
            let from = self.place();
            self.places.open(kind, from);
            self.in_view(|view, cx| view.on_enter(cx));
        }
    }

    fn open_comparison(&mut self, sides: Sides<ReportNo>) {
        self.open_view(ViewKind::Compare);
        self.with_context(|views, _, cx| views.compare.open(sides, cx));
    }

    fn on_resize(&mut self, width: u16, height: u16) {
        let was_in_sight = self.views.compare.has_focus_in_sight(&self.shared);
        self.shared.screen = Rect::new(0, 0, width, height);
        if was_in_sight {
            self.views.compare.bring_focus_back(&self.shared);
        }
    }

    fn on_loaded(&mut self, reports: Vec<LibraryEntry>) {
        let from = self.shared.total();
        self.effects
            .push(Effect::Compute(Job::Add(reports.clone())));
        self.shared.library.entries.extend(reports);
        self.with_context(|views, _, cx| views.browse.add_reports(from, cx));
        self.search_again();
    }

    /// Asks again for what the view on the screen searches: there is more to search.
    fn search_again(&mut self) {
        let kind = self.current();
        self.with_context(|views, _, cx| match kind {
            ViewKind::Quotes => views.quotes.search_again(cx),
            ViewKind::Notes => views.notes.gather(cx.shared),
            _ if !views.browse.list.filter.is_empty() => views.browse.list.search(cx),
            _ => {}
        });
    }

    /// Notes the selected report for the next run, where the program ends now.
    fn note_selected(&mut self) {
        let ends = |effect: &Effect| matches!(effect, Effect::Quit);
        let shared = &mut self.shared;
        let selected = shared.list.current().filter(|_| shared.list.moved);
        let selected = selected.and_then(|number| shared.summary(number));
        if let Some(id) = selected.map(|summary| summary.id)
            && self.effects.iter().any(ends)
        {
            shared.state.set_left(id);
        }
    }

    /// Selects the report that was selected at the end of the last run, unless the reader chose another meanwhile.
    fn select_last_left(&mut self) {
        let shared = &mut self.shared;
        let ids = shared.library.entries.iter().map(|entry| entry.summary.id);
        let last = shared.state.last_left(ids).filter(|_| !shared.list.moved);
        if let Some(place) = last {
            shared.list.select(ReportNo(place));
        }
    }

    fn on_progress(&mut self, progress: Progress) {
        self.shared.progress = progress;
        let reports = self.shared.total();
        if progress.finished && reports == 0 {
            // An empty screen would tell nothing that the shell cannot tell better.
            self.effects.push(Effect::Quit);
        }
        if progress.finished {
            self.select_last_left();
            self.effects.push(Effect::Compute(Job::Gather));
        }
        if !progress.finished || self.shared.events.asked || reports < event_groups::FEWEST_REPORTS
        {
            return;
        }
        self.shared.events.asked = true;
        let job = GroupJob::Events(self.shared.library.entries.clone());
        self.effects.push(Effect::Compute(job.into()));
    }

    /// Takes reports that were read again; of those that are lost, the first is said.
    fn on_all_opened(&mut self, read: Vec<(ReportNo, Result<Report, ReadFailure>)>) {
        let known = self.shared.library.failures.len();
        for (number, read) in read {
            self.shared.library.put(number, read);
        }
        if let Some(failure) = self.shared.library.failures.get(known) {
            self.message = Some(failure.to_string());
        }
    }

    /// Takes a report that a worker read again; of one that is lost it is said once.
    fn on_opened(&mut self, number: ReportNo, read: Result<Report, ReadFailure>) {
        self.shared.being_read.remove(&number);
        if let Err(failure) = &read {
            if self.shared.library.lost(number).is_some() {
                return;
            }
            self.message = Some(failure.to_string());
        }
        self.shared.library.put(number, read);
    }

    fn on_answer(&mut self, answer: Answer) {
        match answer {
            Answer::Opened(number, read) => self.on_opened(number, read),
            Answer::Compared(sides, comparison) => {
                self.shared.comparisons.insert(sides, comparison);
                self.with_context(|views, _, cx| {
                    views.compare.on_comparison(sides, cx);
                });
            }
            Answer::Exported(path, file) => match file {
                Ok(ExportedFile { contents, lost }) => {
                    let without = lost.len();
                    for (number, failure) in lost {
                        self.on_opened(number, Err(failure));
                    }
                    self.effects.push(Effect::Write {
                        path,
                        contents,
                        without,
                    });
                }
                Err(error) => self.say(format!(
                    "not saved: {}: {}",
                    path.display(),
                    describe(&error)
                )),
            },
            Answer::Reasons(report, reasons) => {
                // Another key may have led elsewhere since.
                if self.key_context() == KeyContext::List {
                    let reasons = EventReasons::new(report, reasons, &self.shared);
                    self.overlay = Some(Overlay::new(OverlayContent::Why(reasons)));
                }
            }
            Answer::Gathered => self.search_again(),
            Answer::NotSaved(why) => self.say(why.to_string()),
            Answer::SavedAgain => self.say("marks and places are saved again"),
            Answer::Fault(words) => self.say(format!("internal error: {words}")),
            other => self.with_context(|views, overlay, cx| {
                let other = match overlay {
                    Some(overlay) => overlay.take_answer(other),
                    None => Some(other),
                };
                if let Some(other) = other {
                    views.take_answer(other, cx);
                }
            }),
        }
    }

    /// Opens the reports that the next frame shows, lays it out, and asks for what it lacks.
    fn prepare(&mut self) {
        self.open_needed();
        self.in_view(|view, cx| view.prepare(cx));
    }

    /// Asks for the closed reports that the next frame shows: short ones are read before it is drawn, long ones by a worker.
    fn open_needed(&mut self) {
        let kind = self.current();
        let shared = &mut self.shared;
        let needed = self.views.get(kind).needed_reports(shared);
        let closed = shared.library.retain_open(&needed);
        let is_short = |&number: &ReportNo| {
            let summary = shared.library.summary(number);
            summary.is_some_and(|summary| summary.bytes <= AT_ONCE)
        };
        let (short, long): (Vec<ReportNo>, Vec<ReportNo>) = closed.into_iter().partition(is_short);
        if !short.is_empty() {
            self.effects.push(Effect::Open(short));
        }
        for number in long {
            if shared.being_read.insert(number) {
                self.effects
                    .push(Effect::Compute(AnnotateJob::Open(number).into()));
            }
        }
    }

    /// Whether anything on the screen may look other after `event`: reports that are read ahead change nothing.
    pub fn shows(&self, event: &Event) -> bool {
        let Event::Answer(answer) = event else {
            return true;
        };
        match &**answer {
            Answer::Annotated(annotated) => {
                let browse = &self.views.browse;
                browse.shows_any(&annotated.counted, &self.shared)
            }
            _ => true,
        }
    }

    /// Draws the whole screen.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        if frame.area().is_empty() || self.shared.screen.is_empty() {
            return;
        }
        let mut canvas = Canvas {
            shared: &self.shared,
            buffer: frame.buffer_mut(),
            cursor: None,
        };
        title_line::draw(self, &mut canvas);
        self.views.get(self.current()).draw(&mut canvas);
        if let Some(overlay) = &self.overlay {
            overlay.draw(&mut canvas);
        }
        status_line::draw(self, &mut canvas);
        if let Some(line) = &self.line {
            line.draw(&mut canvas);
        }
        if let Some(at) = canvas.cursor {
            frame.set_cursor_position(at);
        }
    }
}
