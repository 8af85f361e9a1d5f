#!/usr/bin/env bash
# Times the whole program on one JSONL file beside cat, wc -w and an XXH3 pass over the same file.
#
#   benches/whole.sh FILE [ROUNDS] > benches/runs/DATE.md
#
# How is measured stands in benches/lib.sh; ROUNDS is 3 unless told. MB is 10^6 bytes. The file is read once before,
# so all find it in the cache.
set -euo pipefail
# shellcheck source=benches/lib.sh
. "$(dirname "$0")/lib.sh"

file=$(absolute "${1:?usage: benches/whole.sh FILE [ROUNDS]}")
rounds=${2:-3}
cd "$(dirname "$0")/.."
begin

clean=$(built build --release --bin clean)
if command -v xxhsum >/dev/null; then
    hash=(xxhsum -H3)
else
    hash=("$(built bench --no-run --bench xxh3)")
fi

for threads in 1 2; do
    add "clean --threads $threads" "$clean" "$file" --quiet --threads "$threads" --out "$scratch/out"
done
add "cat" cat "$file"
for locale in C C.UTF-8; do
    add "wc -w ($locale)" env LC_ALL="$locale" wc -w "$file"
done
add "xxh3 ($(basename "${hash[0]%-*}"))" "${hash[@]}" "$file"

cat "$file" >/dev/null
take_turns "$rounds"
bytes=$(wc -c <"$file" | tr -d ' ')

cat <<HEAD
# $(date -u +%Y-%m-%d): $("$clean" --version)

| | |
|---|---|
| file | $(basename "$file"), $bytes bytes |
| commit | $(commit) |
$(machine)
| compiler | $(rustc --version) |
| rounds | $rounds, taking turns; medians, in brackets the least and the most |

HEAD
table "$bytes" file
exit $((failed > 0))
