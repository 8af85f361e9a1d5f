//! The ratchet of `clean check` over a made history of commits, replayed with git: the test plants all dirt itself, so it
//! knows at which commit the check must fail. And how baselines merge.
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::print_stderr)]

mod history;

use std::collections::BTreeSet;
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

/// A baseline of these documents, each with so much dirt of one kind.
fn baseline(documents: &[(String, u64)]) -> Baseline {
    let mut out = Baseline::default();
    for (path, number) in documents {
        let units = Units::from([((What::Ad, Print(7)), *number), ((What::Boilerplate, Print(9)), 1)]);
        out.add(Section { path: path.clone(), id: String::new(), text: Print(u128::MAX), units });
    }
    out
}

#[test]
fn baselines_of_two_branches_merge_where_they_touch_different_documents() {
    let Some(repository) = Repository::new() else { return };
    let file = repository.path().join("clean.baseline");
    let rounds = 40;
    let mut conflicts = [0, 0, 0];
    for round in 0..rounds {
        let mut dice = Dice(round);
        let base: Vec<(String, u64)> = (0..dice.roll(30)).map(|n| (format!("news/{:02}.txt", 3 * n), 1)).collect();
        // Even ones are ours, odd ones theirs; each side changes, takes out and adds, next to the other.
        let side = |odd: u64, dice: &mut Dice| {
            let mut all = base.clone();
            for (path, number) in all.iter_mut().filter(|(path, _)| u64::from(path.as_bytes()[6]) % 2 == odd) {
                match dice.roll(4) {
                    0 => *number = 2,
                    1 => path.clear(),
                    _ => {}
                }
            }
            all.retain(|(path, _)| !path.is_empty());
            all.extend((0..1 + dice.roll(3)).map(|n| (format!("news/{:02}.txt", 3 * n + 1 + odd as usize), 1)));
            all
        };
        let (ours, theirs) = (side(0, &mut dice), side(1, &mut dice));
        let old = |(path, _): &&(String, u64)| base.iter().any(|(other, _)| other == path);
        let kept = |all: &[(String, u64)], odd: u64| -> Vec<(String, u64)> {
            let mine = |(path, _): &&(String, u64)| u64::from(path.as_bytes()[6]) % 2 == odd;
            let new = all.iter().filter(|entry| !old(entry));
            all.iter().filter(old).filter(mine).chain(new).cloned().collect()
        };
        let wanted = baseline(&[kept(&ours, 0), kept(&theirs, 1)].concat());
        // As it is; as a list without the lines that stay; and as git merges it when it is told to keep both sides.
        for (how, conflicts) in conflicts.iter_mut().enumerate() {
            let write = |documents: &[(String, u64)]| {
                let text = baseline(documents).write();
                let lines = text.lines().filter(|line| how != 1 || line.len() > 2);
                fs::write(&file, lines.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
            };
            let attributes = if how == 2 { "clean.baseline merge=union\n" } else { "" };
            fs::write(repository.path().join(".gitattributes"), attributes).unwrap();
            write(&base);
            repository.commit("base");
            repository.git(&["checkout", "-q", "-b", "side"]);
            write(&theirs);
            repository.commit("theirs");
            repository.git(&["checkout", "-q", "main"]);
            write(&ours);
            repository.commit("ours");
            let merged = repository.try_git(&["merge", "-q", "--no-edit", "side"]);
            if merged.status.success() {
                let merged = Baseline::parse(&repository.read("clean.baseline")).unwrap();
                let names = |all: &Baseline| all.sections().map(|s| s.path.clone()).collect::<BTreeSet<_>>();
                assert!(merged == wanted || how == 2 && names(&merged).is_superset(&names(&wanted)), "round {round}");
            } else {
                *conflicts += 1;
                assert!(Baseline::parse(&repository.read("clean.baseline")).unwrap_err().why.contains("conflict"));
                repository.git(&["merge", "--abort"]);
            }
            repository.git(&["branch", "-q", "-D", "side"]);
        }
    }
    eprintln!("of {rounds} merges, conflicts: {conflicts:?} (as it is, without the lines that stay, kept by union)");
    assert!(conflicts[0] <= 1 && conflicts[1] > rounds / 2 && conflicts[2] == 0, "{conflicts:?}");
}
