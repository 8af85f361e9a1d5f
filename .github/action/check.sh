#!/usr/bin/env bash
# What action.yml runs: finds the program or makes it, runs `clean check`, and ends with its exit code.
# Bash 3.2 must do, which is what macOS has.
set -euo pipefail

work="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/clean-action"
system="$(uname -s)-$(uname -m)"

# The program of the release that the action was called at, where there is one for this system.
released() {
    local target
    case "$system" in
        Linux-x86_64) target=x86_64-unknown-linux-musl ;;
        Linux-aarch64) target=aarch64-unknown-linux-musl ;;
        Darwin-arm64) target=aarch64-apple-darwin ;;
        MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc ;;
        *) return 1 ;;
    esac
    [[ -n "${ACTION_REPOSITORY:-}" && "${ACTION_REF:-}" == v[0-9]* ]] || return 1
    local name="clean-$ACTION_REF-$target"
    local from="${GITHUB_SERVER_URL:-https://github.com}/$ACTION_REPOSITORY/releases/download/$ACTION_REF"
    mkdir -p "$work"
    # A failure anywhere ends the chain; the shell's own -e does not hold on the left of || or &&.
    (cd "$work" && fetch "$from/$name.tar.gz" && fetch "$from/$name.tar.gz.sha256" && intact "$name.tar.gz.sha256" &&
        tar -xzf "$name.tar.gz") || return 1
    program="$work/$name/clean"
}

fetch() {
    curl -fsSL --retry 3 -O "$1" 2>/dev/null
}

intact() {
    if command -v sha256sum >/dev/null; then sha256sum -c --quiet "$1" >&2; else shasum -a 256 -c "$1" >&2; fi
}

# Built from the folder of the action; a second run in the same job finds it built.
built() {
    echo "building clean from $ACTION_FOLDER" >&2
    cargo install --locked --quiet --path "$ACTION_FOLDER" --root "$work" >&2 || return 1
    program="$work/bin/clean"
}

program="${CLEAN_BINARY:-}"
if [[ -z "$program" ]] && ! released && ! built; then
    echo "::error title=clean::there is no release for $system at '${ACTION_REF:-}', and clean could not be built: install Rust, or name the program with 'binary'"
    exit 2
fi

arguments=()
lines() {
    local before="$1" line
    while IFS= read -r line || [[ -n "$line" ]]; do
        line="${line%$'\r'}"
        [[ -z "${line// /}" ]] && continue
        [[ -n "$before" ]] && arguments+=("$before")
        arguments+=("$line")
    done
}
lines --limit <<<"${CLEAN_LIMITS:-}"
lines "" <<<"${CLEAN_ARGS:-}"
arguments+=(--format "${CLEAN_FORMAT:-github}" --)
lines "" <<<"${CLEAN_PATHS:-.}"

code=0
if [[ -n "${CLEAN_TO:-}" ]]; then
    "$program" check "${arguments[@]}" >"$CLEAN_TO" || code=$?
else
    "$program" check "${arguments[@]}" || code=$?
fi

if [[ -n "${GITHUB_OUTPUT:-}" ]]; then
    {
        echo "exit-code=$code"
        if [[ $code == 1 ]]; then echo over=true; else echo over=false; fi
        echo "binary=$program"
    } >>"$GITHUB_OUTPUT"
fi
exit "$code"
