"""The kinds of tokenizers: each a function of texts to train on."""

import json
import tempfile
from pathlib import Path

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, normalizers as n, pre_tokenizers as p
from tokenizers import models, processors, trainers
from sentencepiece import sentencepiece_model_pb2

BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ROBERTA = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
CL100K = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"
LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
O200K = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
SIZE = 1500


def framed(tokenizer, first, last):
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}", special_tokens=[(t, tokenizer.token_to_id(t)) for t in (first, last)]
    )
    return tokenizer


def wordpiece(normalizer, pre_tokenizer):
    def build(texts):
        tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, pre_tokenizer
        trainer = trainers.WordPieceTrainer(vocab_size=SIZE, special_tokens=BERT, show_progress=False)
        tokenizer.train_from_iterator(texts, trainer)
        return framed(tokenizer, "[CLS]", "[SEP]")

    return build


def byte_level(pre_tokenizer, processor=None, normalizer=None, **options):
    def build(texts):
        tokenizer = Tokenizer(models.BPE(**options))
        tokenizer.pre_tokenizer = pre_tokenizer
        if normalizer:
            tokenizer.normalizer = normalizer
        special = ROBERTA[:4] + [AddedToken("<mask>", lstrip=True, special=True)]
        trainer = trainers.BpeTrainer(
            vocab_size=SIZE, special_tokens=special, initial_alphabet=sorted(p.ByteLevel.alphabet()), show_progress=False
        )
        tokenizer.train_from_iterator(texts, trainer)
        tokenizer.add_tokens([
            AddedToken("www", single_word=True), AddedToken("\u2014", lstrip=True, rstrip=True, normalized=False),
            AddedToken("New\u00e9", normalized=True), AddedToken("   ", normalized=False),
        ])
        if processor:
            tokenizer.post_processor = processor
        return tokenizer

    return build


def llama(normalizer, pre_tokenizer):
    def build(texts):
        tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
        tokenizer.pre_tokenizer = p.Metaspace()
        bytes_ = [f"<0x{b:02X}>" for b in range(256)]
        trainer = trainers.BpeTrainer(
            vocab_size=SIZE, special_tokens=["<unk>", "<s>", "</s>", *bytes_], limit_alphabet=80, show_progress=False
        )
        tokenizer.train_from_iterator(texts, trainer)
        state = json.loads(tokenizer.to_str())
        state["added_tokens"] = state["added_tokens"][:3]
        tokenizer = Tokenizer.from_str(json.dumps(state))
        tokenizer.pre_tokenizer = pre_tokenizer
        if normalizer:
            tokenizer.normalizer = normalizer
        return framed(tokenizer, "<s>", "</s>")

    return build


def characters(**options):
    def build(texts):
        tokenizer = Tokenizer(models.BPE(unk_token="<unk>", **options))
        tokenizer.pre_tokenizer = p.Whitespace()
        trainer = trainers.BpeTrainer(
            vocab_size=800, special_tokens=["<unk>"], limit_alphabet=60, show_progress=False,
            **{key: value for key, value in options.items() if key.endswith("fix")},
        )
        tokenizer.train_from_iterator(texts, trainer)
        return tokenizer

    return build


def word_level(pre_tokenizer, normalizer=None, size=300):
    def build(texts):
        tokenizer = Tokenizer(models.WordLevel(unk_token="<unk>"))
        tokenizer.pre_tokenizer = pre_tokenizer
        if normalizer:
            tokenizer.normalizer = normalizer
        trainer = trainers.WordLevelTrainer(vocab_size=size, special_tokens=["<unk>"], show_progress=False)
        tokenizer.train_from_iterator(texts, trainer)
        return tokenizer

    return build


def splits(pre_tokenizer, normalizer=None):
    """For what a pre-tokenizer does: nearly all words are unknown."""
    return word_level(pre_tokenizer, normalizer, size=20)


