//! Where an archive can be cut: at its frames or members, if each says how long it is, packed and unpacked.
//!
//! zstd: RFC 8878, section 3.1; many frames are what `pzstd`, `zstd --rsyncable` joins and this program write. gzip: RFC
//! 1952, with the extra field `BC` of the blocked format of `bgzip` (SAM/BAM specification, section 4.1).

use std::fs::File;
use std::io::{BufReader, Read};

use super::source::{Compression, Source};

/// The beginning of a frame or member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Its first byte in the file.
    pub(super) at: u64,
    /// Its first byte in the decompressed stream.
    pub(super) place: u64,
}

/// Where the archive can be cut so that pieces have at least `size` bytes unpacked; the first is the beginning. None when
/// its parts do not tell their lengths, or do not fit the file: such an archive is read in one piece, which tells what is
/// wrong with it.
pub(super) fn cuts(source: &Source, size: u64) -> Option<Vec<Cut>> {
    let next = match source.compression {
        Compression::None => return None,
        Compression::Gz => member,
        Compression::Zst => frame,
    };
    // Heads are short and far apart: what a larger buffer held would be thrown away.
    let mut file = BufReader::with_capacity(64, File::open(&source.file).ok()?);
    let mut out: Vec<Cut> = Vec::new();
    let mut here = Cut { at: 0, place: 0 };
    while here.at < source.bytes {
        if out.last().is_none_or(|last| here.place >= last.place.saturating_add(size)) {
            out.push(here);
        }
        let (packed, unpacked) = next(&mut file)?;
        here = Cut { at: here.at.checked_add(packed)?, place: here.place.checked_add(unpacked)? };
    }
    (here.at == source.bytes).then_some(out)
}

fn bytes<const N: usize>(file: &mut BufReader<File>) -> Option<[u8; N]> {
    let mut out = [0; N];
    file.read_exact(&mut out).ok().map(|()| out)
}

fn skip(file: &mut BufReader<File>, length: u64) -> Option<()> {
    file.seek_relative(i64::try_from(length).ok()?).ok()
}

/// A number of so many bytes, the least first.
fn number(file: &mut BufReader<File>, length: u64) -> Option<u64> {
    let mut out = [0; 8];
    file.read_exact(out.get_mut(..usize::try_from(length).ok()?)?).ok()?;
    Some(u64::from_le_bytes(out))
}

/// Goes past a zstd frame; its length packed and unpacked.
fn frame(file: &mut BufReader<File>) -> Option<(u64, u64)> {
    const FRAME: u64 = 0xFD2F_B528;
    const SKIPPABLE: std::ops::RangeInclusive<u64> = 0x184D_2A50..=0x184D_2A5F;
    let magic = number(file, 4)?;
    if SKIPPABLE.contains(&magic) {
        let length = number(file, 4)?;
        skip(file, length)?;
        return Some((8 + length, 0));
    }
    let [flags] = bytes(file).filter(|_| magic == FRAME)?;
    let one_segment = flags >> 5 & 1 == 1;
    let dictionary = [0, 1, 2, 4][usize::from(flags & 3)];
    let window = u64::from(!one_segment);
    let size = match flags >> 6 {
        0 if one_segment => 1,
        0 => return None,
        n => 1 << n,
    };
    skip(file, window + dictionary)?;
    let unpacked = number(file, size)? + if size == 2 { 256 } else { 0 };
    let mut packed = 5 + window + dictionary + size;
    loop {
        let head = number(file, 3)?;
        let length = match head >> 1 & 3 {
            0 | 2 => head >> 3,
            1 => 1,
            _ => return None,
        };
        skip(file, length)?;
        packed += 3 + length;
        if head & 1 == 1 {
            break;
        }
    }
    let checksum = if flags >> 2 & 1 == 1 { 4 } else { 0 };
    skip(file, checksum)?;
    Some((packed + checksum, unpacked))
}

/// Goes past a gzip member of the blocked format; its length packed and unpacked.
fn member(file: &mut BufReader<File>) -> Option<(u64, u64)> {
    const EXTRA: u8 = 4;
    let head: [u8; 10] = bytes(file).filter(|head: &[u8; 10]| head.starts_with(&[0x1F, 0x8B, 8, EXTRA]))?;
    let extra = number(file, 2)?;
    let mut packed = None;
    let mut left = extra;
    while left > 0 {
        let [first, second] = bytes(file)?;
        let length = number(file, 2)?;
        left = left.checked_sub(4 + length)?;
        if (first, second, length) == (b'B', b'C', 2) {
            packed = Some(number(file, 2)? + 1);
        } else {
            skip(file, length)?;
        }
    }
    let packed = packed?;
    let seen = head.len() as u64 + 2 + extra;
    skip(file, packed.checked_sub(seen + 4)?)?;
    Some((packed, number(file, 4)?))
}
