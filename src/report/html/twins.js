// Two documents side by side, with their differences.

async function openTwins(turn, one, other) {
  const article = byId("document");
  article.replaceChildren(el("p", { role: "status" }, "Opening…"));
  const both = [await detail(one), await detail(other)];
  if (turn !== follow.turn) return;
  const absent = [one, other].filter((_, n) => both[n].left).map((number) => rows[number]);
  const lines = both.map(({ text }) => text.split(/\r?\n/).filter((line) => line.trim()));
  const body = el("tbody");
  for (const [same, left, right] of align(...lines)) {
    for (let n = 0; n < Math.max(left.length, right.length); n += 1) body.append(pair(same, left[n], right[n]));
  }
  const title = (number) => el("th", { scope: "col" }, el("a", { href: `#doc-${number}` }, named(rows[number].id)),
    el("small", {}, rows[number].gone ? "went" : "stays"));
  tip.describe = undefined;
  const [left, right] = [one, other].map((number) => rows[number]);
  const table = el("table", { class: "twins" }, el("caption", { class: "away" }, "Both texts, line by line"),
    el("thead", {}, el("tr", {}, title(one), title(other))), body);
  const brief = el("p", {}, el("label", {}, el("input", { type: "checkbox", change: ({ target }) => table.classList.toggle("brief", target.checked) }),
    " Only lines that differ"));
  article.replaceChildren(
    el("nav", { "aria-label": "Back" }, el("a", { href: "#documents" }, "All documents")),
    el("h2", { id: "document-title", tabindex: "-1" }, "Side by side"),
    el("p", {}, named(left.id), " and ", named(right.id)),
    el("p", { class: "quiet" }, "Lines that are not blank. What only one of the two has is marked."),
    both.some(({ more }) => more) ? el("p", { class: "quiet" }, "The page does not hold all of these texts.") : "",
    ...(absent.length ? absent.map((row) => el("p", {}, named(row.id), ": ", LEFT_OUT)) : [brief, table]),
  );
  byId("document-title").focus();
}

// A row: two lines that are the same, or what differs between them.
function pair(same, left, right) {
  if (same) return el("tr", {}, cell([left]), cell([right]));
  const [before, after] = [[], []];
  if (left !== undefined && right !== undefined) {
    const words = [left, right].map((line) => line.match(/\s+|[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu) ?? []);
    for (const [alike, one, other] of align(...words)) {
      before.push(alike ? one.join("") : el("del", {}, ...shown(one.join(""))));
      after.push(alike ? other.join("") : el("ins", {}, ...shown(other.join(""))));
    }
  } else if (left !== undefined) before.push(el("del", {}, ...shown(left)));
  else after.push(el("ins", {}, ...shown(right)));
  return el("tr", { class: "other" }, cell(before), cell(after));
}

function cell(pieces) {
  return el("td", { dir: "auto" }, ...pieces.flatMap((piece) => (typeof piece === "string" ? shown(piece) : [piece])));
}
