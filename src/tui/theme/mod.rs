//! A theme file -> the style of every [`Scope`] on this terminal.
//!
//! The three themes of the program are files like the reader's own and are read by the same parser. A theme that `extends`
//! another is laid over it before tones are looked up, so that changing one tone changes all that wears it. Without colours
//! every theme is the mono one: what colour would tell, bold, italic and underline must.

mod scope;
mod tone;

use std::collections::HashMap;
use std::ops::Range;

use ratatui::style::{Modifier, Style};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use scope::Scope;
pub use tone::ColorDepth;
use tone::Tone;

use crate::config::error::{self, SettingsError, SettingsFile};

/// The style of every scope, for one terminal.
#[derive(Clone, Debug)]
pub struct Theme {
    name: String,
    /// At the number of each scope.
    styles: Vec<Style>,
}

/// The themes there are: the reader's own, then the program's, by name.
#[derive(Clone, Debug)]
pub struct Themes {
    files: Vec<(String, SettingsFile)>,
}

const BUILT_IN: [(&str, &str); 3] = [
    ("dark", include_str!("../../../assets/themes/dark.toml")),
    ("light", include_str!("../../../assets/themes/light.toml")),
    ("mono", include_str!("../../../assets/themes/mono.toml")),
];

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("dim", Modifier::DIM),
];

impl Theme {
    /// Returns what `scope` looks like; patch it over what it lies on.
    pub fn get(&self, scope: Scope) -> Style {
        self.styles.get(scope as usize).copied().unwrap_or_default()
    }

    /// Returns what it is called.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Themes {
    /// Returns the themes of the program and `own` (name, file), which are found first.
    pub fn new(own: &[(String, SettingsFile)]) -> Self {
        let built_in = BUILT_IN.iter().map(|(name, text)| {
            let shown = format!("default themes/{name}.toml");
            ((*name).to_owned(), SettingsFile::new(&shown, text))
        });
        Self {
            files: own.iter().cloned().chain(built_in).collect(),
        }
    }

    /// Returns the names, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.files {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// Returns the theme called `name` for a terminal of `depth`; without colours the mono one.
    ///
    /// # Errors
    /// Returns all that is wrong in its file and in those it extends.
    pub fn theme(&self, name: &str, depth: ColorDepth) -> Result<Theme, Vec<SettingsError>> {
        let asked = match depth {
            ColorDepth::None => "mono",
            _ => name,
        };
        let mut wardrobe = Wardrobe::default();
        for file in self.lineage(asked)?.iter().rev() {
            wardrobe.read(file);
        }
        let styles = wardrobe.styles(depth);
        match wardrobe.errors.is_empty() {
            true => Ok(Theme {
                name: asked.to_owned(),
                styles,
            }),
            false => {
                let place = |error: &SettingsError| (error.file.clone(), error.line);
                wardrobe.errors.sort_by_key(place);
                Err(wardrobe.errors)
            }
        }
    }

    /// Returns the file of `name`, the one it extends, and so on. A file that extends its own name means the program's theme
    /// of that name; each file is taken once, so a circle ends in an error.
    fn lineage(&self, name: &str) -> Result<Vec<File<'_>>, Vec<SettingsError>> {
        let mut taken: Vec<File<'_>> = Vec::new();
        let mut wanted = (name.to_owned(), None);
        loop {
            let (name, from) = wanted;
            let is_taken = |source| taken.iter().any(|file| file.source == source);
            let mut files = self.files.iter();
            let found = files.find(|(each, source)| *each == name && !is_taken(source));
            let Some((_, source)) = found else {
                return Err(vec![self.missing(&name, from)]);
            };
            let file = File::parse(source);
            let base = file.extends();
            taken.push(file);
            match base {
                Some((base, at)) => wanted = (base, Some((source, at))),
                None => return Ok(taken),
            }
        }
    }

    fn missing(&self, name: &str, from: Option<(&SettingsFile, Range<usize>)>) -> SettingsError {
        let circle = self.files.iter().any(|(each, _)| each == name);
        let what = match circle {
            true => format!("theme {name:?} extends itself; leave out one \"extends\""),
            false => error::unknown("theme", name, error::nearest(name, self.names())),
        };
        match from {
            Some((source, at)) => source.error(&at, what),
            None => SettingsError {
                file: "theme".to_owned(),
                line: None,
                what,
            },
        }
    }
}

