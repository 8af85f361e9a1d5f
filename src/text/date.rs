//! The one door to `jiff`: dates as people and programs write them.

use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::types::Value;

/// Microseconds since 1970 of a moment written as RFC 3339, ISO 8601 (without an offset it is taken for UTC; also a year, a
/// month or a day alone), RFC 2822, `YYYYMMDDhhmmss`, or as seconds since 1970 (from 10^11 on milliseconds, from 10^14
/// microseconds, from 10^17 nanoseconds: as seconds they would lie beyond the year 5000). None when it is none of these.
pub fn moment(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => since_1970(*number),
        Value::Text(text) => {
            let text = text.trim();
            written(text).or_else(|| since_1970(number(text)?))
        }
    }
}

/// The moment that a text names as a date, not as a number.
pub fn written(text: &str) -> Option<i64> {
    let micros = |timestamp: Timestamp| timestamp.as_microsecond();
    let civil = |text: &str| Some(text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp());
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) || text.len() < 4 {
        return None;
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let read = match text.len() {
        4 if digits => civil(&format!("{text}-01-01")),
        7 if text.as_bytes()[4] == b'-' => civil(&format!("{text}-01")),
        14 if digits => civil(&format!("{}T{}", &text[..8], &text[8..])),
        _ => text.parse().ok().or_else(|| civil(text)),
    };
    read.or_else(|| rfc2822::DateTimeParser::new().parse_timestamp(text).ok()).map(micros)
}

/// The finite number that a text is.
pub fn number(text: &str) -> Option<f64> {
    let begins = text.trim_start_matches(['-', '+', '.']).starts_with(|c: char| c.is_ascii_digit());
    text.parse().ok().filter(|number: &f64| begins && number.is_finite())
}

#[expect(clippy::cast_possible_truncation, reason = "a cast from a float gives the nearest integer towards zero")]
fn since_1970(number: f64) -> Option<i64> {
    let whole = number as i64;
    match whole.unsigned_abs() {
        0..100_000_000_000 => i64::try_from(SignedDuration::try_from_secs_f64(number).ok()?.as_micros()).ok(),
        100_000_000_000..100_000_000_000_000 => whole.checked_mul(1000),
        100_000_000_000_000..100_000_000_000_000_000 => Some(whole),
        _ => Some(whole / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_in_many_forms() {
        let text = |text: &str| moment(&Value::Text(text.into()));
        for form in [
            "2024-05-01T12:00:00Z",
            "2024-05-01T14:00:00+02:00",
            "2024-05-01 12:00:00",
            "2024-05-01T12:00:00.000",
            "Wed, 1 May 2024 12:00:00 +0000",
            "1 May 2024 08:00:00 -0400",
            "20240501120000",
            "1714564800",
            " 1714564800.0 ",
        ] {
            assert_eq!(text(form), Some(1_714_564_800_000_000), "{form}");
        }
        for form in [1_714_564_800.0, 1_714_564_800_000.0, 1_714_564_800_000_000.0, 1_714_564_800_000_000_000.0] {
            assert_eq!(moment(&Value::Number(form)), Some(1_714_564_800_000_000), "{form}");
        }
        assert_eq!(moment(&Value::Number(-1.5)), Some(-1_500_000));
        assert!(text("2024") < text("2024-01-02") && text("2024-02") > text("20240131"));
        assert_eq!(["", "soon", "2024-13-01", "n/a", "inf", "-", "May"].map(text), [None; 7]);
    }
}
