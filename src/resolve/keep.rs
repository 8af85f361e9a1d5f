//! Which of several alike documents stays.

use std::fmt;
use std::str::FromStr;

use crate::text::address::{ADDRESSES, host};
use crate::text::date::{moment, number, written};
use crate::types::Value;

/// Which of several alike documents stays. Where the policy sees no difference, the first in reading order does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The first in reading order.
    #[default]
    First,
    /// The one with most words.
    Longest,
    /// The one with fewest words.
    Shortest,
    /// The one with the latest date.
    Newest,
    /// The one with the earliest date.
    Oldest,
    /// The one whose field comes last, or first, in order.
    Field {
        /// Name of the field; with dots for one within another.
        name: String,
        /// Whether the largest value is wanted.
        descending: bool,
    },
    /// The one from the host named first.
    Hosts(Vec<String>),
}

/// Fields that hold a date, as crawlers, extractors and data sets name them; the first that reads as one counts.
const DATES: &[&str] = &[
    "date",
    "date_publish",
    "publish_date",
    "published_date",
    "publishing_date",
    "published",
    "published_at",
    "created",
    "created_at",
    "timestamp",
    "crawl_date",
    "date_download",
];

/// Bits of the place of a value among those of its kind; the kind stands above.
const BITS: u32 = 62;
const MASK: u64 = (1 << BITS) - 1;

impl Keep {
    /// How wanted a document is that the policy knows nothing of: less than all others.
    pub const LEAST: u64 = u64::MAX;

    /// How wanted a document of so many words is: less is more wanted, and reading order decides between equals.
    pub fn wanted(&self, words: u32) -> u64 {
        match self {
            Self::Longest => u64::from(u32::MAX - words),
            Self::Shortest => u64::from(words),
            _ => 0,
        }
    }

    /// The fields that must be read to know how wanted a document is.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::First | Self::Longest | Self::Shortest => Vec::new(),
            Self::Newest | Self::Oldest => DATES.to_vec(),
            Self::Field { name, .. } => vec![name],
            Self::Hosts(_) => ADDRESSES.to_vec(),
        }
    }

    /// How wanted a document is, given the values of [`Self::fields`].
    pub fn by_fields(&self, values: &[Option<Value>]) -> u64 {
        let mut values = values.iter().flatten();
        match self {
            Self::First | Self::Longest | Self::Shortest => 0,
            Self::Newest | Self::Oldest => values.find_map(moment).map_or(Self::LEAST, |at| self.by_moment(at)),
            Self::Field { descending, .. } => values.next().map_or(Self::LEAST, |value| {
                let (kind, place) = place(value);
                kind << BITS | if *descending { MASK - place } else { place }
            }),
            Self::Hosts(hosts) => {
                let host = values.find_map(|value| if let Value::Text(url) = value { host(url) } else { None });
                host.map_or(Self::LEAST, |host| {
                    hosts.iter().position(|wanted| belongs(&host, wanted)).unwrap_or(hosts.len()) as u64
                })
            }
        }
    }

    /// How wanted a document of that moment (microseconds since 1970) is; 0 where moments do not count.
    pub fn by_moment(&self, micros: i64) -> u64 {
        match self {
            Self::Newest => MASK - of_moment(micros),
            Self::Oldest => of_moment(micros),
            _ => 0,
        }
    }

    /// Whether files without fields have what the policy asks for: the time of their last change.
    pub fn asks_for_a_moment(&self) -> bool {
        matches!(self, Self::Newest | Self::Oldest)
    }
}

/// Kind and place of a value: numbers come before dates, dates before other texts, each in their own order.
fn place(value: &Value) -> (u64, u64) {
    match value {
        Value::Number(value) => (0, of_number(*value)),
        Value::Text(text) => match (number(text.trim()), written(text.trim())) {
            (Some(value), _) => (0, of_number(value)),
            (None, Some(at)) => (1, of_moment(at)),
            (None, None) => (2, of_text(text)),
        },
    }
}

/// Keeps the order of finite numbers; whole ones up to 2^51 keep apart.
fn of_number(value: f64) -> u64 {
    const SIGN: u64 = 1 << 63;
    let bits = if value == 0.0 { 0 } else { value.to_bits() };
    (if bits & SIGN == 0 { bits | SIGN } else { !bits }) >> (64 - BITS)
}

fn of_moment(micros: i64) -> u64 {
    const HALF: i64 = 1 << (BITS - 1);
    micros.clamp(-HALF, HALF - 1).wrapping_add(HALF).unsigned_abs()
}

/// The first seven bytes.
fn of_text(text: &str) -> u64 {
    text.bytes().chain(std::iter::repeat(0)).take(7).fold(0, |place, byte| place << 8 | u64::from(byte))
}

