"""Exact paragraphs by DuckDB: of equal lines (trimmed) the first stays, and cleaned JSONL is written.

    paragraphs_duckdb.py FILE OUT THREADS

Empty lines stay. Lines are compared by a 64-bit hash. The documents are written in any order, which is faster.
"""

import os
import sys

import duckdb

file, out, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.makedirs(out, exist_ok=True)
base = duckdb.connect(config={"threads": threads, "temp_directory": os.path.join(out, "spilled")})
base.execute(
    """
    CREATE TEMP TABLE lines AS
    SELECT row, id, unnest(parts) AS line, (row << 32) + generate_subscripts(parts, 1) AS place
    FROM (SELECT row_number() OVER () AS row, id, string_split(text, chr(10)) AS parts FROM read_json($1,
        format = 'newline_delimited', columns = {id: 'VARCHAR', text: 'VARCHAR'}, maximum_object_size = 268435456))
    """,
    [file],
)
base.execute("SET preserve_insertion_order = false")
base.execute(
    """
    COPY (
        WITH first AS (SELECT min(place) AS place FROM lines GROUP BY hash(trim(line)))
        SELECT any_value(id) AS id, string_agg(line, chr(10) ORDER BY place) AS text
        FROM lines WHERE trim(line) = '' OR place IN (SELECT place FROM first) GROUP BY row
    ) TO $1 (FORMAT json)
    """,
    [os.path.join(out, "cleaned.jsonl")],
)
