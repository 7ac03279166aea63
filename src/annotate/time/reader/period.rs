//! Longer than a day: weeks, months, quarters, seasons, years, lengths, and words like `recently`.

use chrono::Datelike;

use super::day::days_later;
use super::{TimeReader, parts_later, quarter_of};
use crate::annotate::time::tense::Tense;
use crate::annotate::time::tokens::has_word;
use crate::annotate::time::value::{TimeAmount, TimeUnit, TimeValue};

/// Words before a month that show that it is one: `May` and `March` are other words too.
const BEFORE_MONTH: &str =
    "in since by until through from of during for to and ended ending last this next late early";

/// Words for what is counted after a number that looks like a year.
const COUNTED: &str = "% pounds people miles feet shares troops tons tonnes points dollars men women workers jobs votes \
    homes employees students percent per metres meters km";

/// Years from which a number alone is rather a count of something.
const LAST_YEAR_ALONE: i32 = 2049;

/// Months ahead in which a month without a year may still be to come, when the tense does not say so.
const MONTHS_AHEAD: u32 = 3;

/// `the third quarter of 2024`, `third-quarter`, `this year's first half`, `the 1988 quarter`, `the latest quarter`.
pub(super) fn quarter_of_year(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    let start = reader.at;
    reader.take("the|its|their|his|her");
    let before = reader.attempt(year_of_quarter);
    reader.skip("fiscal|-");
    let ordinal = match reader.ordinal() {
        Some(ordinal) => ordinal,
        None if reader.take("last half").is_some() => {
            reader.at -= 1;
            2
        }
        None => return quarter_spoken_of(reader, before, start),
    };
    reader.skip("fiscal|-");
    let is_half = reader.take("quarter|half")? == "half";
    let after = reader.attempt(|reader| {
        reader.take("of")?;
        year_of_quarter(reader)
    });
    if is_half {
        let year = before.or(after).unwrap_or_else(|| reader.this_year());
        return Some(TimeValue::Half(year, ordinal.min(2)));
    }
    let year = before.or(after).unwrap_or_else(|| {
        let (year, current) = quarter_of(reader.today());
        // Reports of earnings speak of quarters that are over.
        let is_over = ordinal > current + 1 && reader.tense_from(start) != Some(Tense::Future);
        year - i32::from(is_over)
    });
    Some(TimeValue::Quarter(year, ordinal))
}

/// `1988`, `this year's`, `last year`, `year-ago`: the year of a quarter.
fn year_of_quarter(reader: &mut TimeReader<'_>) -> Option<i32> {
    if let Some(year) = reader.take_year() {
        return Some(year);
    }
    if reader.take("year - ago|year - earlier").is_some() {
        return Some(reader.this_year() - 1);
    }
    reader.take("the");
    let later = match reader.take("this|last|next|current|previous") {
        Some("last" | "previous") => -1,
        Some("next") => 1,
        _ => 0,
    };
    reader.take("fiscal");
    reader.take("year")?;
    reader.skip("'|’|s");
    Some(reader.this_year() + later)
}

/// `the quarter`, `the latest quarter`, `the year-ago quarter`, `the 1988 quarter`: the one spoken of, or the current one.
fn quarter_spoken_of(
    reader: &mut TimeReader<'_>,
    year: Option<i32>,
    start: usize,
) -> Option<TimeValue> {
    let is_latest = reader.take("latest|same|comparable").is_some();
    let is_definite = is_latest || year.is_some() || reader.word_before(1) == "the";
    let is_quarter = reader.take("quarter|period")? == "quarter";
    if !is_definite || !(is_quarter || year.is_some()) || reader.at <= start + 1 {
        return None;
    }
    if reader.word() == "of" {
        return None;
    }
    let spoken = reader.quarter;
    let (spoken_year, quarter) = spoken.unwrap_or_else(|| quarter_of(reader.today()));
    Some(TimeValue::Quarter(year.unwrap_or(spoken_year), quarter))
}

/// `a year earlier`, `a year ago`, `year-ago`: the same quarter, where quarters are spoken of.
pub(super) fn year_ago(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    reader.take("a|the");
    reader.take("year")?;
    reader.skip("-");
    reader.take("ago|earlier")?;
    Some(match reader.quarter {
        Some((year, quarter)) => TimeValue::Quarter(year - 1, quarter),
        None => TimeValue::Year(reader.this_year() - 1),
    })
}

