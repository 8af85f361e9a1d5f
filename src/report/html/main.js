// Begins, and follows the address: "", #doc-NUMBER, #doc-NUMBER-BYTE, #twins-NUMBER-NUMBER.

async function follow() {
  // Whoever follows on before a document is open shows another one.
  const turn = (follow.turn = (follow.turn ?? 0) + 1);
  const [what, ...numbers] = location.hash.slice(1).split("-");
  const [one, other] = numbers.map(Number);
  const opens = (what === "doc" || what === "twins") && rows[one] && (what === "doc" || rows[other]);
  hideTip();
  if (opens && byId("document").hidden) follow.from = { top: scrollY, number: one };
  byId("overview").hidden = Boolean(opens);
  byId("document").hidden = !opens;
  document.title = opens ? `${rows[one].id} - Report of clean` : "Report of clean";
  if (!opens) {
    byId("document").replaceChildren();
    if (what === "documents" && follow.from) {
      scrollTo(0, follow.from.top);
      byId("documents").querySelector(`a[href="#doc-${follow.from.number}"]`)?.focus({ preventScroll: true });
    }
    return;
  }
  scrollTo(0, 0);
  try {
    await (what === "twins" ? openTwins(turn, one, other) : openDocument(turn, one, other));
  } catch (error) {
    byId("document").replaceChildren(el("p", { role: "alert" }, `This document cannot be shown: ${error.message}`));
  }
}

function settings() {
  const { settings, run, version, capped_groups } = head;
  const time = run ? `, ${(run.milliseconds / 1000).toFixed(1)} s with ${count(run.threads, "thread")}` : "";
  byId("run").textContent = `${count(head.totals.documents, "document")}, version ${version}${time}`;
  const share = ({ part, of }) => `${Math.round((1000 * part) / of) / 10}%`;
  const said = { alike: share, alike_block: share, contained: share };
  const list = Object.entries(settings).filter(([, value]) => !(Array.isArray(value) && !value.length));
  const text = list.map(([key, value]) => `${key.replaceAll("_", " ")} ${typeof value === "object" && !Array.isArray(value) ? said[key]?.(value) : value}`);
  const capped = capped_groups ? `; ${count(capped_groups, "group")} too large to compare all members` : "";
  byId("settings").append(...shown(`Settings: ${text.join(", ")}${capped}`));
}

settings();
totals();
fillFilters();
charts((rule) => {
  byId("rule").value = rule;
  choose();
  byId("documents-title").scrollIntoView();
  byId("rule").focus({ preventScroll: true });
});
choose();
clusters();
watchMarks(byId("document"));
addEventListener("hashchange", follow);
follow();
