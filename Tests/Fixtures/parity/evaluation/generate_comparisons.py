"""Writes comparisons.json: what scikit-learn and SciPy say of regressions, of two models on the same
rows and of calibration by class, and what fastai prints of its worst rows beside what is right.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python generate_comparisons.py

fastai 2.8.12 prints foreign rows in the table of a text learner's top losses (Interpretation.
plot_top_losses): it asks for the predictions of the worst rows with reorder=False, and a text
DataLoader sorts by length, so that texts, targets, predictions and probabilities stand in the order
of length beside losses in the order of loss. The case "fastai" keeps both: "printed" is that table as
it comes, "right" has each row with its own loss, from the learner's own logits. Our list must be the
right one.
"""

import json
import pathlib

import numpy
import pandas
import torch
from fastai.text.all import AWD_LSTM, Interpretation, TextDataLoaders, text_classifier_learner
from scipy.stats import binomtest, pearsonr, spearmanr
from sklearn.metrics import (
    cohen_kappa_score, confusion_matrix, mean_absolute_error, mean_squared_error, r2_score)

HERE = pathlib.Path(__file__).parent
BINS = 15


def regression(random, rows, outputs, digits):
    """Rounded, so that there are ties among the ranks."""
    gold = numpy.round(random.normal(size=(rows, outputs)) * 2, digits)
    predicted = numpy.round(0.7 * gold + random.normal(size=(rows, outputs)), digits)
    predicted = predicted.astype(numpy.float32)
    columns = [(gold[:, c], predicted[:, c].astype(float)) for c in range(outputs)]
    errors = numpy.abs(gold - predicted.astype(float)).mean(1)
    return {
        "gold": gold.tolist(),
        "predicted": predicted.tolist(),
        "mae": [float(mean_absolute_error(y, x)) for y, x in columns],
        "rmse": [float(numpy.sqrt(mean_squared_error(y, x))) for y, x in columns],
        "r2": [float(r2_score(y, x)) for y, x in columns],
        "pearson": [float(pearsonr(y, x)[0]) for y, x in columns],
        "spearman": [float(spearmanr(y, x)[0]) for y, x in columns],
        "mse": float(mean_squared_error(gold, predicted.astype(float))),
        "order": numpy.argsort(-errors, kind="stable").tolist(),
    }


def two_models(random, rows, classes, skills):
    gold = random.integers(classes, size=rows)
    said = [
        numpy.where(random.random(rows) < skill, gold, random.integers(classes, size=rows))
        for skill in skills]
    first, second = said
    only_first = int(((first == gold) & (second != gold)).sum())
    only_second = int(((first != gold) & (second == gold)).sum())
    return {
        "classes": classes,
        "gold": gold.tolist(),
        "first": first.tolist(),
        "second": second.tolist(),
        "kappa": float(cohen_kappa_score(first, second)),
        "answers": confusion_matrix(first, second, labels=list(range(classes))).tolist(),
        "only_first": only_first,
        "only_second": only_second,
        "mcnemar": float(binomtest(only_first, only_first + only_second, 0.5).pvalue)
        if only_first + only_second else 1.0,
    }


def calibration_error(confidence, occurs):
    bounds = numpy.linspace(0, 1, BINS + 1)
    error = 0.0
    for low, high in zip(bounds[:-1], bounds[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(occurs[inside].mean() - confidence[inside].mean())
    return error


def calibration_by_class(random, rows, classes):
    logits = (random.normal(size=(rows, classes)) * 2).astype(numpy.float32)
    gold = (random.random(size=(rows, classes)) < 0.35).astype(int)
    probabilities = torch.sigmoid(torch.from_numpy(logits)).numpy().astype(float)
    return {
        "logits": logits.tolist(),
        "gold": [[int(c) for c in numpy.flatnonzero(row)] for row in gold],
        "ece": [
            float(calibration_error(probabilities[:, c], gold[:, c])) for c in range(classes)],
        "mean": probabilities.mean(0).tolist(),
        "share": gold.mean(0).tolist(),
    }


def fastai_table():
    torch.manual_seed(3)
    numpy.random.seed(3)
    words = "good bad film plot dull fine never quite works long".split()
    random = numpy.random.default_rng(11)
    texts = [" ".join(random.choice(words, size=n)) for n in (3, 17, 5, 29, 8, 12, 4, 23, 6, 9)]
    labels = ["yes", "no", "no", "yes", "yes", "no", "yes", "no", "no", "yes"]
    frame = pandas.DataFrame(
        {"text": texts + texts, "label": labels + labels,
         "valid": [False] * len(texts) + [True] * len(texts)})
    loaders = TextDataLoaders.from_df(
        frame, text_col="text", label_col="label", valid_col="valid", bs=16, min_freq=1)
    learner = text_classifier_learner(
        loaders, AWD_LSTM, pretrained=False, config={
            "emb_sz": 16, "n_hid": 24, "n_layers": 2, "pad_token": 1, "bidir": False,
            "output_p": 0.0, "hidden_p": 0.0, "input_p": 0.0, "embed_p": 0.0, "weight_p": 0.0})
    with torch.no_grad():
        for parameter in learner.model[1].parameters():
            parameter.mul_(3)
    learner.no_bar().__enter__()
    interpretation = Interpretation.from_learner(learner)
    shown = []
    import fastai.text.learner as data
    data.display_df = lambda table: shown.append(table)
    interpretation.plot_top_losses(len(texts))
    table = shown[0]
    # the learner's own answers, in the order of the rows
    probabilities, targets = learner.get_preds(ds_idx=1)
    losses = -torch.log(probabilities[torch.arange(len(texts)), targets])
    order = torch.argsort(losses, descending=True).tolist()
    vocab = list(loaders.vocab[1])
    column = {name.lower(): name for name in table.columns}
    return {
        "classes": vocab,
        "texts": texts,
        "gold": targets.tolist(),
        "logits": torch.log(probabilities).tolist(),
        "right": [
            {"row": row, "target": vocab[targets[row]],
             "predicted": vocab[int(probabilities[row].argmax())],
             "probability": float(probabilities[row].max()), "loss": float(losses[row])}
            for row in order],
        "printed": [
            {"input": str(line[column["input"]]), "target": str(line[column["target"]]),
             "predicted": str(line[column["predicted"]]),
             "probability": float(line[column["probability"]]),
             "loss": float(line[column["loss"]])}
            for _, line in table.iterrows()],
    }


random = numpy.random.default_rng(17)
(HERE / "comparisons.json").write_text(json.dumps({
    "regressions": [
        regression(random, 50, 1, 1), regression(random, 40, 3, 3), regression(random, 2, 1, 2)],
    "pairs": [
        two_models(random, 200, 2, (0.8, 0.6)), two_models(random, 300, 5, (0.7, 0.72)),
        two_models(random, 30, 3, (1, 1))],
    "calibration": calibration_by_class(random, 80, 4),
    "fastai": fastai_table(),
}) + "\n")
