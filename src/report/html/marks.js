// A document's text with its cuts and patches in place.

// The text as elements; `into` gets for each finding the element that shows it.
function marked(text, { edits, findings }, into) {
  const acted = new Set(edits.flatMap((edit) => edit.by));
  // What is not behind an edit and does not speak about the document as a whole.
  const loose = findings.map((finding, n) => ({ n, ...finding.span, drop: finding.action === "drop" }));
  const left = loose.filter(({ n, drop }) => !drop && !acted.has(n)).sort((a, b) => a.start - b.start);
  const out = [];
  let at = 0;
  for (const edit of edits) {
    const [from, to] = [Math.min(edit.span.start, text.length), Math.min(edit.span.end, text.length)];
    out.push(...remarked(text, at, from, left, into));
    if (from < to || edit.put) out.push(edited(text.slice(from, to), edit, left, into));
    at = to;
  }
  out.push(...remarked(text, at, text.length, left, into));
  return out;
}

// A cut or a patch; what else was found there is told with it.
function edited(gone, { span, put, by }, left, into) {
  const also = left.filter(({ start, end }) => start < span.end && end > span.start).map(({ n }) => n);
  const findings = [...by, ...also];
  const facts = { tabindex: "0", "data-findings": findings.join(" ") };
  const removed = el("del", put ? {} : { ...facts, class: "mark cut" }, ...shown(gone));
  const made = put
    ? el("span", { ...facts, class: "mark patch", role: "group", "aria-label": "replaced" }, gone ? removed : "", el("ins", {}, ...shown(put)))
    : removed;
  for (const n of findings) if (!into.has(n)) into.set(n, made);
  return made;
}

// Text that stays, with what was found there and left alone.
function remarked(text, from, to, left, into) {
  const here = left.filter(({ start, end }) => start < to && end > from);
  const places = new Set([from, to]);
  for (const { start, end } of here) for (const place of [start, end]) if (place > from && place < to) places.add(place);
  const borders = [...places].sort((a, b) => a - b);
  const out = [];
  for (let i = 0; i + 1 < borders.length; i += 1) {
    const [start, end] = [borders[i], borders[i + 1]];
    const about = here.filter((found) => found.start < end && found.end > start).map(({ n }) => n);
    const pieces = shown(text.slice(start, end));
    if (!about.length) {
      out.push(...pieces);
      continue;
    }
    const made = el("span", { class: "mark left", tabindex: "0", "data-findings": about.join(" ") }, ...pieces);
    for (const n of about) if (!into.has(n)) into.set(n, made);
    out.push(made);
  }
  return out;
}
