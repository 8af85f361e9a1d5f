//! What inputs are only held against: found as they are, put in front of them, and called as the user called it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::discover::{Discovery, absolute, input, nothing, resolved};
use super::format::Format;
use super::source::Source;
use crate::error::Error;
use crate::types::{Trouble, TroubleKind};

impl Discovery {
    /// Puts the files below `paths` in front of the sources, sorted by the bytes of their paths. A file that is an input too
    /// is an input only.
    ///
    /// # Errors
    /// As [`super::discover()`], and when nothing readable is found.
    pub fn hold_against(
        &mut self,
        paths: &[PathBuf],
        out: Option<&Path>,
        forced: Option<&'static Format>,
    ) -> Result<(), Error> {
        let mut old: Vec<Source> = Vec::new();
        let mut troubles: Vec<Trouble> = Vec::new();
        for path in paths {
            if path.as_os_str() != "-" && !path.exists() && path.symlink_metadata().is_err() {
                return Err(Error::NoInput(path.clone()));
            }
            let mut found = Self { spool: self.spool.take(), temp_dir: self.temp_dir.clone(), ..Self::default() };
            let base = if path.is_dir() {
                absolute(path)
            } else {
                absolute(path).parent().map(Path::to_path_buf).unwrap_or_default()
            };
            let done = input(path, &base, out.map(resolved).as_deref(), forced, &mut found);
            self.spool = found.spool.take();
            done?;
            let given = given(path);
            let name = |name: &str| format!("{given}{name}");
            old.extend(found.sources.into_iter().map(|s| Source { path: name(&s.path), old: Some(given.len()), ..s }));
            troubles.extend(found.troubles.into_iter().map(|t| Trouble { path: name(&t.path), ..t }));
        }
        if old.is_empty() && troubles.iter().all(|trouble| trouble.kind == TroubleKind::Skipped) {
            return Err(nothing(paths));
        }
        old.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
        let mut seen: HashSet<Identity> = self.sources.iter().map(|source| identity(&source.file)).collect();
        old.retain(|source| seen.insert(identity(&source.file)));
        self.old = old.len();
        self.sources.splice(..0, old);
        self.troubles.extend(troubles.into_iter().map(unheard));
        self.troubles.sort();
        Ok(())
    }
}

/// How a path begins that lies below a given one, or is it: as the user wrote it.
fn given(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return String::new();
    }
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    if path.is_dir() {
        return format!("{}/", text.trim_end_matches('/'));
    }
    text.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// What could not be read of the old documents is no trouble of the inputs.
pub fn unheard(trouble: Trouble) -> Trouble {
    if trouble.kind == TroubleKind::Skipped {
        return trouble;
    }
    let message =
        format!("{}; no input was held against it", trouble.message.replace("; nothing of it was written", ""));
    Trouble { kind: TroubleKind::Skipped, message, ..trouble }
}

/// One file, whatever the ways to it.
#[derive(PartialEq, Eq, Hash)]
enum Identity {
    #[cfg(unix)]
    Number(u64, u64),
    Path(PathBuf),
}

fn identity(path: &Path) -> Identity {
    #[cfg(unix)]
    if let Ok(meta) = std::fs::metadata(path) {
        use std::os::unix::fs::MetadataExt as _;
        return Identity::Number(meta.dev(), meta.ino());
    }
    Identity::Path(resolved(path))
}
