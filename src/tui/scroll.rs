//! The visible window of a long list: its first line, and how moving keeps it inside the list.

/// A window over `total` lines; every method keeps it inside them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    /// First line shown.
    pub top: usize,
}

impl Scroll {
    /// Scrolls by `lines`; down if positive.
    pub fn by(&mut self, lines: isize, height: usize, total: usize) {
        self.top = self
            .top
            .saturating_add_signed(lines)
            .min(total.saturating_sub(height));
    }

    /// Scrolls the least that shows `line`.
    pub fn show(&mut self, line: usize, height: usize, total: usize) {
        let height = height.max(1);
        if line < self.top {
            self.top = line;
        } else if line >= self.top + height {
            self.top = line + 1 - height;
        }
        self.by(0, height, total);
    }

    /// Scrolls `line` to a third of the height, unless it is in view with a line to spare.
    pub fn centre(&mut self, line: usize, height: usize, total: usize) {
        let in_view = line > self.top && line + 2 < self.top + height;
        if !in_view {
            self.top = line.saturating_sub(height / 3);
        }
        self.by(0, height, total);
    }

    /// Returns the position in percent: 100 when the last line is in view.
    pub fn percent(self, height: usize, total: usize) -> usize {
        if total <= height {
            100
        } else {
            ((self.top + height).min(total) * 100) / total
        }
    }
}

/// Returns the row `by` rows from `from` among `total`, at most the first or the last.
pub fn moved(from: usize, by: isize, total: usize) -> usize {
    from.saturating_add_signed(by).min(total.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_never_leaves_the_lines() {
        let mut scroll = Scroll::default();
        scroll.by(1000, 10, 30);
        assert_eq!(scroll.top, 20);
        scroll.by(-1000, 10, 30);
        assert_eq!(scroll.top, 0);
        scroll.by(5, 10, 3);
        assert_eq!(scroll.top, 0);
    }

    #[test]
    fn showing_a_line_moves_as_little_as_possible() {
        let mut scroll = Scroll { top: 5 };
        scroll.show(7, 10, 30);
        assert_eq!(scroll.top, 5);
        scroll.show(15, 10, 30);
        assert_eq!(scroll.top, 6);
        scroll.show(2, 10, 30);
        assert_eq!(scroll.top, 2);
    }

    #[test]
    fn the_end_is_a_hundred_percent() {
        assert_eq!(Scroll { top: 20 }.percent(10, 30), 100);
        assert_eq!(Scroll { top: 0 }.percent(10, 30), 33);
        assert_eq!(Scroll { top: 0 }.percent(10, 3), 100);
    }
}
