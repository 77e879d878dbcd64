"""Methods that take units away, and measures, on texts as people type them: with the tokenizers of
../transformers (WordPiece, byte-level BPE, SentencePiece's unigram), their frames, pieces of words,
repeated words, punctuation, a typed special token and an unknown word.

For every model, text and class, in double precision, rows as ids, the frame always there:
- Shapley values over tokens, by Captum's ShapleyValues or, where its d! orders are too many, from all 2^d
  coalitions; over words (the tokenizer's own word_ids) by shap's KernelExplainer over all coalitions;
- Captum's FeatureAblation and Occlusion of ids, by token and by word, with each replacement;
- lime's LimeTextExplainer over the tokens, each place a feature, and Captum's Lime at the embeddings;
- ../attribution-measures' comprehensiveness, sufficiency, curves and tau of made-up scores, and Captum's
  infidelity for sets that are stored.
`python generate.py` writes cases.json beside it (packages: requirements.txt).
"""
import importlib.util
import itertools
import json
import math
import os
import pathlib
import sys
import warnings

os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
warnings.filterwarnings("ignore")
sys.modules["torchvision"] = None
import numpy as np
import shap
import torch
from captum.attr import FeatureAblation, Lime, ShapleyValues
from captum.metrics import infidelity
from lime.lime_text import LimeTextExplainer
from scipy.stats import kendalltau
from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerFast

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent / "transformers"
TEXTS = ["bad, bad film!", "Unfilmlike", "is it \"all\" bad?", "film{mask} {sep}a", "the 你 film.", "film"]


