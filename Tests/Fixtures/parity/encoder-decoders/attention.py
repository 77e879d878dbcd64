"""Attention of the small BARTs beside, by the papers' formulas on the maps and gradients of transformers.

python attention.py   (packages: ../transformers/requirements.txt; run in this folder, after generate.py)

attention.json has, for some rows of ids and a class, a score a token: attention of the decoder to the encoder;
rollout over both (Abnar and Zuidema 2020 on the graph of Ferrando et al. 2022); relevance (Chefer et al. 2021b,
arXiv:2103.15679, eq. 6 to 10); value zeroing in the attention to the encoder (Mohebbi et al. 2023,
arXiv:2310.09925). A token of the text stands in the encoder, and one place later in the decoder: its score is
the sum of both. In double precision.
"""

import json
import pathlib
import sys

import torch
from transformers import BartForSequenceClassification

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from generate import ROWS  # noqa: E402

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
LABELS = {"bart": 3, "bart-scaled": 2}
CASES = {"bart": [(1, 0), (4, 2), (0, 1)], "bart-scaled": [(2, 1), (4, 0)]}


def folded(encoder, decoder):
    return encoder + torch.cat([decoder[1:], torch.zeros(1, dtype=decoder.dtype)])


def rollout(found, eye, reader):
    """The product of all layers on the graph of both sides' tokens, encoder's first."""
    count = eye.shape[0]
    product = torch.eye(2 * count, dtype=eye.dtype)
    for m in found["encoder"]:
        layer = torch.eye(2 * count, dtype=eye.dtype)
        layer[:count, :count] = (m.mean(0) + eye) / 2
        product = layer @ product
    for own, cross in zip(found["decoder"], found["cross"]):
        layer = torch.eye(2 * count, dtype=eye.dtype)
        layer[count:, count:] = (own.mean(0) + eye) / 2
        product = layer @ product
        layer = torch.eye(2 * count, dtype=eye.dtype)
        layer[count:, count:] = eye / 2
        layer[count:, :count] = cross.mean(0) / 2
        product = layer @ product
    row = product[count + reader]
    return folded(row[:count], row[count:])


def normalised(matrix, eye):
    rest = matrix - eye
    sums = rest.sum(1, keepdim=True)
    return torch.where(sums == 0, rest, rest / sums) + eye


def relevance(found, slopes, eye, reader):
    def positive(side, layer):
        return (found[side][layer] * slopes[side][layer]).clamp(min=0).mean(0)

    encoder, decoder, between = eye, eye, torch.zeros_like(eye)
    for layer in range(len(found["encoder"])):
        encoder = encoder + positive("encoder", layer) @ encoder
    for layer in range(len(found["decoder"])):
        own = positive("decoder", layer)
        decoder, between = decoder + own @ decoder, between + own @ between
        between = between + (normalised(decoder, eye).T @ positive("cross", layer)
                             @ normalised(encoder, eye))
    return folded(between[reader], decoder[reader])


def value_zeroing(model, ids, reader):
    calls = []
    handles = [layer.register_forward_hook(
        lambda module, args, kwargs, output: calls.append(
            (module, args, kwargs, output[0] if isinstance(output, tuple) else output)),
        with_kwargs=True) for layer in model.model.decoder.layers]
    rows = []
    with torch.no_grad():
        model(input_ids=ids, use_cache=False)
        for handle in handles:
            handle.remove()
        for module, args, kwargs, output in calls:
            turns = []
            for token in range(ids.shape[1]):
                def zero(_, __, values, token=token):
                    values = values.clone()
                    values[:, token] = 0
                    return values
                handle = module.encoder_attn.v_proj.register_forward_hook(zero)
                changed = module(*args, **kwargs)
                handle.remove()
                changed = changed[0] if isinstance(changed, tuple) else changed
                a, b = output.reshape(ids.shape[1], -1)[reader], changed.reshape(ids.shape[1], -1)[reader]
                turns.append(1 - torch.nn.functional.cosine_similarity(a, b, dim=0))
            turns = torch.stack(turns).clamp(min=0)
            rows.append(turns / turns.sum())
    return torch.stack(rows)


def explained(model, row, target):
    ids = torch.tensor([row])
    last = [place for place, token in enumerate(row) if token == model.config.eos_token_id][-1]
    result = model(input_ids=ids, output_attentions=True, use_cache=False)
    kept = {"encoder": result.encoder_attentions, "decoder": result.decoder_attentions,
            "cross": result.cross_attentions}
    flat = [m for side in kept.values() for m in side]
    gradients = iter(torch.autograd.grad(result.logits[0, target], flat))
    slopes = {side: [next(gradients)[0].detach() for _ in maps] for side, maps in kept.items()}
    found = {side: [m[0].detach() for m in maps] for side, maps in kept.items()}
    eye = torch.eye(len(row), dtype=torch.double)
    zeroing = value_zeroing(model, ids, last)
    explanations = {
        "attention": found["cross"][-1].mean(0)[last], "attention-rollout": rollout(found, eye, last),
        "attention-relevance": relevance(found, slopes, eye, last), "value-zeroing": zeroing[-1]}
    silent = [zeroed_everywhere(model, ids, token) for token in range(len(row))]
    return {"ids": row, "class": target, "reader": last, "value": result.logits[0, target].item(),
            "scores": {name: [float(f"{v:.9g}") for v in scores.tolist()]
                       for name, scores in explanations.items()},
            "zeroing by layer": [[float(f"{v:.9g}") for v in scores.tolist()] for scores in zeroing],
            "logits without values": silent}


def zeroed_everywhere(model, ids, token):
    """Logits where the token's values are zero in all three kinds of attention."""
    def zero(place):
        def hook(_, __, values):
            values = values.clone()
            if place < values.shape[1]:
                values[:, place] = 0
            return values
        return hook
    handles = [layer.self_attn.v_proj.register_forward_hook(zero(token))
               for layer in model.model.encoder.layers]
    for layer in model.model.decoder.layers:
        handles.append(layer.self_attn.v_proj.register_forward_hook(zero(token + 1)))
        handles.append(layer.encoder_attn.v_proj.register_forward_hook(zero(token)))
    with torch.no_grad():
        logits = model(input_ids=ids, use_cache=False).logits[0].tolist()
    for handle in handles:
        handle.remove()
    return [float(f"{v:.9g}") for v in logits]


def main():
    found = {}
    for name, cases in CASES.items():
        model = BartForSequenceClassification.from_pretrained(
            HERE / name, dtype=torch.double, attn_implementation="eager",
            num_labels=LABELS[name]).eval()
        found[name] = [explained(model, ROWS[row], target) for row, target in cases]
        for answer in found[name]:
            print(name, len(answer["ids"]), {k: sum(v) for k, v in answer["scores"].items()})
    (HERE / "attention.json").write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
