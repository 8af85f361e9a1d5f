//! A list that grows without moving: blocks of one size, so that what one sorter lets go another can use.

/// Bytes of a block.
const BYTES: usize = 16 * 1024;

/// Records in blocks.
pub(super) struct Blocks<R>(Vec<Vec<R>>);

impl<R> Default for Blocks<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Copy> Blocks<R> {
    /// Appends records; returns the bytes of memory that were taken for them.
    pub(super) fn extend(&mut self, mut records: &[R]) -> usize {
        let before = self.bytes();
        while !records.is_empty() {
            if self.0.last().is_none_or(|block| block.len() == block.capacity()) {
                self.0.push(Vec::with_capacity(BYTES / size_of::<R>()));
            }
            if let Some(block) = self.0.last_mut() {
                let (now, later) = records.split_at(records.len().min(block.capacity() - block.len()));
                block.extend_from_slice(now);
                records = later;
            }
        }
        self.bytes() - before
    }

    /// All records, in one list.
    pub(super) fn take(&mut self) -> Vec<R> {
        let mut out = Vec::with_capacity(self.0.iter().map(Vec::len).sum());
        // Each block goes as soon as it is copied.
        for block in std::mem::take(&mut self.0) {
            out.extend_from_slice(&block);
        }
        out
    }
}

impl<R> Blocks<R> {
    /// Bytes of memory.
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(|block| block.capacity() * size_of::<R>()).sum()
    }
}
