//! Names and modes of files, as git writes them.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use crate::read::Source;
use crate::read::discover::absolute;

/// The folder from which the files of a patch are named.
pub(super) struct Top(PathBuf);

impl Top {
    /// The working tree of git that holds the inputs, since `git apply` counts from its top wherever it is called; else the
    /// current folder, else the folder from which reports name the inputs. Any source stands for all.
    pub(super) fn of(source: &Source) -> Self {
        let base = source.file.ancestors().nth(source.path.split('/').count()).unwrap_or(Path::new("/"));
        let tree = base.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf);
        let here = || Some(absolute(Path::new("."))).filter(|here| base.starts_with(here));
        Self(tree.or_else(here).unwrap_or_else(|| base.to_owned()))
    }

    /// The name of a file as bytes, with `/` between its parts.
    pub(super) fn name(&self, file: &Path) -> Vec<u8> {
        let parts: Vec<&[u8]> = self.below(file).iter().map(OsStr::as_encoded_bytes).collect();
        parts.join(&b'/')
    }

    /// Whether the file, or a folder on the way to it, is a link.
    pub(super) fn is_linked(&self, file: &Path) -> bool {
        let mut path = self.0.clone();
        self.below(file).iter().any(|part| {
            path.push(part);
            path.is_symlink()
        })
    }

    fn below<'a>(&self, file: &'a Path) -> &'a Path {
        file.strip_prefix(&self.0).unwrap_or(file)
    }
}

/// A name between quotes where git writes it so: with controls, quotes, backslashes, or bytes that are no UTF-8.
pub(super) fn quoted(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len() + 2);
    for chunk in name.utf8_chunks() {
        for &byte in chunk.valid().as_bytes() {
            match byte {
                b'"' | b'\\' => out.extend([b'\\', byte]),
                b'\t' => out.extend(b"\\t"),
                b'\n' => out.extend(b"\\n"),
                b'\r' => out.extend(b"\\r"),
                0..b' ' | 0x7F => out.extend(octal(byte)),
                _ => out.push(byte),
            }
        }
        out.extend(chunk.invalid().iter().flat_map(|&byte| octal(byte)));
    }
    if out == name {
        return out;
    }
    out.insert(0, b'"');
    out.push(b'"');
    out
}

fn octal(byte: u8) -> [u8; 4] {
    [b'\\', b'0' + (byte >> 6), b'0' + (byte >> 3 & 7), b'0' + (byte & 7)]
}

/// What git calls the mode of a file, which is looked at where the file goes.
#[cfg(unix)]
pub(super) fn mode(file: &Path) -> io::Result<&'static str> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(file)?.permissions().mode();
    Ok(if mode & 0o100 == 0 { "100644" } else { "100755" })
}

/// What git calls the mode of a file where files have none.
#[cfg(not(unix))]
pub(super) fn mode(_: &Path) -> io::Result<&'static str> {
    Ok("100644")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_as_git_does() {
        for (name, wanted) in [
            (&b"a b/-c.txt"[..], &b"a b/-c.txt"[..]),
            ("\u{fc}ber.txt".as_bytes(), "\u{fc}ber.txt".as_bytes()),
            (b"say \"x\".txt", b"\"say \\\"x\\\".txt\""),
            (b"a\\b\n\x07\xff", b"\"a\\\\b\\n\\007\\377\""),
        ] {
            assert_eq!(quoted(name), wanted);
        }
    }
}