/// `last week`, `earlier this month`, `the past year`, `next fall`, `the weekend`.
pub(super) fn period(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    reader.skip_modifier();
    let is_definite = reader.take("the").is_some();
    let which = reader.take("last|past|this|next|previous|coming|current|following|same|latest");
    let later = match which {
        Some("last" | "past" | "previous") => -1,
        Some("next" | "coming" | "following") => 1,
        None if is_definite && matches!(reader.word(), "weekend" | "week") => 0,
        None => return None,
        Some(_) => 0,
    };
    reader.skip("fiscal|calendar");
    if reader.take("weekend").is_some() {
        return weekend(reader, later, which.is_some());
    }
    if let Some(season) = reader.season_name() {
        let year = reader.published.map(|day| day.year() + later);
        return Some(TimeValue::Season(year, season));
    }
    let is_plural = reader.word().ends_with('s');
    let unit = reader.unit()?;
    if is_plural || (unit == TimeUnit::Day && later == 0) {
        return None;
    }
    if which.is_none() && matches!(reader.word(), "of" | "before" | "after") {
        return None;
    }
    // `the past year` is a length, `the last century` is the nineteenth or twentieth.
    let is_length = is_definite && matches!(which, Some("past" | "last" | "next"));
    if is_length && unit != TimeUnit::Century {
        return Some(TimeValue::Length(TimeAmount::Whole(1), unit));
    }
    period_later(reader, unit, later)
}

fn weekend(reader: &mut TimeReader<'_>, later: i32, is_named: bool) -> Option<TimeValue> {
    let today = reader.today();
    // On a Monday "the weekend" is the one that was.
    let is_over = !is_named && today.weekday().num_days_from_monday() < 2;
    let later = i64::from(later) - i64::from(is_over);
    let week = days_later(today, 7 * later)?.iso_week();
    Some(TimeValue::Weekend(week.year(), week.week()))
}

/// Returns the week, month, quarter or year `later` from the one of publication.
fn period_later(reader: &mut TimeReader<'_>, unit: TimeUnit, later: i32) -> Option<TimeValue> {
    let today = reader.today();
    let year = today.year();
    Some(match unit {
        TimeUnit::Day => TimeValue::Day(days_later(today, i64::from(later))?),
        TimeUnit::Week => TimeValue::week_of(days_later(today, 7 * i64::from(later))?),
        TimeUnit::Month => {
            let (year, month) = parts_later(year, today.month(), 12, later);
            TimeValue::Month(year, month)
        }
        TimeUnit::Quarter => {
            let (year, quarter) = parts_later(year, quarter_of(today).1, 4, later);
            TimeValue::Quarter(year, quarter)
        }
        TimeUnit::Year => TimeValue::Year(year + later),
        TimeUnit::Decade => TimeValue::Decade(year.div_euclid(10) + later),
        TimeUnit::Century => TimeValue::Century(year.div_euclid(100) + later),
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => TimeValue::Day(today),
    })
}

/// `in the summer`, `the summer of 2024`, `this fall`.
pub(super) fn season(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    let is_led = has_word("in over during since by upcoming", reader.word_before(1));
    reader.take("the");
    reader.skip_modifier();
    let season = reader.season_name()?;
    if reader.word() == "of" && reader.tokens.word(reader.at + 1).len() != 4 {
        return None;
    }
    let year = reader.attempt(|reader| {
        reader.take("of");
        reader.take_year()
    });
    let this_year = reader.published.map(|day| day.year());
    (year.is_some() || is_led).then(|| TimeValue::Season(year.or(this_year), season))
}

/// `August 1988`, `last April`, `late November`, `in May`.
pub(super) fn month(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    let start = reader.at;
    reader.skip_modifier();
    reader.take("of");
    let which = reader.take("last|this|next|past");
    let is_led = reader.at > start || has_word(BEFORE_MONTH, reader.word_before(1));
    let is_plain = !matches!(reader.word(), "may" | "march" | "august") && reader.word().len() > 3;
    let month = reader.take_month()?;
    if !is_led && !is_plain && reader.word().len() != 4 {
        return None;
    }
    let year = reader.attempt(|reader| {
        reader.skip(",|of");
        reader.take_year().or_else(|| reader.spelled_year())
    });
    if let Some(year) = year {
        return Some(TimeValue::Month(year, month));
    }
    // A name: `April Jones`, `Jan Kavan`.
    let is_short = reader.word_before(1).len() <= 3 && reader.word_before(1) != "may";
    let is_name =
        (!is_led || is_short) && reader.tokens.is_capital(reader.at) && reader.word().len() > 1;
    let is_counted = reader.word().starts_with(|c: char| c.is_ascii_digit());
    if is_name || is_counted || !(is_led || is_plain) {
        return None;
    }
    let tense = reader.tense_from(start);
    let today = reader.today();
    let later = years_to_month(today.month(), month, which, tense);
    Some(TimeValue::Month(today.year() + later, month))
}

