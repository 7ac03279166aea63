//! The reader: one report, where it is scrolled to, which mark is in focus, and what was searched in it.

use crate::annotate::Annotations;
use crate::article::Article;
use crate::filter::Query;
use crate::library::Report;
use crate::library::hit::{self, Places};
use crate::text::{Span, find};

use super::super::scroll::Scroll;
use super::page::{NARROWEST, Page};

/// The mark in focus, by its number in the report's annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A quotation.
    Quote(usize),
    /// A statement.
    Statement(usize),
    /// A term.
    Term(usize),
}

/// Words looked for in the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// As typed.
    pub words: String,
    /// Every place, in order.
    pub hits: Vec<Span>,
    /// The hit that the reader stands on.
    pub current: usize,
    /// Whether the filter of the list asked for it: then it goes on in the next report.
    pub across: bool,
}

impl Search {
    /// Whether a step of `by` hits leads out of the report.
    pub fn leaves(&self, by: isize) -> bool {
        let next = self.current.checked_add_signed(by);
        self.across && next.is_none_or(|next| next >= self.hits.len())
    }
}

/// One report being read.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// Which, by its number in the library.
    pub report: Option<usize>,
    /// Its lines at the present width.
    pub page: Page,
    /// What part of them is on the screen.
    pub scroll: Scroll,
    /// The mark in focus.
    pub focus: Option<Focus>,
    /// The search, if there is one.
    pub search: Option<Search>,
    /// Its quotations and its terms, counted once its marks are made.
    pub counts: Option<(usize, usize)>,
    /// The filter of the list that the search was last taken from.
    pub(super) follows: Option<String>,
    place: usize,
    /// The place where the search began: each letter typed looks from there on.
    searched_from: usize,
    /// The search that the filter asked for, while another is typed.
    set_aside: Option<Search>,
}

impl Reader {
    /// Opens a report at `place`, a byte of its text.
    pub fn open(&mut self, number: usize, report: &Report, place: usize, width: usize) {
        *self = Self {
            report: Some(number),
            place,
            ..Self::default()
        };
        self.lay_out(report, width);
    }

    /// Lays the report out at `width`, keeping the place.
    pub fn lay_out(&mut self, report: &Report, width: usize) {
        if self.page.width != width.max(NARROWEST) {
            self.page = Page::of(&report.article, width);
            self.go_to_place();
        }
    }

    fn go_to_place(&mut self) {
        self.scroll.top = match self.place {
            0 => 0,
            place => self.page.line_at(place),
        };
    }

    /// Counts the marks, if that was not done yet: a long report has too many to be counted in each frame.
    pub fn count(&mut self, annotations: &Annotations) {
        let strong = || {
            annotations
                .terms
                .iter()
                .filter(|hit| hit.is_strong())
                .count()
        };
        self.counts
            .get_or_insert_with(|| (annotations.quotes.len(), strong()));
    }

    /// Returns the place in the text that stands at the top of the screen: 0 at the very beginning.
    pub fn place(&self) -> usize {
        self.place
    }

    /// Scrolls by `lines`.
    pub fn by(&mut self, lines: isize, height: usize) {
        self.scroll.by(lines, height, self.page.lines.len());
        self.keep_place();
    }

    /// Brings the text at `span` onto the screen.
    pub fn show(&mut self, span: Span, height: usize) {
        let line = self.page.line_at(span.start);
        self.scroll.centre(line, height, self.page.lines.len());
        self.keep_place();
    }

    fn keep_place(&mut self) {
        self.place = if self.scroll.top == 0 {
            0
        } else {
            self.page.offset_of(self.scroll.top)
        };
    }

    /// Returns where the text on the screen begins, for what is "next" when nothing is in focus.
    pub fn here(&self, annotations: &Annotations) -> usize {
        match self.focus {
            Some(focus) => span_of(focus, annotations).map_or(self.place, |span| span.start),
            None => self.place,
        }
    }

    /// Remembers the place from which words are looked for.
    pub fn begin_search(&mut self) {
        self.searched_from = self.place;
        let search = self.search.as_ref();
        self.set_aside = search.filter(|search| search.across).cloned();
    }

    /// Forgets the search and goes back to where it began, and to the search of the filter.
    pub fn give_search_up(&mut self) {
        self.search = self.set_aside.take();
        self.place = self.searched_from;
        self.go_to_place();
    }

