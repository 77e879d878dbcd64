"""Scores of methods that take units away, by their peers, on models of ../attribution (and, called
from ../attribution-transformers, on transformers).

- shapley: Captum's ShapleyValues over all orders.
- kernel-shap: shap's KernelExplainer where it asks all coalitions.
- partition-shap: shap's PartitionExplainer with its text masker, to the end of the tree.
- lime: lime's LimeTextExplainer (words removed, 20,000 samples, all features; and three features by
  its own choice); Captum's Lime (20,000 samples, lasso 0.01) on embeddings.
- feature-ablation: Captum's FeatureAblation with words of two tokens; occlusion with a window of two
  tokens by Captum's Occlusion.

An absent token is xxunk; for lime it is deleted, as lime does. A text's tokens have made-up spellings,
so that the tree has commas and brackets to reach across. `python generate.py [NAME …]` writes *.json
beside it.
"""
import json
import pathlib
import sys

import numpy as np
import shap
import torch
from captum.attr import FeatureAblation, Lime, Occlusion, ShapleyValues
from lime.lime_text import LimeTextExplainer

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "attribution"))
from generate import BOS, UNK, FromEmbeddings, digits, load, score  # noqa: E402


class Words:
    """A tokenizer for shap: words between single spaces."""

    mask_token = "unk"

    def __call__(self, s, return_offsets_mapping=True):
        offsets, place = [], 0
        for word in s.split(" ") if s else []:
            offsets.append((place, place + len(word)))
            place += len(word) + 1
        return {"input_ids": s.split(" ") if s else [], "offset_mapping": offsets}

    def decode(self, ids):
        return " ".join(ids)


def entries(words, ids, f):
    """`f` takes rows of ids without the frame token and returns the target's values."""
    d = len(ids)

    def masked(masks):
        return f([[i if m else UNK for i, m in zip(ids, row)] for row in masks.tolist()])

    def forward(masks):
        return masked(masks.round())

    ones = torch.ones(1, d, dtype=torch.double)
    if d <= 7:
        a = ShapleyValues(forward).attribute(ones, perturbations_per_eval=32)
        yield {"method": "shapley", "scores": digits(a)}
        explainer = shap.KernelExplainer(
            lambda z: masked(torch.tensor(z)).numpy(), np.zeros((1, d)))
        yield {"method": "kernel-shap",
               "scores": digits(torch.tensor(explainer.shap_values(
                   np.ones((1, d)), l1_reg=False, silent=True)[0]))}

    table = dict(zip(words, ids)) | {"unk": UNK}

    def of_texts(texts):
        return f([[table[w] for w in t.split()] for t in texts]).numpy()

    explainer = shap.PartitionExplainer(
        of_texts, shap.maskers.Text(Words(), mask_token="unk ", collapse_mask_token=False))
    result = explainer([" ".join(words)], max_evals=100000, silent=True)
    yield {"method": "partition-shap", "options": {"samples": 100000},
           "scores": digits(torch.tensor(result.values[0]))}


def lime_entries(words, ids, probabilities, target):
    table = dict(zip(words, ids))

    def of_texts(texts):
        return probabilities([[table[w] for w in t.split()] for t in texts]).numpy()

    for features in [len(ids), 3]:
        explainer = LimeTextExplainer(random_state=1, split_expression=r"\s+")
        exp = explainer.explain_instance(
            " ".join(words), of_texts, labels=(target,), num_features=features, num_samples=20000)
        weights = dict(exp.as_list(target))
        fit = exp.score if isinstance(exp.score, float) else exp.score[target]
        yield {"method": "lime",
               "options": {"samples": 5000, "replacement": "delete", "surrogate": "lime"}
               | ({} if features == len(ids) else {"features": features}),
               "scores": [weights.get(w, 0.0) for w in words], "fit": float(fit)}


