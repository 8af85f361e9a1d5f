//! Sorted runs in a file: written once, read as streams.

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;

use super::Record;
use super::named::Void;

/// A run of sorted records in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    /// First byte.
    pub(super) at: u64,
    /// Compressed length in bytes.
    pub(super) bytes: u64,
    /// Number of records.
    pub(super) records: usize,
    /// In which round it was written, where rounds are counted ([`super::Named`]).
    pub(super) round: u32,
}

/// Records that are shuffled together.
const BLOCK: usize = 2048;
/// Sorted keys are random in their lower bytes: more effort finds nothing more.
const LEVEL: i32 = 1;
/// Bytes that are looked back, as a power of two: about a block. Each run that is read takes as much memory.
const WINDOW: u32 = 16;

/// Writes sorted records, compressed, and returns their number. The bytes of a block are turned by planes (all first bytes,
/// then all second bytes ...): the upper bytes of sorted keys hardly change, so most planes compress to nothing.
pub(super) fn write<R: Record>(records: impl Iterator<Item = R>, out: impl Write) -> io::Result<usize> {
    let mut encoder = zstd::Encoder::new(out, LEVEL)?;
    encoder.window_log(WINDOW)?;
    let mut planes = Vec::new();
    let mut block: Vec<R> = Vec::with_capacity(BLOCK);
    let mut written = 0;
    let mut records = records.peekable();
    while records.peek().is_some() {
        block.clear();
        block.extend(records.by_ref().take(BLOCK));
        turn(&block, &mut planes);
        encoder.write_all(&planes)?;
        written += block.len();
    }
    encoder.finish()?;
    Ok(written)
}

fn turn<R: Record>(block: &[R], planes: &mut Vec<u8>) {
    let bytes: &[u8] = bytemuck::cast_slice(block);
    planes.resize(bytes.len(), 0);
    for (i, record) in bytes.chunks_exact(size_of::<R>()).enumerate() {
        for (plane, &byte) in record.iter().enumerate() {
            planes[plane * block.len() + i] = byte;
        }
    }
}

/// Reads one run back, block by block.
pub(super) struct Reader<R> {
    decoder: zstd::Decoder<'static, io::BufReader<Section>>,
    left: usize,
    planes: Vec<u8>,
    block: Vec<R>,
    next: usize,
    round: u32,
    void: Option<Arc<Void>>,
}

impl<R: Record> Reader<R> {
    pub(super) fn open(file: &Arc<File>, chunk: Chunk, void: Option<&Arc<Void>>) -> io::Result<Self> {
        let section = Section { file: Arc::clone(file), at: chunk.at, left: chunk.bytes };
        let decoder = zstd::Decoder::with_buffer(io::BufReader::with_capacity(16 * 1024, section))?;
        let (left, round, void) = (chunk.records, chunk.round, void.cloned());
        Ok(Self { decoder, left, planes: Vec::new(), block: Vec::new(), next: 0, round, void })
    }

    /// The next record; none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<R>> {
        while self.next == self.block.len() {
            if self.left == 0 {
                return Ok(None);
            }
            self.load()?;
        }
        self.next += 1;
        Ok(self.block.get(self.next - 1).copied())
    }

    fn load(&mut self) -> io::Result<()> {
        let width = size_of::<R>();
        let count = self.left.min(BLOCK);
        self.planes.resize(count * width, 0);
        self.decoder.read_exact(&mut self.planes)?;
        self.block.clear();
        self.block.resize(count, R::zeroed());
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut self.block);
        for (i, record) in bytes.chunks_exact_mut(width).enumerate() {
            for (plane, byte) in record.iter_mut().enumerate() {
                *byte = self.planes[plane * count + i];
            }
        }
        if let Some(void) = &self.void {
            self.block.retain(|record| !void.has(record, self.round));
        }
        self.left -= count;
        self.next = 0;
        Ok(())
    }
}

/// A piece of a file that many read at once.
struct Section {
    file: Arc<File>,
    at: u64,
    left: u64,
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = read_at(&self.file, &mut buffer[..most], self.at)?;
        self.at += read as u64;
        self.left -= read as u64;
        Ok(read)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

/// Fills the buffer from byte `at` on.
pub(crate) fn read_exact_at(file: &File, mut buffer: &mut [u8], mut at: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        match read_at(file, buffer, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                buffer = &mut buffer[read..];
                at += read as u64;
            }
        }
    }
    Ok(())
}
