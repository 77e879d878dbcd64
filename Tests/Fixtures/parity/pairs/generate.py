"""Small random models that read two texts, and what transformers and sentence-transformers say with them.

python generate.py   (packages: requirements.txt; the seed is below; run in this folder)

Each folder is as transformers saves it, with the tokenizer class of its family; pairs.json beside the weights
holds, for each pair, ids, token types, where the tokens stand in bytes, whether tokens were cut off, logits, and
for some of them the gradient of the last logit at the word embeddings. cross-* are cross-encoders with what CrossEncoder.predict says.
tokenizers.json has the same of bare vocabularies (SentencePiece models of ../tokenizers, vocab.txt, merges.txt).
"""

import copy
import json
import math
import pathlib
import shutil
import tempfile

import torch
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import (
    AlbertConfig, AlbertForSequenceClassification, AlbertTokenizer, AutoTokenizer, BertConfig,
    BertForSequenceClassification, BertTokenizer, DebertaV2Config,
    DebertaV2ForSequenceClassification, DebertaV2Tokenizer, DistilBertConfig,
    DistilBertForSequenceClassification, ElectraConfig, ElectraForSequenceClassification, ModernBertConfig,
    ModernBertForSequenceClassification, MPNetConfig, MPNetForSequenceClassification, MPNetTokenizer,
    PreTrainedTokenizerFast, RobertaConfig, RobertaForSequenceClassification, RobertaTokenizer,
    XLMRobertaConfig, XLMRobertaForSequenceClassification, XLMRobertaTokenizer)

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
SEED = 15
LIMIT = 40
CORPUS = [
    "The film is not bad at all, it is a small wonder.", "I did not like the ending of the film.",
    "A dull, slow and empty story; nothing works.", "What a charming and clever little film!",
    "Nothing is as good as the first half, and the rest is bad.", "How is the weather in Paris?",
    "It rains in Paris and the river is high."]
LONG = "nothing is as good as the first half " * 9
PAIRS = [
    ("How is the film?", "It is a small wonder."), ("", "bad"), ("bad", ""), ("", ""),
    ("The unbelievable ending — a WONDER, isn't it?", "Café naïve 你好 🙂"),
    ("  two  spaces\nand a line ", " and \t more  "), (LONG, "short"), ("short", LONG),
    (LONG, LONG), (LONG, "the film is bad and the rest is bad and the river is high and slow ; "),
    ("the film is bad and the rest is bad and the river is high and slow ; it", LONG)]
SIZES = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
             max_position_embeddings=LIMIT)


def word_pieces(names):
    tokenizer = Tokenizer(models.WordPiece(unk_token=names[0]))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(
        CORPUS, trainers.WordPieceTrainer(vocab_size=120, special_tokens=names, show_progress=False))
    return tokenizer.get_vocab()


def byte_pairs(names):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=320, special_tokens=names, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    model = json.loads(tokenizer.to_str())["model"]
    return tokenizer.get_vocab(), [tuple(m) for m in model["merges"]]


def unigram(names, unknown):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.train_from_iterator(CORPUS, trainers.UnigramTrainer(
        vocab_size=120, special_tokens=names, unk_token=unknown, show_progress=False))
    return [tuple(piece) for piece in json.loads(tokenizer.to_str())["model"]["vocab"]]


BERT_NAMES = ["[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"]
FAIRSEQ_NAMES = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def modern_tokenizer():
    from tokenizers.processors import TemplateProcessing
    names = BERT_NAMES
    tokenizer = Tokenizer(models.WordPiece(word_pieces(names), unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[(n, tokenizer.token_to_id(n)) for n in ("[CLS]", "[SEP]")])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", mask_token="[MASK]",
        cls_token="[CLS]", sep_token="[SEP]", model_input_names=["input_ids", "attention_mask"])


