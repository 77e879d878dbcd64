"""Small random models with adapters of peft, and what peft computes with them.

python generate.py [CASE ...]   (packages: requirements.txt; seeds below; run in this folder)

A case is a folder with `adapter`, as peft saves it, and `base`, beside which nothing else says where it is:
the adapter names it by a path that is not there. expected.json holds ids and the logits of peft's model, in
single precision. The cases that begin with `refused-` are saved likewise and have no numbers.
"""

import json
import pathlib
import shutil
import sys

import torch
from peft import IA3Config, LoraConfig, PeftModel, PromptTuningConfig, get_peft_model
from transformers import (
    AutoModelForSequenceClassification, BertConfig, BertForSequenceClassification, BertModel, DebertaV2Config,
    DebertaV2Model, DistilBertConfig, DistilBertForMaskedLM, ElectraConfig, ElectraForPreTraining, GPT2Config, GPT2LMHeadModel, ModernBertConfig,
    ModernBertForMaskedLM, Qwen2Config, Qwen2ForCausalLM, RobertaConfig, RobertaForMaskedLM)

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
VOCABULARY = 64
SIZES = dict(vocab_size=VOCABULARY, hidden_size=16, num_hidden_layers=2, num_attention_heads=4,
             intermediate_size=24, max_position_embeddings=40)
LORA = dict(task_type="SEQ_CLS", r=4, lora_alpha=6)
DISTILBERT = DistilBertConfig(vocab_size=VOCABULARY, dim=16, n_layers=2, n_heads=4, hidden_dim=24,
                              max_position_embeddings=40)

# name: (base, labels, adapter, how both are saved)
CASES = {
    # An encoder that was saved alone, so that its tensors have no module around them.
    "bert": (BertModel(BertConfig(**SIZES)), 3, LoraConfig(**LORA, target_modules=["query", "value"]), ""),
    # Both patterns, and a name that means many modules.
    "roberta": (RobertaForMaskedLM(RobertaConfig(**dict(SIZES, max_position_embeddings=42), type_vocab_size=1,
                                                 pad_token_id=1)), 3,
                LoraConfig(**LORA, target_modules=r".*\.(query|key|dense)", exclude_modules=r"classifier.*",
                           use_rslora=True, rank_pattern={"key": 2, r"layer\.1\.output\.dense": 3},
                           alpha_pattern={r"layer\.[1-9]\.attention.*query": 20, "output.dense": 1}), ""),
    "electra": (ElectraForPreTraining(ElectraConfig(**SIZES, embedding_size=8)), 2,
                LoraConfig(**LORA, target_modules=["query", "key", "value", "dense"],
                           modules_to_save=["classifier"], exclude_modules=["classifier.dense"], bias="all"),
                "bin"),
    "modernbert": (ModernBertForMaskedLM(ModernBertConfig(**SIZES, local_attention=8, pad_token_id=0, bos_token_id=1,
                                                          cls_token_id=1, eos_token_id=2, sep_token_id=2)), 4,
                   LoraConfig(**LORA, target_modules=["Wqkv", "Wo", "Wi"]), "bf16"),
    # The table of words changed, and a base that is a classifier with names for its classes.
    "bert-embeddings": (BertForSequenceClassification(
        BertConfig(**SIZES, id2label={0: "bad", 1: "fair", 2: "good"}, label2id={"bad": 0, "fair": 1, "good": 2})), 3,
        LoraConfig(**LORA, target_modules=["word_embeddings", "key"], modules_to_save=["classifier"],
                   lora_bias=False), "f16"),
    "distilbert-new-tokens": (DistilBertForMaskedLM(DISTILBERT), 2,
                              LoraConfig(**LORA, target_modules=["q_lin", "lin2"], lora_bias=True,
                                         modules_to_save=["pre_classifier", "classifier"],
                                         trainable_token_indices=[3, VOCABULARY + 1]), "resized"),
    "gpt2": (GPT2LMHeadModel(GPT2Config(vocab_size=VOCABULARY, n_embd=16, n_layer=2, n_head=4, n_positions=40,
                                        pad_token_id=0, bos_token_id=1, eos_token_id=2)), 3,
             LoraConfig(**LORA, target_modules=["c_attn", "c_proj", "c_fc"], fan_in_fan_out=True), ""),
    "qwen2": (Qwen2ForCausalLM(Qwen2Config(**SIZES, num_key_value_heads=2, pad_token_id=0, bos_token_id=1,
                                           eos_token_id=2)), 2,
              LoraConfig(**LORA, target_modules="all-linear"), "bf16"),
    "refused-dora": (BertModel(BertConfig(**SIZES)), 2,
                     LoraConfig(**LORA, target_modules=["query"], use_dora=True), ""),
    "refused-ia3": (BertModel(BertConfig(**SIZES)), 2,
                    IA3Config(task_type="SEQ_CLS", target_modules=["query"], feedforward_modules=[]), ""),
    "refused-prompt": (BertModel(BertConfig(**SIZES)), 2,
                       PromptTuningConfig(task_type="SEQ_CLS", num_virtual_tokens=2), ""),
    # A head of two layers, of which peft keeps the last one alone.
    "refused-random-head": (DebertaV2Model(DebertaV2Config(**SIZES, pad_token_id=0)), 2,
                            LoraConfig(**LORA, target_modules=["query_proj"]), ""),
}


