//! Cleaned files, compressed like their sources.

use std::io::Write;

use super::polish::cleaned_name;
use crate::error::Error;
use crate::read::{Compression, Framing, Slice, Source};
use crate::write::{Part, Staging};

/// A cleaned file or a part of one, compressed like its source.
pub(super) struct Cleaned {
    name: String,
    writer: Option<Writer>,
    /// A file of one record that goes leaves no file.
    written: bool,
    whole: bool,
}

enum Writer {
    Plain(Part),
    Gz(flate2::write::GzEncoder<Part>),
    Zst(zstd::Encoder<'static, Part>),
}

impl Cleaned {
    pub(super) fn create(staging: &Staging, source: &Source, slice: Slice) -> Result<Self, Error> {
        let name = cleaned_name(source, slice);
        let part = staging.create(&name)?;
        let path = part.path().to_owned();
        let writer = match source.compression {
            Compression::None => Writer::Plain(part),
            Compression::Gz => Writer::Gz(flate2::write::GzEncoder::new(part, flate2::Compression::default())),
            Compression::Zst => Writer::Zst(zstd::Encoder::new(part, 0).map_err(Error::io("cannot compress", path))?),
        };
        Ok(Self { name, writer: Some(writer), written: false, whole: source.format.framing == Framing::Whole })
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.written = true;
        let writer: &mut dyn Write = match &mut self.writer {
            Some(Writer::Plain(part)) => part,
            Some(Writer::Gz(encoder)) => encoder,
            Some(Writer::Zst(encoder)) => encoder,
            None => return Ok(()),
        };
        writer.write_all(bytes).map_err(Error::io("cannot write", &self.name))
    }

    pub(super) fn finish(mut self) -> Result<(), Error> {
        let failed = |name: &str| Error::io("cannot write", name.to_owned());
        let part = match self.writer.take() {
            Some(Writer::Plain(part)) => part,
            Some(Writer::Gz(encoder)) => encoder.finish().map_err(failed(&self.name))?,
            Some(Writer::Zst(encoder)) => encoder.finish().map_err(failed(&self.name))?,
            None => return Ok(()),
        };
        let path = part.path().to_owned();
        part.finish()?;
        if self.whole && !self.written {
            std::fs::remove_file(&path).map_err(Error::io("cannot remove", &path))?;
        }
        Ok(())
    }
}
