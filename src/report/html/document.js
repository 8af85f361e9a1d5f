// One document: what became of it, its text with marks, and the list of findings.

async function openDocument(turn, number, place) {
  const row = rows[number];
  const article = byId("document");
  article.replaceChildren(el("p", { role: "status" }, "Opening…"));
  const found = await detail(number);
  const { text, more } = found;
  if (turn !== follow.turn) return;
  if (found.left) {
    article.replaceChildren(...heading(row), ...fate(row, found), el("p", {}, LEFT_OUT));
    byId("document-title").focus();
    return;
  }
  const bytes = new Bytes(text);
  const marks = new Map();
  const body = el("div", { class: row.gone ? "text gone" : "text", dir: "auto" });
  body.append(...marked(bytes, found, marks));
  if (more) body.append(el("p", { class: "quiet" }, `The page holds no more of this text; ${count(more, "byte")} follow.`));
  tip.describe = (n) => reasons(found.findings[n]);
  const list = findings(found, marks, number);
  article.replaceChildren(...heading(row), ...fate(row, found), steps(body),
    el("div", { class: "reading" }, el("section", { "aria-label": "Text as read" }, body), list));
  if (place !== undefined) showPlace(body, bytes, place);
  else byId("document-title").focus();
}

// What to say of a document that is in the table only.
const LEFT_OUT = "This page would have become too large with the text of this document and what was found in it. "
  + "report.json has the findings, and clean explain tells why a line went.";

function heading(row) {
  const at = row.place ? ` at byte ${count(row.place)}` : "";
  const title = el("h2", { id: "document-title", tabindex: "-1" }, named(row.id));
  return [el("nav", { "aria-label": "Back" }, el("a", { href: "#documents" }, "All documents")), title,
    row.path === row.id && !at ? undefined : el("p", { class: "quiet" }, named(row.path), at)].filter(Boolean);
}

function fate(row, { encoding }) {
  const { before, after, gone } = row;
  const stays = `${count(after)} of ${count(before, "word")} kept, ${percent(before - after, before)} gone; `;
  const lines = [el("p", {}, el("b", {}, gone ? "The whole document went" : "The document stays"), ": ",
    gone ? count(before, "word") + "; " : stays,
    `${count(row.findings, "finding")}, ${count(row.edits, "edit")}`, encoding ? `; read from ${encoding}` : "")];
  const others = followers.get(row.id);
  if (others && byName.get(row.id) === row) {
    const list = others.slice(0, 200).map((other) => el("li", {}, linkTo(other.id), " ", besideLink(row.number, other.id)));
    if (others.length > 200) list.push(el("li", {}, `and ${count(others.length - 200)} more`));
    lines.push(el("details", {}, el("summary", {}, `${count(others.length, "document")} went because it stays`), el("ul", {}, ...list)));
  }
  return lines;
}

// Buttons that go from change to change, or where there is none, from mark to mark; the tabulator key goes to all.
function steps(body) {
  const changes = [...body.querySelectorAll(".mark.cut, .mark.patch")];
  const marks = changes.length ? changes : [...body.querySelectorAll(".mark")];
  const what = changes.length ? "change" : "mark";
  if (!marks.length) return el("p", { class: "quiet" }, "Nothing is marked in this text.");
  const now = { at: -1 };
  body.addEventListener("focusin", ({ target }) => (now.at = marks.includes(target) ? marks.indexOf(target) : now.at));
  const go = (step) => {
    now.at = now.at < 0 && step < 0 ? marks.length - 1 : (now.at + step + marks.length) % marks.length;
    showMark(marks[now.at]);
  };
  const button = (label, step) => el("button", { type: "button", click: () => go(step) }, label);
  return el("div", { class: "steps", role: "group", "aria-label": `Go through the text: ${count(marks.length, what)}` },
    button(`Previous ${what}`, -1), button(`Next ${what}`, 1),
    el("span", { class: "key" }, el("del", { class: "cut" }, "cut"), " ", el("span", { class: "patch" }, el("ins", {}, "replaced")), " ",
      el("span", { class: "left" }, "found, left alone")));
}

function showMark(mark) {
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
}

function findings(found, marks, number) {
  const item = (finding, n) => {
    const { first, last } = finding;
    const label = finding.action === "drop" ? "Whole document" : first === last ? `Line ${first}` : `Lines ${first} to ${last}`;
    const mark = marks.get(n);
    const where = mark ? el("button", { type: "button", class: "plain", click: () => showMark(mark) }, label) : label;
    return el("li", {}, el("p", { class: "where" }, where), ...reasons(finding), ...elsewhere(finding, number));
  };
  return el("aside", { class: "findings", "aria-labelledby": "findings-title" }, el("h3", { id: "findings-title" }, "Findings"),
    found.findings.length ? el("ol", {}, ...found.findings.map(item)) : el("p", { class: "quiet" }, "No rule found anything."));
}

// Links to the documents that the evidence names.
function elsewhere({ others }, number) {
  const there = others.filter(({ document }) => byName.has(document));
  return there.map(({ document, start }) => {
    const row = byName.get(document);
    if (start !== null) return el("p", {}, el("a", { href: `#doc-${row.number}-${start}` }, "to the first copy"));
    return el("p", {}, el("a", { href: `#doc-${row.number}` }, "to that document"), ", ", besideLink(number, document));
  });
}

function besideLink(number, id) {
  const other = byName.get(id);
  return other ? el("a", { class: "beside", href: `#twins-${number}-${other.number}` }, "side by side") : "";
}

// Scrolls to a byte of the text. Marks hold all of their text, so the place is found by counting.
function showPlace(body, bytes, place) {
  const mark = el("span", { class: "place", tabindex: "-1" });
  let rest = bytes.slice(0, Math.min(place, bytes.length)).length;
  const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const hidden = node.parentElement.closest("ins, .unseen");
    const length = hidden ? (hidden.matches(".unseen") ? 1 : 0) : node.length;
    if (rest <= length) {
      (hidden ?? node.splitText(Math.min(rest, node.length))).before(mark);
      break;
    }
    rest -= length;
  }
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
}
