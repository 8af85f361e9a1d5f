//! Reading ahead: a stream is decompressed in a thread of its own while the records before are looked at.
//!
//! The only room beside the pipeline with a thread: what it does cannot be seen from outside, for the bytes and the place
//! of an error stay the same.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Bytes of a buffer, and how many of them are on their way: so far the thread may run ahead.
const BUFFER: usize = 1 << 20;
const BUFFERS: usize = 4;

/// Bytes, and why there are no more behind them.
type Batch = (Vec<u8>, Option<io::Error>);

/// The stream as it comes out of the thread.
pub(super) struct Ahead {
    /// None once dropped: the thread ends when nobody listens.
    ends: Option<(Receiver<Batch>, SyncSender<Vec<u8>>)>,
    current: Vec<u8>,
    at: usize,
    error: Option<io::Error>,
    thread: Option<JoinHandle<()>>,
}

impl Ahead {
    /// Reads `inner` in a thread of its own.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(super) fn new(inner: impl Read + Send + 'static) -> io::Result<Self> {
        let (full, filled) = sync_channel(BUFFERS);
        let (used, free) = sync_channel(BUFFERS);
        for _ in 0..BUFFERS {
            // There is room for all of them, and the other end is held below.
            let _ = used.send(Vec::new());
        }
        let thread = std::thread::Builder::new().name("ahead".into()).spawn(move || fill(inner, &free, &full))?;
        Ok(Self { ends: Some((filled, used)), current: Vec::new(), at: 0, error: None, thread: Some(thread) })
    }
}

/// Fills the buffers that come back until the stream or the wish for it ends.
fn fill(mut inner: impl Read, free: &Receiver<Vec<u8>>, full: &SyncSender<Batch>) {
    while let Ok(mut buffer) = free.recv() {
        buffer.clear();
        let error = (&mut inner).take(BUFFER as u64).read_to_end(&mut buffer).err();
        let ended = error.is_some() || buffer.is_empty();
        if full.send((buffer, error)).is_err() || ended {
            return;
        }
    }
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.current.len() {
            if let Some(error) = self.error.take() {
                return Err(error);
            }
            if let Some((filled, used)) = &self.ends {
                // After the last batch the thread is gone, and there is nothing more.
                let (next, error) = filled.recv().unwrap_or_default();
                let before = std::mem::replace(&mut self.current, next);
                (self.at, self.error) = (0, error);
                if before.capacity() > 0 {
                    let _ = used.send(before);
                }
                if self.current.is_empty()
                    && let Some(error) = self.error.take()
                {
                    return Err(error);
                }
            }
        }
        Ok(&self.current[self.at..])
    }

    fn consume(&mut self, bytes: usize) {
        self.at = self.current.len().min(self.at + bytes);
    }
}

impl Read for Ahead {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.fill_buf()?;
        let taken = rest.read(out)?;
        self.consume(taken);
        Ok(taken)
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.ends = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many bytes, then an error if asked.
    struct Stream(usize, bool);

    impl Read for Stream {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            if self.0 == 0 && self.1 {
                return Err(io::Error::other("broken"));
            }
            let length = out.len().min(self.0).min(70_001);
            for (i, byte) in out[..length].iter_mut().enumerate() {
                *byte = (self.0 - i).to_le_bytes()[0];
            }
            self.0 -= length;
            Ok(length)
        }
    }

    #[test]
    fn the_same_bytes_and_the_same_end() {
        for length in [0, 1, BUFFER - 1, BUFFER, BUFFER + 1, 7 * BUFFER + 5] {
            for breaks in [false, true] {
                let (mut plain, mut ahead) = (Vec::new(), Vec::new());
                let end = Stream(length, breaks).read_to_end(&mut plain).is_err();
                let mut stream = Ahead::new(Stream(length, breaks)).unwrap();
                assert_eq!(stream.read_to_end(&mut ahead).is_err(), end);
                assert!(plain == ahead && plain.len() == length);
                assert!(stream.fill_buf().unwrap().is_empty(), "the end stays the end");
            }
        }
    }

    #[test]
    fn one_who_goes_early_leaves_no_thread() {
        let mut stream = Ahead::new(Stream(usize::MAX, false)).unwrap();
        assert!(!stream.fill_buf().unwrap().is_empty());
        drop(stream);
    }
}
