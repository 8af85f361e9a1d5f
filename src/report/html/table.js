// The table of documents: searched, filtered, sorted, a page of it at a time.

const PER_PAGE = 100;

const COLUMNS = [
  { key: "id", label: "Document", up: true },
  { key: "before", label: "Words", wide: true },
  { key: "share", label: "Gone" },
  { key: "findings", label: "Findings", wide: true },
  { key: "edits", label: "Edits", wide: true },
  { key: "twins", label: "Twins" },
];

const SHOWN = {
  all: ["all documents", () => true],
  changed: ["changed", (row) => !row.gone && row.edits > 0],
  gone: ["gone as a whole", (row) => row.gone],
  found: ["found, not changed", (row) => !row.gone && !row.edits && row.findings > 0],
  clean: ["nothing found", (row) => !row.findings],
  twins: ["others went for it", (row) => row.twins > 0],
};

// None sorted by: reading order.
const view = { sort: undefined, up: false, page: 0, rows };

function fillFilters() {
  byId("show").append(...Object.entries(SHOWN).map(([value, [label]]) => el("option", { value }, label)));
  const rules = Object.keys(head.totals.rules);
  byId("rule").append(el("option", { value: "" }, "any"), ...rules.map((rule) => el("option", { value: rule }, rule)));
  for (const { key, label, wide } of COLUMNS) {
    const sort = () => sortBy(key);
    const button = el("button", { type: "button", class: "plain", click: sort }, label);
    const heading = el("th", { scope: "col", "data-key": key, class: wide ? "wide" : "" }, button);
    byId("documents").tHead.rows[0].append(heading);
  }
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", () => choose());
}

function sortBy(key) {
  const column = COLUMNS.find((column) => column.key === key);
  // First one way, then the other, then reading order again.
  if (view.sort !== key) [view.sort, view.up] = [key, column.up === true];
  else if (view.up === (column.up === true)) view.up = !view.up;
  else view.sort = undefined;
  choose();
}

// Works out which rows are shown, in which order.
function choose() {
  const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [, fits] = SHOWN[byId("show").value];
  const rule = byId("rule").value;
  view.rows = rows.filter((row) => {
    if (!fits(row) || (rule && !row.rules.includes(rule))) return false;
    if (!words.length) return true;
    row.said ??= [row.id, row.path, ...row.rules].join("\n").toLowerCase();
    return words.every((word) => row.said.includes(word));
  });
  const { sort, up } = view;
  if (sort) {
    const order = (a, b) => (a[sort] < b[sort] ? -1 : a[sort] > b[sort] ? 1 : 0);
    view.rows.sort((a, b) => (up ? order(a, b) : order(b, a)) || a.number - b.number);
  }
  view.page = 0;
  draw();
}

function draw() {
  const { rows: chosen, page, sort, up } = view;
  for (const heading of byId("documents").tHead.rows[0].cells) {
    const here = heading.dataset.key === sort;
    if (here) heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    else heading.removeAttribute("aria-sort");
  }
  const from = page * PER_PAGE;
  byId("documents").tBodies[0].replaceChildren(...chosen.slice(from, from + PER_PAGE).map(line));
  byId("count").textContent = chosen.length === rows.length
    ? count(rows.length, "document") : `${count(chosen.length)} of ${count(rows.length, "document")}`;
  pages(Math.ceil(chosen.length / PER_PAGE));
}

function line(row) {
  const gone = row.gone ? "all" : percent(row.before - row.after, row.before);
  const figure = (text, wide) => el("td", { class: wide ? "figure wide" : "figure" }, text);
  const title = el("a", { href: `#doc-${row.number}` }, named(row.id));
  const below = row.path === row.id ? undefined : el("small", {}, named(row.path));
  return el("tr", { class: row.gone ? "gone" : "" }, el("th", { scope: "row" }, title, below),
    figure(count(row.before), true), figure(gone), figure(count(row.findings), true), figure(count(row.edits), true),
    figure(row.twins ? count(row.twins) : ""));
}

function pages(number) {
  const turn = (to) => {
    view.page = to;
    draw();
    byId("documents").scrollIntoView({ block: "start" });
  };
  const button = (label, to) =>
    el("button", { type: "button", disabled: to < 0 || to >= number, click: () => turn(to) }, label);
  const { page } = view;
  byId("pages").hidden = number < 2;
  byId("pages").replaceChildren(button("First", page ? 0 : -1), button("Previous", page - 1),
    el("span", {}, `page ${count(page + 1)} of ${count(number)}`), button("Next", page + 1),
    button("Last", page + 1 < number ? number - 1 : -1));
}
