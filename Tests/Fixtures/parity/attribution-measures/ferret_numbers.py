"""ferret's own comprehensiveness, sufficiency and tau LOO on the small BERT of ../transformers.

ferret asks for older versions of the libraries than the other scripts, so it stands alone
(packages: requirements-ferret.txt). It decodes each shortened text and tokenizes it anew; the texts
are of words that are one token each, and what the model is given is checked to be what was meant.
Scores are made up. `python ferret_numbers.py` writes ferret.json beside it.
"""
import json
import pathlib

import numpy as np
import torch
from ferret.evaluators.faithfulness_measures import (
    AOPC_Comprehensiveness_Evaluation, AOPC_Sufficiency_Evaluation, TauLOO_Evaluation)
from ferret.explainers.explanation import Explanation
from ferret.model_utils import ModelHelper
from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerFast

HERE = pathlib.Path(__file__).parent
FOLDER = HERE.parent / "transformers/bert"
TEXTS = ["the film is bad", "nothing is as bad as the film and not all is bad at all",
         "no film is all bad and not all is film"]

torch.set_num_threads(1)
# The folder was saved by a later transformers, whose tokenizer's class this one does not know.
tokenizer = PreTrainedTokenizerFast(
    tokenizer_file=str(FOLDER / "tokenizer.json"), cls_token="[CLS]", sep_token="[SEP]",
    pad_token="[PAD]", unk_token="[UNK]", mask_token="[MASK]")
model = AutoModelForSequenceClassification.from_pretrained(
    FOLDER, dtype=torch.float64, attn_implementation="eager").eval()


class Helper(ModelHelper):
    """Notes what the model was really asked."""

    asked = []

    def _forward(self, text, **options):
        texts = [text] if isinstance(text, str) else text
        self.asked += [tokenizer(t)["input_ids"] for t in texts]
        return super()._forward(text, **options)


helper = Helper(model, tokenizer)
random = np.random.default_rng(3)
cases = []
for text in TEXTS:
    ids = tokenizer(text)["input_ids"]
    tokens = tokenizer.convert_ids_to_tokens(ids)
    for target in range(model.config.num_labels):
        # No two are the same: of equal ones ferret takes the last first, Whylight the first.
        scores = random.normal(size=len(ids)).round(5)
        explanation = Explanation(text, tokens, scores, "made up", target)
        helper.asked.clear()
        measures = {}
        for kind, name in [(AOPC_Comprehensiveness_Evaluation, "comprehensiveness"),
                           (AOPC_Sufficiency_Evaluation, "sufficiency"),
                           (TauLOO_Evaluation, "leave-one-out-tau")]:
            evaluator = kind(model, tokenizer)
            evaluator.helper = helper
            measures[name] = {"value": float(
                evaluator.compute_evaluation(explanation, target=target).score)}
        for asked in helper.asked:
            rest = iter(ids)
            assert all(token in rest for token in asked), (text, asked, ids)
        cases.append({"ids": ids, "target": target, "scores": scores.tolist(),
                      "measures": measures})
(HERE / "ferret.json").write_text(json.dumps({"cases": cases}, separators=(",", ":")) + "\n")
