//! Reports whose text stays in its file until somebody looks at it: nobody can tell them from those in memory.

use std::fs;
use std::path::Path;

use crossread::ingest::{ReadLimits, ReportSource};
use crossread::library::quotes::QuoteRef;
use crossread::library::{LibraryEntry, ReportNo};
use crossread::report::{self, OutputFormat, PrintJob, PrintOptions};
use crossread::tui::effect::Effect;
use crossread::tui::event::{Event, Progress};
use crossread::tui::worker::job::{AnnotatedReports, Answer, ExportedFile, FilterResults};

use crate::stage::Stage;

const ROWS: [&str; 5] = [
    r#"{"title":"Ferry stops on Friday","source":"Gazette","date":"2025-03-10","body":"The harbour ferry will stop running on Friday, Mayor Edith Palmer said on Monday.\n\n“We have no money left for the engine, and nobody has offered us any help at all,” Palmer told reporters at the pier."}"#,
    r#"{"title":"No money for ferry, mayor says","source":"Herald","date":"2025-03-10","body":"Mayor Edith Palmer announced on Monday that the harbour ferry will stop running on Friday.\n\n“We have no money left for an engine,” Palmer told reporters."}"#,
    r#"{"title":"Bank holds rate","source":"Gazette","date":"2025-03-10","body":"The central bank held its policy rate at 3 per cent on Monday, Governor Nils Aker said.\n\n“Inflation is closer to our target than it was in winter,” Aker told reporters in the capital."}"#,
    r#"{"title":"Rate unchanged as tariffs loom","source":"Herald","date":"2025-03-11","body":"Governor Nils Aker left the central bank's policy rate unchanged at 3 per cent on Monday as tariffs loom.\n\nInflation is closer to the target than in winter, Aker said."}"#,
    r#"{"title":"Brass band wins contest","source":"Mirror","date":"2025-03-09","body":"A brass band from three villages won the autumn contest with a march about bees."}"#,
];

fn reports(folder: &Path) -> Vec<LibraryEntry> {
    let path = folder.join("reports.jsonl");
    fs::write(&path, ROWS.join("\n")).expect("a folder of one's own");
    let mut reports = Vec::new();
    ReportSource::file(path).read_each(&ReadLimits::default(), &mut |read| {
        reports.extend(read.map(LibraryEntry::new));
    });
    reports
}

fn closed(mut reports: Vec<LibraryEntry>) -> Vec<LibraryEntry> {
    reports.iter_mut().for_each(LibraryEntry::close);
    reports
}

#[test]
fn closed_reports_look_like_open_ones_whatever_is_pressed() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    for (width, height) in [(120, 40), (80, 24), (40, 10)] {
        let mut open = Stage::empty(width, height).with(reports(folder.path()));
        let closed = closed(reports(folder.path()));
        assert!(closed.iter().all(|entry| entry.report().is_none()));
        let mut closed = Stage::empty(width, height).with(closed);
        for keys in [
            "j",
            "j",
            "G",
            "g",
            "Enter",
            "]q",
            "]r",
            "]t",
            "Esc",
            "m",
            "c",
            "j",
            "]c",
            "w",
            "Esc",
            "\"",
            "m o n e y",
            "Down",
            "Enter",
            "Esc",
            "W",
            "Esc",
            "M",
            "C",
            "j",
            "l",
            "Enter",
            "Esc",
            "/",
            "s p e a k e r : a k e r",
            "Enter",
            "j",
            "Esc",
            "/",
            "t e r m : t a r i f f",
            "Esc",
        ] {
            open = open.keys(keys);
            closed = closed.keys(keys);
            assert_eq!(
                open.frame(),
                closed.frame(),
                "after {keys} at {width}x{height}"
            );
        }
    }
}

#[test]
fn quotations_of_other_files_are_shown_after_those_whose_file_is_gone() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let mut all = closed(reports(folder.path()));
    let other = folder.path().join("pier.txt");
    let text = "Pier shut\n\n“The pier is shut until further notice,” Jane Doe said on Sunday.";
    fs::write(&other, text).expect("its own folder");
    ReportSource::file(other).read_each(&ReadLimits::default(), &mut |read| {
        all.extend(read.map(LibraryEntry::new));
    });
    let mut stage = Stage::empty(120, 40).with(all).keys("\"");
    assert!(stage.text().contains("The pier is shut"));
    let mut reports = stage.app.shared.library.entries.clone();
    reports[..ROWS.len()]
        .iter_mut()
        .for_each(LibraryEntry::close);
    fs::remove_file(folder.path().join("reports.jsonl")).expect("it was written");
    stage.app.shared.library = Default::default();
    stage.app.shared.library.entries = reports;
    stage = stage.keys("Down");
    assert!(
        stage.text().contains("The pier is shut"),
        "{}",
        stage.text()
    );
}

