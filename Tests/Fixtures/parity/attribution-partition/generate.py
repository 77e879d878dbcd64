"""Partition SHAP by shap itself, on texts as people type them, with the tokenizers of ../transformers:
WordPiece, byte-level BPE, and SentencePiece's unigram, each with its frame, continuations of words,
unknown words and typed special tokens.

shap.maskers.Text(tokenizer, output_type="token_ids") over the models of those folders, all classes to
the end of the tree; and longer texts, each class by itself as a model of one output, with budgets
(max_evals) that end before the tree does: shap splits first what has most at stake, in all outputs
that it is given. `python generate.py` writes cases.json beside it (packages: requirements.txt).
"""
import json
import os
import pathlib
import warnings

os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
warnings.filterwarnings("ignore")
import numpy as np
import shap
import torch
from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerFast

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent / "transformers"
TEXTS = {
    "phrases": "not bad, but (a bit) slow.",
    "quotes": "\"it's\" isn't 'all' [x]!",
    "brackets": "((the) film) and",
    "one word": "film",
    "long word": "Unfilmlike",
    "empty": "",
    "white space": " \n ",
    "lines": "a\n\n\nb \t the\nfilm ",
    "unknown": "Café 你好 🙂 the",
    "digits": "3.5a ½x x_y ٣z",
    "separators": "film{sep}{sep}the{mask}is",
}
LONG = {
    "sentence": "Not bad, but the ending (a bit) slow.",
    "two sentences": "I did not like it. What a \"charming\" and clever film, isn't it?",
    "repeated": "bad bad bad film, film, film! not not bad.",
    "lines": "A dull, slow\nand empty story; nothing works: 3.5 of 10 (or less)",
}
BUDGETS = [3, 10, 50, 333, 500]


def answers(model):
    def logits(rows):
        with torch.no_grad():
            return torch.cat([model(torch.tensor(np.array([r.tolist() for r in rows[i:i + 200]]))).logits
                              for i in range(0, len(rows), 200)]).numpy()

    return logits


def digits(values):
    return [float(f"{v:.9g}") for v in values]


def cut_short(model, tokenizer, text):
    """Scores by budget and class. Ties are drawn by lot: they must not matter."""
    logits = answers(model)
    masker = shap.maskers.Text(tokenizer, output_type="token_ids")
    found = {}
    for budget in BUDGETS:
        found[str(budget)] = []
        for c in range(model.config.num_labels):
            runs = []
            for seed in range(3):
                np.random.seed(seed)
                explainer = shap.PartitionExplainer(lambda rows: logits(rows)[:, c], masker)
                runs.append(explainer([text], max_evals=budget, silent=True).values[0])
            assert all(np.allclose(run, runs[0], atol=1e-9) for run in runs), (text, budget, c)
            found[str(budget)].append(digits(runs[0]))
    return {"text": text, "ids": tokenizer(text)["input_ids"], "budgets": found}


def case(name, model, tokenizer, text):
    logits = answers(model)
    masker = shap.maskers.Text(tokenizer, output_type="token_ids")
    ids = tokenizer(text)["input_ids"]
    values = shap.PartitionExplainer(logits, masker)([text], max_evals=100_000, silent=True).values[0]
    return {"text": text, "ids": ids, "tree": masker.clustering(text)[:, :2].astype(int).tolist(),
            "scores": [digits(values[:, c]) for c in range(values.shape[1])]}


def main():
    torch.set_num_threads(1)
    found = {}
    for name in ("bert", "roberta", "albert", "deberta-v3"):
        folder = MODELS / name
        settings = json.loads((folder / "tokenizer_config.json").read_text())
        tokenizer = PreTrainedTokenizerFast(
            tokenizer_file=str(folder / "tokenizer.json"),
            **{k: v for k, v in settings.items() if k.endswith("_token")})
        model = AutoModelForSequenceClassification.from_pretrained(folder).double().eval()
        found[name] = {
            kind: case(name, model, tokenizer, text.format(
                sep=tokenizer.sep_token, mask=tokenizer.mask_token) if kind == "separators" else text)
            for kind, text in TEXTS.items()}
        found[name] |= {f"long {kind}": cut_short(model, tokenizer, text)
                        for kind, text in LONG.items()}
        print(name, {k: len(c["ids"]) for k, c in found[name].items()})
    (HERE / "cases.json").write_text(json.dumps(found, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
