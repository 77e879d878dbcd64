"""Weights that fastai saves without their vocabulary, and what `learn.predict` says of texts.

    ../checkpoints/venv/bin/python generate.py

The learners are those of `../checkpoints/generate.py`: random, small, untrained.
"""

import json
import pickle
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import torch

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "checkpoints"))
from fastai.tabular.all import Normalize, TabularDataLoaders, tabular_learner  # noqa: E402
from fastai.text.all import (  # noqa: E402
    AWD_LSTM, CategoryBlock, ColReader, DataBlock, TextBlock, awd_lstm_lm_config,
    language_model_learner,
)
from generate import TEXTS, frame, seed, text_learner  # noqa: E402


def save(folder: str, learner, name: str = "final", with_opt: bool = False) -> None:
    path = HERE / folder
    path.mkdir(exist_ok=True)
    learner.path = path
    learner.model_dir = "models" if folder == "fastai-layout" else "."
    if with_opt:
        learner.create_opt()
    learner.save(name, with_opt=with_opt)


def answer(folder: str, learner) -> None:
    rows = []
    with learner.no_bar(), learner.no_logging():
        for text in TEXTS:
            ids = learner.dls.test_dl([text]).dataset[0][0].tolist()
            probabilities = [float(p) for p in learner.predict(text)[2]]
            rows.append({"text": text, "ids": ids, "probabilities": probabilities})
    lines = ",\n".join(json.dumps(row) for row in rows)
    (HERE / folder / "answers.json").write_text(f"[\n{lines}\n]\n")


def main() -> None:
    torch.set_num_threads(1)
    learner = text_learner(21, ["neg", "pos"], CategoryBlock, encoder=dict(n_layers=2))
    save("fastai-layout", learner, with_opt=True)
    answer("fastai-layout", learner)
    with open(HERE / "fastai-layout" / "vocab.pkl", "wb") as file:
        pickle.dump(learner.dls.vocab, file)

    learner = text_learner(
        22, [f"{i:02d}" for i in range(20)], CategoryBlock, encoder=dict(n_layers=3, bidir=True),
        drop_mult=0.0, lin_ftrs=[9, 7], ps=[0.0, 0.0])
    save("beside", learner)
    answer("beside", learner)
    (HERE / "beside" / "itos.json").write_text(json.dumps(list(learner.dls.vocab[0])))

    save("refused", learner, "no-vocabulary")
    learner.save_encoder("encoder")
    seed(23)
    spaces = TextBlock.from_df("text", min_freq=1, is_lm=True, n_workers=0)
    dls = DataBlock(blocks=spaces, get_x=ColReader("text")).dataloaders(
        frame(["x"]), bs=2, seq_len=4, num_workers=0)
    config = awd_lstm_lm_config | dict(emb_sz=4, n_hid=6, n_layers=1)
    save("refused", language_model_learner(dls, AWD_LSTM, config=config, pretrained=False),
         "language-model")
    seed(24)
    table = pd.DataFrame({"x": np.random.rand(20), "y": np.random.rand(20)})
    dls = TabularDataLoaders.from_df(
        table, procs=[Normalize], cont_names=["x"], y_names="y", bs=4, num_workers=0)
    save("refused", tabular_learner(dls, layers=[4]), "tabular")
    torch.save({"0.weight": torch.zeros(2, 3, 3, 3)}, HERE / "refused" / "vision.pth")
    torch.save({"bias": torch.zeros(2)}, HERE / "refused" / "other.pth")
    # fastai 2.8 has no QRNN any more; these are the names of what it had.
    torch.save({"0.module.encoder.weight": torch.zeros(8, 2),
                "0.module.rnns.0.layers.0.linear.weight_raw": torch.zeros(6, 4),
                "1.layers.0.2.weight": torch.zeros(2, 6)}, HERE / "refused" / "qrnn.pth")


if __name__ == "__main__":
    main()
