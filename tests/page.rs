//! `report.html` in a real browser: searched, sorted, documents opened, and nothing that stands in a document does anything.
#![cfg(unix)]
#![allow(clippy::pedantic, clippy::unwrap_used)]

mod browser;

use std::fs;
use std::io::Write;
use std::path::Path;

use browser::Browser;
use serde_json::{Value, json};
use textclean::pipeline::{Options, run};
use textclean::report::html::Held;

/// Would run if any of it were markup; the characters turn the direction and colour terminals.
const PLANTED: &str = "</script><script>window.planted = 1</script><img src=x onerror='window.planted = 2'>\
                       <svg onload='window.planted = 3'>\u{202E}turned\u{202C} \u{1B}[31mred\u{1B}[0m {{rows}} <!-- <script>";

/// The sample whose picture the README shows.
const PICTURED: usize = 0;

const ARTICLE: &str = "The bridge over the river was closed on Monday\n\n\
    The town council closed the old bridge on Monday after engineers found cracks in two of its stone pillars below the water.\n\n\
    Drivers have to take the road along the northern bank until the repairs are done, which may last until the early spring.\n\n\
    Share on Facebook\n\n\
    The mayor said that the money for the work had been set aside two years ago, when the first damage was seen by divers.\n";

fn write(dir: &Path) {
    fs::create_dir(dir).unwrap();
    let mut records: Vec<Value> = vec![
        json!({"id": "bridge", "text": ARTICLE}),
        json!({"id": "bridge-again", "text": ARTICLE.replace("early spring", "late spring")}),
        json!({"id": format!("hostile {PLANTED}"), "text": format!("{PLANTED}\n\n{ARTICLE}").replace("bridge", "tunnel")}),
        json!({"id": "broken", "text": "The cafÃ© on the corner of the square has been open since the year in which the station was built.\n"}),
    ];
    records.extend((0..250).map(|n| {
        let text: Vec<String> = (0..12).map(|word| format!("word{}", n * 31 + word * 7)).collect();
        json!({"id": format!("small-{n:03}"), "text": text.join(" ")})
    }));
    let lines: Vec<String> = records.iter().map(|record| format!("{record}\n")).collect();
    fs::write(dir.join("records.jsonl"), lines.concat()).unwrap();
}

fn cleaned(dir: &Path, out: &Path, threads: usize, shard_bytes: u64) {
    held(dir, out, threads, shard_bytes, 128 << 20);
}

/// The page for a run whose texts may take that many bytes in it.
fn held(dir: &Path, out: &Path, threads: usize, shard_bytes: u64, html_bytes: u64) -> Held {
    let options = Options::new(vec![dir.to_owned()]);
    let options =
        Options { out: out.to_owned(), threads, shard_bytes, html: true, html_bytes, stable: true, ..options };
    run(&options).unwrap().page.unwrap()
}

#[test]
fn the_page_does_not_depend_on_threads_and_shards_and_holds_no_markup_of_documents() {
    let dir = tempfile::tempdir().unwrap();
    let inputs = dir.path().join("in");
    write(&inputs);
    let pages = [(1, 4 << 20), (3, 512)].map(|(threads, bytes)| {
        let out = dir.path().join(format!("out-{threads}"));
        cleaned(&inputs, &out, threads, bytes);
        fs::read(out.join("report.html")).unwrap()
    });
    assert!(pages[0] == pages[1]);
    let page = String::from_utf8(pages[0].clone()).unwrap();
    assert!(!page.contains("window.planted = 1</script>") && !page.contains("<img") && !page.contains("<svg"));
    assert_eq!(page.matches("application/zlib").count(), 254);
    // A later run without it leaves none that tells of another result.
    let out = dir.path().join("out-1");
    run(&Options { out: out.clone(), ..Options::new(vec![inputs.clone()]) }).unwrap();
    assert!(!out.join("report.html").exists());
    // What somebody else wrote under that name stays.
    fs::write(out.join("report.html"), "<!doctype html><p>mine").unwrap();
    assert!(run(&Options { out: out.clone(), ..Options::new(vec![inputs]) }).is_err());
    assert_eq!(fs::read_to_string(out.join("report.html")).unwrap(), "<!doctype html><p>mine");
}

