//! Shards: how the work on the sources is divided.

use super::archive::{Cut, cuts};
use super::format::Framing;
use super::source::{Compression, Source};

/// A piece of a source that one worker reads: the records that begin in `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Number of the source.
    pub source: u32,
    /// First byte of the decompressed source at which a record may begin.
    pub from: u64,
    /// One past the last byte at which a record may begin; `u64::MAX` for "to the end".
    pub to: u64,
    /// Byte of the file at which it is opened: there stands, unpacked, the byte before `from`, which may be the end of the
    /// record before.
    pub at: u64,
    /// Bytes of the file that are done with when the slice is.
    pub disk: u64,
}

impl Slice {
    /// All of a source of so many bytes.
    pub fn whole(source: u32, disk: u64) -> Self {
        Self { source, from: 0, to: u64::MAX, at: 0, disk }
    }

    /// Whether the slice is its whole source.
    pub fn is_whole(self) -> bool {
        self.from == 0 && self.to == u64::MAX
    }
}

/// The work of one task: slices of large files, runs of small ones. In reading order.
pub type Shard = Vec<Slice>;

/// Files of a shard at most.
const MOST: usize = 1024;

/// Divides sources into shards of about `size` bytes. What is written compressed is cut every `frame` bytes, whatever the
/// size of shards, since each slice becomes a frame of its own in the cleaned file. Archives are cut where their own frames
/// end, and at most every `frame` bytes.
pub fn shards(sources: &[Source], size: u64, frame: u64) -> Vec<Shard> {
    let (size, frame) = (size.max(1), frame.max(1));
    let mut out = Vec::new();
    let mut shard: Shard = Vec::new();
    let mut held = 0u64;
    for (number, source) in sources.iter().enumerate() {
        let slices = slices(u32::try_from(number).unwrap_or(u32::MAX), source, size, frame);
        if slices.len() > 1 && !shard.is_empty() {
            out.push(std::mem::take(&mut shard));
            held = 0;
        }
        for slice in slices {
            shard.push(slice);
            // Of a slice of an archive it is known how much comes out, of the last one and of whole ones it is not.
            held += if slice.to == u64::MAX { slice.disk } else { slice.disk.max(slice.to - slice.from) };
            if held >= size || shard.len() >= MOST {
                out.push(std::mem::take(&mut shard));
                held = 0;
            }
        }
    }
    out.extend((!shard.is_empty()).then_some(shard));
    out
}

fn slices(number: u32, source: &Source, size: u64, frame: u64) -> Vec<Slice> {
    let whole = || vec![Slice::whole(number, source.bytes)];
    if source.format.framing != Framing::Lines {
        return whole();
    }
    if source.compression != Compression::None {
        return cuts(source, frame).map_or_else(whole, |cuts| of_cuts(number, source, &cuts));
    }
    let size = if source.written == Compression::None { size } else { frame };
    let bytes = |i: u64| (i * size).min(source.bytes);
    let slice = |i: u64| Slice {
        source: number,
        from: i * size,
        to: if bytes(i + 1) == source.bytes { u64::MAX } else { (i + 1) * size },
        at: (i * size).saturating_sub(1),
        disk: bytes(i + 1) - bytes(i),
    };
    if source.bytes > size { (0..source.bytes.div_ceil(size)).map(slice).collect() } else { whole() }
}

