//! `clean completions` and `clean man`: both made from the definitions of what can be typed.

use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Cli;
use super::{CLEAN, print};
use crate::error::Error;
use crate::report::summary::counted;

/// The program's name, whatever its file is called.
const NAME: &str = "clean";

/// `clean completions SHELL`: prints the script that the shell reads.
pub(super) fn completions(shell: Shell) -> Result<u8, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut script);
    print(&String::from_utf8_lossy(&script)).map(|()| CLEAN)
}

/// `clean man [--to DIR]`: prints the page of the program, or writes it and one for each command into a folder. Pages that an
/// earlier version wrote there are replaced.
pub(super) fn man(to: Option<&Path>) -> Result<u8, Error> {
    let mut program = Cli::command();
    program.build();
    let Some(folder) = to else {
        return print(&String::from_utf8_lossy(&page(program).1)).map(|()| CLEAN);
    };
    fs::create_dir_all(folder).map_err(Error::io("cannot create", folder))?;
    let commands: Vec<_> = program.get_subcommands().cloned().collect();
    let pages: Vec<(PathBuf, Vec<u8>)> = std::iter::once(program).chain(commands).map(page).collect();
    for (name, text) in &pages {
        let path = folder.join(name);
        fs::write(&path, text).map_err(Error::io("cannot write", &path))?;
    }
    print(&format!("written to {}: {}\n", folder.display(), counted(pages.len() as u64, "page"))).map(|()| CLEAN)
}

/// Name and text of a page.
fn page(command: clap::Command) -> (PathBuf, Vec<u8>) {
    let man = Man::new(command);
    let mut text = Vec::new();
    // A list of bytes takes what it is given.
    let _ = man.render(&mut text);
    let text = String::from_utf8_lossy(&text);
    let name = man.get_filename();
    // The generator drops empty arguments of the title, so that what follows a missing date moves into its place. (A date
    // would be that of the build, and no build would give the same bytes again.) What stands behind the help are examples.
    let title = name.trim_end_matches(".1").to_uppercase();
    let title = format!(".TH \"{title}\" \"1\" \"\" \"{NAME} {}\" \"Manual of {NAME}\"", env!("CARGO_PKG_VERSION"));
    let lines = text.lines().map(|line| if line.starts_with(".TH ") { &title } else { line });
    let text = lines.flat_map(|line| [line, "\n"]).collect::<String>();
    (name.into(), text.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n").into_bytes())
}