#[test]
fn a_page_that_would_be_too_large_holds_what_there_is_to_see() {
    let dir = tempfile::tempdir().unwrap();
    let inputs = dir.path().join("in");
    write(&inputs);
    let pages = [(1, 4 << 20), (3, 512)].map(|(threads, bytes)| {
        let out = dir.path().join(format!("out-{threads}"));
        let held = held(&inputs, &out, threads, bytes, 6000);
        (held, fs::read_to_string(out.join("report.html")).unwrap())
    });
    let [(held, page), other] = pages;
    assert!(held == other.0 && page == other.1);
    assert!((held.documents, held.rows) == (254, 254) && held.texts > 4 && held.texts < 100, "{held:?}");
    assert!(page.contains(&held.said()) && held.said().contains("of 254 documents"), "{}", held.said());
    let details = page.lines().filter_map(|line| line.strip_prefix("<script type=\"application/zlib\">"));
    let kept: Vec<bool> = details.clone().map(|rest| rest != "</script>").collect();
    assert_eq!((kept.len(), kept.iter().filter(|kept| **kept).count() as u64), (254, held.texts));
    // What was cut, what went, and for whom it went; of the small ones, in which nothing is found, the first.
    assert!(kept[..held.texts as usize].iter().all(|kept| *kept));
    assert!(details.map(|rest| rest.len() as u64).sum::<u64>() < 6000 + 254 * 10);

    let Some(mut browser) = Browser::start() else { return };
    browser.open(&format!("file://{}/report.html", dir.path().join("out-1").display()));
    assert_eq!(browser.js("document.getElementById('held').textContent"), held.said());
    browser.js("location.hash = '#doc-253'");
    browser.wait("document.getElementById('document').textContent.includes('would have become too large')");
    browser.js("location.hash = '#doc-0'");
    browser.wait("document.querySelector('.text del.cut')");
    browser.js("location.hash = '#twins-0-253'");
    browser.wait("document.getElementById('document').textContent.includes('would have become too large')");
    assert_eq!(browser.js("document.querySelectorAll('table.twins').length"), 0);
}

/// [axe](https://github.com/dequelabs/axe-core) on every view, light and dark, wide and narrow.
#[test]
fn axe_finds_nothing() {
    let Some(axe) = std::env::var_os("AXE") else {
        writeln!(
            std::io::stderr(),
            "SKIPPED: AXE does not name an axe.min.js (npm pack axe-core), so it was not asked"
        )
        .unwrap();
        return;
    };
    let axe = fs::read_to_string(axe).unwrap();
    let Some(mut browser) = Browser::start() else { return };
    let dir = tempfile::tempdir().unwrap();
    let inputs = dir.path().join("in");
    write(&inputs);
    cleaned(&inputs, &dir.path().join("out"), 2, 4 << 20);
    browser.open(&format!("file://{}/report.html", dir.path().join("out").display()));
    browser.js(&format!("{axe}; true"));
    let run = "axe.run().then(found => found.violations.map(fault => [fault.id, fault.impact, fault.nodes.map(node => node.html)]))";
    for (scheme, width) in [("light", 1280), ("light", 400), ("dark", 1280), ("dark", 400)] {
        let feature = json!({"name": "prefers-color-scheme", "value": scheme});
        browser.call("Emulation.setEmulatedMedia", json!({"features": [feature]}));
        let size = json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false});
        browser.call("Emulation.setDeviceMetricsOverride", size);
        for (hash, there) in [
            ("", "!document.getElementById('overview').hidden"),
            ("#doc-0", "document.querySelector('.text del.cut')"),
            ("#doc-2", "document.querySelector('.text .unseen')"),
            ("#twins-0-1", "document.querySelector('table.twins')"),
        ] {
            browser.js(&format!("location.hash = '{hash}'"));
            browser.wait(there);
            // With the tip of a mark, or the members of a cluster.
            browser.js("(document.querySelector('.text [data-findings]') ?? document.querySelector('.clusters summary'))?.focus()");
            browser.js("document.querySelector('.clusters details').open = true");
            assert_eq!(browser.js(run), json!([]), "{scheme}, {width} pixels, {hash}");
        }
    }
    // It does find what is wrong.
    browser.js("{ const image = document.createElement('img'); document.querySelector('main').append(image); }");
    assert_eq!(browser.js(run)[0][0], "image-alt");
}

