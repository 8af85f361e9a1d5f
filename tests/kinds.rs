//! What findings are called: the kinds of page furniture, and how text came to stand in several documents.
#![allow(clippy::pedantic, clippy::unwrap_used)]

use std::fs;

use textclean::pipeline::{Options, run};
use textclean::report::Report;
use textclean::report::model::{Action, FindingEntry};
use textclean::types::{Evidence, Kind, SpanLength};

/// The report on files, and the cleaned text of each.
fn clean(files: &[(&str, String)], span: Option<SpanLength>) -> (Report, Vec<String>) {
    clean_by(files, span, &[])
}

/// As [`clean`], with these rules only; with all when there are none.
fn clean_by(files: &[(&str, String)], span: Option<SpanLength>, rules: &[&str]) -> (Report, Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    let (inputs, out) = (dir.path().join("in"), dir.path().join("out"));
    for (name, text) in files {
        let path = inputs.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut options = Options { out: out.clone(), stable: true, repeated_span: span, ..Options::new(vec![inputs]) };
    options.rules.retain(|rule| rules.is_empty() || rules.contains(&rule.id));
    run(&options).unwrap();
    let report = serde_json::from_slice(&fs::read(out.join("report.json")).unwrap()).unwrap();
    let cleaned = |(name, _): &(&str, String)| fs::read_to_string(out.join("cleaned").join(name)).unwrap_or_default();
    (report, files.iter().map(cleaned).collect())
}

/// The findings of a rule, with what their text is taken for.
fn found(report: &Report, rule: &str) -> Vec<(Kind, Action, String)> {
    let all = report.documents.iter().flat_map(|d| &d.findings).filter(|f| f.rule == rule);
    all.map(|f| (f.kind, f.action, because(f))).collect()
}

/// The reason, which names the kind of the finding.
fn because(finding: &FindingEntry) -> String {
    let reason = |e: &Evidence| match e {
        Evidence::Sharing { sharing, because } => {
            assert_eq!(*sharing, finding.kind);
            Some(because.to_string())
        }
        _ => None,
    };
    finding.evidence.iter().find_map(reason).unwrap_or_default()
}

const OTHER: [&str; 2] = [
    "Work on the new hall began in March and will take at least another fourteen months, as the plans have it.",
    "A goat was found on the roof of the school in the morning and was brought down by two firemen with a ladder.",
];

#[test]
fn a_quotation_stays_in_every_article() {
    for quotation in [
        "\"We will keep the library by the river open for as long as I am the mayor of this town,\" said the mayor.",
        "“We will keep the library open as long as I am mayor of this town,” she told the council, and a long and warm applause came from the benches.",
        "„Wir halten die Bücherei am Fluss offen, so lange ich hier Bürgermeisterin bin und so lange noch Bücher da sind“, sagte sie.",
        "« Nous garderons la bibliothèque ouverte tant que je serai maire de cette ville et que la rivière coulera », a déclaré la maire.",
        "«Mantendremos abierta la biblioteca mientras yo sea alcaldesa de esta ciudad y mientras corra el río», dijo la alcaldesa el martes.",
        "«Terremo aperta la biblioteca finché sarò sindaca di questa città e finché scorrerà il fiume», ha detto la sindaca martedì sera.",
        "“Vamos manter a biblioteca aberta enquanto eu for prefeita desta cidade e enquanto o rio correr”, disse a prefeita na terça-feira.",
        "«Мы сохраним библиотеку у реки открытой, пока я мэр этого города и пока течёт эта старая река», заявила мэр.",
        "“只要我还是这座城市的市长，我们就会让河边的图书馆继续开放，”市长在星期二晚上的会议上表示。",
    ] {
        let files: Vec<(&str, String)> = ["a.txt", "b.txt"]
            .into_iter()
            .zip(OTHER)
            .map(|(name, other)| (name, format!("{other}\n\n{quotation}\n")))
            .collect();
        for span in [None, Some(SpanLength::Bytes(50))] {
            let (report, cleaned) = clean(&files, span);
            assert!(cleaned.iter().zip(&files).all(|(cleaned, (_, text))| cleaned == text), "{cleaned:?}");
            let all = found(&report, "repeated-paragraph");
            let [(Kind::Quotation, Action::Note, because)] = all.as_slice() else { panic!("{quotation}: {all:?}") };
            assert!(because.contains("quotation marks"), "{because}");
        }
        assert_eq!(report_kind(&files), 1);
    }
}

/// Quotations that the report's totals count.
fn report_kind(files: &[(&str, String)]) -> u64 {
    clean(files, None).0.totals.kinds["quotation"].findings
}

#[test]
fn names_in_quotation_marks_are_no_quotation() {
    for shared in [
        "The forms \"A\", \"B one\", \"C\", \"D two\", \"E\", \"F\", \"G three\" and \"H\" can be had from the town hall by the river.",
        "The picture <img src=\"../images/the old bridge over the river.gif\"> was taken on the day when the river rose.",
        "The book ‘Rivers’ was read in the hall by the members of the council, who said that they had liked it.",
    ] {
        let files =
            [("a.txt", format!("{}\n\n{shared}\n", OTHER[0])), ("b.txt", format!("{}\n\n{shared}\n", OTHER[1]))];
        let (report, _) = clean(&files, None);
        let all = found(&report, "repeated-paragraph");
        assert_eq!(
            all.iter().map(|f| (f.0, f.1)).collect::<Vec<_>>(),
            [(Kind::Copy, Action::Cut)],
            "{shared}: {all:?}"
        );
    }
}

#[test]
fn what_stands_around_a_quotation_goes() {
    let shared = "The council met on Tuesday evening in the old hall by the river, and all of its members had come.\n\
                  “We will keep the library open as long as I am mayor,” the mayor said when the vote had been counted.\n\
                  After the vote the members went home, and the hall was closed for the works that begin in the spring.\n";
    let files = [("a.txt", format!("{}\n\n{shared}", OTHER[0])), ("b.txt", format!("{}\n\n{shared}", OTHER[1]))];
    let quotation = shared.lines().nth(1).unwrap();
    for (span, rules) in [(None, "repeated-paragraph"), (Some(SpanLength::Bytes(100)), "repeated-span")] {
        let (report, cleaned) = clean_by(&files, span, &[rules]);
        assert_eq!(cleaned[0], files[0].1);
        assert!(cleaned[1].contains(OTHER[1]) && cleaned[1].contains(quotation), "{}", cleaned[1]);
        assert!(!cleaned[1].contains("old hall") && !cleaned[1].contains("went home"), "{}", cleaned[1]);
        let all: Vec<(Kind, Action)> = found(&report, rules).into_iter().map(|f| (f.0, f.1)).collect();
        assert_eq!(all, [(Kind::Copy, Action::Cut), (Kind::Quotation, Action::Note), (Kind::Copy, Action::Cut)]);
    }
}

#[test]
fn a_quotation_that_its_own_article_repeats_goes() {
    let quotation = "“We will keep the library open as long as I am mayor of this town,” the mayor said on Tuesday.";
    let files = [("a.txt", format!("{}\n\n{quotation}\n\n{}\n\n{quotation}\n", OTHER[0], OTHER[1]))];
    let (report, cleaned) = clean(&files, None);
    assert_eq!(cleaned[0].matches("“We will").count(), 1);
    assert_eq!(found(&report, "repeated-block"), [(Kind::Copy, Action::Cut, String::new())]);
}

#[test]
fn reported_speech_without_marks_is_told_by_the_words_around_it() {
    let words = "nobody in this town will have to walk more than a mile to borrow a book from the library";
    let files = [
        ("a.txt", format!("The mayor told the council that {words}, and the hall was silent for a while.\n")),
        (
            "b.txt",
            format!(
                "In March we heard another tone in the hall by the river: {words}. We will see what comes of it.\n"
            ),
        ),
    ];
    let (report, _) = clean(&files, None);
    let all = found(&report, "shared-passage");
    assert_eq!(all[0], (Kind::Quotation, Action::Note, "is attributed in the same paragraph: told".into()));
    assert_eq!(all[1].0, Kind::Copy);
}

/// An article with paragraphs of its own, and some that others have too.
fn article(own: usize, shared: usize) -> String {
    let paragraph = |seed: usize| {
        let word = |i: usize| {
            ["river", "council", "garden", "winter", "market", "letter", "teacher", "engine"][(seed * 7 + i * i) % 8]
        };
        (0..24).map(|i| format!("{}{}", word(i), (seed * 31 + i) % 97)).collect::<Vec<_>>().join(" ") + "."
    };
    let own = (0..3).map(|i| paragraph(own + i));
    let shared = (0..shared).map(|i| paragraph(900 + i));
    own.chain(shared).collect::<Vec<_>>().join("\n\n") + "\n"
}

#[test]
fn an_article_of_another_host_is_syndicated() {
    let record = |url: &str, text: String| {
        let url = if url.is_empty() { String::new() } else { format!("\"url\":\"{url}\",") };
        format!("{{{url}\"text\":{}}}\n", serde_json::to_string(&text).unwrap())
    };
    let records = |one: &str, other: &str, shared| {
        vec![("a.jsonl", record(one, article(100, shared)) + &record(other, article(500, shared)))]
    };
    let folders = |one, other, shared| vec![(one, article(100, shared)), (other, article(500, shared))];
    for (files, kind) in [
        (records("https://a.example/1", "https://b.example/2", 6), Kind::Syndication),
        (records("http:\\/\\/a.example\\/1", "http:\\/\\/b.example\\/2", 6), Kind::Syndication),
        (records("https://a.example/1", "https://www.a.example/2", 6), Kind::Copy),
        (records("https://a.example/1", "https://b.example/2", 2), Kind::Copy),
        (records("", "", 6), Kind::Copy),
        (folders("one/a.txt", "two/b.txt", 6), Kind::Syndication),
        (folders("one/a.txt", "one/two/b.txt", 6), Kind::Copy),
    ] {
        let (report, _) = clean(&files, None);
        let all = found(&report, "repeated-paragraph");
        assert!(!all.is_empty() && all.iter().all(|f| f.0 == kind && f.1 == Action::Cut), "{kind}: {all:?}");
        if kind == Kind::Syndication {
            assert_eq!(all[0].2, "144 of the 216 words of the article stand in documents of other hosts");
        }
    }
}

#[test]
fn a_twin_of_another_host_is_syndicated() {
    let files = |one, other| [(one, article(100, 3)), (other, article(100, 3))];
    for (files, kind) in [(files("a/x.txt", "b/x.txt"), Kind::Syndication), (files("a/x.txt", "a/y.txt"), Kind::Copy)] {
        let (report, _) = clean(&files, None);
        assert_eq!(found(&report, "twin-document").first().map(|f| (f.0, f.1)), Some((kind, Action::Drop)));
    }
}

#[test]
fn lines_at_the_same_place_of_one_host_are_its_template() {
    let page = |n: usize, top: &str| {
        format!("{top}\n\n{}\n\nThe valley in one page\n\nPrinted at the mill\n", article(n * 40, 0))
    };
    let all = |top: [&str; 3], folders: [&'static str; 3]| -> Vec<(Kind, String)> {
        let files: Vec<(&str, String)> = (0..3).map(|n| (folders[n], page(n, top[n]))).collect();
        let (report, _) = clean(&files, None);
        found(&report, "template-line").into_iter().map(|(kind, _, because)| (kind, because)).collect()
    };
    let here = ["a/1.txt", "a/2.txt", "a/3.txt"];
    let same = all(["News of the valley"; 3], here);
    // The first line has the page's edge beside it, the last two have each other: one finding for all of a document.
    assert_eq!(same.len(), 3);
    assert!(same.iter().all(|(kind, _)| *kind == Kind::Template), "{same:?}");
    assert_eq!(same[0].1, "at the same place in 3 documents of its host, as the page's beginning");
    let apart = all(["News of the valley"; 3], ["a/1.txt", "b/2.txt", "c/3.txt"]);
    assert!(apart.len() == 3 && apart.iter().all(|(kind, _)| *kind == Kind::Copy), "{apart:?}");
    let moved = all(
        [
            "News of the valley",
            "Also\n\nNews of the valley\n\nOnce",
            "Now\n\nAnd\n\nNews of the valley\n\nThen\n\nMore",
        ],
        here,
    );
    assert!(moved.contains(&(Kind::Copy, String::new())), "{moved:?}");
}

#[test]
fn page_furniture_has_the_kind_of_its_phrases() {
    let text = format!(
        "{}\n\n{}\n\nSubscribe to our newsletter\n\nEvery week\n\nShare on Facebook\n\n© 2021 All rights reserved\n\nAdvertisement\n",
        OTHER[0], OTHER[1]
    );
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), text).unwrap();
    let out = dir.path().join("out");
    run(&Options { out: out.clone(), stable: true, ..Options::new(vec![dir.path().join("a.txt")]) }).unwrap();
    let report: Report = serde_json::from_slice(&fs::read(out.join("report.json")).unwrap()).unwrap();
    let by_phrases = report.documents[0].findings.iter().filter(|f| f.rule != "page-furniture");
    let all: Vec<(&str, Kind)> = by_phrases.map(|f| (f.rule.as_ref(), f.kind)).collect();
    assert_eq!(
        all,
        [
            ("subscription-appeal", Kind::Subscription),
            ("page-tail", Kind::Subscription),
            ("share-bar", Kind::Share),
            ("legal-notice", Kind::Legal),
            ("ad-label", Kind::Ad),
        ]
    );
    assert_eq!(report.totals.kinds["subscription"].words, 6);
    let removed = fs::read_to_string(out.join("removed.jsonl")).unwrap();
    assert!(removed.contains("\"kinds\":[\"subscription\",\"ad\",\"share\",\"legal\"]"), "{removed}");
}

#[test]
fn names_of_kinds_are_those_of_the_report() {
    for &kind in Kind::ALL {
        assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
    }
}
