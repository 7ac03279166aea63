//! Reads theme files and gives every [`Scope`] its style on this terminal.
//!
//! Built-in themes are files like the user's own, read by the same parser. A theme that `extends` another is merged over it
//! before tones are resolved, so that changing one tone changes every style that names it. Without colours, every theme is
//! the mono theme, which uses bold, italic and underline instead.

mod scope;
mod tone;

use std::cell::LazyCell;
use std::collections::HashMap;

use indexmap::IndexSet;
use ratatui::style::{Modifier, Style};

pub use scope::Scope;
pub use tone::ColorDepth;
use tone::Tone;

use crate::config::settings_file::{
    LocatedText, SettingsReader, SettingsTable, SettingsValue, follow_extends, unknown_name,
};
use crate::config::{SettingsError, SettingsErrors, SettingsFile, default_files};

/// The style of every scope, for one terminal.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Styles by the number of their scope.
    styles: Vec<Style>,
}

/// All themes: the user's own, then the built-in ones.
#[derive(Clone, Debug)]
pub struct Themes {
    files: Vec<SettingsFile>,
}

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("dim", Modifier::DIM),
];

impl Theme {
    /// Returns the style of `scope`, to be patched over the style beneath it.
    pub fn get(&self, scope: Scope) -> Style {
        self.styles.get(scope as usize).copied().unwrap_or_default()
    }
}

impl Themes {
    /// Returns the user's `own` themes, which take precedence, and the built-in ones.
    pub fn new(own: &[SettingsFile]) -> Self {
        Self {
            files: own
                .iter()
                .cloned()
                .chain(default_files("themes/"))
                .collect(),
        }
    }

    /// Returns the names, each once.
    pub fn names(&self) -> Vec<&str> {
        let names = self.files.iter().map(SettingsFile::stem);
        names.collect::<IndexSet<_>>().into_iter().collect()
    }

    /// Returns the theme called `name` for a terminal of `depth`; without colours, the mono theme.
    ///
    /// # Errors
    /// Returns all mistakes in its file and in those it extends.
    pub fn theme(&self, name: &str, depth: ColorDepth) -> Result<Theme, SettingsErrors> {
        let name = match depth {
            ColorDepth::None => "mono",
            _ => name,
        };
        let Some(first) = self.find(name, &[]) else {
            let names = self.names();
            let mut message = unknown_name("theme", name, names.iter().copied());
            let is_guess = message.ends_with('?');
            if !is_guess {
                message += &format!("; there are {}", names.join(", "));
            }
            let error = SettingsFile::new("theme", "").error(message);
            return Err(SettingsErrors(vec![error]));
        };
        let files = self.files.iter();
        let readers: Vec<_> = files
            .map(|file| LazyCell::new(|| SettingsReader::parse(file)))
            .collect();
        let extends = |file: usize| readers[file].root().text("extends");
        let find = |name: &str, taken: &[usize]| self.find(name, taken);
        let lineage = follow_extends(first, extends, find, "theme", &self.names());
        let lineage = lineage.unwrap_or_else(|| vec![first]);
        let mut sheet = StyleSheet::default();
        for file in lineage.iter().rev() {
            sheet.read_file(readers[*file].root());
        }
        let theme = Theme {
            name: name.to_owned(),
            styles: sheet.styles(depth),
        };
        let errors = lineage.iter().flat_map(|file| readers[*file].errors());
        SettingsErrors::unless_any(errors.collect(), theme)
    }

    /// Returns the mistakes in all themes.
    pub fn errors(&self) -> Vec<SettingsError> {
        let names = self.names().into_iter();
        let errors = names.filter_map(|name| self.theme(name, ColorDepth::True).err());
        errors.flat_map(|errors| errors.0).collect()
    }

    /// Returns the number of the first file called `name` that is not `taken`.
    fn find(&self, name: &str, taken: &[usize]) -> Option<usize> {
        let mut files = self.files.iter().enumerate();
        let found = files.find(|(number, file)| file.stem() == name && !taken.contains(number));
        found.map(|(number, _)| number)
    }
}

