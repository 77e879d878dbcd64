"""Weights of the fixtures beside this folder as other tools write them: transposed, as what converts a
TensorFlow model leaves them; with the names that DataParallel, torch.compile and Lightning put before them.

    python -m venv venv && venv/bin/pip install torch==2.13.0
    venv/bin/python generate.py

What the models say is what they say in the other folders.
"""

from pathlib import Path

import torch

HERE = Path(__file__).parent


def load(path):
    return torch.load(HERE.parent / path, weights_only=True, map_location="cpu")


def transposed(tensor):
    return tensor.t().contiguous().t() if tensor.ndim == 2 else tensor


def main():
    bert = load("parity/transformers/distilbert/pytorch_model.bin")
    # A slice with gaps besides.
    gaps = {name: torch.stack([t, t], -1)[..., 0] if t.ndim == 1 else transposed(t) for name, t in bert.items()}
    torch.save(gaps, HERE / "transposed.bin")
    torch.save({f"module._orig_mod.{name}": t for name, t in bert.items()}, HERE / "parallel.bin")
    lightning = {f"model.{name}": t for name, t in bert.items()} | {"loss.pos_weight": torch.ones(3)}
    torch.save({"epoch": 3, "pytorch-lightning_version": "2.5", "state_dict": lightning}, HERE / "lightning.bin")
    fastai = load("fastai-weights/beside/final.pth")
    fastai = fastai.get("model", fastai)
    torch.save({"model_state_dict": {f"module.{name}": transposed(t) for name, t in fastai.items()}, "epoch": 1},
               HERE / "final.pth")


if __name__ == "__main__":
    main()
