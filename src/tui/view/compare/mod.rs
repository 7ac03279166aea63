//! Two reports side by side: which ones, how they are laid out, and where the reader stands in them.
//!
//! A worker compares them; the answer stands in [`Comparisons`](crate::tui::shared::Comparisons), and this view holds it as its own
//! sides see it. Rows and full texts are laid out before a frame and kept until the width or the comparison changes.

mod copy;
mod draw;
mod findings;
mod focus;
mod full_texts;
mod layout;
mod link;
mod place;
mod rows;
mod search;
mod update;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Position;

use crate::compare::{Comparison, Side, Sides};
use crate::library::{Report, ReportNo};
use crate::report::{self, ComparedReports, OutputFormat};
use crate::tui::action::{Action, KeyContext};
use crate::tui::canvas::Canvas;
use crate::tui::prompt::Prompt;
use crate::tui::shared::Shared;
use crate::tui::view::{ExportOffer, ScrollDistance, UpdateContext, View};
use crate::tui::words::counted;
pub use findings::{Finding, FindingKind, Findings};
pub use focus::CompareFocus;
pub use full_texts::FullTexts;
pub use layout::CompareAreas;
pub use place::ComparePlace;
use rows::RowSource;
pub use rows::{CellLine, LaidOutRow, RowFilter, RowLayout};
pub use search::CompareSearch;

/// The two ways of laying two reports out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompareMode {
    /// Corresponding passages in the same row.
    #[default]
    Rows,
    /// Both texts whole, each in its own order.
    FullTexts,
}

/// The differences that are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DifferenceList {
    /// The sure ones.
    #[default]
    Sure,
    /// The unsure ones too.
    All,
    /// None: the list takes no room.
    Hidden,
}

/// The comparison on the screen.
#[derive(Clone, Debug, Default)]
pub struct CompareView {
    /// The two reports; `None` until the first are compared.
    pub reports: Option<Sides<ReportNo>>,
    /// The differences and pairs found; `None` while the worker is at it.
    pub comparison: Option<Arc<Comparison>>,
    /// Rows or full texts.
    pub mode: CompareMode,
    /// The side whose order the rows follow.
    pub order: Side,
    /// The kinds of rows that are shown.
    pub filter: RowFilter,
    /// The rows laid out, for that mode.
    pub rows: RowLayout,
    /// Both texts laid out, for that mode.
    pub texts: FullTexts,
    /// Whether each side scrolls alone.
    pub scrolls_apart: bool,
    /// The side that moves when they scroll apart.
    pub active: Side,
    /// The thing in focus.
    pub focus: Option<CompareFocus>,
    /// The differences as they are listed and marked.
    pub findings: Findings,
    /// The search, if there is one.
    pub search: Option<CompareSearch>,
    /// Whether words that related passages share are marked too.
    pub shows_shared: bool,
    /// The differences in the list below.
    pub list: DifferenceList,
    /// Whether the strips are left out above.
    pub strips_hidden: bool,
    /// The passage that waits for its partner to be named, by side and number.
    pub linking: Option<(Side, usize)>,
    /// The search line, while it is being typed.
    typing: Option<Prompt>,
    /// The place where the search began: each letter typed looks from there on.
    searched_from: (usize, Side, usize),
    /// The thing that was in focus when the search began.
    before_search: Option<CompareFocus>,
}

impl DifferenceList {
    /// Returns the comparison with the differences that are listed.
    fn apply(self, comparison: Option<&Arc<Comparison>>) -> Option<Arc<Comparison>> {
        let comparison = comparison?;
        Some(match self {
            DifferenceList::All => Arc::new((**comparison).clone().with_unsure()),
            _ => Arc::clone(comparison),
        })
    }
}

impl CompareView {
    /// Shows two reports; where they are shown already, the reader stays where they are.
    pub fn open(&mut self, sides: Sides<ReportNo>, cx: &mut UpdateContext<'_>) {
        if self.reports == Some(sides) {
            return;
        }
        *self = Self {
            reports: Some(sides),
            comparison: cx.shared.comparisons.get(sides).cloned(),
            ..Self::default()
        };
        cx.ask_comparison(sides);
    }

