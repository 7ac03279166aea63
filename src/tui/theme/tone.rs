//! Converts a colour of a theme to one that this terminal can show.
//!
//! A tone has two values: a 24-bit colour, and one of the 16 basic colours that the theme may choose by hand, because the
//! nearest of 16 is often unreadable (dark blue on black). The nearest of 256 is computed.

use ratatui::style::Color;

/// Number of colours that the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorDepth {
    /// All of 24 bits.
    True,
    /// 256, of which the last 240 are the same everywhere.
    Ansi256,
    /// 16, whose exact tones the user of the terminal chose.
    Ansi16,
    /// None, or NO_COLOR is set.
    None,
}

impl ColorDepth {
    /// Detects the depth from NO_COLOR (set and not empty), COLORTERM and TERM.
    pub fn detect(no_color: bool, colorterm: Option<&str>, term: Option<&str>) -> Self {
        let term = term.unwrap_or_default();
        match colorterm {
            _ if no_color => ColorDepth::None,
            Some("truecolor" | "24bit") => ColorDepth::True,
            _ if term.contains("direct") => ColorDepth::True,
            _ if term.contains("256") => ColorDepth::Ansi256,
            _ if matches!(term, "" | "dumb") || term.starts_with("vt") => ColorDepth::None,
            _ => ColorDepth::Ansi16,
        }
    }
}

/// A colour as 24 bits and as one of the 16 basic colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tone {
    full: Color,
    sixteen: Color,
}

pub(super) const SIXTEEN: [(&str, Color, [u8; 3]); 16] = [
    ("black", Color::Black, [0, 0, 0]),
    ("red", Color::Red, [205, 0, 0]),
    ("green", Color::Green, [0, 205, 0]),
    ("yellow", Color::Yellow, [205, 205, 0]),
    ("blue", Color::Blue, [0, 0, 238]),
    ("magenta", Color::Magenta, [205, 0, 205]),
    ("cyan", Color::Cyan, [0, 205, 205]),
    ("gray", Color::Gray, [229, 229, 229]),
    ("darkgray", Color::DarkGray, [127, 127, 127]),
    ("lightred", Color::LightRed, [255, 0, 0]),
    ("lightgreen", Color::LightGreen, [0, 255, 0]),
    ("lightyellow", Color::LightYellow, [255, 255, 0]),
    ("lightblue", Color::LightBlue, [92, 92, 255]),
    ("lightmagenta", Color::LightMagenta, [255, 0, 255]),
    ("lightcyan", Color::LightCyan, [0, 255, 255]),
    ("white", Color::White, [255, 255, 255]),
];

impl Tone {
    /// Parses `#rrggbb`, `#rrggbb lightred` (the second for 16 colours), `lightred` or `default` (the terminal's default colour).
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let first = words.next()?;
        let tone = match (first.strip_prefix('#'), words.next()) {
            (Some(hex), sixteen) => {
                let rgb = channels(hex)?;
                let sixteen = sixteen.map_or_else(|| Some(nearest_of_sixteen(rgb)), named);
                Self {
                    full: Color::Rgb(rgb[0], rgb[1], rgb[2]),
                    sixteen: sixteen?,
                }
            }
            (None, None) => Self {
                full: named(first)?,
                sixteen: named(first)?,
            },
            (None, Some(_)) => return None,
        };
        words.next().is_none().then_some(tone)
    }

    /// Returns the colour for a terminal of `depth`; `None` for the terminal's default colour.
    pub(super) fn at(self, depth: ColorDepth) -> Option<Color> {
        let color = match (depth, self.full) {
            (ColorDepth::None, _) => Color::Reset,
            (ColorDepth::True, full) => full,
            (ColorDepth::Ansi256, Color::Rgb(r, g, b)) => Color::Indexed(nearest_of_256([r, g, b])),
            (ColorDepth::Ansi256, full) => full,
            (ColorDepth::Ansi16, _) => self.sixteen,
        };
        (color != Color::Reset).then_some(color)
    }
}

fn channels(hex: &str) -> Option<[u8; 3]> {
    let number = u32::from_str_radix(hex, 16).ok()?;
    let [_, r, g, b] = number.to_be_bytes();
    (hex.len() == 6 && !hex.starts_with('+')).then_some([r, g, b])
}

fn named(name: &str) -> Option<Color> {
    if name == "default" {
        return Some(Color::Reset);
    }
    let found = SIXTEEN.iter().find(|(each, ..)| *each == name);
    found.map(|(_, color, _)| *color)
}

fn nearest_of_sixteen(rgb: [u8; 3]) -> Color {
    let nearest = SIXTEEN
        .iter()
        .min_by_key(|(_, _, each)| distance(*each, rgb));
    nearest.map_or(Color::Reset, |(_, color, _)| *color)
}

/// Returns the nearest of the colours 16 to 255. The first 16 are left out, because they differ from terminal to terminal.
fn nearest_of_256(rgb: [u8; 3]) -> u8 {
    let nearest = (16..=255).min_by_key(|number| distance(channels_of_256(*number), rgb));
    nearest.unwrap_or(16)
}

/// Returns the red, green and blue of color `number` of the 256; 16 or more.
pub(super) fn channels_of_256(number: u8) -> [u8; 3] {
    if number >= 232 {
        return [(number - 232) * 10 + 8; 3];
    }
    let cube = number.saturating_sub(16);
    [cube / 36, cube / 6 % 6, cube % 6].map(|step| match step {
        0 => 0,
        _ => step * 40 + 55,
    })
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    // Weights after how much the eye sees of each channel.
    let square = |channel: usize| u32::from(a[channel].abs_diff(b[channel])).pow(2);
    2 * square(0) + 4 * square(1) + 3 * square(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_gives_each_terminal_what_it_can_show() {
        let tone = Tone::parse("#5fafff lightcyan").unwrap();
        assert_eq!(
            tone.at(ColorDepth::True),
            Some(Color::Rgb(0x5f, 0xaf, 0xff))
        );
        assert_eq!(tone.at(ColorDepth::Ansi256), Some(Color::Indexed(75)));
        assert_eq!(tone.at(ColorDepth::Ansi16), Some(Color::LightCyan));
        assert_eq!(tone.at(ColorDepth::None), None);
    }

    #[test]
    fn a_tone_without_a_second_word_takes_the_nearest_of_sixteen() {
        let tone = Tone::parse("#f00010").unwrap();
        assert_eq!(tone.at(ColorDepth::Ansi16), Some(Color::LightRed));
        assert_eq!(Tone::parse("default").unwrap().at(ColorDepth::True), None);
    }

    #[test]
    fn what_is_no_colour_is_none() {
        for text in [
            "",
            "#12345",
            "#12345g",
            "#+12345",
            "pinkish",
            "red red",
            "#123456 red red",
        ] {
            assert_eq!(Tone::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        assert_eq!(
            ColorDepth::detect(true, Some("truecolor"), Some("xterm")),
            ColorDepth::None
        );
        assert_eq!(
            ColorDepth::detect(false, Some("truecolor"), Some("xterm")),
            ColorDepth::True
        );
        assert_eq!(
            ColorDepth::detect(false, None, Some("screen-256color")),
            ColorDepth::Ansi256
        );
        assert_eq!(
            ColorDepth::detect(false, None, Some("linux")),
            ColorDepth::Ansi16
        );
        assert_eq!(
            ColorDepth::detect(false, None, Some("vt220")),
            ColorDepth::None
        );
        assert_eq!(ColorDepth::detect(false, None, None), ColorDepth::None);
    }
}
