"""Scores by the peers on small AWD-LSTM classifiers of random weights, on a learner that fastai
exported, and on `sentiment`.

Captum: saliency, input x gradient, integrated gradients, occlusion. fastinference's formula:
intrinsic attention. PyTorch's own gradients: Grad-CAM, and occlusion by deletion. The classifiers
are fastai's modules. Computed in double precision from weights that are exact in single, so that
what differs is ours. A text is one pass over its whole length: fastai's own chunks cut the gradient
at every 72nd token, and Captum's scores would then not be gradients of the function explained.

python generate.py writes everything beside it into its own folder; with a name (`uni`, `bi` and
`window` together as `random`, `export`, `sentiment`) only that: `sentiment` after the embedded model
changed.
"""
import json
import pathlib
import sys

import torch
from captum.attr import InputXGradient, IntegratedGradients, Occlusion, Saliency
from fastai.text.models.awdlstm import AWD_LSTM
from fastai.text.models.core import PoolingLinearClassifier, SentenceEncoder, SequentialRNN
from safetensors.torch import load_file, save_file

HERE = pathlib.Path(__file__).parent
SENTIMENT = HERE.parents[3] / "Sources/EmbeddedModels/sentiment"
EXPORT = HERE.parents[1] / "checkpoints/spaces-bidirectional.pkl"
UNK, PAD, BOS = 0, 1, 2
VOCABULARY = 60


def classifier(vocabulary, config, classes, head):
    encoder = AWD_LSTM(vocabulary, config["emb_sz"], config["n_hid"], config["n_layers"],
                       pad_token=PAD, bidir=config["bidir"])
    sizes = [config["emb_sz"] * 3, head, classes]
    return SequentialRNN(
        SentenceEncoder(config["bptt"], encoder, pad_idx=PAD, max_len=config["max_len"]),
        PoolingLinearClassifier(sizes, ps=[0.2, 0.1], bptt=config["bptt"])).eval()


def randomize(model):
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if name.endswith("running_var"):
                tensor.uniform_(0.05, 0.2)
            elif tensor.is_floating_point():
                # Large enough that gates saturate here and there and the paths bend.
                tensor.normal_(0, 0.7 if "encoder" in name else 0.5)


class FromEmbeddings(torch.nn.Module):
    """The classifier over the whole text, from embeddings [B, T, D] to logits [B, C].

    The head sees the chunks that begin at most max_len before the end, or with whole=True all.
    """

    def __init__(self, model, whole=False):
        super().__init__()
        self.encoder, self.head = model[0].module, model[1]
        self.bptt, self.max_len, self.whole = model[0].bptt, model[0].max_len, whole
        self.activations, self.first = None, 0

    def forward(self, embeddings):
        self.encoder.reset()
        self.activations = self.encoder(embeddings, from_embeds=True)
        length = embeddings.shape[1]
        if not self.whole:
            self.first = next(
                i for i in range(0, length, self.bptt) if length - i <= self.max_len)
        seen = self.activations[:, self.first:]
        return self.head((seen, torch.zeros(seen.shape[:2], dtype=torch.bool)))[0]


def score(logits, target, versus, quantity, link):
    if quantity == "logit":
        q = logits
    elif link == "softmax":
        q = logits.softmax(1) if quantity == "probability" else logits.log_softmax(1)
    else:
        q = logits.sigmoid() if quantity == "probability" else torch.nn.functional.logsigmoid(logits)
    return q[:, target] - (0 if versus is None else q[:, versus])


def explanations(model, ids, f):
    """Every method's (options, scores, delta) for one text and one scalar function of embeddings."""
    table = model.encoder.encoder.weight.detach()
    x = table[torch.tensor([ids])]
    unk = torch.full((len(ids),), UNK)
    unk[0] = BOS if ids[0] == BOS else UNK
    baselines = {"zero": torch.zeros_like(x), "unk": table[unk][None]}

    for steps, name in [(50, "zero"), (20, "zero"), (50, "unk")]:
        a, delta = IntegratedGradients(f).attribute(
            x, baselines[name], n_steps=steps, return_convergence_delta=True)
        yield "integrated-gradients", {"steps": steps, "baseline": name}, a.sum(2), delta
    g = Saliency(f).attribute(x.clone().requires_grad_(), abs=False)
    yield "saliency", {"norm": "l2"}, g.norm(dim=2), None
    yield "saliency", {"norm": "l1"}, g.abs().sum(2), None
    yield "input-x-gradient", {}, InputXGradient(f).attribute(
        x.clone().requires_grad_()).sum(2), None
    for name, token in [("unk", UNK), ("pad", PAD)]:
        a = Occlusion(f).attribute(
            x, sliding_window_shapes=(1, x.shape[2]), baselines=table[token].expand_as(x), perturbations_per_eval=64)
        # Each of a token's dimensions holds the whole difference: take one.
        yield "occlusion", {"replacement": name}, a[:, :, 0], None
    if len(ids) > 1:
        kept = [[i for i in range(len(ids)) if i != t] for t in range(len(ids))]
        with torch.no_grad():
            a = torch.stack([f(x) - f(x[:, k]) for k in kept], 1)
        yield "occlusion", {"replacement": "delete"}, a, None

    leaf = x.clone().requires_grad_()
    value = f(leaf)
    (gradient,) = torch.autograd.grad(value.sum(), model.activations)
    # Where the head has a window, the mean is over what it sees, and the rest has no score.
    weights = gradient[:, model.first:].mean(1, keepdim=True)
    signed = (weights * model.activations).sum(2).detach()
    signed[:, :model.first] = 0
    yield "grad-cam", {"rectify": False}, signed, None
    yield "grad-cam", {"rectify": True}, signed.relu(), None


