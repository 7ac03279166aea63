//! The last line: what is being typed, what was just said, what is in focus, and the keys that matter here.

use crate::annotate::quote::{Quote, QuoteKind, Speaker, SpeakerBasis};
use crate::library::Report;
use crate::text::grapheme;

use super::super::action::{Action, Context};
use super::super::app::command::candidates;
use super::super::app::panes::Pane;
use super::super::app::reader::Focus;
use super::super::app::{App, Line, Overlay, View};
use super::super::prompt::Prompt;
use super::super::theme::Scope;
use super::{Canvas, columns, counted, cut, grouped};

/// Draws the last line.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let app = canvas.app;
    let area = super::super::app::panes::frame(app.screen).status;
    if area.is_empty() {
        return;
    }
    canvas.wipe(area);
    if let Some(line) = &app.line {
        typing(canvas, line);
        return;
    }
    let status = canvas.style(Scope::Status);
    if !app.may_follow.is_empty() {
        may_follow(canvas);
        return;
    }
    let left = app
        .message
        .clone()
        .or_else(|| focus_words(app))
        .unwrap_or_default();
    let style = if app.message.is_some() {
        canvas.style(Scope::Text)
    } else {
        status
    };
    let needed = columns(&left);
    let room = area
        .width
        .saturating_sub(needed.min(area.width.saturating_sub(10)) + 4);
    let x = hints(
        canvas,
        area.x + area.width.saturating_sub(room),
        area.right(),
    );
    let width = x.saturating_sub(area.x + 3);
    canvas.put(area.x + 1, area.y, width, &cut(&left, width), style);
}

/// Writes the position and the keys that matter, from the right; returns where they begin.
fn hints(canvas: &mut Canvas<'_>, left: u16, right: u16) -> u16 {
    let app = canvas.app;
    let y = app.screen.bottom().saturating_sub(1);
    let (key_style, style) = (canvas.style(Scope::StatusKey), canvas.style(Scope::Status));
    let mut shown: Vec<(String, &str)> = Vec::new();
    let mut width = 1;
    let place = position(app);
    if let Some(place) = &place {
        width += columns(place) + 3;
    }
    let wanted = keys_that_matter(app);
    let help = wanted.last().copied();
    for (action, word) in help
        .into_iter()
        .chain(wanted.iter().copied().rev().skip(1).rev())
    {
        let key = app.key_for(action);
        let needed = columns(&key) + 1 + columns(word) + 3;
        if width + needed <= right.saturating_sub(left) + 1 {
            width += needed;
            shown.push((key, word));
        }
    }
    if shown.len() > 1 {
        shown.rotate_left(1);
    }
    if shown.is_empty()
        && place
            .as_ref()
            .is_none_or(|place| columns(place) + 2 > right.saturating_sub(left))
    {
        return right;
    }
    let start = right.saturating_sub(width.saturating_sub(2));
    let mut x = start;
    if let Some(place) = place {
        x = canvas.put(x, y, right - x, &place, style) + 3;
    }
    for (at, (key, word)) in shown.iter().enumerate() {
        if at > 0 {
            x += 3;
        }
        x = canvas.put(x, y, right.saturating_sub(x), key, key_style) + 1;
        x = canvas.put(x, y, right.saturating_sub(x), word, style);
    }
    start
}

fn position(app: &App) -> Option<String> {
    if app.overlay.is_some() {
        return None;
    }
    match (app.view, app.focus) {
        (View::Browse, Pane::Reader) => {
            let height = usize::from(app.panes().reader.height);
            Some(format!(
                "{}%",
                app.reader
                    .scroll
                    .percent(height, app.reader.page.lines.len())
            ))
        }
        (View::Browse, Pane::List) => {
            let total = app.shown();
            (total > 0).then(|| format!("{}/{total}", app.list.selected + 1))
        }
        (View::Compare, _) => {
            let comparing = app.comparing.as_ref()?;
            let height = usize::from(super::compare::areas(app).rows.height);
            Some(format!(
                "{}%",
                comparing
                    .scroll
                    .left
                    .percent(height, comparing.sheet.height)
            ))
        }
        (View::Grid, _) => super::grid::position(app),
        (View::Quotes, _) => {
            let shown = app.quotes.found.as_ref()?.shown;
            (shown > 0).then(|| format!("{}/{shown}", app.quotes.selected + 1))
        }
    }
}

