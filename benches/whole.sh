#!/usr/bin/env bash
# Times the whole program on one JSONL file beside cat, wc -w and an XXH3 pass over the same file.
#
#   benches/whole.sh FILE [ROUNDS] > benches/runs/DATE.md
#
# The programs take turns, A B C ... A B C ..., so that what else the machine does hits all alike. Of the rounds
# (3 unless told) the median is shown. CPU is user + system time; MB is 10^6 bytes. The file is read once before, so
# all find it in the cache.
set -euo pipefail

file=${1:?usage: benches/whole.sh FILE [ROUNDS]}
rounds=${2:-3}
[ -f "$file" ] || { echo "no such file: $file" >&2; exit 2; }
file=$(cd "$(dirname "$file")" && pwd)/$(basename "$file")
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Builds, and prints the path of what was built.
built() {
    cargo "$@" --message-format=json-render-diagnostics | sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1
}
clean=$(built build --release --bin clean)
if command -v xxhsum >/dev/null; then
    hash=(xxhsum -H3)
else
    hash=("$(built bench --no-run --bench xxh3)")
fi

names=("clean --threads 1" "clean --threads 2" "cat" "wc -w (C)" "wc -w (C.UTF-8)" "xxh3 ($(basename "${hash[0]%-*}"))")
# Sets `program` to the command line of number $1.
choose() {
    case $1 in
        0) program=("$clean" "$file" --quiet --threads 1 --out "$scratch/out") ;;
        1) program=("$clean" "$file" --quiet --threads 2 --out "$scratch/out") ;;
        2) program=(cat "$file") ;;
        3) program=(env LC_ALL=C wc -w "$file") ;;
        4) program=(env LC_ALL=C.UTF-8 wc -w "$file") ;;
        5) program=("${hash[@]}" "$file") ;;
    esac
}

# Prints "wall user system kilobytes" of program $1. GNU time knows the peak memory; bash's own clock does not.
measure() {
    local program TIMEFORMAT='%3R %3U %3S 0'
    choose "$1"
    rm -rf "$scratch/out"
    if [ "$gnu" = yes ]; then
        /usr/bin/time -f '%e %U %S %M' -o "$scratch/time" "${program[@]}" >/dev/null
    else
        { time "${program[@]}" >/dev/null 2>&3; } 3>&2 2>"$scratch/time"
    fi
    tail -n 1 "$scratch/time"
}
if /usr/bin/time -v true >/dev/null 2>&1; then gnu=yes; else gnu=no; fi

cat "$file" >/dev/null
for ((round = 1; round <= rounds; round++)); do
    for number in "${!names[@]}"; do
        echo "round $round of $rounds: ${names[number]}" >&2
        measure "$number" >>"$scratch/figures-$number"
    done
done

bytes=$(wc -c <"$file" | tr -d ' ')
model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo '?')
commit=$(git rev-parse --short HEAD 2>/dev/null || echo 'no commit')
git diff --quiet HEAD -- src Cargo.toml Cargo.lock 2>/dev/null || commit="$commit, with changes"

cat <<HEAD
# $(date -u +%Y-%m-%d): $("$clean" --version)

| | |
|---|---|
| file | $(basename "$file"), $bytes bytes |
| commit | $commit |
| machine | ${model:-unknown processor}, $cores cores, $(uname -sr) |
| load | $(uptime | sed 's/.*load average[s]*: *//') (1, 5, 15 minutes, after the last round) |
| compiler | $(rustc --version) |
| rounds | $rounds, taking turns; medians, in brackets the least and the most |

| program | CPU s | wall s | peak MB | MB per CPU second |
|---|--:|--:|--:|--:|
HEAD
for number in "${!names[@]}"; do
    awk -v name="${names[number]}" -v bytes="$bytes" '
        function put(list, n, value,    i) {
            for (i = n; i > 1 && list[i - 1] > value; i--) list[i] = list[i - 1]
            list[i] = value
        }
        { put(cpu, NR, $2 + $3); put(wall, NR, $1 + 0); put(peak, NR, $4 + 0) }
        END {
            m = int((NR + 1) / 2)
            memory = peak[m] > 0 ? sprintf("%.1f", peak[m] * 1024 / 1e6) : "not measured"
            # The clock ticks in hundredths: of less than five of them only a lower bound can be told.
            speed = sprintf(cpu[m] < 0.05 ? "over %.0f" : "%.0f", bytes / 1e6 / (cpu[m] + (cpu[m] < 0.05) * 0.01))
            printf "| %s | %.2f (%.2f–%.2f) | %.2f (%.2f–%.2f) | %s | %s |\n", \
                name, cpu[m], cpu[1], cpu[NR], wall[m], wall[1], wall[NR], memory, speed
        }' "$scratch/figures-$number"
done
