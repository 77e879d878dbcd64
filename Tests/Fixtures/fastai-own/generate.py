"""Small exports of fastai learners whose tokenizer is their owner's, or that predict numbers.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python generate.py

Nothing is trained: weights, running means and variances are random. Each learner becomes
`<name>.pkl`, what `learn.predict` says of texts `<name>.json`; `weights.pth` with `vocab.json` is
what `learn.save` keeps of one of them.
"""

import json
import os
import random
import re
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from fastai.text.all import (
    AWD_LSTM, BaseTokenizer, BCEWithLogitsLossFlat, CategoryBlock, ColReader, DataBlock,
    IndexSplitter, MSELossFlat, RegressionBlock, TextBlock, awd_lstm_clas_config, defaults,
    text_classifier_learner,
)

HERE = Path(__file__).parent
MOLECULES = [
    "CCO", "c1ccccc1", "CC(=O)Oc1ccccc1C(=O)O", "C[C@@H](Cl)Br", "[nH]1cccc1", "ClC=CBr",
    "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O", "[Na+].[O-]C", "C%12CCCCC%12", "FC(F)F",
    "C/C=C\\C#N", "[13CH4]", "N", "[Fe].[nH]1cccc1", "BrB(Cl)Br", "C[C@H](N)C(=O)O",
]
WORDS = "good bad film plot not very the a is was it dull bright and but slow fun".split()
TEXTS = [
    "The film is GOOD, not bad!", "a dull plot but it was fun", "unheardof xyzzy", "fun", "a  b",
    "It's the plot...", "don't\tmiss   it", " ".join(WORDS * 6),
]


def seed(number: int) -> None:
    random.seed(number)
    np.random.seed(number)
    torch.manual_seed(number)


# Tokenizers of somebody's own, by their behaviour. ------------------------------------------------


class MolTokenizer:
    """What MolPMoFiT's does: brackets whole if known, Br and Cl whole, else characters."""

    known = {"[C@@H]", "[C@H]", "[nH]", "[Na+]", "[O-]"}

    def __call__(self, items):
        return (self.split(text) for text in items)

    def split(self, text):
        tokens = ["[BOS]"]
        for part in re.split(r"(\[[^\[\]]{1,10}\])", text):
            if part.startswith("["):
                tokens.append(part if part in self.known else "[UNK]")
            else:
                tokens += re.findall(r"Br|Cl|.", part)
        return tokens


class SmilesPattern:
    """The field's regular expression, kept as an attribute, and fastai's xxbos in front."""

    def __init__(self):
        self.pattern = re.compile(
            r"\[[^\]]+\]|Br|Cl|%\d\d|@@|[BCNOPSFIbcnops]|[0-9]|[()=#\-+\\/.~*:$@]")

    def __call__(self, items):
        return (["xxbos", *self.pattern.findall(text)] for text in items)


class Letters:
    def __call__(self, items):
        return (list(text) for text in items)


class WhiteSpace:
    def __call__(self, items):
        return (text.split() for text in items)


# Learners -----------------------------------------------------------------------------------------


def randomised(learner):
    """Weights and statistics that no initialisation would give."""
    for name, tensor in learner.model.state_dict().items():
        if tensor.is_floating_point():
            tensor.copy_(0.5 * torch.randn_like(tensor))
            if "running_var" in name:
                tensor.copy_(tensor.abs() + 0.2)
    learner.model.reset()
    return learner


def text_learner(number, texts, target, columns, *, tokenizer, rules=None, **head):
    seed(number)
    options = {} if rules is None else {"rules": rules}
    text = TextBlock.from_df("text", min_freq=1, n_workers=0, tok=tokenizer, **options)
    table = pd.DataFrame({"text": texts})
    for place, column in enumerate(columns):
        numbers = [row % (2 + place) for row in range(len(texts))]
        table[column] = (
            ["yes" if number else "no" for number in numbers] if target is CategoryBlock
            else [float(number) for number in numbers])
    block = CategoryBlock() if target is CategoryBlock else RegressionBlock(n_out=len(columns))
    reader = ColReader(columns if len(columns) > 1 else columns[0])
    dls = DataBlock(
        blocks=(text, block), get_x=ColReader("text"), get_y=reader,
        splitter=IndexSplitter(range(4)),
    ).dataloaders(table, bs=4, num_workers=0)
    config = awd_lstm_clas_config | dict(emb_sz=10, n_hid=14, n_layers=2)
    return randomised(text_classifier_learner(
        dls, AWD_LSTM, config=config, pretrained=False, metrics=[], **head))


def write(name: str, learner, texts) -> None:
    learner.path = Path(".")  # the export keeps it: no name of a folder of this machine
    learner.export(f"{name}.pkl")
    rows = []
    with learner.no_bar(), learner.no_logging():
        for text in texts:
            ids = learner.dls.test_dl([text]).dataset[0][0].tolist()
            outputs = [float(value) for value in learner.predict(text)[2]]
            rows.append({"text": text, "ids": ids, "probabilities": outputs})
    lines = ",\n".join(json.dumps(row) for row in rows)
    (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


def main() -> None:
    os.chdir(HERE)
    globals()["__file__"] = "generate.py"
    torch.set_num_threads(1)
    spaces = BaseTokenizer()
    texts = [" ".join(random.choices(WORDS, k=random.randint(3, 9))) for _ in range(20)]
    shuffled = MOLECULES * 2

    defaults.text_spec_tok, all_tokens = ["xxpad"], defaults.text_spec_tok
    write("mol-tokenizer", text_learner(
        1, shuffled, CategoryBlock, ["label"], tokenizer=MolTokenizer(), rules=[]), MOLECULES)
    defaults.text_spec_tok = all_tokens
    pattern = text_learner(
        2, shuffled, RegressionBlock, ["logp"], tokenizer=SmilesPattern(), rules=[],
        y_range=(-3, 6))
    write("smiles-pattern", pattern, MOLECULES)
    torch.save(pattern.model.state_dict(), "weights.pth")
    Path("vocab.json").write_text(json.dumps(list(pattern.dls.vocab)))
    write("letters", text_learner(
        3, texts, CategoryBlock, ["label"], tokenizer=Letters()), TEXTS)
    write("white-space", text_learner(
        4, texts, CategoryBlock, ["label"], tokenizer=WhiteSpace(), rules=[]), TEXTS)
    write("regression", text_learner(
        5, texts, RegressionBlock, ["stars"], tokenizer=spaces, loss_func=MSELossFlat()), TEXTS)
    write("regression-of-three", text_learner(
        6, texts, RegressionBlock, ["plot", "cast", "score"], tokenizer=spaces,
        loss_func=torch.nn.SmoothL1Loss()), TEXTS)
    write("tasks", text_learner(
        7, texts, RegressionBlock, ["toxic", "rude"], tokenizer=spaces,
        loss_func=BCEWithLogitsLossFlat()), TEXTS)


if __name__ == "__main__":
    main()