/// The keys that a stranger needs here, the most needed first; help comes last and always.
fn keys_that_matter(app: &App) -> Vec<(Action, &'static str)> {
    let mut keys = match app.context() {
        Context::List => vec![
            (Action::Open, "read"),
            (Action::Compare, "compare"),
            (Action::Quotes, "quotes"),
            (Action::Filter, "filter"),
            (Action::Mark, "mark"),
            (Action::Sort, "sort"),
        ],
        Context::Reader => vec![
            (Action::NextQuote, "quote"),
            (Action::NextTerm, "term"),
            (Action::Compare, "compare"),
            (Action::Quotes, "quotes"),
            (Action::Search, "search"),
            (Action::Close, "list"),
            (Action::Copy, "copy"),
        ],
        Context::Compare => vec![
            (Action::NextDifference, "difference"),
            (Action::Quit, "back"),
            (Action::Swap, "swap"),
            (Action::Lanes, "lanes"),
            (Action::Order, "order"),
            (Action::Open, "read"),
        ],
        Context::Quotes => vec![
            (Action::Open, "go there"),
            (Action::Copy, "copy citation"),
            (Action::Group, "group"),
            (Action::Search, "search"),
            (Action::Mark, "mark"),
            (Action::Export, "export"),
            (Action::Quit, "back"),
        ],
        Context::Help if matches!(app.overlay, Some(Overlay::Help(..))) => {
            vec![(Action::Search, "search"), (Action::Close, "close")]
        }
        Context::Grid => vec![
            (Action::Open, "read"),
            (Action::Right, "column"),
            (Action::Compare, "compare"),
            (Action::HideColumn, "hide"),
            (Action::Quit, "back"),
        ],
        Context::Help => vec![(Action::Close, "close")],
        _ => Vec::new(),
    };
    let looking = app.reader.search.is_some() && app.context() == Context::Reader;
    if looking {
        keys.insert(0, (Action::SearchNext, "next hit"));
    }
    if app.overlay.is_none() {
        keys.push((Action::Help, "help"));
    }
    keys
}

/// What is known of the mark in focus.
fn focus_words(app: &App) -> Option<String> {
    if app.overlay.is_some() {
        return None;
    }
    match (app.view, app.focus) {
        (View::Browse, Pane::Reader) => hit_words(app).or_else(|| mark_words(app)),
        (View::Compare, _) => difference_words(app),
        (View::Grid, _) => super::grid::focus_words(app),
        (View::Quotes, _) if super::quotes::tells_facts(app) => None,
        (View::Quotes, _) => {
            let (report, quote) = app.quotes.current()?.resolve(&app.library.entries)?;
            Some(quote_words(report, quote))
        }
        _ => None,
    }
}

fn hit_words(app: &App) -> Option<String> {
    let search = app.reader.search.as_ref()?;
    let total = search.hits.len();
    let sign = if search.across { "" } else { "/" };
    let place = format!("{sign}{} · {} of {total}", search.words, search.current + 1);
    Some(match total {
        0 => format!("\"{}\" is not in this report", search.words),
        _ if search.across => {
            let [report, shown] = [app.list.selected + 1, app.shown()].map(grouped);
            format!("{place} · report {report} of {shown}")
        }
        _ => place,
    })
}

