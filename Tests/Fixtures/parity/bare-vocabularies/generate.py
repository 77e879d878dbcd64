"""Ids of decoders' tokenizers around a bare vocabulary: vocab.json and merges.txt, no tokenizer.json.

python generate.py   (packages: ../pairs/requirements.txt)

decoders.json has, for GPT-2 and Qwen2 with some settings, the files' texts and what transformers makes of texts
and pairs: ids, and where each token stands in bytes.
"""

import json
import pathlib
import tempfile

from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import AutoTokenizer

HERE = pathlib.Path(__file__).parent
CORPUS = [
    "The film is not bad at all, it is a small wonder.", "I did not like the ending of the film.",
    "A dull, slow and empty story; nothing works.", "Nothing is as good as the first half of 1984."]
PAIRS = [
    ("How is the film?", None), ("How is the film?", "It's a small wonder."), ("", None), ("", "bad"),
    ("The unbelievable ending — a WONDER, isn't it?", "Café naïve 你好 🙂"),
    ("Cafe\u0301 in 1984, 20231224", None), ("  two  spaces\n\n and a line \t", " and \r\n more  "),
    ("a <|endoftext|> within<|endoftext|>it", "<|endoftext|>"), ("I'LL they're we'VE", "x" * 40)]
SPECIAL = "<|endoftext|>"


def byte_pairs(split):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = split
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=330, special_tokens=[SPECIAL], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    merges = [tuple(pair) for pair in json.loads(tokenizer.to_str())["model"]["merges"]]
    return tokenizer.get_vocab(), merges


def in_bytes(text, offset):
    return [len(text[:offset[0]].encode()), len(text[:offset[1]].encode())]


def encoded(tokenizer, first, second):
    found = tokenizer(first, second, return_offsets_mapping=True)
    parts = found.sequence_ids(0)
    places = [None if part is None else [part] + in_bytes((first, second)[part], offset)
              for part, offset in zip(parts, found["offset_mapping"])]
    return {"first": first, "second": second, "ids": found["input_ids"], "places": places}


def main():
    vocabulary, merges = byte_pairs(pre_tokenizers.ByteLevel(add_prefix_space=False))
    files = {
        "vocab.json": json.dumps(vocabulary),
        "merges.txt": "#version: 0.2\n" + "\n".join(" ".join(pair) for pair in merges) + "\n"}
    found = []
    for kind, settings in [
            ("gpt2", {}), ("gpt2", {"add_prefix_space": True}),
            ("gpt2", {"add_bos_token": True, "tokenizer_class": "GPT2Tokenizer"}), ("qwen2", {}),
            ("qwen2", {"tokenizer_class": "Qwen2Tokenizer"})]:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "config.json").write_text(json.dumps({"model_type": kind}))
            for file, text in files.items():
                (folder / file).write_text(text)
            if settings:
                (folder / "tokenizer_config.json").write_text(json.dumps(settings))
            tokenizer = AutoTokenizer.from_pretrained(folder)
            found.append({"type": kind, "settings": json.dumps(settings) if settings else None,
                          "pairs": [encoded(tokenizer, *pair) for pair in PAIRS]})
            print(kind, settings, type(tokenizer).__name__, found[-1]["pairs"][1]["ids"])
    (HERE / "decoders.json").write_text(json.dumps({"files": files, "answers": found}) + "\n")


if __name__ == "__main__":
    main()
