//! The program from outside: every command, its formats, its exit codes, and what it says when something is wrong.
//!
//! No test depends on who runs it: home and all XDG folders are a temporary one.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use crossread::compare::DifferenceKind;
use crossread::filter::body::TextIndex;
use crossread::ingest::{self, ByteCounter, ReadLimits};
use crossread::library::{Catalogue, ReportSummary, SavedLibrary};
use serde_json::Value;
use tempfile::TempDir;

const REPORT: &str =
    "The mayor said \u{201c}the bridge is safe\u{201d} on Monday.\n\nSteel for it is late.\n";

fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossread"));
    command.env_clear().env("HOME", home).current_dir(home);
    for folder in [
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
    ] {
        command.env(folder, home.join(folder));
    }
    command.stdin(Stdio::null());
    command
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("stdout is text"),
            err: String::from_utf8(output.stderr).expect("stderr is text"),
        }
    }
}

fn run(home: &Path, line: &str) -> Ran {
    let output = program(home).args(line.split_whitespace()).output();
    output.expect("the program starts").into()
}

fn json(home: &Path, line: &str) -> Value {
    let ran = run(home, &format!("{line} --format json"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    serde_json::from_str(&ran.out).expect("stdout is JSON")
}

/// A folder with these files in it.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder can be made");
    for (name, bytes) in files {
        std::fs::write(dir.path().join(name), bytes).expect("a file can be made");
    }
    dir
}

fn shows_no_control(text: &str) -> bool {
    text.chars()
        .all(|c| c == '\n' || c == '\r' || !c.is_control())
}

#[test]
fn every_command_prints_the_bundled_reports() {
    let home = folder(&[]);
    for command in [
        "",
        "list",
        "show",
        "quotes",
        "terms",
        "compare",
        "coverage",
        "lexicon check x.toml",
    ] {
        if command.starts_with("lexicon") {
            let lexicon = include_str!("../../assets/lexicons/tariff.toml");
            std::fs::write(home.path().join("x.toml"), lexicon).unwrap();
        }
        let ran = run(home.path(), command);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command}");
        assert!(ran.out.contains("Carney"), "{command}: {}", ran.out);
        assert!(
            shows_no_control(&ran.out),
            "{command} is painted on no terminal"
        );
    }
}

#[test]
fn every_format_prints_its_own_kind() {
    let home = folder(&[]);
    let begins = [
        ("list --format json", "{"),
        ("show --format json", "{"),
        ("quotes --format json", "{"),
        ("quotes --format markdown", "## "),
        ("quotes --format csv", "report,outlet,"),
        ("terms --format json", "{"),
        ("compare --format json", "{"),
        ("compare --format markdown", "# "),
        ("compare --format html", "<!DOCTYPE html>"),
        ("compare --format csv", "what,kind,"),
    ];
    for (command, begin) in begins {
        let ran = run(home.path(), command);
        assert_eq!(ran.code, Some(0), "{command}: {}", ran.err);
        assert!(ran.out.starts_with(begin), "{command}: {}", ran.out);
    }
}

#[test]
fn paragraphs_have_the_same_number_in_csv_as_in_text() {
    let text =
        "Bridge opens\n\nThe bridge opened on Monday.\n\n“The bridge is safe,” Ann Lee said.\n";
    let home = folder(&[("a.txt", text.as_bytes())]);
    let csv = run(home.path(), "quotes --format csv a.txt").out;
    let row = csv.lines().nth(1).expect("one quotation");
    let paragraph = row.split(',').nth(5).expect("a paragraph");
    let text = run(home.path(), "quotes a.txt").out;
    assert!(
        text.contains(&format!("paragraph {paragraph}")),
        "{csv}{text}"
    );
}

#[test]
fn a_difference_is_told_by_the_exit_code_only_when_asked_for() {
    let home = folder(&[("a.txt", REPORT.as_bytes()), ("b.txt", REPORT.as_bytes())]);
    assert_eq!(run(home.path(), "compare").code, Some(0));
    assert_eq!(run(home.path(), "compare --exit-code").code, Some(1));
    assert_eq!(
        run(home.path(), "compare --exit-code a.txt b.txt").code,
        Some(0)
    );
}

