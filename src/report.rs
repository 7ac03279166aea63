//! Results as text, Markdown, JSON, CSV or HTML, for pipes.