/// A theme's file, taken apart but not yet understood, with what is wrong in its TOML.
struct File<'a> {
    source: &'a SettingsFile,
    table: DeTable<'a>,
    errors: Vec<SettingsError>,
}

impl<'a> File<'a> {
    fn parse(source: &'a SettingsFile) -> Self {
        let (document, errors) = DeTable::parse_recoverable(&source.text);
        let errors = errors.iter().map(|error| source.toml_error(error));
        Self {
            source,
            errors: errors.collect(),
            table: document.into_inner(),
        }
    }

    /// Returns the name of the theme that it extends, and where that stands.
    fn extends(&self) -> Option<(String, Range<usize>)> {
        let base = self.table.get("extends")?;
        Some((base.get_ref().as_str()?.to_owned(), base.span()))
    }
}

/// Tones and dresses as they are written, of several files laid over each other.
#[derive(Default)]
struct Wardrobe<'a> {
    tones: HashMap<String, Tone>,
    dresses: HashMap<usize, Dress<'a>>,
    errors: Vec<SettingsError>,
}

#[derive(Clone, Default)]
struct Dress<'a> {
    fg: Option<Paint<'a>>,
    bg: Option<Paint<'a>>,
    add: Modifier,
}

/// A colour that is written in a dress: a tone, or the name of one, looked up when all files are read.
#[derive(Clone)]
struct Paint<'a> {
    text: String,
    source: &'a SettingsFile,
    at: Range<usize>,
}

impl<'a> Wardrobe<'a> {
    fn read(&mut self, file: &File<'a>) {
        let source = file.source;
        self.errors.extend(file.errors.iter().cloned());
        for (name, value) in &file.table {
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("extends", DeValue::String(_)) => {}
                ("extends", _) => self.fail(source, value, "\"extends\" is the name of a theme"),
                ("tones", DeValue::Table(tones)) => self.read_tones(source, tones),
                (scope, _) => match Scope::named(scope) {
                    Some(scope) => self.read_dress(source, scope, value),
                    None => self
                        .errors
                        .push(source.error(&name.span(), unknown_scope(scope))),
                },
            }
        }
    }

    fn read_tones(&mut self, source: &SettingsFile, tones: &DeTable<'_>) {
        for (name, value) in tones {
            match value.get_ref().as_str().and_then(Tone::parse) {
                Some(tone) => {
                    self.tones.insert(name.get_ref().to_string(), tone);
                }
                None => self.fail(source, value, NO_TONE),
            }
        }
    }

    fn read_dress(&mut self, source: &'a SettingsFile, scope: Scope, value: &Spanned<DeValue<'_>>) {
        let DeValue::Table(table) = value.get_ref() else {
            let what = "a style is written { fg = \"#rrggbb\", bg = \"red\", add = [\"bold\"] }";
            return self.fail(source, value, what);
        };
        let mut dress = Dress::default();
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "fg" => dress.fg = self.paint(source, value),
                "bg" => dress.bg = self.paint(source, value),
                "add" => dress.add = self.modifiers(source, value),
                other => {
                    let what = unknown_part(scope, other);
                    self.errors.push(source.error(&name.span(), what));
                }
            }
        }
        self.dresses.insert(scope as usize, dress);
    }

    fn paint(
        &mut self,
        source: &'a SettingsFile,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Paint<'a>> {
        let Some(text) = value.get_ref().as_str() else {
            self.fail(source, value, NO_TONE);
            return None;
        };
        Some(Paint {
            text: text.to_owned(),
            source,
            at: value.span(),
        })
    }

    fn modifiers(&mut self, source: &SettingsFile, value: &Spanned<DeValue<'_>>) -> Modifier {
        let mut all = Modifier::empty();
        let Some(array) = value.get_ref().as_array() else {
            self.fail(source, value, "\"add\" is a list: [\"bold\", \"italic\"]");
            return all;
        };
        for item in array {
            let name = item.get_ref().as_str().unwrap_or_default();
            match MODIFIERS.iter().find(|(each, _)| *each == name) {
                Some((_, modifier)) => all |= *modifier,
                None => {
                    let near = error::nearest(name, MODIFIERS.map(|(each, _)| each));
                    let what = error::unknown("modifier", name, near);
                    self.errors.push(source.error(&item.span(), what));
                }
            }
        }
        all
    }

    fn fail(&mut self, source: &SettingsFile, value: &Spanned<DeValue<'_>>, what: &str) {
        self.errors.push(source.error(&value.span(), what));
    }

    /// Returns the style of every scope; a scope without a dress wears its parent's.
    fn styles(&mut self, depth: ColorDepth) -> Vec<Style> {
        let mut unknown = Vec::new();
        let mut own: HashMap<usize, Style> = HashMap::new();
        for (place, dress) in &self.dresses {
            let mut color = |paint: &Option<Paint<'_>>| {
                let paint = paint.as_ref()?;
                let tone = self
                    .tones
                    .get(&paint.text)
                    .copied()
                    .or_else(|| Tone::parse(&paint.text));
                if tone.is_none() {
                    let what = error::unknown("tone", &paint.text, None);
                    unknown.push(paint.source.error(&paint.at, format!("{what}; {NO_TONE}")));
                }
                tone?.at(depth)
            };
            let style = Style {
                fg: color(&dress.fg),
                bg: color(&dress.bg),
                ..Style::default()
            };
            own.insert(*place, style.add_modifier(dress.add));
        }
        self.errors.append(&mut unknown);
        Scope::ALL
            .iter()
            .map(|scope| dressed(&own, *scope))
            .collect()
    }
}

