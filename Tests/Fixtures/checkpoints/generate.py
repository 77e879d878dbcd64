"""Small exports of fastai learners, and what `learn.predict` says of texts.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python generate.py

Nothing is trained: weights, running means and variances are random, so that nothing is zero or
symmetric. Each learner becomes `<name>.pkl`, its answers `<name>.json`; what is to be refused has
no answers.
"""

import inspect
import json
import os
import random
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from fastai.tabular.all import Normalize, TabularDataLoaders, tabular_learner
from fastai.text.all import (
    AWD_LSTM, BaseTokenizer, CategoryBlock, ColReader, DataBlock, IndexSplitter, Learner,
    MultiCategoryBlock, SpacyTokenizer, TextBlock, awd_lstm_clas_config,
    awd_lstm_lm_config, defaults, language_model_learner, text_classifier_learner,
)
from fastai.vision.core import PILImage
from fastai.vision.data import ImageBlock
from spacy.symbols import ORTH

HERE = Path(__file__).parent
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
]


def seed(number: int) -> None:
    random.seed(number)
    np.random.seed(number)
    torch.manual_seed(number)


def frame(labels) -> pd.DataFrame:
    rows = [" ".join(random.choices(WORDS, k=random.randint(3, 12))) for _ in range(40)]
    return pd.DataFrame({"text": rows, "label": [labels[i % len(labels)] for i in range(40)]})


def randomised(learner):
    """Weights and statistics that no initialisation would give."""
    for name, tensor in learner.model.state_dict().items():
        if tensor.is_floating_point():
            tensor.copy_(0.5 * torch.randn_like(tensor))
            if "running_var" in name:
                tensor.copy_(tensor.abs() + 0.2)
    learner.model.reset()
    return learner


def text_learner(number, labels, target, *, tokenizer=None, rules=None, backwards=False,
                 encoder=None, **head):
    seed(number)
    options = {} if tokenizer is None else {"tok": tokenizer}
    if rules is not None:
        options["rules"] = rules
    text = TextBlock.from_df("text", min_freq=1, backwards=backwards, n_workers=0, **options)
    reader = ColReader("label", label_delim=" ") if target is MultiCategoryBlock else ColReader("label")
    dls = DataBlock(
        blocks=(text, target()),
        get_x=ColReader("text"), get_y=reader, splitter=IndexSplitter(range(4)),
    ).dataloaders(frame(labels), bs=4, num_workers=0)
    config = awd_lstm_clas_config | dict(emb_sz=12, n_hid=20, n_layers=2) | (encoder or {})
    return randomised(text_classifier_learner(
        dls, AWD_LSTM, config=config, pretrained=False, metrics=[], **head))


def write(name: str, learner, answers: bool = True) -> None:
    learner.path = Path(".")  # the export keeps it: no name of a folder of this machine
    learner.export(f"{name}.pkl")
    if not answers:
        return
    rows = []
    with learner.no_bar(), learner.no_logging():
        for text in TEXTS:
            ids = learner.dls.test_dl([text]).dataset[0][0].tolist()
            probabilities = [float(p) for p in learner.predict(text)[2]]
            rows.append({"text": text, "ids": ids, "probabilities": probabilities})
    lines = ",\n".join(json.dumps(row) for row in rows)
    (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


# What belongs to a script is exported with its code, and so with the place of the script: this
# one has none.
OWN = """
class OwnModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(2, 2)

own_rule = lambda text: text.upper()
"""
exec(OWN)


def words_with_own_exceptions() -> SpacyTokenizer:
    tokenizer = SpacyTokenizer("en", special_toks=defaults.text_spec_tok + ["lol omg"])
    for pieces in [["l", "ol"], ["good", "bad"]]:
        tokenizer.pipe.__self__.tokenizer.add_special_case(
            "".join(pieces), [{ORTH: piece} for piece in pieces])
    return tokenizer


def main() -> None:
    os.chdir(HERE)
    globals()["__file__"] = "generate.py"
    torch.set_num_threads(1)
    spaces = BaseTokenizer()
    write("words-one-layer", text_learner(
        1, ["neg", "pos"], CategoryBlock, encoder=dict(n_layers=1)))
    TEXTS.append("lol goodbad (lol) don't lol omg")
    write("words-own-exceptions", text_learner(
        11, ["neg", "pos"], CategoryBlock, tokenizer=words_with_own_exceptions()))
    TEXTS.pop()
    bidirectional = text_learner(
        2, list(range(5)), CategoryBlock, tokenizer=spaces, encoder=dict(n_layers=3, bidir=True))
    write("spaces-bidirectional", bidirectional)
    write("spaces-backwards-multi-label", text_learner(
        3, ["red round", "round", "green", "red"], MultiCategoryBlock, tokenizer=spaces,
        backwards=True, seq_len=8, max_len=16))
    write("spaces-four-layers-ranged", text_learner(
        4, ["b", "a", "c"], CategoryBlock, tokenizer=spaces, rules=[],
        encoder=dict(n_layers=4, emb_sz=10, n_hid=14), lin_ftrs=[9, 7], ps=[0.1, 0.0],
        max_len=None, y_range=(-2, 3)))

    # PyTorch would put the source code of every module beside it.
    inspect.getsourcelines = None
    torch_save = torch.save
    torch.save = lambda *parts, **options: torch_save(
        *parts, **options, _use_new_zipfile_serialization=False)
    write("spaces-legacy-container", text_learner(
        5, [True, False], CategoryBlock, tokenizer=spaces, drop_mult=0.0))
    torch.save = torch_save

    seed(7)
    text = TextBlock.from_df("text", min_freq=1, is_lm=True, n_workers=0, tok=spaces)
    dls = DataBlock(blocks=text, get_x=ColReader("text")).dataloaders(
        frame(["x"]), bs=2, seq_len=4, num_workers=0)
    config = awd_lstm_lm_config | dict(emb_sz=12, n_hid=20, n_layers=1)
    write("refused-language-model", language_model_learner(
        dls, AWD_LSTM, config=config, pretrained=False), answers=False)
    seed(8)
    table = pd.DataFrame({"x": np.random.rand(20), "y": np.random.rand(20)})
    dls = TabularDataLoaders.from_df(
        table, procs=[Normalize], cont_names=["x"], y_names="y", bs=4, num_workers=0)
    write("refused-tabular", tabular_learner(dls, layers=[4]), answers=False)
    seed(9)
    own = text_learner(9, ["a", "b"], CategoryBlock, tokenizer=spaces, encoder=dict(n_layers=1))
    write("refused-own-model", Learner(own.dls, OwnModel()), answers=False)
    write("refused-own-rule", text_learner(
        10, ["a", "b"], CategoryBlock, tokenizer=spaces, rules=[own_rule],
        encoder=dict(n_layers=1)), answers=False)
    torch.save({"model": bidirectional.model.state_dict(), "opt": None},
               HERE / "refused-weights.pth")
    write_vision()


def write_vision():
    seed(11)
    block = DataBlock(blocks=(ImageBlock, CategoryBlock), get_x=picture, get_y=parity)
    model = torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 3), torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(),
        torch.nn.Linear(4, 2))
    dls = block.dataloaders(list(range(8)), bs=2, num_workers=0)
    write("refused-vision", Learner(dls, model, loss_func=torch.nn.CrossEntropyLoss()), answers=False)


def picture(number):
    return PILImage.create(np.full((8, 8, 3), 25 * number, dtype=np.uint8))


def parity(number):
    return "even" if number % 2 == 0 else "odd"


if __name__ == "__main__":
    main()
