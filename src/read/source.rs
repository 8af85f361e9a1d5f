//! Sources: files with their format and compression, and how the work on them is divided.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::ahead::Ahead;
use super::format::Format;
use super::shard::Slice;

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

    /// The ending of names, with its dot; empty for none.
    pub fn ending(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Gz => ".gz",
            Self::Zst => ".zst",
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
    /// Path relative to the common folder of the inputs, with `/` between its parts: its name in the report. Of what is only held
    /// against, the path as it was given.
    pub path: String,
    /// Only held against: so many bytes of `path` name what was given.
    pub old: Option<usize>,
    /// Where it lies.
    pub file: PathBuf,
    /// Its format.
    pub format: &'static Format,
    /// Its compression.
    pub compression: Compression,
    /// How its cleaned file is compressed.
    pub written: Compression,
    /// Size on disk in bytes.
    pub bytes: u64,
    /// Time of last change, to notice a file that changes during the run.
    pub changed: Option<std::time::SystemTime>,
}

impl Source {
    /// Opens the decompressed stream where the slice has it opened.
    ///
    /// # Errors
    /// What the operating system or the decompressor says.
    pub fn open(&self, slice: Slice) -> io::Result<Box<dyn BufRead>> {
        let mut file = File::open(&self.file)?;
        if slice.at > 0 {
            file.seek(SeekFrom::Start(slice.at))?;
        }
        let buffer = usize::try_from(self.bytes).unwrap_or(BUFFER).clamp(SMALLEST, BUFFER);
        // Where other workers read the rest of the file, reading on would only do their work again.
        if self.compression != Compression::None && slice.disk == self.bytes && self.bytes >= AHEAD {
            return Ok(Box::new(Ahead::new(unpacked(BufReader::with_capacity(buffer, file), self.compression)?)?));
        }
        buffered(file, self.compression, buffer)
    }

    /// Path of its cleaned file: its own, but where the compression is another, so is the ending.
    pub fn cleaned_path(&self) -> String {
        if self.written == self.compression {
            return self.path.clone();
        }
        let (named, plain) = Compression::of_name(&self.path);
        let plain = if named == self.compression { plain } else { &self.path };
        format!("{plain}{}", self.written.ending())
    }

    /// Whether size or time of change are no longer what they were when the run began.
    pub fn has_changed(&self) -> bool {
        std::fs::metadata(&self.file).map_or(true, |m| m.len() != self.bytes || m.modified().ok() != self.changed)
    }
}

/// Bytes read at once, and of a small file. Compressed files from so many bytes on are read ahead.
const BUFFER: usize = 256 * 1024;
const SMALLEST: usize = 512;
const AHEAD: u64 = 1 << 20;

/// The decompressed stream of `file`.
///
/// # Errors
/// When the decompressor cannot be set up.
pub fn decompressed(file: impl Read + Send + 'static, compression: Compression) -> io::Result<Box<dyn BufRead>> {
    buffered(file, compression, BUFFER)
}

fn buffered(file: impl Read + Send + 'static, compression: Compression, buffer: usize) -> io::Result<Box<dyn BufRead>> {
    let packed = BufReader::with_capacity(buffer, file);
    Ok(match compression {
        Compression::None => Box::new(packed),
        Compression::Gz | Compression::Zst => {
            let room = buffer.saturating_mul(4).min(BUFFER);
            Box::new(BufReader::with_capacity(room, unpacked(packed, compression)?))
        }
    })
}

fn unpacked(packed: impl BufRead + Send + 'static, compression: Compression) -> io::Result<Box<dyn Read + Send>> {
    Ok(match compression {
        Compression::None => Box::new(packed),
        Compression::Gz => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
        Compression::Zst => Box::new(zstd::Decoder::with_buffer(packed)?),
    })
}

/// The name of a path as the report has it: `/` between parts. In a part that is no UTF-8, bytes that are none stand as `%XX`, and
/// `%` before two such digits as `%25`; any other stays as it is.
pub fn report_name(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        std::path::Component::Normal(name) => Some(escape_name(name)),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

fn escape_name(name: &std::ffi::OsStr) -> String {
    use std::fmt::Write as _;
    if let Some(name) = name.to_str() {
        return name.to_owned();
    }
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
    fn names_stay_but_for_what_is_no_utf_8() {
        use std::os::unix::ffi::OsStrExt;
        let name = |bytes: &[u8]| report_name(Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!(name(b"a/bad\xff.txt"), "a/bad%FF.txt");
        assert_eq!(name(b"\xff%FF%g.txt"), "%FF%25FF%g.txt");
        assert_eq!(name(b"https%3A%2F%2Fa.org.txt"), "https%3A%2F%2Fa.org.txt");
        assert_eq!(name(b"100%.txt"), "100%.txt");
    }
}
