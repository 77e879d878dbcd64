"""Small transformers that read SMILES, and what they say: ids, offsets, outputs.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python generate.py

`roberta` is of ChemBERTa's kind: pieces of bytes of its own, which cut where they like, `<s>` and
`</s>` around them. `albert` has the field's regular expression in its tokenizer.json, as reaction
models have, and predicts a number. Nothing is trained but the pieces; weights are random.
"""

import json
from pathlib import Path

import torch
from tokenizers import ByteLevelBPETokenizer, Regex, Tokenizer, models, pre_tokenizers, processors
from transformers import (
    AlbertConfig, AlbertForSequenceClassification, PreTrainedTokenizerFast, RobertaConfig,
    RobertaForSequenceClassification, RobertaTokenizerFast,
)

HERE = Path(__file__).parent
MOLECULES = [
    "CCO", "c1ccccc1", "CC(=O)Oc1ccccc1C(=O)O", "C[C@@H](Cl)Br", "c1cc[nH]c1", "ClC=CBr",
    "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O", "[Na+].[O-]C(=O)C", "C%12CCCCC%12",
    "FC(F)(F)c1ccc(OC(CCNC)c2ccccc2)cc1", "C/C=C\\C#N", "NCCc1ccc(O)c(O)c1", "BrBCl", "ClCCCl",
    "CN1CC[C@]23c4c5ccc(O)c4O[C@H]2[C@@H](O)C=C[C@H]3[C@H]1C5", "Cn1c(=O)c2c(ncn2C)n(C)c1=O",
]
PATTERN = r"\[[^\]]+\]|Br|Cl|%\d\d|@@|[BCNOPSFIbcnops]|[0-9]|[()=#\-+\\/.~*:$@]"


def randomised(model):
    torch.manual_seed(len(model.state_dict()))
    for tensor in model.state_dict().values():
        if tensor.is_floating_point():
            tensor.copy_(0.3 * torch.randn_like(tensor))
    return model.eval()


def write(name, model, tokenizer) -> None:
    folder = HERE / name
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    rows = []
    for text in MOLECULES:
        batch = tokenizer(text, return_tensors="pt", return_offsets_mapping=True)
        offsets = batch.pop("offset_mapping")[0].tolist()
        with torch.no_grad():
            logits = model(**batch).logits[0].tolist()
        rows.append({"text": text, "ids": batch["input_ids"][0].tolist(), "offsets": offsets,
                     "logits": logits})
    lines = ",\n".join(json.dumps(row) for row in rows)
    (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


def roberta() -> None:
    pieces = ByteLevelBPETokenizer()
    pieces.train_from_iterator(
        MOLECULES * 4, vocab_size=330, min_frequency=2, show_progress=False,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    (HERE / "roberta").mkdir(exist_ok=True)
    pieces.save_model(str(HERE / "roberta"))
    tokenizer = RobertaTokenizerFast(
        vocab=str(HERE / "roberta/vocab.json"), merges=str(HERE / "roberta/merges.txt"))
    config = RobertaConfig(
        vocab_size=len(tokenizer), hidden_size=8, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=12, max_position_embeddings=80, type_vocab_size=1,
        id2label={0: "BBB-", 1: "BBB+"}, label2id={"BBB-": 0, "BBB+": 1})
    write("roberta", randomised(RobertaForSequenceClassification(config)), tokenizer)


def albert() -> None:
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    split = pre_tokenizers.Split(Regex(PATTERN), "removed", invert=True)
    words += sorted({w for m in MOLECULES for w, _ in split.pre_tokenize_str(m)})
    tokenizer = Tokenizer(models.WordLevel(
        {word: place for place, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = split
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]", model_max_length=80)
    config = AlbertConfig(
        vocab_size=len(words), embedding_size=6, hidden_size=8, num_hidden_layers=2,
        num_attention_heads=2, intermediate_size=12, max_position_embeddings=80,
        problem_type="regression", num_labels=1)
    write("albert", randomised(AlbertForSequenceClassification(config)), fast)


if __name__ == "__main__":
    roberta()
    albert()
