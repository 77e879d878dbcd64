"""Scores by rules that know the inside of an AWD-LSTM, on the models of ../attribution.

- hirescam: PyTorch's gradient of the score at the last layer's outputs, times the outputs.
- layer-conductance: Captum's LayerConductance, hooked to the outputs of each layer.
- lrp: PyTorch's gradient of a forward pass in which the gates are detached and tanh(z) is
  z * (tanh(z) / z).detach(), times the embeddings (Arras et al. 2017, no stabiliser).
- deeplift: PyTorch's gradient of a forward pass in which every non-linearity is the chord between
  the text and the baseline, and every product the one of midpoints. Captum's DeepLift can't be the
  reference: it leaves an nn.LSTM's gates to their gradients. How far its sums are off is printed.
- contextual-decomposition: the two functions of the authors' code (propagate_three,
  propagate_tanh_two), cell by cell, the bias product counted in every step of the phrase.
- integrated-gradients with 300 points, what expected gradients converge to; Captum's NoiseTunnel
  over Saliency with 20,000 samples, what SmoothGrad and its kin converge to.

In double precision. python generate.py [NAME ...] writes *.json beside it; it reads ../attribution.
"""
import json
import pathlib
import sys

import torch
from captum.attr import (DeepLift, IntegratedGradients, LayerConductance, NoiseTunnel, Saliency)
from torch import nn

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "attribution"))
from generate import BOS, FromEmbeddings, digits, load, score  # noqa: E402


class Tapped(FromEmbeddings):
    """The classifier with a module behind the last layer, so that Captum can hook it."""

    def __init__(self, model):
        super().__init__(model)
        self.top = nn.Identity()

    def forward(self, embeddings):
        self.encoder.reset()
        self.activations = self.top(self.encoder(embeddings, from_embeds=True))
        length = embeddings.shape[1]
        self.first = next(i for i in range(0, length, self.bptt) if length - i <= self.max_len)
        seen = self.activations[:, self.first:]
        return self.head((seen, torch.zeros(seen.shape[:2], dtype=torch.bool)))[0]


class Scalar(nn.Module):
    def __init__(self, model, target, versus, quantity, link):
        super().__init__()
        self.model, self.asked = model, (target, versus, quantity, link)

    def forward(self, x):
        return score(self.model(x), *self.asked)


class Cells:
    """The classifier written out, with the element-wise functions and products left open.

    An operation gets a list of tensors, one a stream: one stream for a plain pass, two (text and
    baseline) for chords.
    """

    def __init__(self, model):
        self.model = model
        self.rnns = [r.module for r in model.encoder.rnns]

    def direction(self, rnn, suffix, xs, ops, raw):
        wi, bi, bh = (getattr(rnn, n + suffix) for n in ["weight_ih_l0", "bias_ih_l0", "bias_hh_l0"])
        units = raw.shape[1]
        hs = [x.new_zeros(units) for x in xs]
        cs = [x.new_zeros(units) for x in xs]
        outs = []
        for t in range(xs[0].shape[0]):
            zs = [wi @ x[t] + bi + raw @ h + bh for x, h in zip(xs, hs)]
            i, f, g, o = ([z[k * units:(k + 1) * units] for z in zs] for k in range(4))
            i, f, o = ops.sigmoid(i), ops.sigmoid(f), ops.sigmoid(o)
            cs = [a + b for a, b in zip(ops.gate(f, cs), ops.gate(i, ops.tanh(g)))]
            hs = ops.gate(o, ops.tanh(cs))
            outs.append(hs)
        return [torch.stack([h[s] for h in outs]) for s in range(len(xs))]

    def __call__(self, xs, ops):
        """[T, D] a stream to logits [C] a stream."""
        for wrapper, rnn in zip(self.model.encoder.rnns, self.rnns):
            parts = [self.direction(rnn, "", xs, ops, wrapper.weight_hh_l0_raw)]
            if rnn.bidirectional:
                back = self.direction(
                    rnn, "_reverse", [x.flip(0) for x in xs], ops, rnn.weight_hh_l0_reverse)
                parts.append([b.flip(0) for b in back])
            xs = [torch.cat([p[s] for p in parts], 1) for s in range(len(xs))]
        length = xs[0].shape[0]
        first = next(i for i in range(0, length, self.model.bptt)
                     if length - i <= self.model.max_len)
        seen = [x[first:] for x in xs]
        zs = [torch.cat(p) for p in zip(
            [x[-1] for x in seen], ops.maximum(seen), [x.mean(0) for x in seen])]
        for block in self.model.head.layers:
            for layer in block:
                if isinstance(layer, nn.ReLU):
                    zs = ops.relu(zs)
                elif not isinstance(layer, nn.Dropout):
                    zs = [layer(z[None])[0] for z in zs]
        return zs


class Plain:
    sigmoid = staticmethod(lambda zs: [z.sigmoid() for z in zs])
    tanh = staticmethod(lambda zs: [z.tanh() for z in zs])
    relu = staticmethod(lambda zs: [z.relu() for z in zs])
    gate = staticmethod(lambda a, b: [x * y for x, y in zip(a, b)])
    maximum = staticmethod(lambda xs: [x.max(0).values for x in xs])


