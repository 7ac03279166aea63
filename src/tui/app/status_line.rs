//! Draws the last line: what is being typed, what was just said, what is in focus, and the keys that matter here.

use ratatui::layout::{Position, Rect};

use crate::tui::action::Action;
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::key;
use crate::tui::prompt::Prompt;
use crate::tui::screen::{self, AreaParts};
use crate::tui::theme::Scope;
use crate::tui::view::{PromptLine, View};

use super::App;

/// Columns between two hints.
const GAP: u16 = 3;
/// Columns that hints always get beside a long text.
const HINT_ROOM: u16 = 10;

/// Hints that fill a wide line after those of the view, the most needed first.
const MORE_HINTS: [(Action, &str); 12] = [
    (Action::Grid, "coverage"),
    (Action::SearchTexts, "search texts"),
    (Action::Command, "commands"),
    (Action::Legend, "legend"),
    (Action::NextReport, "next report"),
    (Action::Facts, "facts"),
    (Action::Star, "star"),
    (Action::Notes, "notes"),
    (Action::Zoom, "zoom"),
    (Action::Quotes, "quotes"),
    (Action::Theme, "theme"),
    (Action::Quit, "quit"),
];

/// Draws the last line.
pub(super) fn draw(app: &App, canvas: &mut Canvas<'_>) {
    let area = screen::areas(app.shared.screen).status;
    if area.is_empty() {
        return;
    }
    canvas.wipe(area);
    match app.prompt_line() {
        Some(PromptLine::Typed {
            sign,
            prompt,
            notes,
        }) => {
            let at = draw_prompt(canvas, area, sign, prompt);
            draw_notes(app, canvas, area.inset(at - area.x, 0), &notes);
        }
        Some(PromptLine::Keys(keys)) => draw_keys(app, canvas, area, keys),
        None if !app.may_follow.is_empty() => draw_may_follow(app, canvas, area),
        None if app.count.is_some() => draw_count(app, canvas, area),
        None => draw_status(app, canvas, area),
    }
}

fn draw_status(app: &App, canvas: &mut Canvas<'_>, area: Rect) {
    let (left, scope) = status_words(app);
    let hints = PlacedHints::new(app, hint_area(&left, area));
    hints.draw(canvas);
    let width = hints.start.saturating_sub(area.x + GAP);
    canvas.put(area.x + 1, area.y, width, &cut(&left, width), scope);
}

/// Returns the message, or else what is in focus.
fn status_words(app: &App) -> (String, Scope) {
    let status = || open_view(app)?.status(&app.shared);
    match &app.message {
        Some(message) => (message.clone(), Scope::Text),
        None => (status().unwrap_or_default(), Scope::Status),
    }
}

/// Returns the room for the hints beside `words`.
fn hint_area(words: &str, area: Rect) -> Rect {
    let needed = columns(words).min(area.width.saturating_sub(HINT_ROOM));
    let room = area.width.saturating_sub(needed + GAP + 1);
    area.inset(area.width.saturating_sub(room), 0)
}

/// Returns the action whose key is shown on the last line at this place.
pub(super) fn action_at(app: &App, at: Position) -> Option<Action> {
    let area = screen::areas(app.shared.screen).status;
    if !area.contains(at) || app.prompt_line().is_some() || !app.may_follow.is_empty() {
        return None;
    }
    let (words, _) = status_words(app);
    let hints = PlacedHints::new(app, hint_area(&words, area));
    let mut hints = hints.hints.into_iter();
    let hint = hints.find(|hint| (hint.x..hint.end()).contains(&at.x));
    hint.map(|hint| hint.action)
}

/// Returns the view, unless something lies over it.
fn open_view(app: &App) -> Option<&dyn View> {
    let view = app.views.get(app.current());
    app.overlay.is_none().then_some(view)
}

/// A key that matters and the word for what it does, at its place.
struct PlacedHint {
    action: Action,
    key: String,
    word: &'static str,
    x: u16,
}

impl PlacedHint {
    /// Returns the column after it.
    fn end(&self) -> u16 {
        self.x + columns(&self.key) + 1 + columns(self.word)
    }
}

/// The position and the keys that matter, from the right.
struct PlacedHints {
    hints: Vec<PlacedHint>,
    position: Option<String>,
    /// The column where they begin.
    start: u16,
    area: Rect,
}