/// Tones and styles as written, merged from a theme and those it extends.
#[derive(Default)]
struct StyleSheet<'r> {
    tones: HashMap<&'r str, Tone>,
    styles: HashMap<Scope, StyleDef<'r>>,
}

/// A style as written. Its colours are tones or names of tones, resolved when all files are read.
#[derive(Default)]
struct StyleDef<'r> {
    fg: Option<LocatedText<'r>>,
    bg: Option<LocatedText<'r>>,
    add: Modifier,
}

impl<'r> StyleSheet<'r> {
    fn read_file(&mut self, file: SettingsTable<'r>) {
        for (name, value) in file.entries() {
            match (name.text, value.as_table()) {
                ("extends", _) => _ = value.text(),
                ("tones", Some(tones)) => self.read_tones(tones),
                _ => match Scope::named(name.text) {
                    Some(scope) => _ = self.styles.insert(scope, read_style(scope, value)),
                    None => name.note_unknown("scope", Scope::ALL.iter().map(|scope| scope.name())),
                },
            }
        }
    }

    fn read_tones(&mut self, tones: SettingsTable<'r>) {
        for (name, value) in tones.entries() {
            match value.as_text().and_then(|text| Tone::parse(text.text)) {
                Some(tone) => _ = self.tones.insert(name.text, tone),
                None => value.note(TONE_SYNTAX),
            }
        }
    }

    /// Returns the style of every scope; one without a style of its own has that of its parent.
    fn styles(&self, depth: ColorDepth) -> Vec<Style> {
        let styles = self.styles.iter().map(|(scope, def)| {
            let color = |color: Option<LocatedText<'_>>| self.tone(color?)?.at(depth);
            let style = Style {
                fg: color(def.fg),
                bg: color(def.bg),
                ..Style::default()
            };
            (*scope, style.add_modifier(def.add))
        });
        let styles: HashMap<Scope, Style> = styles.collect();
        let inherited = |scope: &Scope| {
            let mut scopes = std::iter::successors(Some(*scope), |scope| scope.parent());
            scopes.find_map(|scope| styles.get(&scope).copied())
        };
        let all = Scope::ALL.iter();
        all.map(|scope| inherited(scope).unwrap_or_default())
            .collect()
    }

    fn tone(&self, color: LocatedText<'_>) -> Option<Tone> {
        let tone = self.tones.get(color.text).copied();
        let tone = tone.or_else(|| Tone::parse(color.text));
        if tone.is_none() {
            let unknown = unknown_name("tone", color.text, []);
            color.note(format!("{unknown}; {TONE_SYNTAX}"));
        }
        tone
    }
}

