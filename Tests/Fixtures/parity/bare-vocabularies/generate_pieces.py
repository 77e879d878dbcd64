"""Ids of decoders' tokenizers around a SentencePiece model of byte pairs: tokenizer.model, no tokenizer.json.

python generate_pieces.py   (packages: ../pairs/requirements.txt, sentencepiece==0.2.3, protobuf)

Three models as those of Llama, of Gemma, and of a maker with wishes of his own; pieces.json has, for the types of
models and for settings, what transformers makes of texts and pairs.
"""

import json
import pathlib
import shutil
import tempfile

import sentencepiece
from transformers import AutoTokenizer, LlamaTokenizer

from generate import CORPUS, PAIRS, encoded

HERE = pathlib.Path(__file__).parent
# What the character map changes, and what a model's own pieces and control pieces are.
MORE = [
    ("<s> a </s>b<s>", "c</s>"), (" <s>  a", None), ("a<sep>b <sep>  c", "<cls>"), ("▁a ▁ b", "▁"),
    ("    four spaces\n\n\nthree lines", "\n\n"), ("<mask> not <mask>bad", None), ("ＦＵＬＬ ﬁlm ½", "\u00a0x\u3000y"),
    ("<0x41><unk>\0b", "<pad> <bos>x<eos>"), ("a" * 30 + " film" * 12, None), (" ", " film"), ("\tfilm", "film ")]
LLAMA = {"tokenizer_class": "LlamaTokenizer"}
GEMMA = {"tokenizer_class": "GemmaTokenizer"}
LISTED = {"added_tokens_decoder": {
    "0": {"content": "<unk>", "special": True}, "1": {"content": "<s>", "special": True, "normalized": True},
    "2": {"content": "</s>", "special": True},
    "5": {"content": "<renamed>", "special": True, "rstrip": True},
    "900": {"content": "<|end|>", "special": True, "rstrip": True}}}
# type of model, file, settings
KINDS = [
    ("llama", "llama", LLAMA), ("llama", "llama", LLAMA | {"legacy": True, "add_bos_token": True}),
    ("llama", "llama", LLAMA | {"legacy": False, "add_eos_token": True, "add_bos_token": True, "pad_token": "<unk>"}),
    ("llama", "llama", LLAMA | {"add_prefix_space": False}), ("llama", "own", LLAMA),
    ("llama", "llama", LLAMA | {"bos_token": "<bos>", "add_bos_token": True}),
    ("llama", "llama", None), ("llama", "own", None),
    ("mistral", "llama", LLAMA | {"add_bos_token": True, "add_eos_token": False}), ("mistral", "llama", None),
    ("mistral", "own", LLAMA | {"legacy": False}), ("mistral", "llama", {"bos_token": None, "add_bos_token": True}),
    ("phi3", "llama", LLAMA | LISTED | {"legacy": False}), ("phi3", "own", LISTED | {"add_bos_token": True}),
    ("gemma", "gemma", GEMMA), ("gemma2", "gemma", GEMMA | {"add_bos_token": True, "add_eos_token": True}),
    ("gemma3_text", "gemma", None), ("gemma", "llama", GEMMA)]


def train(name, **settings):
    with tempfile.TemporaryDirectory() as folder:
        corpus = pathlib.Path(folder) / "corpus.txt"
        corpus.write_text("\n".join(CORPUS * 3) + "\n")
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus), model_prefix=str(HERE / name), model_type="bpe", minloglevel=2, hard_vocab_limit=False,
            **settings)
    (HERE / f"{name}.vocab").unlink()


def main():
    train("llama", vocab_size=360, byte_fallback=True, normalization_rule_name="identity", split_digits=True,
          remove_extra_whitespaces=False, allow_whitespace_only_pieces=True)
    train("gemma", vocab_size=360, byte_fallback=True, normalization_rule_name="identity", split_digits=True,
          remove_extra_whitespaces=False, allow_whitespace_only_pieces=True, add_dummy_prefix=False,
          pad_id=0, eos_id=1, bos_id=2, unk_id=3, pad_piece="<pad>", eos_piece="<eos>", bos_piece="<bos>",
          user_defined_symbols=["<mask>", "\n\n", "\n\n\n", "▁▁", "▁▁▁▁", "<b>"], control_symbols=["<start>"])
    # No bytes, a character map, spaces removed, words that stay whole, one of which begins another.
    train("own", vocab_size=90, normalization_rule_name="nfkc_cf", user_defined_symbols=["not", "nothing", "<mask>"],
          control_symbols=["<sep>", "<cls>"])
    found = []
    for kind, file, settings in KINDS:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "config.json").write_text(json.dumps({"model_type": kind}))
            shutil.copy(HERE / f"{file}.model", folder / "tokenizer.model")
            if settings is not None:
                (folder / "tokenizer_config.json").write_text(json.dumps(settings))
            tokenizer = AutoTokenizer.from_pretrained(folder)
            pairs = [encoded(tokenizer, *pair) for pair in PAIRS + MORE]
            if file == "own" and isinstance(tokenizer, LlamaTokenizer):
                # A character without a piece is left out there, and what stands behind it has the places of
                # what stands before.
                for pair in pairs:
                    pair["places"] = []
            found.append({"type": kind, "file": f"{file}.model", "settings": settings and json.dumps(settings),
                          "pairs": pairs})
            print(kind, file, settings, type(tokenizer).__name__, found[-1]["pairs"][1]["ids"])
    (HERE / "pieces.json").write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
