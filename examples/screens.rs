//! Frames of the interface as pictures for the README: `cargo run --example screens` writes them anew.
//!
//! The frames are those that the tests look at, the bundled reports in the real views; nothing is drawn by hand. Each cell
//! becomes a place on a grid, and each run of cells that look alike one piece of text that is stretched to its columns, so that
//! it stands right whatever font the browser has. The ground is part of the picture: it reads the same on a light page and on a
//! dark one.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use stage::Stage;

#[path = "../tests/tui/stage.rs"]
#[expect(dead_code, reason = "the tests of the interface need more of it")]
mod stage;

/// A frame to be drawn.
struct Picture {
    file: &'static str,
    /// For those who cannot see it.
    title: &'static str,
    columns: u16,
    rows: u16,
    /// How one gets there from the first frame.
    steps: fn(Stage) -> Stage,
    ground: &'static Ground,
}

/// What a terminal adds to a theme: its own two colours.
struct Ground {
    theme: &'static str,
    paper: &'static str,
    ink: &'static str,
    edge: &'static str,
}

const DARK: Ground = Ground {
    theme: "dark",
    paper: "#16191f",
    ink: "#dfe3ea",
    edge: "#3b424d",
};
const LIGHT: Ground = Ground {
    theme: "light",
    paper: "#fbfaf7",
    ink: "#23262b",
    edge: "#c9c5bb",
};

const PICTURES: [Picture; 2] = [
    Picture {
        file: "compare.svg",
        title: "crossread compares two reports: matching passages stand in the same row, words that differ are marked",
        columns: 118,
        rows: 36,
        steps: |stage| {
            let stage = stage.keys("c").until("]c", "quote reworded");
            stage.keys("j j j j j j")
        },
        ground: &DARK,
    },
    Picture {
        file: "browse.svg",
        title: "crossread reads a report: quotations and terms are marked, the one in focus is told in the last line",
        columns: 118,
        rows: 36,
        steps: |stage| stage.keys("Enter ]q ]q ]q"),
        ground: &LIGHT,
    },
];

/// A cell in pixels.
const CELL: (f64, f64) = (8.4, 18.0);
const FONT_SIZE: f64 = 14.0;
/// From the top of a cell to the line that letters stand on.
const BASELINE: f64 = 13.5;
/// Between the edge and the first cell.
const MARGIN: f64 = 14.0;

/// README's screen as text stands between these, for those who do not see the picture.
const MARKERS: [&str; 2] = ["<!-- screen -->\n", "<!-- /screen -->"];
/// Columns and rows of that screen: as wide as the code of a page, and no longer than it needs.
const TEXT_SIZE: (u16, u16) = (100, 24);

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("assets/screens");
    fs::create_dir_all(&folder)?;
    for picture in &PICTURES {
        let stage = Stage::bundled(picture.columns, picture.rows).theme(picture.ground.theme);
        let (frame, _) = (picture.steps)(stage).draw();
        fs::write(folder.join(picture.file), svg(picture, &frame))?;
    }
    let readme = root.join("README.md");
    let with_screen = with_screen(&fs::read_to_string(&readme)?);
    fs::write(readme, with_screen)
}

/// Returns README with the first picture as text; without the markers, as it is.
fn with_screen(readme: &str) -> String {
    let parts = readme.split_once(MARKERS[0]).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(MARKERS[1])?;
        Some((before, after))
    });
    let Some((before, after)) = parts else {
        return readme.to_owned();
    };
    let stage = Stage::bundled(TEXT_SIZE.0, TEXT_SIZE.1);
    let (frame, _) = (PICTURES[0].steps)(stage).draw();
    let rows = (0..frame.area.height).map(|y| stage::row(&frame, y).trim_end().to_owned() + "\n");
    let screen: String = rows.collect();
    let [from, to] = MARKERS;
    format!("{before}{from}\n```text\n{screen}```\n\n{to}{after}")
}

/// Returns the picture of a frame.
fn svg(picture: &Picture, frame: &Buffer) -> String {
    let Ground {
        paper, ink, edge, ..
    } = picture.ground;
    let width = f64::from(frame.area.width) * CELL.0 + 2.0 * MARGIN;
    let height = f64::from(frame.area.height) * CELL.1 + 2.0 * MARGIN;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1} {height:.1}" width="{width:.0}" height="{height:.0}" role="img">
<title>{}</title>
<style>text {{ white-space: pre; font-size: {FONT_SIZE}px; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace }}</style>
<rect x="0.5" y="0.5" width="{:.1}" height="{:.1}" rx="8" fill="{paper}" stroke="{edge}"/>
<g transform="translate({MARGIN} {MARGIN})" fill="{ink}">
"#,
        escaped(picture.title),
        width - 1.0,
        height - 1.0,
    );
    for y in 0..frame.area.height {
        for run in runs(frame, y) {
            svg += &run.drawn(picture.ground);
        }
    }
    svg + "</g>\n</svg>\n"
}

