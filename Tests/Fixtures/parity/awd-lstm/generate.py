"""Logits and gradients of fastai's text classifier with random weights, one model a case.

Run in this folder: `python generate.py`, or with the names of some cases. Writes `<case>.safetensors` (weights, ids, expected numbers)
and `cases.json` (settings). Every text is run alone, so that fastai pads nothing. The gradient is
that of the whole function: fastai's cut between chunks is taken out.
"""

import json
import os
import sys

import numpy as np
import torch
from fastai.text.all import AWD_LSTM, get_text_classifier
from safetensors.numpy import save_file

import fastai.text.models.awdlstm as awdlstm

torch.set_num_threads(1)


def case(layers=2, bidir=False, emb=12, hid=20, classes=2, bptt=8, max_len=40, lin_ftrs=(5,), bn=True,
         bias=False, y_range=None, dropout=True, lengths=(1, 5, 8, 9, 30)):
    return dict(n_layers=layers, bidir=bidir, emb_sz=emb, n_hid=hid, classes=classes, bptt=bptt,
                max_len=max_len, lin_ftrs=list(lin_ftrs), bn=bn, bias=bias, y_range=y_range,
                dropout=dropout, lengths=list(lengths))


CASES = {
    "one-layer": case(layers=1),
    "two-layers": case(),
    "three-layers-five-classes": case(layers=3, classes=5, lin_ftrs=(6, 5)),
    "four-layers": case(layers=4, hid=17),
    "bidirectional": case(bidir=True),
    "bidirectional-one-layer": case(layers=1, bidir=True, max_len=None),
    "bidirectional-three-layers-window": case(layers=3, bidir=True, max_len=20, lengths=(3, 16, 21, 37, 50)),
    "window": case(max_len=16, lengths=(7, 16, 17, 24, 25, 43)),
    "no-window": case(max_len=None, lengths=(1, 30)),
    "no-batch-norm": case(bn=False, bias=True),
    "linear-bias": case(bias=True),
    "no-dropout": case(dropout=False),
    "no-hidden-block": case(lin_ftrs=()),
    "range": case(classes=1, y_range=(-1.5, 4.0)),
}
# Too large to store: `AWDLSTM.random` makes the same weights of the same seed.
SEEDED = {
    "wide": case(emb=48, hid=400, bptt=6, lengths=(1, 4, 13)) | dict(seed=1, vocabulary=50, head=10),
    "wide-bidirectional": case(emb=32, hid=800, layers=3, bidir=True, bptt=6, lengths=(2, 9))
    | dict(seed=2, vocabulary=50, head=10),
    "full-size": case(layers=3, emb=400, hid=1152, bptt=72, max_len=1440, lengths=(20, 100))
    | dict(seed=3, vocabulary=60000, head=50),
}
# Padding typed into a text: where its tokens stand, for each text. At a multiple of bptt, fastai takes
# the text as at its end until the next one.
PADDED = {
    "padding": case(layers=3, lengths=(8, 9, 12, 30, 46, 50))
    | dict(pads=[[1, 6], [5, 8], [0, 3], [8, 9, 20, 29], [16, 17, 44, 45], [2, 9, 10, 24, 40]]),
    "padding-bidirectional": case(bidir=True, max_len=24, lengths=(8, 9, 17, 30, 46))
    | dict(pads=[[7], [5, 8], [8, 11], [8, 9, 20, 29], [16, 17, 22, 40, 45]]),
}
VOCABULARY = 30