#[test]
fn the_rest_is_printed_after_one_bad_file() {
    let home = folder(&[("a.txt", REPORT.as_bytes())]);
    let ran = run(home.path(), "show a.txt missing.txt");
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.contains("the bridge is safe"));
    assert!(
        ran.err.starts_with("crossread: missing.txt: "),
        "{}",
        ran.err
    );
    assert_eq!(ran.err.lines().count(), 1);
}

#[test]
fn nothing_left_to_read_is_an_error_that_says_what_to_do() {
    let home = folder(&[]);
    let ran = run(home.path(), "missing.txt");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("nothing to read"), "{}", ran.err);
}

#[test]
fn a_slip_in_a_command_is_understood() {
    let home = folder(&[("list", REPORT.as_bytes())]);
    let ran = run(home.path(), "lsit");
    assert!(
        ran.err.contains("did you mean `crossread list`?"),
        "{}",
        ran.err
    );
    let ran = run(home.path(), "./list");
    assert!(ran.out.contains("the bridge is safe"), "{}", ran.err);
    let ran = run(home.path(), "list --format html");
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.starts_with("crossread: invalid value 'html'"),
        "{}",
        ran.err
    );
}

#[test]
fn comparing_takes_two_reports() {
    let home = folder(&[("a.txt", REPORT.as_bytes())]);
    let ran = run(home.path(), "compare a.txt");
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("compare takes two reports, not 1"),
        "{}",
        ran.err
    );
}

#[test]
fn two_of_many_reports_can_be_picked() {
    let rows = "{\"title\":\"One\",\"text\":\"The bridge is safe, the mayor said.\"}\n".repeat(3);
    let home = folder(&[("rows.jsonl", rows.as_bytes())]);
    let ran = run(home.path(), "compare rows.jsonl");
    assert!(
        ran.err.contains("not 3; name two files, or --pick"),
        "{}",
        ran.err
    );
    let ran = run(home.path(), "compare rows.jsonl --pick 3,1");
    assert!(ran.out.contains("rows.jsonl#3"), "{} {}", ran.out, ran.err);
    let ran = run(home.path(), "compare rows.jsonl --pick 4,1");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("there is no report 4"), "{}", ran.err);
}

#[test]
fn a_closed_pipe_is_success() {
    let home = folder(&[]);
    for arguments in [
        &["show"][..],
        &["compare", "--format", "html"],
        &["man"],
        &["--help"],
    ] {
        let mut child = program(home.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), err.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}

#[test]
fn nothing_that_is_printed_steers_a_terminal() {
    let text =
        "\u{1b}]0;title\u{7}The mayor said \u{1b}[31mthe bridge\u{202e} is safe\u{200b}.\u{9b}2J\n";
    let name = "a\u{1b}[31m\u{202e}b.txt";
    let home = folder(&[(name, text.as_bytes())]);
    let missing = "no\u{1b}[2J\nfile.txt";
    for command in ["list", "show", "quotes", "terms"] {
        let output = program(home.path())
            .args([command, name, missing])
            .output()
            .unwrap();
        let ran = Ran::from(output);
        assert_eq!(ran.code, Some(2), "{command}");
        assert!(
            shows_no_control(&ran.out) && shows_no_control(&ran.err),
            "{command}: {} {}",
            ran.out,
            ran.err
        );
        assert!(!ran.out.contains(['\u{202e}', '\u{200b}']), "{command}");
    }
    for wrong in ["--no\u{1b}[31m", "--theme"] {
        let ran = Ran::from(program(home.path()).arg(wrong).output().unwrap());
        assert_eq!(ran.code, Some(2));
        assert!(shows_no_control(&ran.err), "{}", ran.err);
    }
}

#[test]
fn places_in_json_are_places_in_the_file() {
    let plain = REPORT.to_owned();
    let crlf = plain.replace('\n', "\r\n");
    let marked = format!("\u{feff}{plain}");
    let hidden = plain
        .replace("on Monday", "\u{1b}[1mon\u{200b} Monday")
        .replace("The", "\u{2066}The");
    for text in [plain, crlf, marked, hidden] {
        let home = folder(&[("report.txt", text.as_bytes())]);
        let shown = json(home.path(), "show report.txt");
        assert_eq!(
            shown["texts"][0]["quotes"][0]["text"],
            "\u{201c}the bridge is safe\u{201d}"
        );
        assert_eq!(
            shown["texts"][0]["quotes"][0]["speaker"]["mention"]["text"],
            "The mayor"
        );
        check_places(&shown["texts"][0]["quotes"], &text);
        check_places(&shown["texts"][0]["terms"], &text);
    }
}

/// Asserts that every place under `value` holds the words beside it.
fn check_places(value: &Value, original: &str) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| check_places(one, original)),
        Value::Object(fields) => {
            fields.values().for_each(|one| check_places(one, original));
            if let Some(words) = fields.get("text").and_then(Value::as_str) {
                let at = |key: &str| fields[key].as_u64().expect("a place is a number") as usize;
                assert_eq!(&original[at("start_byte")..at("end_byte")], words);
                let scalars = original
                    .chars()
                    .skip(at("start"))
                    .take(at("end") - at("start"));
                assert_eq!(scalars.collect::<String>(), words);
            }
        }
        _ => {}
    }
}