def write_tokenizer(folder, extra=0):
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + [f"w{number}" for number in range(VOCABULARY - 5 + extra)]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n")
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer", "model_max_length": 40}\n')


def generate(name):
    base, labels, config, how = CASES[name]
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    dtype = {"bf16": torch.bfloat16, "f16": torch.float16}.get(how, torch.float32)
    base.to(dtype).save_pretrained(folder / "base", max_shard_size="8KB" if how == "bf16" else "1GB")
    (folder / "base" / "generation_config.json").unlink(missing_ok=True)
    write_tokenizer(folder / "base")

    def load():
        model = AutoModelForSequenceClassification.from_pretrained(
            folder / "base", num_labels=labels, dtype=torch.float32)
        if how == "resized":
            model.resize_token_embeddings(VOCABULARY + 2, mean_resizing=False)
        return model

    model = get_peft_model(load(), config)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = torch.randn(parameter.shape) * 0.3
    model.peft_config["default"].base_model_name_or_path = "trained/somewhere/base"
    model.save_pretrained(folder / "adapter", safe_serialization=how != "bin",
                          save_embedding_layers=how == "resized")
    (folder / "adapter" / "README.md").unlink(missing_ok=True)
    if how == "resized":
        write_tokenizer(folder / "adapter", extra=2)
    if name.startswith("refused-"):
        if name != "refused-random-head":
            shutil.rmtree(folder / "base")
        return
    again = PeftModel.from_pretrained(load(), folder / "adapter").eval()
    vocabulary = VOCABULARY + (2 if how == "resized" else 0)
    ids = [torch.randint(3, vocabulary, (length,)).tolist() for length in (1, 7, 24)]
    if how == "resized":
        ids[1][2] = VOCABULARY + 1
    with torch.no_grad():
        logits = [again(input_ids=torch.tensor([row])).logits[0].tolist() for row in ids]
        plain = [load().eval()(input_ids=torch.tensor([row])).logits[0] for row in ids]
    difference = max((torch.tensor(a) - b).abs().max().item() for a, b in zip(logits, plain))
    assert difference > 0.05, difference
    (folder / "expected.json").write_text(json.dumps({"ids": ids, "logits": logits}) + "\n")
    print(name, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()), "bytes", difference)


for index, name in enumerate(CASES):
    torch.manual_seed(1000 + index)
    # The base was drawn before; draw it again with the case's own seed.
    model = CASES[name][0]
    for parameter in model.parameters():
        parameter.data = torch.randn(parameter.shape) * 0.4
    if not sys.argv[1:] or name in sys.argv[1:]:
        generate(name)