#[test]
fn a_browser_shows_it() {
    let Some(mut browser) = Browser::start() else {
        writeln!(std::io::stderr(), "SKIPPED: no Chromium is installed, so report.html was not opened in one").unwrap();
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let inputs = dir.path().join("in");
    write(&inputs);
    cleaned(&inputs, &dir.path().join("out"), 2, 4 << 20);
    let address = format!("file://{}/report.html", dir.path().join("out").display());
    browser.open(&address);
    let names = "[...document.querySelectorAll('#documents tbody th a')].map(a => a.textContent)";
    let first = |names: &Value| names[0].as_str().unwrap().to_owned();

    // The table: pages, order, search, filters.
    let shown = browser.js(names);
    assert_eq!((shown.as_array().unwrap().len(), first(&shown)), (100, "bridge".into()));
    browser.js("document.querySelector('[data-key=id] button').click()");
    browser.js("document.querySelector('[data-key=id] button').click()");
    assert_eq!(browser.js("document.querySelector('[data-key=id]').ariaSort"), "descending");
    assert_eq!(first(&browser.js(names)), "small-249");
    browser.js("[...document.querySelectorAll('#pages button')].find(b => b.textContent === 'Last').click()");
    assert_eq!(browser.js(names).as_array().unwrap().len(), 54);
    let fill = |id: &str, value: &str| {
        format!(
            "{{ const it = document.getElementById('{id}'); it.value = '{value}'; it.dispatchEvent(new Event('input', {{bubbles: true}})); }}"
        )
    };
    browser.js(&fill("search", "SMALL-01"));
    assert_eq!(browser.js(names).as_array().unwrap().len(), 10);
    browser.js(&fill("search", ""));
    browser.js(&fill("show", "gone"));
    assert_eq!(browser.js(names), json!(["bridge-again"]));
    browser.js(&fill("show", "all"));
    browser.js(&fill("rule", "mojibake"));
    assert_eq!(browser.js(names), json!(["broken"]));

    // A patch, and its way back to the table.
    browser.js("document.querySelector('#documents tbody a').click()");
    browser.wait("document.querySelector('.text .patch')");
    assert_eq!(browser.js("document.querySelector('.text .patch ins').textContent"), "é");
    browser.js("document.querySelector('article nav a').click()");
    browser.wait("!document.getElementById('overview').hidden");
    browser.js(&fill("rule", ""));

    // A cluster, opened by keyboard, and one of its members beside the one that stays.
    assert_eq!(
        browser.js("document.querySelector('#clusters p').textContent"),
        "1 document went because 1 other stays."
    );
    browser.js("document.querySelector('#clusters summary').focus()");
    browser.press("Enter", 13);
    browser.wait("document.querySelector('#clusters .beside')");
    assert_eq!(browser.js("document.querySelector('#clusters li li a').textContent"), "bridge-again");
    browser.js("document.querySelector('#clusters .beside').click()");
    browser.wait("document.querySelector('table.twins')");
    assert_eq!(browser.js("location.hash"), "#twins-0-1");
    let lines = "[...document.querySelectorAll('table.twins tbody tr')].filter(row => row.checkVisibility()).length";
    assert_eq!(browser.js(lines), 5);
    browser.js("document.querySelector('article input').click()");
    assert_eq!(browser.js(lines), 1);

    // A document with a cut: its reason by keyboard, by pointer, and in the list.
    browser.js("location.hash = '#doc-0'");
    browser.wait("document.querySelector('.text del.cut')");
    assert!(
        browser
            .js("document.querySelector('.text del.cut').textContent")
            .as_str()
            .unwrap()
            .contains("Share on Facebook")
    );
    let text = browser.js("document.querySelector('.text').textContent");
    assert_eq!(text.as_str().unwrap(), ARTICLE);
    let on_cut = "document.activeElement.matches('del.cut')";
    for _ in 0..40 {
        if browser.js(on_cut) == true {
            break;
        }
        browser.press("Tab", 9);
    }
    assert_eq!(browser.js(on_cut), true);
    browser.wait("!document.getElementById('tip').hidden");
    let tip = browser.js("document.getElementById('tip').textContent");
    assert!(
        tip.as_str().unwrap().contains("share-bar cut") && tip.as_str().unwrap().contains("phrases of the list"),
        "{tip}"
    );
    assert_eq!(browser.js("document.activeElement.getAttribute('aria-describedby')"), "tip");
    browser.press("Escape", 27);
    assert_eq!(browser.js("document.getElementById('tip').hidden"), true);
    let place = browser.js("{ const l = [...document.querySelector('.text del.cut').getClientRects()].sort((a, b) => b.width - a.width)[0]; ({x: l.left + 3, y: l.top + 3}) }");
    for (x, y) in [(json!(1), json!(1)), (place["x"].clone(), place["y"].clone())] {
        browser.call("Input.dispatchMouseEvent", json!({"type": "mouseMoved", "x": x, "y": y}));
    }
    browser.wait("!document.getElementById('tip').hidden");
    assert!(browser.js("document.querySelector('.findings').textContent").as_str().unwrap().contains("share-bar"));

    // Its twin, side by side.
    browser.js("document.querySelector('.beside').click()");
    browser.wait("document.querySelector('table.twins')");
    let differences = "[...document.querySelectorAll('.twins del, .twins ins')].map(e => e.textContent)";
    assert_eq!(browser.js(differences), json!(["early", "late"]));

    // What would run stands there as text, and what cannot be seen is written out.
    browser.js("location.hash = '#doc-2'");
    browser.wait("document.querySelector('.text')?.textContent.includes('tunnel')");
    let text = browser.js("document.querySelector('.text').textContent");
    let written = PLANTED.replace('\u{202E}', "U+202E").replace('\u{202C}', "U+202C").replace('\u{1B}', "U+001B");
    assert!(text.as_str().unwrap().starts_with(&written), "{text}");
    assert_eq!(browser.js("document.querySelector('h2[tabindex]').textContent"), format!("hostile {written}"));
    assert_eq!(browser.js("window.planted === undefined"), true);
    assert_eq!(browser.js("document.querySelectorAll('main img, .text svg, .text script').length"), 0);
    // Even a script that got into the page would not run.
    browser.events.clear();
    browser.js("{ const s = document.createElement('script'); s.textContent = 'window.planted = 4'; document.body.append(s); }");
    assert_eq!(browser.js("window.planted === undefined"), true);
    assert!(browser.events.iter().any(|e| e["method"] == "Log.entryAdded"), "the policy says that it refused");

    // All again, from the address: nothing is asked of a network, nothing goes wrong.
    browser.open("about:blank");
    browser.open(&format!("{address}#doc-1"));
    browser.wait("document.querySelector('.text')");
    let of = |method: &str| browser.events.iter().filter(|e| e["method"] == method).cloned().collect::<Vec<_>>();
    assert_eq!(of("Network.requestWillBeSent").len(), 1, "{:?}", of("Network.requestWillBeSent"));
    for method in ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"] {
        assert_eq!(of(method), Vec::<Value>::new());
    }
    assert!(browser.js("document.documentElement.scrollWidth <= innerWidth") == true);
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": false}),
    );
    for hash in ["", "#doc-2", "#twins-0-1"] {
        browser.js(&format!("location.hash = '{hash}'"));
        browser.wait(if hash.is_empty() {
            "!document.getElementById('overview').hidden"
        } else {
            "document.querySelector('article h2')"
        });
        assert!(browser.js("document.documentElement.scrollWidth <= innerWidth") == true, "too wide at {hash}");
    }
}