def character_map(rule="rules.tsv"):
    """A small one: SentencePiece's own is larger than all else here."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.txt"
        corpus.write_text("a b c d\n" * 10)
        rules = {"normalization_rule_tsv": str(Path(__file__).parent / rule)} if rule.endswith("tsv") else {"normalization_rule_name": rule}
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus), model_prefix=f"{folder}/m", vocab_size=8, hard_vocab_limit=False, minloglevel=2, **rules
        )
        model = sentencepiece_model_pb2.ModelProto()
        model.ParseFromString(Path(f"{folder}/m.model").read_bytes())
    return model.normalizer_spec.precompiled_charsmap


def unigram(normalizer, pre_tokenizer, byte_fallback=False, bytes_=False):
    def build(texts):
        tokenizer = Tokenizer(models.Unigram())
        tokenizer.pre_tokenizer = p.Metaspace()
        trainer = trainers.UnigramTrainer(
            vocab_size=SIZE, special_tokens=ROBERTA, unk_token="<unk>", show_progress=False
        )
        tokenizer.train_from_iterator(texts, trainer)
        state = json.loads(tokenizer.to_str())
        state["model"]["vocab"] = [[t, round(score, 5)] for t, score in state["model"]["vocab"]]
        if bytes_:
            state["model"]["vocab"] += [[f"<0x{b:02X}>", -9.0] for b in range(256)]
            state["model"]["byte_fallback"] = byte_fallback
        tokenizer = Tokenizer.from_str(json.dumps(state))
        tokenizer.pre_tokenizer = pre_tokenizer
        tokenizer.normalizer = normalizer() if callable(normalizer) else normalizer
        return framed(tokenizer, "<s>", "</s>")

    return build


def roberta(add_prefix_space=False, trim_offsets=True):
    return processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets, add_prefix_space)


BEHAVIORS = ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]

KINDS = {
    "wordpiece": wordpiece(n.BertNormalizer(), p.BertPreTokenizer()),
    "wordpiece-cased": wordpiece(n.BertNormalizer(lowercase=False), p.BertPreTokenizer()),
    "byte-level": byte_level(p.ByteLevel(add_prefix_space=False), roberta()),
    "byte-level-prefix": byte_level(p.ByteLevel(add_prefix_space=True), roberta(True), n.NFC()),
    "byte-level-untrimmed": byte_level(p.ByteLevel(add_prefix_space=True, trim_offsets=False), processors.ByteLevel(trim_offsets=False), n.NFKC()),
    "cl100k": byte_level(p.Sequence([p.Split(Regex(CL100K), "isolated"), p.ByteLevel(add_prefix_space=False, use_regex=False)]), processors.ByteLevel(trim_offsets=True), ignore_merges=True),
    "llama": llama(n.Sequence([n.Prepend("▁"), n.Replace(" ", "▁")]), None),
    "llama-first": llama(None, p.Metaspace(prepend_scheme="first", split=False)),
    "word-end": characters(end_of_word_suffix="</w>"),
    "word-inside": characters(continuing_subword_prefix="##", fuse_unk=True),
    "unigram": unigram(lambda: n.Precompiled(character_map()), p.Sequence([p.WhitespaceSplit(), p.Metaspace()])),
    "unigram-bytes": unigram(n.Sequence([n.Replace("``", '"'), n.Replace("''", '"'), n.NFKD(), n.StripAccents(), n.Lowercase(), n.Replace(Regex(" {2,}"), " ")]), p.Metaspace(prepend_scheme="never"), True, True),
    "unigram-whole": unigram(n.Sequence([n.Nmt(), n.NFKC(), n.Strip(), n.Replace(Regex(r"\s+"), "▁")]), p.Metaspace(prepend_scheme="first", split=False)),
    "word-level": word_level(p.Whitespace(), n.Sequence([n.NFKD(), n.Lowercase(), n.StripAccents()])),
    **{f"punctuation-{b}": splits(p.Punctuation(b)) for b in BEHAVIORS},
    **{f"split-{b}": splits(p.Split(Regex(r"\d+|[aeiou]"), b)) for b in BEHAVIORS},
    **{f"split-inverted-{b}": splits(p.Split(Regex(r"\w+"), b, invert=True)) for b in BEHAVIORS},
    "split-string": splits(p.Split(" ", "merged_with_next")),
    "digits": splits(p.Sequence([p.Digits(individual_digits=False), p.WhitespaceSplit()])),
    "digits-individual": splits(p.Digits(individual_digits=True)),
    "delimiter": splits(p.CharDelimiterSplit("e")),
    "scripts": splits(p.UnicodeScripts()),
    "fixed-length": splits(p.FixedLength(3)),
    "whitespace": splits(p.Whitespace()),
    "byte-level-text": splits(p.WhitespaceSplit(), n.ByteLevel()),
    **{
        f"regex-{name}": splits(p.Split(Regex(pattern), "isolated"))
        for name, pattern in {
            "gpt2": GPT2, "llama3": LLAMA3, "qwen": QWEN, "o200k": O200K,
            "behind": r"(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<![\d.])[.]+?(?=\W|$)|\b\p{Han}+",
            "sets": r"[[:alpha:]&&[^a-m\p{Greek}]]+|[\p{P}\p{S}]++|(?>\s{2,4})|(?:ab|a)*+c|^\S|\p{^L}{2}$",
            "lazy": r"\w+?(?:ing|ed)\b|(?i:NOT|bad)|[\u0400-\u04FF]{1,2}?|\S{2,}?[aeiou]",
        }.items()
    },
}