fn mark_words(app: &App) -> Option<String> {
    let report = app.report(app.reader.report?)?;
    let marks = report.annotated()?;
    let text = &report.article.text;
    match app.reader.focus? {
        Focus::Quote(n) => {
            let words = quote_words(report, marks.quotes.get(n)?);
            Some(format!("quote {}/{} · {words}", n + 1, marks.quotes.len()))
        }
        Focus::Statement(n) => {
            let statement = marks.statements.get(n)?;
            let who = said(
                statement.speaker.as_ref(),
                statement.cue.map(|cue| cue.of(text)),
            );
            Some(format!(
                "reported {}/{} · {who}",
                n + 1,
                marks.statements.len()
            ))
        }
        Focus::Term(n) => {
            let hit = marks.terms.get(n)?;
            let lexicon = app.annotator.lexicon();
            let strong = marks.terms.iter().filter(|hit| hit.is_strong());
            let at = strong.clone().position(|other| other.span == hit.span)?;
            let (label, form) = (&lexicon.category(hit).label, lexicon.canonical(hit));
            Some(format!(
                "term {}/{} · {label} · {form}",
                at + 1,
                strong.count()
            ))
        }
    }
}

/// Returns who says a quotation, how that is known, and how it stands in the text.
fn quote_words(report: &Report, quote: &Quote) -> String {
    let cue = quote.cue.map(|cue| cue.of(&report.article.text));
    let who = said(quote.speaker.as_ref(), cue);
    let kind = match quote.kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Mixed => "fragment",
    };
    let open = if quote.closed { "" } else { " · never closed" };
    format!("{who} · {kind}{open}")
}

/// Returns who speaks, the words that say so, and how that is known.
fn said(speaker: Option<&Speaker>, cue: Option<&str>) -> String {
    let cue = cue
        .map(|cue| format!(", \"{}\"", cue.replace('\n', " ")))
        .unwrap_or_default();
    match speaker {
        Some(speaker) => format!("{}{cue} · {}", speaker.name, basis(speaker.basis)),
        None => format!("unattributed{cue}"),
    }
}

/// Returns how a speaker was found.
pub(super) fn basis(basis: SpeakerBasis) -> &'static str {
    match basis {
        SpeakerBasis::Cue => "named with it",
        SpeakerBasis::Sentence => "subject of its sentence",
        SpeakerBasis::Chain => "goes on from the quotation before",
        SpeakerBasis::Neighbour => "named in the next sentence",
        SpeakerBasis::Paragraph => "named nearby",
    }
}

fn difference_words(app: &App) -> Option<String> {
    let comparing = app.comparing.as_ref()?;
    let comparison = comparing.comparison.as_ref()?;
    if let Some((side, _)) = comparing.linking {
        let (from, to) = (side.letter(), side.other().letter());
        return Some(format!("a passage of {from} waits for its partner in {to}"));
    }
    let total = comparison.differences.len();
    let apart = if comparing.together {
        ""
    } else {
        " · scrolling apart"
    };
    match comparing.current {
        Some(n) => {
            let difference = comparison.differences.get(n)?;
            let kind = difference.kind.name();
            Some(format!("difference {}/{total} · {kind}{apart}", n + 1))
        }
        None => Some(format!("{}{apart}", counted(total, "difference"))),
    }
}

fn may_follow(canvas: &mut Canvas<'_>) {
    let app = canvas.app;
    let y = app.screen.bottom().saturating_sub(1);
    let right = app.screen.right();
    let (key_style, style) = (canvas.style(Scope::StatusKey), canvas.style(Scope::Status));
    let typed = super::super::key::text(&app.typed);
    let mut x = canvas.put(1, y, right, &format!("{typed} …"), key_style);
    for next in &app.may_follow {
        let words = next.action.name();
        if x + 4 + columns(&next.keys) + columns(words) > right {
            break;
        }
        x = canvas.put(x + 3, y, right - x, &next.keys, key_style);
        x = canvas.put(x + 1, y, right - x, words, style);
    }
}

