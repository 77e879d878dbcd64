"""The temperature with the smallest cross entropy on each case of cases.json, by SciPy's bounded
minimiser (Brent) over log T.

    .venv/bin/python temperatures.py     # SciPy comes with scikit-learn; nothing is drawn

Writes temperatures.json: value, loss with it and without.
"""
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit, logsumexp

here = Path(__file__).parent
cases = json.loads((here / "cases.json").read_text())
found = {}
for name, case in cases.items():
    if "logits" not in case or "gold" not in case:
        continue
    logits = np.array(case["logits"], dtype=np.float64)
    if "confusion" in case:
        gold = np.array(case["gold"])

        def loss(t, logits=logits, gold=gold):
            z = logits / t
            return float(np.mean(logsumexp(z, axis=1) - z[np.arange(len(z)), gold]))
    else:
        right = np.zeros_like(logits)
        for row, classes in enumerate(case["gold"]):
            right[row, classes] = 1

        def loss(t, logits=logits, right=right):
            z = logits / t
            return float(-np.mean(right * np.log(expit(z)) + (1 - right) * np.log(expit(-z))))

    best = minimize_scalar(
        lambda x: loss(np.exp(x)), bounds=(np.log(0.01), np.log(100)), method="bounded",
        options={"xatol": 1e-10, "maxiter": 1000},
    )
    found[name] = {"value": float(np.exp(best.x)), "loss": loss(np.exp(best.x)), "without": loss(1.0)}
(here / "temperatures.json").write_text(json.dumps(found, indent=1) + "\n")
