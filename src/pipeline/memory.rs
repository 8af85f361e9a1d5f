//! How much memory a run may take.

use super::Options;
use crate::error::Error;
use crate::spill::Budget;

/// What a run takes beside its records: the program, stacks, allocator.
const PROGRAM: u64 = 56 << 20;
/// What each worker takes: its shard's records, its buffers, a document being judged.
const WORKER: u64 = 24 << 20;
/// Less is of no use.
const LEAST: u64 = 16 << 20;

/// The budget of what is remembered: what `--memory` leaves beside the program and its workers.
pub(super) fn budget(options: &Options, threads: usize) -> Result<Budget, Error> {
    let beside = beside(threads);
    let limit = match options.memory {
        Some(memory) if memory < beside + LEAST => {
            let least = (beside + LEAST) >> 20;
            return Err(Error::Usage(format!(
                "--memory {}M is too little for {threads} threads\n  give at least {least}M, or fewer threads with --threads",
                memory >> 20
            )));
        }
        Some(memory) => {
            give_back_at_once();
            memory - beside
        }
        None => (free() / 2).saturating_sub(beside).max(LEAST),
    };
    // Texts that are read again take a third more.
    let limit = limit / 4 * 3;
    let folder = options.temp_dir.clone().unwrap_or_else(std::env::temp_dir);
    Ok(Budget::new(usize::try_from(limit).unwrap_or(usize::MAX), folder))
}

/// Asks the allocator to give large pieces back to the system as soon as they are let go. glibc stops doing so for pieces
/// as large as the largest that was let go before, up to 32 MiB: what is held for a moment here and there, texts and lists,
/// then leaves holes that no limit knows of.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "a setting of the allocator; a run on one template takes a quarter less memory with it")]
fn give_back_at_once() {
    /// Where glibc begins.
    const BYTES: libc::c_int = 128 << 10;
    // SAFETY: `mallopt` takes two numbers and no pointer, may be called at any time, and locks what it changes. A setting that
    // it does not know it refuses.
    unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, BYTES) };
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn give_back_at_once() {}

/// What a run takes beside its records.
fn beside(threads: usize) -> u64 {
    PROGRAM + WORKER * threads as u64
}

/// Bytes of memory that are free, as the machine or the cgroup says; a guess of 4 GiB where neither does.
fn free() -> u64 {
    const GUESS: u64 = 4 << 30;
    let mut system = sysinfo::System::new();
    system.refresh_memory();
    let machine = Some(system.available_memory()).filter(|&bytes| bytes > 0).unwrap_or(GUESS);
    system.cgroup_limits().map_or(machine, |limits| machine.min(limits.free_memory))
}
