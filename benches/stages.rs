//! Bytes per second of each stage, on one thread.
//!
//! `cargo bench --bench stages` measures the documents of `inputs/`, repeated. With the environment variable
//! `TEXTCLEAN_SCALE` set to a folder that holds `10MB.jsonl` (a record a line, text in the field `text`), it measures
//! these records too. `cargo bench --bench stages -- judge` measures one stage only.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput};
use textclean::judge::line::Judge;
use textclean::judge::{Case, RULES, judge};
use textclean::read::jsonl::JSONL;
use textclean::read::{Decoded, Fields};
use textclean::rewrite::{apply, plan};
use textclean::segment::segment;
use textclean::sign::{Bench, Recipe, Signed, sign};
use textclean::text::{Folding, Listed, words};
use textclean::types::{Corpus, DocId, Document, Finding, Page, Policy};

/// The documents of `inputs/` are repeated until they are so many bytes: longer than any cache of one core.
const ENOUGH: usize = 4 << 20;

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    stages(&mut criterion, "inputs", &inputs());
    match std::env::var_os("TEXTCLEAN_SCALE").map(|folder| PathBuf::from(folder).join("10MB.jsonl")) {
        None => say("10MB.jsonl is not measured: set TEXTCLEAN_SCALE to the folder that holds it"),
        Some(path) => match std::fs::read(&path) {
            Ok(bytes) => stages(&mut criterion, "10MB", &lines(&bytes)),
            Err(error) => say(&format!("10MB.jsonl is not measured: {error}")),
        },
    }
    criterion.final_summary();
}

#[expect(clippy::print_stderr, reason = "a benchmark talks to whoever runs it")]
fn say(text: &str) {
    eprintln!("{text}");
}

/// The documents of `inputs/` as JSON records, again and again.
fn inputs() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    let records: Vec<Vec<u8>> = paths
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .map(|text| format!("{}\n", serde_json::json!({ "text": text })).into_bytes())
        .collect();
    let once: usize = records.iter().map(Vec::len).sum();
    assert!(once > 0, "inputs/ holds no text");
    records.iter().cycle().take(records.len() * ENOUGH.div_ceil(once)).cloned().collect()
}

/// The records of a JSONL file.
fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|&b| b == b'\n').map(<[u8]>::to_vec).collect()
}

/// Measures every stage over all documents. Throughput is bytes of text, for `decode` and `whole` bytes of records.
fn stages(criterion: &mut Criterion, name: &str, records: &[Vec<u8>]) {
    let (fields, recipe, policy) = (Fields::default(), Recipe::default(), Policy::default());
    let (corpus, line_judge) = (Corpus::default(), Judge::shipped(5_000));
    let decode = |raw: &[u8]| (JSONL.decode)(raw, &fields).ok();
    let documents: Vec<Document> =
        records.iter().enumerate().filter_map(|(n, raw)| decode(raw).map(|d| document(n, d.text))).collect();
    let pages: Vec<Page> = documents.iter().cloned().map(segment).collect();
    let judged = |page: &Page| {
        let words = Listed::new(&page.document.text, None, Vec::new());
        judge(&Case::new(page, &words, &corpus, &line_judge), RULES)
    };
    let found: Vec<(&Page, Vec<Finding>)> = pages.iter().map(|page| (page, judged(page))).collect();
    let rewritten = |page: &Page, findings: &[Finding]| {
        let plan = plan(page, findings, &policy);
        apply(&page.document.text, &plan.edits)
    };

    let mut group = criterion.benchmark_group(name);
    let sum = |sizes: &mut dyn Iterator<Item = usize>| Throughput::Bytes(sizes.sum::<usize>() as u64);
    let text = sum(&mut documents.iter().map(|d| d.text.len()));
    group.throughput(sum(&mut records.iter().map(Vec::len)));
    group.bench_function("decode", |b| b.iter(|| each(records, |raw| decode(raw))));
    group.throughput(text);
    group.bench_function("words", |b| {
        let mut list = Vec::new();
        b.iter(|| {
            each(&documents, |document| {
                list.clear();
                words(&document.text, Folding::default(), &mut list);
                list.len()
            });
        });
    });
    group.bench_function("segment", |b| {
        b.iter_batched(
            || documents.clone(),
            |documents| documents.into_iter().map(segment).collect::<Vec<_>>(),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("sign", |b| {
        let mut bench = Bench::default();
        b.iter(|| {
            let mut signed = Signed::default();
            each(&pages, |page| sign(page, 0, |_| 0, &recipe, &mut bench, &mut signed));
            signed
        });
    });
    // No document knows of another here: the rules for duplicates only look and find nothing.
    group.bench_function("judge", |b| b.iter(|| each(&pages, judged)));
    group.bench_function("rewrite", |b| b.iter(|| each(&found, |(page, findings)| rewritten(page, findings))));
    group.throughput(sum(&mut records.iter().map(Vec::len)));
    // Both passes of one document: decoded and segmented twice, signed, judged, rewritten, encoded.
    group.bench_function("whole", |b| {
        let mut bench = Bench::default();
        b.iter(|| {
            let mut signed = Signed::default();
            each(records, |raw| {
                let page = segment(document(0, decode(raw)?.text));
                black_box(sign(&page, 0, |_| 0, &recipe, &mut bench, &mut signed));
                let Decoded { text, id, form, at, address, replaced } = decode(raw)?;
                let page = segment(document(0, text));
                let cleaned = rewritten(&page, &judged(&page));
                let decoded = Decoded { text: page.document.text, id, form, at, address, replaced };
                Some((JSONL.encode)(raw, &decoded, &cleaned))
            });
        });
    });
    group.finish();
}

/// Does `work` on each item, in a way that the compiler cannot leave out.
fn each<T, R>(items: &[T], mut work: impl FnMut(&T) -> R) {
    for item in items {
        black_box(work(black_box(item)));
    }
}

fn document(number: usize, text: String) -> Document {
    let id = DocId { source: 0, place: number as u64 };
    Document { id, name: String::new(), text, form: textclean::types::Form::Utf8 }
}