/// Cells of one row that look alike.
struct Run<'f> {
    look: &'f Cell,
    column: u16,
    row: u16,
    columns: u16,
    words: String,
}

fn runs(frame: &Buffer, row: u16) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for column in 0..frame.area.width {
        let cell = &frame[(column, row)];
        match runs.last_mut() {
            Some(run) if alike(run.look, cell) => {
                run.columns += 1;
                run.words.push_str(cell.symbol());
            }
            _ => runs.push(Run {
                look: cell,
                column,
                row,
                columns: 1,
                words: cell.symbol().to_owned(),
            }),
        }
    }
    runs
}

fn alike(a: &Cell, b: &Cell) -> bool {
    (a.fg, a.bg, a.modifier) == (b.fg, b.bg, b.modifier)
}

impl Run<'_> {
    /// Returns the run as SVG: its background where it has one, then its words without the blanks around them.
    fn drawn(&self, ground: &Ground) -> String {
        let (ink, paper) = colors(self.look, ground);
        let top = f64::from(self.row) * CELL.1;
        let mut svg = String::new();
        if let Some(paper) = paper {
            let (x, width) = (across(self.column), across(self.columns));
            let _ = writeln!(
                svg,
                r#"<rect x="{x:.1}" y="{top:.1}" width="{width:.1}" height="{:.1}" fill="{paper}"/>"#,
                CELL.1
            );
        }
        for (blanks, words) in pieces(&self.words) {
            let column = self.column + blanks;
            svg += &match words {
                "│" => upright(column, self.row, ink.as_deref().unwrap_or(ground.ink)),
                _ => self.text(column, words, ink.as_deref()),
            };
        }
        svg
    }

    /// Returns some words of the run as a text that fills their columns.
    fn text(&self, column: u16, words: &str, ink: Option<&str>) -> String {
        let columns = u16::try_from(words.chars().count()).unwrap_or(u16::MAX);
        format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\"{}{}>{}</text>\n",
            across(column),
            f64::from(self.row) * CELL.1 + BASELINE,
            across(columns),
            ink.map_or_else(String::new, |ink| format!(r#" fill="{ink}""#)),
            dress(self.look.modifier),
            escaped(words),
        )
    }
}

/// Returns the words between two blanks and more, each with the columns before it: renderers disagree about the width of blanks side by
/// side (librsvg makes one of them), which moved the words after them.
fn pieces(words: &str) -> Vec<(u16, &str)> {
    let mut pieces = Vec::new();
    let mut column = 0;
    for piece in words.split("  ") {
        let trimmed = piece.trim();
        let before = piece.chars().take_while(|letter| *letter == ' ').count();
        if !trimmed.is_empty() {
            pieces.push((u16::try_from(column + before).unwrap_or(u16::MAX), trimmed));
        }
        column += piece.chars().count() + 2;
    }
    pieces
}

/// Returns a line from row to row; the letter for it leaves gaps between them in most fonts.
fn upright(column: u16, row: u16, ink: &str) -> String {
    let x = across(column) + CELL.0 / 2.0;
    let (top, height) = (f64::from(row) * CELL.1, CELL.1);
    format!(
        "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"1\" height=\"{height:.1}\" fill=\"{ink}\"/>\n"
    )
}

fn across(columns: u16) -> f64 {
    f64::from(columns) * CELL.0
}

/// Returns the colours of letters and background, where they are not those of the ground.
fn colors(cell: &Cell, ground: &Ground) -> (Option<String>, Option<String>) {
    let (ink, paper) = (hex(cell.fg), hex(cell.bg));
    if !cell.modifier.contains(Modifier::REVERSED) {
        return (ink, paper);
    }
    let own = |color: Option<String>, own: &str| Some(color.unwrap_or_else(|| own.to_owned()));
    (own(paper, ground.paper), own(ink, ground.ink))
}

/// Returns a colour of 24 bits; the themes of the pictures have no other.
fn hex(color: Color) -> Option<String> {
    match color {
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        _ => None,
    }
}

fn dress(modifier: Modifier) -> String {
    let attributes = [
        (Modifier::BOLD, r#" font-weight="bold""#),
        (Modifier::ITALIC, r#" font-style="italic""#),
        (Modifier::UNDERLINED, r#" text-decoration="underline""#),
        (Modifier::DIM, r#" opacity="0.6""#),
    ];
    let worn = attributes.iter().filter(|(one, _)| modifier.contains(*one));
    worn.map(|(_, attribute)| *attribute).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
