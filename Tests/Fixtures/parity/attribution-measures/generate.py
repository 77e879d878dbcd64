"""Measures of made-up scores, by ferret's definitions with scipy and scikit-learn, on models of
../attribution.

Comprehensiveness and sufficiency after ferret's evaluators (thresholds 0.1 … 1.0 of the tokens, only
positive scores, tokens deleted, the frame kept, a rationale equal to the one before passed over) and
with ERASER's thresholds as a plain mean; deletion and insertion curves with xxunk in a token's place;
Kendall's tau of the scores with the loss of probability by deletion; AUPRC, token F1 and IOU of the
five highest tokens against a made-up rationale. `python generate.py` writes *.json beside it.
"""
import json
import pathlib
import sys

import numpy as np
import torch
from safetensors.torch import load_file
from scipy.stats import kendalltau
from sklearn.metrics import auc, precision_recall_curve

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "attribution"))
from generate import BOS, UNK, FromEmbeddings, classifier  # noqa: E402


def load(name):
    document = json.loads((HERE.parent / f"attribution/{name}.json").read_text())
    config, classes = document["configuration"], document["classes"]
    raw = classifier(60, config, classes, head=10)
    raw.load_state_dict(load_file(HERE.parent / f"attribution/{name}.safetensors"))
    return FromEmbeddings(raw.double()), config, classes, document["link"]


def top(scores, k, only_positive=True):
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:k]
    return [i for i in order if scores[i] > 0 or not only_positive]


def aopc(p, ids, scores, keep):
    """ferret's AOPC: the mean loss, over rationales that differ from the one before."""
    losses, last = [], None
    for threshold in np.arange(0.1, 1.1, 0.1):
        k = int(round(threshold, 10) * len(ids))
        chosen = top(scores, k) if k > 0 else []
        if not chosen or set(chosen) == last:
            continue
        last = set(chosen)
        losses.append(p(ids) - p([t for i, t in enumerate(ids) if (i in last) == keep]))
    return float(np.mean(losses)) if losses else float(keep)


def eraser(p, ids, scores, keep):
    losses = []
    for threshold in [0.01, 0.05, 0.1, 0.2, 0.5]:
        chosen = set(top(scores, max(1, int(threshold * len(ids))), only_positive=False))
        losses.append(p(ids) - p([t for i, t in enumerate(ids) if (i in chosen) == keep]))
    return float(np.mean(losses))


def curve(p, ids, scores, insertion):
    order = top(scores, len(ids), only_positive=False)
    ys = []
    for k in range(len(ids) + 1):
        touched = set(order[:k])
        ys.append(p([t if (i in touched) == insertion else UNK for i, t in enumerate(ids)]))
    return float(np.trapezoid(ys, dx=1 / len(ids)))


def plausibility(scores, rationale):
    precision, recall, _ = precision_recall_curve(rationale, np.maximum(scores, 0))
    chosen, reasons = set(top(scores, 5)), {i for i, r in enumerate(rationale) if r}
    hits = len(chosen & reasons)
    return {"value": float(auc(recall, precision)),
            "token_f1": 2 * hits / (len(chosen) + len(reasons)),
            "token_iou": hits / len(chosen | reasons)}


def write(name):
    model, config, classes, link = load(name)
    table = model.encoder.encoder.weight.detach()
    random = np.random.default_rng(7)
    cases = []
    for length in [1, 4, 11, 26]:
        ids = random.integers(3, 60, length).tolist()
        for target in range(classes):
            scores = random.normal(size=length).round(2).tolist()
            rationale = (random.uniform(size=length) < 0.4).tolist()
            rationale[length // 2] = True

            def p(row):
                with torch.no_grad():
                    logits = model(table[torch.tensor([[BOS] + row])])
                q = logits.softmax(1) if link == "softmax" else logits.sigmoid()
                return q[0, target].item()

            losses = [p(ids) - p(ids[:i] + ids[i + 1:]) for i in range(length)]
            measures = {
                "comprehensiveness": {"value": aopc(p, ids, scores, False),
                                      "eraser": eraser(p, ids, scores, False)},
                "sufficiency": {"value": aopc(p, ids, scores, True),
                                "eraser": eraser(p, ids, scores, True)},
                "deletion-auc": {"value": curve(p, ids, scores, False)},
                "insertion-auc": {"value": curve(p, ids, scores, True)},
                "plausibility": plausibility(scores, rationale)}
            if length > 1:
                measures["leave-one-out-tau"] = {"value": float(kendalltau(losses, scores)[0])}
            cases.append({"ids": [BOS] + ids, "target": target, "scores": [9.0] + scores,
                          "rationale": [True] + rationale, "measures": measures})
    (HERE / f"{name}.json").write_text(json.dumps({"cases": cases}, separators=(",", ":")) + "\n")


torch.set_num_threads(1)
write("uni")
write("bi")
