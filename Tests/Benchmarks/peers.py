"""The work of `whylight bench` in PyTorch and Captum, on the same weights, side by side in one run.

Usage: peers.py WHYLIGHT_PROGRAM SENTIMENT_FOLDER [--repeats N]

Whylight and the peers take turns, so that whatever else the machine is doing falls on both; the
medians' ratio is printed (2.0 means that Whylight took half of the time). Both use every core.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time

import numpy as np
import torch
from captum.attr import IntegratedGradients
from safetensors.numpy import load_file
from torch import nn

LENGTHS = [40, 120]


class AWDLSTM(nn.Module):
    """fastai's text classifier for one text, from embeddings on: LSTMs, concat pooling, head."""

    def __init__(self, tensors):
        super().__init__()
        self.embedding = tensors["0.module.encoder.weight"]
        self.layers = nn.ModuleList()
        while f"0.module.rnns.{len(self.layers)}.weight_hh_l0_raw" in tensors:
            prefix = f"0.module.rnns.{len(self.layers)}."
            input_weight = tensors[prefix + "module.weight_ih_l0"]
            hidden_weight = tensors[prefix + "weight_hh_l0_raw"]
            layer = nn.LSTM(input_weight.shape[1], hidden_weight.shape[1], batch_first=True)
            layer.weight_ih_l0.data = input_weight
            layer.weight_hh_l0.data = hidden_weight
            layer.bias_ih_l0.data = tensors[prefix + "module.bias_ih_l0"]
            layer.bias_hh_l0.data = tensors[prefix + "module.bias_hh_l0"]
            self.layers.append(layer)
        blocks, index = [], 0
        while f"1.layers.{index}.0.weight" in tensors:
            norm = nn.BatchNorm1d(tensors[f"1.layers.{index}.0.weight"].shape[0])
            norm.load_state_dict(
                {k: tensors[f"1.layers.{index}.0.{k}"]
                 for k in ("weight", "bias", "running_mean", "running_var")}, strict=False)
            weight = tensors[f"1.layers.{index}.2.weight"]
            linear = nn.Linear(weight.shape[1], weight.shape[0], bias=False)
            linear.weight.data = weight
            blocks += [norm, linear, nn.ReLU()]
            index += 1
        self.head = nn.Sequential(*blocks[:-1])

    def forward(self, embeddings):
        hidden = embeddings
        for layer in self.layers:
            hidden, _ = layer(hidden)
        pooled = torch.cat([hidden[:, -1], hidden.max(1).values, hidden.mean(1)], 1)
        return self.head(pooled)


def work(model, ids):
    """Name -> function: what is timed."""
    embeddings = model.embedding[ids][None]
    unknown = model.embedding[0]
    integrated_gradients = IntegratedGradients(model)

    def predict():
        with torch.no_grad():
            return model(embeddings)

    def gradient():
        leaf = embeddings.clone().requires_grad_()
        return torch.autograd.grad(model(leaf)[0, 1], leaf)

    def occlusion():
        batch = embeddings.repeat(len(ids), 1, 1)
        batch[torch.arange(len(ids)), torch.arange(len(ids))] = unknown
        with torch.no_grad():
            return [model(rows) for rows in batch.split(64)]

    return {
        "predict": predict,
        "gradient": gradient,
        "integrated gradients, 50 steps": lambda: integrated_gradients.attribute(
            embeddings, target=1, n_steps=50),
        "occlusion": occlusion,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the built whylight")
    parser.add_argument("sentiment", help="the folder of the embedded model")
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:

        def whylight(*extra):
            command = [arguments.program, "bench", "--format", "json", "--folder", folder, *extra]
            return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)

        whylight("--only", "full-size", "--tokens", "1", "--repeats", "1")  # makes the folder
        print(f"{'model':<11}{'tokens':>7}  {'work':<32}{'Whylight':>12}{'peer':>12}{'ratio':>7}")
        for name, path in {"sentiment": arguments.sentiment, "full-size": folder}.items():
            tensors = load_file(f"{path}/model.safetensors")
            model = AWDLSTM({key: torch.from_numpy(value.astype(np.float32))
                             for key, value in tensors.items()}).eval()
            words = len(json.load(open(f"{path}/vocab.json"))) - 9
            for length in LENGTHS:
                ids = torch.tensor([2] + [9 + 7 * k % words for k in range(length - 1)])
                compare(name, length, lambda *extra: whylight("--only", name, *extra),
                        work(model, ids), arguments.repeats)


def compare(name, length, whylight, peers, repeats):
    ours, theirs = {}, {}
    for function in peers.values():
        function()  # warm
    for _ in range(repeats):  # in turns
        for row in whylight("--tokens", str(length), "--repeats", "1")["rows"]:
            ours.setdefault(row["work"], []).append(row["seconds"])
        for title, function in peers.items():
            start = time.perf_counter()
            function()
            theirs.setdefault(title, []).append(time.perf_counter() - start)
    for title, times in theirs.items():
        mine, peer = statistics.median(ours[title]), statistics.median(times)
        print(f"{name:<11}{length:>7}  {title:<32}{mine * 1e3:>9.2f} ms{peer * 1e3:>9.2f} ms"
              f"{peer / mine:>7.2f}", flush=True)


if __name__ == "__main__":
    main()
