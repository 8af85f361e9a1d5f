"""Prints documents, bytes of UTF-8 text and lines that are not empty, of JSONL files and folders of them, also .gz.

    count.py PATH...

A line that holds no record with a field `text` counts for nothing.
"""

import gzip
import json
import os
import sys


def files(path):
    if os.path.isdir(path):
        return sorted(os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)
    return [path]


documents = size = lines = 0
for path in (file for argument in sys.argv[1:] for file in files(argument)):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as records:
        for record in records:
            try:
                text = json.loads(record)["text"]
            except (ValueError, KeyError, TypeError):
                continue
            if isinstance(text, str):
                documents += 1
                size += len(text.encode("utf-8", "replace"))
                lines += sum(1 for line in text.split("\n") if line.strip())
print(documents, size, lines)
