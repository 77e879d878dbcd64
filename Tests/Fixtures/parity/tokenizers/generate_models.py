"""Trains small SentencePiece models and hashes what SentencePiece makes of texts with them, and what
transformers makes of texts with bare vocabularies.

    pip install -r requirements.txt && python3.11 generate_models.py

Writes NAME.model, model-hashes.json (SentencePiece) and legacy-hashes.json (transformers); the
vocabularies of WordPiece and of byte pairs are those of wordpiece.json and byte-level.json.
"""

import json
import shutil
import tempfile
from pathlib import Path

import sentencepiece
import transformers
from generate import HERE, all_texts, hashes_of, pieces, real_texts, utf8_offsets

RULES = {"normalization_rule_tsv": str(HERE / "rules.tsv")}
MODELS = {
    "xlmr": dict(model_type="unigram", **RULES),
    "albert": dict(
        model_type="unigram", pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, control_symbols="[CLS],[SEP]",
        user_defined_symbols="[MASK],(,)", **RULES,
    ),
    "deberta": dict(
        model_type="unigram", pad_id=0, bos_id=1, eos_id=2, unk_id=3, pad_piece="[PAD]", bos_piece="[CLS]",
        eos_piece="[SEP]", unk_piece="[UNK]", **RULES,
    ),
    "pairs-bytes": dict(model_type="bpe", byte_fallback=True, **RULES),
    "pairs-symbols": dict(model_type="bpe", user_defined_symbols="ing,<sep>,n't", **RULES),
    "suffix": dict(model_type="unigram", treat_whitespace_as_suffix=True, byte_fallback=True, **RULES),
    "spaces": dict(
        model_type="unigram", remove_extra_whitespaces=False, add_dummy_prefix=False,
        normalization_rule_name="identity", user_defined_symbols="foo,good,  ",
    ),
}
BERT = dict(do_lower_case=False, strip_accents=True, tokenize_chinese_chars=False)
LEGACY = {
    "bert": ("BertTokenizer", {}),
    "bert-cased": ("BertTokenizer", BERT),
    "distilbert": ("DistilBertTokenizer", {}),
    "mpnet": ("MPNetTokenizer", {}),
    "roberta": ("RobertaTokenizer", {}),
    "roberta-prefix": ("RobertaTokenizer", dict(add_prefix_space=True)),
    "albert": ("AlbertTokenizer", {}),
    "albert-accents": ("AlbertTokenizer", dict(keep_accents=True, do_lower_case=False)),
    "xlm-roberta": ("XLMRobertaTokenizer", {}),
    "camembert": ("CamembertTokenizer", {}),
    "deberta-v2": ("DebertaV2Tokenizer", {}),
    "deberta-v2-punctuation": ("DebertaV2Tokenizer", dict(do_lower_case=True, split_by_punct=True)),
}
MPNET = {"[CLS]": "<s>", "[PAD]": "<pad>", "[SEP]": "</s>", "[MASK]": "<mask>"}


def train(name, options):
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.txt"
        corpus.write_text("\n".join(real_texts()))
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus), model_prefix=f"{folder}/m", vocab_size=1000, hard_vocab_limit=False,
            minloglevel=2, **options,
        )
        shutil.copy(f"{folder}/m.model", HERE / f"{name}.model")


def model_pieces(model, text):
    found = model.encode(text, return_type="offset_mapping")
    offsets = utf8_offsets(text)
    return [(id, offsets[a], offsets[b]) for id, (a, b) in zip(found["ids"], found["offsets"])]


def write_vocabularies(folder, name):
    """The vocabularies that such a folder held before there was a tokenizer.json."""
    wordpiece = json.loads((HERE / "wordpiece.json").read_text())["model"]["vocab"]
    lines = [token for token, _ in sorted(wordpiece.items(), key=lambda entry: entry[1])]
    if name == "mpnet":
        lines = [MPNET.get(line, line) for line in lines]
    pairs = json.loads((HERE / "byte-level.json").read_text())["model"]
    (folder / "vocab.txt").write_text("\n".join(lines) + "\n")
    (folder / "vocab.json").write_text(json.dumps(pairs["vocab"]))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in pairs["merges"]))
    source = {"albert": "albert", "deberta": "deberta"}.get(name.split("-")[0], "xlmr")
    for file in ("spiece.model", "sentencepiece.bpe.model", "spm.model"):
        shutil.copy(HERE / f"{source}.model", folder / file)


def main():
    assert transformers.__version__ == "5.24.0"
    texts = all_texts()
    hashes = {}
    for name, options in MODELS.items():
        train(name, options)
        model = sentencepiece.SentencePieceProcessor(model_file=str(HERE / f"{name}.model"))
        hashes[name] = hashes_of(texts, lambda text: model_pieces(model, text))
    (HERE / "model-hashes.json").write_text(json.dumps(hashes, indent=0) + "\n")
    hashes = {}
    for name, (kind, settings) in LEGACY.items():
        with tempfile.TemporaryDirectory() as folder:
            write_vocabularies(Path(folder), name)
            settings = {"tokenizer_class": kind, **settings}
            (Path(folder) / "tokenizer_config.json").write_text(json.dumps(settings))
            tokenizer = getattr(transformers, kind).from_pretrained(folder).backend_tokenizer
        hashes[name] = hashes_of(texts, lambda text: pieces(tokenizer, text))
    (HERE / "legacy-hashes.json").write_text(json.dumps(hashes, indent=0) + "\n")


if __name__ == "__main__":
    main()
