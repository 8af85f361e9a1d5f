//! A history of commits that is made, checked and merged, with what must come of each check.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use textclean::report::Checked;

use super::git::Repository;
use super::world::{Dice, Dirt, Doc, LINES, Name, SIGNS, What as Planted, World};

pub(crate) fn clean(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clean")).arg("check").args(args).current_dir(dir).output().unwrap()
}

/// One branch of the made history.
#[derive(Clone)]
pub(crate) struct Branch {
    pub(crate) world: World,
    /// What the baseline of the branch stands for.
    pub(crate) accepted: Dirt,
    /// Whether lines of two branches stand there for one document.
    pub(crate) met: bool,
}

/// What happened in a history, so that the test can say that enough did.
#[derive(Debug, Default)]
pub(crate) struct Tale {
    pub(crate) commits: usize,
    pub(crate) merges: usize,
    pub(crate) alarms: usize,
    pub(crate) quiet: usize,
    pub(crate) moves: usize,
    pub(crate) lowered: usize,
    /// Merges in which both sides had changed what is said of one document.
    pub(crate) met: usize,
}

pub(crate) struct Replay<'a> {
    pub(crate) repository: &'a Repository,
    pub(crate) dice: Dice,
    pub(crate) next: u64,
    pub(crate) tale: Tale,
}

