// Everything that came from a document becomes text here, never markup.

// Characters that cannot be seen, or turn the direction of what follows. Joiners stay: scripts are written with them.
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\r(?!\n)/gu;

// Makes an element: el("p", {class: "quiet"}, "text", other).
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null));
  return made;
}

// The pieces of a text, with what cannot be seen written out.
function shown(text) {
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(UNSEEN)) {
    if (found.index > from) pieces.push(text.slice(from, found.index));
    const code = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    pieces.push(el("span", { class: "unseen", title: `the character U+${code}` }, `U+${code}`));
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

// A name of a document: it keeps its own direction to itself.
function named(text) {
  return el("bdi", {}, ...shown(text));
}

// A link to a document, when there is one of that name.
function linkTo(id) {
  const row = byName.get(id);
  return row ? el("a", { href: `#doc-${row.number}` }, named(id)) : named(id);
}

// A text that is cut at byte places.
class Bytes {
  constructor(text) {
    this.bytes = new TextEncoder().encode(text);
    this.decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  }

  get length() {
    return this.bytes.length;
  }

  slice(from, to) {
    return this.decoder.decode(this.bytes.subarray(from, to));
  }
}
