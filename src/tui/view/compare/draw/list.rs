//! The list of differences: under the rows a line each, beside them an apparatus; the words that differ are seen on both sides.

use ratatui::layout::{Position, Rect};

use crate::compare::Side;
use crate::text::wrap;
use crate::tui::canvas::{Canvas, columns, cut};
use crate::tui::marks::side_scope;
use crate::tui::screen::AreaParts;
use crate::tui::theme::Scope;
use crate::tui::view::compare::findings::Finding;
use crate::tui::view::compare::{CompareAreas, CompareView};

use super::ComparisonDrawing;

/// Columns of the kind of a difference under the rows.
const KIND: u16 = 12;
/// Lines that the words of a side take in the apparatus at most.
const MOST_LINES: usize = 2;

impl ComparisonDrawing<'_> {
    /// Draws the differences, the one in focus selected.
    pub(super) fn draw_list(&self, canvas: &mut Canvas<'_>, areas: CompareAreas) {
        let area = areas.list;
        if area.is_empty() {
            return;
        }
        if areas.is_list_aside {
            for y in area.top()..area.bottom() {
                canvas.put(area.x, y, 1, "│", Scope::Rule);
            }
        } else {
            canvas.put_rule(area);
        }
        for (number, place) in self.view.listed(areas) {
            let Some(finding) = self.view.findings.all.get(number) else {
                continue;
            };
            let is_current = self.view.current() == Some(number);
            if is_current {
                for line in place.rows() {
                    canvas.put(line.x, line.y, 1, "▌", Scope::Selected);
                }
                canvas.cursor.get_or_insert((place.x, place.y));
            }
            let scope = if is_current {
                Scope::Selected
            } else {
                Scope::GutterKind
            };
            if areas.is_list_aside {
                draw_apparatus(canvas, place.inset(2, 0), finding, scope);
            } else {
                draw_line(canvas, place.inset(2, 1), finding, scope);
            }
        }
    }
}

impl CompareView {
    /// Returns the differences that are listed on the screen, each with its place.
    fn listed(&self, areas: CompareAreas) -> Vec<(usize, Rect)> {
        let area = match areas.is_list_aside {
            true => areas.list.inset(1, 1),
            false => areas.list.below(1),
        };
        let lines = |number: usize| -> u16 {
            let finding = self.findings.all.get(number);
            match (areas.is_list_aside, finding) {
                (true, Some(finding)) => apparatus_lines(finding, area.width.saturating_sub(2)),
                _ => 1,
            }
        };
        let first = self.first_listed(area.height, lines);
        let (mut y, mut listed) = (area.y, Vec::new());
        for number in first..self.findings.all.len() {
            let height = lines(number).min(area.bottom().saturating_sub(y));
            if height == 0 {
                break;
            }
            listed.push((number, Rect { y, height, ..area }));
            y += height;
        }
        listed
    }

    /// Returns the first difference of a list of `height` lines, so that the one in focus is in view.
    fn first_listed(&self, height: u16, lines: impl Fn(usize) -> u16) -> usize {
        let current = self.current().unwrap_or(0);
        let mut room = height.saturating_sub(lines(current));
        let mut first = current;
        while let Some(before) = first.checked_sub(1) {
            match room.checked_sub(lines(before)) {
                Some(rest) => (room, first) = (rest, before),
                None => break,
            }
        }
        first
    }

    /// Returns the difference whose place in the list is here.
    pub(in crate::tui::view::compare) fn finding_at(
        &self,
        at: Position,
        screen: Rect,
    ) -> Option<usize> {
        let listed = self.listed(self.areas(screen)).into_iter();
        let mut here = listed.filter(|(_, place)| place.contains(at));
        here.next().map(|(number, _)| number)
    }
}