#[test]
fn places_of_a_comparison_are_places_in_both_files() {
    let home = folder(&[]);
    let bundled = [
        include_str!("../../assets/articles/000_2a1d74c9607f2477.txt"),
        include_str!("../../assets/articles/003_6e31551ea6b11acf.txt"),
    ];
    let compared = json(home.path(), "compare");
    for (side, original) in ["a", "b"].into_iter().zip(bundled) {
        check_places(&compared["passages"][side], original);
        for difference in compared["differences"].as_array().unwrap() {
            check_places(&difference[side], original);
        }
    }
}

#[test]
fn every_field_of_the_json_is_documented() {
    let documented = include_str!("../../docs/json.md");
    let home = folder(&[]);
    for command in ["list missing.txt .", "show", "quotes", "terms", "compare"] {
        std::fs::write(home.path().join("one.txt"), REPORT).unwrap();
        let ran = run(home.path(), &format!("{command} --format json"));
        let value: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(value["schema"], 1);
        for key in keys(&value) {
            assert!(
                documented.contains(&format!("`{key}`")),
                "{key} of {command} is not in docs/json.md"
            );
        }
    }
}

#[test]
fn every_kind_of_difference_is_documented_under_its_names() {
    let documented = include_str!("../../docs/json.md");
    for kind in DifferenceKind::ALL {
        let short = kind.short_name().replace('|', "\\|");
        let (id, name, meaning) = (kind.id(), kind.name(), kind.meaning());
        let row = format!("| `{id}` | {name} | {short} | {meaning} |\n");
        assert!(documented.contains(&row), "no row in docs/json.md: {row}");
    }
}

fn keys(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().flat_map(keys).collect(),
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| [vec![key.clone()], keys(value)].concat())
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_list_is_narrowed_by_words_and_fields() {
    let home = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("b.txt", b"Rain is expected in the north all week long.\n"),
    ]);
    let all = run(home.path(), "list a.txt b.txt");
    assert_eq!(all.out.lines().count(), 2);
    let ran = run(home.path(), "list a.txt b.txt --filter rain");
    assert_eq!(ran.out.lines().count(), 1);
    assert!(ran.out.contains("Rain is expected"));
    let ran = run(home.path(), "list a.txt b.txt --filter speaker:mayor");
    assert!(
        ran.out.contains("mayor") && ran.out.lines().count() == 1,
        "{}",
        ran.out
    );
    let none = run(home.path(), "list a.txt --filter zzzz");
    assert_eq!((none.code, none.out.as_str()), (Some(0), ""));
    assert_eq!(none.err, "crossread: no report matches zzzz\n");
    let none = run(home.path(), "quotes a.txt --filter zzzz");
    assert_eq!(none.err, "crossread: no quotation matches zzzz\n");
}

#[test]
fn an_unknown_field_of_a_filter_is_named_with_the_fields_there_are() {
    let home = folder(&[]);
    for command in ["list", "quotes"] {
        let ran = run(home.path(), &format!("{command} --filter foo:bar"));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{command}");
        assert!(
            ran.err
                .contains("unknown field \"foo\"; the fields are headline, outlet, date, speaker"),
            "{}",
            ran.err
        );
    }
    assert_eq!(run(home.path(), "list --filter outlet:cbc").code, Some(0));
}

#[test]
fn an_error_of_the_system_has_words_and_no_number() {
    let Ok(full) = std::fs::File::create("/dev/full") else {
        return;
    };
    let home = folder(&[]);
    let output = program(home.path()).arg("list").stdout(full).output();
    let ran = Ran::from(output.expect("the program starts"));
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(2), "crossread: no space left on device\n")
    );
}

