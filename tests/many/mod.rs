//! The samples many times over, for runs that are stopped and gone on with.

use std::fs;
use std::path::Path;

/// A corpus of many small shards, with copies.
pub(crate) fn corpus(file: &Path) {
    let texts: Vec<String> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs"))
        .unwrap()
        .map(|e| fs::read_to_string(e.unwrap().path()).unwrap())
        .collect();
    let record = |n: usize| {
        let text = format!("{}\n\nRecord {} of many.", texts[n % texts.len()], n / 3);
        serde_json::json!({ "id": format!("r{n}"), "text": text }).to_string() + "\n"
    };
    fs::write(file, (0..60).map(record).collect::<String>()).unwrap();
}
