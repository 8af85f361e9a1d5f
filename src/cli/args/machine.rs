//! What of the machine is used.

use std::path::PathBuf;

use clap::Args;

use super::values::{record_size, size};
use crate::error::Error;
use crate::pipeline::Options;
use crate::text::simd;

/// Threads, memory, folders; the result depends on none of them but the largest record.
#[derive(Debug, Args)]
pub(super) struct MachineArgs {
    /// Worker threads [default: one a core]
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true, value_parser = clap::value_parser!(u16).range(0..=512))]
    threads: u16,
    /// Copy larger records unchanged
    #[arg(long, value_name = "SIZE", default_value = "100M", value_parser = record_size)]
    largest_record: usize,
    /// Bytes of work a task; the result does not depend on it
    #[arg(long, value_name = "BYTES", default_value = "4194304", hide = true)]
    shard_bytes: u64,
    /// Memory of the run, as 2G [default: half of what is free]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    memory: Option<u64>,
    /// Folder for temporary files [default: the system's]
    #[arg(long, value_name = "DIR")]
    temp_dir: Option<PathBuf>,
    /// Instructions to work with [default: the widest here]; the result does not depend on it
    #[arg(long, value_name = "PATH", hide = true, value_parser = simd::Path::ALL.map(simd::Path::name))]
    simd: Option<String>,
}

impl MachineArgs {
    /// Takes the instructions that are named, where this processor has them.
    pub(super) fn force(&self) -> Result<(), Error> {
        let Some(path) = simd::Path::ALL.into_iter().find(|path| self.simd.as_deref() == Some(path.name())) else {
            return Ok(());
        };
        path.force().map_err(|here| {
            let (path, here) = (path.name(), here.join(", "));
            Error::Usage(format!("this processor cannot take --simd {path}\n  it can take {here}"))
        })
    }

    pub(super) fn set(&self, options: &mut Options) {
        options.threads = usize::from(self.threads);
        options.largest_record = self.largest_record;
        options.shard_bytes = self.shard_bytes;
        options.memory = self.memory;
        options.temp_dir.clone_from(&self.temp_dir);
    }
}
