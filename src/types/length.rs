//! Lengths that a user gives: in bytes or in words.

use std::fmt;
use std::str::FromStr;

/// How long a span must be to count as a repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanLength {
    /// Bytes of the text in UTF-8.
    Bytes(u32),
    /// Words.
    Words(u32),
}

/// Fewest bytes and words: below, every text repeats itself.
const FEWEST: (u32, u32) = (20, 4);

impl FromStr for SpanLength {
    type Err = String;

    /// Reads `100` (bytes) or `50w` (words).
    fn from_str(text: &str) -> Result<Self, String> {
        let (digits, words) = text.strip_suffix('w').map_or((text, false), |digits| (digits, true));
        let count: u32 = digits
            .parse()
            .map_err(|_| format!("'{text}' is no length: write 100 for bytes of text, or 50w for words"))?;
        match (words, count) {
            (true, n) if n >= FEWEST.1 => Ok(Self::Words(n)),
            (false, n) if n >= FEWEST.0 => Ok(Self::Bytes(n)),
            _ => Err(format!("'{text}' is too short: at least {} bytes or {}w", FEWEST.0, FEWEST.1)),
        }
    }
}

impl fmt::Display for SpanLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(n) => write!(f, "{n}"),
            Self::Words(n) => write!(f, "{n}w"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_they_are_written() {
        for text in ["100", "20", "50w", "4w"] {
            assert_eq!(text.parse::<SpanLength>().unwrap().to_string(), text);
        }
        for text in ["", "w", "19", "3w", "-1", "100 w", "5000000000", "1.5"] {
            assert!(text.parse::<SpanLength>().is_err(), "{text}");
        }
    }
}
