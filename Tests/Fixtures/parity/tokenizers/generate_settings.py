"""Draws folders with settings beside their vocabularies and hashes what transformers makes of texts.

    pip install -r requirements.txt && python3.11 generate_settings.py files
    pip install transformers==4.57.3 && python3.11 generate_settings.py json && python3.11 generate_settings.py decoders

`json`: folders with a tokenizer.json, as transformers 4.57.3 reads them, into settings-json.json.
`decoders`: the same of the families of decoders, into settings-decoders.json.
`files`: folders with bare vocabularies, as transformers 5.24 reads them, into settings-files.json.
Each case has the files that stand in its folder, what in tokenizer.json is replaced, a hash of the ids
and places of all texts, and the ids of the unknown, padding and mask tokens. What transformers can't
open is left out. Options: --count N, --seed N, --output FILE, --show CASE to print what it makes.
"""

import argparse
import contextlib
import io
import json
import os
import random
import tempfile
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="critical", TOKENIZERS_PARALLELISM="false")

import tokenizers
import transformers
from generate import HERE, fnv, utf8_offsets
from generate_models import write_vocabularies
from odd_texts import odd_texts
from transformers import AutoTokenizer

FRAME = 0xFFFFFFFF
NEW = ["covid", "[USER]", "New York", "<ent>", "Caf\u00e9", "ing"]
BERT = ["[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"]
ROBERTA = ["<unk>", "</s>", "<pad>", "<s>", "<mask>"]
PARTS = ["unk_token", "sep_token", "pad_token", "cls_token", "mask_token", "bos_token", "eos_token"]
# By type of model: the class that belongs to it, tokenizer.json files, and the settings it knows.
WORDPIECE = ["do_lower_case", "strip_accents", "tokenize_chinese_chars", "do_basic_tokenize", "clean_text"]
BYTES = ["add_prefix_space", "trim_offsets"]
FAMILIES = {
    "bert": ("BertTokenizer", ["wordpiece", "wordpiece-cased"], WORDPIECE),
    "distilbert": ("DistilBertTokenizer", ["wordpiece", "wordpiece-cased"], WORDPIECE),
    "electra": ("ElectraTokenizer", ["wordpiece", "wordpiece-cased"], WORDPIECE),
    "mpnet": ("MPNetTokenizer", ["wordpiece", "wordpiece-cased"], WORDPIECE),
    "roberta": ("RobertaTokenizer", ["byte-level", "byte-level-prefix", "byte-level-untrimmed"], BYTES),
    "modernbert": (None, ["byte-level", "byte-level-prefix", "cl100k"], BYTES),
    "xlm-roberta": ("XLMRobertaTokenizer", ["unigram-whole"], ["add_prefix_space"]),
    "camembert": ("CamembertTokenizer", ["unigram-whole"], ["add_prefix_space"]),
    "albert": (
        "AlbertTokenizer", ["unigram-bytes", "unigram-whole"],
        ["do_lower_case", "keep_accents", "remove_space", "add_prefix_space", "trim_offsets"],
    ),
    "deberta-v2": (
        "DebertaV2Tokenizer", ["unigram-whole", "wordpiece"],
        ["do_lower_case", "split_by_punct", "add_prefix_space", "legacy"],
    ),
}
FRAMES = ["add_bos_token", "add_eos_token", "add_prefix_space"]
LLAMA = ["llama", "llama-first", "cl100k"]
DECODERS = {
    "llama": ("LlamaTokenizer", LLAMA, FRAMES),
    "mistral": ("LlamaTokenizer", LLAMA, FRAMES),
    "phi3": ("LlamaTokenizer", LLAMA, FRAMES),
    "qwen2": ("Qwen2Tokenizer", ["cl100k", "byte-level"], FRAMES + BYTES),
    "qwen3": ("Qwen2Tokenizer", ["cl100k"], FRAMES),
    "gemma": ("GemmaTokenizer", ["llama-first", "llama"], FRAMES),
    "gemma2": ("GemmaTokenizer", ["llama-first"], FRAMES),
    "gemma3_text": ("GemmaTokenizer", ["llama-first"], FRAMES),
    "smollm3": (None, ["cl100k", "byte-level"], FRAMES),
    "gpt2": ("GPT2Tokenizer", ["byte-level", "byte-level-prefix", "byte-level-untrimmed"], FRAMES + BYTES),
    "gpt_neox": ("GPTNeoXTokenizer", ["byte-level", "byte-level-prefix", "byte-level-untrimmed"], FRAMES + BYTES),
}
CLASSES = [
    "PreTrainedTokenizerFast", "PreTrainedTokenizer", "BertTokenizer", "BertTokenizerFast", "RobertaTokenizerFast",
    "XLMRobertaTokenizer", "ConvBertTokenizer", "LongformerTokenizer", "GPT2Tokenizer", "LlamaTokenizerFast",
    "GemmaTokenizer",
]
NORMALIZERS = [
    {"type": "Lowercase"},
    {"type": "NFC"},
    {"type": "BertNormalizer", "clean_text": False, "handle_chinese_chars": False, "strip_accents": True, "lowercase": False},
    {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": False, "lowercase": True},
    {"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "StripAccents"}]},
]
BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
PRE_TOKENIZERS = [BYTE_LEVEL, {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": True}, BYTE_LEVEL]}]


class Draw:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def one(self, values):
        return self.random.choice(values)

    def chance(self, share):
        return self.random.random() < share

    def flags(self):
        return {key: True for key in ("lstrip", "rstrip", "single_word") if self.chance(0.3)}

    def added(self, content, **more):
        flags = {"lstrip": False, "rstrip": False, "single_word": False, **self.flags()}
        if self.chance(0.8):
            flags["normalized"] = self.chance(0.5)
        return {"content": content, **flags, **more}

    def token(self, pool, tagged):
        """A special token as it is written in a file."""
        content = self.one(pool)
        if self.chance(0.5):
            return content
        return {"__type": "AddedToken", **self.added(content, special=True)} if tagged else self.added(content)


def draw_settings(draw, family, pool, with_json):
    kind, _, known = FAMILIES[family]
    config = {}
    if draw.chance(0.5) and kind:
        config["tokenizer_class"] = kind + draw.one(["", "Fast"] if with_json else [""])
    elif with_json and draw.chance(0.5):
        config["tokenizer_class"] = draw.one(CLASSES)
    for key in known + ["do_lower_case", "add_prefix_space"] * with_json:
        if draw.chance(0.5):
            config[key] = draw.chance(0.5)
    if draw.chance(0.1):
        config["strip_accents"] = None
    if draw.chance(0.3):
        config["model_max_length"] = draw.one([0, 1, 2, 4, 7, 9, 512, 10**30, 1e30, None])
    if draw.chance(0.1):
        config["max_len"] = draw.one([5, 8])
    if draw.chance(0.2):
        config["truncation_side"] = draw.one(["left", "right"])
    if draw.chance(0.05):
        config["split_special_tokens"] = True
    for key in ("add_bos_token", "add_eos_token"):
        if (with_json or family == "albert") and draw.chance(0.1):
            config[key] = draw.chance(0.5)
    for part in PARTS:
        if draw.chance(0.12):
            config[part] = draw.token(pool, tagged=True)
        elif with_json and draw.chance(0.03):
            config[part] = None
    if draw.chance(0.1):
        config["image_token"] = draw.one(pool)
    if draw.chance(0.15):
        config["additional_special_tokens"] = [draw.token(pool, tagged=True) for _ in range(draw.one([0, 1, 3]))]
    if draw.chance(0.1):
        tokens = {"image": draw.one(pool), "video": draw.one(pool)}
        config["extra_special_tokens"] = tokens if with_json or draw.chance(0.5) else list(tokens.values())
    if draw.chance(0.2):
        config.update(never_split=["good"], unknown_key={"a": [1]}, clean_up_tokenization_spaces=True, verbose=False)
    return config


def draw_case(draw, family, with_json):
    _, files, _ = FAMILIES[family]
    case = {"modelType": family}
    if with_json:
        case["tokenizer"] = draw.one(files)
        model = json.loads((HERE / f"{case['tokenizer']}.json").read_text())["model"]["vocab"]
        vocabulary = list(model) if isinstance(model, dict) else [token for token, _ in model]
        count = max(len(vocabulary), 1504 if "byte" in case["tokenizer"] else 0)
    else:
        vocabulary, count = ["the", "good", "\u2581the", "\u0120the"], 1600
    own = BERT if "wordpiece" in case.get("tokenizer", "") else ROBERTA
    pool = NEW + BERT + ROBERTA + [draw.one(vocabulary[5:] or vocabulary) for _ in range(3)]
    config = draw_settings(draw, family, pool, with_json)
    if draw.chance(0.35):
        ids = draw.random.sample(range(count, count + 9), 3)
        config["added_tokens_decoder"] = {
            str(id): draw.added(draw.one(pool), special=draw.chance(0.5)) for id in ids
        }
    if config or draw.chance(0.5):
        case["config"] = config
    if draw.chance(0.3):
        case["specialTokens"] = {part: draw.token(pool, tagged=False) for part in PARTS if draw.chance(0.2)}
        if draw.chance(0.4):
            case["specialTokens"]["additional_special_tokens"] = [
                draw.token(pool, tagged=False) if with_json else draw.one(pool) for _ in range(2)
            ]
    if draw.chance(0.3):
        tokens = draw.random.sample(NEW, 3)
        case["addedTokens"] = {token: count + place for place, token in enumerate(tokens)}
        if with_json:  # transformers 4 takes the last of these for one of added_tokens.json
            case.get("specialTokens", {}).pop("additional_special_tokens", None)
    if draw.chance(0.1):
        case["modelClass"] = draw.one(CLASSES[:5] if with_json else [FAMILIES[family][0] or "BertTokenizer"])
    if with_json:
        draw_replacements(draw, case, own)
    return case


def draw_replacements(draw, case, own):
    replaced = {}
    if draw.chance(0.2):
        replaced["truncation"] = {
            "direction": draw.one(["Left", "Right"]), "max_length": 6, "strategy": "LongestFirst", "stride": 0
        }
    if draw.chance(0.2):
        replaced["normalizer"] = draw.one(NORMALIZERS)
    if draw.chance(0.1):
        replaced["pre_tokenizer"] = draw.one(PRE_TOKENIZERS)
    if draw.chance(0.3):
        roberta = {"cls": [own[3], 2], "sep": [own[1], 3], "trim_offsets": draw.chance(0.5), "add_prefix_space": draw.chance(0.5)}
        replaced["post_processor"] = draw.one([
            {"type": "RobertaProcessing", **roberta},
            {"type": "BertProcessing", "cls": [own[3], 2], "sep": [own[1], 3]},
            {"type": "ByteLevel", "add_prefix_space": draw.chance(0.5), "trim_offsets": draw.chance(0.5), "use_regex": True},
            {"type": "Sequence", "processors": [{"type": "RobertaProcessing", **roberta}]},
            None,
        ])
    if draw.chance(0.1):
        replaced["added_tokens"] = []
    if replaced:
        case["replaced"] = replaced


def write(folder, case):
    config = {"model_type": case["modelType"], **({"tokenizer_class": case["modelClass"]} if "modelClass" in case else {})}
    (folder / "config.json").write_text(json.dumps(config))
    for key, name in [
        ("config", "tokenizer_config.json"), ("specialTokens", "special_tokens_map.json"),
        ("addedTokens", "added_tokens.json"),
    ]:
        if key in case:
            (folder / name).write_text(json.dumps(case[key]))
    if "tokenizer" in case:
        file = json.loads((HERE / f"{case['tokenizer']}.json").read_text())
        (folder / "tokenizer.json").write_text(json.dumps({**file, **case.get("replaced", {})}))
    else:
        write_vocabularies(folder, case["modelType"])


def opened(case):
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), case)
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            tokenizer = AutoTokenizer.from_pretrained(folder)
    # A normalizer that was replaced counts for added tokens once they are read again (in tokenizers
    # 0.23 at once).
    backend = tokenizer.backend_tokenizer
    again = tokenizers.Tokenizer.from_str(backend.to_str())
    assert sorted(again.get_added_tokens_decoder()) == sorted(backend.get_added_tokens_decoder())
    tokenizer._tokenizer = again
    return tokenizer


def pieces(tokenizer, text):
    encoding = tokenizer(text, truncation=True, return_offsets_mapping=True, return_special_tokens_mask=True)
    offsets = utf8_offsets(text)
    for id, (start, end), frame in zip(
        encoding["input_ids"], encoding["offset_mapping"], encoding["special_tokens_mask"]
    ):
        yield (id, FRAME) if frame else (id, offsets[start], offsets[end])


def hash_of(tokenizer, texts):
    state = 0xCBF29CE484222325
    for text in texts:
        for piece in pieces(tokenizer, text):
            for value in piece:
                state = fnv(state, value)
        state = fnv(state, FRAME - 1)
    return f"{state:016x}"


def all_texts():
    """Half of them with the tokens that settings may name."""
    draw = Draw(5)
    named = NEW + BERT + ROBERTA + ["COVID", "[user]", "<ENT>", "cafe\u0301", "New  York", "the", "good"]
    texts = ["", " ", "The Caf\u00e9 was \u6f22\u5b57 na\u00efve, COVID!"]
    for index, text in enumerate(odd_texts(60, seed=3)):
        for _ in range(index % 2 * 3):
            place = draw.random.randrange(len(text) + 1)
            text = text[:place] + draw.one(["", " ", "  "]) + draw.one(named) + draw.one(["", " ", "a"]) + text[place:]
        texts.append(text)
    return texts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["json", "files", "decoders"])
    parser.add_argument("--count", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output")
    parser.add_argument("--show", type=int)
    options = parser.parse_args()
    with_json = options.kind != "files"
    assert transformers.__version__ == ("4.57.3" if with_json else "5.24.0")
    texts = all_texts()
    families = [family for family in FAMILIES if with_json or family != "modernbert"]
    if options.kind == "decoders":
        FAMILIES.update(DECODERS)
        families = list(DECODERS)
    cases, failures = [], {}
    for number in range(options.count):
        draw = Draw(f"{options.kind} {options.seed} {number}")
        case = draw_case(draw, draw.one(families), with_json)
        if options.show not in (None, number):
            continue
        try:
            tokenizer = opened(case)
            case["hash"] = hash_of(tokenizer, texts)
        except Exception as error:
            failures[number] = f"{type(error).__name__}: {error}".splitlines()[0][:150]
            continue
        roles = [tokenizer.unk_token_id, tokenizer.pad_token_id, tokenizer.mask_token_id]
        cases.append({"number": number, **case, "roles": roles})
        if options.show is not None:
            print(json.dumps(cases, ensure_ascii=False))
            print(tokenizer)
            for text in texts:
                print(json.dumps(text, ensure_ascii=False), list(pieces(tokenizer, text)))
    for number, failure in failures.items():
        print(number, failure)
    if options.show is None:
        output = Path(options.output) if options.output else HERE / f"settings-{options.kind}.json"
        lines = ",\n".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases)
        output.write_text(f'{{"texts":{json.dumps(texts)},\n"cases":[\n{lines}\n]}}\n')
        print(len(cases), "cases of", options.count)


if __name__ == "__main__":
    main()