def cases():
    pieces = word_pieces(BERT_NAMES)
    mp = word_pieces(["[UNK]", "<s>", "<pad>", "</s>", "<mask>"])
    vocabulary, merges = byte_pairs(FAIRSEQ_NAMES)
    albert = unigram(["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"], "<unk>")
    deberta = unigram(["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"], "[UNK]")
    xlmr = unigram(FAIRSEQ_NAMES, "<unk>")
    fairseq = dict(SIZES, max_position_embeddings=LIMIT + 2, pad_token_id=1, type_vocab_size=1)
    yield "bert", BertForSequenceClassification, BertConfig(
        **SIZES, vocab_size=len(pieces), num_labels=3), BertTokenizer(vocab=pieces)
    yield "bert-left", BertForSequenceClassification, BertConfig(
        **SIZES, vocab_size=len(pieces), num_labels=2), BertTokenizer(
            vocab=pieces, truncation_side="left")
    yield "electra", ElectraForSequenceClassification, ElectraConfig(
        **SIZES, vocab_size=len(pieces), embedding_size=8, num_labels=2), BertTokenizer(vocab=pieces)
    yield "distilbert", DistilBertForSequenceClassification, DistilBertConfig(
        vocab_size=len(pieces), dim=16, n_layers=2, n_heads=2, hidden_dim=24,
        max_position_embeddings=LIMIT, num_labels=2), BertTokenizer(
            vocab=pieces, model_input_names=["input_ids", "attention_mask"])
    yield "modernbert", ModernBertForSequenceClassification, ModernBertConfig(
        **SIZES, vocab_size=len(pieces), local_attention=8, pad_token_id=1, bos_token_id=2,
        cls_token_id=2, eos_token_id=3, sep_token_id=3, num_labels=3), modern_tokenizer()
    yield "mpnet", MPNetForSequenceClassification, MPNetConfig(
        **dict(SIZES, max_position_embeddings=LIMIT + 2), vocab_size=len(mp), pad_token_id=mp["<pad>"],
        num_labels=2), MPNetTokenizer(vocab=mp)
    yield "roberta", RobertaForSequenceClassification, RobertaConfig(
        **fairseq, vocab_size=len(vocabulary), num_labels=3), RobertaTokenizer(
            vocab=vocabulary, merges=merges)
    yield "xlm-roberta", XLMRobertaForSequenceClassification, XLMRobertaConfig(
        **fairseq, vocab_size=len(xlmr) + 1, num_labels=2), XLMRobertaTokenizer(vocab=xlmr)
    yield "albert", AlbertForSequenceClassification, AlbertConfig(
        **SIZES, vocab_size=len(albert), embedding_size=8, num_labels=2), AlbertTokenizer(vocab=albert)
    yield "deberta-v3", DebertaV2ForSequenceClassification, DebertaV2Config(
        **SIZES, vocab_size=len(deberta) + 1, relative_attention=True, pos_att_type="p2c|c2p",
        position_buckets=8, share_att_key=True, norm_rel_ebd="layer_norm", position_biased_input=False,
        type_vocab_size=0, num_labels=3), DebertaV2Tokenizer(vocab=deberta)
    yield "deberta-v2-types", DebertaV2ForSequenceClassification, DebertaV2Config(
        **SIZES, vocab_size=len(deberta) + 1, relative_attention=True, pos_att_type="p2c|c2p",
        position_buckets=8, position_biased_input=False, type_vocab_size=2, num_labels=2
        ), DebertaV2Tokenizer(vocab=deberta)


def built(kind, configuration, seed):
    """Weights large enough that types and texts differ, exact in half precision."""
    configuration._attn_implementation = "eager"
    model = kind(configuration).eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            is_norm = parameter.dim() == 1 and name.endswith("weight")
            size = 0.1 if parameter.dim() == 1 else 1.3 / math.sqrt(parameter.shape[-1])
            if "embeddings" in name and parameter.dim() == 2:
                size = 0.6
            parameter.copy_(((1 if is_norm else 0) + size * noise).half().float())
    return model


def in_bytes(text, offset):
    start, end = offset
    return [len(text[:start].encode()), len(text[:end].encode())]


def encoded(tokenizer, first, second):
    found = tokenizer(first, second, truncation=True, return_offsets_mapping=True)
    parts = found.sequence_ids(0)
    places = [None if part is None else [part] + in_bytes((first, second)[part], offset)
              for part, offset in zip(parts, found["offset_mapping"])]
    given = tokenizer(first, second, truncation=True)
    types = given.get("token_type_ids", [0] * len(given["input_ids"]))
    return {"first": first, "second": second, "ids": found["input_ids"], "types": types,
            "places": places}


def answered(model, tokenizer):
    answers = []
    for index, (first, second) in enumerate(PAIRS):
        entry = encoded(tokenizer, first, second)
        entry["isCut"] = len(tokenizer(first, second)["input_ids"]) > len(entry["ids"])
        given = tokenizer(first, second, truncation=True, return_tensors="pt")
        with torch.no_grad():
            entry["logits"] = model(**given).logits[0].tolist()
        if index in (0, 4):
            x = model.get_input_embeddings()(given["input_ids"]).detach().requires_grad_()
            handle = model.get_input_embeddings().register_forward_hook(lambda _, __, found: x)
            logits = model(**given).logits[0]
            handle.remove()
            entry["gradient"] = [
                float(f"{v:.7g}") for v in torch.autograd.grad(logits[-1], x)[0].flatten().tolist()]
        answers.append(entry)
    return answers