fn read_style(scope: Scope, value: SettingsValue<'_>) -> StyleDef<'_> {
    let mut style = StyleDef::default();
    let Some(table) = value.as_table() else {
        value.note("write a style as { fg = \"#rrggbb\", bg = \"red\", add = [\"bold\"] }");
        return style;
    };
    for (name, value) in table.entries() {
        match name.text {
            "fg" => style.fg = value.text(),
            "bg" => style.bg = value.text(),
            "add" => {
                let items = value.list().into_iter();
                let modifiers = items.filter_map(|item| item.choice("modifier", &MODIFIERS));
                style.add = modifiers.collect();
            }
            _ => note_unknown_part(scope, name),
        }
    }
    style
}

const TONE_SYNTAX: &str = "a tone is \"#rrggbb\", \"#rrggbb lightred\" (the second for 16 colours), \"red\", \"default\", or a name of [tones]";

/// Reports an unknown `part` of the style of `scope`. A scope with dots needs quotes in TOML, or it is read as nested tables.
fn note_unknown_part(scope: Scope, part: LocatedText<'_>) {
    let longer = format!("{}.{}", scope.name(), part.text);
    let begins = |each: &&Scope| {
        let rest = each.name().strip_prefix(longer.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    match Scope::ALL.iter().find(begins) {
        Some(scope) => part.note(format!(
            "write names with dots in quotes: {:?}",
            scope.name()
        )),
        None => part.note_unknown("part of a style", ["fg", "bg", "add"]),
    }
}

#[cfg(test)]
mod tests {
    use super::tone::{SIXTEEN, channels_of_256};
    use super::*;
    use ratatui::style::Color;

    fn own(text: &str) -> Themes {
        Themes::new(&[SettingsFile::new("themes/mine.toml", text)])
    }

    fn built_in(name: &str, depth: ColorDepth) -> Theme {
        Themes::new(&[]).theme(name, depth).unwrap()
    }

    fn errors(text: &str) -> Vec<String> {
        let errors = own(text).theme("mine", ColorDepth::True).unwrap_err();
        errors.0.iter().map(ToString::to_string).collect()
    }

    fn channels(color: Color) -> [u8; 3] {
        match color {
            Color::Rgb(r, g, b) => [r, g, b],
            Color::Indexed(number) => channels_of_256(number),
            named => {
                SIXTEEN
                    .iter()
                    .find(|(_, each, _)| *each == named)
                    .unwrap()
                    .2
            }
        }
    }

    /// WCAG 2.1, relative luminance and contrast ratio.
    fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        let luminance = |rgb: [u8; 3]| {
            0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn assert_readable(theme: &Theme, backgrounds: &[[u8; 3]], least: f64) {
        for scope in Scope::ALL {
            let style = theme.get(*scope);
            let Some(fg) = style.fg else {
                assert_eq!(
                    style.bg, None,
                    "{scope:?} paints under letters of unknown colour"
                );
                continue;
            };
            let own_bg = style.bg.map(|bg| vec![channels(bg)]);
            // Lines are no text: WCAG 1.4.11 asks for three.
            let least = if *scope == Scope::Rule { 3.0 } else { least };
            for bg in own_bg.as_deref().unwrap_or(backgrounds) {
                let ratio = contrast(channels(fg), *bg);
                assert!(
                    ratio >= least,
                    "{}: {scope:?} on {bg:02x?}: {ratio:.2}",
                    theme.name
                );
            }
        }
    }

    const DARK: [[u8; 3]; 4] = [[0, 0, 0], [0x1e; 3], [0x00, 0x2b, 0x36], [0x28, 0x2c, 0x34]];
    const LIGHT: [[u8; 3]; 3] = [[255; 3], [0xfd, 0xf6, 0xe3], [0xef, 0xf1, 0xf5]];

    #[test]
    fn all_text_of_dark_and_light_has_a_contrast_of_four_and_a_half() {
        for depth in [ColorDepth::True, ColorDepth::Ansi256] {
            assert_readable(&built_in("dark", depth), &DARK, 4.5);
            assert_readable(&built_in("light", depth), &LIGHT, 4.5);
        }
    }

    #[test]
    fn sixteen_colours_stay_readable_in_the_tones_of_xterm() {
        // Every terminal has its own sixteen, so this can only be near: bright blue on black is 4.4 in xterm.
        assert_readable(&built_in("dark", ColorDepth::Ansi16), &[[0; 3]], 4.4);
        assert_readable(&built_in("light", ColorDepth::Ansi16), &[[255; 3]], 3.9);
    }

    #[test]
    fn quotes_and_terms_are_told_apart_without_colour() {
        for name in ["dark", "light", "mono"] {
            let theme = built_in(name, ColorDepth::True);
            let quote = theme.get(Scope::Quote).add_modifier;
            assert!(quote.contains(Modifier::ITALIC) && !quote.contains(Modifier::UNDERLINED));
            for scope in Scope::ALL.iter().filter(|s| s.name().starts_with("term")) {
                let term = theme.get(*scope).add_modifier;
                assert!(term.contains(Modifier::UNDERLINED), "{name} {scope:?}");
                assert!(!term.contains(Modifier::ITALIC), "{name} {scope:?}");
            }
            let changed = theme.get(Scope::DiffChanged).add_modifier;
            assert!(changed.contains(Modifier::BOLD), "{name}");
        }
    }

    #[test]
    fn only_what_is_in_focus_is_reversed() {
        for name in ["dark", "light", "mono"] {
            let theme = built_in(name, ColorDepth::True);
            for scope in Scope::ALL {
                let reversed = theme.get(*scope).add_modifier.contains(Modifier::REVERSED);
                let focus = scope.name().ends_with(".focus") && *scope != Scope::Focus;
                // They are in focus too, but painted where there are colours.
                let painted = matches!(scope, Scope::SearchCurrent | Scope::Selection);
                assert!(!reversed || focus || painted, "{name} {scope:?}");
                assert!(reversed || !focus, "{name} {scope:?}");
            }
        }
    }

    #[test]
    fn without_colours_every_theme_is_mono_and_has_none() {
        let theme = built_in("dark", ColorDepth::None);
        assert_eq!(theme.name, "mono");
        for depth in [ColorDepth::True, ColorDepth::Ansi16, ColorDepth::None] {
            let theme = built_in("mono", depth);
            for scope in Scope::ALL {
                assert_eq!((theme.get(*scope).fg, theme.get(*scope).bg), (None, None));
            }
        }
    }

    #[test]
    fn a_theme_of_ones_own_is_laid_over_what_it_extends() {
        let theme =
            own("extends = 'dark'\nsearch = { bg = 'lightred' }\n[tones]\nvoice = '#abcdef'\n");
        let theme = theme.theme("mine", ColorDepth::True).unwrap();
        let voice = Color::Rgb(0xab, 0xcd, 0xef);
        assert_eq!(
            theme.get(Scope::Quote).fg,
            Some(voice),
            "the tone is changed"
        );
        assert_eq!(
            theme.get(Scope::Search),
            Style::default().bg(Color::LightRed)
        );
        let dark = built_in("dark", ColorDepth::True);
        assert_eq!(theme.get(Scope::Error), dark.get(Scope::Error));
    }

    #[test]
    fn a_theme_may_have_the_name_of_the_one_it_extends() {
        let mine = SettingsFile::new("themes/dark.toml", "extends = 'dark'\n");
        let themes = Themes::new(&[mine]);
        assert_eq!(themes.names(), ["dark", "light", "mono"]);
        let theme = themes.theme("dark", ColorDepth::True).unwrap();
        assert_eq!(theme.styles, built_in("dark", ColorDepth::True).styles);
    }

    #[test]
    fn everything_wrong_in_a_theme_is_said_at_once() {
        let said = errors(
            "quotte = { fg = 'red' }\nui.text.focus = { fg = 'red' }\nquote = { fgg = 'red', add = ['bolt'] }\nterm = { fg = 'reddish' }\nsearch = 3\n",
        );
        assert_eq!(
            said,
            [
                "themes/mine.toml:1: unknown scope \"quotte\"; did you mean \"quote\"?",
                "themes/mine.toml:2: write names with dots in quotes: \"ui.text\"",
                "themes/mine.toml:3: unknown part of a style \"fgg\"; did you mean \"fg\"?",
                "themes/mine.toml:3: unknown modifier \"bolt\"; did you mean \"bold\"?",
                "themes/mine.toml:4: unknown tone \"reddish\"; a tone is \"#rrggbb\", \"#rrggbb lightred\" (the second for 16 colours), \"red\", \"default\", or a name of [tones]",
                "themes/mine.toml:5: write a style as { fg = \"#rrggbb\", bg = \"red\", add = [\"bold\"] }",
            ]
        );
    }

    #[test]
    fn a_theme_that_is_not_there_or_extends_itself_is_an_error() {
        let unknown = own("").theme("drak", ColorDepth::True).unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "theme: unknown theme \"drak\"; did you mean \"dark\"?"
        );
        assert_eq!(
            errors("extends = 'mine'\n"),
            ["themes/mine.toml:1: theme \"mine\" extends itself; leave out one \"extends\""]
        );
        assert_eq!(
            errors("\nextends = 'lihgt'\n"),
            ["themes/mine.toml:2: unknown theme \"lihgt\"; did you mean \"light\"?"]
        );
    }
}
