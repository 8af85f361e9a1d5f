//! The ratchet of `clean check` over a made history of commits, replayed with git: the test plants all dirt itself, so it
//! knows at which commit the check must fail. And how baselines merge.
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::print_stderr)]

mod history;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use history::git::Repository;
use history::replay::{Branch, Replay, Tale, clean};
use history::world::{Dice, Dirt, LINES, World};
use textclean::report::ratchet::{Baseline, Section, Units, What};
use textclean::types::Print;

#[test]
fn a_history_of_commits_has_no_false_alarm_and_no_miss() {
    let seeds: u64 = std::env::var("RATCHET_SEEDS").map_or(1, |seeds| seeds.parse().unwrap());
    let first: u64 = std::env::var("RATCHET_FIRST").map_or(1, |seed| seed.parse().unwrap());
    for seed in first..first + seeds {
        let Some(repository) = Repository::new() else { return };
        let mut replay = Replay { repository: &repository, dice: Dice(seed), next: 0, tale: Tale::default() };
        let mut main = Branch { world: World::default(), accepted: Dirt::default(), met: false };
        for n in 0..12 {
            let (name, mut doc) = (replay.name(["left", "right"][n % 2]), replay.doc());
            doc.lines.extend((n % 3 == 0).then_some(n % LINES.len()));
            doc.shared.extend((n % 2 == 0).then_some(n as u64 % 4));
            main.world.put(name, doc);
        }
        main.world.write(&repository.path().join("in"));
        let made = clean(repository.path(), &["in", "--baseline", "clean.baseline", "--update-baseline"]);
        assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
        main.accepted = main.world.dirt();
        replay.check(&mut main, &[]);
        repository.commit("the first");
        while replay.tale.commits < 30 {
            replay.commit(&mut main, "main", &|_, _| true);
            replay.commit(&mut main, "main", &|_, _| true);
            replay.fork(&mut main);
        }
        let tale = &replay.tale;
        eprintln!("seed {seed}: {tale:?}");
        assert!(tale.merges >= 4 && tale.alarms >= 6 && tale.quiet >= 4 && tale.moves >= 6, "{tale:?}");
    }
}

/// Documents, each with so much dirt of one kind.
type Documents = BTreeMap<String, u64>;

fn baseline(documents: &Documents) -> Baseline {
    let mut out = Baseline::default();
    for (path, number) in documents {
        let units = Units::from([((What::Ad, Print(7)), *number), ((What::Boilerplate, Print(9)), 1)]);
        out.add(Section { path: path.clone(), id: String::new(), text: Print(u128::MAX), units });
    }
    out
}

/// What a side makes of its documents: it changes some, takes out some, and adds some whose names stand among those of the other.
fn edited(base: &Documents, own: &dyn Fn(&str) -> bool, side: &str, dice: &mut Dice) -> Documents {
    let mut all = base.clone();
    let often = 2 + dice.roll(8);
    all.retain(|path, number| {
        *number += u64::from(own(path) && dice.roll(often) == 0);
        // Where there are many, more of them go.
        !own(path) || dice.roll(often + 4) > base.len() / 40
    });
    all.extend((0..dice.roll(20)).map(|_| (format!("news/{:02}-{}-{side}.txt", dice.roll(9), dice.roll(1 << 40)), 1)));
    all
}

