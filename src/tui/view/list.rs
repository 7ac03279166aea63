//! The list of reports, each with its facts or with the sentence in which it answers the filter.

mod digest;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::article::LabelSource;
use crate::library::ReportSummary;
use crate::library::hit::Excerpt;
use crate::report::facts;
use crate::text::{Span, wrap};

use super::super::action::{Action, Context};
use super::super::app::events::Placed;
use super::super::app::page;
use super::super::app::panes::Pane;
use super::super::app::{Matched, View};
use super::super::theme::Scope;
use super::{Canvas, columns, counted, cut, events, title};

/// Lines of one report in the list: two of its headline, one of facts.
pub const ITEM_HEIGHT: usize = 4;

/// Draws the list into `area`.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) {
    if area.is_empty() {
        return;
    }
    if canvas.app.list.order.is_empty() {
        nothing(canvas, area);
        return;
    }
    let app = canvas.app;
    let mut y = area.y;
    for Placed {
        row,
        y: from,
        section,
    } in app.placed()
    {
        y = area.y + from.min(usize::from(area.height)) as u16;
        if let Some(section) = section.and_then(|number| app.events.sections.get(number)) {
            let style = canvas.style(Scope::Dim);
            let room = area.width.saturating_sub(2);
            let words = events::heading(section, room);
            let x = canvas.put(area.x + 1, y, room, &words, style) + 1;
            // The line tells the heading from the facts above it.
            let left = (area.x + 1 + room).saturating_sub(x);
            let rule = canvas.style(Scope::Rule);
            canvas.put(x, y, left, &"─".repeat(usize::from(left)), rule);
            y += 1;
        }
        let height = (ITEM_HEIGHT as u16).min(area.bottom().saturating_sub(y));
        let number = app.list.order.get(row).copied().unwrap_or_default();
        if let Some(summary) = app.summary(number).filter(|_| height > 0) {
            scattered_below(canvas, Rect { y, height, ..area }, row);
            item(canvas, Rect { y, height, ..area }, row, number, summary);
        }
        y += height;
    }
    let rest = Rect {
        y,
        height: area.bottom().saturating_sub(y),
        ..area
    };
    digest::draw(canvas, rest);
}

/// Under the last report that holds the words themselves: how many follow that only hold their letters, scattered.
fn scattered_below(canvas: &mut Canvas<'_>, area: Rect, row: usize) {
    let Some(filtered) = &canvas.app.filtered else {
        return;
    };
    let scattered = filtered.shown - filtered.literal;
    if row + 1 == filtered.literal && scattered > 0 && usize::from(area.height) == ITEM_HEIGHT {
        let words = format!("── letters only, scattered: {scattered} ");
        let room = area.width.saturating_sub(5);
        let dashes = "─".repeat(usize::from(room.saturating_sub(columns(&words))));
        let style = canvas.style(Scope::Dim);
        canvas.put(
            area.x + 4,
            area.bottom() - 1,
            room,
            &cut(&(words + &dashes), room),
            style,
        );
    }
}

fn nothing(canvas: &mut Canvas<'_>, area: Rect) {
    let app = canvas.app;
    let may_ask_texts = app.line.is_none() && app.text_query().is_none();
    let words = match (app.list.filter.is_empty(), app.progress.finished) {
        (false, _) if title::searching(app).is_some() => "nothing so far".to_owned(),
        (false, _) if may_ask_texts => {
            let key = app.key_in(Context::List, Action::SearchTexts);
            format!("nothing matches; {key} looks in the texts")
        }
        (false, _) => "nothing matches".to_owned(),
        (true, false) => "reading …".to_owned(),
        (true, true) => "no report".to_owned(),
    };
    let style = canvas.style(Scope::Dim);
    let area = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(1),
        ..area
    };
    canvas.put_wrapped(area, &words, style);
}

