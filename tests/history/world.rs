//! Documents as the test makes them: it knows what dirt stands where, and asks nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Draws numbers (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        (x ^ x >> 31) as usize % below
    }
}

/// Lines that are dirt wherever they stand.
pub(crate) const LINES: &[&str] = &[
    "Subscribe to our newsletter and never miss a story!",
    "Sign up for our daily newsletter today!",
    "Share this article on Facebook, Twitter and WhatsApp",
    "Advertisement",
    "Copyright 2024 The Daily Example. All rights reserved.",
    "Read more: the bridge that nobody wanted",
    "We use cookies to improve your experience. Accept all cookies",
    "Leave a comment",
];
/// Characters that are damage, a kind each.
pub(crate) const SIGNS: &[&str] = &["\u{b}", "caf\u{c3}\u{a9}", "\u{1}"];

const SUBJECTS: &[&str] = &[
    "The mayor",
    "A teacher",
    "My neighbour",
    "The ferryman",
    "Nobody here",
    "An engineer",
    "Her sister",
    "The baker",
    "Their coach",
    "A stranger",
    "The judge",
    "Some farmers",
    "The pilot",
    "Our doctor",
    "The gardener",
    "A painter",
];
const VERBS: &[&str] = &[
    "found",
    "repaired",
    "sold",
    "remembered",
    "painted",
    "lost",
    "carried",
    "described",
    "measured",
    "borrowed",
    "returned",
    "hid",
    "photographed",
    "counted",
    "cleaned",
    "praised",
];
const THINGS: &[&str] = &[
    "a wooden ladder",
    "the broken clock",
    "seven letters",
    "an empty boat",
    "the green curtain",
    "a heavy suitcase",
    "two bicycles",
    "the church bell",
    "a map of the coast",
    "the long table",
    "an iron gate",
    "four chairs",
    "the winter coat",
    "a basket of apples",
    "the second key",
    "an old piano",
];
const PLACES: &[&str] = &[
    "behind the station",
    "near the lake",
    "under the stairs",
    "in the market hall",
    "on the northern road",
    "beside the mill",
    "at the edge of the forest",
    "above the harbour",
    "across the square",
    "inside the chapel",
    "by the railway bridge",
    "in a narrow street",
    "outside the museum",
    "along the canal",
    "over the hill",
    "at the inn",
];
const ENDS: &[&str] = &[
    "before anyone woke up",
    "while it was raining",
    "because the bus was late",
    "after a long argument",
    "although nobody had asked",
    "when the snow melted",
    "as the sun went down",
    "without a word of thanks",
    "until the police arrived",
    "for the price of a meal",
    "since the roof was leaking",
    "to everyone's surprise",
    "during the last week of March",
    "and thought no more of it",
    "but told only his brother",
    "as if by accident",
];

