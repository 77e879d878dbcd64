"""How alike two texts are by small random sentence encoders, in the folders that sentence-transformers saves.

python generate.py   (packages: requirements.txt; run in this folder)

answers.json holds the cosines of pairs, in double precision; gradients.safetensors the gradient of the cosine of
the first pair at the vectors of the first text's tokens, and of the second's.
"""

import json
import pathlib
import shutil
import sys

import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from tokenizers import processors
from transformers import (AlbertConfig, AlbertModel, BertConfig, BertModel, DistilBertConfig,
                          DistilBertModel, ElectraConfig, ElectraModel, ModernBertConfig,
                          ModernBertModel, MPNetConfig, MPNetModel, RobertaConfig, RobertaModel)

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "transformers"))
import generate as peers  # noqa: E402

HERE = pathlib.Path(__file__).parent
S = peers.SIZES
# name: (model, configuration, whose tokenizer, poolings, layers behind them, tokens of a text)
CASES = {
    "bert": (BertModel, BertConfig(**S), "bert", "mean", ["normalize"], 32),
    "distilbert": (DistilBertModel,
                   DistilBertConfig(vocab_size=80, dim=32, n_layers=2, n_heads=4, hidden_dim=48,
                                    max_position_embeddings=64), "bert", "max", [], None),
    "roberta": (RobertaModel,
                RobertaConfig(**dict(S, max_position_embeddings=66, vocab_size=300),
                              type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1),
                "roberta", "weightedmean", [(12, torch.nn.Tanh(), False)], None),
    "albert": (AlbertModel, AlbertConfig(**S, embedding_size=16), "albert", ("cls", "mean"),
               ["normalize"], None),
    "mpnet": (MPNetModel, MPNetConfig(**dict(S, max_position_embeddings=66)), "bert", "lasttoken",
              [(20, torch.nn.Identity(), True), "normalize"], None),
    "electra": (ElectraModel, ElectraConfig(**S, embedding_size=16), "bert", "mean_sqrt_len_tokens",
                [], None),
    "modernbert": (ModernBertModel,
                   ModernBertConfig(**S, local_attention=16, pad_token_id=0, bos_token_id=1,
                                    cls_token_id=1, eos_token_id=2, sep_token_id=2), "bert", "cls",
                   [], None),
}
PAIRS = [("Not bad at all, a small wonder.", "What a charming and clever little film!"),
         ("Café naïve 你好 🙂", "nothing works"), ("A dull story", ""),
         ("film is not bad " * 30, "the ending of the film")]


def tokenizer_of(name):
    tokenizer = peers.tokenizer_of(name)
    if name != "roberta":
        own = tokenizer.backend_tokenizer
        own.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
            special_tokens=[(token, own.token_to_id(token)) for token in ("[CLS]", "[SEP]")])
    return tokenizer


def old_style(folder):
    """As folders were before version 6, and the oldest ones: the transformer in a folder of its own."""
    inner = folder / "0_Transformer"
    inner.mkdir()
    for path in list(folder.iterdir()):
        if path.is_file() and path.name not in ("modules.json", "config_sentence_transformers.json"):
            path.rename(inner / path.name)
    modules = [{"idx": 0, "name": "0", "path": "0_Transformer",
                "type": "sentence_transformers.models.Transformer"},
               {"idx": 1, "name": "1", "path": "1_Pooling",
                "type": "sentence_transformers.models.Pooling"}]
    (folder / "modules.json").write_text(json.dumps(modules, indent=2))
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(
        {"word_embedding_dimension": 32, "pooling_mode_cls_token": False,
         "pooling_mode_mean_tokens": False, "pooling_mode_max_tokens": False,
         "pooling_mode_mean_sqrt_len_tokens": True}, indent=2))
    (folder / "config_sentence_transformers.json").write_text(
        '{"__version__": {"sentence_transformers": "2.0.0"}}\n')


def gradients(model, pair):
    """By the word embeddings of each text, where both are encoded alone."""
    table = model[0].model.get_input_embeddings()
    vectors, words = [], []

    def keep(_, __, found):
        words.append(found.detach().requires_grad_())
        return words[-1]
    handle = table.register_forward_hook(keep)
    for text in pair:
        vectors.append(model(model.preprocess([text]))["sentence_embedding"][0])
    handle.remove()
    cosine = torch.nn.functional.cosine_similarity(vectors[0], vectors[1], dim=0)
    return [gradient[0] for gradient in torch.autograd.grad(cosine, words)]


def main():
    answers, found = {}, {}
    for number, (name, (kind, configuration, tokenizer, poolings, layers, most)) in enumerate(
            CASES.items()):
        folder = HERE / name
        shutil.rmtree(folder, ignore_errors=True)
        encoder = peers.built(kind, configuration, 80 + number, torch.float16)
        encoder.save_pretrained(folder)
        tokenizer_of(tokenizer).save_pretrained(folder)
        modules = [Transformer(str(folder)), Pooling(32, poolings)]
        if most:
            modules[0].max_seq_length = most
        width = 32 * (len(poolings) if isinstance(poolings, tuple) else 1)
        for layer in layers:
            if layer == "normalize":
                modules.append(Normalize())
            else:
                torch.manual_seed(number)
                modules.append(Dense(width, layer[0], bias=layer[2], activation_function=layer[1]))
        model = SentenceTransformer(modules=modules, device="cpu").half().float().eval()
        shutil.rmtree(folder)
        model.half().save_pretrained(str(folder))
        if name == "electra":
            old_style(folder)
        (folder / "README.md").unlink(missing_ok=True)
        (folder / "0_Transformer" / "README.md").unlink(missing_ok=True)
        model = SentenceTransformer(str(folder), device="cpu").float().eval()
        model[0].model.set_attn_implementation("eager")
        answers[name] = []
        for first, second in PAIRS:
            u, v = (model.encode(text, convert_to_tensor=True).double() for text in (first, second))
            answers[name].append(dict(
                text=first, pair=second,
                cosine=torch.nn.functional.cosine_similarity(u, v, dim=0).item()))
        for part, gradient in enumerate(gradients(model, PAIRS[0])):
            found[f"{name}.{part}"] = gradient.contiguous()
        print(name, [round(answer["cosine"], 4) for answer in answers[name]])
    (HERE / "answers.json").write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n")
    save_file(found, HERE / "gradients.safetensors")


if __name__ == "__main__":
    main()
