//! `clean diff`.

use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal};

use super::args::DiffArgs;
use super::{CLEAN, code, complain};
use crate::diff::{Changes, Look};
use crate::error::Error;
use crate::report::ceiling;
use crate::report::summary::{troubles, visible};

/// Bytes written at once.
const BUFFER: usize = 256 << 10;

/// Prints what a run would change.
pub(super) fn diff(args: &DiffArgs) -> Result<u8, Error> {
    let changes = Changes::find(&args.against.options(&args.common)?)?;
    let outcome = changes.outcome();
    complain(&troubles(&outcome.troubles, outcome.more_troubles));
    let out = io::stdout().lock();
    let (terminal, colours) = (out.is_terminal(), args.colours.wanted(&out));
    let look = if terminal || colours { Look::Shown { colours } } else { Look::Plain };
    let left_out = match changes.show(look, &mut BufWriter::with_capacity(BUFFER, out)) {
        // A reader that went away has seen enough.
        Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::BrokenPipe => return Ok(CLEAN),
        done => done?,
    };
    let mut notes = String::new();
    for (path, why) in left_out {
        let _ = writeln!(notes, "changes, but is not in the diff: {}: {why}", visible(&path));
    }
    if let Some(message) = ceiling::breach(&outcome.tally, ceiling::DEFAULT) {
        let _ = writeln!(notes, "note: {message}");
    }
    complain(&notes);
    Ok(code(outcome))
}