class Relevance(Plain):
    sigmoid = staticmethod(lambda zs: [z.sigmoid().detach() for z in zs])
    tanh = staticmethod(lambda zs: [
        z * torch.where(z == 0, torch.ones_like(z), z.tanh() / z).detach() for z in zs])


class Chords:
    """Stream 0 is the text as a linear function with the chords' slopes, stream 1 the baseline."""

    @staticmethod
    def chord(zs, f):
        (z, b) = zs
        y, yb = f(z).detach(), f(b).detach()
        slope = torch.where((z - b).abs() < 1e-10, torch.zeros_like(z), (y - yb) / (z - b)).detach()
        return [slope * z + (y - slope * z).detach(), yb]

    @classmethod
    def sigmoid(cls, zs):
        return cls.chord(zs, torch.sigmoid)

    @classmethod
    def tanh(cls, zs):
        return cls.chord(zs, torch.tanh)

    @classmethod
    def relu(cls, zs):
        return cls.chord(zs, torch.relu)

    @staticmethod
    def gate(a, b):
        (x, y), (xb, yb) = (a[0], b[0]), (a[1], b[1])
        linear = ((y + yb) / 2).detach() * x + ((x + xb) / 2).detach() * y
        return [linear + (x * y - linear).detach(), xb * yb]

    @staticmethod
    def maximum(xs):
        (x, b) = xs
        y, at = x.max(0)
        yb, atb = b.max(0)
        at = torch.where(y > yb, at, atb)
        here, there = x.gather(0, at[None])[0], b.gather(0, at[None])[0]
        slope = torch.where((here - there).abs() < 1e-10, torch.ones_like(y),
                            (y - yb) / (here - there)).detach()
        return [slope * here + (y - slope * here).detach(), yb]


def propagate_three(a, b, c, f):
    return ((f(a + c) - f(c) + f(a + b + c) - f(b + c)) / 2,
            (f(b + c) - f(c) + f(a + b + c) - f(a + c)) / 2, f(c))


def propagate_tanh_two(a, b, f=torch.tanh):
    return (f(a) + f(a + b) - f(b)) / 2, (f(b) + f(a + b) - f(a)) / 2


def decomposition(cells, x, phrase):
    """The part of the logits that the tokens of a phrase gave, [C]."""
    inside = torch.zeros(x.shape[0], dtype=torch.bool)
    inside[list(phrase)] = True
    rel, irrel = x * inside[:, None], x * ~inside[:, None]
    for wrapper, rnn in zip(cells.model.encoder.rnns, cells.rnns):
        parts = []
        for suffix in ["", "_reverse"][:1 + rnn.bidirectional]:
            w = getattr(rnn, "weight_ih_l0" + suffix)
            bias = getattr(rnn, "bias_ih_l0" + suffix) + getattr(rnn, "bias_hh_l0" + suffix)
            raw = wrapper.weight_hh_l0_raw if not suffix else rnn.weight_hh_l0_reverse
            units = raw.shape[1]
            h = [x.new_zeros(units), x.new_zeros(units)]
            c = [x.new_zeros(units), x.new_zeros(units)]
            order = range(x.shape[0]) if not suffix else reversed(range(x.shape[0]))
            outs = {}
            for t in order:
                zr, zi = w @ rel[t] + raw @ h[0], w @ irrel[t] + raw @ h[1]

                def part(k, f):
                    s = slice(k * units, (k + 1) * units)
                    return propagate_three(zr[s], zi[s], bias[s], f)

                i, f, g = part(0, torch.sigmoid), part(1, torch.sigmoid), part(2, torch.tanh)
                o = sum(part(3, torch.sigmoid))
                r = i[0] * (g[0] + g[2]) + i[2] * g[0]
                q = i[1] * (g[0] + g[1] + g[2]) + (i[0] + i[2]) * g[1]
                if inside[t]:
                    r = r + i[2] * g[2]
                else:
                    q = q + i[2] * g[2]
                r, q = (r + (f[0] + f[2]) * c[0], q + sum(f) * c[1] + f[1] * c[0])
                c = [r, q]
                a, b = propagate_tanh_two(*c)
                h = [o * a, o * b]
                outs[t] = h
            parts.append([torch.stack([outs[t][s] for t in range(x.shape[0])]) for s in range(2)])
        rel, irrel = (torch.cat([p[s] for p in parts], 1) for s in range(2))
    length = x.shape[0]
    first = next(i for i in range(0, length, cells.model.bptt) if length - i <= cells.model.max_len)
    rel, irrel = rel[first:], irrel[first:]
    at = (rel + irrel).max(0).indices
    a, b = (torch.cat([s[-1], s.gather(0, at[None])[0], s.mean(0)]) for s in (rel, irrel))
    for block in cells.model.head.layers:
        for layer in block:
            if isinstance(layer, nn.ReLU):
                a, b = propagate_tanh_two(a, b, torch.relu)
            elif isinstance(layer, nn.BatchNorm1d):
                a, b = a * layer.weight / (layer.running_var + layer.eps).sqrt(), layer(b[None])[0]
            elif isinstance(layer, nn.Linear):
                a, b = layer.weight @ a, layer(b)
    return a