def neighbour(folder):
    sys.path.insert(0, str(HERE.parent / "attribution"))
    spec = importlib.util.spec_from_file_location(folder, HERE.parent / folder / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


measures = neighbour("attribution-measures")


def digits(values):
    return [float(f"{v:.9g}") for v in np.asarray(values).flatten().tolist()]


class Text:
    """One text, and what the model says of it with units away."""

    def __init__(self, model, tokenizer, text):
        encoding = tokenizer(text)
        self.model, self.tokenizer, self.text = model, tokenizer, text
        self.ids, self.words = encoding["input_ids"], encoding.word_ids()
        size = len(self.ids)
        self.frame = [0, size - 1]
        self.players = list(range(1, size - 1))
        # A typed special token has no word of the tokenizer's; it is one.
        numbers, count = {}, itertools.count()
        self.word = [next(count) if w is None else numbers.setdefault(w, None) for w in self.words]
        order = []
        for place in self.players:
            key = self.words[place] if self.words[place] is not None else -place
            if key not in order:
                order.append(key)
            self.word[place] = order.index(key)
        self.known = {}

    def replacement(self, name):
        return {"unk": self.tokenizer.unk_token_id, "mask": self.tokenizer.mask_token_id,
                "pad": self.tokenizer.pad_token_id, "delete": None}[name]

    def logits(self, rows):
        new = [r for r in dict.fromkeys(map(tuple, rows)) if r not in self.known]
        for length in {len(r) for r in new}:
            group = [r for r in new if len(r) == length]
            with torch.no_grad():
                for start in range(0, len(group), 500):
                    part = torch.tensor(group[start:start + 500])
                    found = self.model(part, attention_mask=torch.ones_like(part)).logits
                    self.known.update(zip(group[start:start + 500], found))
        return torch.stack([self.known[tuple(r)] for r in rows])

    def row(self, absent, token):
        return [token if i in absent else t for i, t in enumerate(self.ids)
                if not (i in absent and token is None)]


def shapley(text, units, token, target):
    """From all coalitions, as the mean over all orders."""
    d = len(units)
    masks = list(itertools.product([0, 1], repeat=d))
    values = dict(zip(masks, text.logits([
        text.row({t for m, u in zip(mask, units) if not m for t in u}, token)
        for mask in masks])[:, target].tolist()))
    found = [0.0] * d
    for mask in masks:
        size = sum(mask)
        for unit in range(d):
            if not mask[unit]:
                weight = math.factorial(size) * math.factorial(d - size - 1) / math.factorial(d)
                found[unit] += weight * (
                    values[mask[:unit] + (1,) + mask[unit + 1:]] - values[mask])
    return found


def spread(text, units, scores):
    whole = [0.0] * len(text.ids)
    for unit, score in zip(units, scores):
        for token in unit:
            whole[token] = score / len(unit)
    return digits(whole)


def entries(text, target):
    tokens = [[t] for t in text.players]
    words = [[t for t in text.players if text.word[t] == w]
             for w in sorted({text.word[t] for t in text.players})]
    for name in ("mask", "unk", "pad", "delete"):
        token = text.replacement(name)

        def forward(masks, units):
            rows = [text.row({t for m, u in zip(mask, units) if m < 0.5 for t in u}, token)
                    for mask in masks.tolist()]
            return text.logits(rows)[:, target]

        for group, units in [("token", tokens), ("word", words)]:
            options = {"replacement": name, "group": group}
            ones = torch.ones(1, len(units), dtype=torch.double)
            a = FeatureAblation(lambda m: forward(m, units)).attribute(ones)
            yield {"method": "feature-ablation", "options": options,
                   "scores": spread(text, units, a[0].tolist())}
            exact = shapley(text, units, token, target)
            if len(units) <= 6:
                b = ShapleyValues(lambda m: forward(m, units)).attribute(
                    ones, perturbations_per_eval=64)[0].tolist()
                assert np.allclose(exact, b, atol=2e-6)  # Captum adds up in single precision
            yield {"method": "shapley", "options": options, "scores": spread(text, units, exact)}
            if 2 < len(units) <= 8 and name == "mask":
                c = shap.KernelExplainer(
                    lambda z: forward(torch.tensor(z), units).numpy(), np.zeros((1, len(units)))
                ).shap_values(np.ones((1, len(units))), l1_reg=False, silent=True)[0]
                yield {"method": "kernel-shap", "options": options,
                       "scores": spread(text, units, c)}
        losses = [forward(torch.ones(1, 1), [[]]) - text.logits([text.row({t}, token)])[:, target]
                  for t in range(len(text.ids))]
        yield {"method": "occlusion", "options": {"replacement": name},
               "scores": digits([v.item() for v in losses])}
        width = min(2, len(words))
        windows = [set(sum(words[s:s + width], [])) for s in range(len(words) - width + 1)]
        lost = [(forward(torch.ones(1, 1), [[]]) - text.logits([text.row(w, token)])[:, target]).item()
                for w in windows]
        means = [np.mean([v for v, w in zip(lost, windows) if set(word) <= w]) for word in words]
        yield {"method": "occlusion", "options": {"replacement": name, "window": 2},
               "scores": spread(text, words, means)}


def lime_entries(text, target):
    """Each token is a word of lime's, by its place."""
    names = [f"w{i}" for i in text.players]
    token = text.replacement("mask")

    def of_texts(texts):
        rows = [text.row(set(text.players) - {int(w[1:]) for w in t.split()}, token) for t in texts]
        return text.logits(rows).softmax(1).numpy()

    for features in [len(names), 3]:
        explainer = LimeTextExplainer(random_state=1, split_expression=r"\s+")
        found = explainer.explain_instance(
            " ".join(names), of_texts, labels=(target,), num_features=features, num_samples=20000)
        weights = dict(found.as_list(target))
        fit = found.score if isinstance(found.score, float) else found.score[target]
        yield {"method": "lime", "fit": float(fit),
               "options": {"samples": 5000, "replacement": "mask", "surrogate": "lime"}
               | ({} if features == len(names) else {"features": features}),
               "scores": [0.0] + [weights.get(w, 0.0) for w in names] + [0.0]}


def captums_lime(text, target):
    """At the embeddings, with the ids as the model has them; the frame is no feature."""
    table = text.model.get_input_embeddings().weight.detach()
    ids = torch.tensor([text.ids])
    x = table[ids]
    absent = table[torch.tensor([text.row(set(text.players), text.replacement("mask"))])]
    given = {}
    handle = text.model.get_input_embeddings().register_forward_hook(
        lambda _, __, found: given.get("x", found))

    def f(e):
        given["x"] = e
        rows = ids.expand(len(e), -1)
        with torch.no_grad():
            return text.model(rows, attention_mask=torch.ones_like(rows)).logits[:, target]

    torch.manual_seed(3)
    # The frame's own feature is the same in all samples, and gets a slope of 0.
    mask = torch.tensor([0] + list(range(1, len(text.players) + 1)) + [0])[None, :, None]
    baseline = absent.clone()
    a = Lime(f).attribute(x, baselines=baseline, feature_mask=mask, n_samples=20000,
                          perturbations_per_eval=500)
    handle.remove()
    yield {"method": "lime", "options": {"samples": 5000, "replacement": "mask", "surrogate": "captum"},
           "scores": [0.0] + digits(a[0, 1:-1, 0]) + [0.0]}


def measured(text, target, random):
    """Of made-up scores; a token of the frame has one too, which does not count."""
    inner = [text.ids[t] for t in text.players]
    scores = random.normal(size=len(inner)).round(4).tolist()
    rationale = (random.uniform(size=len(inner)) < 0.4).tolist()
    rationale[len(inner) // 2] = True
    mask = text.replacement("mask")

    def p(row):
        return text.logits([[text.ids[0]] + row + [text.ids[-1]]]).softmax(1)[0, target].item()

    found = {
        "comprehensiveness": {"value": measures.aopc(p, inner, scores, False),
                              "eraser": measures.eraser(p, inner, scores, False)},
        "sufficiency": {"value": measures.aopc(p, inner, scores, True),
                        "eraser": measures.eraser(p, inner, scores, True)},
        "plausibility": measures.plausibility(scores, rationale)}
    measures.UNK = mask
    found["deletion-auc"] = {"value": measures.curve(p, inner, scores, False)}
    found["insertion-auc"] = {"value": measures.curve(p, inner, scores, True)}
    if len(inner) > 1:
        losses = [p(inner) - p(inner[:i] + inner[i + 1:]) for i in range(len(inner))]
        found["leave-one-out-tau"] = {"value": float(kendalltau(losses, scores)[0])}

    absent = [sorted(random.choice(len(inner), random.integers(1, len(inner) + 1), replace=False)
                     .tolist()) for _ in range(20)]
    gone = torch.zeros(len(absent), len(inner), dtype=torch.double)
    for row, chosen in enumerate(absent):
        gone[row, chosen] = 1

    def forward(masks):
        return text.logits([text.row({1 + t for t, m in enumerate(row) if m < 0.5}, mask)
                            for row in masks.tolist()])[:, target]

    ones = torch.ones(1, len(inner), dtype=torch.double)
    value = infidelity(forward, lambda inputs: (gone, inputs - gone), ones,
                       torch.tensor([scores], dtype=torch.double), n_perturb_samples=len(absent),
                       normalize=True).item()
    return {"scores": [9.0] + scores + [-9.0], "rationale": [True] + rationale + [False],
            "measures": found,
            "infidelity": {"absent": [[1 + t for t in chosen] for chosen in absent], "value": value}}


def main():
    torch.set_num_threads(1)
    document = {}
    for name in ("bert", "roberta", "albert", "deberta-v3"):
        folder = MODELS / name
        settings = json.loads((folder / "tokenizer_config.json").read_text())
        tokenizer = PreTrainedTokenizerFast(
            tokenizer_file=str(folder / "tokenizer.json"),
            **{k: v for k, v in settings.items() if k.endswith("_token")})
        model = AutoModelForSequenceClassification.from_pretrained(
            folder, attn_implementation="eager").double().eval()
        random = np.random.default_rng(5)
        document[name] = []
        for number, plain in enumerate(TEXTS):
            text = Text(model, tokenizer, plain.format(
                mask=tokenizer.mask_token, sep=tokenizer.sep_token))
            target = number % model.config.num_labels
            found = list(entries(text, target))
            whole = {"text": text.text, "ids": text.ids, "target": target,
                     "words": [text.word[t] if t in text.players else None for t in range(len(text.ids))],
                     "explanations": found, "measured": measured(text, target, random)}
            if len(text.players) > 2:
                whole["probability"] = list(lime_entries(text, target))
                found += list(captums_lime(text, target))
            document[name].append(whole)
            print(name, repr(text.text), len(text.ids), whole["words"])
    (HERE / "cases.json").write_text(
        json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
