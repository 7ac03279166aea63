//! What was typed becomes a Command; no side effects.