fn typing(canvas: &mut Canvas<'_>, line: &Line) {
    let app = canvas.app;
    match line {
        Line::Filter(prompt) => {
            let shown = app.shown();
            let total = app.library.entries.len();
            prompt_line(
                canvas,
                "/",
                prompt,
                &format!(
                    "{} of {}   Enter keep   Esc all",
                    grouped(shown),
                    grouped(total)
                ),
            );
        }
        Line::Search(prompt) => {
            let counted = app.reader.search.as_ref().map_or(String::new(), |search| {
                match search.hits.len() {
                    0 => "not found".to_owned(),
                    total => format!("{} of {total}", search.current + 1),
                }
            });
            prompt_line(canvas, "/", prompt, &counted);
        }
        Line::Command(prompt, _) => {
            let names: Vec<&str> = candidates(app.command_context(), prompt.text())
                .iter()
                .take(6)
                .map(|action| action.name())
                .collect();
            let doc = prompt
                .text()
                .parse::<Action>()
                .map(|action| action.doc().to_owned());
            prompt_line(
                canvas,
                ":",
                prompt,
                &doc.unwrap_or_else(|_| names.join("  ")),
            );
        }
        Line::Quotes => quotes_typing(canvas),
        Line::Export(prompt) => {
            prompt_line(canvas, "write to ", prompt, "Enter write   Esc not");
        }
        Line::Help => {
            if let Some(Overlay::Help(_, prompt)) = &app.overlay {
                prompt_line(canvas, "/", prompt, "Enter keep   Esc all");
            }
        }
        Line::Pick => {
            if let Some(Overlay::Pick(picker)) = &app.overlay {
                let aside = "↑↓ choose   Enter compare   Esc back";
                prompt_line(canvas, "B: ", &picker.prompt, aside);
            }
        }
    }
}

/// What was just said, or the keys: what is typed stands at the top of the view.
fn quotes_typing(canvas: &mut Canvas<'_>) {
    let app = canvas.app;
    let key = |action| app.key_in(Context::Prompt, action);
    let (words, scope) = match &app.message {
        Some(message) => (message.clone(), Scope::Text),
        None => (
            format!(
                "Enter go there   ↑↓ choose   {} copy   {} export   Tab list   Esc back",
                key(Action::Copy),
                key(Action::Export)
            ),
            Scope::Status,
        ),
    };
    let style = canvas.style(scope);
    let y = app.screen.bottom().saturating_sub(1);
    let room = app.screen.width.saturating_sub(1);
    canvas.put(1, y, room, &cut(&words, room), style);
}

fn prompt_line(canvas: &mut Canvas<'_>, sign: &str, prompt: &Prompt, aside: &str) {
    let area = canvas.app.screen;
    let y = area.bottom().saturating_sub(1);
    let style = canvas.style(Scope::Prompt);
    let x = canvas.put(area.x, y, area.width, sign, style);
    let room = area.right().saturating_sub(x + 1);
    // The end of a long line is what is being typed, so its beginning goes out of sight.
    let before = prompt.before_cursor();
    let skipped = tail_start(before, usize::from(room));
    let shown = prompt.text().get(skipped..).unwrap_or_default();
    let end = canvas.put(x, y, room, shown, style);
    let at = x + columns(before.get(skipped..).unwrap_or_default());
    canvas.cursor = Some((at.min(area.right().saturating_sub(1)), y));
    let dim = canvas.style(Scope::Dim);
    let aside = cut(aside, area.right().saturating_sub(end + 4));
    canvas.put_right(end + 3, area.right().saturating_sub(1), y, &aside, dim);
}

/// Returns where the end of `text` begins that fits into `room` columns.
pub(super) fn tail_start(text: &str, room: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices().rev() {
        used += grapheme::columns(c.encode_utf8(&mut [0; 4]));
        if used >= room {
            return at + c.len_utf8();
        }
    }
    0
}