def intrinsic_attention(x, f):
    """fastinference: the probability's gradient, L1, over its maximum."""
    leaf = x.clone().requires_grad_()
    f(leaf).sum().backward()
    attention = leaf.grad.abs().sum(2)
    return attention / attention.max(), attention.max()


def digits(tensor):
    return [float(f"{v:.9g}") for v in tensor.flatten().tolist()]


def write(name, raw, config, classes, link, texts):
    raw.double()
    model, whole = FromEmbeddings(raw), FromEmbeddings(raw, whole=True)
    cases = []
    for ids in texts:
        x = model.encoder.encoder.weight.detach()[torch.tensor([ids])]
        logits = model(x).detach()
        own = raw(torch.tensor([ids]))[0].detach()
        assert torch.allclose(logits, own, atol=1e-12), "not fastai's function"
        targets = [(c, None) for c in range(classes)] + [(0, classes - 1)]
        for target, versus in targets:
            for quantity in ["logit", "probability", "log-probability"]:
                def f(e, t=target, v=versus, q=quantity):
                    return score(model(e), t, v, q, link)

                value = f(x).item()
                entries = [
                    {"method": m, "options": o, "scores": digits(s),
                     "delta": None if d is None else d.item()}
                    for m, o, s, d in explanations(model, ids, f)]
                if quantity == "probability":
                    scores, maximum = intrinsic_attention(
                        x, lambda e: score(whole(e), target, versus, quantity, link))
                    entries.append({"method": "intrinsic-attention", "options": {},
                                    "scores": digits(scores), "delta": None,
                                    "maximum": maximum.item()})
                cases.append({"ids": ids, "target": target, "versus": versus,
                              "quantity": quantity, "value": value, "explanations": entries})
    document = {"configuration": config, "classes": classes, "link": link, "cases": cases}
    (HERE / f"{name}.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


def write_random(name, layers, classes, bidirectional, link, lengths, bptt=72, max_len=1440):
    config = {"emb_sz": 8, "n_hid": 12, "n_layers": layers, "bidir": bidirectional,
              "pad_token": PAD, "bptt": bptt, "max_len": max_len}
    raw = classifier(VOCABULARY, config, classes, head=10)
    randomize(raw)
    state = {k: v.contiguous().clone() for k, v in raw.state_dict().items()}
    raw.load_state_dict(state)
    save_file(state, HERE / f"{name}.safetensors")
    texts = [[BOS] + torch.randint(3, VOCABULARY, (n - 1,)).tolist() for n in lengths]
    write(name, raw, config, classes, link, texts)


def random_model(name):
    """One of those that `write_random` wrote."""
    document = json.loads((HERE / f"{name}.json").read_text())
    config, classes = document["configuration"], document["classes"]
    raw = classifier(VOCABULARY, config, classes, head=10)
    raw.load_state_dict(load_file(HERE / f"{name}.safetensors"))
    return raw, config, classes, document["link"], None


def export():
    """A learner as fastai's `learn.export` wrote it, and texts of its own."""
    from fastai.learner import load_learner

    raw = load_learner(EXPORT).model.eval()
    encoder = raw[0].module
    config = {"emb_sz": encoder.emb_sz, "n_hid": encoder.n_hid, "n_layers": encoder.n_layers,
              "bidir": encoder.n_dir == 2, "pad_token": PAD, "bptt": raw[0].bptt,
              "max_len": raw[0].max_len}
    answers = json.loads(EXPORT.with_suffix(".json").read_text())
    texts = [a["ids"] for a in answers if len(a["ids"]) < 20][:3]
    return raw, config, raw(torch.tensor(texts[:1]))[0].shape[1], "softmax", texts


def sentiment():
    document = json.loads((SENTIMENT / "config.json").read_text())
    config = {k: document["awd_lstm"][k] for k in
              ["emb_sz", "n_hid", "n_layers", "bidir", "pad_token", "bptt", "max_len"]}
    file = SENTIMENT / "model.safetensors"
    state = {k: v.float() if v.is_floating_point() else v for k, v in load_file(file).items()}
    head = state["1.layers.1.0.weight"].shape[0]
    raw = classifier(state["0.module.encoder.weight"].shape[0], config,
                     len(document["classes"]), head)
    state["0.module.encoder_dp.emb.weight"] = state["0.module.encoder.weight"]
    missing, unexpected = raw.load_state_dict(state, strict=False)
    assert not unexpected, unexpected
    assert all(k.endswith("num_batches_tracked") for k in missing), missing
    checks = json.loads((SENTIMENT / "selfcheck.json").read_text())
    texts = [c["ids"] for c in checks if 4 < len(c["ids"]) < 40][:6]
    return raw, config, len(document["classes"]), "softmax", texts


def load(name):
    """(classifier, configuration, number of classes, link, texts of its own if it has any)"""
    return {"export": export, "sentiment": sentiment}.get(name, lambda: random_model(name))()


if __name__ == "__main__":
    torch.manual_seed(20)
    torch.set_num_threads(1)
    wanted = sys.argv[1:] or ["random", "export", "sentiment"]
    if "random" in wanted:
        write_random("uni", 2, 3, False, "softmax", [1, 2, 13, 80])
        write_random("bi", 3, 2, True, "sigmoid", [1, 17])
        write_random("window", 2, 2, False, "softmax", [10, 23], bptt=5, max_len=10)
    for name in ["export", "sentiment"]:
        if name in wanted:
            write(name, *load(name))
