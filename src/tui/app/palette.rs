//! The list of commands over the last line while one is typed after `:`: narrowed by what is typed, each with its arguments, its keys
//! and what it does. Commands run before come first while nothing is typed.

use ratatui::layout::{Position, Rect};

use crate::config::SortKey;
use crate::tui::action::{Action, KeyContext};
use crate::tui::canvas::{Canvas, cut};
use crate::tui::screen::{self, AreaParts};
use crate::tui::scroll::moved;
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;

/// Most commands that are shown at once.
const MOST_ROWS: u16 = 12;
/// Columns of a command with its arguments: on a narrow screen, on one of 60 columns and more, and on a wide one.
const COMMAND: [u16; 3] = [18, 24, 36];
/// Columns of its keys.
const KEYS: u16 = 14;
/// From this width on the keys have a column.
const KEYS_FROM: u16 = 60;
/// From this width on a command has the wide column.
const WIDE_FROM: u16 = 110;

/// A command on offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CommandOffer {
    /// The words that run it.
    pub(super) command: String,
    /// The arguments that it may have.
    arguments: &'static str,
    action: Action,
    /// Whether it was run before.
    is_recent: bool,
}

/// The commands on offer, and the one that Enter runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Palette {
    offers: Vec<CommandOffer>,
    selected: usize,
    /// Whether the reader chose the selected one.
    is_chosen: bool,
}

impl Palette {
    /// Narrows the commands of `context` to those that `typed` may become.
    pub(super) fn narrow(
        &mut self,
        typed: &str,
        context: KeyContext,
        history: &[String],
        shared: &Shared,
    ) {
        self.offers = offers(typed, context, history, shared);
        self.selected = 0;
        self.is_chosen = false;
    }

    /// Moves the selection.
    pub(super) fn select(&mut self, rows: isize) {
        // The first row is not marked before it is chosen, so that the first step down chooses it.
        if self.is_chosen {
            self.selected = moved(self.selected, rows, self.offers.len());
        }
        self.is_chosen = !self.offers.is_empty();
    }

    /// Returns the command that the reader chose from the list.
    pub(super) fn chosen(&self) -> Option<&CommandOffer> {
        self.offers.get(self.selected).filter(|_| self.is_chosen)
    }

    /// Returns the command on top.
    pub(super) fn first(&self) -> Option<&CommandOffer> {
        self.offers.first()
    }

    /// Returns how many commands are on offer.
    pub(super) fn count(&self) -> usize {
        self.offers.len()
    }

    /// Chooses the command that is drawn at a place; false where none is.
    pub(super) fn choose_at(&mut self, at: Position, screen: Rect) -> bool {
        let (area, top) = self.list_area(screen);
        let number = top + usize::from(at.y.saturating_sub(area.y));
        let is_there = area.contains(at) && number < self.offers.len();
        if is_there {
            (self.selected, self.is_chosen) = (number, true);
        }
        is_there
    }

    /// Returns the rows of the commands, over the lower part of the body, and the number of the first.
    fn list_area(&self, screen: Rect) -> (Rect, usize) {
        let body = screen::areas(screen).body;
        let most = MOST_ROWS.min(body.height.saturating_sub(1));
        let rows = u16::try_from(self.offers.len()).unwrap_or(u16::MAX);
        let rows = rows.min(most);
        let top = (self.selected + 1).saturating_sub(usize::from(rows));
        (body.below(body.height - rows), top)
    }

    /// Draws the commands, the first at the top, below a rule.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, context: KeyContext) {
        let (area, top) = self.list_area(canvas.shared.screen);
        if area.is_empty() {
            return;
        }
        let rule = Rect {
            y: area.y - 1,
            height: 1,
            ..area
        };
        canvas.wipe(rule.union(area));
        canvas.put_rule(rule);
        let shown = usize::from(area.height);
        let hidden = self.offers.len().saturating_sub(top + shown);
        if hidden > 0 {
            let words = format!(" {hidden} more below ");
            canvas.put_right(
                rule.x,
                rule.right().saturating_sub(2),
                rule.y,
                &words,
                Scope::Dim,
            );
        }
        let offers = self.offers.iter().enumerate().skip(top);
        for (row, (number, offer)) in area.rows().zip(offers) {
            let is_chosen = self.is_chosen && number == self.selected;
            draw_offer(canvas, row, offer, is_chosen, context);
        }
    }
}

