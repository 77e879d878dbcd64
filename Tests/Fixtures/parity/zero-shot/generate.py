"""What transformers' zero-shot pipeline says of labels, by small random models of NLI.

python generate.py   (packages: ../transformers/requirements.txt; run in this folder)

answers.json holds, for each text, labels and template, the scores in the order of the labels; gradients.safetensors
the gradient of the first label's probability at the vectors of the first text's tokens. BART's model stands in
../encoder-decoders/bart.
"""

import json
import pathlib
import shutil
import sys

import torch
from safetensors.torch import save_file
from tokenizers import processors
from transformers import (AutoModelForSequenceClassification, AutoTokenizer, BertConfig,
                          BertForSequenceClassification, DebertaV2Config,
                          DebertaV2ForSequenceClassification, RobertaConfig,
                          RobertaForSequenceClassification, pipeline)

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "transformers"))
import generate as peers  # noqa: E402

HERE = pathlib.Path(__file__).parent
BART = HERE.parent / "encoder-decoders" / "bart"
NAMES = {"contradiction": 0, "entailment": 1, "neutral": 2}


def labels(names):
    return dict(label2id=names, id2label={number: name for name, number in names.items()})


CASES = {
    "bert": (BertForSequenceClassification,
             BertConfig(**peers.SIZES, **labels({"ENTAILMENT": 0, "not_entailment": 1}))),
    "roberta": (RobertaForSequenceClassification,
                RobertaConfig(**dict(peers.SIZES, max_position_embeddings=66, vocab_size=300),
                              type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1,
                              **labels(NAMES))),
    "deberta-v3": (DebertaV2ForSequenceClassification,
                   DebertaV2Config(**dict(peers.DEBERTA, max_position_embeddings=64),
                                   pos_att_type=["p2c", "c2p"], position_buckets=16,
                                   share_att_key=True, norm_rel_ebd="layer_norm",
                                   position_biased_input=False, type_vocab_size=0, **labels(NAMES))),
}
QUESTIONS = [
    ("Not bad at all, a small wonder.", ["good", "bad film", "story"], "This example is {}.", False),
    ("Not bad at all, a small wonder.", ["good", "bad film", "story"], "This example is {}.", True),
    ("The unbelievable ending — a WONDER, isn't it?", ["dull", "clever and charming"],
     "It's about: {}", False),
    ("Café naïve 你好 🙂", ["one"], "The film is {} at all!", True),
    ("film is not bad " * 30, ["good", "a very long and empty label, nothing works", "bad"],
     "This example is {}.", False),
    ("", ["good", "bad"], "This example is {}.", False),
]


def tokenizer_of(name):
    tokenizer = peers.tokenizer_of(name)
    if name != "roberta":
        own = tokenizer.backend_tokenizer
        own.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
            special_tokens=[(token, own.token_to_id(token)) for token in ("[CLS]", "[SEP]")])
    if name == "bert":
        # Kept with the tokenizer: without it the class of transformers 5 tells no types.
        names = ["input_ids", "token_type_ids", "attention_mask"]
        tokenizer.model_input_names = tokenizer.init_kwargs["model_input_names"] = names
    return tokenizer


def gradient(model, tokenizer, text, names, template, entailment):
    alone = tokenizer(text)["input_ids"]
    is_bart = model.config.model_type == "bart"
    table = model.model.encoder.embed_tokens if is_bart else model.get_input_embeddings()
    x = table(torch.tensor([alone])).detach().requires_grad_()
    logits = []
    for name in names:
        both = tokenizer(text, template.format(name), return_tensors="pt")
        ids = both["input_ids"]
        assert ids[0, :len(alone)].tolist() == alone
        rest = table(ids[:, len(alone):]).detach()
        y = torch.cat([x, rest], dim=1)
        if is_bart:
            start = model.model.decoder.embed_tokens(
                torch.tensor([[model.config.decoder_start_token_id]])).detach()
            sides = [(model.model.encoder.embed_tokens, y),
                     (model.model.decoder.embed_tokens, torch.cat([start, y[:, :-1]], dim=1))]
        else:
            sides = [(table, y)]
        handles = [module.register_forward_hook(lambda _, __, found, y=y: y) for module, y in sides]
        logits.append(model(**both).logits[0, entailment])
        for handle in handles:
            handle.remove()
    probability = torch.stack(logits).softmax(0)[0]
    return torch.autograd.grad(probability, x)[0][0]


def main():
    answers, gradients = {}, {}
    for number, name in enumerate([*CASES, "bart"]):
        if name == "bart":
            model = AutoModelForSequenceClassification.from_pretrained(BART, dtype=torch.float32).eval()
            tokenizer = AutoTokenizer.from_pretrained(BART)
        else:
            kind, configuration = CASES[name]
            folder = HERE / name
            shutil.rmtree(folder, ignore_errors=True)
            model = peers.built(kind, configuration, 60 + number, torch.float16)
            tokenizer = tokenizer_of(name)
            peers.save(model, folder, "f16", torch.float16)
            tokenizer.save_pretrained(folder)
            tokenizer = AutoTokenizer.from_pretrained(folder)
        classify = pipeline("zero-shot-classification", model=model, tokenizer=tokenizer)
        entailment = next(number for label, number in model.config.label2id.items()
                          if label.lower().startswith("entail"))
        answers[name] = []
        for text, names, template, many in QUESTIONS:
            if not text:
                continue
            found = classify(text, names, hypothesis_template=template, multi_label=many)
            scores = dict(zip(found["labels"], found["scores"]))
            answers[name].append(dict(text=text, labels=names, hypothesis=template, many=many,
                                      scores=[scores[label] for label in names]))
        text, names, template, _ = QUESTIONS[0]
        gradients[name] = gradient(model, tokenizer, text, names, template, entailment).contiguous()
        print(name, [[round(score, 4) for score in answer["scores"]] for answer in answers[name]])
    (HERE / "answers.json").write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n")
    save_file(gradients, HERE / "gradients.safetensors")


if __name__ == "__main__":
    main()
