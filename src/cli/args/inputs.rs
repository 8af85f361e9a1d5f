//! What is read, and what commands that read inputs have in common.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Args;

use super::cut::CutArgs;
use super::fields::FieldArgs;
use super::machine::MachineArgs;
use super::matching::MatchArgs;
use crate::error::Error;
use crate::pipeline::Options;

/// Arguments that all have.
#[derive(Debug, Args)]
pub(in crate::cli) struct CommonArgs {
    /// Files and folders (.txt .md .jsonl, also .gz .zst); - for standard input
    #[arg(value_name = "INPUT")]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    /// File with settings [default: clean.toml, looked for upwards from the first input]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    matching: MatchArgs,
    #[command(flatten)]
    cut: CutArgs,
    #[command(flatten)]
    machine: MachineArgs,
    /// No progress bar, no summary
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

impl CommonArgs {
    pub(in crate::cli) fn options(&self) -> Result<Options, Error> {
        if self.inputs.is_empty() {
            return Err(Error::Usage(
                "nothing to read\n  give a file, a folder, or - for standard input; clean --help shows examples".into(),
            ));
        }
        self.machine.force()?;
        let mut options = Options::new(self.inputs.clone());
        options.progress = !self.quiet && std::io::stderr().is_terminal();
        self.fields.set(&mut options);
        self.matching.set(&mut options);
        self.cut.set(&mut options)?;
        self.machine.set(&mut options);
        Ok(options)
    }
}

/// What inputs are held against.
#[derive(Debug, Args)]
pub(in crate::cli) struct AgainstArgs {
    /// Files and folders of known documents to hold the inputs against
    #[arg(long, value_name = "PATH", num_args = 1..)]
    against: Vec<PathBuf>,
}

impl AgainstArgs {
    /// The options of a run that holds its inputs against these.
    pub(in crate::cli) fn options(&self, common: &CommonArgs) -> Result<Options, Error> {
        if common.inputs.is_empty() && !self.against.is_empty() {
            let message = "nothing to read: all that follows --against is what inputs are held against\n  name the inputs before it: clean check new/ --against old/";
            return Err(Error::Usage(message.into()));
        }
        Ok(Options { against: self.against.clone(), ..common.options()? })
    }
}