def entries(model, cells, x, baseline, asked, link, config, noisy):
    f = Scalar(model, *asked, link)
    leaf = x.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(f(leaf).sum(), model.activations)
    yield {"method": "hirescam", "scores": digits((gradient * model.activations).sum(2))}

    hooks = list(model.encoder.hidden_dps[:-1]) + [model.top]
    layers = [LayerConductance(f, h).attribute(x, baselines=baseline, n_steps=20).sum(2)
              for h in hooks]
    yield {"method": "layer-conductance", "options": {"steps": 20},
           "scores": digits(layers[-1]), "map": [digits(a) for a in layers]}

    def passed(ops, streams):
        leaf = x[0].clone().requires_grad_()
        logits = cells([leaf] + streams, ops)
        value = score(logits[0][None], *asked, link)
        (g,) = torch.autograd.grad(value.sum(), leaf)
        return g, [score(z[None], *asked, link) for z in logits]

    g, values = passed(Plain, [])
    assert torch.allclose(g, torch.autograd.grad(f(leaf).sum(), leaf)[0][0], atol=1e-10)
    g, values = passed(Relevance, [])
    relevance = (g * x[0]).sum(1)
    yield {"method": "lrp", "scores": digits(relevance),
           "delta": (relevance.sum() - values[0]).item()}
    if asked[2] == "logit":
        g, values = passed(Chords, [baseline[0]])
        lift = (g * (x[0] - baseline[0])).sum(1)
        change = (values[0] - values[1]).item()
        assert abs(lift.sum().item() - change) < 1e-9 * max(1, abs(change)), "chords do not add up"
        theirs = DeepLift(f).attribute(x.clone().requires_grad_(), baselines=baseline)
        print(f"  DeepLift, {x.shape[1]} tokens: f(x) - f(b) = {change:.4f}, Captum's sum is off by "
              f"{theirs.sum().item() - change:.2g}")
        yield {"method": "deeplift", "scores": digits(lift), "delta": 0.0}
        parts = torch.stack([decomposition(cells, x[0], [t]) for t in range(x.shape[1])])
        yield {"method": "contextual-decomposition",
               "scores": digits(score(parts, *asked, link))}
        if x.shape[1] > 5:
            part = decomposition(cells, x[0], [1, 2, 4])
            yield {"method": "phrase", "scores": digits(score(part[None], *asked, link))}
    if noisy:
        a = IntegratedGradients(f).attribute(x, baselines=baseline, n_steps=300)
        yield {"method": "expected-gradients", "scores": digits(a.sum(2))}
        deviation = (0.15 * x.std(unbiased=False)).item()
        for kind, name in [("smoothgrad", "smoothgrad"), ("smoothgrad_sq", "smoothgrad-squared"),
                           ("vargrad", "vargrad")]:
            a = NoiseTunnel(Saliency(f)).attribute(
                x.clone().requires_grad_(), nt_type=kind, nt_samples=20000,
                nt_samples_batch_size=500, stdevs=deviation, abs=False)
            yield {"method": name,
                   "scores": digits(a.norm(dim=2) if kind == "smoothgrad" else a.sum(2))}


def write(name, raw, config, classes, link, texts, noisy):
    raw.double()
    model = Tapped(raw)
    cells = Cells(model)
    table = model.encoder.encoder.weight.detach()
    cases = []
    for number, ids in enumerate(texts):
        x = table[torch.tensor([ids])]
        asked = [(c, None, "logit") for c in range(classes)]
        asked += [(0, classes - 1, "logit"), (classes - 1, None, "probability")]
        for target, versus, quantity in asked:
            explanations = list(entries(
                model, cells, x, torch.zeros_like(x), (target, versus, quantity), link, config,
                noisy and number == 0 and quantity == "logit"))
            value = score(model(x), target, versus, quantity, link).item()
            cases.append({"ids": ids, "target": target, "versus": versus, "quantity": quantity,
                          "value": value, "explanations": explanations})
    document = {"configuration": config, "classes": classes, "link": link, "cases": cases}
    (HERE / f"{name}.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


torch.manual_seed(21)
torch.set_num_threads(1)
for name in sys.argv[1:] or ["uni", "bi", "window", "export", "sentiment"]:
    raw, config, classes, link, texts = load(name)
    print(name)
    if texts is None:
        texts = [[BOS] + torch.randint(3, 60, (n - 1,)).tolist() for n in [7, 1, 23]]
    else:
        texts = [t for t in texts if len(t) < 30][:2]
    # A bidirectional model is read in chunks; Tapped reads the whole, which is the same where the
    # text is one chunk.
    assert not config["bidir"] or max(map(len, texts)) <= config["bptt"]
    write(name, raw, config, classes, link, texts, noisy=name not in ("window", "sentiment"))
