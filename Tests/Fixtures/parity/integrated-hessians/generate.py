"""Integrated Hessians of a pair of texts, by the formula of Janizek, Sturmfels and Lee 2021.

python generate.py   (packages: ../pairs/requirements.txt; the models are those of ../pairs)

hessians.json has, for each model and baseline, the interaction of each token of the first text with each of the
second, summed over both embeddings' dimensions (arXiv:2002.04138, equation 5, as path_explain has it):

    (x_i - b_i) (x_j - b_j) * mean over alpha, beta of alpha beta d2f / dx_i dx_j at b + alpha beta (x - b)

with 20 x 20 points of Gauss and Legendre and exact second derivatives, in double precision.
"""

import json
import math
import pathlib

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
PAIR = ("How is the film?", "It is a small wonder.")
TARGET = 1
POINTS = 20
CASES = [("bert", "mask"), ("bert", "zero"), ("roberta", "mask")]


def gauss_legendre(count):
    """Nodes and weights on [0, 1], by Newton's method on the Legendre polynomial."""
    nodes = []
    for k in range(count):
        x = math.cos(math.pi * (k + 0.75) / (count + 0.5))
        for _ in range(50):
            p, q = 1.0, x
            for n in range(2, count + 1):
                p, q = q, ((2 * n - 1) * x * q - (n - 1) * p) / n
            slope = count * (x * q - p) / (x * x - 1)
            x -= q / slope
        nodes.append(((1 - x) / 2, 1 / ((1 - x * x) * slope * slope)))
    return nodes


def interactions(model, tokenizer, baseline):
    given = tokenizer(*PAIR, return_tensors="pt")
    ids, parts = given["input_ids"], given.sequence_ids(0)
    absent = ids.clone()
    for place, part in enumerate(parts):
        if part is not None:
            absent[0, place] = tokenizer.mask_token_id
    words = model.get_input_embeddings()
    x = words(ids).detach()
    b = torch.zeros_like(x) if baseline == "zero" else words(absent).detach()
    rest = {key: value for key, value in given.items() if key in ("attention_mask", "token_type_ids")}

    def f(vectors):
        return model(inputs_embeds=vectors, **rest).logits[0, TARGET]

    first = [i for i, part in enumerate(parts) if part == 0]
    second = [i for i, part in enumerate(parts) if part == 1]
    found = torch.zeros(len(first), len(second), dtype=torch.double)
    nodes = gauss_legendre(POINTS)
    for alpha, w in nodes:
        for beta, v in nodes:
            z = (b + alpha * beta * (x - b)).requires_grad_()
            gradient, = torch.autograd.grad(f(z), z, create_graph=True)
            slopes = (gradient * (x - b)).sum(2)[0]
            for row, i in enumerate(first):
                second_slopes, = torch.autograd.grad(slopes[i], z, retain_graph=True)
                own = (second_slopes * (x - b)).sum(2)[0]
                found[row] += w * v * alpha * beta * own[second]
    return {"ids": ids[0].tolist(), "first": first, "second": second,
            "values": [[float(f"{value:.9g}") for value in row] for row in found.tolist()]}


def main():
    answers = {}
    for name, baseline in CASES:
        folder = HERE.parent / "pairs" / name
        tokenizer = AutoTokenizer.from_pretrained(folder)
        model = AutoModelForSequenceClassification.from_pretrained(
            folder, dtype=torch.double, attn_implementation="eager").eval()
        answer = interactions(model, tokenizer, baseline) | {"baseline": baseline}
        answers.setdefault(name, []).append(answer)
        print(name, baseline, answer["values"][0][:4])
    (HERE / "hessians.json").write_text(json.dumps(
        {"pair": PAIR, "class": TARGET, "answers": answers}) + "\n")


if __name__ == "__main__":
    main()
