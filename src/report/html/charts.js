// Totals and charts. A chart is a table with bars, so that it can be read without seeing them.

function totals() {
  const { documents, twins, changed, words_before, words_after, inputs, unreadable } = head.totals;
  const gone = words_before - words_after;
  const facts = [
    ["Documents", count(documents), `in ${count(inputs, "file")}${unreadable ? `, ${count(unreadable)} unreadable` : ""}`],
    ["Whole documents gone", count(twins), percent(twins, documents)],
    ["Changed", count(changed), percent(changed, documents)],
    ["Words read", count(words_before), `${count(words_after)} kept`],
    ["Words gone", count(gone), percent(gone, words_before)],
  ];
  for (const [what, figure, more] of facts) {
    byId("totals").append(el("div", {}, el("dt", {}, what), el("dd", {}, el("b", {}, figure), el("span", {}, more))));
  }
  const { troubles, more_troubles } = head;
  if (!troubles.length) return;
  const line = ({ path, place, kind, message }) =>
    el("li", {}, named(path), place === undefined || place === null ? "" : ` at byte ${place}`, `: ${kind}: `, ...shown(message));
  const list = el("ul", {}, ...troubles.map(line));
  if (more_troubles) list.append(el("li", {}, `and ${count(more_troubles)} more of these`));
  const all = count(troubles.length + more_troubles, "trouble");
  byId("troubles").append(el("details", {}, el("summary", {}, `${all} while reading`), list));
}

// A chart of [label, what it counts, figure, share, what a click does].
function chart(title, unit, lines, kind = "") {
  const most = Math.max(...lines.map((line) => line.value), 1e-9);
  const body = lines.map(({ label, value, text, act }) =>
    el("tr", {},
      el("th", { scope: "row" }, act ? el("button", { type: "button", class: "plain", click: act }, label) : label),
      el("td", { class: "figure" }, text),
      el("td", { class: "bar", "aria-hidden": "true" }, bar(value / most))));
  const top = el("tr", { class: "away" }, el("th", { scope: "col" }, title), el("th", { scope: "col" }, unit), el("td"));
  return el("table", { class: `chart ${kind}` }, el("caption", {}, title, el("small", {}, unit)),
    el("thead", {}, top), el("tbody", {}, ...body));
}

function bar(share) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const filled = document.createElementNS(space, "rect");
  filled.setAttribute("width", `${Math.max(100 * share, share > 0 ? 0.5 : 0)}%`);
  filled.setAttribute("height", "100%");
  picture.append(filled);
  return picture;
}

function byWords(title, counts, act) {
  const lines = Object.entries(counts).filter(([, count]) => count.words > 0);
  lines.sort((a, b) => b[1].words - a[1].words || (a[0] < b[0] ? -1 : 1));
  const all = head.totals.words_before;
  return chart(title, "words gone, of all", lines.map(([label, { words }]) => ({
    label, value: words, text: `${count(words)} (${percent(words, all)})`, act: act && (() => act(label)),
  })));
}

const STEPS = [0.05, 0.1, 0.2, 0.3, 0.5, 1];

// Documents by the share of their words that went.
function byShare() {
  const labels = ["nothing", ...STEPS.map((step, n) => `${100 * (STEPS[n - 1] ?? 0)} to ${100 * step}%`), "whole document"];
  const bins = labels.map((label) => ({ label, value: 0 }));
  for (const { gone, share } of rows) {
    const step = STEPS.findIndex((step) => share < step);
    bins[gone ? labels.length - 1 : share <= 0 ? 0 : 1 + (step < 0 ? STEPS.length - 1 : step)].value += 1;
  }
  bins.forEach((bin) => (bin.text = `${count(bin.value)} (${percent(bin.value, rows.length)})`));
  return chart("By share of the document", rows.length < head.totals.documents ? "documents of this page" : "documents", bins);
}

function charts(chooseRule) {
  const { rules, kinds, categories } = head.totals;
  const all = [byWords("By rule", rules, chooseRule), byWords("By category", categories), byWords("By kind", kinds), byShare()];
  byId("charts").append(...all);
}
