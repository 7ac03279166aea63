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

/// What a key did to a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The text is another one now.
    Edited,
    /// Only the cursor moved, or nothing happened.
    Kept,
    /// Enter.
    Submitted,
    /// Esc, ^c, or Backspace on an empty line.
    Cancelled,
    /// No editing key: somebody else's.
    Other,
}

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

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Typed {
        if key.modifiers().contains(KeyModifiers::CONTROL) {
            return self.control(key.code());
        }
        match key.code() {
            KeyCode::Char(c) if !key.modifiers().contains(KeyModifiers::ALT) => {
                self.insert(&sanitize::sanitize(c.to_string()).text);
                Typed::Edited
            }
            KeyCode::Backspace if self.text.is_empty() => Typed::Cancelled,
            KeyCode::Backspace => self.delete(self.previous(), self.cursor),
            KeyCode::Delete => self.delete(self.cursor, self.next()),
            KeyCode::Left => self.go(self.previous()),
            KeyCode::Right => self.go(self.next()),
            KeyCode::Home => self.go(0),
            KeyCode::End => self.go(self.text.len()),
            KeyCode::Enter => Typed::Submitted,
            KeyCode::Esc => Typed::Cancelled,
            _ => Typed::Other,
        }
    }

    fn control(&mut self, code: KeyCode) -> Typed {
        match code {
            KeyCode::Char('a') => self.go(0),
            KeyCode::Char('e') => self.go(self.text.len()),
            KeyCode::Char('h') if self.text.is_empty() => Typed::Cancelled,
            KeyCode::Char('h') => self.delete(self.previous(), self.cursor),
            KeyCode::Char('w') => self.delete(self.word_start(), self.cursor),
            KeyCode::Char('u') => self.delete(0, self.cursor),
            KeyCode::Char('k') => self.delete(self.cursor, self.text.len()),
            KeyCode::Char('j') => Typed::Submitted,
            KeyCode::Char('c') => Typed::Cancelled,
            _ => Typed::Other,
        }
    }

    fn insert(&mut self, text: &str) {
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    fn delete(&mut self, from: usize, to: usize) -> Typed {
        self.text.replace_range(from..to, "");
        self.cursor = from;
        if from == to {
            Typed::Kept
        } else {
            Typed::Edited
        }
    }

    fn go(&mut self, to: usize) -> Typed {
        self.cursor = to;
        Typed::Kept
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
            prompt.key(Key::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
    }

    fn control(prompt: &mut Prompt, c: char) -> Typed {
        prompt.key(Key::new(KeyCode::Char(c), KeyModifiers::CONTROL))
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
            prompt.key(Key::new(KeyCode::Backspace, KeyModifiers::NONE)),
            Typed::Cancelled
        );
    }

    #[test]
    fn the_cursor_steps_over_whole_letters() {
        let mut prompt = Prompt::with("cafe\u{301}s");
        prompt.key(Key::new(KeyCode::Left, KeyModifiers::NONE));
        prompt.key(Key::new(KeyCode::Backspace, KeyModifiers::NONE));
        assert_eq!(prompt.text(), "cafs");
    }

    #[test]
    fn pasted_text_is_cleaned_to_one_line() {
        let mut prompt = Prompt::default();
        prompt.paste("trade\u{1b}[31m\nwar");
        assert!(!prompt.text().contains(['\u{1b}', '\n']));
    }
}
