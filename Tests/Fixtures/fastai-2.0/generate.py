"""Exports of the first fastai 2, and what its `learn.predict` says of texts.

    python3.8 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/pip install fastcore==1.3.1  # the release before the one that breaks it
    OMP_NUM_THREADS=1 venv/bin/python generate.py
"""

import json
import random
from pathlib import Path

import pandas as pd
import torch
from fastai.text.all import (
    AWD_LSTM, BaseTokenizer, CategoryBlock, ColReader, DataBlock, IndexSplitter,
    SentencePieceTokenizer, TextBlock, awd_lstm_clas_config, text_classifier_learner,
)

WORDS = "good bad film plot not very the a is was it dull bright and but slow fun".split()
TEXTS = [
    "The film is GOOD, not bad!",
    "a dull plot but it was fun",
    "unheardof xyzzy",
    "fun",
    "It's the plot... and the plot and the plot is bad/slow <br />haha nooooo",
    "good good good good and  two  spaces",
    " ".join(WORDS * 3),
    " ".join(WORDS[::-1] * 9),
    "don't can't U.S.A. #tag",
]


def frame(labels):
    rows = [" ".join(random.choices(WORDS, k=random.randint(3, 12))) for _ in range(40)]
    return pd.DataFrame({"text": rows, "label": [labels[i % len(labels)] for i in range(40)]})


def write(name, tokenizer):
    random.seed(1)
    torch.manual_seed(1)
    text = TextBlock.from_df("text", min_freq=1, n_workers=0, tok=tokenizer)
    dls = DataBlock(
        blocks=(text, CategoryBlock()), get_x=ColReader("text"), get_y=ColReader("label"),
        splitter=IndexSplitter(range(4)),
    ).dataloaders(frame(["neg", "pos"]), bs=4, num_workers=0)
    config = {**awd_lstm_clas_config, **dict(emb_sz=12, n_hid=20, n_layers=2)}
    learner = text_classifier_learner(dls, AWD_LSTM, config=config, pretrained=False, metrics=[])
    for key, tensor in learner.model.state_dict().items():
        if tensor.is_floating_point():
            tensor.copy_(0.5 * torch.randn_like(tensor))
            if "running_var" in key:
                tensor.copy_(tensor.abs() + 0.2)
    learner.model.reset()
    learner.path = Path(".")
    learner.export(f"{name}.pkl")
    rows = []
    with learner.no_bar():
        for text in TEXTS:
            ids = learner.dls.test_dl([text]).dataset[0][0].tolist()
            probabilities = [float(p) for p in learner.predict(text)[2]]
            rows.append({"text": text, "ids": ids, "probabilities": probabilities})
    lines = ",\n".join(json.dumps(row) for row in rows)
    Path(f"{name}.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    write("spaces", BaseTokenizer())
    Path("spm").mkdir(exist_ok=True)
    write("pieces", SentencePieceTokenizer(vocab_sz=45, cache_dir="spm"))