    /// Looks for `words` and stands on the first hit at or after the place where the search began; no hit is a search all the
    /// same.
    pub fn search(&mut self, text: &str, words: &str) {
        let hits = find::find_all(text, words);
        let from = self.searched_from;
        let current = hits.partition_point(|hit| hit.start < from);
        let current = if current == hits.len() { 0 } else { current };
        self.search = (!words.is_empty()).then(|| Search {
            words: words.to_owned(),
            hits,
            current,
            across: false,
        });
    }

    /// Takes the words that a filter asks texts for as the search, and stands on the sentence that answers best; without
    /// such a filter, the search that came from one is over.
    pub(super) fn follow(
        &mut self,
        article: &Article,
        filter: Option<(String, Query)>,
        height: usize,
    ) {
        let Some((filter, query)) = filter else {
            self.follows = None;
            self.search.take_if(|search| search.across);
            return;
        };
        self.follows = Some(filter);
        let places = Places::of(&article.text, &query);
        let (hits, best) = (places.all(), places.best(article));
        let first = best.and_then(|best| best.words.first().copied());
        let current = first.map_or(0, |first| hits.partition_point(|hit| *hit < first));
        self.search = Some(Search {
            words: hit::words(&query),
            hits,
            current,
            across: true,
        });
        self.stand_on_hit(height);
    }

    /// Stands on the first hit for steps forwards, on the last for steps backwards.
    pub(super) fn stand_on_end(&mut self, by: isize, height: usize) {
        if let Some(search) = &mut self.search {
            let last = search.hits.len().saturating_sub(1);
            search.current = if by > 0 { 0 } else { last };
        }
        self.stand_on_hit(height);
    }

    fn stand_on_hit(&mut self, height: usize) {
        let search = self.search.as_ref();
        let hit = search.and_then(|search| search.hits.get(search.current));
        if let Some(hit) = hit.copied() {
            self.show(hit, height);
        }
    }

    /// Steps `by` hits, round the ends; returns the hit and whether the end was passed.
    pub fn step_search(&mut self, by: isize) -> Option<(Span, bool)> {
        let search = self.search.as_mut()?;
        let (next, wrapped) = step(search.current, by, search.hits.len())?;
        search.current = next;
        search.hits.get(next).map(|hit| (*hit, wrapped))
    }
}

/// Returns the number `by` steps from `from` among `total`, round the ends, and whether an end was passed.
pub fn step(from: usize, by: isize, total: usize) -> Option<(usize, bool)> {
    let total = isize::try_from(total).ok().filter(|total| *total > 0)?;
    let wanted = isize::try_from(from).ok()? + by;
    let to = usize::try_from(wanted.rem_euclid(total)).ok()?;
    Some((to, !(0..total).contains(&wanted)))
}

/// Returns the words of a mark.
pub fn span_of(focus: Focus, annotations: &Annotations) -> Option<Span> {
    match focus {
        Focus::Quote(n) => annotations.quotes.get(n).map(|quote| quote.span),
        Focus::Statement(n) => annotations
            .statements
            .get(n)
            .map(|statement| statement.span),
        Focus::Term(n) => annotations.terms.get(n).map(|hit| hit.span),
    }
}

/// Returns the mark `by` steps from `here` among `spans`, which are in order.
///
/// Without a mark of this kind in focus the first step goes to the first mark at or after `here` (or the last before it).
pub fn step_mark(
    spans: &[Span],
    focused: Option<usize>,
    here: usize,
    by: isize,
) -> Option<(usize, bool)> {
    match focused {
        Some(n) => step(n, by, spans.len()),
        None if by > 0 => {
            let at = spans.partition_point(|span| span.start < here);
            if at < spans.len() {
                Some((at, false))
            } else {
                step(at, 0, spans.len()).map(|_| (0, true))
            }
        }
        None => step(
            spans.partition_point(|span| span.start < here),
            -1,
            spans.len(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stepping_goes_round_the_ends_and_says_so() {
        assert_eq!(step(2, 1, 3), Some((0, true)));
        assert_eq!(step(0, -1, 3), Some((2, true)));
        assert_eq!(step(0, 1, 3), Some((1, false)));
        assert_eq!(step(0, 1, 0), None);
    }

    #[test]
    fn the_first_step_goes_to_the_next_mark_on_the_screen() {
        let spans = [Span::new(10, 20), Span::new(50, 60)];
        assert_eq!(step_mark(&spans, None, 0, 1), Some((0, false)));
        assert_eq!(step_mark(&spans, None, 30, 1), Some((1, false)));
        assert_eq!(step_mark(&spans, None, 70, 1), Some((0, true)));
        assert_eq!(step_mark(&spans, None, 30, -1), Some((0, false)));
        assert_eq!(step_mark(&spans, Some(0), 0, 1), Some((1, false)));
    }
}