/// `1990`, `fiscal 1988`, `the end of 2026`, `nineteen ninety-seven`.
pub(super) fn year_alone(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    reader.skip_modifier();
    reader.take("the");
    reader.skip("fiscal|calendar");
    reader.take("year");
    let is_part = has_word("$ £ € , . : # / -", reader.word_before(1));
    let is_prefixed = has_word("mid post pre", reader.word_before(2));
    if is_part && reader.tokens.touches(reader.at) && !is_prefixed {
        return None;
    }
    if let Some(year) = reader.attempt(TimeReader::spelled_year) {
        return Some(TimeValue::Year(year));
    }
    let year = reader.take_year().filter(|year| *year <= LAST_YEAR_ALONE)?;
    let goes_on = reader.tokens.touches(reader.at)
        && (reader.word().starts_with(char::is_alphabetic)
            || (has_word(", . - / ' ’", reader.word()) && reader.tokens.touches(reader.at + 1)));
    (!goes_on && !has_word(COUNTED, reader.word())).then_some(TimeValue::Year(year))
}

/// `the 1980s`, `early '90s`, `the nineties`.
pub(super) fn decade(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    reader.take("the");
    reader.skip_modifier();
    if let Some(decade) = spelled_decade(reader) {
        return Some(TimeValue::Decade(decade));
    }
    let is_short = reader.take("'|’|‘").is_some() || reader.word_before(1) == "the";
    let decade = match reader.take_number(4..=4, 1500..=2099) {
        Some(year) => year,
        None => 1900 + reader.take_number(2..=2, 20..=90).filter(|_| is_short)?,
    };
    reader.take("'|’");
    let is_plural = reader.tokens.touches(reader.at) && reader.take("s").is_some();
    (is_plural && decade % 10 == 0).then_some(TimeValue::Decade(decade / 10))
}

fn spelled_decade(reader: &mut TimeReader<'_>) -> Option<i32> {
    let is_led = has_word("the early late mid -", reader.word_before(1));
    let names = "twenties thirties forties fifties sixties seventies eighties nineties";
    let place = reader.take_place(names)?;
    is_led.then_some(192 + place.cast_signed())
}

/// `the 20th century`.
pub(super) fn century(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    reader.take("the");
    reader.skip_modifier();
    let number = reader.take_number(1..=2, 1..=30)?;
    reader.take("st|nd|rd|th")?;
    reader.skip("-");
    reader.take("century")?;
    Some(TimeValue::Century(number - 1))
}

/// `two weeks ago`, `several years earlier`, `a month from now`.
pub(super) fn ago(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    skip_about(reader);
    let amount = reader.amount()?;
    let unit = reader.unit()?;
    let (sign, vague) = match reader.take("ago|earlier|hence|from now")? {
        "ago" | "earlier" => (-1, TimeValue::Past),
        _ => (1, TimeValue::Future),
    };
    match (amount, unit) {
        (TimeAmount::Whole(count), TimeUnit::Decade) => {
            let later = 10 * sign * count.cast_signed();
            Some(TimeValue::Year(reader.this_year() + later))
        }
        (TimeAmount::Whole(count), unit) => period_later(reader, unit, sign * count.cast_signed()),
        _ => Some(vague),
    }
}

/// Takes `about`, `more than`, `at least`.
fn skip_about(reader: &mut TimeReader<'_>) {
    reader.take("more than|less than|at least|up to|as many as|at most|about|nearly|almost|over|around|just|some|only|roughly|within");
}

