// Which pieces of two lists go together: a longest common subsequence, after what they begin and end with.

// Cells of the table that are worked out at most.
const CELLS = 4e6;

// Runs of pieces: [same, from the left, from the right].
function align(left, right) {
  let from = 0;
  while (from < left.length && from < right.length && left[from] === right[from]) from += 1;
  let behind = 0;
  const shorter = Math.min(left.length, right.length) - from;
  while (behind < shorter && left.at(-1 - behind) === right.at(-1 - behind)) behind += 1;
  const middle = common(left.slice(from, left.length - behind), right.slice(from, right.length - behind));
  const ends = behind ? [[true, left.slice(-behind), right.slice(-behind)]] : [];
  const starts = from ? [[true, left.slice(0, from), right.slice(0, from)]] : [];
  return [...starts, ...middle, ...ends];
}

function common(left, right) {
  const [n, m] = [left.length, right.length];
  if (!n && !m) return [];
  if (!n || !m || n * m > CELLS) return [[false, left, right]];
  // best[i * wide + j]: the length of the longest common list of what begins at i and at j.
  const wide = m + 1;
  const best = new Uint32Array((n + 1) * wide);
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let j = m - 1; j >= 0; j -= 1) {
      const [down, on] = [best[(i + 1) * wide + j], best[i * wide + j + 1]];
      best[i * wide + j] = left[i] === right[j] ? best[(i + 1) * wide + j + 1] + 1 : Math.max(down, on);
    }
  }
  const out = [];
  const add = (same, a, b) => {
    if (out.at(-1)?.[0] !== same) out.push([same, [], []]);
    out.at(-1)[1].push(...a);
    out.at(-1)[2].push(...b);
  };
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    if (i < n && j < m && left[i] === right[j]) add(true, [left[i++]], [right[j++]]);
    else if (j === m || (i < n && best[(i + 1) * wide + j] >= best[i * wide + j + 1])) add(false, [left[i++]], []);
    else add(false, [], [right[j++]]);
  }
  return out;
}
