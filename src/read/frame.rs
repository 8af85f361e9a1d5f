//! Stream → records, with a limit on how much of one is held in memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader};

use super::format::Framing;
use super::shard::Slice;
use super::source::Source;
use crate::error::Error;

/// A record, or a part of one that is too large to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A whole record with its line end.
    Record(&'a [u8]),
    /// The next bytes of a record beyond the limit; `last` ends it.
    Oversized {
        /// The bytes.
        bytes: &'a [u8],
        /// Whether the record ends here.
        last: bool,
    },
}

/// Why reading ended early.
#[derive(Debug)]
pub enum Stop {
    /// The source could not be read on from byte `.0`.
    Read(u64, io::Error),
    /// The visitor ended the run.
    Ended(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Ended(error)
    }
}

/// Calls `visit(place, piece)` for each record that begins in the slice, in order.
///
/// # Errors
/// [`Stop::Read`] when the source cannot be read; [`Stop::Ended`] with what `visit` returned.
pub fn records(
    source: &Source,
    slice: Slice,
    limit: usize,
    visit: &mut dyn FnMut(u64, Piece<'_>) -> Result<(), Error>,
) -> Result<(), Stop> {
    // A record belongs to the slice in which it begins: one byte earlier, the end of the record before is found.
    let start = slice.from.saturating_sub(1);
    let mut reader = source.open(slice).map_err(|e| Stop::Read(slice.from, e))?;
    let mut place = start;
    if slice.from > 0 {
        skip_line(&mut reader, &mut place).map_err(|e| Stop::Read(place, e))?;
    }
    frames(&mut *reader, source.format.framing, place, slice.to, limit, visit)
}

/// Calls `visit(place, piece)` for the records that begin at the places (sorted) of a source that is not compressed; what
/// lies between them is not read, unless it is so little that it is in the buffer anyway.
///
/// # Errors
/// As [`records`].
pub fn records_at(
    source: &Source,
    places: impl Iterator<Item = u64>,
    limit: usize,
    visit: &mut dyn FnMut(u64, Piece<'_>) -> Result<(), Error>,
) -> Result<(), Stop> {
    const BUFFER: u64 = 32 * 1024;
    let mut at = 0;
    let file = File::open(&source.file).map_err(|e| Stop::Read(at, e))?;
    let buffer = usize::try_from(source.bytes.clamp(1, BUFFER)).unwrap_or_default();
    let mut reader = BufReader::with_capacity(buffer, file);
    for place in places {
        let step = i64::try_from(place).and_then(|to| i64::try_from(at).map(|at| to - at)).unwrap_or(i64::MAX);
        reader.seek_relative(step).map_err(|e| Stop::Read(place, e))?;
        at = place;
        frames(&mut reader, source.format.framing, place, place.saturating_add(1), limit, &mut |_, piece| {
            at += match piece {
                Piece::Record(bytes) | Piece::Oversized { bytes, .. } => bytes.len() as u64,
            };
            visit(place, piece)
        })?;
    }
    Ok(())
}

/// As [`records`], on an open stream that stands at `place`.
///
/// # Errors
/// As [`records`].
pub fn frames(
    reader: &mut dyn BufRead,
    framing: Framing,
    mut place: u64,
    to: u64,
    limit: usize,
    visit: &mut dyn FnMut(u64, Piece<'_>) -> Result<(), Error>,
) -> Result<(), Stop> {
    let mut held: Vec<u8> = Vec::new();
    while place < to {
        held.clear();
        let mut length = 0u64;
        let mut oversized = false;
        let mut ended = false;
        while !ended {
            let buffer = match reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(Stop::Read(place + length, e)),
            };
            if buffer.is_empty() {
                break;
            }
            let line_end = if framing == Framing::Lines { memchr::memchr(b'\n', buffer) } else { None };
            let take = line_end.map_or(buffer.len(), |at| at + 1);
            if line_end.is_some() && length == 0 && take <= limit {
                // The whole record lies in the buffer: it is looked at where it is.
                visit(place, Piece::Record(&buffer[..take]))?;
                reader.consume(take);
                place += take as u64;
                if place >= to {
                    return Ok(());
                }
                continue;
            }
            ended = line_end.is_some();
            if !oversized && held.len() + take > limit {
                oversized = true;
                visit(place, Piece::Oversized { bytes: &held, last: false })?;
                held = Vec::new();
            }
            if oversized {
                visit(place, Piece::Oversized { bytes: &buffer[..take], last: false })?;
            } else {
                held.extend_from_slice(&buffer[..take]);
            }
            reader.consume(take);
            length += take as u64;
        }
        if oversized {
            visit(place, Piece::Oversized { bytes: &[], last: true })?;
        } else if length > 0 || (framing == Framing::Whole && place == 0) {
            visit(place, Piece::Record(&held))?;
        }
        place += length;
        if !ended {
            break;
        }
    }
    Ok(())
}

/// Reads past the next line end, and moves the place with it.
fn skip_line(reader: &mut dyn BufRead, place: &mut u64) -> io::Result<()> {
    loop {
        let buffer = match reader.fill_buf() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        let end = memchr::memchr(b'\n', buffer);
        let take = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(take);
        *place += take as u64;
        if end.is_some() || take == 0 {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(text: &str, framing: Framing, limit: usize) -> Vec<(u64, String)> {
        let mut out = Vec::new();
        frames(&mut text.as_bytes(), framing, 0, u64::MAX, limit, &mut |place, piece| {
            out.push(match piece {
                Piece::Record(raw) => (place, String::from_utf8_lossy(raw).into_owned()),
                Piece::Oversized { last, .. } => (place, format!("over {last}")),
            });
            Ok(())
        })
        .unwrap();
        out
    }

    #[test]
    fn lines_with_their_ends_and_places() {
        let got = collect("a\nbb\r\n\nc", Framing::Lines, 100);
        assert_eq!(got, [(0, "a\n".into()), (2, "bb\r\n".into()), (6, "\n".into()), (7, "c".into())]);
        assert!(collect("", Framing::Lines, 100).is_empty());
        assert_eq!(collect("", Framing::Whole, 100), [(0, String::new())]);
    }

    #[test]
    fn a_record_beyond_the_limit_comes_in_parts() {
        let got = collect("aaaaaaaa\nb\n", Framing::Lines, 4);
        assert_eq!(got.first().unwrap().1, "over false");
        assert_eq!(got[got.len() - 2], (0, "over true".into()));
        assert_eq!(got.last().unwrap(), &(9, "b\n".into()));
    }
}
