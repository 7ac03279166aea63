//! What lies over a view: the keys, what the colours mean, what could not be read.

use ratatui::layout::Rect;

use crate::compare::coverage::CoverageKind;
use crate::text::wrap;

use super::super::action::Context;
use super::super::app::panes;
use super::super::app::{App, Overlay};
use super::super::keymap::ActionKeys;
use super::super::theme::Scope;
use super::{Canvas, columns, cut, events, grid};

/// A line of an overlay: pieces with their scopes.
pub(super) type Piece = (String, Scope);

/// Draws the overlay, if there is one, over the body of the view.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let Some(overlay) = &canvas.app.overlay else {
        return;
    };
    let body = panes::frame(canvas.app.screen).body;
    canvas.wipe(body);
    let under_title = panes::frame(canvas.app.screen).rule;
    if !under_title.is_empty() {
        let rule = canvas.style(Scope::Rule);
        let line = "─".repeat(usize::from(under_title.width));
        canvas.put(under_title.x, under_title.y, under_title.width, &line, rule);
    }
    let area = Rect {
        x: body.x + 2.min(body.width),
        width: body.width.saturating_sub(4),
        ..body
    };
    if let Overlay::Pick(picker) = overlay {
        events::picker(canvas, picker, area);
        return;
    }
    let lines = lines(canvas.app, overlay, area.width);
    let top = canvas.app.overlay_scroll.top;
    for (y, line) in (area.top()..area.bottom()).zip(lines.iter().skip(top)) {
        let mut x = area.x;
        for (words, scope) in line {
            let style = canvas.style(*scope);
            x = canvas.put(x, y, area.right().saturating_sub(x), words, style);
        }
    }
    canvas.cursor = Some((area.x.min(body.right().saturating_sub(1)), area.y));
}

/// Returns how many lines the overlay has at the present width.
pub fn height(app: &App) -> usize {
    let width = panes::frame(app.screen).body.width.saturating_sub(4);
    app.overlay
        .as_ref()
        .map_or(0, |overlay| lines(app, overlay, width).len())
}

fn lines(app: &App, overlay: &Overlay, width: u16) -> Vec<Vec<Piece>> {
    match overlay {
        Overlay::Help(context, prompt) => help(app, *context, prompt.text(), width),
        Overlay::Legend => legend(app, width),
        Overlay::Failures => failures(app, width),
        Overlay::Why(reasons) => events::reasons(app, reasons, width),
        // It is drawn row by row: it may hold every report.
        Overlay::Pick(_) => Vec::new(),
    }
}

fn help(app: &App, context: Context, wanted: &str, width: u16) -> Vec<Vec<Piece>> {
    let wanted = wanted.to_lowercase();
    let mut lines = Vec::new();
    for (context, rows) in app.keymap.help(context) {
        let rows = rows.iter().filter(|row| {
            let keys = row.keys.join(" ");
            let all = format!("{} {} {keys}", row.action.name(), row.action.doc()).to_lowercase();
            wanted
                .split_whitespace()
                .all(|word| all.contains(word) || keys == word)
        });
        let mut body: Vec<Vec<Piece>> = rows.flat_map(|row| help_row(row, width)).collect();
        if !body.is_empty() {
            lines.push(vec![(heading(context).to_owned(), Scope::Headline)]);
            lines.append(&mut body);
            lines.push(Vec::new());
        }
    }
    if lines.is_empty() {
        lines.push(vec![(
            "no key and no command is called that".to_owned(),
            Scope::Dim,
        )]);
    }
    lines
}

/// The keys of one action and what it does, wrapped beside them; its name for `:` where there is room.
fn help_row(row: &ActionKeys, width: u16) -> Vec<Vec<Piece>> {
    let keys_width = if width >= 60 { 22 } else { 10.min(width / 2) };
    let keys = cut(&row.keys.join("  "), keys_width.saturating_sub(1));
    let name = (width >= 78).then(|| format!(":{}", row.action.name()));
    let room = width.saturating_sub(keys_width + name.as_ref().map_or(0, |name| columns(name) + 2));
    let doc = row.action.doc();
    let wrapped = wrap::wrap(doc, usize::from(room).max(8));
    let mut lines = Vec::new();
    for (at, part) in wrapped.into_iter().enumerate() {
        let shown = if at == 0 { keys.as_str() } else { "" };
        let pad = " ".repeat(usize::from(keys_width.saturating_sub(columns(shown))));
        let mut line = vec![
            (shown.to_owned(), Scope::StatusKey),
            (pad, Scope::Text),
            (part.of(doc).to_owned(), Scope::Text),
        ];
        if let Some(name) = name.as_ref().filter(|_| at == 0) {
            let used = keys_width + columns(part.of(doc)) + columns(name);
            line.push((
                " ".repeat(usize::from(width.saturating_sub(used))),
                Scope::Text,
            ));
            line.push((name.clone(), Scope::Dim));
        }
        lines.push(line);
    }
    lines
}

