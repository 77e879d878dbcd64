"""Small random BARTs in the folders that transformers saves, and what it computes with them.

python generate.py [CASE ...]   (packages: ../transformers/requirements.txt; run in this folder)

expected.safetensors holds, for each row of ids, logits and the gradient of each class's logit at the words'
vectors, which enter twice: once in the encoder, once in the decoder, one place later. For one row also
AttnLRP. answers.json has texts as a user gives them.
"""

import json
import pathlib
import shutil
import sys

import torch
from safetensors.torch import save_file
from transformers import BartConfig, BartForSequenceClassification

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "transformers"))
import generate as peers  # noqa: E402

HERE = pathlib.Path(__file__).parent
SIZES = dict(vocab_size=300, d_model=32, encoder_ffn_dim=48, decoder_ffn_dim=40, encoder_layers=2,
             decoder_layers=3, encoder_attention_heads=4, decoder_attention_heads=2,
             max_position_embeddings=64)
CASES = {
    "bart": (BartConfig(**SIZES, id2label={0: "contradiction", 1: "neutral",
                                            2: "entailment"},
                        label2id={"contradiction": 0, "neutral": 1, "entailment": 2}), "f16"),
    "bart-scaled": (BartConfig(**dict(SIZES, decoder_layers=1), scale_embedding=True,
                               activation_function="relu", decoder_start_token_id=0,
                               num_labels=2), "shards"),
}
# The last end token is not the last token of every row; two rows have several.
ROWS = [[0, 9, 30, 2], [0, 12, 40, 41, 2, 2, 17, 2], [0, 5, 2, 61, 1, 33], [2],
        [0] + [3 + (7 * i) % 290 for i in range(62)] + [2]]


def from_words(model, ids, x):
    """What the model says of these ids with `x` in place of the words' vectors, on both sides."""
    start = model.model.decoder.embed_tokens(
        torch.tensor([[model.config.decoder_start_token_id]])).detach()
    sides = [(model.model.encoder.embed_tokens, x),
             (model.model.decoder.embed_tokens, torch.cat([start, x[:, :-1]], dim=1))]
    handles = [module.register_forward_hook(lambda _, __, found, y=y: y) for module, y in sides]
    try:
        return model(input_ids=ids).logits[0]
    finally:
        for handle in handles:
            handle.remove()


def words(model, ids):
    return model.model.encoder.embed_tokens(ids).detach().requires_grad_()


def relevance(model, ids, target):
    """As peers.relevance; this head calls torch.tanh itself."""
    plain = torch.tanh
    torch.tanh = lambda x: x * (plain(x) / x).detach()
    kept = peers.words, peers.from_words
    peers.words = words

    class Answer:
        def __init__(self, logits):
            self.logits = logits[None]
    peers.from_words = lambda model, ids, x: Answer(from_words(model, ids, x))
    try:
        return peers.relevance(model, ids, target)
    finally:
        torch.tanh = plain
        peers.words, peers.from_words = kept


def expected(model):
    out = {}
    for index, row in enumerate(ROWS):
        ids = torch.tensor([row])
        with torch.no_grad():
            out[f"text.{index}.ids"] = ids[0].float()
            out[f"text.{index}.logits"] = model(input_ids=ids).logits[0]
        x = words(model, ids)
        logits = from_words(model, ids, x)
        assert (logits - out[f"text.{index}.logits"]).abs().max() < 1e-6
        out[f"text.{index}.gradients"] = torch.stack(
            [torch.autograd.grad(logits[c], x, retain_graph=True)[0][0]
             for c in range(logits.shape[0])])
    out["relevance"] = relevance(model, torch.tensor([ROWS[1]]), 0)
    return {key: value.detach().contiguous() for key, value in out.items()}


def main():
    for number, (name, (configuration, way)) in enumerate(CASES.items()):
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        folder = HERE / name
        shutil.rmtree(folder, ignore_errors=True)
        model = peers.built(BartForSequenceClassification, configuration, 40 + number, torch.float16)
        with torch.no_grad():
            # One table, whatever order its names were drawn in.
            model.model.encoder.embed_tokens.weight = model.model.shared.weight
            model.model.decoder.embed_tokens.weight = model.model.shared.weight
        results = expected(model)
        print(name, results["text.0.logits"].tolist(), results["text.4.logits"].tolist())
        tokenizer = peers.tokenizer_of("roberta")
        answers = peers.from_text(model, tokenizer)
        peers.save(model, folder, way, torch.float16)
        tokenizer.save_pretrained(folder)
        (folder / "answers.json").write_text(
            json.dumps(answers, ensure_ascii=False, indent=1) + "\n")
        save_file(results, folder / "expected.safetensors")


if __name__ == "__main__":
    main()