#[test]
fn a_report_whose_file_is_gone_says_so_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let mut reports = closed(reports(folder.path()));
    let other = folder.path().join("band.txt");
    fs::write(&other, "Brass band loses\n\nA brass band lost on Sunday.").expect("its own folder");
    ReportSource::file(other).read_each(&ReadLimits::default(), &mut |read| {
        reports.extend(read.map(LibraryEntry::new));
    });
    fs::remove_file(folder.path().join("reports.jsonl")).expect("it was written");
    let mut stage = Stage::empty(120, 40).with(reports);
    let shown = stage
        .text()
        .replace(&folder.path().display().to_string(), "");
    assert!(shown.contains("there is no such file"), "{shown}");
    assert!(shown.contains("Ferry stops on Friday"), "{shown}");
    stage = stage.keys("G");
    assert!(stage.text().contains("A brass band lost on Sunday."));
}

#[test]
fn a_comparison_and_a_grid_of_reports_that_are_gone_say_why_there_is_none() {
    for (width, height) in [(120, 40), (80, 24), (40, 10)] {
        let folder = tempfile::tempdir().expect("a folder of one's own");
        let reports = closed(reports(folder.path()));
        fs::remove_file(folder.path().join("reports.jsonl")).expect("it was written");
        let mut stage = Stage::empty(width, height).with(reports).keys("m m c j");
        let says_why = |stage: &mut Stage, waits: &str| {
            let shown = stage.text().replace('\n', "");
            let why = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(why.contains("there is no such file"), "{shown}");
            assert!(!why.contains(waits), "{shown}");
        };
        says_why(&mut stage, "comparing");
        stage = stage.keys("Esc M C");
        says_why(&mut stage, "laying");
    }
}

#[test]
fn reports_below_the_screen_are_read_ahead_and_nothing_is_drawn_for_it() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let stage = Stage::empty(120, 10).with(closed(reports(folder.path())));
    assert!((0..5).all(|number| stage.app.shared.report(ReportNo(number)).is_some()));
    let ahead = AnnotatedReports {
        counted: vec![ReportNo(4)],
        read: Vec::new(),
    };
    let shows = |stage: &Stage, annotated: &AnnotatedReports| {
        let answer = Answer::Annotated(annotated.clone());
        stage.app.shows(&Event::Answer(Box::new(answer)))
    };
    assert_eq!(stage.app.shared.list.order.last(), Some(&ReportNo(4)));
    assert!(!shows(&stage, &ahead));
    let stage = stage.keys("G");
    assert!(shows(&stage, &ahead));
}

#[test]
fn a_file_of_results_is_written_without_the_reports_that_are_gone() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let all = closed(reports(folder.path()));
    let other = folder.path().join("duties.jsonl");
    let row = r#"{"title":"Duties stay","body":"“The steel duties stay in place for now,” Doe said on Sunday."}"#;
    fs::write(&other, row).expect("a folder of one's own");
    let mut reports = all.clone();
    ReportSource::file(other).read_each(&ReadLimits::default(), &mut |read| {
        reports.extend(read.map(LibraryEntry::new));
    });
    let reports = closed(reports);
    fs::remove_file(folder.path().join("reports.jsonl")).expect("it was written");
    let held = PrintJob {
        reports: &reports,
        failures: &[],
        annotator: &Stage::empty(120, 40).app.shared.annotator,
        options: PrintOptions {
            measure: 72,
            columns: None,
            painted: false,
        },
    };
    let written = |out: &[u8]| -> serde_json::Value { serde_json::from_slice(out).expect("JSON") };
    let count = |written: &serde_json::Value, of: &str| written[of].as_array().map(Vec::len);

    let chosen = [5, 0].map(|report| QuoteRef {
        report: ReportNo(report),
        quote: 0,
    });
    let mut out = Vec::new();
    let lost = report::quotes(&held, Some(&chosen), OutputFormat::Json, &mut out).expect("memory");
    assert_eq!(
        lost.len(),
        1,
        "the others were not chosen, and nobody read them"
    );
    let quotes = written(&out);
    assert_eq!(
        quotes["quotes"][0]["report"],
        quotes["reports"][0]["report"]
    );
    assert_eq!(
        (count(&quotes, "quotes"), count(&quotes, "failures")),
        (Some(1), Some(1))
    );
    let mut out = Vec::new();
    report::quotes(&held, Some(&chosen), OutputFormat::Text, &mut out).expect("memory");
    let out = String::from_utf8_lossy(&out);
    assert!(
        out.starts_with("6  ") && out.contains("Duties stay"),
        "its number in the list of all: {out}"
    );

    let mut out = Vec::new();
    let lost = report::list(&held, None, OutputFormat::Json, &mut out).expect("memory");
    assert_eq!(lost.len(), all.len());
    let list = written(&out);
    assert_eq!(
        (count(&list, "reports"), count(&list, "failures")),
        (Some(1), Some(5))
    );

    let printed = Answer::Exported(
        "list.json".into(),
        Ok(ExportedFile {
            contents: String::new(),
            lost: lost
                .into_iter()
                .map(|(n, why)| (ReportNo(n), why))
                .collect(),
        }),
    );
    let stage = Stage::empty(120, 40).with(reports.clone());
    let failed = stage.app.shared.library.failures.len();
    let stage = stage.event(Event::Answer(Box::new(printed)));
    assert!(matches!(
        stage.effects.last(),
        Some(Effect::Write { without: 5, .. })
    ));
    assert!(
        (failed..=5).contains(&stage.app.shared.library.failures.len()),
        "each is said once"
    );
}

