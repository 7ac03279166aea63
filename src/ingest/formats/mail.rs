//! Mail: newsletters and alerts (`.eml`), mailboxes (`.mbox`), posts to newsgroups, and web pages saved as mail (`.mhtml`).
//!
//! Mail is told by the header that it begins with. The sender of a newsletter is its outlet; another sender is an author.

use crate::article::{Article, ArticleId, BlockRole, Provenance, TextExtent};
use crate::text::{CleanText, Span, sanitize};

use mail_parser::{Message, MessageParser, MessagePart, PartType};

use super::super::draft::ReportDraft;
use super::super::facts::{FactWords, ReportFacts};
use super::super::failure::{ReadFailure, ReadResult};
use super::super::keys::FactKind;
use super::super::{compose, dates};
use super::{FileStart, FormatFamily, FormatReader, html};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "mail, mailboxes, and pages saved as MHTML",
    endings: &["eml", "mbox", "mht", "mhtml"],
    facts: "headline, date; outlet (the sender of a newsletter) or author; for a page, what it says about itself",
    recognize,
};

/// Fields that only mail and newsgroups have.
const MAIL_FIELDS: [&str; 14] = [
    "message-id",
    "mime-version",
    "content-type",
    "received",
    "return-path",
    "delivered-to",
    "newsgroups",
    "nntp-posting-host",
    "organization",
    "lines",
    "references",
    "list-unsubscribe",
    "reply-to",
    "snapshot-content-location",
];
/// Fields of mail that other texts have too.
const SHARED_FIELDS: [&str; 6] = ["from", "to", "cc", "subject", "date", "path"];
/// Addresses that nobody writes from by hand.
const SENDERS: [&str; 12] = [
    "news",
    "newsletter",
    "newsletters",
    "noreply",
    "no-reply",
    "donotreply",
    "alerts",
    "alert",
    "editor",
    "info",
    "hello",
    "mail",
];
/// Lines of a newsletter that are no part of it, where an address follows or nothing else.
const LEFTOVERS: [&str; 14] = [
    "view in browser",
    "view in your browser",
    "view online",
    "view this email",
    "view this post",
    "view web version",
    "read online",
    "read in browser",
    "unsubscribe",
    "manage preferences",
    "manage your",
    "update your",
    "privacy policy",
    "forward this email",
];
/// Most bytes of an address behind a link; without an end, a bracket is not looked for further.
const LONGEST_ADDRESS: usize = 4096;
/// Marks before a mail that was passed on.
const FORWARDED: [&str; 3] = [
    "---------- forwarded message",
    "begin forwarded message",
    "-----original message-----",
];

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    if is_mailbox(start.content()) {
        return Some(Ok(FormatReader::Bytes(read_mailbox)));
    }
    let is_mail = has_header(start.content(), start.has_ending(FAMILY.endings));
    is_mail.then_some(Ok(FormatReader::Bytes(read_mail)))
}

/// Returns whether the first line separates the mails of a mailbox: `From jane@x.example Wed Sep  3 14:05:00 2025`.
fn is_mailbox(bytes: &[u8]) -> bool {
    let line = line(bytes, 0);
    line.starts_with(b"From ") && line.contains(&b':') && ends_with_year(line)
}

fn line(bytes: &[u8], from: usize) -> &[u8] {
    let rest = bytes.get(from..).unwrap_or_default();
    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().trim_ascii_end()
}

/// Returns whether a line ends with a year, or with a year and a zone.
fn ends_with_year(line: &[u8]) -> bool {
    let mut words = line.rsplit(|&byte| byte == b' ').take(2);
    words.any(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit))
}

/// Returns whether the text begins with the fields of a mail: a sender or a subject, and one that only mail has.
fn has_header(bytes: &[u8], is_named: bool) -> bool {
    let (mut shared, mut own) = (0, 0);
    for line in bytes.split(|&byte| byte == b'\n').take(60) {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(name) = field_name(line) else {
            return false;
        };
        shared += usize::from(SHARED_FIELDS.contains(&&*name));
        own += usize::from(MAIL_FIELDS.contains(&&*name));
    }
    own >= 1 && (shared >= 2 || own >= 3) || is_named && shared + own >= 2
}

