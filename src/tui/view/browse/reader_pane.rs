//! The reader: one report, its place on the screen, the mark in focus, and the search in it.

use crate::annotate::Annotations;
use crate::annotate::term::TermHit;
use crate::article::Article;
use crate::filter::Query;
use crate::library::hit::{self, WordPlaces};
use crate::library::{Report, ReportNo};
use crate::text::{Span, find};
use crate::tui::page::{NARROWEST, Page};
use crate::tui::prompt::Prompt;
use crate::tui::scroll::Scroll;
use crate::tui::view::note_line::NoteLine;
use crate::tui::view::report_mark::{MarkKind, ReportMark};
use crate::tui::view::step;

use super::selection::SentenceSelection;

/// Words looked for in the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportSearch {
    /// The words as typed.
    pub words: String,
    /// Every place, in order.
    pub hits: Vec<Span>,
    /// The number of the hit in focus.
    pub current: usize,
    /// Whether the filter of the list asked for it: then it goes on in the next report.
    pub across: bool,
}

impl ReportSearch {
    /// Whether a step of `by` hits leads out of the report.
    pub fn leaves(&self, by: isize) -> bool {
        let next = self.current.checked_add_signed(by);
        self.across && next.is_none_or(|next| next >= self.hits.len())
    }

    /// Returns the hit in focus.
    pub fn hit(&self) -> Option<Span> {
        self.hits.get(self.current).copied()
    }
}

/// The report being read.
#[derive(Debug, Default)]
pub struct ReaderPane {
    /// Its number in the library.
    pub report: Option<ReportNo>,
    /// Its lines at the present width.
    pub page: Page,
    /// The part of them on the screen.
    pub scroll: Scroll,
    /// The mark in focus.
    pub focus: Option<ReportMark>,
    /// The passage at which another view opened the report.
    pub passage: Option<Span>,
    /// The sentences that are selected.
    pub selection: Option<SentenceSelection>,
    /// The note, while it is being written.
    pub(super) noting: Option<NoteLine>,
    /// The search, if there is one.
    pub search: Option<ReportSearch>,
    /// Its quotations and its terms, counted once its marks are made.
    pub counts: Option<(usize, usize)>,
    /// The search line, while it is being typed.
    pub typing: Option<Prompt>,
    /// The filter of the list that the search was last taken from.
    pub follows: Option<String>,
    /// Lines of the pane.
    pub height: usize,
    /// The byte of the text at the top of the screen; 0 at the very beginning.
    pub place: usize,
    /// The place where the search began: each letter typed looks from there on.
    searched_from: usize,
    /// The search that the filter asked for, while another is typed.
    set_aside: Option<ReportSearch>,
}

impl ReaderPane {
    /// Forgets the report.
    pub fn close(&mut self) {
        *self = Self {
            typing: self.typing.take(),
            height: self.height,
            ..Self::default()
        };
    }

    /// Opens a report at `place`, a byte of its text.
    pub fn open(&mut self, number: ReportNo, report: &Report, place: usize, width: usize) {
        self.close();
        self.report = Some(number);
        self.place = place;
        self.lay_out(&report.article, width);
    }

    /// Lays the report out at `width`, keeping the place.
    pub fn lay_out(&mut self, article: &Article, width: usize) {
        if self.page.width != width.max(NARROWEST) {
            self.page = Page::lay_out(article, width);
            self.scroll_to_place();
        }
    }

    /// Puts the remembered place at the top of the screen.
    pub(super) fn scroll_to_place(&mut self) {
        self.scroll.top = match self.place {
            0 => 0,
            place => self.page.line_at(place),
        };
    }

    /// Whether the reader typed words to search for; those of the filter belong to the list.
    pub fn has_own_search(&self) -> bool {
        self.search.as_ref().is_some_and(|search| !search.across)
    }

    /// Whether a mark is in focus other than the passage at which another view opened the report.
    pub fn has_own_focus(&self) -> bool {
        let focus = self.focus.map(|mark| mark.span);
        focus.is_some() && focus != self.passage
    }

    /// Counts the marks, if that was not done yet: a long report has too many to be counted in each frame.
    pub fn count(&mut self, annotations: &Annotations) {
        let strong = || {
            let terms = annotations.terms.iter();
            terms.filter(|hit| TermHit::is_strong(hit)).count()
        };
        self.counts
            .get_or_insert_with(|| (annotations.quotes.len(), strong()));
    }

    /// Scrolls by `lines`.
    pub fn scroll_by(&mut self, lines: isize) {
        self.scroll.by(lines, self.height, self.page.lines.len());
        self.keep_place();
    }

    /// Brings the text at `span` onto the screen.
    pub fn show(&mut self, span: Span) {
        let line = self.page.line_at(span.start);
        self.scroll.centre(line, self.height, self.page.lines.len());
        self.keep_place();
    }

    fn keep_place(&mut self) {
        self.place = match self.scroll.top {
            0 => 0,
            top => self.page.offset_of(top),
        };
    }