fn draw_offer(
    canvas: &mut Canvas<'_>,
    row: Rect,
    offer: &CommandOffer,
    is_chosen: bool,
    context: KeyContext,
) {
    let scope = if is_chosen {
        Scope::Selected
    } else {
        Scope::Text
    };
    if is_chosen {
        canvas.put(row.x, row.y, 1, "▌", scope);
        canvas.cursor = Some((row.x, row.y));
    }
    let wide = match row.width {
        WIDE_FROM.. => COMMAND[2],
        KEYS_FROM.. => COMMAND[1],
        _ => COMMAND[0],
    };
    let text = row.inset(2, 1);
    draw_command(canvas, text, offer, wide, scope);
    let mut rest = text.inset(wide, 0);
    if row.width >= KEYS_FROM {
        let keys = canvas.shared.keymap.keys_of(context, offer.action);
        let keys = cut(&keys.join(" "), KEYS - 1);
        canvas.put(rest.x, rest.y, KEYS - 1, &keys, Scope::StatusKey);
        rest = rest.inset(KEYS, 0);
    }
    let doc = match offer.is_recent {
        true => format!("recent: {}", offer.action.doc()),
        false => offer.action.doc().to_owned(),
    };
    canvas.put_cut(rest, &doc, Scope::Meta);
}

/// Writes the command in at most `wide` columns, and its arguments where there is room.
fn draw_command(
    canvas: &mut Canvas<'_>,
    text: Rect,
    offer: &CommandOffer,
    wide: u16,
    scope: Scope,
) {
    let room = wide.min(text.width).saturating_sub(2);
    let x = canvas.put_cut(
        Rect {
            width: room,
            ..text
        },
        &format!(":{}", offer.command),
        scope,
    );
    let left = (text.x + room).saturating_sub(x + 1);
    let after = Rect {
        x: x + 1,
        width: left,
        ..text
    };
    if text.width + 3 >= KEYS_FROM {
        canvas.put_cut(after, offer.arguments, Scope::Dim);
    }
}

fn offers(
    typed: &str,
    context: KeyContext,
    history: &[String],
    shared: &Shared,
) -> Vec<CommandOffer> {
    let typed = typed.trim_start();
    if let Some((name, argument)) = typed.split_once(' ')
        && let Ok(action) = name.parse::<Action>()
        && !arguments(action).is_empty()
    {
        return argument_offers(action, argument.trim(), shared);
    }
    let mut offers = match typed.is_empty() {
        true => recent_offers(history, context),
        false => Vec::new(),
    };
    let words = typed.to_lowercase();
    let fitting = Action::ALL
        .iter()
        .copied()
        .filter(|action| action.fits(context));
    let mut found: Vec<(u8, Action)> = fitting
        .filter_map(|action| Some((rank(action, &words)?, action)))
        .collect();
    // Commands of this view stand before those that work everywhere.
    let is_own = |action: &Action| context.actions().contains(action);
    found.sort_by_key(|(rank, action)| (*rank, !is_own(action)));
    offers.extend(found.into_iter().map(|(_, action)| CommandOffer {
        command: action.name().to_owned(),
        arguments: arguments(action),
        action,
        is_recent: false,
    }));
    offers
}

/// Returns how well `words` name an action, 0 best; `None` where they do not.
fn rank(action: Action, words: &str) -> Option<u8> {
    let (name, doc) = (action.name(), action.doc().to_lowercase());
    let holds = |word: &str| name.contains(word) || doc.contains(word);
    match words {
        _ if name.starts_with(words) => Some(0),
        _ if name.contains(words) => Some(1),
        _ => words.split_whitespace().all(holds).then_some(2),
    }
}

fn recent_offers(history: &[String], context: KeyContext) -> Vec<CommandOffer> {
    let recent = history.iter().filter_map(|command| {
        let name = command.split(' ').next().unwrap_or_default();
        let action = name.parse::<Action>().ok()?;
        action.fits(context).then(|| CommandOffer {
            command: command.clone(),
            arguments: "",
            action,
            is_recent: true,
        })
    });
    recent.collect()
}

/// Returns the arguments that an action may have after its name; empty where it has none.
pub(super) fn arguments(action: Action) -> &'static str {
    match action {
        Action::Sort => "date|outlet|headline|length",
        Action::Theme => "NAME",
        Action::Compare => "A B",
        Action::Filter | Action::SearchTexts => "WORDS",
        _ => "",
    }
}

fn argument_offers(action: Action, begun: &str, shared: &Shared) -> Vec<CommandOffer> {
    let values: Vec<&str> = match action {
        Action::Sort => SortKey::ALL.iter().map(|(name, _)| *name).collect(),
        Action::Theme => shared.themes.names(),
        _ => Vec::new(),
    };
    let values = values.into_iter().filter(|value| value.starts_with(begun));
    values
        .map(|value| CommandOffer {
            command: format!("{} {value}", action.name()),
            arguments: "",
            action,
            is_recent: false,
        })
        .collect()
}