fn item(canvas: &mut Canvas<'_>, area: Rect, row: usize, number: usize, summary: &ReportSummary) {
    let app = canvas.app;
    let selected = row == app.list.selected;
    let focused = app.focus == Pane::List && app.view == View::Browse;
    let mut style = if summary.label_source == LabelSource::Headline {
        canvas.style(Scope::Text)
    } else {
        canvas.style(Scope::Derived)
    };
    if selected {
        style = style.patch(canvas.style(Scope::Selected));
    }
    if selected {
        // The bar tells the selected report without colour; it is thin where the keys are elsewhere.
        let bar = if focused { "▌" } else { "▏" };
        for y in area.top()..area.bottom().saturating_sub(1).max(area.y + 1) {
            canvas.put(area.x, y, 1, bar, style);
        }
        if focused {
            canvas.cursor = Some((area.x, area.y));
        }
    }
    signs(canvas, area, number, summary);
    let text = Rect {
        x: area.x + 4,
        width: area.width.saturating_sub(5),
        ..area
    };
    let matched = app.matched(summary);
    let lines = Rect {
        height: area.height.min(2),
        ..text
    };
    let used = wrapped_lit(canvas, lines, &summary.label, &matched.label, style);
    let below = |lines: u16| Rect {
        y: text.y + lines,
        height: (area.height.min(3)).saturating_sub(lines),
        ..text
    };
    match app.hits.of(number) {
        Some(excerpt) => sentence(canvas, below(used), excerpt),
        None if area.height > 2 => facts_line(canvas, below(2), summary, &matched),
        None => {}
    }
}

/// The sentence that answers the filter, from so far on that the first word asked for is seen with some words before it.
fn sentence(canvas: &mut Canvas<'_>, area: Rect, excerpt: &Excerpt) {
    let words: &str = &excerpt.sentence;
    let room = area.width.saturating_mul(area.height);
    let mut start = 0;
    if let Some(first) = excerpt.words.first().filter(|_| columns(words) > room) {
        let before = &words[..first.start];
        let room = room.saturating_sub(columns(first.of(words))) / 2;
        if columns(before) > room {
            start = before.len() - tail(before, room).len();
        }
    }
    let sign = if start > 0 { "… " } else { "" };
    let shown = format!("{sign}{}", &words[start..]);
    let lit = excerpt.words.iter().map(|word| {
        let by = |at: usize| at + sign.len() - start;
        Span::new(by(word.start), by(word.end))
    });
    let meta = canvas.style(Scope::Meta);
    wrapped_lit(canvas, area, &shown, &lit.collect::<Vec<_>>(), meta);
}

/// The facts, with the letters of the outlet that match the filter; a tag that matches alone is said instead of the lengths.
fn facts_line(canvas: &mut Canvas<'_>, area: Rect, summary: &ReportSummary, matched: &Matched) {
    let meta = canvas.style(Scope::Meta);
    let tag = matched.tag.as_ref().map(|tag| format!("tag {tag}"));
    let facts = facts(summary, tag, area.width);
    canvas.put(area.x, area.y, area.width, &facts, meta);
    let outlet = summary.outlet.as_deref();
    if outlet.is_some_and(|outlet| facts.starts_with(outlet)) {
        let lit = canvas.style(Scope::Match);
        let all = Span::new(0, facts.len());
        paint(canvas, area, area.y, &facts, all, &matched.outlet, lit);
    }
}

/// Before the label: whether it is unread, its letter in the comparison, and its star, below the letter where it has one.
fn signs(canvas: &mut Canvas<'_>, area: Rect, number: usize, summary: &ReportSummary) {
    let app = canvas.app;
    let marks = app.state.marks(summary.id);
    let unread = if marks.read { " " } else { "•" };
    let style = canvas.style(Scope::Unread);
    canvas.put(area.x + 1, area.y, 1, unread, style);
    let side = title::mark(app, number);
    let mut below = area.y;
    if let Some((mark, scope)) = side {
        let style = canvas.style(scope);
        canvas.put(area.x + 2, area.y, 1, &mark, style);
        below += 1;
    }
    if marks.starred && below < area.bottom() {
        let style = canvas.style(Scope::Star);
        canvas.put(area.x + 2, below, 1, "★", style);
    }
}

