"""Scores by the peers on the small transformers of ../transformers, from the models themselves.

For every model and class, on a text of eleven tokens:
- Captum: saliency, input x gradient, integrated gradients, occlusion,
  layer conductance (ALBERT's shared layer copied for each of its calls);
- attention, rollout (Abnar and Zuidema), relevance (Chefer et al. 2021), value zeroing: the papers'
  formulas on the maps and gradients of transformers' `output_attentions`;
- DeepLIFT and AttnLRP: the gradients of rules.py, which hold for whatever a model is made of.
For three of them also what is drawn at random (4,000 samples of Captum's NoiseTunnel, and what
expected gradients converge to) and all that takes units away (../attribution-coalitions).

In double precision, but for what transformers itself computes in single (ModernBERT's softmax).
`python generate.py [NAME …]` writes *.json beside it.
"""
import copy
import importlib.util
import json
import pathlib
import sys

sys.modules["torchvision"] = None
import torch
import transformers.activations
from captum.attr import (InputXGradient, IntegratedGradients, LayerConductance, NoiseTunnel,
                         Occlusion, Saliency)
from torch.nn import functional
from transformers import AutoModelForSequenceClassification

import rules

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent / "transformers"
UNK, FRAME = 0, 2
# The approximation of GELU as one function, so that it has one chord: the same numbers.
transformers.activations.NewGELUActivation.forward = (
    lambda self, x: functional.gelu(x, approximate="tanh"))