impl Replay<'_> {
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// A new name: a file anywhere, or a record of the branch's own file of records.
    pub(crate) fn name(&mut self, side: &str) -> Name {
        let n = self.number();
        let letter = char::from(b'a' + u8::try_from(self.dice.roll(26)).unwrap());
        match self.dice.roll(4) {
            0 => (
                format!("records-{}.jsonl", if side == "right" { "right" } else { "left" }),
                Some(format!("{letter}{n}")),
            ),
            1 => (format!("{letter}/story {n}.txt"), None),
            _ => (format!("{letter}{n}.txt"), None),
        }
    }

    pub(crate) fn doc(&mut self) -> Doc {
        let (uid, story) = (self.number(), self.number());
        Doc { uid, story, shared: BTreeSet::new(), lines: Vec::new(), signs: Vec::new() }
    }

    /// Changes a world a little. Only documents that are the branch's own are touched.
    fn change(&mut self, world: &mut World, side: &str, own: &dyn Fn(&Name, &Doc) -> bool, tidy: bool) {
        let mine: Vec<Name> =
            world.docs.iter().filter(|(name, doc)| own(name, doc)).map(|(name, _)| name.clone()).collect();
        let kind = match tidy {
            true => [0, 3, 4, 8, 9, 11, 14, 15][self.dice.roll(if mine.len() < 6 { 1 } else { 8 })],
            false => self.dice.roll(if mine.len() < 6 { 3 } else { 16 }),
        };
        let some = |dice: &mut Dice| mine[dice.roll(mine.len())].clone();
        match kind {
            0..3 => {
                let (name, mut doc) = (self.name(side), self.doc());
                if kind > 0 {
                    doc.lines.push(self.dice.roll(LINES.len()));
                }
                if kind > 1 {
                    doc.shared.insert(self.dice.roll(4) as u64);
                }
                world.put(name, doc);
            }
            3..6 => {
                // Moved or renamed, sometimes with a change.
                let (from, to) = (some(&mut self.dice), self.name(side));
                let mut doc = world.take(&from);
                if !tidy && self.dice.roll(3) == 0 {
                    doc.lines.push(self.dice.roll(LINES.len()));
                }
                // Its name may stand for another document at once.
                if self.dice.roll(3) == 0 {
                    let mut other = self.doc();
                    if !tidy {
                        other.lines.push(self.dice.roll(LINES.len()));
                    }
                    world.put(from, other);
                }
                world.put(to, doc);
                self.tale.moves += 1;
            }
            6 | 7 => {
                let name = some(&mut self.dice);
                let line = self.dice.roll(LINES.len());
                world.docs.get_mut(&name).unwrap().lines.push(line);
            }
            8 | 9 => {
                let name = some(&mut self.dice);
                let lines = &mut world.docs.get_mut(&name).unwrap().lines;
                if !lines.is_empty() {
                    lines.remove(self.dice.roll(lines.len()));
                }
            }
            10 => {
                let name = some(&mut self.dice);
                let sign = self.dice.roll(SIGNS.len());
                world.docs.get_mut(&name).unwrap().signs.push(sign);
            }
            11 => {
                let name = some(&mut self.dice);
                world.docs.get_mut(&name).unwrap().signs.pop();
            }
            12 => {
                let name = some(&mut self.dice);
                let story = world.docs[&name].story;
                // What differs between twins is no copy of what stands elsewhere.
                if world.twins(story) == 1 {
                    let paragraph = self.dice.roll(4) as u64;
                    let shared = &mut world.docs.get_mut(&name).unwrap().shared;
                    if !shared.remove(&paragraph) {
                        shared.insert(paragraph);
                    }
                }
            }
            13 => {
                let from = some(&mut self.dice);
                let twin = Doc { uid: self.number(), ..world.docs[&from].clone() };
                let name = self.name(side);
                world.put(name, twin);
            }
            14 => drop(world.take(&some(&mut self.dice))),
            _ => {
                // Two change places.
                let (a, b) = (some(&mut self.dice), some(&mut self.dice));
                if a != b {
                    let (first, second) = (world.docs[&a].clone(), world.docs[&b].clone());
                    world.docs.insert(a, second);
                    world.docs.insert(b, first);
                    self.tale.moves += 1;
                }
            }
        }
        let turns = side == "main" && self.dice.roll(4) == 0;
        for ids in world.order.values_mut().filter(|ids| turns && ids.len() > 1) {
            ids.rotate_left(1);
        }
    }

    /// The check, and what the test knows must come of it.
    pub(crate) fn check(&mut self, branch: &mut Branch, args: &[&str]) {
        let output = clean(
            self.repository.path(),
            &[&["in", "--baseline", "clean.baseline", "--format", "json"], args].concat(),
        );
        let code = output.status.code().unwrap();
        assert!(code < 2, "{}", String::from_utf8_lossy(&output.stderr));
        let checked: Checked = serde_json::from_slice(&output.stdout).unwrap();
        let baseline = checked.baseline.unwrap();
        let dirt = branch.world.dirt();
        let (more, fewer) = (dirt.beyond(&branch.accepted), branch.accepted.beyond(&dirt));
        let told = format!(
            "{:?}\nmore: {more:?}\nfewer: {fewer:?}\n{baseline:?}\n{:#?}",
            self.tale,
            checked.findings.iter().map(|s| (&s.file, &s.document, &s.rule, &s.excerpt)).collect::<Vec<_>>()
        );
        let accepts = args.contains(&"--accept");
        assert_eq!(
            code == 1,
            more.number() > 0 && !accepts,
            "{}: {told}",
            if code == 1 { "false alarm" } else { "miss" }
        );
        // Of a new twin nothing is said but that it is one.
        if more.0.keys().all(|what| !matches!(what, Planted::Twin(_))) {
            assert_eq!(baseline.new, more.number(), "{told}");
            assert_eq!(baseline.known, dirt.least(&branch.accepted).number(), "{told}");
        }
        // Where both sides of a merge rewrote one line, both lines stay, and with them what one side took out.
        let stale = baseline.gone.checked_sub(fewer.number()).unwrap_or_else(|| panic!("{told}"));
        assert!(stale == 0 || branch.met, "{told}");
        if args.contains(&"--update-baseline") {
            branch.met = false;
        }
        if accepts {
            branch.accepted = dirt;
        } else if args.contains(&"--update-baseline") {
            branch.accepted = branch.accepted.least(&dirt);
        } else if code == 1 {
            self.tale.alarms += 1;
        } else {
            self.tale.quiet += 1;
        }
    }

    /// A commit: changes, the check, and often a new baseline.
    pub(crate) fn commit(&mut self, branch: &mut Branch, side: &str, own: &dyn Fn(&Name, &Doc) -> bool) {
        let tidy = self.dice.roll(5) < 3;
        for _ in 0..1 + self.dice.roll(3) {
            self.change(&mut branch.world, side, own, tidy);
        }
        branch.world.write(&self.repository.path().join("in"));
        self.check(branch, &[]);
        match self.dice.roll(4) {
            0 => {}
            1 => {
                self.check(branch, &["--update-baseline"]);
                self.tale.lowered += 1;
            }
            _ => self.check(branch, &["--update-baseline", "--accept"]),
        }
        self.repository.commit(&format!("{side} {}", self.tale.commits));
        self.tale.commits += 1;
    }

    /// Two branches that touch different documents, and their merge.
    pub(crate) fn fork(&mut self, main: &mut Branch) {
        let coin = self.dice.roll(2) as u64;
        let right = |name: &Name, doc: &Doc| match &name.1 {
            Some(_) => name.0.contains("right"),
            None => doc.story % 2 == coin,
        };
        let base = main.clone();
        let owners: BTreeSet<u64> = base.world.docs.iter().filter(|(n, d)| right(n, d)).map(|(_, d)| d.uid).collect();
        let others: BTreeSet<u64> =
            base.world.docs.values().map(|d| d.uid).filter(|uid| !owners.contains(uid)).collect();
        let (mut ours, mut theirs) = (main.clone(), main.clone());
        self.repository.git(&["checkout", "-q", "-b", "side"]);
        for _ in 0..2 {
            let others = others.clone();
            self.commit(&mut theirs, "right", &move |name, doc| {
                !others.contains(&doc.uid) && name.0 != "records-left.jsonl"
            });
        }
        let before = self.repository.read("clean.baseline");
        self.repository.git(&["checkout", "-q", "main"]);
        let start = self.repository.read("clean.baseline");
        for _ in 0..2 {
            let owners = owners.clone();
            self.commit(&mut ours, "left", &move |name, doc| {
                !owners.contains(&doc.uid) && name.0 != "records-right.jsonl"
            });
        }
        let now = self.repository.read("clean.baseline");
        let merged = self.repository.try_git(&["merge", "-q", "--no-edit", "side"]);
        let met: Vec<String> = changed(&start, &now).intersection(&changed(&start, &before)).cloned().collect();
        if !merged.status.success() {
            let files = self.repository.git(&["diff", "--name-only", "--diff-filter=U"]);
            assert_eq!(files, "clean.baseline\n", "{}", String::from_utf8_lossy(&merged.stdout));
            assert!(!met.is_empty(), "the baselines were changed for different documents, and do not merge");
            // As the documentation says.
            let text = self.repository.read("clean.baseline");
            let marks = ["<<<<<<<", "=======", ">>>>>>>"];
            let kept: Vec<&str> =
                text.lines().filter(|line| !marks.iter().any(|mark| line.starts_with(mark))).collect();
            fs::write(self.repository.path().join("clean.baseline"), kept.join("\n") + "\n").unwrap();
            self.repository.git(&["commit", "-q", "-a", "--no-edit"]);
        }
        self.tale.met += usize::from(!met.is_empty());
        main.met = !met.is_empty();
        self.repository.git(&["branch", "-q", "-D", "side"]);
        main.world = merge(&ours.world, &theirs.world, &owners, &others);
        main.accepted = accepted(&base.accepted, &ours.accepted, &theirs.accepted);
        // The files are what git made of them, and what the test thinks.
        let status = self.repository.git(&["status", "--porcelain"]);
        assert_eq!(status, "");
        main.world.write(&self.repository.path().join("in"));
        let status = self.repository.git(&["status", "--porcelain"]);
        assert_eq!(status, "", "the model of the test does not merge as git does");
        self.tale.merges += 1;
        self.tale.commits += 1;
        self.check(main, &[]);
        self.check(main, &["--update-baseline"]);
        self.repository.commit("after the merge");
    }
}

