//! The picture: lines for the theory, dots for what was measured, and below them how many pairs each dot stands for.

use std::fmt::Write;

use super::{BINS, Bin, Curve};

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 540.0;
/// The field of the curves: its upper left corner and its size.
const LEFT: f64 = 70.0;
const TOP: f64 = 50.0;
const WIDE: f64 = 760.0;
const HIGH: f64 = 380.0;
/// The Jaccard index at the left edge: the first of the bins that are shown.
const FIRST: usize = 18;
/// Colours that remain apart for all kinds of sight (Okabe and Ito), one a curve.
const COLOURS: [&str; 5] = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#a0529a"];

/// The picture of all curves.
pub(super) fn draw(curves: &[Curve]) -> String {
    let mut out = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13" fill="#222">
<title>Share of pairs that become candidates, by what they have in common</title>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>
"##
    );
    axes(&mut out);
    if let Some(curve) = curves.first() {
        counts(&mut out, &curve.bins);
    }
    for (nth, (curve, colour)) in curves.iter().zip(COLOURS).enumerate() {
        line(&mut out, curve, colour);
        dots(&mut out, curve, colour);
        legend(&mut out, nth, curve, colour);
    }
    out.push_str("</svg>\n");
    out
}

/// The place of a Jaccard index.
fn x(jaccard: f64) -> f64 {
    let first = FIRST as f64 / BINS as f64;
    LEFT + WIDE * (jaccard - first) / (1.0 - first)
}

/// The place of a share.
fn y(share: f64) -> f64 {
    TOP + HIGH * (1.0 - share)
}

fn text(out: &mut String, x: f64, y: f64, more: &str, text: &str) {
    let _ = writeln!(out, r#"<text x="{x:.1}" y="{y:.1}" {more}>{text}</text>"#);
}

fn stroke(out: &mut String, [x1, y1, x2, y2]: [f64; 4], colour: &str) {
    let _ = writeln!(out, r#"<path d="M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}" stroke="{colour}"/>"#);
}

fn axes(out: &mut String) {
    for tenth in 0..=10 {
        let share = f64::from(tenth) / 10.0;
        let at = y(share);
        stroke(out, [LEFT, at, LEFT + WIDE, at], if tenth == 0 { "#222" } else { "#ddd" });
        text(out, LEFT - 8.0, at + 4.0, r#"text-anchor="end""#, &format!("{share:.1}"));
    }
    for bin in (FIRST..=BINS).filter(|bin| bin % 2 == 0) {
        let jaccard = bin as f64 / BINS as f64;
        stroke(out, [x(jaccard), y(0.0), x(jaccard), y(0.0) + 5.0], "#222");
        text(out, x(jaccard), y(0.0) + 19.0, r#"text-anchor="middle""#, &format!("{jaccard:.2}"));
    }
    stroke(out, [LEFT, TOP, LEFT, y(0.0)], "#222");
    text(out, LEFT - 8.0, y(0.0) + 48.0, r##"text-anchor="end" font-size="11" fill="#555""##, "pairs");
    let middle = LEFT + WIDE / 2.0;
    let label = "Jaccard index of the two sets of 5-word shingles, counted";
    text(out, middle, HEIGHT - 36.0, r#"text-anchor="middle""#, label);
    let note = "lines: 1 − (1 − J^rows)^bands; dots: measured; the number below a dot: pairs in its bin";
    text(out, middle, HEIGHT - 14.0, r##"text-anchor="middle" fill="#555""##, note);
    text(out, LEFT - 50.0, TOP - 22.0, "", "share of pairs that agree in a band");
}

/// Below the axis, how many pairs lie in each bin.
fn counts(out: &mut String, bins: &[Bin]) {
    for (at, bin) in bins.iter().enumerate().skip(FIRST) {
        let middle = x((at as f64 + 0.5) / BINS as f64);
        text(
            out,
            middle,
            y(0.0) + 48.0,
            r##"text-anchor="middle" font-size="10" fill="#555""##,
            &bin.pairs.to_string(),
        );
    }
}

fn line(out: &mut String, curve: &Curve, colour: &str) {
    let steps = (FIRST * 10..=BINS * 10).map(|step| step as f64 / (BINS as f64 * 10.0));
    let points: Vec<String> = steps.map(|j| format!("{:.1},{:.1}", x(j), y(curve.meets(j)))).collect();
    let _ =
        writeln!(out, r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="1.6"/>"#, points.join(" "));
}

/// A dot a bin, at the mean of its pairs.
fn dots(out: &mut String, curve: &Curve, colour: &str) {
    for bin in curve.bins.iter().skip(FIRST).filter(|bin| bin.pairs > 0) {
        let pairs = bin.pairs as f64;
        let (cx, cy) = (x(bin.jaccard / pairs), y(bin.met as f64 / pairs));
        let _ = writeln!(
            out,
            r##"<circle cx="{cx:.1}" cy="{cy:.1}" r="3.4" fill="{colour}" stroke="#fff" stroke-width="0.8"/>"##
        );
    }
}

fn legend(out: &mut String, nth: usize, curve: &Curve, colour: &str) {
    let at = y(0.0) - 118.0 + 22.0 * nth as f64;
    let from = LEFT + WIDE - 190.0;
    stroke(out, [from, at, from + 28.0, at], colour);
    let _ = writeln!(out, r#"<circle cx="{:.1}" cy="{at:.1}" r="3.4" fill="{colour}"/>"#, from + 14.0);
    let bands = curve.bands;
    let label = format!("--alike 0.{}: {} bands of {}", curve.threshold, bands.bands, bands.rows);
    text(out, from + 36.0, at + 4.0, "", &label);
}