/// `five years`, `a four-day trip`, `the past two months`, `the first nine months`, `for years`, `every day`, `daily`.
pub(super) fn length(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    if let Some(unit) = reader.attempt(repeated) {
        return Some(TimeValue::Every(unit));
    }
    skip_about(reader);
    reader.take("the");
    reader.take("last|past|next|first|final|previous|another|latest|coming");
    // `four flights a week` says how often, not how long.
    if reader.word_before(1).ends_with('s') && matches!(reader.word(), "a" | "an") {
        return None;
    }
    let Some(amount) = reader.amount() else {
        return unknown_length(reader);
    };
    reader.skip("-|more|additional|trading|full|straight|consecutive");
    let is_plural = reader.word().ends_with('s');
    let unit = reader.unit()?;
    let is_half = reader.take("and a half").is_some();
    // `a second group`, `three-quarters of`, `44-year-old`, `700 seats a week`.
    let is_part = unit == TimeUnit::Quarter
        && (!is_plural || reader.word() == "of" || reader.word_before(2) == "-");
    let is_ordinal = unit == TimeUnit::Second && !is_plural;
    let is_name = is_plural && reader.tokens.is_capital(reader.at - 1);
    if is_part || is_ordinal || is_name || reader.take("old|- old").is_some() {
        return None;
    }
    Some(match amount {
        TimeAmount::Whole(count) if is_half => TimeValue::Length(TimeAmount::Half(count), unit),
        amount => TimeValue::Length(amount, unit),
    })
}

/// `every day`, `each year`, `daily`, `annually`.
fn repeated(reader: &mut TimeReader<'_>) -> Option<TimeUnit> {
    if reader.take("every|each").is_some() {
        reader.take("other");
        let is_plural = reader.word().ends_with('s');
        return reader.unit().filter(|_| !is_plural);
    }
    Some(match reader.take("daily|weekly|monthly|annually|yearly")? {
        "daily" => TimeUnit::Day,
        "weekly" => TimeUnit::Week,
        "monthly" => TimeUnit::Month,
        _ => TimeUnit::Year,
    })
}

/// `weeks`, `decades-long`; not the hours and minutes of other phrases.
fn unknown_length(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    use TimeUnit::{Hour, Minute, Quarter, Second};
    let is_plural = reader.word().ends_with('s');
    let unit = reader.unit()?;
    let is_counted = reader.word_before(2) == "of"
        && has_word("hundreds thousands dozens matter", reader.word_before(3));
    let is_other = matches!(unit, Second | Minute | Hour | Quarter) || reader.word() == "old";
    (is_plural && !is_counted && !is_other).then_some(TimeValue::Length(TimeAmount::Unknown, unit))
}

/// Words that point to no place on the calendar.
pub(super) fn phrase(reader: &mut TimeReader<'_>) -> Option<TimeValue> {
    let present = "right now|now|currently|at present|presently|nowadays|at the moment|these days";
    if reader.take(present).is_some() {
        return Some(TimeValue::Present);
    }
    let past = "recently|lately|recent years|recent months|recent weeks|recent days";
    if reader.take(past).is_some() {
        return Some(TimeValue::Past);
    }
    if reader.take("in the past").is_some() {
        // `in the past two months` is a length.
        let is_length = reader.amount().is_some() || reader.unit().is_some();
        return (!is_length).then_some(TimeValue::Past);
    }
    if reader.take("the near future").is_some() {
        return Some(TimeValue::Future);
    }
    reader.take("the");
    let year_end = |reader: &mut TimeReader<'_>| {
        reader.take("year")?;
        reader.skip("-|'|’|s");
        reader.take("end")
    };
    if reader.attempt(year_end).is_some() {
        return Some(TimeValue::Year(reader.this_year()));
    }
    reader.skip("fiscal");
    reader.take("year ended")?;
    reader.at -= 1;
    Some(TimeValue::Length(TimeAmount::Whole(1), TimeUnit::Year))
}

/// Returns the years from this one to the year of a month that stands without one.
fn years_to_month(now: u32, month: u32, which: Option<&str>, tense: Option<Tense>) -> i32 {
    match which {
        Some("last" | "past") if month >= now => -1,
        Some("next") if month <= now => 1,
        Some(_) => 0,
        None if month < now => i32::from(tense == Some(Tense::Future)),
        // A month to come this year, unless it is far and the words speak of what was.
        None if month > now + MONTHS_AHEAD && tense != Some(Tense::Future) => -1,
        None => 0,
    }
}
