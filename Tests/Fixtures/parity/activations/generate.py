"""What transformers computes with each function that a config.json may name.

python generate.py   (packages: requirements.txt; run in this folder)

values.json holds, in double precision, each function and its derivative at some points; and of the model
in ../transformers/bert with that function in its layers, the logits of one text and the gradient of the
second at each token's word embedding, of which the length is kept. Functions with weights of their own are
named alone.
"""

import json
import pathlib

import torch
from transformers import BertForSequenceClassification
from transformers.activations import ACT2FN, ACT2CLS

IDS = [2, 20, 33, 7, 41, 3]
POINTS = [-20, -11, -6, -3.5, -2.75, -1.5, -0.75, -0.125, 0.125, 0.5, 1.25, 2.5, 3.5, 5.5, 6.5, 9.5, 11, 25]


def of(name):
    points = torch.tensor(POINTS, dtype=torch.float64, requires_grad=True)
    values = ACT2FN[name](points)
    derivatives, = torch.autograd.grad(values.sum(), points)
    folder = pathlib.Path("../transformers/bert")
    model = BertForSequenceClassification.from_pretrained(folder, hidden_act=name, attn_implementation="eager")
    model = model.double().eval()
    found = []
    hook = model.bert.embeddings.word_embeddings.register_forward_hook(
        lambda module, given, output: found.append(output.requires_grad_()) or output)
    logits = model(torch.tensor([IDS])).logits[0]
    hook.remove()
    gradient, = torch.autograd.grad(logits[1], found[0])
    return {
        "values": values.tolist(), "derivatives": derivatives.tolist(), "logits": logits.tolist(),
        "gradients": gradient[0].norm(dim=1).tolist(),
    }


own = [name for name in ACT2CLS if list(ACT2FN[name].parameters())]
result = {
    "points": POINTS, "ids": IDS, "weights of their own": own,
    "functions": {name: of(name) for name in ACT2CLS if name not in own},
}
pathlib.Path("values.json").write_text(json.dumps(result, indent=1) + "\n")