#[test]
fn a_list_begins_with_outlet_and_headline() {
    let head = "Outlet: The Gazette\nDate: 2025-09-03\n\nFerry stops\n\nIt stops on Friday.\n";
    let home = folder(&[("a.txt", head.as_bytes())]);
    let ran = run(home.path(), "list a.txt");
    assert_eq!(
        ran.out,
        "1  The Gazette  Ferry stops  3 Sep 2025  4 words  0 quotes  a.txt\n"
    );
}

#[test]
fn coverage_says_which_report_has_what() {
    let quoted = "Outlet: The Gazette\n\nFerry stops\n\n\u{201c}We have no money left for the engine,\u{201d} Mayor Edith Palmer said.\n";
    let told = "Outlet: The Herald\n\nNo ferry\n\nMayor Edith Palmer said there was no money left for the engine.\n";
    let home = folder(&[("a.txt", quoted.as_bytes()), ("b.txt", told.as_bytes())]);
    let ran = run(home.path(), "coverage a.txt b.txt");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("2 reports \u{b7} "), "{}", ran.out);
    assert!(ran.out.contains("The Gazette  quoted"), "{}", ran.out);
    let csv = run(home.path(), "coverage a.txt b.txt --format csv");
    assert!(
        csv.out.starts_with("claim,told_by,The Gazette: how,"),
        "{}",
        csv.out
    );
    assert_eq!(run(home.path(), "coverage a.txt").code, Some(2));
    assert_eq!(
        run(home.path(), "coverage a.txt b.txt --pick 1,3").code,
        Some(2)
    );
    assert_eq!(
        run(home.path(), "coverage a.txt b.txt --pick 1,2").code,
        Some(0)
    );
}

#[test]
fn a_comparison_without_differences_has_no_empty_section() {
    let text = "Outlet: The Gazette\n\nFerry stops\n\nThe ferry stops on Friday.\n";
    let home = folder(&[("a.txt", text.as_bytes()), ("b.txt", text.as_bytes())]);
    for format in ["text", "markdown", "html"] {
        let ran = run(
            home.path(),
            &format!("compare a.txt b.txt --format {format}"),
        );
        assert!(
            !ran.out.contains("Differences") && !ran.out.contains("0 differences"),
            "{}",
            ran.out
        );
    }
}

/// The two ledes share a name or two: `=` between them would claim what their words deny.
#[test]
fn every_format_has_the_signs_of_the_screen_with_their_meanings() {
    let home = folder(&[]);
    let of = |format: &str| run(home.path(), &format!("compare --format {format}")).out;
    let (text, markdown, html) = (of("text"), of("markdown"), of("html"));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (meaning, sign) in [
        ("nearly the same words", "="),
        ("the same matter in other words", "~"),
        ("touches on it", "\u{b7}"),
    ] {
        assert!(words.contains(&format!("{sign} {meaning}")), "{text}");
        assert!(html.contains(&format!("<b>{sign}</b> {meaning}")), "{html}");
        assert!(markdown.contains(meaning), "{markdown}");
    }
    assert!(text.contains("A1 ~ B1"), "{text}");
    assert!(markdown.contains("| A1 \\~ B1 |"), "{markdown}");
    assert!(of("csv").contains(",A1 ~ B1"));
    assert!(of("json").contains("\"relation\": \"same-matter\""));
}

#[test]
fn where_colour_tells_no_brackets_do() {
    let home = folder(&[]);
    let painted = run(home.path(), "compare --color always").out;
    assert!(
        !painted.contains("[-") && !painted.contains("{+"),
        "{painted}"
    );
    assert!(painted.contains("\u{1b}[1;34m") && painted.contains("\u{1b}[1;32m"));
    assert!(run(home.path(), "compare").out.contains("[-type-]"));
}

#[test]
fn paragraphs_have_the_same_numbers_in_text_and_in_a_table() {
    let home = folder(&[]);
    let text = run(home.path(), "quotes").out;
    let told = text
        .lines()
        .filter_map(|line| line.rsplit_once("paragraph "));
    let table = run(home.path(), "quotes --format csv").out;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let place = rows
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "paragraph")
        .unwrap();
    let listed = rows.records().map(|row| row.unwrap()[place].to_owned());
    assert_eq!(
        told.map(|(_, number)| number.to_owned())
            .collect::<Vec<_>>(),
        listed.collect::<Vec<_>>()
    );
}

