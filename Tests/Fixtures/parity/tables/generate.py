"""Writes tables.json: random tables as Python's csv module writes them, with their rows as pandas reads them.

    pip install pandas==3.1.1 && python3 generate.py
"""
import csv, io, json, os, random

import pandas

random.seed(7)
ALPHABET = list("abdé中😀 ,;\t\"'|\n") + ["\r\n", "  ", "--", "#", "\\"]


def cell():
    kind = random.random()
    if kind < 0.1:
        return ""
    if kind < 0.3:
        return str(random.randint(-5, 500))
    return "".join(random.choice(ALPHABET) for _ in range(random.randint(1, 14)))


tables = []
for _ in range(60):
    delimiter = random.choice([",", ",", "\t", ";"])
    columns = random.sample(["label", "id", "n", "note"], random.randint(1, 3)) + ["text"]
    rows = [[cell() for _ in columns] for _ in range(random.randint(1, 8))]
    buffer = io.StringIO(newline="")
    writer = csv.writer(
        buffer, delimiter=delimiter, lineterminator=random.choice(["\n", "\r\n"]),
        quoting=random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    writer.writerow(columns)
    writer.writerows(rows)
    content = buffer.getvalue()
    frame = pandas.read_csv(
        io.BytesIO(content.encode()), sep=delimiter, dtype=str, keep_default_na=False)
    tables.append({
        "format": "tsv" if delimiter == "\t" else "csv", "content": content,
        "columns": list(frame.columns), "rows": frame.values.tolist()})

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tables.json"), "w") as file:
    json.dump(tables, file, ensure_ascii=False, separators=(",", ":"))