/// A paragraph of its own for each number.
pub(crate) fn paragraph(number: u64) -> String {
    let mut dice = Dice(number.wrapping_mul(0xD129_0F4B_77C1_93A5));
    let mut sentence = || {
        let mut pick = |list: &[&'static str]| list[dice.roll(list.len())];
        [pick(SUBJECTS), pick(VERBS), pick(THINGS), pick(PLACES), pick(ENDS)].join(" ") + "."
    };
    [sentence(), sentence(), sentence()].join(" ")
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doc {
    /// What it is called by the test, whatever the file's name.
    pub(crate) uid: u64,
    /// Its story: documents with the same are twins.
    pub(crate) story: u64,
    /// Paragraphs that other documents may have too.
    pub(crate) shared: BTreeSet<u64>,
    /// Lines of dirt at its end.
    pub(crate) lines: Vec<usize>,
    /// Damage.
    pub(crate) signs: Vec<usize>,
}

impl Doc {
    fn text(&self) -> String {
        let mut paragraphs: Vec<String> = (0..6).map(|n| paragraph(self.story * 8 + n)).collect();
        for (n, sign) in self.signs.iter().enumerate() {
            let _ = write!(paragraphs[n % 4], " It was {} there.", SIGNS[*sign]);
        }
        paragraphs.splice(2..2, self.shared.iter().map(|n| paragraph(n + (1 << 40))));
        paragraphs.extend(self.lines.iter().map(|n| LINES[*n].to_owned()));
        paragraphs.join("\n\n") + "\n"
    }
}

/// Where a document stands: a file, or a file and an id.
pub(crate) type Name = (String, Option<String>);

/// Documents by name, and in which order records stand.
#[derive(Clone, Default)]
pub(crate) struct World {
    pub(crate) docs: BTreeMap<Name, Doc>,
    pub(crate) order: BTreeMap<String, Vec<String>>,
}

impl World {
    pub(crate) fn put(&mut self, name: Name, doc: Doc) {
        if let Some(id) = &name.1 {
            self.order.entry(name.0.clone()).or_default().push(id.clone());
        }
        self.docs.insert(name, doc);
    }

    pub(crate) fn take(&mut self, name: &Name) -> Doc {
        if let Some(id) = &name.1 {
            self.order.get_mut(&name.0).unwrap().retain(|other| other != id);
        }
        self.docs.remove(name).unwrap()
    }

    /// Writes all of it, and nothing else.
    pub(crate) fn write(&self, folder: &Path) {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).unwrap();
        for ((file, id), doc) in &self.docs {
            if id.is_none() {
                let path = folder.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, doc.text()).unwrap();
            }
        }
        for (file, ids) in &self.order {
            let line = |id: &String| {
                let doc = &self.docs[&(file.clone(), Some(id.clone()))];
                serde_json::json!({ "id": id, "text": doc.text() }).to_string() + "\n"
            };
            fs::write(folder.join(file), ids.iter().map(line).collect::<String>()).unwrap();
        }
    }

    /// How many documents have this story.
    pub(crate) fn twins(&self, story: u64) -> usize {
        self.docs.values().filter(|doc| doc.story == story).count()
    }

    pub(crate) fn dirt(&self) -> Dirt {
        let mut dirt = Dirt::default();
        let mut stories: BTreeMap<u64, u64> = BTreeMap::new();
        let mut shared: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for doc in self.docs.values() {
            *stories.entry(doc.story).or_default() += 1;
            // Twins are one document to whoever counts copies.
            for paragraph in &doc.shared {
                shared.entry(*paragraph).or_default().insert(doc.story);
            }
            for line in &doc.lines {
                *dirt.0.entry(What::Line(doc.uid, *line)).or_default() += 1;
            }
            for sign in &doc.signs {
                *dirt.0.entry(What::Sign(doc.uid, *sign)).or_default() += 1;
            }
        }
        dirt.0.extend(stories.into_iter().filter(|(_, n)| *n > 1).map(|(story, n)| (What::Twin(story), n - 1)));
        let copies = shared.into_iter().filter(|(_, docs)| docs.len() > 1);
        dirt.0.extend(copies.map(|(p, docs)| (What::Copy(p), docs.len() as u64 - 1)));
        dirt
    }
}

/// A piece of dirt: lines and damage belong to their document, copies and twins to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Line(u64, usize),
    Sign(u64, usize),
    Copy(u64),
    Twin(u64),
}

/// How much of what there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dirt(pub(crate) BTreeMap<What, u64>);

impl Dirt {
    pub(crate) fn of(&self, what: What) -> u64 {
        self.0.get(&what).copied().unwrap_or_default()
    }

    /// What is here and not there.
    pub(crate) fn beyond(&self, other: &Self) -> Self {
        let more = self.0.iter().map(|(what, n)| (*what, n.saturating_sub(other.of(*what))));
        Self(more.filter(|(_, n)| *n > 0).collect())
    }

    /// What is in both.
    pub(crate) fn least(&self, other: &Self) -> Self {
        let both = self.0.iter().map(|(what, n)| (*what, (*n).min(other.of(*what))));
        Self(both.filter(|(_, n)| *n > 0).collect())
    }

    pub(crate) fn number(&self) -> u64 {
        self.0.values().sum()
    }
}