/// Returns the name of a field, in small letters.
fn field_name(line: &[u8]) -> Option<String> {
    let end = memchr::memchr(b':', line)?;
    let name = line.get(..end)?;
    let is_name = !name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    is_name.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

fn read_mail(name: &CleanText, bytes: &[u8]) -> Result<Vec<ReadResult>, String> {
    Ok(vec![Ok(report(name, bytes)?)])
}

fn read_mailbox(name: &CleanText, bytes: &[u8]) -> Result<Vec<ReadResult>, String> {
    let mails = split(bytes);
    let many = mails.len() > 1;
    let read = (1..).zip(mails).map(|(number, mail)| {
        let path = match many {
            true => CleanText::one_line(&format!("{name}#{number}")),
            false => name.clone(),
        };
        let mail = bytes.get(mail.start..mail.end).unwrap_or_default();
        report(&path, &unquoted(mail)).map_err(|reason| ReadFailure::named(path, None, &reason))
    });
    Ok(read.collect())
}

/// Returns the mails of a mailbox, without the lines between them.
fn split(bytes: &[u8]) -> Vec<Span> {
    let mut starts = Vec::new();
    let (mut at, mut is_apart) = (0, true);
    while at < bytes.len() {
        let line = line(bytes, at);
        if is_apart && is_mailbox(line) {
            starts.push(at);
        }
        is_apart = line.is_empty();
        let rest = bytes.get(at..).unwrap_or_default();
        at += memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let mails = starts.iter().zip(ends).map(|(&start, end)| {
        let rest = bytes.get(start..end).unwrap_or_default();
        let header = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        Span::new(start + header, end)
    });
    mails.collect()
}

/// Returns a mail with `From ` for `>From `, which mailboxes write so that it is no separator.
fn unquoted(mail: &[u8]) -> Vec<u8> {
    let lines = mail.split_inclusive(|&byte| byte == b'\n');
    let lines = lines.map(|line| match line.strip_prefix(b">") {
        Some(rest) if rest.starts_with(b"From ") => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().concat()
}

/// Returns the report that a mail or a page saved as one is.
fn report(name: &CleanText, bytes: &[u8]) -> Result<Article, String> {
    let message = MessageParser::default().parse(bytes);
    let message = message.ok_or("not a mail; save it again as .eml")?;
    match page(&message) {
        Some((html, address)) => html::page(name, html, address.as_deref(), bytes),
        None => letter(name, &message, bytes),
    }
}

/// Returns the page that a browser saved as mail, and its address.
fn page<'m>(message: &'m Message<'_>) -> Option<(&'m str, Option<String>)> {
    let is_html = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let part = message.parts.iter().find(is_html)?;
    let header = |name: &'static str| message.header_raw(name).map(str::trim);
    let snapshot = header("Snapshot-Content-Location");
    let saved = header("From").is_some_and(|from| from.starts_with("<Saved by"));
    if snapshot.is_none() && !saved {
        return None;
    }
    let location = part.headers.iter().find(|header| {
        header
            .name
            .as_str()
            .eq_ignore_ascii_case("Content-Location")
    });
    let location = location.and_then(|header| header.value.as_text());
    let address = snapshot.or(location).map(str::to_owned);
    match &part.body {
        PartType::Html(html) => Some((html, address)),
        _ => None,
    }
}

/// Returns the report that a newsletter or a letter is.
fn letter(name: &CleanText, message: &Message<'_>, bytes: &[u8]) -> Result<Article, String> {
    let facts = facts(message);
    let text = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text.as_ref()),
        _ => None,
    });
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    });
    let html = html.map(html::fragment).transpose()?.unwrap_or_default();
    let in_html: usize = html.iter().map(|paragraph| paragraph.words.len()).sum();
    // Many newsletters have no more than "your program shows no HTML" as text.
    let text = text.filter(|text| text.len() * 2 > in_html);
    let Some(text) = text else {
        return html_letter(name, facts, &html, bytes);
    };
    let (text, facts) = original(text, facts);
    let text = story(&text);
    if text.trim().is_empty() {
        return Err("a mail without text; save the attachment itself, if it has one".to_owned());
    }
    let article = compose::row_article(name.clone(), sanitize::sanitize(text), facts);
    let id = ArticleId::for_bytes(bytes);
    Ok(Article { id, ..article })
}

