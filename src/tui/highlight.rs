//! Splits a row of text into pieces that each have one style.
//!
//! A layer is a list of spans with styles, sorted and not overlapping. Layers are stacked, the last on top. Only the marks of
//! the visible rows are searched, so a frame costs the same in a short report and in a long one.

use ratatui::style::Style;

use crate::text::Span;

/// Styled marks of one kind, sorted and not overlapping.
pub type Layer = Vec<(Span, Style)>;

/// Returns the items that overlap `window`; `items` must be sorted.
pub fn in_window<T>(
    items: &[T],
    window: Span,
    span: impl Fn(&T) -> Span,
) -> impl Iterator<Item = &T> {
    let first = items.partition_point(|item| span(item).end <= window.start);
    items
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(move |item| span(item).start < window.end)
}

/// Splits `row` into pieces of one style: `base` patched by every layer that covers the piece. Joined, the pieces are the row.
pub fn pieces(row: Span, base: Style, layers: &[Layer]) -> Vec<(Span, Style)> {
    let mut cuts = vec![row.start, row.end];
    for layer in layers {
        for (span, _) in in_window(layer, row, |mark| mark.0) {
            cuts.extend([
                span.start.clamp(row.start, row.end),
                span.end.clamp(row.start, row.end),
            ]);
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|cut| match cut {
            [start, end] => Some(Span::new(*start, *end)),
            _ => None,
        })
        .map(|piece| (piece, style_at(piece, base, layers)))
        .collect()
}

fn style_at(piece: Span, base: Style, layers: &[Layer]) -> Style {
    layers.iter().fold(base, |style, layer| {
        match in_window(layer, piece, |mark| mark.0).next() {
            Some((_, over)) => style.patch(*over),
            None => style,
        }
    })
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier};

    use super::*;

    #[test]
    fn pieces_joined_are_the_row() {
        let quotes = vec![(Span::new(2, 9), Style::new().fg(Color::Blue))];
        let terms = vec![(
            Span::new(5, 12),
            Style::new().add_modifier(Modifier::UNDERLINED),
        )];
        let row = Span::new(0, 10);
        let pieces = pieces(row, Style::new(), &[quotes, terms]);
        assert_eq!(pieces.first().map(|p| p.0.start), Some(0));
        assert_eq!(pieces.last().map(|p| p.0.end), Some(10));
        assert!(pieces.windows(2).all(|two| two[0].0.end == two[1].0.start));
    }

    #[test]
    fn what_lies_on_top_keeps_what_it_does_not_set() {
        let quotes = vec![(Span::new(0, 10), Style::new().fg(Color::Blue))];
        let terms = vec![(
            Span::new(2, 4),
            Style::new().add_modifier(Modifier::UNDERLINED),
        )];
        let pieces = pieces(Span::new(0, 10), Style::new(), &[quotes, terms]);
        assert_eq!(
            pieces[1].1,
            Style::new()
                .fg(Color::Blue)
                .add_modifier(Modifier::UNDERLINED)
        );
    }

    #[test]
    fn only_marks_in_the_window_are_looked_at() {
        let spans: Vec<Span> = (0..1000).map(|n| Span::new(n * 10, n * 10 + 5)).collect();
        let seen = in_window(&spans, Span::new(5003, 5021), |span| *span).count();
        assert_eq!(seen, 3);
    }
}