    /// Remembers the place from which words are looked for, and opens the search line.
    pub fn open_search(&mut self) {
        let search = self.search.as_ref();
        let typed = search.filter(|search| !search.across);
        let words = typed.map_or("", |search| search.words.as_str());
        self.typing = Some(Prompt::with(words));
        self.searched_from = self.place;
        self.set_aside = search.filter(|search| search.across).cloned();
    }

    /// Forgets the search and goes back to where it began, and to the search of the filter.
    pub fn give_search_up(&mut self) {
        self.search = self.set_aside.take();
        self.place = self.searched_from;
        self.scroll_to_place();
    }

    /// Looks for `words` and shows the first hit at or after the place where the search began; no hit is a search all the same.
    pub fn search_for(&mut self, text: &str, words: &str) {
        let hits = find::find_all(text, words);
        let from = self.searched_from;
        let current = hits.partition_point(|hit| hit.start < from);
        let current = if current == hits.len() { 0 } else { current };
        self.search = (!words.is_empty()).then(|| ReportSearch {
            words: words.to_owned(),
            hits,
            current,
            across: false,
        });
        self.show_hit();
    }

    /// Takes the words that a filter asks texts for as the search, and shows the sentence that answers best; without such a filter,
    /// the search that came from one is over.
    pub fn follow(&mut self, article: &Article, filter: Option<(String, Query)>) {
        let Some((filter, query)) = filter else {
            self.follows = None;
            self.search.take_if(|search| search.across);
            return;
        };
        self.follows = Some(filter);
        let places = WordPlaces::find(&article.text, &query);
        let (hits, first) = (places.all(), places.best_place(article));
        let current = first.map_or(0, |first| hits.partition_point(|hit| *hit < first));
        self.search = Some(ReportSearch {
            words: hit::asked_words(&query),
            hits,
            current,
            across: true,
        });
        self.show_hit();
    }

    /// Shows the first hit for steps forwards, the last for steps backwards.
    pub fn show_end_hit(&mut self, by: isize) {
        if let Some(search) = &mut self.search {
            let last = search.hits.len().saturating_sub(1);
            search.current = if by > 0 { 0 } else { last };
        }
        self.show_hit();
    }

    fn show_hit(&mut self) {
        if let Some(hit) = self.search.as_ref().and_then(ReportSearch::hit) {
            self.show(hit);
        }
    }

    /// Steps `by` hits, round the ends; returns whether an end was passed, `None` where there is no hit.
    pub fn step_search(&mut self, by: isize) -> Option<bool> {
        let search = self.search.as_mut()?;
        let (next, wrapped) = step(search.current, by, search.hits.len())?;
        search.current = next;
        self.show_hit();
        Some(wrapped)
    }

    /// Steps `by` marks of `kind`; returns whether an end was passed, `None` where there is none.
    pub fn step_mark(
        &mut self,
        annotations: &Annotations,
        kind: MarkKind,
        by: isize,
    ) -> Option<bool> {
        let marks = kind.all(annotations);
        let focus = self.focus;
        let of_kind = focus.filter(|focus| focus.kind == kind);
        let focused = of_kind.and_then(|focus| {
            let found = marks.binary_search_by_key(&focus.number, |mark| mark.number);
            found.ok()
        });
        let here = focus.map_or(self.place, |focus| focus.span.start);
        let (at, wrapped) = step_from(&marks, focused, here, by)?;
        self.focus = marks.get(at).copied();
        self.show(self.focus?.span);
        Some(wrapped)
    }
}

/// Returns the place among `marks`, which are in order, `by` steps from `here`, and whether an end was passed.
///
/// Without a mark of this kind in focus the first step goes to the first mark at or after `here` (or the last before it).
fn step_from(
    marks: &[ReportMark],
    focused: Option<usize>,
    here: usize,
    by: isize,
) -> Option<(usize, bool)> {
    let after = marks.partition_point(|mark| mark.span.start < here);
    match focused {
        Some(n) => step(n, by, marks.len()),
        None if by > 0 && after < marks.len() => Some((after, false)),
        None if by > 0 => (!marks.is_empty()).then_some((0, true)),
        None => step(after, -1, marks.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_goes_to_the_next_mark_on_the_screen() {
        let marks = [10, 50].map(|start| ReportMark {
            kind: MarkKind::Quote,
            number: start,
            span: Span::new(start, start + 5),
        });
        assert_eq!(step_from(&marks, None, 0, 1), Some((0, false)));
        assert_eq!(step_from(&marks, None, 30, 1), Some((1, false)));
        assert_eq!(step_from(&marks, None, 70, 1), Some((0, true)));
        assert_eq!(step_from(&marks, None, 30, -1), Some((0, false)));
        assert_eq!(step_from(&marks, Some(0), 0, 1), Some((1, false)));
        assert_eq!(step_from(&[], None, 0, 1), None);
    }
}
