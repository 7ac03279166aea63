//! One line of text being typed, with the editing keys that shells and pagers share.

use crossterm::event::{KeyCode, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{CleanText, sanitize};

use super::key::Key;

/// The text so far and where the cursor stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    text: String,
    cursor: usize,
}

/// The effect of a key on a line being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptEvent {
    /// Its text changed.
    Edited,
    /// Enter was pressed.
    Submitted,
    /// Esc or ^c was pressed, or Backspace on an empty line.
    Cancelled,
    /// An arrow or its control letter asks to move so many rows.
    Moved(isize),
    /// A key that edits nothing.
    OtherKey(Key),
}

/// Rows that a page key moves while a line is being typed.
const PAGE: isize = 10;

impl Prompt {
    /// Returns a prompt that holds `text`, the cursor at its end.
    pub fn with(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
        }
    }

    /// Returns the text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text before the cursor.
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Replaces the text.
    pub fn set(&mut self, text: &str) {
        *self = Self::with(text);
    }

    /// Inserts pasted text as one clean line.
    pub fn paste(&mut self, text: &str) {
        self.insert(&CleanText::one_line(text));
    }

    /// Applies a key; returns what it did, `None` where only the cursor moved or nothing happened.
    pub fn apply(&mut self, key: Key) -> Option<PromptEvent> {
        let is_control = key.modifiers().contains(KeyModifiers::CONTROL);
        match (is_control, key.code()) {
            (false, KeyCode::Char(c)) if !key.modifiers().contains(KeyModifiers::ALT) => {
                self.insert(&sanitize::sanitize(c.to_string()).text);
                Some(PromptEvent::Edited)
            }
            (_, KeyCode::Down) | (true, KeyCode::Char('n')) => Some(PromptEvent::Moved(1)),
            (_, KeyCode::Up) | (true, KeyCode::Char('p')) => Some(PromptEvent::Moved(-1)),
            (_, KeyCode::PageDown) => Some(PromptEvent::Moved(PAGE)),
            (_, KeyCode::PageUp) => Some(PromptEvent::Moved(-PAGE)),
            (false, KeyCode::Backspace) | (true, KeyCode::Char('h')) if self.text.is_empty() => {
                Some(PromptEvent::Cancelled)
            }
            (false, KeyCode::Backspace) | (true, KeyCode::Char('h')) => {
                self.delete(self.previous(), self.cursor)
            }
            (false, KeyCode::Delete) => self.delete(self.cursor, self.next()),
            (false, KeyCode::Left) => self.go(self.previous()),
            (false, KeyCode::Right) => self.go(self.next()),
            (false, KeyCode::Home) | (true, KeyCode::Char('a')) => self.go(0),
            (false, KeyCode::End) | (true, KeyCode::Char('e')) => self.go(self.text.len()),
            (true, KeyCode::Char('w')) => self.delete(self.word_start(), self.cursor),
            (true, KeyCode::Char('u')) => self.delete(0, self.cursor),
            (true, KeyCode::Char('k')) => self.delete(self.cursor, self.text.len()),
            (false, KeyCode::Enter) | (true, KeyCode::Char('j')) => Some(PromptEvent::Submitted),
            (false, KeyCode::Esc) | (true, KeyCode::Char('c')) => Some(PromptEvent::Cancelled),
            _ => Some(PromptEvent::OtherKey(key)),
        }
    }

    fn insert(&mut self, text: &str) {
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    fn delete(&mut self, from: usize, to: usize) -> Option<PromptEvent> {
        self.text.replace_range(from..to, "");
        self.cursor = from;
        (from < to).then_some(PromptEvent::Edited)
    }

    fn go(&mut self, to: usize) -> Option<PromptEvent> {
        self.cursor = to;
        None
    }

    fn previous(&self) -> usize {
        self.before_cursor()
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn next(&self) -> usize {
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + rest.graphemes(true).next().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let before = self.before_cursor().trim_end();
        before.rfind(char::is_whitespace).map_or(0, |at| at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(prompt: &mut Prompt, keys: &str) {
        for c in keys.chars() {
            prompt.apply(Key::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
    }

    fn control(prompt: &mut Prompt, c: char) -> Option<PromptEvent> {
        prompt.apply(Key::new(KeyCode::Char(c), KeyModifiers::CONTROL))
    }

    #[test]
    fn words_and_lines_are_deleted_as_in_a_shell() {
        let mut prompt = Prompt::default();
        typed(&mut prompt, "white smoke");
        control(&mut prompt, 'w');
        assert_eq!(prompt.text(), "white ");
        control(&mut prompt, 'u');
        assert!(prompt.is_empty());
        assert_eq!(
            prompt.apply(Key::new(KeyCode::Backspace, KeyModifiers::NONE)),
            Some(PromptEvent::Cancelled)
        );
    }

    #[test]
    fn the_cursor_steps_over_whole_letters() {
        let mut prompt = Prompt::with("cafe\u{301}s");
        prompt.apply(Key::new(KeyCode::Left, KeyModifiers::NONE));
        prompt.apply(Key::new(KeyCode::Backspace, KeyModifiers::NONE));
        assert_eq!(prompt.text(), "cafs");
    }

    #[test]
    fn pasted_text_is_cleaned_to_one_line() {
        let mut prompt = Prompt::default();
        prompt.paste("trade\u{1b}[31m\nwar");
        assert!(!prompt.text().contains(['\u{1b}', '\n']));
    }
}
