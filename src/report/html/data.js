"use strict";
// What the page holds: the head of the report, a row for each document, and packed details that are opened one by one.

const head = JSON.parse(byId("head").textContent);

const rows = JSON.parse("[" + byId("rows").textContent.trim().replaceAll("\n", ",") + "]").map(
  ([id, path, place, [before, after], gone, twins, [findings, edits], rules, stays], number) => ({
    number, id, path: path || id, place, before, after, gone: gone === 1, twins, findings, edits, rules, stays,
    share: before ? (before - after) / before : gone,
  }),
);

// The first document of each name: ids of records need not differ.
const byName = new Map();
// Documents that went, by the name of the one that stays for them.
const followers = new Map();
for (const row of rows) {
  if (!byName.has(row.id)) byName.set(row.id, row);
  if (row.stays) followers.set(row.stays, [...(followers.get(row.stays) ?? []), row]);
}

function byId(id) {
  return document.getElementById(id);
}

// Whether all of the page has been read: details come last.
const whole = new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done, { once: true });
  else done();
});

// The text, the findings and the edits of a document.
async function detail(number) {
  const packed = () => byId("details")?.children[number];
  // The last element may still be growing as long as none follows it.
  if (!packed()?.nextElementSibling) await whole;
  // A large page holds the texts of some documents only.
  if (!packed().textContent) return { text: "", more: 0, encoding: null, findings: [], edits: [], left: true };
  const bytes = Uint8Array.from(atob(packed().textContent), (c) => c.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return namedParts(JSON.parse(await new Response(plain).text()));
}

// The lists of a detail as objects.
function namedParts({ findings, edits, ...rest }) {
  const range = ([start, end]) => ({ start, end });
  return {
    ...rest,
    findings: findings.map(([rule, kind, confidence, span, [first, last], action, done, others, why]) => ({
      rule, kind, confidence, span: range(span), first, last, action, done: done === 1, why,
      others: others.map(([document, start]) => ({ document, start })),
    })),
    edits: edits.map(([span, put, by]) => ({ span: range(span), put, by })),
  };
}

const counting = new Intl.NumberFormat("en");
function count(n, one, many) {
  return one ? `${counting.format(n)} ${n === 1 ? one : (many ?? one + "s")}` : counting.format(n);
}

// A share as the summary on the terminal writes it.
function percent(part, of) {
  const tenths = of ? Math.floor((1000 * part) / of) : 0;
  return part && !tenths ? "<0.1\u00a0%" : `${(tenths / 10).toFixed(1)}\u00a0%`;
}
