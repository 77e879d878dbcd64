"""DeepLIFT's rescale rule and AttnLRP as gradients of changed networks, for any transformer in PyTorch.

A mode intercepts every operation that is not linear in what depends on the text. Which those are is
seen from the tensors: weights ask for no gradient, so a product of two tensors that do is a product
of data.

DeepLIFT:

a text and its baseline go through the model as the two rows of one batch, and the text's row gets
the value it has as a linear function whose slopes are those of the chords to the baseline's row.

- a function of one number: (f(x) - f(b)) / (x - b), or f'(x) where the two are the same;
- a product, of numbers or of matrices: the mean of one factor times the change of the other, twice;
- softmax: e^u with u = score - log sum e^score; the change of the logarithm is the mean of the
  scores' changes weighted by the chords of e^u, which keeps both rows' sums at 1;
- layer normalisation: y = c / s, with c = x - mean(x) and s = sqrt(mean(c c) + epsilon): the change
  of the product y s is shared as above, which gives the change of y; RMSNorm likewise, with c = x.

AttnLRP (Achtibat et al. 2024) as gradient times input: a function counts as x (f(x) / x) with the
quotient held, a product's factors get half each, a normalisation's deviation is held.
"""
import torch
from torch.nn import functional
from torch.overrides import TorchFunctionMode


def linear(value, *terms):
    """`value` in both rows; in the text's row with the terms' slopes (slope, input's text row)."""
    text = value[:1].detach()
    for slope, x in terms:
        text = text + slope.detach() * (x - x.detach())
    return torch.cat([text, value[1:].detach()])


def chord(function, x):
    """The slope of a function of one number between the two rows, `[1, …]`."""
    detached = x.detach()
    with torch.enable_grad():
        leaf = detached[:1].clone().requires_grad_()
        (tangent,) = torch.autograd.grad(function(leaf).sum(), leaf)
    y = function(detached)
    change = detached[:1] - detached[1:]
    flat = change.abs() < 1e-10
    return torch.where(flat, tangent, (y[:1] - y[1:]) / torch.where(flat, 1, change))


def elementwise(function, x):
    return linear(function(x.detach()), (chord(function, x), x[:1]))


def middle(x):
    return x.detach().mean(0, keepdim=True)


def product(a, b):
    return linear((a * b).detach(), (middle(b), a[:1]), (middle(a), b[:1]))


