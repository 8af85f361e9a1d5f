#!/usr/bin/env bash
# Makes a package of a release: `package.sh FOLDER NAME` takes the program in FOLDER, looks whether it works, and leaves
# NAME.tar.gz and NAME.tar.gz.sha256, which check.sh fetches. The same files give the same bytes where tar is GNU's.
set -euo pipefail
from="$(cd "$1" && pwd)"
name="$2"
root="$(cd "$(dirname "$0")/../.." && pwd)"
program="$from/clean"
[[ -f "$program" ]] || program="$from/clean.exe"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# A static program asks for no loader; one for musl that does would not start where it is needed most.
if [[ "$name" == *-musl ]] && LC_ALL=C readelf -l "$program" | grep INTERP; then
    echo "$program is not static" >&2
    exit 1
fi

# What it does with the samples: cleaned, and given back byte for byte.
"$program" "$root/inputs" --quiet --out "$work/out"
"$program" restore "$work/out" --out "$work/back"
diff -r "$root/inputs" "$work/back"

mkdir -p "$work/$name/man" "$work/$name/completions"
cp "$program" "$root/README.md" "$root/CHANGELOG.md" "$root/LICENSE-MIT" "$root/LICENSE-APACHE" "$work/$name"
"$program" man --to "$work/$name/man"
"$program" completions bash >"$work/$name/completions/clean.bash"
"$program" completions zsh >"$work/$name/completions/_clean"
"$program" completions fish >"$work/$name/completions/clean.fish"
"$program" completions powershell >"$work/$name/completions/clean.ps1"
"$program" completions elvish >"$work/$name/completions/clean.elv"

same=()
if tar --version | grep -q GNU; then
    same=(--sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-0}")
fi
tar -C "$work" ${same[@]+"${same[@]}"} -cf - "$name" | gzip -9n >"$name.tar.gz"
if command -v sha256sum >/dev/null; then sha256sum "$name.tar.gz"; else shasum -a 256 "$name.tar.gz"; fi >"$name.tar.gz.sha256"
