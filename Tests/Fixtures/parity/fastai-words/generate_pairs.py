"""Writes what fastai makes of a table's two text columns, of texts that generate.py chose.

    pip install -r requirements.txt setuptools
    python3.11 generate_pairs.py

The columns are joined as for training, and the result is split as `learn.predict` splits a text: without
the rule that replaces spaces in tokens, which is for training alone.
"""

import json
from pathlib import Path

import pandas as pd
from fastai.text.core import SpacyTokenizer, Tokenizer, _join_texts

HERE = Path(__file__).parent


def texts(name, count):
    cases = [json.loads(line) for line in (HERE / name).read_text().splitlines()]
    plain = [case["text"] for case in cases if not {"rules", "special", "splitter"} & set(case)]
    return plain[:count]


def main():
    chosen = texts("snippets.jsonl", 120) + texts("odd.jsonl", 120) + ["", "dull", "xxfld 2 dull", ""]
    pairs = pd.DataFrame({"first": chosen[0::2], "second": chosen[1::2]})
    split = Tokenizer(SpacyTokenizer("en"))
    with open(HERE / "pairs.jsonl", "w") as file:
        for first, second, joined in zip(pairs["first"], pairs["second"], _join_texts(pairs, mark_fields=True)):
            case = {"text": first, "pair": second, "tokens": list(split(joined))}
            file.write(json.dumps(case, separators=(",", ":")) + "\n")


main()