    /// Takes the comparison of `sides`, which was made just now, if it is about the reports shown here, on whichever side.
    pub fn on_comparison(&mut self, sides: Sides<ReportNo>, cx: &mut UpdateContext<'_>) {
        if let Some(own) = self.reports
            && (own == sides || own == sides.swapped())
        {
            self.comparison = self.list.apply(cx.shared.comparisons.get(own));
            self.focus = None;
            self.search = None;
            self.rows.invalidate();
        }
    }

    /// Whether the thing in focus is on the screen, where it is to stay when the screen gets another size.
    pub fn has_focus_in_sight(&self, shared: &Shared) -> bool {
        let height = self.row_lines(shared.screen);
        self.mode == CompareMode::Rows && self.focus_in_sight(height).is_some()
    }

    /// Brings the thing in focus onto the screen after it got another size.
    pub fn bring_focus_back(&mut self, shared: &Shared) {
        self.lay_out(shared);
        self.show_focus(self.row_lines(shared.screen));
    }

    /// Returns the two reports if both are open.
    fn open_reports<'a>(&self, shared: &'a Shared) -> Option<Sides<&'a Report>> {
        self.reports?.try_map(|number| shared.report(number))
    }

    /// Lays both modes out for the present screen, if that was not done yet.
    fn lay_out(&mut self, shared: &Shared) {
        let (Some(comparison), Some(reports)) = (&self.comparison, self.open_reports(shared))
        else {
            return;
        };
        let articles = reports.map(|report| &*report.article);
        if !self.findings.are_of(comparison) {
            self.findings = Findings::new(comparison, articles);
            self.texts.pair_up(comparison);
            self.rows.invalidate();
        }
        // A report that was closed and opened again has lost its marks, and the steps from mark to mark need them.
        let marks = reports.map(|report| report.annotations(&shared.annotator));
        let area = self.areas(shared.screen).rows;
        self.texts.lay_out(articles, comparison, area);
        if self.rows.width != area.width {
            let source = RowSource {
                comparison,
                findings: &self.findings,
                articles,
                marks,
                filter: self.filter,
                order: self.order,
            };
            self.rows.lay_out(&source, area);
        }
    }
}

impl View for CompareView {
    fn key_context(&self) -> KeyContext {
        KeyContext::Compare
    }

    fn scroll(&mut self, distance: ScrollDistance, cx: &mut UpdateContext<'_>) {
        let height = self.row_lines(cx.shared.screen);
        let (side, lines) = (self.active, distance.lines(height));
        match (self.mode, &self.comparison) {
            (CompareMode::FullTexts, Some(comparison)) => {
                match distance {
                    ScrollDistance::Lines(n) => self.texts.step(n, side, comparison),
                    _ => self.texts.step_lines(lines, side, comparison),
                }
                self.settle(height);
            }
            _ if self.scrolls_apart => {
                self.rows.scroll[side].by(lines, height, self.rows.height);
            }
            _ => {
                self.rows.scroll.left.by(lines, height, self.rows.height);
                self.rows.scroll.right = self.rows.scroll.left;
            }
        }
    }

    fn act(&mut self, action: Action, cx: &mut UpdateContext<'_>) -> bool {
        self.perform(action, cx).is_some()
    }

    fn step_pane(&mut self, _by: isize, cx: &mut UpdateContext<'_>) -> bool {
        self.active = self.active.other();
        let letter = self.active.letter();
        cx.say(
            match self.mode == CompareMode::Rows && !self.scrolls_apart {
                true => format!("side {letter} is active"),
                false => format!("side {letter} scrolls"),
            },
        );
        true
    }

    fn compare(&mut self, cx: &mut UpdateContext<'_>) -> bool {
        cx.say_idle(Action::Compare);
        true
    }