def save(folder, model, tokenizer):
    shutil.rmtree(folder, ignore_errors=True)
    tokenizer.model_max_length = LIMIT
    tokenizer.save_pretrained(folder)
    model.config.architectures = None
    # a copy: buffers such as rotary frequencies would come back rounded
    copy.deepcopy(model).half().save_pretrained(folder)


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False) + "\n")


def main():
    for index, (name, kind, configuration, tokenizer) in enumerate(cases()):
        model = built(kind, configuration, SEED + index)
        folder = HERE / name
        save(folder, model, tokenizer)
        write(folder / "pairs.json", answered(model, AutoTokenizer.from_pretrained(folder)))
        print(name, sum(path.stat().st_size for path in folder.iterdir()))
    crosses()
    write(HERE / "tokenizers.json", bare_vocabularies())


def crosses():
    identity = "torch.nn.modules.linear.Identity"
    pieces = word_pieces(BERT_NAMES)
    settings = {
        "cross-identity": (1, {"sentence_transformers": {"activation_fn": identity, "version": "4.0.0"}}, None),
        "cross-older-identity": (1, {"sbert_ce_default_activation_function": identity}, None),
        "cross-own-file": (1, {"sbert_ce_default_activation_function": identity}, torch.nn.Sigmoid()),
        "cross-unnamed": (1, {}, None),
        "cross-foreign": (1, {"sentence_transformers": {"activation_fn": "own.module.Tanh"}}, None),
    }
    for index, (name, (labels, extra, own)) in enumerate(settings.items()):
        model = built(BertForSequenceClassification, BertConfig(
            **dict(SIZES, num_hidden_layers=1), vocab_size=len(pieces), num_labels=labels), SEED + index)
        folder = HERE / name
        save(folder, model, BertTokenizer(vocab=pieces))
        config = json.loads((folder / "config.json").read_text()) | extra
        config["architectures"] = ["BertForSequenceClassification"]
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        if own:  # as the library saves it now: its own file counts, whatever config.json still says
            CrossEncoder(str(folder), device="cpu", activation_fn=own).save_pretrained(str(folder))
            (folder / "README.md").unlink()
            config = json.loads((folder / "config.json").read_text()) | extra
            (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        scores = CrossEncoder(str(folder), device="cpu", model_kwargs={"dtype": torch.float32}).predict([list(pair) for pair in PAIRS])
        write(folder / "scores.json", [
            {"first": a, "second": b, "score": float(s)} for (a, b), s in zip(PAIRS, scores)])
        print(name, scores[:3])


def bare_vocabularies():
    """What transformers 5 builds around a vocabulary without a tokenizer.json."""
    models_of = HERE.parent / "tokenizers"
    pieces = word_pieces(BERT_NAMES)
    mp = word_pieces(["[UNK]", "<s>", "<pad>", "</s>", "<mask>"])
    vocabulary, merges = byte_pairs(FAIRSEQ_NAMES)
    lines = lambda vocab: "\n".join(sorted(vocab, key=vocab.get)) + "\n"
    files = {
        "bert": {"vocab.txt": lines(pieces)}, "electra": {"vocab.txt": lines(pieces)},
        "distilbert": {"vocab.txt": lines(pieces)}, "mpnet": {"vocab.txt": lines(mp)},
        "roberta": {"vocab.json": json.dumps(vocabulary),
                    "merges.txt": "#version: 0.2\n" + "\n".join(" ".join(m) for m in merges) + "\n"},
        "albert": {"spiece.model": models_of / "albert.model"},
        "xlm-roberta": {"sentencepiece.bpe.model": models_of / "xlmr.model"},
        "camembert": {"sentencepiece.bpe.model": models_of / "xlmr.model"},
        "deberta-v2": {"spm.model": models_of / "deberta.model"},
    }
    found = []
    for kind, contents in files.items():
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "config.json").write_text(json.dumps({"model_type": kind}))
            for file, content in contents.items():
                if isinstance(content, pathlib.Path):
                    shutil.copy(content, folder / file)
                else:
                    (folder / file).write_text(content)
            try:
                tokenizer = AutoTokenizer.from_pretrained(folder)
            except Exception as error:
                print(kind, "not loaded:", repr(error)[:200])
                continue
            tokenizer.model_max_length = LIMIT
            found.append({
                "type": kind,
                "files": {file: ("../tokenizers/" + content.name) if isinstance(content, pathlib.Path)
                          else None for file, content in contents.items()},
                "texts": {file: content for file, content in contents.items() if isinstance(content, str)},
                "pairs": [encoded(tokenizer, *pair) for pair in PAIRS[:7] + PAIRS[9:10]]})
    return found


main()
