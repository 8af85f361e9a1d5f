//! Shares as two integers: exact, summable in any order, printed the same everywhere.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `part` of `of`, for example 27 of 31 shingles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ratio {
    /// The counted part.
    pub part: u64,
    /// What it is a part of; 0 means "of nothing" and counts as no share at all.
    pub of: u64,
}

impl Ratio {
    /// `part` of `of`.
    pub const fn new(part: u64, of: u64) -> Self {
        Self { part, of }
    }

    /// Whether this share is at least `limit`. A share of nothing reaches no limit.
    pub fn reaches(self, limit: Self) -> bool {
        self.of > 0 && u128::from(self.part) * u128::from(limit.of) >= u128::from(limit.part) * u128::from(self.of)
    }

    /// Whether this share is above `limit`. A share of nothing is above no limit.
    pub fn exceeds(self, limit: Self) -> bool {
        self.of > 0 && u128::from(self.part) * u128::from(limit.of) > u128::from(limit.part) * u128::from(self.of)
    }

    /// The least part of `of` that reaches this share.
    pub fn least_of(self, of: u64) -> u64 {
        let least = (u128::from(self.part) * u128::from(of)).div_ceil(u128::from(self.of.max(1)));
        u64::try_from(least).unwrap_or(u64::MAX)
    }

    /// The share in hundredths of a percent, rounded down (8000 is 80 %).
    pub fn basis_points(self) -> u64 {
        self.parts_of(10_000)
    }

    /// The share in parts of `whole`, rounded down; nothing of nothing.
    pub fn parts_of(self, whole: u64) -> u64 {
        let parts = (u128::from(self.part) * u128::from(whole)).checked_div(u128::from(self.of));
        u64::try_from(parts.unwrap_or_default()).unwrap_or(u64::MAX)
    }
}

impl fmt::Display for Ratio {
    /// As a percentage with one decimal: `87.1 %`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.basis_points() / 10;
        write!(f, "{}.{} %", tenths / 10, tenths % 10)
    }
}

impl FromStr for Ratio {
    type Err = String;

    /// Reads `0.8`, `.8`, `80%`, `2.5 %` or `1`; at most six decimals.
    fn from_str(s: &str) -> Result<Self, String> {
        let bad = || format!("'{s}' is no share: write 0.8 or 80%");
        let (number, percent) = match s.trim().strip_suffix('%') {
            Some(number) => (number.trim(), true),
            None => (s.trim(), false),
        };
        let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && decimals.is_empty())
            || !digits(whole)
            || !digits(decimals)
            || decimals.len() > 6
            || whole.len() > 6
        {
            return Err(bad());
        }
        let part: u64 = format!("{whole}{decimals}").parse().map_err(|_| bad())?;
        let of = 10u64.pow(u32::try_from(decimals.len()).unwrap_or(6)) * if percent { 100 } else { 1 };
        if part > of {
            return Err(format!("'{s}' is more than the whole: a share lies between 0 and 1 (or 0% and 100%)"));
        }
        Ok(Self { part, of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        assert_eq!("0.8".parse(), Ok(Ratio::new(8, 10)));
        assert_eq!("80%".parse(), Ok(Ratio::new(80, 100)));
        assert_eq!("2.5 %".parse(), Ok(Ratio::new(25, 1000)));
        assert!("8".parse::<Ratio>().is_err());
        assert!("-1".parse::<Ratio>().is_err());
        assert!("".parse::<Ratio>().is_err());
    }

    #[test]
    fn compares_without_rounding() {
        let third = Ratio::new(1, 3);
        assert!(third.reaches(Ratio::new(333_333, 1_000_000)));
        assert!(!third.reaches(Ratio::new(333_334, 1_000_000)));
        assert_eq!((third.least_of(9), third.least_of(10)), (3, 4));
        assert!(!Ratio::new(0, 0).reaches(Ratio::new(0, 1)));
        assert_eq!(Ratio::new(27, 31).to_string(), "87.0 %");
    }
}
