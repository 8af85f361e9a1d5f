//! Addresses of pages, and the hosts that they name.

use std::borrow::Cow;
use std::ops::Range;

/// Fields that hold an address, as crawlers, extractors and data sets name them; the first with a host counts.
pub const ADDRESSES: &[&str] = &["url", "uri", "link", "source_url", "canonical_url", "WARC-Target-URI"];

/// The place of a field among [`ADDRESSES`].
fn rank(name: &str) -> Option<usize> {
    ADDRESSES.iter().position(|known| *known == name)
}

/// Of the literals of fields the one that is likely the document's address: a string with a slash, from the first of
/// [`ADDRESSES`] that has one.
#[derive(Clone, Debug, Default)]
pub struct Best(Option<(usize, Range<usize>)>);

impl Best {
    /// Takes in the literal of a field, which stands at `at`.
    pub fn take(&mut self, name: &str, literal: &str, at: Range<usize>) {
        let Some(rank) = rank(name).filter(|_| literal.starts_with('"') && literal.contains('/')) else { return };
        if self.0.as_ref().is_none_or(|(best, _)| rank < *best) {
            self.0 = Some((rank, at));
        }
    }

    /// Where it stands.
    pub fn finish(self) -> Option<Range<usize>> {
        self.0.map(|(_, at)| at)
    }
}

/// The host of an address, in lower case.
pub fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_end_matches('.');
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// The host of an address that stands in a JSON string, without the `www.` that many put in front.
pub fn host_in_json(literal: &[u8]) -> Option<String> {
    let inside = str::from_utf8(literal).ok()?.trim_matches('"');
    let url = if inside.contains("\\/") { Cow::Owned(inside.replace("\\/", "/")) } else { Cow::Borrowed(inside) };
    let host = host(&url)?;
    Some(host.strip_prefix("www.").map(str::to_owned).unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_in_literals() {
        let host = |literal: &str| host_in_json(literal.as_bytes());
        assert_eq!(host("\"https://www.A.org:80/x\""), Some("a.org".into()));
        assert_eq!(host("\"http:\\/\\/news.b.net\\/1\""), Some("news.b.net".into()));
        assert_eq!(host("\"no address\""), None);
    }
}