def matrix_product(a, b):
    """Also where heads were folded into the first dimension, `[2 * H, …]`."""
    shape = None
    if a.shape[0] != 2:
        shape = (a.shape[0], a.shape[1], b.shape[2])
        a, b = (t.reshape(2, t.shape[0] // 2, *t.shape[1:]) for t in (a, b))
    value = (a @ b).detach()
    left, right = middle(a), middle(b)
    text = value[:1] + (a[:1] - a[:1].detach()) @ right + left @ (b[:1] - b[:1].detach())
    result = torch.cat([text, value[1:]])
    return result if shape is None else result.reshape(shape)


def softmax(x, dim):
    z = x.detach().logsumexp(dim, keepdim=True)
    slopes = chord(torch.exp, x.detach() - z)
    change = x[:1] - x[:1].detach()
    shift = (slopes * change).sum(dim, keepdim=True) / slopes.sum(dim, keepdim=True)
    y = (x.detach() - z).exp()
    return torch.cat([y[:1] + slopes * (change - shift), y[1:]])


def layer_norm(x, shape, weight=None, bias=None, eps=1e-5):
    return normalised(x - x.mean(-1, keepdim=True), weight, bias, eps)


def normalised(centred, weight, bias, eps):
    squares = linear((centred * centred).detach(), (2 * middle(centred), centred[:1]))
    deviation = elementwise(lambda v: (v + eps).sqrt(), squares.mean(-1, keepdim=True))
    value = (centred / deviation).detach()
    change = centred[:1] - centred[:1].detach()
    turn = deviation[:1] - deviation[:1].detach()
    text = value[:1] + (change - middle(value) * turn) / middle(deviation)
    y = torch.cat([text, value[1:]])
    y = y if weight is None else y * weight
    return y if bias is None else y + bias


def held_quotient(function, x):
    y = function(x.detach())
    # The quotient's limit at 0 is the slope there, which none of these texts meets.
    return x * (y / x.detach())


def halved(y):
    return y / 2 + (y / 2).detach()


def norm_with_held_deviation(x, shape, weight=None, bias=None, eps=1e-5):
    return with_held_deviation(x - x.mean(-1, keepdim=True), weight, bias, eps)


def with_held_deviation(centred, weight, bias, eps):
    y = centred / (centred.pow(2).mean(-1, keepdim=True) + eps).sqrt().detach()
    y = y if weight is None else y * weight
    return y if bias is None else y + bias


class Rules(TorchFunctionMode):
    """Intercepts; what is done instead is a subclass's."""

    active = None

    def __enter__(self):
        Rules.active = self
        return super().__enter__()

    def __exit__(self, *error):
        Rules.active = None
        return super().__exit__(*error)

    ONE = {torch.tanh: torch.tanh, torch.Tensor.tanh: torch.tanh, torch.relu: torch.relu,
           functional.relu: functional.relu, functional.gelu: functional.gelu,
           functional.silu: functional.silu}
    PRODUCTS = (torch.mul, torch.Tensor.mul, torch.Tensor.__mul__, torch.Tensor.__rmul__)
    MATRICES = (torch.matmul, torch.Tensor.matmul, torch.Tensor.__matmul__, torch.bmm,
                torch.Tensor.bmm)

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        needs = [isinstance(a, torch.Tensor) and a.requires_grad for a in args]
        if function in self.ONE and needs[0]:
            keep = {k: v for k, v in kwargs.items() if k == "approximate"}
            return self.elementwise(lambda x: self.ONE[function](x, **keep), args[0])
        if function in (functional.softmax, torch.softmax, torch.Tensor.softmax) and needs[0]:
            return self.softmax(args[0], kwargs.get("dim", args[1] if len(args) > 1 else -1))
        if function in (functional.layer_norm, torch.layer_norm) and needs[0]:
            keep = {k: v for k, v in kwargs.items() if k in ("weight", "bias", "eps")}
            return self.norm(*args[:5], **keep)
        if function in self.PRODUCTS and len(needs) > 1 and all(needs[:2]):
            return self.product(*args[:2])
        if function in self.MATRICES and all(needs[:2]):
            return self.matrix_product(*args[:2])
        return function(*args, **kwargs)


class Chords(Rules):
    elementwise = staticmethod(elementwise)
    softmax = staticmethod(softmax)
    norm = staticmethod(layer_norm)
    normalised = staticmethod(normalised)
    product = staticmethod(product)
    matrix_product = staticmethod(matrix_product)


class Relevance(Rules):
    elementwise = staticmethod(held_quotient)
    softmax = staticmethod(lambda x, dim: x.softmax(dim))
    norm = staticmethod(norm_with_held_deviation)
    normalised = staticmethod(with_held_deviation)
    product = staticmethod(lambda a, b: halved(a * b))
    matrix_product = staticmethod(lambda a, b: halved(a @ b))


def open_norms(model):
    """RMSNorm as one operation, which the rules can take for their own, and in the model's precision."""
    for module in model.modules():
        name = type(module).__name__
        if not name.endswith("RMSNorm"):
            continue
        eps = getattr(module, "variance_epsilon", None) or module.eps
        weight = module.weight + (1 if name.startswith("Gemma") else 0)

        def forward(x, weight=weight.detach(), eps=eps):
            if Rules.active and x.requires_grad:
                return Rules.active.normalised(x, weight, None, eps)
            return x / (x.pow(2).mean(-1, keepdim=True) + eps).sqrt() * weight
        module.forward = forward


def multipliers(model, x, baseline, target):
    """At the word embeddings `x`, `[1, T, D]`, and f(x) - f(b)."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    both = torch.cat([x, baseline]).detach().requires_grad_()
    with Chords():
        logits = model(inputs_embeds=both).logits
    (gradient,) = torch.autograd.grad(logits[0, target], both)
    with torch.no_grad():
        values = model(inputs_embeds=both.detach()).logits[:, target]
    return gradient[:1], values[0] - values[1]


def relevances(model, x, target):
    """AttnLRP's gradient at the word embeddings `x`, `[1, T, D]`."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    leaf = x.detach().clone().requires_grad_()
    with Relevance():
        logits = model(inputs_embeds=leaf).logits
    (gradient,) = torch.autograd.grad(logits[0, target], leaf)
    return gradient