/// Saves what the interface would save of the library in `path`, less the reports after the first `kept`.
fn save_library(home: &Path, path: &Path, kept: usize) {
    let (mut catalogue, texts) = (Catalogue::default(), TextIndex::default());
    let (sources, _) = ingest::sources(&[path.to_owned()]);
    let limits = ReadLimits::default();
    ingest::read_all(
        &sources,
        &limits,
        &ByteCounter::default(),
        &mut |read| match read {
            Ok(article) => {
                texts.push(&article.text);
                catalogue
                    .summaries
                    .push(Arc::new(ReportSummary::new(&article)));
            }
            Err(failure) => catalogue.failures.push(failure),
        },
    );
    catalogue.summaries.truncate(kept);
    let cache = home.join("XDG_CACHE_HOME/crossread");
    let saved = SavedLibrary::locate(&cache, [], &sources, &limits);
    saved.expect("all are files").save(&catalogue, &texts);
}

#[test]
fn a_filtered_list_is_the_same_whether_or_not_the_library_was_saved() {
    let padding = "Steel. ".repeat((8 << 20) / 7 + 1);
    let rows = format!(
        "{{\"title\":\"Padding\",\"text\":\"{padding}\"}}\n\
         {{\"title\":\"Steel duties stay\",\"source\":\"The Gazette\",\"text\":\"\u{201c}They stay,\u{201d} she said.\"}}\n\
         {{\"title\":\n\
         {{\"text\":\"Qu\u{e9}bec\u{2019}s steel.|||||Nothing else.\",\"date\":\"2025-09-03T10:00:00Z\",\"tags\":\"steel\"}}\n"
    );
    let home = folder(&[("rows.jsonl", rows.as_bytes())]);
    let path = home.path().join("rows.jsonl");
    let asked = [
        "--filter steel",
        "--filter sep",
        "--filter outlet:gazette",
        "--filter sdu --format json",
    ];
    let list = |options: &str| {
        let ran = run(home.path(), &format!("list {} {options}", path.display()));
        (ran.code, ran.out, ran.err)
    };
    let read = asked.map(list);
    assert_eq!(read[0].1.lines().count(), 3, "{read:?}");
    assert!(read[0].2.contains("rows.jsonl:3: "), "{read:?}");
    save_library(home.path(), &path, 4);
    assert_eq!(asked.map(list), read);

    // A catalogue that lacks reports shows that it is used, and when it is not.
    save_library(home.path(), &path, 1);
    assert_eq!(list("--filter steel").1, "");
    assert_eq!(list("--filter body:they").1.lines().count(), 1);
    let config = home.path().join("XDG_CONFIG_HOME/crossread");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "cache = false\n").unwrap();
    assert_eq!(list("--filter steel"), read[0]);
}

#[test]
fn stdin_is_a_report_too() {
    let home = folder(&[("a.txt", REPORT.as_bytes())]);
    let file = std::fs::File::open(home.path().join("a.txt")).unwrap();
    let output = program(home.path())
        .args(["quotes", "-"])
        .stdin(file)
        .output()
        .unwrap();
    let ran = Ran::from(output);
    assert!(ran.out.contains("the bridge is safe"), "{}", ran.err);
}

#[test]
fn settings_are_printed_and_a_mistake_in_them_is_said() {
    let home = folder(&[]);
    let config = home.path().join("XDG_CONFIG_HOME/crossread");
    std::fs::create_dir_all(&config).unwrap();
    let ran = run(home.path(), "config --measure 60");
    assert_eq!(ran.code, Some(2), "it is no flag of this command");
    let ran = run(home.path(), "config");
    assert!(
        ran.out.contains("XDG_CONFIG_HOME/crossread") && ran.out.contains("measure = 76"),
        "{}",
        ran.out
    );
    let defaults = run(home.path(), "config --default=keys.toml").out;
    assert_eq!(defaults, include_str!("../../assets/keys.toml"));
    assert!(
        run(home.path(), "config --default")
            .out
            .contains("==> themes/mono.toml <==")
    );
    std::fs::write(config.join("config.toml"), "mesure = 60\n").unwrap();
    let ran = run(home.path(), "list");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.contains("config.toml:1: ") && ran.err.contains("\"measure\"?"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("XDG_CONFIG_HOME/crossread; --no-config"),
        "it says where: {}",
        ran.err
    );
    assert_eq!(run(home.path(), "list --no-config").code, Some(0));
}