    fn back(&mut self, cx: &mut UpdateContext<'_>) -> bool {
        if self.linking.take().is_some() {
            cx.say("linking cancelled");
            return true;
        }
        let had_search = self.search.take().is_some();
        self.focus
            .take_if(|focus| matches!(focus, CompareFocus::Hit(_)));
        had_search
    }

    fn turn_wheel(&mut self, at: Position, lines: isize, cx: &mut UpdateContext<'_>) {
        if self.finding_at(at, cx.shared.screen).is_some() {
            self.step_difference(lines.signum(), cx);
            return;
        }
        // Line by line as with the keys: full texts move by passages and settle after each.
        for _ in 0..lines.unsigned_abs() {
            self.scroll(ScrollDistance::Lines(lines.signum()), cx);
        }
    }

    /// Puts in focus what was clicked on: a line of the list of differences, a cell of a strip, or a passage.
    fn press(&mut self, at: Position, cx: &mut UpdateContext<'_>) {
        let screen = cx.shared.screen;
        if let Some(finding) = self.finding_at(at, screen) {
            self.focus = Some(CompareFocus::Finding(finding));
        } else if let Some((side, passage)) = self.passage_at(at, screen) {
            self.focus = Some(CompareFocus::Passage(side, passage));
        } else {
            let clicked = match self.mode {
                CompareMode::Rows => self.row_passage_at(at, screen),
                CompareMode::FullTexts => self.text_passage_at(at, screen),
            };
            let Some((side, passage)) = clicked else {
                return;
            };
            self.focus = Some(CompareFocus::Passage(side, passage));
        }
        self.show_focus(self.row_lines(screen));
    }

    fn needed_reports(&self, _shared: &Shared) -> Vec<ReportNo> {
        let sides = self.reports.into_iter();
        sides.flat_map(|sides| [sides.left, sides.right]).collect()
    }

    fn prepare(&mut self, cx: &mut UpdateContext<'_>) {
        self.lay_out(cx.shared);
    }

    fn title(&self, _shared: &Shared) -> String {
        " · compare".to_owned()
    }

    fn position(&self, shared: &Shared) -> Option<String> {
        self.reports?;
        let height = self.row_lines(shared.screen);
        let percent = self.rows.scroll.left.percent(height, self.rows.height);
        Some(format!("{percent}%"))
    }

    fn status(&self, shared: &Shared) -> Option<String> {
        self.comparison.as_ref()?;
        if let Some((side, _)) = self.linking {
            let (from, to) = (side.letter(), side.other().letter());
            return Some(format!("linking a passage of {from} to one of {to}"));
        }
        let apart = match self.scrolls_apart {
            true => " · separate scrolling",
            false => "",
        };
        let words = self.focus_words(shared);
        let words = words.unwrap_or_else(|| counted(self.findings.all.len(), "difference"));
        Some(format!("{words}{apart}"))
    }

    fn hints(&self) -> Vec<(Action, &'static str)> {
        vec![
            (Action::NextDifference, "difference"),
            (Action::Quit, "back"),
            (Action::NextOnly, "only in one"),
            (Action::Open, "open"),
            (Action::Copy, "copy"),
            (Action::Search, "search"),
            (Action::Lanes, "rows"),
            (Action::ViewMode, "full texts"),
            (Action::Swap, "swap"),
            (Action::Export, "export"),
        ]
    }

    fn export_offer(&self) -> Option<ExportOffer> {
        Some(ExportOffer {
            name: "comparison.html",
            formats: &report::COMPARE,
        })
    }

    fn export(&mut self, path: PathBuf, format: OutputFormat, cx: &mut UpdateContext<'_>) {
        let mut out = Vec::new();
        let reports = self.open_reports(cx.shared);
        let written = match reports.zip(self.comparison.as_deref()) {
            Some((reports, comparison)) => {
                let compared = ComparedReports {
                    reports,
                    comparison,
                    failures: &[],
                };
                report::compare(&compared, cx.shared.print_options(), format, &mut out)
            }
            None => Err(io::Error::other("the comparison is not finished yet")),
        };
        cx.write_file(path, written.map(|()| out));
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        draw::draw(self, canvas);
    }
}
