//! Help while something is typed: it lies over the line, which comes back as it was.

use crate::tui::action::KeyContext;
use crate::tui::view::overlay::{HelpPage, Overlay, OverlayContent};

use super::App;

impl App {
    /// Opens the keys of a line being typed over it.
    pub(super) fn open_prompt_help(&mut self) {
        self.covered = Some((self.line.take(), self.overlay.take()));
        let page = HelpPage::new(KeyContext::Prompt);
        self.overlay = Some(Overlay::new(OverlayContent::Help(page)));
    }

    /// Brings back what help lay over, once that is closed.
    pub(super) fn uncover(&mut self) {
        if self.overlay.is_none()
            && let Some((line, overlay)) = self.covered.take()
        {
            self.line = line;
            self.overlay = overlay;
        }
    }
}
