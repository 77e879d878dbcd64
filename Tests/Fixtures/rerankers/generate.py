"""A small random language model as Qwen3-Reranker is saved, and what its model card's code computes.

python generate.py   (packages: ../adapters/requirements.txt; run in this folder)

`logit-score` has the module of sentence-transformers, `card` only a model card that names it, and its last
layer is the table of the words. expected.json holds for pairs the ids of the whole prompt, cut to 110
tokens where they are more, and the logits of "no" and "yes" at the last place, in single precision.
"""

import copy
import json
import pathlib
import shutil

import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
PREFIX = ("<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
          "provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n")
SUFFIX = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"
PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
PAIRS = [
    ("what is gravity?", "Gravity is what pulls an apple down."),
    ("Where do cats sleep", "On the roof, 12 metres up.\n\nNaïve, isn't it? 👍🏽"),
    ("", "nothing was asked"),
    ("no document", ""),
    ("long", "the quick brown fox jumps over the lazy dog " * 12),
]


def tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PATTERN), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=460, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(
        [PREFIX, SUFFIX, INSTRUCTION, "<Instruct>: <Query>: <Document>: yes no yes no"] * 4
        + [text for pair in PAIRS for text in pair], trainer)
    tokenizer.add_special_tokens(["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    tokenizer.add_tokens(["<think>", "</think>"])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>", model_max_length=110,
        additional_special_tokens=["<|im_start|>"])


def ids(tokenizer, query, document):
    """As the model card has it."""
    prefix = tokenizer.encode(PREFIX, add_special_tokens=False)
    suffix = tokenizer.encode(SUFFIX, add_special_tokens=False)
    body = f"<Instruct>: {INSTRUCTION}\n<Query>: {query}\n<Document>: {document}"
    body = tokenizer(body, padding=False, truncation="longest_first", return_attention_mask=False,
                     add_special_tokens=False, max_length=110 - len(prefix) - len(suffix))["input_ids"]
    return prefix + body + suffix


for index, name in enumerate(["logit-score", "card"]):
    torch.manual_seed(50 + index)
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    words = tokenizer()
    model = Qwen3ForCausalLM(Qwen3Config(
        vocab_size=len(words) + 3, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, head_dim=8, max_position_embeddings=400, tie_word_embeddings=name == "card",
        eos_token_id=words.eos_token_id, bos_token_id=None)).eval()
    for parameter in model.parameters():
        parameter.data = (torch.randn(parameter.shape) * 0.4).bfloat16().float()
    # A copy: the buffers of the positions would be rounded too.
    copy.deepcopy(model).bfloat16().save_pretrained(folder)
    words.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    yes, no = words.convert_tokens_to_ids("yes"), words.convert_tokens_to_ids("no")
    assert yes and no
    if name == "card":
        (folder / "README.md").write_text("---\npipeline_tag: text-ranking\n---\n# Qwen3-Reranker-Tiny\n")
    else:
        (folder / "modules.json").write_text(json.dumps([
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"},
            {"idx": 1, "name": "1", "path": "1_LogitScore",
             "type": "sentence_transformers.cross_encoder.modules.logit_score.LogitScore"}], indent=1) + "\n")
        (folder / "1_LogitScore").mkdir()
        (folder / "1_LogitScore" / "config.json").write_text(json.dumps(
            {"true_token_id": yes, "false_token_id": no, "module_input_name": "causal_logits"}) + "\n")
        (folder / "chat_template.jinja").write_text(PREFIX + "<Instruct>: {{ instruction }}" + SUFFIX)
    expected = []
    for query, document in PAIRS:
        row = ids(words, query, document)
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([row])).logits[0, -1]
        expected.append({"query": query, "document": document, "ids": row, "logits": [logits[no].item(), logits[yes].item()]})
    (folder / "expected.json").write_text(json.dumps(expected) + "\n")
    print(name, [len(row["ids"]) for row in expected], [row["logits"] for row in expected])
