# shellcheck shell=bash
# What the benches of whole programs have in common: programs take turns, their figures become a table. To be sourced.
#
# The programs take turns, A B C ... A B C ..., so that what else the machine does hits all alike; of the rounds the
# median is shown. CPU is user + system time, of all processes of a program; peak memory is that of the largest of them.
# Who sources this calls `begin` first, then `add` for each program, `take_turns`, and prints what it found out.

begin() {
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    names=() commands=() failed=0
    # GNU time knows the peak memory; bash's own clock does not.
    if /usr/bin/time -f %M true >/dev/null 2>&1; then gnu=yes; else gnu=no; fi
}

# absolute FILE: its whole path; ends the bench where there is no such file.
absolute() {
    [ -f "$1" ] || { echo "no such file: $1" >&2; exit 2; }
    echo "$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"
}

# built CARGO_ARGUMENT...: builds, and prints the path of what was built.
built() {
    cargo "$@" --message-format=json-render-diagnostics | sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1
}

# add NAME PROGRAM ARGUMENT...: one more program. It may write to "$scratch/out", which is new each time.
add() {
    names+=("$1")
    shift
    commands+=("$(printf '%q ' "$@")")
}

# Prints "wall user system kilobytes" of program number $1.
measure() {
    local status=0 TIMEFORMAT='%3R %3U %3S 0'
    rm -rf "$scratch/out"
    if [ "$gnu" = yes ]; then
        eval "/usr/bin/time -f '%e %U %S %M' -o '$scratch/time' ${commands[$1]}" \
            >/dev/null 2>"$scratch/errors" || status=$?
    else
        { time eval "${commands[$1]}" >/dev/null 2>"$scratch/errors"; } 2>"$scratch/time" || status=$?
    fi
    tail -n 1 "$scratch/time"
    return "$status"
}

# take_turns ROUNDS [HOOK]: measures all; after each program of the first round `HOOK NUMBER` may look at what it wrote.
# A program that fails is not run again; its row says so, and `failed` counts it.
take_turns() {
    local round number
    for ((round = 1; round <= $1; round++)); do
        for number in "${!names[@]}"; do
            [ ! -e "$scratch/failed-$number" ] || continue
            echo "round $round of $1: ${names[number]}" >&2
            if ! measure "$number" >>"$scratch/figures-$number"; then
                echo "failed: ${names[number]}" >&2
                tail -n 5 "$scratch/errors" >&2
                touch "$scratch/failed-$number"
                failed=$((failed + 1))
            elif [ "$round" = 1 ] && [ -n "${2:-}" ]; then
                "$2" "$number"
            fi
        done
    done
    rm -rf "$scratch/out"
}

# The commit of the source, and whether it was changed since.
commit() {
    local name
    name=$(git rev-parse --short HEAD 2>/dev/null) || name='no commit'
    git diff --quiet HEAD -- src Cargo.toml Cargo.lock 2>/dev/null || name="$name, with changes"
    echo "$name"
}

# Rows of the head: the machine and how it was used.
machine() {
    local model cores
    model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
    cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo '?')
    echo "| machine | ${model:-unknown processor}, $cores cores, $(uname -sr) |"
    echo "| load | $(uptime | sed 's/.*load average[s]*: *//') (1, 5, 15 minutes, after the last round) |"
}

# table BYTES OF [COLUMN]: the figures. MB per CPU second are BYTES / 10^6 / CPU, OF says what was counted ("file").
# With COLUMN the rows have one more column of that name, filled from "$scratch/column-NUMBER".
table() {
    local number more='–'
    echo "| program | CPU s | wall s | peak MB | MB of $2 per CPU second |${3:+ $3 |}"
    echo "|---|--:|--:|--:|--:|${3:+--:|}"
    for number in "${!names[@]}"; do
        if [ -e "$scratch/failed-$number" ]; then
            echo "| ${names[number]} | failed | | | |${3:+ |}"
            continue
        fi
        if [ -n "${3:-}" ]; then more=$(cat "$scratch/column-$number" 2>/dev/null || echo '–'); fi
        awk -v name="${names[number]}" -v bytes="$1" -v more="${3:+ $more |}" '
            function put(list, n, value,    i) {
                for (i = n; i > 1 && list[i - 1] > value; i--) list[i] = list[i - 1]
                list[i] = value
            }
            { put(cpu, NR, $2 + $3); put(wall, NR, $1 + 0); put(peak, NR, $4 + 0) }
            END {
                m = int((NR + 1) / 2)
                memory = peak[m] > 0 ? sprintf("%.1f", peak[m] * 1024 / 1e6) : "not measured"
                # The clock ticks in hundredths: of less than five of them only a lower bound can be told.
                rate = bytes / 1e6 / (cpu[m] + (cpu[m] < 0.05) * 0.01)
                speed = (cpu[m] < 0.05 ? "over " : "") sprintf(rate < 10 ? "%.1f" : "%.0f", rate)
                printf "| %s | %.2f (%.2f–%.2f) | %.2f (%.2f–%.2f) | %s | %s |%s\n", \
                    name, cpu[m], cpu[1], cpu[NR], wall[m], wall[1], wall[NR], memory, speed, more
            }' "$scratch/figures-$number"
    done
}
