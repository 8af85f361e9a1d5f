//! Hashes the file given as argument, as the program itself hashes: the yardstick of `benches/whole.sh` where no
//! `xxhsum` is installed. Without an argument it does nothing, so that `cargo bench` passes it by.

use std::fs::File;
use std::io::{self, Read, Write};

use textclean::text::hash::StreamHash;

fn main() -> io::Result<()> {
    // Cargo passes --bench (or --test) of its own.
    let Some(path) = std::env::args_os().skip(1).find(|a| !a.to_string_lossy().starts_with("--")) else {
        return Ok(());
    };
    let mut file = File::open(path)?;
    let mut hash = StreamHash::default();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hash.update(&buffer[..read]),
        }
    }
    writeln!(io::stdout(), "{:032x}", hash.digest())
}
