// What stands beside a mark when the pointer or the focus is on it: the reason and the evidence.

const tip = { mark: undefined, describe: undefined, hiding: 0 };

const DONE = { drop: "document gone", cut: "cut", patch: "replaced", note: "noted" };

function outcome({ action, done }) {
  return done || action === "note" ? DONE[action] : "found, left alone";
}

// A finding as elements, in the tip and in the list.
function reasons(finding) {
  const { rule, kind, confidence, why } = finding;
  return [
    el("p", {}, el("b", {}, rule), ` ${outcome(finding)} (${[kind, confidence].join(", ")})`),
    el("ul", {}, ...why.map((line) => el("li", {}, ...shown(line)))),
  ];
}

function showTip(mark) {
  clearTimeout(tip.hiding);
  if (!tip.describe) return;
  const box = byId("tip");
  box.replaceChildren(...mark.dataset.findings.split(" ").flatMap((n) => tip.describe(Number(n))));
  box.hidden = false;
  tip.mark?.removeAttribute("aria-describedby");
  tip.mark = mark;
  mark.setAttribute("aria-describedby", "tip");
  // Below the first line of the mark that can be seen, or above where there is no room.
  const edge = document.documentElement;
  const seen = [...mark.getClientRects()].find((line) => line.bottom > 0) ?? mark.getBoundingClientRect();
  const below = seen.bottom + 6;
  const above = seen.top - 6 - box.offsetHeight;
  box.style.top = `${below + box.offsetHeight > edge.clientHeight && above > 0 ? above : below}px`;
  box.style.left = `${Math.max(8, Math.min(seen.left, edge.clientWidth - box.offsetWidth - 8))}px`;
}

function hideTip() {
  clearTimeout(tip.hiding);
  byId("tip").hidden = true;
  tip.mark?.removeAttribute("aria-describedby");
  tip.mark = undefined;
}

// The pointer may go on to the tip itself.
function hideSoon() {
  clearTimeout(tip.hiding);
  tip.hiding = setTimeout(hideTip, 200);
}

function watchMarks(area) {
  const of = (event) => event.target.closest?.("[data-findings]");
  area.addEventListener("mouseover", (event) => (of(event) ? showTip(of(event)) : undefined));
  area.addEventListener("mouseout", (event) => (of(event) ? hideSoon() : undefined));
  area.addEventListener("focusin", (event) => (of(event) ? showTip(of(event)) : hideTip()));
  area.addEventListener("focusout", hideSoon);
  byId("tip").addEventListener("mouseenter", () => clearTimeout(tip.hiding));
  byId("tip").addEventListener("mouseleave", hideSoon);
  document.addEventListener("keydown", (event) => (event.key === "Escape" ? hideTip() : undefined));
  addEventListener("resize", hideTip);
  document.addEventListener("scroll", () => (document.activeElement === tip.mark && tip.mark ? showTip(tip.mark) : hideTip()), { passive: true });
}
