//! Choosing the right side of a comparison from a list, the reports of the same event first.

use ratatui::layout::{Position, Rect};

use crate::compare::Sides;
use crate::library::{ReportNo, ReportSummary};
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::scroll::moved;
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::view::{Navigation, PromptLine, PromptOwner, UpdateContext};
use crate::tui::words;
use crate::tui::worker::job::{FilterResults, MatchJob};

/// Columns of the longest outlet beside a report.
const OUTLET: u16 = 24;

/// The reports that the right side of a comparison is chosen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picker {
    /// The report on the left, which is not among them.
    left: ReportNo,
    /// The words typed to narrow them.
    prompt: Prompt,
    /// The reports that match.
    found: Vec<ReportNo>,
    /// The row selected.
    selected: usize,
}

impl Picker {
    /// Returns the list of all reports to choose from, the one on the right selected.
    pub fn new(sides: Sides<ReportNo>, shared: &Shared) -> Self {
        let found = shared.event_first(sides.left);
        let selected = found.iter().position(|&report| report == sides.right);
        Self {
            left: sides.left,
            prompt: Prompt::default(),
            found,
            selected: selected.unwrap_or(0),
        }
    }

    /// Takes the reports that match a query if that is what is typed; a report chosen by hand stays selected.
    pub fn take_results(&mut self, results: &FilterResults) -> bool {
        if self.prompt.text() != results.query {
            return false;
        }
        let chosen = self.found.get(self.selected).copied();
        let chosen = chosen.filter(|_| self.selected > 0);
        self.found.clone_from(&results.reports);
        self.found.retain(|&report| report != self.left);
        let row = chosen.and_then(|chosen| self.found.iter().position(|&row| row == chosen));
        self.selected = row.unwrap_or(0);
        true
    }

    fn search(&mut self, cx: &mut UpdateContext<'_>) {
        self.selected = 0;
        if self.prompt.is_empty() {
            self.found = cx.shared.event_first(self.left);
        }
        cx.compute(MatchJob::Filter(self.prompt.text().to_owned()));
    }

    /// Chooses the report that is drawn at a place of `area`.
    pub(super) fn press(&mut self, at: Position, area: Rect, cx: &mut UpdateContext<'_>) {
        let rows = usize::from(area.height).max(1);
        let top = self.selected / rows * rows;
        let row = top + usize::from(at.y.saturating_sub(area.y));
        if area.contains(at) && row < self.found.len() {
            self.selected = row;
            self.on_prompt(PromptEvent::Submitted, cx);
        }
    }

    /// Draws the reports, a line each.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) {
        if self.found.is_empty() {
            canvas.put(area.x, area.y, area.width, "no match", Scope::Dim);
        }
        let rows = usize::from(area.height).max(1);
        let grouping = canvas.shared.events.found.clone();
        let similar = |report| {
            let grouping = grouping.as_ref()?;
            Some(grouping.likeness(self.left, report))
        };
        // A page at a time: the eye keeps its place while the choice moves.
        let top = self.selected / rows * rows;
        let reports = self.found.iter().enumerate().skip(top);
        for (area, (row, &report)) in area.rows().zip(reports) {
            let mut scope = Scope::Text;
            if row == self.selected {
                scope = Scope::Selected;
                canvas.put(area.x, area.y, 1, "▌", scope);
                canvas.cursor = Some((area.x, area.y));
            }
            let event = canvas.shared.events.event_of(self.left);
            let relation = ReportRelation {
                is_same_event: event.contains(&report),
                similar: similar(report),
            };
            if let Some(summary) = canvas.shared.summary(report) {
                draw_report(canvas, area, summary, relation, scope);
            }
        }
    }
}

/// The relation of a report to the one on the left.
#[derive(Clone, Copy, Debug)]
struct ReportRelation {
    is_same_event: bool,
    /// The similarity of the two, from 0 to 1, where that is known.
    similar: Option<f32>,
}

/// Draws the outlet, the headline, and at the right end the date and what the report has to do with the one on the left.
fn draw_report(
    canvas: &mut Canvas<'_>,
    area: Rect,
    summary: &ReportSummary,
    relation: ReportRelation,
    scope: Scope,
) {
    let (x, right) = (area.x + 3, area.right());
    let percent = relation
        .similar
        .map(|similar| format!("{:>3}% similar", (100.0 * similar).round() as i32))
        .unwrap_or_default();
    let event = match relation.is_same_event {
        true => "same event  ",
        false => "",
    };
    let date = words::date(summary.published);
    let asides = [
        format!("{date}  {event}{percent}"),
        format!("{event}{percent}"),
        percent,
    ];
    // The outlet and enough of the headline go before them.
    let fitting = asides.iter().find(|aside| columns(aside) <= area.width / 3);
    let aside = fitting.map_or("", |aside| aside.trim_end());
    let end = canvas.put_right(x, right, area.y, aside, Scope::Meta);
    let room = end.unwrap_or(right).saturating_sub(x + 2);
    let (outlet, style) = match &summary.outlet {
        Some(outlet) => (outlet.as_str(), Scope::Outlet),
        None => ("", Scope::Meta),
    };
    let outlet = cut(outlet, OUTLET.min(room / 2));
    let mut at = canvas.put(x, area.y, room, &outlet, style);
    if at > x {
        at += 2;
    }
    let room = (x + room).saturating_sub(at);
    canvas.put(at, area.y, room, &cut(&summary.label, room), scope);
}

impl PromptOwner for Picker {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        Some(&mut self.prompt)
    }

    fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        match event {
            PromptEvent::Edited => self.search(cx),
            PromptEvent::Moved(rows) => {
                self.selected = moved(self.selected, rows, self.found.len());
            }
            PromptEvent::Submitted | PromptEvent::Cancelled => {
                cx.go(Navigation::CloseOverlay);
                // The search here ended that of the list.
                cx.go(Navigation::SearchList);
                let chosen = self.found.get(self.selected).copied();
                if let Some(right) = chosen.filter(|_| event == PromptEvent::Submitted) {
                    let sides = Sides::new(self.left, right);
                    // Leaving goes back to the view that the comparison was opened from.
                    cx.go(Navigation::Compare(sides));
                }
            }
            PromptEvent::OtherKey(_) => {}
        }
    }

    fn prompt_line(&self, _shared: &Shared) -> Option<PromptLine<'_>> {
        Some(PromptLine::Typed {
            sign: "B: ",
            prompt: &self.prompt,
            notes: [
                "↑↓ select   Enter compare   Esc cancel",
                "Enter compare   Esc cancel",
                "Enter compare",
            ]
            .map(str::to_owned)
            .into(),
        })
    }
}
