//! Cleaned files, compressed like their sources or as the user asks.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::PathBuf;

use super::polish::cleaned_name;
use crate::error::Error;
use crate::read::{Compression, Framing, Slice, Source};
use crate::write::{Part, Staging};

/// That no two sources would be written to one place, and none where another needs a folder.
///
/// # Errors
/// Names the two.
pub(super) fn apart(sources: &[Source]) -> Result<(), Error> {
    if sources.iter().all(|source| source.written == source.compression) {
        return Ok(());
    }
    let met = |one: &Source, other: &Source, name: &str| {
        Err(Error::Usage(format!(
            "{} and {} would both be written as {name}\n  clean them one by one, or without --compress",
            one.path, other.path
        )))
    };
    let mut names: HashMap<String, &Source> = HashMap::new();
    for source in sources {
        let name = source.cleaned_path();
        if let Some(other) = names.insert(name.clone(), source) {
            return met(other, source, &name);
        }
    }
    for source in sources {
        let name = source.cleaned_path();
        for (end, _) in name.match_indices('/') {
            if let Some(other) = names.get(&name[..end]) {
                return met(other, source, &name[..end]);
            }
        }
    }
    Ok(())
}

/// A file being written in its compression.
pub(super) enum Encoder<W: Write> {
    Plain(W),
    Gz(flate2::write::GzEncoder<W>),
    Zst(zstd::Encoder<'static, W>),
}

impl<W: Write> Encoder<W> {
    pub(super) fn new(writer: W, compression: Compression) -> io::Result<Self> {
        Ok(match compression {
            Compression::None => Self::Plain(writer),
            Compression::Gz => Self::Gz(flate2::write::GzEncoder::new(writer, flate2::Compression::default())),
            Compression::Zst => Self::Zst(zstd::Encoder::new(writer, 0)?),
        })
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(writer) => writer.write_all(bytes),
            Self::Gz(encoder) => encoder.write_all(bytes),
            Self::Zst(encoder) => encoder.write_all(bytes),
        }
    }

    /// Writes the end that the compression needs: an error here is one that dropping would hide.
    pub(super) fn finish(self) -> io::Result<W> {
        match self {
            Self::Plain(writer) => Ok(writer),
            Self::Gz(encoder) => encoder.finish(),
            Self::Zst(encoder) => encoder.finish(),
        }
    }
}

/// A cleaned file or a part of one. Parts of a compressed file are frames (members, in gzip), which joined make a file.
pub(super) struct Cleaned {
    path: PathBuf,
    encoder: Encoder<Part>,
    written: bool,
    whole: bool,
}

impl Cleaned {
    pub(super) fn create(staging: &Staging, source: &Source, slice: Slice) -> Result<Self, Error> {
        let part = staging.create(&cleaned_name(source, slice))?;
        let path = part.path().to_owned();
        let encoder = Encoder::new(part, source.written).map_err(Error::io("cannot compress", &path))?;
        Ok(Self { path, encoder, written: false, whole: source.format.framing == Framing::Whole })
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.written = true;
        self.encoder.put(bytes).map_err(Error::io("cannot write", &self.path))
    }

    /// Ends the file. A file of one record that goes leaves no file.
    pub(super) fn finish(self) -> Result<(), Error> {
        self.encoder.finish().map_err(Error::io("cannot write", &self.path))?.finish()?;
        if self.whole && !self.written {
            std::fs::remove_file(&self.path).map_err(Error::io("cannot remove", &self.path))?;
        }
        Ok(())
    }
}