def split_mix(seed, start, count):
    """The numbers `start ..< start + count` of a SplitMix64 sequence, as Floats from -1 to 1."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + (np.arange(start, start + count, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return ((z >> np.uint64(40)).astype(np.int64) - (1 << 23)).astype(np.float32) / np.float32(1 << 23)


def seeded_model_of(c):
    model = get_text_classifier(
        AWD_LSTM, c["vocabulary"], c["classes"], seq_len=c["bptt"],
        config=dict(emb_sz=c["emb_sz"], n_hid=c["n_hid"], n_layers=c["n_layers"], bidir=c["bidir"], pad_token=1),
        lin_ftrs=[c["head"]], max_len=c["max_len"])
    order = ["0.module.encoder.weight"]
    for layer in range(c["n_layers"]):
        for suffix in ["", "_reverse"] if c["bidir"] else [""]:
            rnn = f"0.module.rnns.{layer}"
            order += [f"{rnn}.module.weight_hh_l0_reverse" if suffix else f"{rnn}.weight_hh_l0_raw"]
            order += [f"{rnn}.module.{n}{suffix}" for n in ("weight_ih_l0", "bias_ih_l0", "bias_hh_l0")]
    for block in (0, 1):
        order += [f"1.layers.{block}.0.{n}" for n in ("weight", "bias", "running_mean", "running_var")]
        order += [f"1.layers.{block}.2.weight"]
    state, start = model.state_dict(), 0
    for name in order:
        count = state[name].numel()
        values = split_mix(c["seed"], start, count) * np.float32(0.1)
        if name.endswith("running_var"):
            values = values + np.float32(1)
        state[name].copy_(torch.from_numpy(values).view(state[name].shape))
        start += count
    return model.eval()


def model_of(c):
    model = get_text_classifier(
        AWD_LSTM, VOCABULARY, c["classes"], seq_len=c["bptt"],
        config=dict(emb_sz=c["emb_sz"], n_hid=c["n_hid"], n_layers=c["n_layers"], bidir=c["bidir"],
                    pad_token=1, **({} if c["dropout"] else {"output_p": 0.0})),
        lin_ftrs=c["lin_ftrs"], ps=[0.1 if c["dropout"] else 0.0] * len(c["lin_ftrs"]), max_len=c["max_len"],
        y_range=c["y_range"])
    head = model[1].layers
    for block in head:
        if not isinstance(block, torch.nn.Sequential):
            continue
        for index, layer in enumerate(block):
            if isinstance(layer, torch.nn.BatchNorm1d):
                if c["bn"]:
                    torch.nn.init.uniform_(layer.weight, 0.5, 1.5)
                    torch.nn.init.uniform_(layer.bias, -0.5, 0.5)
                    torch.nn.init.uniform_(layer.running_mean, -0.1, 0.1)
                    torch.nn.init.uniform_(layer.running_var, 0.2, 1.0)
                else:
                    block[index] = torch.nn.Identity()
            elif isinstance(layer, torch.nn.Linear):
                torch.nn.init.normal_(layer.weight, std=1 / layer.in_features**0.5)
                if c["bias"]:
                    layer.bias = torch.nn.Parameter(torch.randn(layer.out_features))
    torch.nn.init.uniform_(model[0].module.encoder.weight, -1, 1)
    return model.eval()


def run(model, ids, whole):
    """Logits, and for each class the gradient at the embeddings and at the last layer's outputs."""
    encoder = model[0]
    e = encoder.module.encoder.weight[ids][None].detach().clone().requires_grad_()
    encoder.reset()
    bptt = len(ids) if whole else encoder.bptt
    kept, everything = [], []
    for i in range(0, len(ids), bptt):
        out = encoder.module(e[:, i:i + bptt], from_embeds=True)
        everything.append(out)
        if whole or encoder.max_len is None or len(ids) - i <= encoder.max_len:
            kept.append(out)
    everything = torch.cat(everything, 1).detach()
    kept = torch.cat(kept, 1)
    kept.retain_grad()
    # With as long a bptt as the text nothing of `last` depends on the chunk.
    logits = model[1]((kept, torch.zeros(kept.shape[:2], dtype=torch.bool)))[0][0]
    at_embeddings, at_outputs = [], []
    for value in logits:
        e.grad = kept.grad = None
        value.backward(retain_graph=True)
        at_embeddings.append(e.grad[0].clone())
        g = torch.zeros_like(everything)
        g[:, everything.shape[1] - kept.shape[1]:] = kept.grad
        at_outputs.append(g[0])
    return logits.detach(), torch.stack(at_embeddings), torch.stack(at_outputs), everything[0]


def run_padded(model, ids):
    """Logits and gradients at the embeddings of fastai's own pass, which needs the ids to know padding."""
    encoder = model[0]
    e = encoder.module.encoder.weight[ids][None].detach().clone().requires_grad_()
    place = 0

    def replaced(module, inputs, output):
        nonlocal place
        place += output.shape[1]
        return e[:output.shape[0], place - output.shape[1]:place]

    hook = encoder.module.encoder_dp.register_forward_hook(replaced)
    model.reset()
    logits = model(ids[None])[0][0]
    hook.remove()
    gradients = [torch.autograd.grad(value, e, retain_graph=True)[0][0] for value in logits]
    return logits.detach(), torch.stack(gradients)


def main():
    # The gradient flows through the hidden state that one chunk hands to the next.
    awdlstm.to_detach = lambda hidden, cpu=False, gather=False: hidden
    settings = {}
    chosen = sys.argv[1:]
    if chosen and os.path.exists("cases.json"):
        with open("cases.json") as file:
            settings = json.load(file)
    for number, (name, c) in enumerate((CASES | SEEDED | PADDED).items()):
        if chosen and name not in chosen:
            continue
        torch.manual_seed(number)
        is_seeded = "seed" in c
        model = seeded_model_of(c) if is_seeded else model_of(c)
        tensors = {} if is_seeded else {
            k: v for k, v in model.state_dict().items() if "encoder_dp" not in k and "num_batches" not in k}
        for text, length in enumerate(c["lengths"]):
            ids = torch.randint(2, c.get("vocabulary", VOCABULARY), (length,))
            if "pads" in c:
                ids[c["pads"][text]] = 1
                logits, gradient = run_padded(model, ids)
                new = {"ids": ids.float(), "logits": logits, "gradient": gradient}
                tensors |= {f"text.{text}.{key}": value.flatten() for key, value in new.items()}
                continue
            logits, gradient, at_outputs, outputs = run(model, ids, whole=False)
            with torch.no_grad():
                model.reset()
                theirs = model(ids[None])[0][0]
            assert torch.allclose(theirs, logits, atol=1e-6), (name, length, theirs, logits)
            whole_logits, whole_gradient, _, _ = run(model, ids, whole=True)
            new = {"ids": ids.float(), "logits": theirs, "gradient": gradient,
                   "whole.logits": whole_logits, "whole.gradient": whole_gradient}
            if is_seeded:
                del new["whole.logits"], new["whole.gradient"]
                # Every 7th token is enough.
                new["gradient"] = gradient[:1, ::7]
            else:
                new |= {"outputs": outputs, "outputs_gradient": at_outputs}
            tensors |= {f"text.{text}.{key}": value.flatten() for key, value in new.items()}
        save_file({k: np.ascontiguousarray(v.numpy()) for k, v in tensors.items()}, f"{name}.safetensors")
        settings[name] = c
    with open("cases.json", "w") as file:
        json.dump(settings, file, indent=1)


main()
