//! The one door: untrusted text becomes [`Clean`] text, which may be drawn, copied and printed.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// Text that holds nothing a terminal would act on or hide; made by [`sanitize`](self) only.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Clean(String);

impl Deref for Clean {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
