//! Sources: files with their format and compression, and how the work on them is divided.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::format::{Format, Framing};

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip, also of many members.
    Gz,
    /// Zstandard, also of many frames.
    Zst,
}

impl Compression {
    /// What the name's ending says, and the name without that ending.
    pub fn of_name(name: &str) -> (Self, &str) {
        let Some((plain, ending)) = name.rsplit_once('.') else { return (Self::None, name) };
        match ending.to_ascii_lowercase().as_str() {
            "gz" => (Self::Gz, plain),
            "zst" => (Self::Zst, plain),
            _ => (Self::None, name),
        }
    }

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gz => "gz",
            Self::Zst => "zst",
        }
    }

    /// The compression of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        [Self::None, Self::Gz, Self::Zst].into_iter().find(|compression| compression.name() == name)
    }

    /// What the first bytes say.
    pub fn of_bytes(head: &[u8]) -> Self {
        match head {
            [0x1F, 0x8B, ..] => Self::Gz,
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Self::Zst,
            _ => Self::None,
        }
    }
}

/// One input file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path relative to the common folder of the inputs, with `/` between its parts: its name in the report.
    pub path: String,
    /// Where it lies.
    pub file: PathBuf,
    /// Its format.
    pub format: &'static Format,
    /// Its compression.
    pub compression: Compression,
    /// Size on disk in bytes.
    pub bytes: u64,
    /// Time of last change, to notice a file that changes during the run.
    pub changed: Option<std::time::SystemTime>,
}

impl Source {
    /// Opens the decompressed stream at `from`. Only uncompressed files can be opened elsewhere than at 0.
    ///
    /// # Errors
    /// What the operating system or the decompressor says.
    pub fn open(&self, from: u64) -> io::Result<Box<dyn BufRead>> {
        let mut file = File::open(&self.file)?;
        if from > 0 {
            file.seek(SeekFrom::Start(from))?;
        }
        decompressed(file, self.compression)
    }

    /// Whether size or time of change are no longer what they were when the run began.
    pub fn has_changed(&self) -> bool {
        std::fs::metadata(&self.file).map_or(true, |m| m.len() != self.bytes || m.modified().ok() != self.changed)
    }
}

/// The decompressed stream of `file`.
///
/// # Errors
/// When the decompressor cannot be set up.
pub fn decompressed(file: impl Read + 'static, compression: Compression) -> io::Result<Box<dyn BufRead>> {
    const BUFFER: usize = 256 * 1024;
    let buffered = BufReader::with_capacity(BUFFER, file);
    Ok(match compression {
        Compression::None => Box::new(buffered),
        Compression::Gz => Box::new(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(buffered))),
        Compression::Zst => Box::new(BufReader::with_capacity(BUFFER, zstd::Decoder::with_buffer(buffered)?)),
    })
}

/// A piece of a source that one worker reads: the records that begin in `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Number of the source.
    pub source: u32,
    /// First byte.
    pub from: u64,
    /// One past the last byte at which a record may begin; `u64::MAX` for "to the end".
    pub to: u64,
}

impl Slice {
    /// Whether the slice is its whole source.
    pub fn is_whole(self) -> bool {
        self.from == 0 && self.to == u64::MAX
    }

    /// Bytes on disk that are done with when the slice is.
    pub fn bytes(self, source: &Source) -> u64 {
        self.to.min(source.bytes).saturating_sub(self.from)
    }
}

/// The work of one task: slices of large files, runs of small ones. In reading order.
pub type Shard = Vec<Slice>;

/// Divides sources into shards of about `size` bytes.
pub fn shards(sources: &[Source], size: u64) -> Vec<Shard> {
    let size = size.max(1);
    let mut out = Vec::new();
    let mut small: Shard = Vec::new();
    let mut held = 0;
    for (number, source) in sources.iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let can_slice = source.compression == Compression::None && source.format.framing == Framing::Lines;
        if can_slice && source.bytes > size {
            out.extend((!small.is_empty()).then(|| std::mem::take(&mut small)));
            held = 0;
            let slices = source.bytes.div_ceil(size);
            for i in 0..slices {
                let to = if i + 1 == slices { u64::MAX } else { (i + 1) * size };
                out.push(vec![Slice { source: number, from: i * size, to }]);
            }
            continue;
        }
        small.push(Slice { source: number, from: 0, to: u64::MAX });
        held += source.bytes;
        if held >= size || small.len() >= 1024 {
            out.push(std::mem::take(&mut small));
            held = 0;
        }
    }
    out.extend((!small.is_empty()).then_some(small));
    out
}

/// The name of a path as the report has it: `/` between parts, bytes that are no UTF-8 as `%XX`, and `%` before two such digits as `%25`.
pub fn report_name(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        std::path::Component::Normal(name) => Some(escape_name(name)),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn escape_name(name: &std::ffi::OsStr) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        // A name that holds such a code itself must not meet one that was made.
        for (n, piece) in chunk.valid().split('%').enumerate() {
            let code = piece.as_bytes().get(..2).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit));
            out.push_str(match n {
                0 => "",
                _ if code => "%25",
                _ => "%",
            });
            out.push_str(piece);
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The first bytes of a file, at most `length`.
///
/// # Errors
/// What the operating system says.
pub fn head(path: &Path, length: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    File::open(path)?.take(length).read_to_end(&mut out)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn different_names_have_different_report_names() {
        use std::os::unix::ffi::OsStrExt;
        let name = |bytes: &[u8]| report_name(Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!(name(b"a/bad\xff.txt"), "a/bad%FF.txt");
        assert_eq!(name(b"bad%FF.txt"), "bad%25FF.txt");
        assert_eq!(name(b"100%.txt"), "100%.txt");
    }
}