#[test]
fn asking_for_the_settings_finds_a_mistake_in_any_file() {
    let home = folder(&[]);
    let config = home.path().join("XDG_CONFIG_HOME/crossread");
    std::fs::create_dir_all(config.join("themes")).unwrap();
    let keys = config.join("keys.toml");
    std::fs::write(&keys, "[reader]\nnext-qoute = \"]q\"\n").unwrap();
    let ran = run(home.path(), "config");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("keys.toml:2: "), "{}", ran.err);
    std::fs::create_dir_all(config.join("lexicons")).unwrap();
    std::fs::write(config.join("config.toml"), "measure = 5\n").unwrap();
    std::fs::write(config.join("themes/mine.toml"), "qoute = {}\n").unwrap();
    std::fs::write(config.join("lexicons/mine.toml"), "schema = 1\nidd = 'x'\n").unwrap();
    let ran = run(home.path(), "config");
    let said: Vec<_> = ran.err.lines().collect();
    assert_eq!(
        said[..5],
        [
            "crossread: config.toml:1: measure is 5; it may be from 20 to 200",
            "crossread: keys.toml:2: unknown action \"next-qoute\"; did you mean \"next-quote\"?",
            "crossread: themes/mine.toml:1: unknown scope \"qoute\"; did you mean \"quote\"?",
            "crossread: lexicons/mine.toml:1: a lexicon needs id = \"...\"",
            "crossread: lexicons/mine.toml:2: unknown key of a lexicon \"idd\"; did you mean \"id\"?",
        ]
    );
}

#[test]
fn a_wrong_word_on_the_command_line_is_said_without_empty_lines() {
    let home = folder(&[]);
    let ran = run(home.path(), "list --format jsn");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.lines().all(|line| line != "crossread: "));
}

#[cfg(unix)]
#[test]
fn a_lexicon_that_is_no_file_is_not_waited_for() {
    let home = folder(&[]);
    let ran = run(home.path(), "terms --lexicon /dev/zero");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("not a regular file"), "{}", ran.err);
    let ran = run(home.path(), "terms --lexicon nope.toml");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            Some(2),
            "crossread: nope.toml: there is no such file; check the name\n"
        ),
        "it is no setting that could be ignored"
    );
}

#[test]
fn a_file_that_is_no_lexicon_does_not_fill_the_screen() {
    let prose = "The bridge is safe.\n".repeat(200);
    let home = folder(&[("a.txt", prose.as_bytes())]);
    let ran = run(home.path(), "lexicon check a.txt");
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err.lines().count(), 21, "{}", ran.err);
    assert!(ran.err.contains("a.txt: and "), "{}", ran.err);
}

#[test]
fn a_lexicon_of_ones_own_counts() {
    let lexicon = "schema = 1\nid = \"bridge\"\nname = \"Bridges\"\nlang = \"en\"\nversion = \"1\"\n\
        [[category]]\nid = \"thing\"\nlabel = \"Things\"\ncolor = \"red\"\n\
        [[term]]\nid = \"bridge\"\ncat = \"thing\"\nforms = [\"bridge\", \"viaduct\"]\n";
    let home = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("bridge.toml", lexicon.as_bytes()),
        ("bad.toml", b"schema = 1\nname\n"),
    ]);
    let ran = run(home.path(), "terms a.txt --lexicon bridge.toml");
    assert!(ran.out.contains("Things (1)"), "{} {}", ran.out, ran.err);
    let ran = run(home.path(), "lexicon check bridge.toml a.txt");
    assert!(
        ran.out.contains("1 form never seen") && ran.out.contains("viaduct"),
        "{} {}",
        ran.out,
        ran.err
    );
    let ran = run(home.path(), "terms a.txt --lexicon bad.toml");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("bad.toml:2"), "{}", ran.err);
}