#[test]
fn a_report_that_is_open_is_exported_though_its_file_is_gone() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let stage = Stage::empty(120, 40).with(closed(reports(folder.path())));
    let stage = stage.keys("\"").typed("money").keys("Tab");
    fs::remove_file(folder.path().join("reports.jsonl")).expect("it was written");
    let stage = stage.keys("e Enter");
    let Some(Effect::Write {
        contents, without, ..
    }) = stage.effects.last()
    else {
        panic!("no file: {:?}", stage.effects.last());
    };
    assert_eq!(*without, 0);
    assert!(contents.contains("no money left for the engine"));
    assert!(stage.app.shared.library.failures.is_empty());
}

#[test]
fn nothing_is_read_again_and_again_however_tall_the_screen_is() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let path = folder.path().join("reports.jsonl");
    let row = |n| format!("{{\"title\":\"Ferry {n}\",\"body\":\"It sailed, Aker said.\"}}\n");
    fs::write(&path, (0..200).map(row).collect::<String>()).expect("a folder of one's own");
    let mut reports = Vec::new();
    ReportSource::file(path).read_each(&ReadLimits::default(), &mut |read| {
        reports.extend(read.map(LibraryEntry::new));
    });
    for (keys, at) in [("g", 0), ("G", 199), ("g Ctrl-d", 49)] {
        let mut stage = Stage::empty(120, 300)
            .with(closed(reports.clone()))
            .keys(keys);
        let idle = stage.app.update(Event::Resize(120, 300));
        assert!(idle.is_empty(), "after {keys}: {idle:?}");
        let order = stage.app.shared.list.order.clone();
        let near = order.iter().skip(stage.app.shared.list.selected).take(8);
        let mut near = near.map(|&number| stage.app.shared.report(number));
        assert!(near.all(|report| report.is_some()), "after {keys}");
        assert_eq!(stage.app.shared.list.selected, at);
    }
}

#[test]
fn what_matches_so_far_is_not_said_to_be_all() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    for width in [80, 40] {
        let reports = reports(folder.path());
        let found = |shown: usize| {
            Event::Answer(Box::new(Answer::Filtered(FilterResults {
                query: "brass".into(),
                reports: vec![ReportNo(4); shown],
                shown,
                literal: shown,
                searched: 2,
            })))
        };
        let mut stage = Stage::empty(width, 12).event(Event::Loaded(reports));
        stage = stage.event(Event::Progress(Progress {
            bytes: 12_000_000,
            total: Some(338_000_000),
            ..Progress::default()
        }));
        stage = stage.keys("/").typed("brass").keys("Enter");
        assert!(!stage.text().contains("so far"));
        stage = stage.event(found(1));
        let title = stage.text().lines().next().map(str::to_owned);
        assert!(title.is_some_and(|title| title.contains("1 so far")));
        stage = stage.event(found(0));
        let shown = stage.text();
        assert!(shown.contains("no match so far"), "{shown}");
        assert!(!shown.contains("no match;"), "{shown}");
    }
}
