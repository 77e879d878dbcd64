"""Exports of fastai 1, and what its `learn.predict` says of texts.

    python3.8 -m venv venv && venv/bin/pip install -r requirements.txt
    OMP_NUM_THREADS=1 venv/bin/python generate.py

Nothing is trained: weights and statistics are random. What is to be refused has no answers.
"""

import inspect
import json
import os
import random
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from fastai.tabular import Normalize, TabularList, tabular_learner
from fastai.text import (
    AWD_LSTM, BaseTokenizer, SPProcessor, TextClasDataBunch, TextLMDataBunch, TextList, Tokenizer,
    awd_lstm_clas_config, awd_lstm_lm_config, defaults, language_model_learner, load_learner,
    text_classifier_learner,
)
from sentencepiece import SentencePieceTrainer

HERE = Path(__file__).parent
WORDS = "good bad film plot not very the a is was it dull bright and but slow fun".split()
TEXTS = [
    "The film is GOOD, not bad!",
    "a dull plot but it was fun",
    "unheardof xyzzy",
    "fun",
    "It's the plot... and the plot and the plot is bad/slow <br />haha nooooo",
    "good good good good and  two  spaces \\ @,@ 1,000",
    "ha-ha-ha-ha-ha! very very very very very. A I OK Ok oK ÉTAT État ǅ ß",
    "aaaa aaa\n\nnew line #tag don't Don't DON'T U.S.A. &amp; &lt;b&gt;",
    " ".join(WORDS * 3),
    " ".join(WORDS[::-1] * 9),
    "",
]


def seed(number):
    random.seed(number)
    np.random.seed(number)
    torch.manual_seed(number)


def frame(labels):
    rows = [" ".join(random.choices(WORDS, k=random.randint(3, 12))) for _ in range(40)]
    return pd.DataFrame({"text": rows, "label": [labels[i % len(labels)] for i in range(40)]})


def randomised(learner):
    for name, tensor in learner.model.state_dict().items():
        if tensor.is_floating_point():
            tensor.copy_(0.5 * torch.randn_like(tensor))
            if "running_var" in name:
                tensor.copy_(tensor.abs() + 0.2)
    learner.model.reset()
    return learner


def text_learner(number, labels, *, label_delim=None, tokenizer=None, encoder=None,
                 mark_fields=False, include_eos=False, **head):
    seed(number)
    table = frame(labels)
    options = {} if tokenizer is None else {"tokenizer": tokenizer}
    data = TextClasDataBunch.from_df(
        ".", table[4:], table[:4], text_cols="text", label_cols="label", label_delim=label_delim,
        min_freq=1, bs=4, num_workers=0, mark_fields=mark_fields, include_eos=include_eos,
        **options)
    config = {**awd_lstm_clas_config, **dict(emb_sz=12, n_hid=20, n_layers=2), **(encoder or {})}
    return randomised(text_classifier_learner(
        data, AWD_LSTM, config=config, pretrained=False, metrics=[], **head))


def write(name, learner, answers=True, **loading):
    learner.path = Path(".")
    learner.export(f"{name}.pkl")
    if not answers:
        return
    learner = load_learner(".", f"{name}.pkl", num_workers=0, **loading)
    rows = []
    for text in TEXTS:
        batch = learner.data.one_item(text)[0]
        ids = batch[0].tolist()
        probabilities = [float(p) for p in learner.predict(text)[2]]
        rows.append({"text": text, "ids": ids, "probabilities": probabilities})
    lines = ",\n".join(json.dumps(row) for row in rows)
    (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


def main():
    os.chdir(HERE)
    torch.set_num_threads(1)
    defaults.cpus = 1
    spaces = Tokenizer(BaseTokenizer, n_cpus=1)
    write("words", text_learner(1, ["neg", "pos"]))
    write("spaces-window", text_learner(
        2, ["a", "b", "c"], tokenizer=spaces, encoder=dict(n_layers=1), bptt=8, max_len=16,
        drop_mult=0.0, lin_ftrs=[9, 7], ps=[0.0, 0.1], mark_fields=True, include_eos=True))
    write("spaces-multi-label-bidirectional", text_learner(
        3, ["red round", "round", "green", "red"], label_delim=" ", tokenizer=spaces,
        encoder=dict(n_layers=3, bidir=True)))
    own = Tokenizer(BaseTokenizer, n_cpus=1, pre_rules=[], post_rules=[])
    write("spaces-no-rules-backwards", text_learner(
        4, list(range(5)), tokenizer=own, encoder=dict(n_layers=1)), backwards=True)

    # What PyTorch before 1.6 wrote, without the source code that it puts beside each module.
    torch_save = torch.save
    inspect.getsourcelines = None
    torch.save = lambda *parts: torch_save(*parts, _use_new_zipfile_serialization=False)
    write("spaces-legacy-container", text_learner(
        9, [True, False], tokenizer=spaces, encoder=dict(n_layers=1)))
    torch.save = torch_save

    seed(5)
    table = frame(["x"])
    data = TextLMDataBunch.from_df(".", table[4:], table[:4], text_cols="text", min_freq=1, bs=2,
                                   bptt=4, num_workers=0)
    config = {**awd_lstm_lm_config, **dict(emb_sz=4, n_hid=6, n_layers=1)}
    write("refused-language-model", language_model_learner(
        data, AWD_LSTM, config=config, pretrained=False), answers=False)
    write("refused-qrnn", text_learner(
        6, ["a", "b"], tokenizer=spaces, encoder=dict(emb_sz=4, n_hid=6, n_layers=1, qrnn=True)),
        answers=False)
    seed(7)
    table = pd.DataFrame({"x": np.random.rand(20), "y": np.random.rand(20)})
    data = (TabularList.from_df(table, cont_names=["x"], procs=[Normalize])
            .split_by_idx([0, 1, 2, 3]).label_from_df("y").databunch(bs=4, num_workers=0))
    write("refused-tabular", tabular_learner(data, layers=[4]), answers=False)

    seed(8)
    table = pd.DataFrame({"text": [" ".join(random.choices(WORDS, k=12)) for _ in range(400)],
                          "label": ["a", "b"] * 200})
    # fastai 1 quotes the arguments in a way that today's sentencepiece does not take.
    os.makedirs("pieces", exist_ok=True)
    Path("pieces/texts").write_text("\n".join("xxbos " + text for text in table["text"]))
    marks = ",".join("\u2581" + token for token in defaults.text_spec_tok)
    SentencePieceTrainer.Train(
        "--input=pieces/texts --character_coverage=1 --unk_id=9 --pad_id=-1 --bos_id=-1 --eos_id=-1"
        f" --user_defined_symbols={marks} --model_prefix=pieces/spm --vocab_size=60"
        " --model_type=unigram --hard_vocab_limit=false --minloglevel=2")
    Path("pieces/texts").unlink()
    processor = SPProcessor(
        sp_model=Path("pieces/spm.model"), sp_vocab=Path("pieces/spm.vocab"), n_cpus=1)
    data = (TextList.from_df(table, ".", cols="text", processor=processor)
            .split_by_idx(list(range(4))).label_from_df("label").databunch(bs=4, num_workers=0))
    config = {**awd_lstm_clas_config, **dict(emb_sz=12, n_hid=20, n_layers=2)}
    write("pieces/export", randomised(text_classifier_learner(
        data, AWD_LSTM, config=config, pretrained=False, metrics=[])))


if __name__ == "__main__":
    main()
