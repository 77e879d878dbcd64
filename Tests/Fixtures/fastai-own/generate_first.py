"""The same of fastai 1: a tokenizer of its owner's that is put in as MolPMoFiT does, and a regression.

    python3.8 -m venv venv && venv/bin/pip install -r requirements_first.txt
    OMP_NUM_THREADS=1 venv/bin/python generate_first.py
"""

import json
import os
import random
import re
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from fastai.text import (
    AWD_LSTM, BaseTokenizer, FloatList, NumericalizeProcessor, TextList, TokenizeProcessor,
    Tokenizer, Vocab, awd_lstm_clas_config, defaults, load_learner, text_classifier_learner,
)

HERE = Path(__file__).parent
MOLECULES = [
    "CCO", "c1ccccc1", "CC(=O)Oc1ccccc1C(=O)O", "C[C@@H](Cl)Br", "[nH]1cccc1", "ClC=CBr",
    "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O", "[Na+].[O-]C", "C%12CCCCC%12", "FC(F)F",
    "C/C=C\\C#N", "[13CH4]", "N", "[Fe].[nH]1cccc1", "BrB(Cl)Br", "C[C@H](N)C(=O)O",
]
KNOWN = ["[BOS]", "[C@@H]", "[C@H]", "[nH]", "[Na+]", "[O-]"]


class MolTokenizer(BaseTokenizer):
    """What MolPMoFiT's does: brackets whole if known, Br and Cl whole, else characters."""

    def __init__(self, lang="en", special_tokens=()):
        self.lang, self.special_tokens = lang, special_tokens

    def add_special_cases(self, toks):
        pass

    def tokenizer(self, text):
        tokens = ["[BOS]"]
        for part in re.split(r"(\[[^\[\]]{1,10}\])", text):
            if part.startswith("["):
                tokens.append(part if part in self.special_tokens else "[UNK]")
            else:
                tokens += re.findall(r"Br|Cl|.", part)
        return tokens


def randomised(learner):
    for name, tensor in learner.model.state_dict().items():
        if tensor.is_floating_point():
            tensor.copy_(0.5 * torch.randn_like(tensor))
            if "running_var" in name:
                tensor.copy_(tensor.abs() + 0.2)
    learner.model.reset()
    return learner


def text_learner(number, labels, **labelling):
    random.seed(number)
    np.random.seed(number)
    torch.manual_seed(number)
    tokenizer = Tokenizer(
        partial(MolTokenizer, special_tokens=KNOWN), n_cpus=1, pre_rules=[], post_rules=[])
    processors = [
        TokenizeProcessor(tokenizer=tokenizer, include_bos=False),
        NumericalizeProcessor(min_freq=1),
    ]
    rows = MOLECULES * 2
    table = pd.DataFrame({"text": rows, "y": [labels[i % len(labels)] for i in range(len(rows))]})
    data = (TextList.from_df(table, ".", cols="text", processor=processors)
            .split_by_idx(list(range(4))).label_from_df("y", **labelling)
            .databunch(bs=4, num_workers=0))
    config = {**awd_lstm_clas_config, **dict(emb_sz=10, n_hid=14, n_layers=2)}
    return randomised(text_classifier_learner(
        data, AWD_LSTM, config=config, pretrained=False, metrics=[]))


def write(name, learner):
    learner.path = Path(".")
    learner.export(f"{name}.pkl")
    learner = load_learner(".", f"{name}.pkl", num_workers=0)
    rows = []
    for text in MOLECULES:
        ids = learner.data.one_item(text)[0][0].tolist()
        outputs = [float(value) for value in learner.predict(text)[2].reshape(-1)]
        rows.append({"text": text, "ids": ids, "probabilities": outputs})
    lines = ",\n".join(json.dumps(row) for row in rows)
    (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


def main():
    os.chdir(HERE)
    torch.set_num_threads(1)
    defaults.cpus = 1
    defaults.text_spec_tok = ["xxpad"]
    write("first-mol-tokenizer", text_learner(21, ["no", "yes"]))
    write("first-regression", text_learner(
        22, [0.5, -1.5, 2.25], label_cls=FloatList))


if __name__ == "__main__":
    main()