#[test]
fn a_lexicon_may_extend_one_that_is_only_in_the_config_folder() {
    let base = "schema = 1\nid = \"works\"\nname = \"Works\"\nlang = \"en\"\nversion = \"1\"\n\
        [[category]]\nid = \"thing\"\nlabel = \"Things\"\ncolor = \"red\"\n\
        [[term]]\nid = \"bridge\"\ncat = \"thing\"\nforms = [\"bridge\"]\n";
    let more = "schema = 1\nid = \"more\"\nname = \"More\"\nlang = \"en\"\nversion = \"1\"\nextends = \"works\"\n";
    let home = folder(&[("a.txt", REPORT.as_bytes()), ("more.toml", more.as_bytes())]);
    let lexicons = home.path().join("XDG_CONFIG_HOME/crossread/lexicons");
    std::fs::create_dir_all(&lexicons).unwrap();
    std::fs::write(lexicons.join("works.toml"), base).unwrap();
    for line in [
        "terms a.txt --lexicon more.toml",
        "lexicon check more.toml a.txt",
    ] {
        let ran = run(home.path(), line);
        assert!(
            ran.code == Some(0) && ran.out.contains("bridge"),
            "{} {}",
            ran.out,
            ran.err
        );
    }
}

#[test]
fn completions_and_the_manual_come_from_the_same_table() {
    let home = folder(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = run(home.path(), &format!("completions {shell}"));
        assert!(ran.out.contains("exit-code"), "{shell}");
    }
    let ran = run(home.path(), "man");
    assert!(
        ran.out.starts_with(".ie") || ran.out.contains(".TH crossread 1"),
        "{}",
        ran.out
    );
    assert_eq!(run(home.path(), "--help").code, Some(0));
    assert!(run(home.path(), "--version").out.starts_with("crossread "));
}

#[test]
fn marks_are_told_in_words_under_their_paragraph() {
    let text =
        "\"We cannot pay the tariff,\" Helen Pryce said.\n\nShe said the shop would close.\n";
    let home = folder(&[("a.txt", text.as_bytes())]);
    let ran = run(home.path(), "show --marks a.txt");
    let lines: Vec<&str> = ran.out.lines().map(str::trim).collect();
    let at = |line: &str| {
        let found = lines.iter().position(|shown| *shown == line);
        found.unwrap_or_else(|| panic!("{line:?} is not in {}", ran.out))
    };
    let quotation = at("quotation: \"We cannot pay the tariff,\" · Helen Pryce, “said”");
    let term = at("term: tariff · Measures");
    let paragraph = at("She said the shop would close.");
    let statement = at("statement: the shop would close · Helen Pryce, “said”");
    assert!(quotation < term && term < paragraph && paragraph < statement);
    assert!(!run(home.path(), "show a.txt").out.contains("quotation:"));
}

#[test]
fn a_misspelt_theme_is_an_error_where_nothing_is_drawn_too() {
    let home = folder(&[]);
    let ran = run(home.path(), "--theme nope list");
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.is_empty(), "{}", ran.out);
    assert!(
        ran.err
            .contains("unknown theme \"nope\"; there are dark, light, mono"),
        "{}",
        ran.err
    );
    assert_eq!(run(home.path(), "--theme auto list").code, Some(0));
}

#[test]
fn text_is_wrapped_to_the_measure() {
    let home = folder(&[]);
    let ran = run(home.path(), "show --measure 40");
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 40),
        "{}",
        ran.out
    );
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let script = "The mayor said \"<script>alert(1)</script> & more\" on Monday.\n";
    let home = folder(&[("a.txt", script.as_bytes()), ("b.txt", REPORT.as_bytes())]);
    let ran = run(home.path(), "compare a.txt b.txt --format html");
    assert!(!ran.out.contains("<script") && ran.out.contains("&lt;script&gt;"));
    assert!(
        !ran.out.contains("http://") && !ran.out.contains("https://") && !ran.out.contains("url(")
    );
}

#[test]
fn quotations_are_found_by_words_and_by_fields() {
    let home = folder(&[]);
    let found = |line: &str| -> Vec<Value> {
        let ran = run(
            home.path(),
            &format!("quotes --format json --filter {line}"),
        );
        let answer: Value = serde_json::from_str(&ran.out).expect("it is JSON");
        let quotes = answer["quotes"].as_array().expect("there is a list");
        assert_eq!(ran.code, Some(0));
        quotes.clone()
    };
    assert_eq!(found("smoke").len(), 2);
    assert_eq!(found("speaker:pmo").len(), 1);
    assert_eq!(found("date:2025-09").len(), 9);
    assert!(found("zzzz").is_empty());
    assert!(
        found("kind:direct")
            .iter()
            .all(|quote| quote["kind"] == "direct")
    );
}