/// The slices between cuts. A record that begins right at a cut belongs to the slice before: whether one does cannot be
/// told without the byte before, which lies in another frame.
fn of_cuts(number: u32, source: &Source, cuts: &[Cut]) -> Vec<Slice> {
    let ends = cuts.iter().skip(1).map(Some).chain([None]);
    let slice = |(cut, end): (&Cut, Option<&Cut>)| Slice {
        source: number,
        from: if cut.place == 0 { 0 } else { cut.place + 1 },
        to: end.map_or(u64::MAX, |end| end.place + 1),
        at: cut.at,
        disk: end.map_or(source.bytes, |end| end.at) - cut.at,
    };
    cuts.iter().zip(ends).map(slice).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::path::Path;

    use super::super::frame::{Piece, Stop, records};
    use super::super::jsonl::JSONL;
    use super::super::text::TEXT;
    use super::*;

    fn source(path: &Path, bytes: &[u8]) -> Source {
        std::fs::write(path, bytes).unwrap();
        let (compression, _) = Compression::of_name(path.to_str().unwrap());
        Source {
            path: String::new(),
            old: None,
            file: path.to_owned(),
            format: &JSONL,
            compression,
            written: compression,
            bytes: bytes.len() as u64,
            changed: None,
        }
    }

    /// A member of the blocked gzip format.
    fn bgzf(text: &[u8]) -> Vec<u8> {
        let mut member = flate2::GzBuilder::new()
            .extra(vec![b'X', b'Y', 1, 0, 7, b'B', b'C', 2, 0, 0, 0])
            .write(Vec::new(), flate2::Compression::fast());
        member.write_all(text).unwrap();
        let mut member = member.finish().unwrap();
        let size = u16::try_from(member.len() - 1).unwrap().to_le_bytes();
        member[21..23].copy_from_slice(&size);
        member
    }

    fn zst(text: &[u8]) -> Vec<u8> {
        zstd::bulk::compress(text, 0).unwrap()
    }

    /// A skippable frame with something of the writer's own, and a frame with a checksum.
    fn zst_odd(text: &[u8]) -> Vec<u8> {
        let mut encoder = zstd::Encoder::new(vec![0x52, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3], 0).unwrap();
        encoder.include_checksum(true).unwrap();
        encoder.set_pledged_src_size(Some(text.len() as u64)).unwrap();
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    type Read = (Vec<(u64, Vec<u8>)>, Vec<u64>);

    /// All records, read slice by slice, and the places of errors.
    fn read(source: &Source, shards: &[Shard]) -> Read {
        let (mut all, mut errors) = (Vec::new(), Vec::new());
        for &slice in shards.iter().flatten() {
            let done = records(source, slice, 10_000, &mut |place, piece| {
                if let Piece::Record(raw) = piece {
                    all.push((place, raw.to_vec()));
                }
                Ok(())
            });
            if let Err(Stop::Read(place, _)) = done {
                errors.push(place);
            }
        }
        (all, errors)
    }

    #[test]
    fn the_same_records_however_an_archive_is_cut() {
        let folder = tempfile::tempdir().unwrap();
        let text: Vec<u8> = (0..900).flat_map(|i| format!("{}\n", "x".repeat(i * 7919 % 90)).into_bytes()).collect();
        let whole = read(&source(&folder.path().join("a"), &text), &[vec![Slice::whole(0, 0)]]);
        // Parts that end within records, one of many records, one of none, and a cut right between two records.
        let line = text[..5000].iter().rposition(|&b| b == b'\n').unwrap() + 1;
        let ends = [0, 1, 700, 701, 701, 3000, line, text.len()];
        let parts = || ends.windows(2).map(|pair| &text[pair[0]..pair[1]]);
        let packed: [(&str, Vec<u8>); 3] = [
            ("a.zst", parts().flat_map(zst).collect()),
            ("b.zst", parts().flat_map(zst_odd).collect()),
            ("c.gz", parts().flat_map(bgzf).collect()),
        ];
        for (name, bytes) in packed {
            let source = source(&folder.path().join(name), &bytes);
            for frame in [1, 600, 3000, u64::MAX] {
                let shards = shards(std::slice::from_ref(&source), 1, frame);
                assert_eq!(shards.len() > 1, frame < u64::MAX, "{name}");
                assert!(read(&source, &shards) == whole, "{name}, cut every {frame}");
                assert_eq!(shards.iter().flatten().map(|slice| slice.disk).sum::<u64>(), source.bytes);
            }
        }
    }

    #[test]
    fn archives_that_do_not_tell_or_do_not_fit_stay_whole() {
        let folder = tempfile::tempdir().unwrap();
        let text = b"one\ntwo\n".repeat(100);
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&text).unwrap();
        let gz = gz.finish().unwrap().repeat(2);
        let open = zstd::encode_all(&text[..], 0).unwrap().repeat(2);
        let (zst, bgzf) = (zst(&text).repeat(3), bgzf(&text).repeat(3));
        let cases: [(&str, &[u8], bool); 9] = [
            ("a.gz", &gz, false),
            ("b.zst", &open, false),
            ("c.zst", &zst, true),
            ("d.gz", &bgzf, true),
            ("e.zst", &zst[..zst.len() - 1], false),
            ("f.gz", &bgzf[..bgzf.len() - 1], false),
            ("g.zst", &[&zst[..], b"more"].concat(), false),
            ("h.gz", &[&bgzf[..], b"more"].concat(), false),
            ("i.gz", b"", false),
        ];
        for (name, bytes, cut) in cases {
            let source = source(&folder.path().join(name), bytes);
            assert_eq!(shards(&[source], 1, 1).iter().flatten().count() > 1, cut, "{name}");
        }
    }

    /// Damage in a middle frame is met at the same place, and by no slice that does not need the frame.
    #[test]
    fn damage_has_one_place() {
        let folder = tempfile::tempdir().unwrap();
        let text: Vec<u8> = (0..3000).flat_map(|i| format!("{i} {}\n", i * 7919).into_bytes()).collect();
        for (name, pack) in [("a.zst", zst_odd as fn(&[u8]) -> Vec<u8>), ("b.gz", bgzf)] {
            let mut parts: Vec<Vec<u8>> = text.chunks(9_001).map(pack).collect();
            let middle = parts[2].len() - 7;
            parts[2][middle] ^= 0x55;
            let source = source(&folder.path().join(name), &parts.concat());
            let (_, whole) = read(&source, &[vec![Slice::whole(0, source.bytes)]]);
            let (_, cut) = read(&source, &shards(std::slice::from_ref(&source), 1, 1));
            assert_eq!(whole.len(), 1, "{name}");
            assert!(!cut.is_empty() && cut.iter().all(|&place| place == whole[0]), "{name}: {whole:?} {cut:?}");
        }
    }

    #[test]
    fn small_files_go_together_and_large_ones_in_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let of = |name: &str, bytes: usize| source(&folder.path().join(name), &vec![b'\n'; bytes]);
        let mut sources = vec![of("a", 10), of("b", 10), of("c", 100), of("d", 10), of("e", 100)];
        sources[4].format = &TEXT;
        let cut = |sources: &[Source], size, frame| -> Vec<Vec<(u32, u64)>> {
            let list = |shard: &Shard| shard.iter().map(|slice| (slice.source, slice.from)).collect();
            shards(sources, size, frame).iter().map(list).collect()
        };
        let want = [vec![(0, 0), (1, 0)], vec![(2, 0)], vec![(2, 40)], vec![(2, 80), (3, 0)], vec![(4, 0)]];
        assert_eq!(cut(&sources, 40, 7)[..2], want[..2]);
        assert_eq!(cut(&sources, 40, 7).concat(), want.concat());
        // What is written compressed is cut by frames, and the frames are put together to shards.
        sources[2].written = Compression::Zst;
        assert_eq!(cut(&sources, 40, 25)[1..3], [vec![(2, 0), (2, 25)], vec![(2, 50), (2, 75)]]);
        let third =
            |size| cut(&sources, size, 25).concat().into_iter().filter(|slice| slice.0 == 2).collect::<Vec<_>>();
        assert_eq!(third(1), third(1000));
    }
}
