"""Grad-CAM and HiResCAM on the last LSTM of the embedded `molecules`, by PyTorch's own gradients.

    python -m venv venv && venv/bin/pip install -r ../../../../Sources/EmbeddedModels/molecules/requirements.txt
    venv/bin/python generate.py

Run it again whenever the model is trained anew. Double precision, weights as they are stored.
Grad-CAM: Selvaraju et al. 2017, arXiv:1610.02391, without the ReLU. HiResCAM: Draelos and Carin 2020,
arXiv:2011.08891.
"""

import json
from pathlib import Path

import torch
from fastai.text.all import AWD_LSTM, awd_lstm_clas_config
from fastai.text.models.core import get_text_classifier
from safetensors.torch import load_file

HERE = Path(__file__).parent
MODEL = HERE.parents[3] / "Sources/EmbeddedModels/molecules"


def classifier():
    document = json.loads((MODEL / "config.json").read_text())
    sizes = document["awd_lstm"]
    state = {k: v.double() for k, v in load_file(MODEL / "model.safetensors").items()}
    state["0.module.encoder_dp.emb.weight"] = state["0.module.encoder.weight"]
    vocabulary = state["0.module.encoder.weight"].shape[0]
    config = awd_lstm_clas_config | {k: sizes[k] for k in ("emb_sz", "n_hid", "n_layers", "bidir")}
    model = get_text_classifier(
        AWD_LSTM, vocabulary, len(document["classes"]), seq_len=sizes["bptt"], config=config,
        max_len=sizes["max_len"], lin_ftrs=[state["1.layers.0.2.weight"].shape[0]], ps=[0.2])
    missing, unexpected = model.double().load_state_dict(state, strict=False)
    assert not unexpected, unexpected
    for name in missing:
        assert name.endswith(("num_batches_tracked", "module.weight_hh_l0")), name
    return model.eval()


def explained(model, ids):
    encoder, head = model[0].module, model[1]
    encoder.reset()
    activations = encoder(torch.tensor([ids])).detach().requires_grad_()
    logits = head((activations, torch.zeros(activations.shape[:2], dtype=torch.bool)))[0][0]
    targets = []
    for target in range(len(logits)):
        (gradient,) = torch.autograd.grad(logits[target], activations, retain_graph=True)
        weights = gradient.mean(1, keepdim=True)
        targets.append({
            "grad-cam": (weights * activations).sum(2)[0].tolist(),
            "hirescam": (gradient * activations).sum(2)[0].tolist(),
        })
    return {"ids": ids, "logits": logits.tolist(), "targets": targets}


def main():
    torch.set_num_threads(1)
    model = classifier()
    checks = json.loads((MODEL / "selfcheck.json").read_text())
    rows = [
        {"text": check["text"], **explained(model, check["ids"])}
        for check in checks if len(check["ids"]) > 2
    ]
    lines = ",\n".join(json.dumps(row) for row in rows)
    (HERE / "cams.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
