"""The work of `whylight bench` in PyTorch, Captum, lime and shap, on the same weights, in one run.

Usage: peers.py WHYLIGHT_PROGRAM SENTIMENT_FOLDER [--repeats N] [--only NAME]... [--figures FILE]

Whylight and the peers take turns, so that whatever else the machine is doing falls on both; the
medians' ratio is printed (2.0 means that Whylight took half of the time). Both use every core.
--figures replaces the table in a Markdown file between `<!-- speed -->` and `<!-- end of speed -->`.
"""

import argparse
import csv
import datetime
import json
import os
import platform
import re
import statistics
import subprocess
import tempfile
import time

import numpy as np
import torch
from captum.attr import IntegratedGradients
from safetensors.numpy import load_file
from torch import nn

EVERYTHING = ["predict", "gradient", "integrated-gradients-50", "integrated-gradients", "occlusion"]
COALITIONS = ["lime", "kernel-shap", "partition-shap"]
# Both sides compute in bfloat16: Whylight with --precision, PyTorch with all weights and activations in it.
ROUNDED = ", both in bfloat16"
# name: (lengths, works); a text of each length is asked for all works.
PLAN = {
    "sentiment": {40: EVERYTHING + COALITIONS, 120: EVERYTHING},
    "full-size": {40: EVERYTHING, 120: EVERYTHING},
    "MiniLM": {64: EVERYTHING + COALITIONS},
    "MiniLM" + ROUNDED: {64: EVERYTHING},
    "BERT-base": {
        64: EVERYTHING,
        256: ["predict", "integrated-gradients", "occlusion"],
        512: ["predict", "integrated-gradients"],
    },
    "BERT-base" + ROUNDED: {64: EVERYTHING},
}
# layers, width, heads, inner width
SHAPES = {"MiniLM": (6, 384, 12, 1536), "BERT-base": (12, 768, 12, 3072)}


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