fn html_letter(
    name: &CleanText,
    facts: ReportFacts,
    paragraphs: &[html::HtmlParagraph],
    bytes: &[u8],
) -> Result<Article, String> {
    let mut draft = ReportDraft::with_facts(facts, TextExtent::Whole);
    let headline = draft
        .facts
        .headline
        .as_ref()
        .map(|known| known.value.to_string());
    for paragraph in paragraphs {
        let words = &*paragraph.words;
        let role = match paragraph.role {
            _ if headline.as_deref() == Some(words) => BlockRole::Headline,
            _ if is_leftover(words) => BlockRole::Boilerplate,
            role => role,
        };
        draft.push(Some(role), words);
    }
    if draft.is_empty() {
        return Err("a mail without text; save the attachment itself, if it has one".to_owned());
    }
    Ok(draft.article(name, bytes))
}

/// Returns what the header states.
fn facts(message: &Message<'_>) -> ReportFacts {
    let mut facts = ReportFacts::default();
    let subject = message.subject().unwrap_or_default();
    state(
        &mut facts,
        FactKind::Headline,
        bare_subject(subject),
        "Subject",
    );
    state_date(&mut facts, message);
    let sender = message.from().and_then(|from| from.first());
    let name = sender.and_then(|sender| sender.name()).unwrap_or_default();
    let address = sender
        .and_then(|sender| sender.address())
        .unwrap_or_default();
    let kind = match is_bulk(message, address) {
        true => FactKind::Outlet,
        false => FactKind::Author,
    };
    state(&mut facts, kind, name.trim_matches(['"', '\'']), "From");
    facts
}

fn state(facts: &mut ReportFacts, fact: FactKind, words: &str, field: &'static str) {
    let said = FactWords {
        words,
        provenance: Provenance::Field(field.into()),
        span: None,
    };
    facts.add_fact(fact, said);
}

fn state_date(facts: &mut ReportFacts, message: &Message<'_>) {
    let raw = message.header_raw("Date").unwrap_or_default().trim();
    // `Wed, 03 Sep 2025 10:05:00 -0400 (EDT)`
    let raw = raw.split('(').next().unwrap_or_default().trim();
    match dates::parse_date(raw) {
        Some(_) => state(facts, FactKind::Published, raw, "Date"),
        None => {
            let date = message.date().map(mail_parser::DateTime::to_rfc3339);
            state(
                facts,
                FactKind::Published,
                &date.unwrap_or_default(),
                "Date",
            );
        }
    }
}

