#!/usr/bin/env python3
"""Makes large and odd inputs out of a JSONL file with the fields `id` and `text`.

    benches/scale.py one-gb SOURCE > 1GB.jsonl

one-gb        ten copies of SOURCE (1 GB from 100 MB) with ids of their own; in every second copy a tenth of the words is
              replaced: too many for a twin, while short lines remain copies
one-document  plain text: a single document of 500 MB, made of these copies
tiny          2 million documents of 100 bytes
same          1 million identical documents
template      100,000 documents of 40 lines that differ in one line only: all pairs are twins, none is an exact copy

The output depends on SOURCE alone. No set is held in memory. With --tenth a tenth of each is made, to try things out.
"""

import argparse
import json
import os
import re
import sys
from random import Random

SPACE = re.compile(r"(\s+)")


def main():
    made = {"one-gb": one_gb, "one-document": one_document, "tiny": tiny, "same": same, "template": template}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=made)
    parser.add_argument("source", metavar="SOURCE", help="JSONL, a record a line, text in the field `text`")
    parser.add_argument("--tenth", action="store_true", help="make a tenth of it")
    asked = parser.parse_args()
    out = sys.stdout.buffer
    try:
        for piece in made[asked.kind](asked.source, 10 if asked.tenth else 1):
            out.write(piece)
        out.flush()
    except BrokenPipeError:
        # Who reads has seen enough; the interpreter must not try to write the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def one_gb(source, part):
    """Ten copies; with `part` 10 the first only."""
    for number in range(10 // part):
        for record in copy(source, number):
            yield line(record)


def one_document(source, part):
    """Text of copy after copy, an empty line between documents, until there is enough."""
    size, number = 0, 0
    while size < 500_000_000 // part:
        before = size
        for record in copy(source, number):
            piece = encoded(record["text"] + "\n\n")
            size += len(piece)
            yield piece
            if size >= 500_000_000 // part:
                return
        if size == before:
            sys.exit(f"{source} holds no text")
        number += 1


def tiny(source, part):
    """Words until 100 bytes are full; the last is cut."""
    pool, random = ascii_words(source), Random(1)
    for number in range(2_000_000 // part):
        text = ""
        while len(text) < 100:
            text += pick(pool, random) + " "
        # A space at the end would be trimmed, and the document shorter than the others.
        yield line({"id": f"tiny-{number}", "text": text[:99] + "."})


def same(source, part):
    """Three lines of twenty words, again and again."""
    pool, random = ascii_words(source), Random(2)
    text = "\n".join(sentence(pool, random, 20) for _ in range(3))
    for number in range(1_000_000 // part):
        yield line({"id": f"same-{number}", "text": text})


def template(source, part):
    """Of 320 words 8 are the document's own: about 0.9 of the word 5-shingles of two documents are common."""
    pool, random = ascii_words(source), Random(3)
    lines = [sentence(pool, random, 8) for _ in range(40)]
    for number in range(100_000 // part):
        lines[20] = f"{number} {sentence(pool, random, 7)}"
        yield line({"id": f"template-{number}", "text": "\n".join(lines)})


def copy(source, number):
    """The records of the source as copy number `number`, the odd ones altered."""
    pool, random = words_of(source) if number % 2 else None, Random(number)
    for record in records(source):
        record["id"] = f"{number}/{record.get('id', '')}"
        if pool:
            record["text"] = altered(record["text"], pool, random)
        yield record


def altered(text, pool, random):
    """Of each ten words one, anywhere among them, is another; white space stays."""
    parts = SPACE.split(text)
    for start in range(0, len(parts), 20):
        place = start + 2 * int(random.random() * 10)
        if place < len(parts) and parts[place]:
            parts[place] = pick(pool, random)
    return "".join(parts)


def words_of(source):
    """The different words of the first thousand records, in order."""
    found = set()
    for _, record in zip(range(1000), records(source)):
        found.update(record["text"].split())
    return sorted(found) or sys.exit(f"{source} holds no words")


def ascii_words(source):
    """Those of them that are plain lower-case letters: as many bytes as characters."""
    found = [word for word in words_of(source) if word.isascii() and word.isalpha() and word.islower()]
    return found or sys.exit(f"{source} holds no words of plain letters")


def sentence(pool, random, length):
    return " ".join(pick(pool, random) for _ in range(length))


def pick(pool, random):
    # Only random() gives the same numbers in every version of Python.
    return pool[int(random.random() * len(pool))]


def records(source):
    with open(source, encoding="utf-8") as lines:
        for text in lines:
            record = json.loads(text)
            if isinstance(record.get("text"), str):
                yield record


def line(record):
    return encoded(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def encoded(text):
    # A record may hold half of a surrogate pair, which no UTF-8 can.
    return text.encode("utf-8", "replace")


if __name__ == "__main__":
    main()
