"""Near-duplicate documents by rensa: R-MinHash of word 5-shingles, 128 slots in 16 bands. No check of the pairs.

    near_rensa.py FILE OUT

Writes the rows to remove (all but the first of each group) to OUT/removed. It runs on one thread.
Shingles are made in Python, as in the examples of its README. The sketch of all words is used: the one named `rho` reads
a sample of them and misses rewritten articles.
"""

import json
import sys

from groups import Groups
from rensa import RMinHash, RMinHashLSH

SLOTS, BANDS, BATCH = 128, 16, 1000


def shingles(text):
    words = text.split()
    if len(words) < 5:
        return [" ".join(words)]
    return [" ".join(words[at : at + 5]) for at in range(len(words) - 4)]


def main(file, out):
    index = RMinHashLSH(threshold=0.8, num_perm=SLOTS, num_bands=BANDS)
    sketches, batch = [], []

    def flush():
        sketches.extend(RMinHash.from_token_sets(batch, num_perm=SLOTS, seed=1))
        batch.clear()

    with open(file, encoding="utf-8") as records:
        for record in records:
            batch.append(shingles(json.loads(record)["text"]))
            if len(batch) == BATCH:
                flush()
    flush()
    index.insert_many(sketches)
    groups = Groups(len(sketches))
    for row, found in enumerate(index.query_all(sketches)):
        for other in found:
            groups.join(row, other)
    groups.write(out)


main(sys.argv[1], sys.argv[2])
