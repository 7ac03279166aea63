//! Runs a command typed after `:`: an action by its name, some with arguments.

use crate::compare::Sides;
use crate::config::SortKey;
use crate::library::ReportNo;
use crate::tui::action::{Action, KeyContext};
use crate::tui::effect::Effect;

use super::App;
use super::palette;

/// Commands that are remembered.
const REMEMBERED: usize = 8;

impl App {
    /// Runs a command typed by name.
    pub(super) fn run_command(&mut self, typed: &str) {
        let typed = typed.trim();
        let (name, argument) = typed.split_once(' ').unwrap_or((typed, ""));
        match name.parse::<Action>() {
            _ if name.is_empty() => {}
            // As vi words them, wherever one is.
            _ if matches!(name, "q" | "quit" | "wq" | "x" | "q!") => {
                self.effects.extend([Effect::Save, Effect::Quit]);
            }
            Ok(action) if !action.fits(self.key_context()) => self.say_misplaced(action),
            Ok(action) => {
                self.remember(typed);
                self.run_action(action, argument.trim());
            }
            Err(error) => self.say(error.to_string()),
        }
    }

    fn say_misplaced(&mut self, action: Action) {
        let places: Vec<&str> = action.contexts().map(KeyContext::name).collect();
        let (name, places) = (action.name(), places.join(", "));
        self.say(format!("\"{name}\" works only in: {places}"));
    }

    /// Keeps a command as the most recent one.
    fn remember(&mut self, command: &str) {
        self.commands.retain(|known| known != command);
        self.commands.insert(0, command.to_owned());
        self.commands.truncate(REMEMBERED);
    }

    fn run_action(&mut self, action: Action, argument: &str) {
        match action {
            _ if argument.is_empty() => self.act(action),
            Action::Sort => self.sort_by(argument),
            Action::Theme => {
                let words = self.shared.set_theme(argument);
                self.say(words);
            }
            Action::Compare => self.compare_numbers(argument),
            Action::Filter | Action::SearchTexts => {
                self.act(action);
                self.on_paste(argument);
            }
            _ => {
                let name = action.name();
                self.say(format!("\"{name}\" takes no arguments"));
            }
        }
    }

    fn sort_by(&mut self, name: &str) {
        let key = SortKey::ALL.iter().find(|(known, _)| *known == name);
        match key {
            Some((_, key)) => {
                self.shared.list.sort = *key;
                self.with_context(|views, _, cx| views.browse.list.search(cx));
                self.say(format!("sorted by {name}"));
            }
            None => {
                let names = palette::arguments(Action::Sort).replace('|', ", ");
                self.say(format!("unknown order \"{name}\"; there are {names}"));
            }
        }
    }

    /// Compares two reports by their numbers in the list, from the top.
    fn compare_numbers(&mut self, typed: &str) {
        let order = &self.shared.list.order;
        let count = order.len();
        let numbers = typed.split([' ', ',']).filter(|word| !word.is_empty());
        let reports: Vec<Option<ReportNo>> = numbers
            .map(|word| {
                order
                    .get(word.parse::<usize>().ok()?.checked_sub(1)?)
                    .copied()
            })
            .collect();
        match reports.as_slice() {
            [Some(left), Some(right)] if left != right => {
                self.open_comparison(Sides::new(*left, *right));
            }
            _ => self.say(format!(
                "compare takes two report numbers, as in \"compare 1 2\"; the list has 1 to {count}"
            )),
        }
    }
}
