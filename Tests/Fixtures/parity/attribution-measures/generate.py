"""Measures of made-up scores, by ferret's definitions with scipy and scikit-learn, on models of
../attribution; Captum's infidelity and sensitivity_max, and cascading randomisation.

Comprehensiveness and sufficiency after ferret's evaluators (thresholds 0.1 … 1.0 of the tokens, only
positive scores, tokens deleted, the frame kept, a rationale equal to the one before passed over) and
with ERASER's thresholds as a plain mean; deletion and insertion curves with xxunk in a token's place;
Kendall's tau of the scores with the loss of probability by deletion; AUPRC, token F1 and IOU of the
five highest tokens against a made-up rationale. ferret itself, on a transformer: ferret_numbers.py.

What is random by definition is drawn here and stored, so that both sides use the same: the sets of
tokens that infidelity takes away, the noise of max-sensitivity, the weights of randomisation
(*-randomised.safetensors, one model a depth). Then:
- infidelity: captum.metrics.infidelity(normalize=True) over masks of tokens;
- max-sensitivity: captum.metrics.sensitivity_max of Captum's InputXGradient, summed by token;
- randomisation: scipy's spearmanr between the scores of Captum's InputXGradient on the model and on
  each model with its upper layers drawn anew.

`python generate.py [NAME …]` writes *.json beside it.
"""
import json
import pathlib
import sys

import numpy as np
import torch
from captum.attr import InputXGradient
from captum.metrics import infidelity, sensitivity_max
from safetensors.torch import save_file
from scipy.stats import kendalltau, spearmanr
from sklearn.metrics import auc, precision_recall_curve

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "attribution"))
from generate import BOS, UNK, FromEmbeddings, classifier, digits, load, score  # noqa: E402


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


def captums_infidelity(f, ids, scores, random):
    """`f` takes rows of ids with the frame; the frame is never taken away."""
    tokens = len(ids)
    absent = [sorted(random.choice(tokens, random.integers(1, tokens + 1), replace=False).tolist())
              for _ in range(20)]

    def forward(masks):
        return torch.cat([f([[BOS] + [i if m else UNK for i, m in zip(ids, row)]])
                          for row in masks.round().bool().tolist()])

    ones = torch.ones(1, tokens, dtype=torch.double)
    gone = torch.zeros(len(absent), tokens, dtype=torch.double)
    for row, chosen in enumerate(absent):
        gone[row, chosen] = 1

    def perturb(inputs):
        return gone, inputs - gone

    value = infidelity(forward, perturb, ones, torch.tensor([scores], dtype=torch.double),
                       n_perturb_samples=len(absent), normalize=True)
    return {"absent": [[1 + t for t in chosen] for chosen in absent], "value": value.item()}


def gradient_scores(model, x, asked, link):
    return InputXGradient(lambda e: score(model(e), *asked, link)).attribute(
        x.clone().requires_grad_()).sum(2).detach()


def captums_sensitivity(model, x, asked, link, random):
    noise = (0.02 * random.uniform(-1, 1, (4, *x.shape[1:]))).astype(np.float32)
    # Captum calls it with a tuple once, and iterates over what it gets.
    value = sensitivity_max(
        lambda e: (gradient_scores(model, e[0] if isinstance(e, tuple) else e, asked, link),), x, perturb_func=lambda e: e + torch.tensor(noise, dtype=torch.double),
        n_perturb_samples=len(noise), max_examples_per_batch=100)
    return {"noise": [digits(torch.tensor(n)) for n in noise], "value": value.item()}


def randomised(raw, config, classes, random):
    """States of the classifier with one more layer drawn anew each, from the head down."""
    state = {key: value.clone() for key, value in raw.state_dict().items()}
    prefixes = [("head", "1."), *((f"LSTM {i + 1}", f"0.module.rnns.{i}.")
                                  for i in reversed(range(config["n_layers"]))),
                ("embedding", "0.module.encoder")]
    for name, prefix in prefixes:
        for key, value in state.items():
            if key.startswith(prefix) and value.is_floating_point() and "running" not in key:
                drawn = random.normal(0, 0.5, value.shape).astype(np.float32)
                state = state | {key: torch.tensor(drawn, dtype=value.dtype)}
        state["0.module.encoder_dp.emb.weight"] = state["0.module.encoder.weight"]
        yield name, state


def write_randomisation(name, raw, config, classes, link, ids, random):
    model = FromEmbeddings(raw)
    table = model.encoder.encoder.weight.detach()
    copies = list(randomised(raw, config, classes, random))
    save_file({f"{layer}/{key}": (value.float() if value.is_floating_point() else value).clone()
               for layer, state in copies for key, value in state.items()},
              HERE / f"{name}-randomised.safetensors")
    cases = []
    for target in range(classes):
        asked = (target, None, "logit")
        own = gradient_scores(model, table[torch.tensor([ids])], asked, link)[0]
        layers = {}
        for layer, state in copies:
            other = classifier(len(table), config, classes, head=10).double()
            other.load_state_dict(state)
            moved = FromEmbeddings(other)
            there = moved.encoder.encoder.weight.detach()[torch.tensor([ids])]
            scores = gradient_scores(moved, there, asked, link)[0]
            layers[layer] = float(spearmanr(own[1:].numpy(), scores[1:].numpy()).statistic)
        cases.append({"ids": ids, "target": target, "layers": layers,
                      "value": float(np.mean(list(layers.values())))})
    return cases


def write(name):
    raw, config, classes, link, texts = load(name)
    raw.double()
    model = FromEmbeddings(raw)
    table = model.encoder.encoder.weight.detach()
    random = np.random.default_rng(7)
    cases = []
    rows = [random.integers(3, min(60, len(table)), length).tolist() for length in [1, 4, 11, 26]]
    for ids in rows:
        length = len(ids)
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
    draws = np.random.default_rng(8)
    drawn = []
    for case in cases:
        if len(case["ids"]) not in (5, 12):
            continue
        ids, asked = case["ids"][1:], (case["target"], None, "logit")

        def f(batch):
            with torch.no_grad():
                return score(model(table[torch.tensor(batch)]), *asked, link)

        x = table[torch.tensor([case["ids"]])]
        found = {key: case[key] for key in ("ids", "target", "scores")}
        found["infidelity"] = captums_infidelity(f, ids, case["scores"][1:], draws)
        if x.shape[2] <= 16:
            found["sensitivity"] = captums_sensitivity(model, x, asked, link, draws)
        drawn.append(found)
    document = {"cases": cases, "drawn": drawn}
    if name == "uni":
        document["randomisation"] = write_randomisation(
            name, raw, config, classes, link, [BOS] + rows[2], draws)
    (HERE / f"{name}.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for name in sys.argv[1:] or ["uni", "bi", "export", "sentiment"]:
        write(name)