/// The picture of the page in the README, from the samples: `cargo test --test page picture -- --ignored`.
#[test]
#[ignore = "writes docs/report.png and docs/report-dark.png"]
fn picture() {
    use base64::Engine as _;
    let mut browser = Browser::start().expect("a Chromium takes the picture");
    let dir = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    cleaned(&root.join("inputs"), dir.path(), 0, 4 << 20);
    browser.open(&format!("file://{}/report.html", dir.path().display()));
    browser.js(&format!("location.hash = '#doc-{PICTURED}'"));
    browser.wait("document.querySelector('.text .cut')");
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": 1120, "height": 720, "deviceScaleFactor": 1, "mobile": false}),
    );
    browser.call("Emulation.setScrollbarsHidden", json!({"hidden": true}));
    for (scheme, name) in [("light", "docs/report.png"), ("dark", "docs/report-dark.png")] {
        let feature = json!({"name": "prefers-color-scheme", "value": scheme});
        browser.call("Emulation.setEmulatedMedia", json!({"features": [feature]}));
        browser.js("document.activeElement.blur()");
        browser.js("document.querySelectorAll('.text .cut')[1].focus({preventScroll: true})");
        browser.wait("!document.getElementById('tip').hidden");
        let shot = browser.call("Page.captureScreenshot", json!({"format": "png"}));
        let png = base64::prelude::BASE64_STANDARD.decode(shot["data"].as_str().unwrap()).unwrap();
        fs::write(root.join(name), png).unwrap();
    }
}
