//! Sorted records in a file with a name, for a run that may have to go on after it was killed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use super::blocks::Blocks;
use super::chunk::{self, Chunk};
use super::sorted::{Part, Sorted};
use super::{Budget, Record};
use crate::error::Error;

impl<R: Record> Sorted<R> {
    /// Writes all records to the file, part by part, and behind them where each part lies. They are read from there then.
    ///
    /// # Errors
    /// When the file cannot be written, or a temporary one not read.
    pub fn keep(self, budget: &Budget, path: &Path) -> Result<Self, Error> {
        let wrong = || Error::io("cannot write", path);
        let mut file = File::create(path).map_err(wrong())?;
        let mut table: Vec<u64> = Vec::new();
        for part in self.into_parts() {
            let mut stream = part.open()?;
            let at = file.stream_position().map_err(wrong())?;
            let records = chunk::write(&mut stream, &file).map_err(wrong())?;
            stream.end()?;
            let bytes = file.stream_position().map_err(wrong())? - at;
            table.extend([at, bytes, records as u64]);
        }
        write_table(&mut file, &table).map_err(wrong())?;
        Self::kept(budget, path)
    }

    /// The records that [`Self::keep`] wrote to the file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn kept(budget: &Budget, path: &Path) -> Result<Self, Error> {
        let wrong = || Error::io("cannot read", path);
        let mut file = File::open(path).map_err(wrong())?;
        let table = read_table(&mut file).map_err(wrong())?;
        let file = Arc::new(file);
        let part = |row: &[u64]| {
            let records = usize::try_from(row[2]).unwrap_or(usize::MAX);
            let chunk = Chunk { at: row[0], bytes: row[1], records, round: 0 };
            let (budget, file) = (budget.clone(), Some(Arc::clone(&file)));
            Part { budget, held: Blocks::default(), file, chunks: vec![chunk], void: None }
        };
        Ok(Self { parts: table.chunks_exact(3).map(part).collect() })
    }
}

/// Writes numbers, and their number, to the end of a file.
pub(crate) fn write_table(file: &mut File, table: &[u64]) -> io::Result<()> {
    let count = [table.len() as u64];
    file.write_all(&[bytemuck::cast_slice::<u64, u8>(table), bytemuck::cast_slice(&count)].concat())
}

/// Reads what [`write_table`] wrote.
pub(crate) fn read_table(file: &mut File) -> io::Result<Vec<u64>> {
    let mut count = [0u64];
    file.seek(SeekFrom::End(-8))?;
    file.read_exact(bytemuck::cast_slice_mut(&mut count))?;
    let length =
        count[0].checked_mul(8).and_then(|bytes| i64::try_from(bytes + 8).ok()).ok_or(io::ErrorKind::InvalidData)?;
    file.seek(SeekFrom::End(-length))?;
    let mut table = vec![0u64; usize::try_from(count[0]).unwrap_or_default()];
    file.read_exact(bytemuck::cast_slice_mut(&mut table))?;
    Ok(table)
}