/// Words on as many lines as there are, with the letters that match the filter; returns how many lines were needed.
fn wrapped_lit(
    canvas: &mut Canvas<'_>,
    area: Rect,
    words: &str,
    matched: &[Span],
    style: Style,
) -> u16 {
    let mut rows = wrap::wrap(words, usize::from(area.width).max(1));
    let lines = usize::from(area.height);
    let cut_short = rows.len() > lines;
    rows.truncate(lines);
    let lit = canvas.style(Scope::Match);
    for (line, row) in rows.iter().enumerate() {
        let y = area.y + line as u16;
        let mut shown = row.of(words).to_owned();
        if cut_short && line + 1 == lines {
            let with_more = format!("{} …", shown.trim_end());
            shown = cut(&with_more, area.width);
        }
        canvas.put(area.x, y, area.width, &shown, style);
        paint(canvas, area, y, words, *row, matched, lit);
    }
    rows.len() as u16
}

fn paint(
    canvas: &mut Canvas<'_>,
    area: Rect,
    y: u16,
    words: &str,
    row: Span,
    matched: &[Span],
    lit: Style,
) {
    for hit in matched.iter().filter(|hit| row.overlaps(**hit)) {
        // Words side by side may stand on two rows.
        let part = Span::new(hit.start.max(row.start), hit.end.min(row.end));
        let before = Span::new(row.start, part.start).of(words);
        let x = area.x + columns(before);
        let width = columns(part.of(words));
        if x + width <= area.right() {
            canvas.dress(Rect::new(x, y, width, 1), lit);
        }
    }
}

/// Outlet, date, and a tag or else length and quotations, shorter where there is less room; an outlet that is unknown gives way
/// first.
fn facts(summary: &ReportSummary, tag: Option<String>, width: u16) -> String {
    let outlet = summary.outlet.as_deref();
    let date = page::date(summary.published);
    let (words, quotes) = (summary.words, summary.quotes());
    let marks = quotes.map_or(String::new(), |n| format!(" {n}q"));
    let (long, short) = match tag {
        Some(tag) => (vec![tag.clone()], vec![tag]),
        None => {
            let quotes = quotes.map(|n| counted(n, "quote"));
            let long = [Some(counted(words, "word")), quotes];
            let short = vec![format!("{words}w{marks}")];
            (long.into_iter().flatten().collect(), short)
        }
    };
    let line = |outlet: Option<&str>, rest: &[String]| {
        let known = outlet.into_iter().chain([date.as_str()]);
        let parts = known.chain(rest.iter().map(String::as_str));
        parts.collect::<Vec<_>>().join(" · ")
    };
    let named = outlet.unwrap_or(facts::OUTLET_UNKNOWN);
    let lines = [line(Some(named), &long), line(Some(named), &short)];
    if let Some(fits) = lines.into_iter().find(|line| columns(line) <= width) {
        return fits;
    }
    match outlet {
        None if columns(&line(None, &long)) <= width => line(None, &long),
        None => cut(&line(None, &short), width),
        Some(outlet) => {
            let rest = line(None, &short);
            let room = width.saturating_sub(columns(&rest) + 3);
            if room < 6 {
                cut(&rest, width)
            } else {
                line(Some(&cut(outlet, room)), &short)
            }
        }
    }
}

/// The last words of the paragraph that `text` ends in, in at most `width` columns.
fn tail(text: &str, width: u16) -> String {
    let paragraph = text.rsplit('\n').next().unwrap_or_default();
    let mut kept = String::new();
    for word in paragraph.split_inclusive(' ').rev() {
        if columns(&kept) + columns(word) > width {
            break;
        }
        kept.insert_str(0, word);
    }
    kept
}