fn heading(context: Context) -> &'static str {
    match context {
        Context::Global => "Everywhere",
        Context::Move => "Moving about",
        Context::List => "In the list",
        Context::Reader => "In a report",
        Context::Compare => "In a comparison",
        Context::Quotes => "In the quotes",
        Context::Grid => "In the grid",
        Context::Help => "In help",
        Context::Prompt => "While typing",
    }
}

fn legend(app: &App, width: u16) -> Vec<Vec<Piece>> {
    let mut lines = vec![vec![("Marks in the text".to_owned(), Scope::Headline)]];
    let sample = |words: &str, scope: Scope, says: &str| -> Vec<Piece> {
        let wide = if width < 60 { 14_u16 } else { 26 };
        let pad = wide.saturating_sub(columns(words)).max(1);
        let room = width.saturating_sub(columns(words) + pad);
        vec![
            (words.to_owned(), scope),
            (" ".repeat(usize::from(pad)), Scope::Text),
            (cut(says, room), Scope::Text),
        ]
    };
    lines.push(sample(
        "“a quotation”",
        Scope::Quote,
        "words that somebody said",
    ));
    lines.push(sample(
        "a “fragment”",
        Scope::QuoteMixed,
        "quoted words inside the reporter's sentence",
    ));
    lines.push(sample(
        "a statement",
        Scope::Statement,
        "reported speech without quotation marks",
    ));
    lines.push(sample("a hit", Scope::Search, "what the search found"));
    lines.push(Vec::new());
    lines.push(vec![("Terms, by category".to_owned(), Scope::Headline)]);
    for category in app.annotator.lexicon().categories() {
        lines.push(sample(
            &category.label,
            Scope::term(category.color.name()),
            &format!("{} lexicon", category.lexicon),
        ));
    }
    lines.push(Vec::new());
    lines.push(vec![("In the list".to_owned(), Scope::Headline)]);
    lines.push(sample("•", Scope::Unread, "not read yet"));
    lines.push(vec![
        ("A".to_owned(), Scope::SideA),
        ("  ".to_owned(), Scope::Text),
        ("B".to_owned(), Scope::SideB),
        (" ".repeat(22), Scope::Text),
        (
            "what a comparison would lay side by side: the last two marked".to_owned(),
            Scope::Text,
        ),
    ]);
    lines.push(sample("★", Scope::Star, "starred"));
    lines.push(sample(
        "A label",
        Scope::Derived,
        "no headline is given: taken from the text",
    ));
    lines.push(Vec::new());
    lines.push(vec![("In a comparison".to_owned(), Scope::Headline)]);
    lines.push(sample(
        "type",
        Scope::DiffChanged,
        "words that differ in what both have",
    ));
    lines.push(sample(
        "tariffs",
        Scope::DiffShared,
        "words that related passages share",
    ));
    lines.push(sample(
        "=  ~  ·",
        Scope::GutterSame,
        "the same, likely the same, related",
    ));
    lines.push(sample("only", Scope::Only, "stands in one report alone"));
    lines.push(Vec::new());
    lines.push(vec![("In the grid".to_owned(), Scope::Headline)]);
    for how in CoverageKind::ALL {
        let (sign, scope) = grid::sign(how);
        let says = format!("{}: {}", how.name(), how.doc());
        lines.push(sample(sign, scope, &says));
    }
    lines
}

fn failures(app: &App, width: u16) -> Vec<Vec<Piece>> {
    if app.library.failures.is_empty() {
        return vec![vec![("everything could be read".to_owned(), Scope::Dim)]];
    }
    let mut lines = vec![vec![("Not read".to_owned(), Scope::Headline)]];
    for failure in &app.library.failures {
        let words = failure.to_string();
        for row in wrap::wrap(&words, usize::from(width).max(1)) {
            lines.push(vec![(row.of(&words).to_owned(), Scope::Text)]);
        }
    }
    lines
}
