#!/usr/bin/env bash
# Times `clean` on one JSONL file beside other programs for the same work.
#
#   PEERS_PYTHON=venv/bin/python benches/peers.sh FILE [ROUNDS] > benches/runs/DATE-peers.md
#
# PEERS_PYTHON is a Python with what benches/peers/requirements.txt names; what it lacks is said and left out. CLEAN=PATH
# measures a program that was built before. How is measured stands in benches/lib.sh; ROUNDS is 3 unless told. MB is 10^6
# bytes of UTF-8 in the field `text`. The file is read once before, so all find it in the cache.
set -euo pipefail
# shellcheck source=benches/lib.sh
. "$(dirname "$0")/lib.sh"

file=$(absolute "${1:?usage: PEERS_PYTHON=PYTHON benches/peers.sh FILE [ROUNDS]}")
rounds=${2:-3}
if [ -n "${PEERS_PYTHON:-}" ]; then
    # The links of a virtual environment must stay links: through them Python knows its packages.
    python=$(absolute "$(command -v "$PEERS_PYTHON" || echo "$PEERS_PYTHON")")
else
    python=python3
    echo "PEERS_PYTHON is not set: $python may lack the peers" >&2
fi
cd "$(dirname "$0")/.."
begin
if [ -n "${CLEAN:-}" ]; then
    clean=$CLEAN source="unknown (given as CLEAN)"
else
    clean=$(built build --release --bin clean) source=$(commit)
fi

export PYTHONDONTWRITEBYTECODE=1
versions="" missing=""
# has PACKAGE: whether it can be imported; keeps its version.
has() {
    local version
    if version=$("$python" -c "import $1, importlib.metadata as m; print(m.version('$1'))" 2>/dev/null); then
        versions="$versions$1 $version, "
    else
        missing="$missing${missing:+, }$1 (not installed)"
        echo "left out: $python cannot import $1" >&2
        return 1
    fi
}

read -r documents bytes lines < <("$python" benches/peers/count.py "$file")

# rows NAME ARGUMENT...: `clean FILE ARGUMENT...` with one and with two threads.
rows() {
    local name=$1 threads
    shift
    for threads in 1 2; do
        add "$name --threads $threads" "$clean" "$file" --quiet "$@" --threads "$threads" --out "$scratch/out"
    done
}

rows "near-duplicate documents: clean --only twin-document" --only twin-document
if has daft; then
    for threads in 1 2; do
        add "near-duplicate documents: Daft minhash, cores: $threads" \
            "$python" benches/peers/near_daft.py "$file" "$scratch/out" "$threads"
    done
fi
if has rensa; then
    add "near-duplicate documents: rensa RMinHash + LSH" "$python" benches/peers/near_rensa.py "$file" "$scratch/out"
fi
rows "exact paragraphs: clean --only repeated-paragraph --only repeated-block --alike-block 1" \
    --only repeated-paragraph --only repeated-block --alike-block 1
if has duckdb; then
    for threads in 1 2; do
        add "exact paragraphs: DuckDB, threads: $threads" \
            "$python" benches/peers/paragraphs_duckdb.py "$file" "$scratch/out" "$threads"
    done
fi
if has dolma; then
    # A file keeps one thread of it busy, so there are two.
    mkdir "$scratch/halves"
    awk -v folder="$scratch/halves" '{ print > (folder "/" NR % 2 ".jsonl") }' "$file"
    dolma=("$python" benches/peers/paragraphs_dolma.py "$scratch/halves" "$scratch/out" 2 "$lines")
    add "exact paragraphs: dolma dedupe (marks only), threads: 2" "${dolma[@]}"
    add "exact paragraphs: dolma dedupe + mix, threads: 2" "${dolma[@]}" mix
fi
rows "everything: clean"
add "wc -w" env LC_ALL=C wc -w "$file"

# What program number $1 took away, from what it wrote.
# shellcheck disable=SC2317  # take_turns calls it
gone() {
    local kept kept_bytes
    if [ -e "$scratch/out/removed" ]; then
        echo "$(wc -l <"$scratch/out/removed" | tr -d ' ') documents"
    elif compgen -G "$scratch/out/cleaned*" >/dev/null; then
        read -r kept kept_bytes _ < <("$python" benches/peers/count.py "$scratch"/out/cleaned*)
        awk -v documents=$((documents - kept)) -v bytes=$((bytes - kept_bytes)) \
            'BEGIN { printf "%d documents, %.2f MB in all\n", documents, bytes / 1e6 }'
    else
        echo "–"
    fi >"$scratch/column-$1"
}

cat "$file" >/dev/null
take_turns "$rounds" gone

cat <<HEAD
# $(date -u +%Y-%m-%d): $("$clean" --version) beside others

| | |
|---|---|
| file | $(basename "$file"), $(wc -c <"$file" | tr -d ' ') bytes; in it $documents documents, $bytes bytes of text |
| commit | $source |
| others | ${versions}$("$python" --version) |
| left out | ${missing:-nothing} |
$(machine)
| compiler | $(rustc --version) |
| rounds | $rounds, taking turns; medians, in brackets the least and the most |
| near-duplicate documents | word 5-shingles. clean: 0.8 of the shingles in common, every pair checked; copies that differ in numbers stay. Daft: 112 slots, 14 bands of 8. rensa: 128 slots, 16 bands; one thread. Both unchecked |
| exact paragraphs | clean: blocks and paragraphs, rewritten. DuckDB: trimmed lines, first copy kept, JSONL of id and text written. dolma: lines, Bloom filter for $lines at 1e-5; mix writes .gz |

HEAD
table "$bytes" text gone
exit $((failed > 0))