/// Whether the host is that one or a part of it.
fn belongs(host: &str, wanted: &str) -> bool {
    host.strip_suffix(wanted).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

impl FromStr for Keep {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.rsplit_once(':')) {
            ("first", _) => Ok(Self::First),
            ("longest", _) => Ok(Self::Longest),
            ("shortest", _) => Ok(Self::Shortest),
            ("newest", _) => Ok(Self::Newest),
            ("oldest", _) => Ok(Self::Oldest),
            (_, Some(("", "asc" | "desc"))) => Err("the name of a field is missing".to_owned()),
            (_, Some((name, order @ ("asc" | "desc")))) => {
                Ok(Self::Field { name: name.to_owned(), descending: order == "desc" })
            }
            _ => hosts(text),
        }
    }
}

fn hosts(text: &str) -> Result<Keep, String> {
    let bad =
        || format!("'{text}' is none of first, longest, shortest, newest, oldest, FIELD:asc, FIELD:desc, host:LIST");
    let list = text.strip_prefix("host:").ok_or_else(bad)?;
    let hosts: Vec<String> = list.split(',').map(|host| host.trim().trim_matches('.').to_lowercase()).collect();
    if hosts.iter().any(String::is_empty) {
        return Err("a host is missing: write host:first.example,second.example".into());
    }
    Ok(Keep::Hosts(hosts))
}

impl fmt::Display for Keep {
    /// As it is typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First => f.write_str("first"),
            Self::Longest => f.write_str("longest"),
            Self::Shortest => f.write_str("shortest"),
            Self::Newest => f.write_str("newest"),
            Self::Oldest => f.write_str("oldest"),
            Self::Field { name, descending } => write!(f, "{name}:{}", if *descending { "desc" } else { "asc" }),
            Self::Hosts(hosts) => write!(f, "host:{}", hosts.join(",")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(text: &str) -> Keep {
        text.parse().unwrap()
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn what_is_typed_is_what_is_shown() {
        for typed in ["first", "longest", "oldest", "meta.score:desc", "host:asc", "a:b:asc", "host:a.org,b.net"] {
            assert_eq!(keep(typed).to_string(), typed);
        }
        assert_eq!(keep("host:A.org, .b.net"), Keep::Hosts(vec!["a.org".into(), "b.net".into()]));
        for wrong in ["newst", ":asc", "host:", "host:a,,b", "score", "score:down", ""] {
            assert!(wrong.parse::<Keep>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn fields_keep_their_order() {
        let values = [
            Value::Number(-1e300),
            Value::Number(-2.5),
            text("-2.25"),
            Value::Number(-0.0),
            Value::Number(1e-9),
            text("7"),
            Value::Number(2_251_799_813_685_247.0),
            Value::Number(2_251_799_813_685_248.0),
            text("1969-12-31T23:59:59Z"),
            text("2024-05-01"),
            text("2024-05-01T00:00:00.000001Z"),
            text("Wed, 1 May 2024 12:00:00 +0000"),
            text(""),
            text("abcdef"),
            text("abcdefg"),
            text("b"),
            text("é"),
        ];
        let all = |policy: &str| values.clone().map(|value| keep(policy).by_fields(&[Some(value)]));
        let rising = all("x:asc");
        assert!(rising.is_sorted_by(|a, b| a < b) && rising[values.len() - 1] < Keep::LEAST, "{rising:?}");
        let falling = all("x:desc");
        for kind in [0..8, 8..12, 12..17] {
            assert!(falling[kind.clone()].is_sorted_by(|a, b| a > b), "{kind:?}");
        }
        assert!(falling.iter().max() < Some(&Keep::LEAST));
        assert_eq!(keep("x:asc").by_fields(&[None]), Keep::LEAST);
    }

    #[test]
    fn dates_count_and_so_does_the_first_that_is_one() {
        let wanted = |policy: &str, dates: [Option<&str>; 2]| keep(policy).by_fields(&dates.map(|date| date.map(text)));
        let (old, new) = ([Some("2001-01-01"), Some("2024-01-01")], [Some("unknown"), Some("2002")]);
        assert!(wanted("newest", new) < wanted("newest", old));
        assert!(wanted("oldest", old) < wanted("oldest", new));
        assert_eq!(wanted("newest", [None, Some("?")]), Keep::LEAST);
        assert!(keep("newest").by_moment(5) < keep("newest").by_moment(4));
        assert!(keep("oldest").by_moment(i64::MIN) < keep("oldest").by_moment(-1));
    }

    #[test]
    fn hosts_count_with_their_parts() {
        let wanted = |url: &str| keep("host:a.org,b.net").by_fields(&[Some(text(url))]);
        for (url, place) in [
            ("https://a.org/x", 0),
            ("http://u:p@WWW.A.org:80?b.net", 0),
            ("//b.net", 1),
            ("https://ba.org/", 2),
            ("https://c.com/a.org", 2),
            ("a.org", Keep::LEAST),
        ] {
            assert_eq!(wanted(url), place, "{url}");
        }
    }
}