/// Documents of which two baselines say different things.
fn changed(one: &str, other: &str) -> BTreeSet<String> {
    let lines =
        |text: &str| -> BTreeSet<String> { text.lines().filter(|l| l.contains('\t')).map(str::to_owned).collect() };
    let (one, other) = (lines(one), lines(other));
    let name = |line: &String| line.split('\t').take(2).collect::<Vec<_>>().join("\t");
    one.symmetric_difference(&other).map(name).collect()
}

/// Of each document, the side to which it belongs says what became of it.
fn merge(ours: &World, theirs: &World, right: &BTreeSet<u64>, left: &BTreeSet<u64>) -> World {
    let mut world = World::default();
    let mine = ours.docs.iter().filter(|(_, doc)| !right.contains(&doc.uid));
    let yours = theirs.docs.iter().filter(|(_, doc)| !left.contains(&doc.uid));
    world.docs.extend(mine.chain(yours).map(|(name, doc)| (name.clone(), doc.clone())));
    let records = |of: &World, side: &str| {
        of.order.iter().filter(|(f, _)| f.contains(side)).map(|(f, o)| (f.clone(), o.clone())).collect::<Vec<_>>()
    };
    world.order.extend(records(ours, "left").into_iter().chain(records(theirs, "right")));
    world
}

/// What both baselines stand for together: of each thing, what either side took away or put there.
fn accepted(base: &Dirt, ours: &Dirt, theirs: &Dirt) -> Dirt {
    let all: BTreeSet<Planted> = [base, ours, theirs].iter().flat_map(|dirt| dirt.0.keys().copied()).collect();
    let sum = |what: Planted| (ours.of(what) + theirs.of(what)).saturating_sub(base.of(what));
    Dirt(all.into_iter().map(|what| (what, sum(what))).filter(|(_, n)| *n > 0).collect())
}