def neighbour(folder):
    """Another fixture's generate.py as a module."""
    sys.path.insert(0, str(HERE.parent / "attribution"))
    spec = importlib.util.spec_from_file_location(folder, HERE.parent / folder / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


peer = neighbour("transformers")
layers_of, value_zeroing, Whole, MAPS = peer.layers_of, peer.value_zeroing, peer.Whole, peer.MAPS


def digits(tensor):
    return [float(f"{v:.9g}") for v in tensor.flatten().tolist()]


class FromEmbeddings(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, embeddings):
        return self.model(inputs_embeds=embeddings).logits


def first_is_global(model, args, kwargs):
    """Which Longformer can't tell without ids."""
    if kwargs.get("inputs_embeds") is not None:
        mask = torch.zeros(kwargs["inputs_embeds"].shape[:2], dtype=torch.long)
        mask[:, 0] = 1
        kwargs["global_attention_mask"] = mask
    return args, kwargs


def read_token(model):
    """What a decoder's head reads is the last token."""
    return -1 if hasattr(model, "score") else 0


def attention_entries(model, x, ids, target):
    leaf = x.clone().requires_grad_()
    if hasattr(model, "longformer"):
        MAPS.clear()
        result = model(inputs_embeds=leaf)
        # Padding stands behind.
        maps = list(MAPS)
    else:
        result = model(inputs_embeds=leaf, output_attentions=True)
        maps = list(result.attentions)
    gradients = torch.autograd.grad(result.logits[0, target], maps)
    size = x.shape[1]
    maps, gradients = ([m.detach()[:, :, :size, :size] for m in all] for all in (maps, gradients))
    maps = [m[0].double() for m in maps]
    reader = read_token(model)
    yield {"method": "attention", "scores": digits(maps[-1].mean(0)[reader]),
           "map": [digits(m[h, reader]) for m in maps for h in range(m.shape[0])]}
    eye = torch.eye(x.shape[1], dtype=torch.double)
    rollout, relevance = eye, eye
    for m, g in zip(maps, gradients):
        mixed = m.mean(0) + eye
        rollout = mixed / mixed.sum(1, keepdim=True) @ rollout
        relevance = relevance + (m * g[0].double()).clamp(min=0).mean(0) @ relevance
    yield {"method": "attention-rollout", "scores": digits(rollout[reader])}
    yield {"method": "attention-relevance", "scores": digits(relevance[reader])}
    changes = value_zeroing(model, ids)[:, reader].clamp(min=0)
    shares = changes / changes.sum(1, keepdim=True)
    yield {"method": "value-zeroing", "scores": digits(shares[-1]), "map": [digits(s) for s in shares]}


def gradient_entries(model, f, x, baselines, target):
    for norm, size in [("l2", lambda g: g.norm(dim=2)), ("l1", lambda g: g.abs().sum(2))]:
        g = Saliency(f).attribute(x.clone().requires_grad_(), abs=False, target=target)
        yield {"method": "saliency", "options": {"norm": norm}, "scores": digits(size(g))}
    a = InputXGradient(f).attribute(x.clone().requires_grad_(), target=target)
    yield {"method": "input-x-gradient", "scores": digits(a.sum(2))}
    for name, baseline in baselines.items():
        a, delta = IntegratedGradients(f).attribute(
            x, baseline, target=target, n_steps=20, return_convergence_delta=True)
        yield {"method": "integrated-gradients", "options": {"steps": 20, "baseline": name},
               "scores": digits(a.sum(2)), "delta": delta.item()}
        m, change = rules.multipliers(model, x, baseline, target)
        lift = (m * (x - baseline)).sum(2)
        assert abs(lift.sum() - change) < 2e-6, "chords do not add up"
        yield {"method": "deeplift", "options": {"baseline": name}, "scores": digits(lift),
               "delta": 0.0}
    g = rules.relevances(model, x, target)
    scores = (g * x).sum(2)
    with torch.no_grad():
        value = f(x)[0, target]
    yield {"method": "lrp", "scores": digits(scores), "delta": (scores.sum() - value).item()}


def unrolled(model):
    """ALBERT with a copy of the shared layer wherever it is called: Captum hooks a module once."""
    encoder = getattr(model, "albert", None) and model.albert.encoder
    if encoder is None:
        return model
    model = copy.deepcopy(model)
    encoder, config = model.albert.encoder, model.albert.encoder.config
    calls = [int(i * config.num_hidden_groups / config.num_hidden_layers)
             for i in range(config.num_hidden_layers)]
    encoder.albert_layer_groups = torch.nn.ModuleList(
        [copy.deepcopy(encoder.albert_layer_groups[group]) for group in calls])
    config.num_hidden_groups = config.num_hidden_layers
    return model


def layer_entries(model, x, target):
    copied = unrolled(model)
    f = FromEmbeddings(copied)
    with torch.no_grad():
        assert torch.equal(f(x), FromEmbeddings(model)(x)), "unrolled layers say something else"
    # DeBERTa's layers return a pair; what their last module returns is the same.
    layers = [layer.output if type(layer).__name__ == "DebertaV2Layer" else layer
              for layer in layers_of(copied)]
    # What the second layer reads is the convolution's output where there is one.
    convolution = [m for m in copied.modules() if type(m).__name__ == "ConvLayer"]
    layers[:len(convolution)] = convolution
    assert len(set(layers)) == len(layers), "a layer is called more than once"
    found = []
    for layer in layers:
        a = LayerConductance(f, layer).attribute(
            x, baselines=torch.zeros_like(x), target=target, n_steps=20)
        found.append(digits((a[0] if isinstance(a, tuple) else a).sum(2)[:, :x.shape[1]]))
    yield {"method": "layer-conductance", "options": {"steps": 20, "baseline": "zero"},
           "scores": found[-1], "map": found}


def occlusion_entries(model, f, x, table, ids, target):
    if hasattr(model, "score"):
        # Which token a decoder's head reads depends on the ids: it passes over padding at the end, and
        # the id that replaces may be the padding's. Embeddings would hide that.
        a = Occlusion(lambda rows: model(input_ids=rows).logits).attribute(
            ids, sliding_window_shapes=(1,), baselines=UNK, target=target)
        scores = digits(a[0])
    else:
        unk = table[UNK].expand_as(x)
        a = Occlusion(f).attribute(
            x, sliding_window_shapes=(1, x.shape[2]), baselines=unk, target=target)
        scores = digits(a[:, :, 0])
    yield {"method": "occlusion", "options": {"replacement": "unk"}, "scores": scores}
    with torch.no_grad():
        without = [f(x[:, [i for i in range(x.shape[1]) if i != t]])[0, target]
                   for t in range(x.shape[1])]
        yield {"method": "occlusion", "options": {"replacement": "delete"},
               "scores": digits(f(x)[0, target] - torch.stack(without))}


def random_entries(f, x, baseline, target):
    a = IntegratedGradients(f).attribute(x, baseline, target=target, n_steps=300)
    yield {"method": "expected-gradients", "options": {"baseline": "unk"}, "scores": digits(a.sum(2))}
    deviation = (0.15 * x.std(unbiased=False)).item()
    for kind, name in [("smoothgrad", "smoothgrad"), ("smoothgrad_sq", "smoothgrad-squared"),
                       ("vargrad", "vargrad")]:
        a = NoiseTunnel(Saliency(f)).attribute(
            x.clone().requires_grad_(), nt_type=kind, nt_samples=4000, nt_samples_batch_size=500,
            stdevs=deviation, abs=False, target=target)
        yield {"method": name,
               "scores": digits(a.norm(dim=2) if kind == "smoothgrad" else a.sum(2))}


def link(config):
    return {"multi_label_classification": "sigmoid", "regression": "identity"}.get(
        config.problem_type, "softmax")


def write(folder, isWhole):
    model = AutoModelForSequenceClassification.from_pretrained(
        folder, attn_implementation="eager", dtype=torch.float64).eval()
    rules.open_norms(model)
    if hasattr(model, "longformer"):
        model.register_forward_pre_hook(first_is_global, with_kwargs=True)
    if getattr(model.config, "pad_token_id", None) is None:
        # Embeddings hold no padding, but a batch of them is refused without an id for it.
        model.config.pad_token_id = 0
    model.config.use_cache = False
    f = FromEmbeddings(model)
    words = model.get_input_embeddings()
    # Gemma's module scales what its table holds.
    table = words(torch.arange(words.num_embeddings)).detach()
    classes = model.config.num_labels
    ids = torch.randint(5, 80, (1, 11), generator=torch.Generator().manual_seed(9))
    ids[0, 0] = FRAME
    absent = torch.full_like(ids, UNK)
    absent[0, 0] = FRAME
    x = table[ids]
    baselines = {"zero": torch.zeros_like(x), "unk": table[absent]}
    cases = []
    for target in range(classes):
        found = [*gradient_entries(model, f, x, baselines, target),
                 *layer_entries(model, x, target),
                 *occlusion_entries(model, f, x, table, ids, target),
                 *attention_entries(model, x, ids, target)]
        if isWhole and target == 0:
            found += random_entries(f, x, baselines["unk"], target)
        with torch.no_grad():
            value = f(x)[0, target].item()
        cases.append({"ids": ids[0].tolist(), "target": target, "versus": None,
                      "quantity": "logit", "value": value, "explanations": found})
    document = {"classes": classes, "link": link(model.config), "cases": cases}
    if isWhole:
        coalitions = neighbour("attribution-coalitions")
        subject = coalitions.Subject(f, table, [FRAME], classes, document["link"])
        document["coalitions"] = list(
            coalitions.cases_of(subject, 5, 70, coalitions.TEXTS[:1]))
    (HERE / f"{folder.name}.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.manual_seed(22)
    whole = ("bert", "roberta", "deberta-v3")
    for folder in sorted((p for p in MODELS.iterdir() if p.is_dir()), key=lambda p: (p.name in whole, p.name)):
        if not sys.argv[1:] or folder.name in sys.argv[1:]:
            print(folder.name)
            with Whole():
                write(folder, folder.name in whole)
