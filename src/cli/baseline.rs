//! The file of `clean check --baseline`: read before the run, written after it.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::sync::Arc;

use super::args::CheckArgs;
use crate::error::Error;
use crate::pipeline::Ratchet;
use crate::report::ratchet::{Baseline, Compared, Held};

/// What a check is held against, and how the file of it looked.
pub(super) struct Before {
    /// What is known.
    pub(super) ratchet: Ratchet,
    text: String,
}

/// The baseline that a check is held against, when one is named.
///
/// # Errors
/// When it is not there and not to be made, cannot be read, or is not understood.
pub(super) fn read(args: &CheckArgs) -> Result<Option<Before>, Error> {
    let Some(file) = args.baseline.clone() else {
        if args.update_baseline {
            let message = "--update-baseline must know which one\n  add --baseline FILE, or name one in clean.toml, below [check]";
            return Err(Error::Usage(message.into()));
        }
        return Ok(None);
    };
    let text = match fs::read(&file) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| wrong(&file, 1, "no baseline: it is no text"))?,
        Err(error) if error.kind() == ErrorKind::NotFound && args.update_baseline => {
            return Ok(Some(Before { ratchet: Ratchet { file, known: None }, text: String::new() }));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let file = file.display();
            return Err(Error::Usage(format!(
                "there is no baseline {file}\n  --update-baseline makes it: from then on, what is there now is known"
            )));
        }
        Err(error) => return Err(Error::io("cannot read", &file)(error)),
    };
    let known = Baseline::parse(&text).map_err(|fault| wrong(&file, fault.line, &fault.why))?;
    Ok(Some(Before { ratchet: Ratchet { file, known: Some(Arc::new(known)) }, text }))
}

fn wrong(file: &Path, line: usize, why: &str) -> Error {
    Error::Usage(format!("{}:{line}: {why}", file.display()))
}

/// Compares, and writes the baseline when that was asked for.
pub(super) fn compare(args: &CheckArgs, before: &Before, held: &Held) -> Result<Compared, Error> {
    let Before { ratchet, text } = before;
    let mut compared = Compared::new(ratchet.file.display().to_string(), held, args.accept || ratchet.known.is_none());
    if args.update_baseline {
        let next = if compared.accepted { &held.whole } else { &held.tightened };
        let text = match ratchet.known.as_deref() {
            None => Some(next.write()),
            Some(known) => next.rewrite(known, text),
        };
        compared.written = text.is_some();
        if let Some(text) = text {
            write(&ratchet.file, &text)?;
        }
    }
    Ok(compared)
}

/// Replaces the file at once: it is the one from before or the new one, whatever happens.
fn write(file: &Path, text: &str) -> Result<(), Error> {
    // A link stays one.
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = || Error::io("cannot write", &file);
    let mut aside = builder(&file).tempfile_in(folder).map_err(failed())?;
    aside.write_all(text.as_bytes()).and_then(|()| aside.as_file().sync_all()).map_err(failed())?;
    aside.persist(&file).map_err(|error| failed()(error.error)).map(drop)
}

/// A temporary file that may be read by whom the file may be read by, and a new one by whom the user lets read new files.
fn builder(file: &Path) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clean-baseline-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let new = || fs::Permissions::from_mode(0o666);
        builder.permissions(fs::metadata(file).map_or_else(|_| new(), |meta| meta.permissions()));
    }
    let _ = file;
    builder
}
