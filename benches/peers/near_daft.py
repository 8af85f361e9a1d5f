"""Near-duplicate documents by Daft: its MinHash, 14 bands of 8 rows in numpy. No check of the pairs, as is usual there.

    near_daft.py FILE OUT THREADS

Writes the rows to remove (all but the first of each group) to OUT/removed. Shingles are five
words; Daft parts words at spaces only. Its engine takes all cores, so it is bound to THREADS of them.
"""

import os
import sys

file, out, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])
os.environ.setdefault("DAFT_ANALYTICS_ENABLED", "0")
os.environ.setdefault("DO_NOT_TRACK", "true")

import daft  # noqa: E402  (the threads must be settled before)
import numpy  # noqa: E402
from groups import Groups  # noqa: E402

BANDS, ROWS = 14, 8

frame = daft.read_json(file).select("text")
slots = frame["text"].minhash(num_hashes=BANDS * ROWS, ngram_size=5, hash_function="xxhash3_64")
column = frame.select(slots.alias("slots")).to_arrow()["slots"].combine_chunks()
matrix = column.flatten().to_numpy().reshape(len(column), BANDS, ROWS // 2, 2)
# Two 32-bit slots are one 64-bit number; a band is a sum of four of them, each times an odd number of its own.
pairs = numpy.ascontiguousarray(matrix).view(numpy.uint64)[..., 0]
factors = numpy.random.default_rng(1).integers(2**63, size=ROWS // 2, dtype=numpy.uint64) * 2 + 1
keys = (pairs * factors).sum(axis=2, dtype=numpy.uint64)

groups = Groups(len(column))
for band in range(BANDS):
    order = numpy.argsort(keys[:, band], kind="stable")
    sorted_keys = keys[order, band]
    for at in numpy.flatnonzero(sorted_keys[1:] == sorted_keys[:-1]):
        groups.join(int(order[at]), int(order[at + 1]))
groups.write(out)
