//! Puts words on the clipboard: asks the terminal for it (OSC 52), which never answers, and the desktop where it can be reached.
//!
//! The desktop's own clipboard needs the feature `native-clipboard`, and is left alone over ssh, where it would be that of another
//! machine.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// The clipboards that words are put on.
#[derive(Default)]
pub(super) struct Clipboard {
    /// Kept, because on X11 the words are gone with the one who owns them.
    #[cfg(feature = "native-clipboard")]
    desktop: Option<arboard::Clipboard>,
}

impl Clipboard {
    /// Puts `words` on the desktop's clipboard; returns whether it has them now.
    #[cfg(feature = "native-clipboard")]
    pub(super) fn put_on_desktop(&mut self, words: &str) -> bool {
        let is_remote = ["SSH_CONNECTION", "SSH_TTY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
        if is_remote {
            return false;
        }
        if self.desktop.is_none() {
            self.desktop = arboard::Clipboard::new().ok();
        }
        let desktop = self.desktop.as_mut();
        desktop.is_some_and(|desktop| desktop.set_text(words).is_ok())
    }

    /// Returns false: this program was built without the desktop's clipboard.
    #[cfg(not(feature = "native-clipboard"))]
    pub(super) fn put_on_desktop(&mut self, _words: &str) -> bool {
        false
    }
}

/// Returns the sequence that asks the terminal to put `words` on its clipboard.
pub(super) fn terminal_sequence(words: &str) -> String {
    format!("\x1b]52;c;{}\x07", BASE64.encode(words.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_is_asked_in_base64_so_that_no_words_steer_it() {
        assert_eq!(terminal_sequence("steel\u{7}"), "\x1b]52;c;c3RlZWwH\x07");
    }
}
