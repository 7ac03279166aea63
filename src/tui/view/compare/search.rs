//! The search in a comparison: it looks through the passages of both reports.

use crate::compare::Side;
use crate::text::{Span, find};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::shared::{AT_ONCE, Shared};
use crate::tui::view::{PromptLine, PromptOwner, UpdateContext};
use crate::tui::words::not_found;

use super::CompareView;

/// Words looked for in both reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompareSearch {
    /// The words as typed.
    pub words: String,
    /// Every place in a passage, those of the left report first.
    pub hits: Vec<(Side, Span)>,
}

impl CompareSearch {
    /// Returns the places on a side, in order.
    pub(super) fn hits_of(&self, side: Side) -> &[(Side, Span)] {
        let first_right = self.hits.partition_point(|(on, _)| *on == Side::Left);
        let (left, right) = self.hits.split_at(first_right);
        match side {
            Side::Left => left,
            Side::Right => right,
        }
    }
}

impl CompareView {
    /// Opens the search line.
    pub(super) fn open_search(&mut self) {
        let words = self.search.as_ref().map_or("", |search| &search.words);
        self.typing = Some(Prompt::with(words));
        self.searched_from = self.top_place();
        self.before_search = self.focus;
    }

    /// Looks for the typed words.
    fn look_for(&mut self, words: &str, shared: &Shared) {
        let reports = self.open_reports(shared);
        let hits = reports.map(|reports| {
            let found = Side::BOTH.into_iter().flat_map(|side| {
                let hits = find::find_all(&reports[side].article.text, words).into_iter();
                hits.map(move |span| (side, span))
            });
            // Captions and credits are in no passage.
            let compared = found.filter(|(side, span)| self.passage_with(*side, *span).is_some());
            compared.collect()
        });
        self.search = (!words.is_empty()).then(|| CompareSearch {
            words: words.to_owned(),
            hits: hits.unwrap_or_default(),
        });
        self.focus = None;
        self.focus_first_hit(self.searched_from, shared);
    }

    /// Whether both texts are short enough to be searched at each letter.
    fn is_searched_as_typed(&self, shared: &Shared) -> bool {
        let reports = self.open_reports(shared);
        reports.is_some_and(|reports| {
            let lengths = reports.map(|report| report.article.text.len());
            lengths.left + lengths.right <= 4 * AT_ONCE
        })
    }
}

impl PromptOwner for CompareView {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        self.typing.as_mut()
    }

    fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        let typed = self.typing.as_ref();
        let words = typed.map_or(String::new(), |prompt| prompt.text().to_owned());
        match event {
            PromptEvent::Edited if self.is_searched_as_typed(cx.shared) => {
                self.look_for(&words, cx.shared);
            }
            PromptEvent::Submitted => {
                self.typing = None;
                self.look_for(&words, cx.shared);
                let found = self.search.as_ref().is_some_and(|it| !it.hits.is_empty());
                if !found && !words.is_empty() {
                    cx.say(not_found(&words, "in neither report"));
                }
            }
            PromptEvent::Cancelled => {
                self.typing = None;
                self.search = None;
                self.focus = self.before_search.take();
                self.show_focus(self.row_lines(cx.shared.screen));
            }
            _ => {}
        }
    }

    fn prompt_line(&self, _shared: &Shared) -> Option<PromptLine<'_>> {
        let prompt = self.typing.as_ref()?;
        let found = self.search.as_ref().map(|search| {
            let on = |side: Side| search.hits_of(side).len();
            match search.hits.len() {
                0 => "no match".to_owned(),
                _ => format!("{} in A, {} in B", on(Side::Left), on(Side::Right)),
            }
        });
        Some(PromptLine::Typed {
            sign: "/",
            prompt,
            notes: found.into_iter().collect(),
        })
    }
}
