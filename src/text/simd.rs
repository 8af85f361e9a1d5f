//! Sets of instructions: what the processor has is found out while running, and each gives the same results.

use std::sync::atomic::{AtomicU8, Ordering};

/// A set of instructions for which the hot loops are compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// What every processor of its kind has (SSE2, NEON).
    Plain,
    /// 256 bits wide.
    Avx2,
    /// 512 bits wide, with byte, word and double-word instructions.
    Avx512,
}

/// The path in use, as its place in [`Path::ALL`]; beyond the last while none was chosen.
static CHOSEN: AtomicU8 = AtomicU8::new(u8::MAX);

impl Path {
    /// Every path, the widest last.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Avx2, Self::Avx512];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
        }
    }

    /// Whether this processor can take it.
    #[cfg(target_arch = "x86_64")]
    pub fn is_here(self) -> bool {
        use std::arch::is_x86_feature_detected as has;
        match self {
            Self::Plain => true,
            Self::Avx2 => has!("avx2"),
            Self::Avx512 => has!("avx512f") && has!("avx512bw") && has!("avx512dq") && has!("avx512vl"),
        }
    }

    /// Whether this processor can take it.
    #[cfg(not(target_arch = "x86_64"))]
    pub fn is_here(self) -> bool {
        self == Self::Plain
    }

    /// The path in use: the forced one, or the widest that this processor can take.
    pub fn chosen() -> Self {
        let chosen = Self::ALL.get(usize::from(CHOSEN.load(Ordering::Relaxed)));
        chosen.copied().unwrap_or_else(|| {
            let widest = Self::ALL.into_iter().rfind(|path| path.is_here()).unwrap_or(Self::Plain);
            CHOSEN.store(widest as u8, Ordering::Relaxed);
            widest
        })
    }

    /// Takes this path from now on, in the whole process.
    ///
    /// # Errors
    ///
    /// When this processor lacks the instructions: the names of those paths that it can take.
    pub fn force(self) -> Result<(), Vec<&'static str>> {
        if !self.is_here() {
            return Err(Self::ALL.into_iter().filter(|path| path.is_here()).map(Self::name).collect());
        }
        CHOSEN.store(self as u8, Ordering::Relaxed);
        Ok(())
    }
}