impl PlacedHints {
    fn new(app: &App, area: Rect) -> Self {
        let position = match &app.overlay {
            Some(overlay) => overlay.position(&app.shared),
            None => app.views.get(app.current()).position(&app.shared),
        };
        let mut width = 1 + position.as_ref().map_or(0, |it| columns(it) + GAP);
        let mut hints = fitting_hints(app, &mut width, area.width + 1);
        let has_room = |it: &String| columns(it) + 2 <= area.width;
        let position = position.filter(|it| !hints.is_empty() || has_room(it));
        let is_empty = hints.is_empty() && position.is_none();
        let taken = if is_empty { 0 } else { width.saturating_sub(2) };
        let start = area.right().saturating_sub(taken);
        let mut x = start + position.as_ref().map_or(0, |it| columns(it) + GAP);
        for hint in &mut hints {
            hint.x = x;
            x = hint.end() + GAP;
        }
        Self {
            hints,
            position,
            start,
            area,
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let (y, right) = (self.area.y, self.area.right());
        if let Some(position) = &self.position {
            let x = self.start;
            canvas.put(x, y, right.saturating_sub(x), position, Scope::Status);
        }
        for PlacedHint { key, word, x, .. } in &self.hints {
            let x = canvas.put(*x, y, right.saturating_sub(*x), key, Scope::StatusKey) + 1;
            canvas.put(x, y, right.saturating_sub(x), word, Scope::Status);
        }
    }
}

/// Returns the hints that fit into `room` columns beside the `width` taken so far; help comes last, and before all others where there is
/// little room.
fn fitting_hints(app: &App, width: &mut u16, room: u16) -> Vec<PlacedHint> {
    let context = app.key_context();
    let mut wanted = match &app.overlay {
        Some(overlay) => overlay.hints(),
        None => app.views.get(app.current()).hints(),
    };
    if app.overlay.is_none() {
        name_way_back(app, &mut wanted);
    }
    let last = match app.overlay {
        Some(_) => wanted.pop(),
        None => {
            let known: Vec<Action> = wanted.iter().map(|(action, _)| *action).collect();
            let more = MORE_HINTS.iter().copied();
            wanted
                .extend(more.filter(|(action, _)| action.fits(context) && !known.contains(action)));
            Some((Action::Help, "help"))
        }
    };
    let mut shown = Vec::new();
    for (action, word) in last.into_iter().chain(wanted) {
        let key = app.shared.key_in(context, action);
        let needed = |word: &str| columns(&key) + 1 + columns(word) + GAP;
        // The word "back" may fit where the name of the view does not.
        let short = if word.starts_with("back to ") {
            "back"
        } else {
            word
        };
        let mut words = [word, short].into_iter();
        if let Some(word) = words.find(|word| *width + needed(word) <= room) {
            *width += needed(word);
            shown.push(PlacedHint {
                action,
                key,
                word,
                x: 0,
            });
        }
    }
    if shown.len() > 1 {
        shown.rotate_left(1);
    }
    shown
}

/// Says of the key that leaves the view where it leads; that comes first in a report that another view than the list opened.
fn name_way_back(app: &App, hints: &mut Vec<(Action, &'static str)>) {
    let Some(back) = app.places.back() else {
        return;
    };
    let leaves = |hint: &(Action, &str)| matches!(hint.0, Action::Quit | Action::Close);
    let Some(at) = hints.iter().position(leaves) else {
        return;
    };
    let (action, word) = hints.remove(at);
    match action {
        // The list stands beside the report.
        Action::Close if back.is_list() => hints.insert(at, (action, word)),
        Action::Close => hints.insert(0, (action, back.back_words())),
        _ => hints.insert(at, (action, back.back_words())),
    }
}

/// Writes the keys typed so far and those that may follow.
fn draw_may_follow(app: &App, canvas: &mut Canvas<'_>, area: Rect) {
    let (y, right) = (area.y, area.right());
    let typed = key::write_keys(&app.typed);
    let mut x = canvas.put(1, y, right, &format!("{typed} …"), Scope::StatusKey);
    for (keys, action) in &app.may_follow {
        let doc = action.doc();
        let doc = doc.strip_prefix("go to the ").unwrap_or(doc);
        let mut wordings = [doc, action.name()].into_iter();
        let has_room = |words: &&str| x + GAP + columns(keys) + 1 + columns(words) <= right;
        let Some(words) = wordings.find(has_room) else {
            continue;
        };
        x = canvas.put(x + GAP, y, right - x, keys, Scope::StatusKey);
        x = canvas.put(x + 1, y, right - x, words, Scope::Status);
    }
}

/// Writes the number typed so far and what it is for.
fn draw_count(app: &App, canvas: &mut Canvas<'_>, area: Rect) {
    let count = app.count.unwrap_or_default();
    let down = app.shared.key_in(app.key_context(), Action::Down);
    let bottom = app.shared.key_in(app.key_context(), Action::Bottom);
    let x = canvas.put(
        area.x + 1,
        area.y,
        area.width,
        &format!("{count} …"),
        Scope::StatusKey,
    );
    let words = format!("{down} down {count}   {bottom} go to {count}   Esc cancel");
    canvas.put_cut(area.inset(x + GAP - area.x, 1), &words, Scope::Status);
}

/// Writes the message, or else the keys that matter while something is typed elsewhere on the screen.
fn draw_keys(app: &App, canvas: &mut Canvas<'_>, area: Rect, keys: String) {
    let (words, scope) = match &app.message {
        Some(message) => (message.clone(), Scope::Text),
        None => (keys, Scope::Status),
    };
    canvas.put_cut(area.inset(1, 0), &words, scope);
}

/// Writes the line being typed; returns the column after it.
fn draw_prompt(canvas: &mut Canvas<'_>, area: Rect, sign: &str, prompt: &Prompt) -> u16 {
    let x = canvas.put(area.x, area.y, area.width, sign, Scope::Prompt);
    let (end, at) = canvas.put_prompt(area.inset(x - area.x, 1), prompt);
    canvas.cursor = Some((at.min(area.right().saturating_sub(1)), area.y));
    end
}

/// Writes what is wrong with the line being typed, or else the notes about it, at the right end of `area`.
fn draw_notes(app: &App, canvas: &mut Canvas<'_>, area: Rect, notes: &[String]) {
    let room = area.width.saturating_sub(GAP + 1);
    let fitting = notes.iter().find(|words| columns(words) <= room);
    let words = fitting.or(notes.last()).map_or("", String::as_str);
    let (words, scope) = match &app.message {
        Some(message) => (message.as_str(), Scope::Error),
        None => (words, Scope::Dim),
    };
    let right = area.right().saturating_sub(1);
    canvas.put_right(area.x + GAP, right, area.y, &cut(words, room), scope);
}
