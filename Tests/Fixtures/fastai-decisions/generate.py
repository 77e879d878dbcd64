"""Small exports of fastai learners that decide otherwise than fastai does by default, and what
`learn.predict` says of texts: the probabilities, and the labels that are given.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python generate.py

Nothing is trained; the weights are random. Each learner becomes `<name>.pkl`, its answers `<name>.json`; what is
to be refused has no answers.
"""

import json
import os
import random
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from fastai.text.all import (
    AWD_LSTM, BaseTokenizer, BCELossFlat, BCEWithLogitsLossFlat, Callback, CategoryBlock, ColReader,
    CrossEntropyLossFlat, DataBlock, IndexSplitter, LabelSmoothingCrossEntropyFlat, MultiCategoryBlock,
    Pipeline,
    TextBlock, awd_lstm_clas_config, lowercase, text_classifier_learner,
)

HERE = Path(__file__).parent
WORDS = "good bad film plot not very the a is was".split()
TEXTS = [
    "The film is GOOD, not bad!", "a dull plot but it was fun", "unheardof xyzzy", "good",
    "The Soup WAS Lovely xxpad", "xxpad xxpad good", "xxfake good xxfake", "good film xxpad bad xxmaj The plot",
    " ".join(WORDS * 2), "xxpad " + " ".join(WORDS),
]


class Shout(Callback):
    """Of the user's own."""


def frame(labels) -> pd.DataFrame:
    rows = [" ".join(random.choices(WORDS, k=random.randint(3, 6))) for _ in range(12)]
    return pd.DataFrame({"text": rows, "label": [labels[i % len(labels)] for i in range(12)]})


def learner(number, labels, target, *, read=None, block={}, tfms={}, config={}, **head):
    random.seed(number), np.random.seed(number), torch.manual_seed(number)
    text = TextBlock.from_df("text", min_freq=1, n_workers=0, **({"tok": BaseTokenizer()} | block))
    labels_of = ColReader("label", label_delim=" ") if target is MultiCategoryBlock else ColReader("label")
    dls = DataBlock(
        blocks=(text, target()), get_x=read or ColReader("text"), get_y=labels_of,
        splitter=IndexSplitter(range(3)), **tfms,
    ).dataloaders(frame(labels), bs=4, num_workers=0)
    head = {"seq_len": 6, "max_len": 12, "lin_ftrs": [8], "ps": [0.1]} | head
    learn = text_classifier_learner(
        dls, AWD_LSTM, config=awd_lstm_clas_config | dict(emb_sz=6, n_hid=7, n_layers=1) | config,
        pretrained=False, metrics=[], **head)
    for name, tensor in learn.model.state_dict().items():
        if tensor.is_floating_point():
            # So that texts differ: the head's shifts are small beside what they are added to.
            is_shift = name.startswith("1.") and ("bias" in name or "mean" in name)
            tensor.copy_((0.1 if is_shift else 0.8) * torch.randn_like(tensor))
            if "running_var" in name:
                tensor.copy_(tensor.abs() + 0.2)
    learn.model.reset()
    return learn


def write(name, learn, activation=None, answers=True):
    learn.path = Path(".")
    learn.export(f"{name}.pkl")
    if not answers:
        return
    rows = []
    with learn.no_bar(), learn.no_logging():
        for text in TEXTS:
            dl = learn.dls.test_dl([text])
            ids = dl.dataset[0][0].tolist()
            if activation:  # the loss has none, and learn.predict gives the outputs as they are
                row = {"probabilities": learn.get_preds(dl=dl, act=activation)[0][0].tolist()}
            else:
                given, _, probabilities = learn.predict(text)
                row = {"probabilities": probabilities.tolist()}
                if not isinstance(given, str):
                    row["given"] = list(given)
            rows.append({"text": text, "ids": ids} | row)
    lines = ",\n".join(json.dumps(row) for row in rows)
    (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


# What belongs to a script is exported with its code, and so with the place of the script: this one has none.
OWN = """
def shout(text: str) -> str:
    return text.upper()
"""
exec(OWN)


def main():
    os.chdir(HERE)
    torch.set_num_threads(1)
    many = ["red round", "round", "green", "red"]
    write("threshold", learner(1, many, MultiCategoryBlock, loss_func=BCEWithLogitsLossFlat(thresh=0.9)))
    # One threshold a class; padding by another id than the embedding's, and a head that looks for it in
    # fewer tokens than the encoder reads at a time.
    classwise = learner(
        2, many, MultiCategoryBlock, config={"pad_token": 8},
        loss_func=BCEWithLogitsLossFlat(thresh=torch.tensor([0.3, 0.55, 0.8])))
    classwise.model[1].bptt = 2
    write("thresholds-by-class", classwise)
    own_padding = learner(3, ["a", "b", "c"], CategoryBlock, loss_func=LabelSmoothingCrossEntropyFlat())
    own_padding.model[0].pad_idx = 8
    own_padding.add_cb(Shout())
    write("other-padding", own_padding)
    write("probabilities", learner(4, many, MultiCategoryBlock, loss_func=BCELossFlat(), y_range=(0, 1)))
    # A vocabulary from elsewhere has its fillers numbered, and need not begin with xxunk.
    vocabulary = ["the", "xxunk", "xxpad", "xxbos", "xxmaj"] + WORDS + ["xxfake"]
    write(
        "no-activation",
        learner(5, ["x", "y"], CategoryBlock, block={"vocab": vocabulary}, loss_func=torch.nn.CrossEntropyLoss()),
        activation=partial(torch.softmax, dim=-1))
    write("refused-axis", learner(6, ["x", "y"], CategoryBlock, loss_func=CrossEntropyLossFlat(axis=0)), answers=False)
    write(
        "refused-transform",
        learner(7, ["x", "y"], CategoryBlock, read=Pipeline([ColReader("text"), shout])), answers=False)
    write(
        "refused-rule",
        learner(8, ["x", "y"], CategoryBlock, block={"rules": [partial(lowercase, add_eos=True)]}), answers=False)


if __name__ == "__main__":
    sys.exit(main())
