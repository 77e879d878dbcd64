"""Scores by Captum on the transformers of ../transformers for texts that hold their own padding and
other special tokens, asked as a user of transformers asks: by input_ids, so that positions come from
the ids as the model has them, and the embeddings are replaced by a hook.

Attention sees every token, as the tokenizer's mask says. `python generate.py` writes cases.json beside
it (packages: requirements.txt).
"""
import json
import os
import pathlib

os.environ.update(HF_HUB_OFFLINE="1")
import torch
from captum.attr import InputXGradient, IntegratedGradients, Saliency
from transformers import AutoModelForSequenceClassification

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent / "transformers"
PAD, UNK, FRAME = 1, 0, 2
# One of 0 and 1 is the padding of each family.
TEXTS = [[2, 7, 1, 9, 30, 0, 1, 12, 3, 8, 1], [1, 1, 5, 0]]


class AtEmbeddings(torch.nn.Module):
    """The model as a function of the word embeddings of a text whose ids it knows."""

    def __init__(self, model, ids):
        super().__init__()
        self.model, self.ids, self.x = model, torch.tensor([ids]), None
        model.get_input_embeddings().register_forward_hook(
            lambda _, __, found: found if self.x is None else self.x)

    def forward(self, x, **more):
        self.x = x
        ids = self.ids.expand(len(x), -1)
        try:
            return self.model(ids, attention_mask=torch.ones_like(ids), **more)
        finally:
            self.x = None


def digits(tensor):
    return [float(f"{v:.9g}") for v in tensor.flatten().tolist()]


def entries(model, ids, target):
    table = model.get_input_embeddings().weight.detach()
    whole = AtEmbeddings(model, ids)
    x = table[torch.tensor([ids])]

    def f(x):
        return whole(x).logits

    def value(ids):
        with torch.no_grad():
            ids = torch.tensor([ids])
            return model(ids, attention_mask=torch.ones_like(ids)).logits[0, target].item()

    g = Saliency(f).attribute(x.clone().requires_grad_(), abs=False, target=target)
    yield {"method": "saliency", "scores": digits(g.norm(dim=2))}
    a = InputXGradient(f).attribute(x.clone().requires_grad_(), target=target)
    yield {"method": "input-x-gradient", "scores": digits(a.sum(2))}
    # A token that frames the text stays itself.
    pads = table[torch.tensor([[i if place == 0 and i == FRAME else PAD
                                for place, i in enumerate(ids)]])]
    for name, baseline in {"zero": torch.zeros_like(x), "pad": pads}.items():
        a, delta = IntegratedGradients(f).attribute(
            x, baseline, target=target, n_steps=20, return_convergence_delta=True)
        yield {"method": "integrated-gradients", "options": {"steps": 20, "baseline": name},
               "scores": digits(a.sum(2)), "delta": delta.item()}
    maps = whole(x, output_attentions=True).attentions
    yield {"method": "attention", "scores": digits(maps[-1][0].mean(0)[0])}
    for name, token in {"unk": [UNK], "pad": [PAD], "delete": []}.items():
        losses = [value(ids) - value(ids[:i] + token + ids[i + 1:]) for i in range(len(ids))]
        yield {"method": "occlusion", "options": {"replacement": name},
               "scores": digits(torch.tensor(losses))}


def main():
    torch.set_num_threads(1)
    found = {}
    for folder in sorted(p for p in MODELS.iterdir() if p.is_dir()):
        cases = []
        for ids in TEXTS:
            model = AutoModelForSequenceClassification.from_pretrained(
                folder, attn_implementation="eager", dtype=torch.float64).eval()
            target = model.config.num_labels - 1
            with torch.no_grad():
                row = torch.tensor([ids])
                value = model(row, attention_mask=torch.ones_like(row)).logits[0, target].item()
            cases.append({"ids": ids, "target": target, "versus": None, "quantity": "logit",
                          "value": value, "explanations": list(entries(model, ids, target))})
        found[folder.name] = cases
    (HERE / "cases.json").write_text(json.dumps(found, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
