"""Exact paragraphs by dolma: `dedupe` marks every line seen before (Bloom filter), `mix` cuts the marked ones.

    paragraphs_dolma.py FOLDER OUT THREADS LINES [mix]

FOLDER holds the documents as *.jsonl (one file keeps one thread busy), LINES is how many lines there are at most: the
filter is made for so many with a false positive rate of 1e-5. Without `mix` only the marks are written.
"""

import json
import os
import subprocess
import sys

folder, out, threads, lines = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
os.makedirs(out, exist_ok=True)
# dolma puts the marks beside the documents: attributes/ instead of documents/ in the path.
os.symlink(os.path.abspath(folder), os.path.join(out, "documents"))
documents = [os.path.join(out, "documents", "*.jsonl")]


def dolma(command, settings):
    path = os.path.join(out, f"{command}.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(settings | {"processes": threads}, file)
    program = os.path.join(os.path.dirname(sys.executable), "dolma")
    done = subprocess.run([program, "-c", path, command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode:
        sys.exit(done.stderr.decode(errors="replace"))


dolma("dedupe", {
    "documents": documents,
    "dedupe": {"name": "seen", "paragraphs": {"attribute_name": "seen"}, "skip_empty": True},
    "bloom_filter": {
        "file": os.path.join(out, "bloom"), "read_only": False,
        "estimated_doc_count": lines, "desired_false_positive_rate": 1e-5,
    },
})
if "mix" in sys.argv[5:]:
    dolma("mix", {"streams": [{
        "name": "kept", "documents": documents, "attributes": ["seen"],
        "output": {"path": os.path.join(out, "cleaned")},
        "span_replacement": [{"span": "$.attributes.seen", "min_score": 0.5, "replacement": ""}],
    }]})