def embedding_entries(model, ids, f):
    """Texts without a frame token; `f` takes embeddings."""
    x = model.table[torch.tensor([ids])]
    unk = model.table[UNK].expand_as(x)
    d = len(ids)
    tokens = torch.arange(d)[None, :, None]
    a = FeatureAblation(f).attribute(x, baselines=unk, feature_mask=tokens // 2)
    sizes = [min(2, d - 2 * (t // 2)) for t in range(d)]
    yield {"method": "feature-ablation", "options": {"group": "word"},
           "scores": [float(a[0, t, 0]) / sizes[t] for t in range(d)]}
    a = Occlusion(f).attribute(x, sliding_window_shapes=(2, x.shape[2]), baselines=unk)
    yield {"method": "occlusion", "options": {"window": 2}, "byToken": True,
           "scores": digits(a[:, :, 0])}
    torch.manual_seed(3)
    a = Lime(f).attribute(
        x, baselines=unk, feature_mask=tokens, n_samples=20000, perturbations_per_eval=500)
    yield {"method": "lime", "options": {"samples": 5000, "surrogate": "captum"},
           "scores": digits(a[0, :, 0])}


TEXTS = [
    "good movie , but slow .",
    "( one two ) three , four and five . six ! seven eight",
]


class Subject:
    """A classifier from embeddings, with its embedding table and its frame token."""

    def __init__(self, model, table, frame, classes, link):
        self.model, self.table, self.frame = model, table, frame
        self.classes, self.link = classes, link

    def __call__(self, embeddings):
        return self.model(embeddings)


def subject(name):
    raw, config, classes, link, _ = load(name)
    model = FromEmbeddings(raw.double())
    return Subject(model, model.encoder.encoder.weight.detach(), [BOS], classes, link), config


def texts_of(model, ids, words, asked):
    """The cases for one text: each class, one class against another, and the same as probabilities."""

    def logits(rows):
        rows = [model.frame + r for r in rows]
        if len({len(r) for r in rows}) == 1:
            with torch.no_grad():
                return torch.cat([model(model.table[torch.tensor(rows[i:i + 500])])
                                  for i in range(0, len(rows), 500)])
        return torch.cat([logits([r[len(model.frame):]]) for r in rows])

    def case(ids, texts, target, versus, quantity, value, found, **more):
        framed = len(model.frame)
        if not more:
            ids, texts = model.frame + ids, ["frame"] * framed + texts
            for e in found:
                e["scores"] = [0.0] * framed + e["scores"]
        return {"ids": ids, "texts": texts, "target": target, "versus": versus,
                "quantity": quantity, "value": value, "explanations": found} | more

    for target, versus, quantity in asked:
        def f(rows):
            return score(logits(rows), target, versus, quantity, model.link)

        yield case(ids, words, target, versus, quantity, f([ids]).item(), list(entries(words, ids, f)))
    for target in range(model.classes):
        known = {}

        def probabilities(rows):
            new = [r for r in map(tuple, rows) if r not in known]
            for length in {len(r) for r in new}:
                group = list({r for r in new if len(r) == length})
                q = logits([list(r) for r in group])
                known.update(zip(group, q.softmax(1) if model.link == "softmax" else q.sigmoid()))
            return torch.stack([known[tuple(r)] for r in rows])

        yield case(ids, words, target, None, "probability", probabilities([ids])[0, target].item(),
                   list(lime_entries(words, ids, probabilities, target)))

        def g(e):
            return score(model(e), target, None, "logit", model.link)

        yield case(ids, words, target, None, "logit", g(model.table[torch.tensor([ids])]).item(),
                   list(embedding_entries(model, ids, g)), words=[t // 2 for t in range(len(ids))])


def cases_of(model, first, count, texts=TEXTS):
    """Of the texts, with ids drawn from `count` beginning at `first`."""
    generator = torch.Generator().manual_seed(5)
    for text in texts:
        words = text.split(" ")
        ids = (first + torch.randperm(count, generator=generator)[:len(words)]).tolist()
        asked = [(c, None, "logit") for c in range(model.classes)]
        yield from texts_of(model, ids, words, asked + [(0, model.classes - 1, "logit")])


def write(name):
    model, config = subject(name)
    document = {"configuration": config, "classes": model.classes, "link": model.link,
                # A large model is asked about the short text alone.
                "cases": list(cases_of(model, 3, min(50, len(model.table) - 3),
                                       TEXTS[:1] if name == "sentiment" else TEXTS))}
    (HERE / f"{name}.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for name in sys.argv[1:] or ["uni", "bi", "export", "sentiment"]:
        write(name)
