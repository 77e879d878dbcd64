"""A long text beside a short one in the windows that transformers makes, and its logits of each.

python generate.py   (packages: ../pairs/requirements.txt; the models are those of ../pairs)

The short text is kept whole and the other one cut (`only_second`, `only_first`), with a `stride` of half the
room, as the pipeline for question answering reads a question and its context.
"""

import json
import pathlib

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
SHORT = "How is the film?"
LONG = "The film is not bad at all, it is a small wonder. " * 4 + "The rest is bad — and a WONDER."
CASES = [("bert", 40), ("bert", 25), ("roberta", 40), ("distilbert", 30), ("deberta-v3", 40)]


def windows(tokenizer, model, size, first, second):
    cut = "only_second" if first == SHORT else "only_first"
    kept = len(tokenizer(SHORT, add_special_tokens=False)["input_ids"])
    room = size - kept - tokenizer.num_special_tokens_to_add(pair=True)
    given = tokenizer(
        first, second, truncation=cut, max_length=size, stride=room // 2, return_overflowing_tokens=True)
    answers = []
    for index, ids in enumerate(given["input_ids"]):
        row = {key: torch.tensor([given[key][index]]) for key in tokenizer.model_input_names}
        with torch.no_grad():
            answers.append({"ids": ids, "logits": model(**row).logits[0].tolist()})
    return {"size": size, "first": first, "second": second, "windows": answers}


def main():
    found = {}
    for name, size in CASES:
        folder = HERE.parent / "pairs" / name
        tokenizer = AutoTokenizer.from_pretrained(folder)
        model = AutoModelForSequenceClassification.from_pretrained(
            folder, dtype=torch.float32).eval()
        for texts in ((SHORT, LONG), (LONG, SHORT)):
            answer = windows(tokenizer, model, size, *texts)
            assert len(answer["windows"]) > 2
            found.setdefault(name, []).append(answer)
            print(name, size, [len(window["ids"]) for window in answer["windows"]])
    (HERE / "windows.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
