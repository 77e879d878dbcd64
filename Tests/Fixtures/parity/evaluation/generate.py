"""Writes cases.json: what scikit-learn, PyTorch and fastai say of the same logits and labels.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python generate.py

scikit-learn: classification_report, confusion_matrix, accuracy_score. PyTorch: the losses and their
order. fastai: Interpretation.most_confused, run on the matrix that it computes itself. The
calibration error is Guo et al.'s definition with fifteen bins, written out in NumPy.
"""

import json
import pathlib

import numpy
import torch
from fastai.interpret import ClassificationInterpretation
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix

HERE = pathlib.Path(__file__).parent
BINS = 15


class Interpretation(ClassificationInterpretation):
    """fastai's own most_confused over given answers, without a learner."""

    def __init__(self, matrix, vocab):
        self.matrix, self.vocab = matrix, vocab

    def confusion_matrix(self):
        return self.matrix


def calibration_error(confidence, occurs):
    bounds = numpy.linspace(0, 1, BINS + 1)
    error = 0.0
    for low, high in zip(bounds[:-1], bounds[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(occurs[inside].mean() - confidence[inside].mean())
    return error


def averages(report, names):
    return {
        name: {key: float(value) for key, value in report[name].items()}
        for name in names
        if name in report
    }


def single_label(random, rows, classes, never):
    """One class a text; the classes in `never` are neither right nor said."""
    logits = random.normal(size=(rows, classes)).astype(numpy.float32) * 2
    logits[:, never] = -9
    allowed = [c for c in range(classes) if c not in never]
    gold = random.choice(allowed, size=rows)
    logits[numpy.arange(rows), gold] += 1.2
    names = [f"class {c}" for c in range(classes)]
    tensor = torch.from_numpy(logits)
    losses = torch.nn.functional.cross_entropy(tensor, torch.from_numpy(gold), reduction="none")
    probabilities = torch.softmax(tensor, 1).numpy()
    predicted = probabilities.argmax(1)
    labels = list(range(classes))
    report = classification_report(
        gold, predicted, labels=labels, target_names=names, output_dict=True, zero_division=0)
    matrix = confusion_matrix(gold, predicted, labels=labels)
    order = torch.topk(losses, rows).indices.tolist()
    confused = Interpretation(matrix.copy(), names).most_confused()
    return {
        "classes": names,
        "logits": logits.tolist(),
        "gold": gold.tolist(),
        "accuracy": float(accuracy_score(gold, predicted)),
        "loss": float(losses.double().mean()),
        "losses": losses.tolist(),
        "order": order,
        "scores": averages(report, names + ["macro avg", "weighted avg"]),
        "confusion": matrix.tolist(),
        "most_confused": [[a, p, int(n)] for a, p, n in confused],
        "ece": float(calibration_error(probabilities.max(1).astype(float), predicted == gold)),
    }


def multi_label(random, rows, classes):
    logits = random.normal(size=(rows, classes)).astype(numpy.float32) * 2
    gold = (random.random(size=(rows, classes)) < 0.4).astype(int)
    gold[:, classes - 1] = 0
    gold[3] = 0
    logits[5] = -4
    names = [f"class {c}" for c in range(classes)]
    tensor, target = torch.from_numpy(logits), torch.from_numpy(gold).float()
    loss = torch.nn.functional.binary_cross_entropy_with_logits(tensor, target, reduction="none")
    losses = loss.mean(1)
    probabilities = torch.sigmoid(tensor).numpy()
    predicted = (probabilities > 0.5).astype(int)
    report = classification_report(
        gold, predicted, target_names=names, output_dict=True, zero_division=0)
    return {
        "classes": names,
        "logits": logits.tolist(),
        "gold": [[int(c) for c in numpy.flatnonzero(row)] for row in gold],
        "accuracy": float(accuracy_score(gold, predicted)),
        "loss": float(losses.double().mean()),
        "losses": losses.tolist(),
        "order": torch.topk(losses, rows).indices.tolist(),
        "scores": averages(
            report, names + ["micro avg", "macro avg", "weighted avg", "samples avg"]),
        "ece": float(
            calibration_error(probabilities.astype(float).ravel(), gold.ravel() == 1)),
    }


random = numpy.random.default_rng(7)
cases = {
    "two": single_label(random, 60, 2, []),
    "five": single_label(random, 90, 5, []),
    "never": single_label(random, 40, 4, [2]),
    "several": multi_label(random, 40, 4),
}
(HERE / "cases.json").write_text(json.dumps(cases) + "\n")