/// Returns whether a mail went to many: a list or a machine sent it.
fn is_bulk(message: &Message<'_>, address: &str) -> bool {
    let fields = ["List-Unsubscribe", "List-Id", "Feedback-ID"];
    let sender = address
        .split(['@', '+'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    fields
        .into_iter()
        .any(|field| message.header_raw(field).is_some())
        || SENDERS.contains(&&*sender)
        || sender.ends_with("noreply")
}

/// Returns a subject without `Fwd:` and `Re:`.
fn bare_subject(subject: &str) -> &str {
    let mut subject = subject.trim();
    let leads = ["fwd:", "fw:", "re:", "wg:", "aw:", "tr:"];
    while let Some(lead) = leads.into_iter().find(|lead| begins(subject, lead)) {
        subject = subject.get(lead.len()..).unwrap_or_default().trim();
    }
    subject
}

/// Returns whether `words` begin with `lead`, which is in small letters.
fn begins(words: &str, lead: &str) -> bool {
    let start = words.get(..lead.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(lead))
}

/// Returns text and facts of the mail that was passed on, if this is one; the one who passed it on is not its author.
fn original(text: &str, mut facts: ReportFacts) -> (String, ReportFacts) {
    let is_mark = |line: &str| FORWARDED.iter().any(|mark| begins(line.trim(), mark));
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if !is_mark(line) {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default().trim_start();
        let header: Vec<(&str, &str)> = rest
            .lines()
            .map_while(|line| line.split_once(':'))
            .map(|(field, value)| {
                (
                    field.trim_matches(['*', ' ']),
                    value.trim_matches(['*', ' ']),
                )
            })
            .collect();
        let length: usize = rest
            .split_inclusive('\n')
            .take(header.len())
            .map(str::len)
            .sum();
        (facts.author, facts.outlet, facts.published) = (None, None, None);
        for (field, value) in header {
            match field {
                "From" => {
                    let name = value.split('<').next().unwrap_or_default();
                    let name = name.trim_matches(['"', ' ']);
                    state(&mut facts, FactKind::Outlet, name, "From");
                }
                "Date" | "Sent" => {
                    let date = value.replace(" at ", " ");
                    state(&mut facts, FactKind::Published, &date, "Date");
                }
                _ => {}
            }
        }
        return (rest.get(length..).unwrap_or_default().to_owned(), facts);
    }
    (text.to_owned(), facts)
}

/// Returns the text of a mail without the addresses behind its links, the leftovers, and the signature.
fn story(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines = text.split('\n').take_while(|line| *line != "-- ");
    let lines = lines.filter(|line| !is_leftover(line));
    lines.map(without_links).collect::<Vec<_>>().join("\n")
}

/// Returns whether a line is an address alone, or leads to the newsletter's page.
fn is_leftover(line: &str) -> bool {
    let words = without_links(line);
    let mut words = words.split_whitespace();
    let bare: Vec<&str> = words.by_ref().filter(|word| !is_address(word)).collect();
    let line_has_address = line.contains("://");
    let bare = bare.join(" ").to_lowercase();
    let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return line_has_address;
    }
    let is_short = bare.split(' ').count() <= 8;
    is_short && LEFTOVERS.iter().any(|lead| bare.starts_with(lead))
}

fn is_address(word: &str) -> bool {
    word.starts_with("http://") || word.starts_with("https://")
}

/// Returns a line without the addresses in brackets that stand behind the words of links.
fn without_links(line: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(line.len()), line);
    while let Some(at) = rest.find(['<', '[', '(']) {
        let (before, after) = rest.split_at(at);
        let inner = after.get(1..).unwrap_or_default();
        kept.push_str(before);
        let is_link = inner.starts_with("http");
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '[' | '>' | ']' | ')');
        let near = inner.get(..inner.floor_char_boundary(LONGEST_ADDRESS));
        let end = near.filter(|_| is_link).and_then(|near| near.find(ends));
        let closes = |end: &usize| {
            inner
                .get(*end..)
                .is_some_and(|rest| rest.starts_with(['>', ']', ')']))
        };
        match end.filter(closes) {
            Some(end) => {
                kept.truncate(kept.trim_end().len());
                rest = inner.get(end + 1..).unwrap_or_default();
            }
            None => {
                kept.push_str(after.get(..1).unwrap_or_default());
                rest = inner;
            }
        }
    }
    kept.push_str(rest);
    kept.truncate(kept.trim_end().len());
    kept
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};

    const LETTER: &[u8] = include_bytes!("../../../tests/fixtures/newsletter.eml");
    const PAGE: &[u8] = include_bytes!("../../../tests/fixtures/page.mhtml");
    const POST: &[u8] = include_bytes!("../../../tests/fixtures/newsgroup_post");
    const HEADLINE: &str = "Minister says ferry fares will not rise this year";

    #[test]
    fn a_newsletter_is_its_senders_and_has_no_leftovers() {
        let read = read_bytes("a.eml", LETTER);
        assert_eq!(
            facts(&read),
            [format!("{HEADLINE} | The Harbour Post | ? | 2025-09-03")]
        );
        let stories = stories(&read);
        assert_eq!(stories[0].split('\n').count(), 7, "{stories:?}");
        assert!(!stories[0].contains("http"));
    }

    #[test]
    fn a_page_saved_as_mail_is_a_page() {
        let read = read_bytes("a.mhtml", PAGE);
        assert_eq!(
            facts(&read),
            [format!(
                "{HEADLINE} | The Harbour Post | Jane Doe | 2025-09-03"
            )]
        );
        // The dek counts as a part of the story.
        assert_eq!(stories(&read)[0].split('\n').count(), 8);
    }

    #[test]
    fn a_post_to_a_newsgroup_is_known_by_its_header_alone() {
        let read = read_bytes("53550", POST);
        // The organization is the one of the poster and often a university.
        assert_eq!(
            facts(&read),
            [format!("{HEADLINE} | ? | Jane Doe | 2025-09-03")]
        );
        assert_eq!(stories(&read)[0].split('\n').count(), 7);
    }

    #[test]
    fn each_mail_of_a_mailbox_is_a_report() {
        let mail = |subject: &str| {
            format!(
                "From jane@x.example Wed Sep  3 14:05:00 2025\nFrom: Jane Doe <jane@x.example>\nSubject: {subject}\nDate: Wed, 3 Sep 2025 14:05:00 +0000\n\nThe fares stay.\n>From now on they stay.\n\n"
            )
        };
        let mailbox = mail("One") + &mail("Re: Two");
        let read = read_bytes("a.mbox", mailbox.as_bytes());
        assert_eq!(
            facts(&read),
            [
                "One | ? | Jane Doe | 2025-09-03",
                "Two | ? | Jane Doe | 2025-09-03"
            ]
        );
        assert!(stories(&read)[0].ends_with("From now on they stay."));
    }

    #[test]
    fn a_mail_that_was_passed_on_is_the_first_senders() {
        let mail = "From: Sam Lee <sam@x.example>\nTo: a@x.example\nSubject: Fwd: Ferries stay\nDate: Wed, 10 Sep 2025 14:05:00 +0000\nMIME-Version: 1.0\n\nSee this.\n\n---------- Forwarded message ---------\nFrom: The Post <news@p.example>\nDate: Wed, Sep 3, 2025 at 10:05 AM\nSubject: Ferries stay\n\nThe fares stay <https://p.example/1>.\n\n-- \nSam\n";
        let read = read_bytes("a.eml", mail.as_bytes());
        assert_eq!(facts(&read), ["Ferries stay | The Post | ? | 2025-09-03"]);
        assert_eq!(stories(&read), ["The fares stay."]);
    }

    #[test]
    fn prose_and_header_lines_of_texts_are_no_mail() {
        for text in [
            "From Ottawa to 2025\n\nThe fares stay.",
            "Title: Ferries stay\nDate: Sept. 3, 2025\nSource: The Post\n\nThe fares stay.",
            "Subject: Ferries\nDate: Sept. 3, 2025\n\nThe fares stay.",
        ] {
            assert_eq!(
                stories(&read_bytes("a.txt", text.as_bytes())).len(),
                1,
                "{text}"
            );
            assert!(
                !super::has_header(text.as_bytes(), false) && !super::is_mailbox(text.as_bytes())
            );
        }
    }

    #[test]
    fn a_cut_off_mail_gives_what_it_has_and_an_empty_one_nothing() {
        for bytes in [LETTER, PAGE, POST] {
            for end in (1..bytes.len()).step_by(53) {
                assert_eq!(read_bytes("a.eml", &bytes[..end]).len(), 1, "{end}");
            }
        }
        assert!(read_bytes("a.eml", b"From: a@x.example\nSubject: x\n\n")[0].is_err());
    }
}