class BERT(nn.Module):
    """A BERT of transformers' from its words' embeddings on."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        self.embedding = model.get_input_embeddings().weight.detach()

    def forward(self, embeddings):
        return self.model(inputs_embeds=embeddings).logits


def peer(name, path):
    """-> (model, ordinary words, the id that stands for an absent token, that of the baseline)."""
    if name.removesuffix(ROUNDED) in SHAPES:
        from transformers import BertForSequenceClassification

        model = BertForSequenceClassification.from_pretrained(path).eval()
        model.to(torch.bfloat16 if name.endswith(ROUNDED) else torch.float32)
        return BERT(model), model.config.vocab_size - 9, 103, 103
    tensors = load_file(f"{path}/model.safetensors")
    model = AWDLSTM({key: torch.from_numpy(value.astype(np.float32))
                     for key, value in tensors.items()}).eval()
    return model, len(json.load(open(f"{path}/vocab.json"))) - 9, 0, None


def make_bert(path, shape):
    """Random weights with the usual spread, in a folder as transformers saves them."""
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    layers, width, heads, inner = shape
    os.makedirs(path)
    BertForSequenceClassification(BertConfig(
        num_hidden_layers=layers, hidden_size=width, num_attention_heads=heads,
        intermediate_size=inner)).save_pretrained(path)
    words = ["[PAD]"] + [f"[unused{k}]" for k in range(99)] + ["[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    with open(f"{path}/vocab.txt", "w") as file:
        file.writelines(word + "\n" for word in words + [f"w{k}" for k in range(104, 30522)])
    with open(f"{path}/tokenizer_config.json", "w") as file:
        json.dump({"tokenizer_class": "BertTokenizer", "do_lower_case": True}, file)


def works(model, ids, absent, baseline):
    """Name -> function: what is timed, each with its library's best settings for one text."""
    embeddings = model.embedding[ids][None]
    replacement = model.embedding[absent]
    start = 0 * embeddings if baseline is None else model.embedding[baseline].expand_as(embeddings)
    integrated_gradients = IntegratedGradients(model)

    def rows(batch):
        with torch.no_grad():
            return torch.cat([model(part) for part in batch.split(64)])

    def gradient():
        leaf = embeddings.clone().requires_grad_()
        return torch.autograd.grad(model(leaf)[0, 1], leaf)

    def occlusion():
        batch = embeddings.repeat(len(ids), 1, 1)
        batch[torch.arange(len(ids)), torch.arange(len(ids))] = replacement
        return rows(batch)

    def attribute(delta=False):
        # Points at a time as many as fit well into memory.
        return integrated_gradients.attribute(
            embeddings, baselines=start, target=1, n_steps=50,
            internal_batch_size=max(1, 4096 // len(ids)), return_convergence_delta=delta)

    def masked(masks):
        """What the model says of the text where only some tokens are present, `[N, 2]`."""
        present = torch.as_tensor(np.asarray(masks), dtype=torch.bool)[:, :, None]
        parts = [torch.where(part, embeddings, replacement) for part in present.split(64)]
        with torch.no_grad():
            return torch.cat([model(part) for part in parts]).softmax(1).numpy()

    return {
        "predict": lambda: rows(embeddings),
        "gradient": gradient,
        "integrated-gradients-50": attribute,
        # Whylight stops by itself, Captum does not.
        "integrated-gradients": attribute,
        "occlusion": occlusion,
        "lime": lambda: lime(len(ids), masked),
        "kernel-shap": lambda: kernel_shap(len(ids), masked),
        "partition-shap": lambda: partition_shap(len(ids), masked),
        "delta": lambda: float(attribute(True)[1][0]),
    }


def lime(count, masked):
    from lime.lime_text import LimeTextExplainer

    text = " ".join(f"w{place}" for place in range(count))
    place = {f"w{place}": place for place in range(count)}

    def predict(texts):
        masks = np.zeros((len(texts), count))
        for row, words in enumerate(texts):
            for word in words.split():
                if word in place:
                    masks[row, place[word]] = 1
        return masked(masks)

    explainer = LimeTextExplainer(split_expression=r"\s+", bow=False, mask_string="absent")
    return explainer.explain_instance(text, predict, num_features=count, num_samples=1000)


def kernel_shap(count, masked):
    import shap

    explainer = shap.KernelExplainer(lambda x: masked(x)[:, 1], np.zeros((1, count)))
    return explainer.shap_values(np.ones((1, count)), nsamples=2048, silent=True)


def partition_shap(count, masked):
    import shap

    masker = shap.maskers.Partition(np.zeros((1, count)), clustering=pairs(count))
    explainer = shap.PartitionExplainer(lambda x: masked(x)[:, 1], masker)
    return explainer(np.ones((1, count)), max_evals=500, silent=True)


def pairs(count):
    """A balanced tree of neighbours, as scipy writes linkages."""
    level = [(place, 1) for place in range(count)]
    rows, made = [], count
    while len(level) > 1:
        joined = []
        for left, right in zip(level[::2], level[1::2]):
            rows.append([left[0], right[0], len(rows) + 1, left[1] + right[1]])
            joined.append((made, left[1] + right[1]))
            made += 1
        level = joined + (level[-1:] if len(level) % 2 else [])
    return np.array(rows, dtype=float)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the built whylight")
    parser.add_argument("sentiment", help="the folder of the embedded model")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", action="append", choices=[*PLAN, "file"], help="of these models")
    parser.add_argument("--snippets", type=int, default=10_000, help="texts of the file")
    parser.add_argument("--figures", help="the Markdown file whose table is replaced")
    arguments = parser.parse_args()
    chosen = arguments.only or [*PLAN, "file"]

    def whylight(*extra):
        command = [arguments.program, "bench", "--format", "json", *extra]
        return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["rows"]

    rows = []
    print(f"{'model':<28}{'tokens':>7}  {'work':<32}{'Whylight':>12}{'peer':>12}{'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            if name == "file":
                continue
            own = {"sentiment": ["--only", "sentiment"],
                   "full-size": ["--only", "full-size", "--folder", f"{folder}/full-size"]}
            shape = name.removesuffix(ROUNDED)
            path = arguments.sentiment if name == "sentiment" else f"{folder}/{shape}"
            if shape in SHAPES and not os.path.exists(path):
                make_bert(path, SHAPES[shape])
            command = own.get(name, ["--model", path])
            if name.endswith(ROUNDED):
                command += ["--precision", "bfloat16"]
            whylight(*command, "--tokens", "1", "--repeats", "1", "--work", "predict")
            model, words, absent, baseline = peer(name, path)
            for length, titles in PLAN[name].items():
                ids = torch.tensor([2] + [9 + 7 * k % words for k in range(length - 1)])
                rows += compare(
                    name, length, lambda *extra: whylight(*command, *extra),
                    works(model, ids, absent, baseline), titles, arguments.repeats)
        if "file" in chosen:
            rows.append(compare_files(arguments, folder))
    if arguments.figures:
        write(arguments.figures, rows, arguments.repeats)


def compare(name, length, whylight, peers, works, repeats):
    """Rows of the table: model, tokens, work, our seconds, theirs."""
    ours, theirs, titles = {}, {}, {}
    for _ in range(repeats):  # in turns
        for work in works:
            row = [row for row in whylight(
                "--tokens", str(length), "--repeats", "1", "--work", work)
                if row["tokens"] == length][0]
            titles[work] = row["work"]
            ours.setdefault(work, []).append(row["seconds"])
            if work not in theirs and length < 256:
                peers[work]()  # warm
            start = time.perf_counter()
            peers[work]()
            theirs.setdefault(work, []).append(time.perf_counter() - start)
    rows = []
    for work in works:
        mine, peer = statistics.median(ours[work]), statistics.median(theirs[work])
        rows.append((name, length, titles[work], mine, peer))
        show(rows[-1])
    return rows


def compare_files(arguments, folder):
    """Many short texts through the embedded model: adaptive integrated gradients beside Captum's 50."""
    words = [word for word in json.load(open(f"{arguments.sentiment}/vocab.json"))[9:]
             if re.fullmatch("[a-z]+", word)]
    lengths = [5 + 7 * k % 26 for k in range(arguments.snippets)]
    texts = [" ".join(words[(31 * k + 7 * place) % len(words)] for place in range(length))
             for k, length in enumerate(lengths)]
    path = f"{folder}/snippets.csv"
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([["text"], *[[text] for text in texts]])
    start = time.perf_counter()
    subprocess.run([arguments.program, "explain", "--input", path, "--text-column", "text",
                    "--format", "jsonl"], check=True, stdout=subprocess.DEVNULL)
    mine = time.perf_counter() - start
    model, words, absent, baseline = peer("sentiment", arguments.sentiment)
    # Captum's time for a text does not depend on its words: a few hundred stand for all.
    sample = lengths[::max(1, len(lengths) // 260)]
    start = time.perf_counter()
    for length in sample:
        works(model, torch.tensor([2] + [9 + 7 * k for k in range(length)]), absent, baseline)[
            "integrated-gradients"]()
    theirs = (time.perf_counter() - start) * len(lengths) / len(sample)
    row = ("sentiment", "6 to 31", f"a file of {len(lengths):,} texts", mine, theirs)
    show(row)
    return row


def show(row):
    name, length, work, mine, peer = row
    print(f"{name:<28}{length:>7}  {work:<32}{seconds(mine):>12}{seconds(peer):>12}"
          f"{peer / mine:>7.1f}", flush=True)


def seconds(value):
    return f"{value:.2f} s" if value >= 0.5 else f"{value * 1e3:.1f} ms"


def processor():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.processor()


def write(path, rows, repeats):
    today = datetime.date.today()
    table = [
        f"{os.cpu_count()} cores of {processor()}, PyTorch {torch.__version__.split('+')[0]}, medians of"
        f" {repeats}, {today.day} {today:%B %Y}.", "",
        "| model | tokens | work | Whylight | peer | ratio |",
        "| --- | --- | --- | --- | --- | --- |",
        *[f"| {name} | {length} | {work} | {seconds(mine)} | {seconds(peer)} | {peer / mine:.1f} |"
          for name, length, work, mine, peer in rows]]
    text = open(path).read()
    first, last = "<!-- speed -->\n", "<!-- end of speed -->"
    before, rest = text.split(first)
    after = rest.split(last)[1]
    with open(path, "w") as file:
        file.write(before + first + "\n".join(table) + "\n" + last + after)


if __name__ == "__main__":
    main()