/// Draws a difference in one line: its kind, then the words of each side, which share the room.
fn draw_line(canvas: &mut Canvas<'_>, area: Rect, finding: &Finding, scope: Scope) {
    let kind = kind_words(finding, true);
    canvas.put(area.x, area.y, KIND, &cut(&kind, KIND - 1), scope);
    let rest = area.inset(KIND, 0);
    let room = rest.width.saturating_sub(2);
    let words = Side::BOTH.map(|side| words(finding, side));
    // The other side may use the columns that one does not need.
    let [left, right] = [columns(&words[0]) + 2, columns(&words[1]) + 2];
    let left = left.min((room / 2).max(room.saturating_sub(right)));
    let widths = [left, room - left];
    let mut x = rest.x;
    for ((side, words), width) in Side::BOTH.into_iter().zip(words).zip(widths) {
        let letter = format!("{} ", side.letter());
        let at = canvas.put(x, area.y, width, &letter, side_scope(side));
        let room = width.saturating_sub(2);
        canvas.put(at, area.y, room, &elided(&words, room), Scope::Text);
        x += width + 2;
    }
}

/// Draws a difference in the apparatus: its kind, and the words of each side under it.
fn draw_apparatus(canvas: &mut Canvas<'_>, area: Rect, finding: &Finding, scope: Scope) {
    canvas.put_cut(area, &kind_words(finding, false), scope);
    let mut rest = area.below(1);
    for side in Side::BOTH {
        let letter = side.letter().to_string();
        if rest.is_empty() {
            return;
        }
        canvas.put(rest.x, rest.y, 1, &letter, side_scope(side));
        let room = rest.inset(2, 0);
        for line in side_lines(finding, side, room.width) {
            if rest.is_empty() {
                return;
            }
            canvas.put_cut(rest.inset(2, 0), &line, Scope::Text);
            rest = rest.below(1);
        }
    }
}

/// Returns the lines of a difference in the apparatus, the blank one below included.
fn apparatus_lines(finding: &Finding, width: u16) -> u16 {
    let lines = Side::BOTH.map(|side| side_lines(finding, side, width.saturating_sub(2)).len());
    u16::try_from(2 + lines[0] + lines[1]).unwrap_or(u16::MAX)
}

/// Returns the words of a side in at most [`MOST_LINES`] lines.
fn side_lines(finding: &Finding, side: Side, width: u16) -> Vec<String> {
    let words = words(finding, side);
    let room = width.saturating_mul(MOST_LINES as u16);
    // Lines break between words, so two of them hold a little less than twice the columns.
    let words = elided(&words, room.saturating_sub(width / 4));
    let rows = wrap::wrap(&words, usize::from(width).max(1)).into_iter();
    rows.take(MOST_LINES)
        .map(|row| row.of(&words).to_owned())
        .collect()
}

fn kind_words(finding: &Finding, is_short: bool) -> String {
    let name = match is_short {
        true => finding.kind.short_name(),
        false => finding.kind.name(),
    };
    match finding.is_unsure {
        true => format!("{name}?"),
        false => name.to_owned(),
    }
}

fn words(finding: &Finding, side: Side) -> String {
    finding.side_words(side)
}

/// Returns `words` in at most `width` columns: of long ones the beginning and the end.
fn elided(words: &str, width: u16) -> String {
    if columns(words) <= width {
        return words.to_owned();
    }
    let head = cut(words, width.saturating_sub(width / 3));
    let room = usize::from(width.saturating_sub(columns(&head)));
    let mut tail = String::new();
    for word in words.split_inclusive(' ').rev() {
        if usize::from(columns(&tail) + columns(word)) > room {
            break;
        }
        tail.insert_str(0, word);
    }
    head + &tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_words_the_beginning_and_the_end_are_seen() {
        let words = "We spoke at length on a wide range of issues";
        let short = elided(words, 24);
        assert!(columns(&short) <= 24, "{short}");
        assert!(
            short.starts_with("We spoke") && short.ends_with("issues"),
            "{short}"
        );
        assert_eq!(elided("type", 24), "type");
    }
}