fn dressed(own: &HashMap<usize, Style>, scope: Scope) -> Style {
    let mut wearer = Some(scope);
    while let Some(scope) = wearer {
        if let Some(style) = own.get(&(scope as usize)) {
            return *style;
        }
        wearer = scope.parent();
    }
    Style::default()
}

const NO_TONE: &str = "a tone is \"#rrggbb\", \"#rrggbb lightred\" (the second for 16 colours), \"red\", \"default\", or a name of [tones]";

fn unknown_scope(name: &str) -> String {
    let near = error::nearest(name, Scope::ALL.iter().map(|scope| scope.name()));
    error::unknown("scope", name, near)
}

/// Says what is wrong with `part` in the style of `scope`; a TOML name with dots needs quotes, else it is read as a table in a table.
fn unknown_part(scope: Scope, part: &str) -> String {
    let longer = format!("{}.{part}", scope.name());
    let begins =
        |each: &&Scope| each.name() == longer || each.name().starts_with(&format!("{longer}."));
    match Scope::ALL.iter().find(begins) {
        Some(scope) => format!("write names with dots in quotes: {:?}", scope.name()),
        None => error::unknown(
            "part of a style",
            part,
            error::nearest(part, ["fg", "bg", "add"]),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::tone::{SIXTEEN, channels_of_256};
    use super::*;
    use ratatui::style::Color;

    fn own(text: &str) -> Themes {
        Themes::new(&[(
            "mine".to_owned(),
            SettingsFile::new("themes/mine.toml", text),
        )])
    }

    fn built_in(name: &str, depth: ColorDepth) -> Theme {
        Themes::new(&[]).theme(name, depth).unwrap()
    }

    fn errors(text: &str) -> Vec<String> {
        let errors = own(text).theme("mine", ColorDepth::True).unwrap_err();
        errors.iter().map(SettingsError::to_string).collect()
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
                    theme.name()
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
                let focus = focus || *scope == Scope::SearchCurrent;
                assert!(!reversed || focus, "{name} {scope:?}");
                assert!(
                    reversed || !focus || *scope == Scope::SearchCurrent,
                    "{name} {scope:?}"
                );
            }
        }
    }

    #[test]
    fn without_colours_every_theme_is_mono_and_has_none() {
        let theme = built_in("dark", ColorDepth::None);
        assert_eq!(theme.name(), "mono");
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
        let mine = (
            "dark".to_owned(),
            SettingsFile::new("themes/dark.toml", "extends = 'dark'\n"),
        );
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
                "themes/mine.toml:3: unknown modifier \"bolt\"; did you mean \"bold\"?",
                "themes/mine.toml:3: unknown part of a style \"fgg\"; did you mean \"fg\"?",
                "themes/mine.toml:4: unknown tone \"reddish\"; a tone is \"#rrggbb\", \"#rrggbb lightred\" (the second for 16 colours), \"red\", \"default\", or a name of [tones]",
                "themes/mine.toml:5: a style is written { fg = \"#rrggbb\", bg = \"red\", add = [\"bold\"] }",
            ]
        );
    }

    #[test]
    fn a_theme_that_is_not_there_or_extends_itself_is_an_error() {
        let unknown = own("").theme("drak", ColorDepth::True).unwrap_err();
        assert_eq!(
            unknown[0].to_string(),
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
