// Clusters: documents that went, with the one that stays for them.

// Clusters and members that are shown at a time.
const CLUSTERS = 20;
const MEMBERS = 50;
// The largest sizes of the groups in the chart.
const SIZES = [2, 3, 5, 10, 100, Infinity];

function clusters() {
  const all = [...followers].map(([id, members]) => ({ id, members, first: byName.get(id) }));
  if (!all.length) return;
  all.sort((a, b) => b.members.length - a.members.length || (a.first?.number ?? 0) - (b.first?.number ?? 0));
  const gone = all.reduce((sum, { members }) => sum + members.length, 0);
  const list = el("ol", { class: "clusters" });
  const more = el("button", { type: "button", click: () => show(true) });
  const show = (byHand) => {
    const from = list.children.length;
    list.append(...all.slice(from, from + CLUSTERS).map(cluster));
    const left = all.length - list.children.length;
    more.hidden = !left;
    more.textContent = `Show ${count(Math.min(left, CLUSTERS))} more of ${count(left)}`;
    if (byHand) list.children[from].querySelector("summary").focus();
  };
  show(false);
  byId("clusters").append(
    el("p", {}, `${count(gone, "document")} went because ${count(all.length, "other")} ${all.length === 1 ? "stays" : "stay"}.`),
    el("div", { class: "charts" }, bySize(all)), el("h3", {}, "Largest first"), list, more);
  byId("clusters-section").hidden = false;
}

function bySize(all) {
  const bins = SIZES.map((most, n) => {
    const least = n ? SIZES[n - 1] + 1 : 2;
    const label = most === least ? `${most} documents` : most === Infinity ? `more than ${count(least - 1)}` : `${least} to ${count(most)}`;
    return { label, value: 0 };
  });
  for (const { members } of all) bins[SIZES.findIndex((most) => members.length + 1 <= most)].value += 1;
  bins.forEach((bin) => (bin.text = count(bin.value)));
  return chart("By size", "clusters", bins.filter(({ value }) => value));
}

// A cluster; its members are listed when it is opened.
function cluster({ id, members, first }) {
  const body = el("div");
  const made = el("details", {}, el("summary", {}, el("b", {}, count(members.length + 1)), " documents like ", named(id)), body);
  made.addEventListener("toggle", () => {
    if (!made.open || body.firstChild) return;
    const list = el("ul");
    const more = el("button", { type: "button", click: () => show(true) });
    const show = (byHand) => {
      const from = list.children.length;
      list.append(...members.slice(from, from + MEMBERS).map((row) => member(row, first)));
      const left = members.length - list.children.length;
      more.hidden = !left;
      more.textContent = `Show ${count(Math.min(left, MEMBERS))} more of ${count(left)}`;
      if (byHand) list.children[from].querySelector("a").focus();
    };
    show(false);
    body.append(el("p", {}, linkTo(id), ` stays${first ? `, ${count(first.before, "word")}` : ""}. For it went:`), list, more);
  });
  return el("li", {}, made);
}

function member(row, first) {
  const link = el("a", { href: `#doc-${row.number}` }, named(row.id));
  const beside = first ? el("a", { class: "beside", href: `#twins-${first.number}-${row.number}` }, "side by side") : "";
  return el("li", {}, link, `, ${count(row.before, "word")} `, beside);
}