/// Merges `rounds` times what two branches make of different documents, each time of what came of the last one; returns
/// the number of conflicts.
fn merges(repository: &Repository, rounds: u64, write: &dyn Fn(&Baseline, &str) -> String) -> usize {
    let file = repository.path().join("clean.baseline");
    let put = |text: &str, message: &str| {
        fs::write(&file, text).unwrap();
        repository.commit(message);
    };
    let (mut conflicts, mut base) = (0, Documents::new());
    let mut text = write(&baseline(&base), "");
    put(&text, "base");
    for round in 0..rounds {
        let mut dice = Dice(round + 1);
        let ours: BTreeSet<String> = base.keys().filter(|_| dice.roll(2) == 0).cloned().collect();
        let left = edited(&base, &|path| ours.contains(path), "ours", &mut dice);
        let right = edited(&base, &|path| !ours.contains(path), "theirs", &mut dice);
        let mut wanted = left.clone();
        wanted.retain(|path, _| ours.contains(path) || !base.contains_key(path));
        wanted.extend(right.clone().into_iter().filter(|(path, _)| !ours.contains(path)));
        repository.git(&["checkout", "-q", "-b", "side"]);
        put(&write(&baseline(&right), &text), "theirs");
        repository.git(&["checkout", "-q", "main"]);
        put(&write(&baseline(&left), &text), "ours");
        let merged = repository.try_git(&["merge", "-q", "--no-edit", "side"]);
        text = repository.read("clean.baseline");
        if !merged.status.success() {
            conflicts += 1;
            assert!(Baseline::parse(&text).unwrap_err().why.contains("conflict"));
            let marks = ["<<<<<<<", "=======", ">>>>>>>"];
            let kept = text.lines().filter(|line| !marks.iter().any(|mark| line.starts_with(mark)));
            text = kept.map(|line| format!("{line}\n")).collect();
            put(&text, "both sides");
            // Both sides stay, as the documentation says, and with them what one side changed or took out.
            let all = Baseline::parse(&text).unwrap();
            assert!(wanted.keys().all(|path| all.names(path, "")), "round {round}");
        } else {
            assert!(Baseline::parse(&text).unwrap() == baseline(&wanted), "round {round}");
        }
        text = write(&baseline(&wanted), &text);
        put(&text, "tidied up");
        repository.git(&["branch", "-q", "-D", "side"]);
        base = wanted;
    }
    conflicts
}

#[test]
fn baselines_of_two_branches_merge_where_they_touch_different_documents() {
    let Some(repository) = Repository::new() else { return };
    let rounds: u64 = std::env::var("RATCHET_MERGES").map_or(200, |rounds| rounds.parse().unwrap());
    let conflicts = merges(&repository, rounds, &|all, old| match Baseline::parse(old) {
        Ok(known) => all.rewrite(&known, old).unwrap_or_else(|| old.to_owned()),
        Err(_) => all.write(),
    });
    // Without the lines that stay, it would be a list that is sorted by name.
    let plain = |all: &Baseline, _: &str| -> String {
        all.write().lines().filter(|line| line.len() > 4).map(|line| format!("{line}\n")).collect()
    };
    let Some(other) = Repository::new() else { return };
    let few = 20;
    let as_list = merges(&other, few, &plain);
    eprintln!("{conflicts} conflicts in {rounds} merges; {as_list} in {few} without the lines that stay");
    assert!(conflicts as u64 * 200 <= rounds && as_list > 10);
}

/// As the first version laid it out: no separators, a place for each document by a hash of its name.
#[test]
fn an_earlier_layout_is_read_and_renewed_when_something_changes() {
    let documents: Documents = (0..50).map(|n| (format!("news/{n}.txt"), 1)).collect();
    let all = baseline(&documents);
    let text = all.write();
    let (head, rest) = text.split_once("news").unwrap();
    let mut marks: Vec<String> = rest.lines().filter(|line| line.len() == 2).map(|line| format!("{line}\n")).collect();
    for (n, line) in format!("news{rest}").lines().filter(|line| line.contains('\t')).enumerate() {
        marks[n * 7 % 1024].push_str(&format!("{line}\n"));
    }
    let old = format!("{head}{}", marks.concat());
    assert_eq!(Baseline::parse(&old).unwrap(), all);
    assert_eq!(all.rewrite(&all, &old), None);
    let more = baseline(&documents.into_iter().chain([("z.txt".to_owned(), 1)]).collect());
    assert_eq!(more.rewrite(&all, &old), Some(more.write()));
}
