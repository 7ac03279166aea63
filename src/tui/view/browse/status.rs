//! The words of the title and the status line for the list and the reader.

use crate::tui::action::{Action, KeyContext};
use crate::tui::shared::Shared;
use crate::tui::view::PromptLine;
use crate::tui::view::report_mark;
use crate::tui::words::{counted, grouped, not_found};

use super::Browse;
use super::layout::Pane;
use super::reader_pane::ReportSearch;

impl Browse {
    /// Returns how many reports there are, and how many of them match the filter; with the events where the list is on the screen.
    pub fn report_counts(&self, is_on_screen: bool, shared: &Shared) -> String {
        let all = counted(shared.total(), "report");
        if let Some(results) = self.list.searching(shared) {
            let [shown, searched] = [results.shown, results.searched].map(grouped);
            return format!("{shown} so far, {searched} of {all} searched");
        }
        match &self.list.results {
            Some(results) if results.literal == 0 && results.shown == 1 => {
                "no exact match; 1 loose match".to_owned()
            }
            Some(results) if results.literal == 0 && results.shown > 0 => {
                format!("no exact match; {} loose matches", grouped(results.shown))
            }
            Some(results) => format!("{} of {all}", grouped(results.shown)),
            None if is_on_screen && !shared.events.sections.is_empty() => {
                format!("{all}, {}", counted(shared.events.groups.len(), "event"))
            }
            None => all,
        }
    }

    /// Returns the same while reports are being read: long, and short.
    pub fn counts_while_reading(&self, shared: &Shared) -> [String; 2] {
        let total = shared.total();
        match &self.list.results {
            Some(results) if self.list.searching(shared).is_some() => [
                self.report_counts(false, shared),
                format!("{} so far", grouped(results.shown)),
            ],
            Some(results) => {
                let shown = grouped(results.shown);
                let short = format!("{shown} of {}", grouped(total));
                [format!("{shown} of {}", counted(total, "report")), short]
            }
            None => [
                format!("reading {}", counted(total, "report")),
                grouped(total),
            ],
        }
    }

    /// Returns what is marked in the report, and the order of the list; long, and short.
    pub fn title_facts(&self, shared: &Shared) -> Vec<String> {
        let arrow = if shared.list.reversed { "↑" } else { "↓" };
        let sort = format!("sort {} {arrow}", shared.list.sort.name());
        let both = self.reader.counts.map(|(quotes, terms)| {
            let [quotes, terms] = [counted(quotes, "quote"), counted(terms, "term")];
            format!("{quotes}   {terms}   {sort}")
        });
        both.into_iter().chain([sort]).collect()
    }
}

/// Returns how the line that is being typed looks.
pub(super) fn prompt_line<'a>(browse: &'a Browse, shared: &Shared) -> Option<PromptLine<'a>> {
    if let (None, Some(line)) = (&browse.list.typing, &browse.reader.noting) {
        return Some(line.prompt_line());
    }
    let (prompt, notes) = match (&browse.list.typing, &browse.reader.typing) {
        (Some(prompt), _) => {
            let counts = [browse.list.shown(shared), shared.total()].map(grouped);
            let [shown, total] = counts;
            let notes = vec![
                format!("{shown} of {total}   Enter keep filter   Esc show all"),
                format!("{shown} of {total}   Esc show all"),
                "Esc show all".to_owned(),
            ];
            (prompt, notes)
        }
        (None, Some(prompt)) => {
            let search = browse.reader.search.as_ref();
            let found = |search: &ReportSearch| match search.hits.len() {
                0 => "no match".to_owned(),
                total => format!("{} of {total}", search.current + 1),
            };
            (prompt, search.map(found).into_iter().collect())
        }
        (None, None) => return None,
    };
    let sign = "/";
    Some(PromptLine::Typed {
        sign,
        prompt,
        notes,
    })
}

/// Returns where the reader stands in the list, or in the text.
pub(super) fn position(browse: &Browse, shared: &Shared) -> Option<String> {
    match browse.focus {
        Pane::Reader => {
            let reader = &browse.reader;
            let total = reader.page.lines.len();
            Some(format!("{}%", reader.scroll.percent(reader.height, total)))
        }
        Pane::List => {
            let total = browse.list.shown(shared);
            (total > 0).then(|| format!("{}/{total}", shared.list.selected + 1))
        }
    }
}

/// Returns the keys that matter here.
pub(super) fn hints(browse: &Browse) -> Vec<(Action, &'static str)> {
    if browse.reader.selection.is_some() && browse.focus == Pane::Reader {
        return vec![
            (Action::Copy, "copy"),
            (Action::Note, "note"),
            (Action::Down, "more"),
            (Action::Back, "cancel"),
        ];
    }
    let mut keys = match browse.focus {
        Pane::List => vec![
            (Action::Open, "open"),
            (Action::Compare, "compare"),
            (Action::Quotes, "quotes"),
            (Action::Filter, "filter"),
            (Action::Mark, "mark"),
            (Action::Sort, "sort"),
        ],
        Pane::Reader => vec![
            (Action::NextQuote, "quote"),
            (Action::NextTerm, "term"),
            (Action::Compare, "compare"),
            (Action::Quotes, "quotes"),
            (Action::Search, "search"),
            (Action::Close, "list"),
            (Action::Copy, "copy"),
            (Action::Note, "note"),
            (Action::Select, "select"),
        ],
    };
    if browse.focus == Pane::Reader && browse.reader.search.is_some() {
        keys.insert(0, (Action::SearchNext, "next match"));
    }
    keys
}

/// Returns what is known of the hit or the mark in focus.
pub(super) fn focus_words(browse: &Browse, shared: &Shared) -> Option<String> {
    match browse.focus {
        Pane::Reader => {
            let selected = browse.reader.selection_words(shared);
            let hit = || hit_words(browse, shared);
            selected.or_else(hit).or_else(|| mark_words(browse, shared))
        }
        Pane::List if browse.list.filter.is_empty() => None,
        Pane::List => {
            let back = shared.key_in(KeyContext::List, Action::Back);
            Some(format!("/{} · {back} shows all", browse.list.filter))
        }
    }
}

/// Returns the place of a row among the reports that are listed: `report 2 of 12`.
pub(super) fn report_place(browse: &Browse, row: usize, shared: &Shared) -> String {
    let [report, shown] = [row + 1, browse.list.shown(shared)].map(grouped);
    format!("report {report} of {shown}")
}

fn hit_words(browse: &Browse, shared: &Shared) -> Option<String> {
    let search = browse.reader.search.as_ref()?;
    let total = search.hits.len();
    let sign = if search.across { "" } else { "/" };
    let place = format!("{sign}{} · {} of {total}", search.words, search.current + 1);
    Some(match total {
        0 => not_found(&search.words, "not in this report"),
        _ if search.across => {
            let report = report_place(browse, shared.list.selected, shared);
            format!("{place} · {report}")
        }
        _ => place,
    })
}

fn mark_words(browse: &Browse, shared: &Shared) -> Option<String> {
    report_mark::words(shared, browse.reader.report?, browse.reader.focus?)
}
