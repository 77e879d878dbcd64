"""Builds small tokenizers of each kind with Hugging Face's library and hashes what they make of texts.

    pip install -r requirements.txt && python3.11 generate.py [FOLDER]

Each NAME.json is a tokenizer.json; hashes.json has for each the hashes of blocks of fifty texts: the
two thousand of ../fastai-words, then ten thousand of odd_texts.py. With a FOLDER, ids and places of
every text go there, a line each, to look at.
"""

import itertools
import json
import sys
from pathlib import Path

import tokenizers
from kinds import KINDS
from odd_texts import odd_texts

HERE = Path(__file__).parent
BLOCK = 50


def real_texts():
    lines = (HERE.parent / "fastai-words" / "snippets.jsonl").read_text().splitlines()
    return [json.loads(line)["text"] for line in lines]


def all_texts():
    return real_texts() + list(odd_texts(10_000, seed=1))


def utf8_offsets(text):
    """Of each character, and of the end."""
    return list(itertools.accumulate((len(c.encode()) for c in text), initial=0))


def pieces(tokenizer, text):
    """Ids and UTF-8 offsets of what is not the frame."""
    encoding = tokenizer.encode(text)
    offsets = utf8_offsets(text)
    return [
        (id, offsets[start], offsets[end])
        for id, (start, end), special in zip(encoding.ids, encoding.offsets, encoding.special_tokens_mask)
        if not special
    ]


def fnv(state, value):
    return (state ^ value) * 0x100000001B3 % 2**64


def hashes_of(texts, pieces):
    return "".join(block_hash(texts[i : i + BLOCK], pieces) for i in range(0, len(texts), BLOCK))


def block_hash(texts, pieces):
    state = 0xCBF29CE484222325
    for text in texts:
        for piece in pieces(text):
            for value in piece:
                state = fnv(state, value)
        state = fnv(state, 0xFFFFFFFF)
    return f"{state:016x}"


def main():
    assert tokenizers.__version__ == "0.23.3"
    texts = real_texts()
    everything = all_texts()
    hashes = {}
    only = set(sys.argv[2:])
    for name, build in KINDS.items():
        if only and name not in only:
            continue
        tokenizer = build(texts)
        compact = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
        (HERE / f"{name}.json").write_text(compact + "\n")
        tokenizer = tokenizers.Tokenizer.from_file(str(HERE / f"{name}.json"))
        hashes[name] = hashes_of(everything, lambda text: pieces(tokenizer, text))
        if len(sys.argv) > 1:
            with open(Path(sys.argv[1]) / f"{name}.expected", "w") as file:
                for text in everything:
                    file.write(json.dumps(pieces(tokenizer, text), separators=(",", ":")) + "\n")
        print(name, flush=True)
    if not only:
        (HERE / "hashes.json").write_text(json.dumps(hashes, indent=0) + "\n")
    if len(sys.argv) > 1:
        (Path(sys.argv[1]) / "texts.json").write_text(json.dumps(everything))


if __name__ == "__main__":
    main()
