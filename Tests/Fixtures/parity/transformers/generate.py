"""Small random transformers in the folders that transformers saves, and what it computes with them.

python generate.py [CASE ...]   (packages: requirements.txt; seeds below; run in this folder)

Each folder is as a user would have it; expected.safetensors beside the weights holds, for each text,
logits, the gradient of each class's logit at the word embeddings, and for one text attention maps with
their gradients, logits with one token's values zeroed, value zeroing by layer, and AttnLRP. The model is
asked by ids throughout, as its users ask it: positions come from the ids, which hold padding here and there.
"""

import json
import math
import pathlib
import shutil
import sys

import torch
from safetensors.torch import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from torch import nn
from transformers import (
    AlbertConfig, AlbertForSequenceClassification, BertConfig, BertForSequenceClassification,
    BigBirdConfig, BigBirdForSequenceClassification,
    CamembertConfig, CamembertForSequenceClassification, DebertaV2Config,
    DebertaV2ForSequenceClassification, DistilBertConfig, DistilBertForSequenceClassification,
    ElectraConfig, ElectraForSequenceClassification, EuroBertConfig,
    EuroBertForSequenceClassification, Gemma2Config, Gemma2ForSequenceClassification,
    Gemma3TextConfig, Gemma3TextForSequenceClassification, GemmaConfig,
    GemmaForSequenceClassification, GteConfig, GteForSequenceClassification, GPT2Config, GPT2ForSequenceClassification, GPTNeoXConfig,
    GPTNeoXForSequenceClassification, JinaEmbeddingsV3Config,
    JinaEmbeddingsV3ForSequenceClassification, LlamaConfig, LlamaForSequenceClassification,
    LongformerConfig, LongformerForSequenceClassification, MistralConfig,
    MistralForSequenceClassification, ModernBertConfig, ModernBertForSequenceClassification,
    MPNetConfig, MPNetForSequenceClassification, NomicBertConfig,
    NomicBertForSequenceClassification, Phi3Config, Phi3ForSequenceClassification,
    PreTrainedTokenizerFast, Qwen2Config, Qwen2ForSequenceClassification, Qwen3Config,
    Qwen3ForSequenceClassification, RobertaConfig, RobertaForSequenceClassification,
    SmolLM3Config, SmolLM3ForSequenceClassification, XLMRobertaConfig,
    XLMRobertaForSequenceClassification)
from transformers.masking_utils import ALL_MASK_ATTENTION_FUNCTIONS, eager_mask
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS
from transformers.models.big_bird.modeling_big_bird import BigBirdBlockSparseAttention
from transformers.models.longformer.modeling_longformer import LongformerSelfAttention

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
VOCABULARY = 80
SIZES = dict(vocab_size=VOCABULARY, hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
             intermediate_size=48, max_position_embeddings=64)
# Of decoders: fewer heads of keys than of queries, and heads wider than they would be by the width.
DECODER = dict(SIZES, num_key_value_heads=2, head_dim=16, pad_token_id=0, bos_token_id=1,
               eos_token_id=2)
DEBERTA = dict(SIZES, max_position_embeddings=160, relative_attention=True, pad_token_id=0)

# name: (model, configuration, lengths of the texts, how the weights are saved)
CASES = {
    "bert": (BertForSequenceClassification,
             BertConfig(**dict(SIZES, num_hidden_layers=3), num_labels=3), [1, 9, 40, 64], "f16"),
    "bert-multi-label": (BertForSequenceClassification,
                         BertConfig(**SIZES, hidden_act="gelu_new", layer_norm_eps=1e-5,
                                    type_vocab_size=3, num_labels=4,
                                    problem_type="multi_label_classification",
                                    id2label={0: "toxic", 1: "insult", 2: "threat", 3: "spam"}),
                         [5, 20], "bf16"),
    "bert-regression": (BertForSequenceClassification,
                        BertConfig(**SIZES, hidden_act="relu", num_labels=1,
                                   problem_type="regression"), [5, 20], "f32"),
    "bert-silu": (BertForSequenceClassification,
                  BertConfig(**dict(SIZES, hidden_size=64), hidden_act="silu", num_labels=2),
                  [5, 30], "f16"),
    "distilbert": (DistilBertForSequenceClassification,
                   DistilBertConfig(vocab_size=VOCABULARY, dim=32, n_layers=2, n_heads=4,
                                    hidden_dim=48, max_position_embeddings=64, num_labels=2),
                   [3, 64], "bin"),
    "roberta": (RobertaForSequenceClassification,
                RobertaConfig(**dict(SIZES, max_position_embeddings=66, vocab_size=300),
                              type_vocab_size=1,
                              layer_norm_eps=1e-5, pad_token_id=1, num_labels=3),
                [4, 64, 12], "shards"),
    "xlm-roberta": (XLMRobertaForSequenceClassification,
                    XLMRobertaConfig(**dict(SIZES, max_position_embeddings=66), type_vocab_size=1,
                                     layer_norm_eps=1e-5, pad_token_id=1, num_labels=2),
                    [4, 33], "bin-shards"),
    "camembert": (CamembertForSequenceClassification,
                  CamembertConfig(**dict(SIZES, max_position_embeddings=66), type_vocab_size=1,
                                  layer_norm_eps=1e-5, pad_token_id=1, num_labels=2),
                  [4, 33], "f16"),
    "electra": (ElectraForSequenceClassification,
                ElectraConfig(**SIZES, embedding_size=16, num_labels=2), [4, 50], "bin-legacy"),
    "electra-one-width": (ElectraForSequenceClassification,
                          ElectraConfig(**SIZES, embedding_size=32, num_labels=2), [4, 20], "f16"),
    "albert": (AlbertForSequenceClassification,
               AlbertConfig(**dict(SIZES, num_hidden_layers=4), embedding_size=16,
                            num_hidden_groups=2, inner_group_num=2, num_labels=2), [4, 50], "f16"),
    "mpnet": (MPNetForSequenceClassification,
              MPNetConfig(**dict(SIZES, max_position_embeddings=162), num_labels=3),
              [4, 12, 150], "f16"),
    "deberta-v3": (DebertaV2ForSequenceClassification,
                   DebertaV2Config(**DEBERTA, pos_att_type="p2c|c2p", position_buckets=16,
                                   share_att_key=True, norm_rel_ebd="layer_norm",
                                   position_biased_input=False, num_labels=3), [4, 20, 150], "f16"),
    "deberta-v2-convolution": (DebertaV2ForSequenceClassification,
                               DebertaV2Config(**DEBERTA, pos_att_type=["p2c", "c2p"],
                                               position_buckets=16, conv_kernel_size=3,
                                               conv_act="gelu", conv_groups=2, embedding_size=16,
                                               type_vocab_size=2, num_labels=2),
                               [4, 20, 60], "f16"),
    "deberta-c2p": (DebertaV2ForSequenceClassification,
                    DebertaV2Config(**DEBERTA, pos_att_type=["c2p"], max_relative_positions=20,
                                    type_vocab_size=1, position_biased_input=False,
                                    pooler_hidden_act="tanh", num_labels=2), [4, 40], "f16"),
    "deberta-plain": (DebertaV2ForSequenceClassification,
                      DebertaV2Config(**dict(DEBERTA, relative_attention=False), num_labels=2),
                      [4, 40], "f16"),
    "modernbert": (ModernBertForSequenceClassification,
                   ModernBertConfig(**dict(SIZES, num_hidden_layers=4), local_attention=16,
                                    pad_token_id=0, bos_token_id=1, cls_token_id=1, eos_token_id=2,
                                    sep_token_id=2, num_labels=3), [4, 50, 150], "f16"),
    "modernbert-mean": (ModernBertForSequenceClassification,
                        ModernBertConfig(**dict(SIZES, num_hidden_layers=3), local_attention=9,
                                         norm_bias=True, attention_bias=True, mlp_bias=True,
                                         classifier_bias=True, classifier_pooling="mean",
                                         hidden_activation="silu", classifier_activation="relu",
                                         pad_token_id=0, bos_token_id=1, cls_token_id=1,
                                         eos_token_id=2, sep_token_id=2, num_labels=2),
                        [4, 50], "f16"),
    # All distances of a real model: where its buckets begin depends on the rounding of logarithms.
    "deberta-v3-512": (DebertaV2ForSequenceClassification,
                       DebertaV2Config(**dict(DEBERTA, max_position_embeddings=512, hidden_size=16,
                                              num_attention_heads=2, vocab_size=VOCABULARY),
                                       pos_att_type=["p2c", "c2p"], position_buckets=256,
                                       share_att_key=True, norm_rel_ebd="layer_norm",
                                       position_biased_input=False, num_labels=2),
                       [4, 512, 300], "f16"),
    "llama": (LlamaForSequenceClassification,
              LlamaConfig(**dict(DECODER, vocab_size=300), attention_bias=True, mlp_bias=True,
                          num_labels=3,
                          rope_parameters={"rope_type": "llama3", "rope_theta": 100.0, "factor": 4.0,
                                           "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                                           "original_max_position_embeddings": 32}),
              [4, 40, 90], "f16"),
    # Longer texts turn otherwise, as the longest of a batch says; one head of keys, no padding.
    "llama-dynamic": (LlamaForSequenceClassification,
                      LlamaConfig(**dict(DECODER, num_key_value_heads=1, pad_token_id=None,
                                         max_position_embeddings=16), num_labels=2,
                                  rope_parameters={"rope_type": "dynamic", "rope_theta": 50.0,
                                                   "factor": 2.0}), [4, 14, 50], "bf16"),
    "llama-yarn": (LlamaForSequenceClassification,
                   LlamaConfig(**DECODER, num_labels=2,
                               rope_parameters={"rope_type": "yarn", "rope_theta": 100.0,
                                                "factor": 4.0, "beta_fast": 4.0, "beta_slow": 0.5,
                                                "original_max_position_embeddings": 16}),
                   [4, 40], "shards"),
    "mistral": (MistralForSequenceClassification,
                MistralConfig(**DECODER, sliding_window=5, num_labels=2,
                              rope_parameters={"rope_type": "linear", "rope_theta": 100.0,
                                               "factor": 3.0}), [4, 30], "f16"),
    "qwen2": (Qwen2ForSequenceClassification,
              Qwen2Config(**dict(DECODER, head_dim=8), use_sliding_window=True, sliding_window=6,
                          max_window_layers=1, num_labels=3), [4, 40], "bf16"),
    "qwen3": (Qwen3ForSequenceClassification, Qwen3Config(**DECODER, num_labels=3), [4, 40], "f16"),
    "gemma": (GemmaForSequenceClassification,
              GemmaConfig(**dict(DECODER, num_key_value_heads=1, vocab_size=330), num_labels=2),
              [4, 30], "f16"),
    "gemma2": (Gemma2ForSequenceClassification,
               Gemma2Config(**DECODER, sliding_window=5, attn_logit_softcapping=2.0,
                            query_pre_attn_scalar=9, num_labels=3), [4, 40], "f16"),
    "gemma3": (Gemma3TextForSequenceClassification,
               Gemma3TextConfig(**dict(DECODER, num_hidden_layers=3), sliding_window=5,
                                layer_types=["sliding_attention", "full_attention"] * 1
                                + ["sliding_attention"], query_pre_attn_scalar=9, num_labels=2,
                                rope_parameters={
                                    "full_attention": {"rope_type": "linear", "factor": 2.0,
                                                       "rope_theta": 1000.0},
                                    "sliding_attention": {"rope_type": "default",
                                                          "rope_theta": 10.0}}),
               [4, 40], "bf16"),
    "phi3": (Phi3ForSequenceClassification,
             Phi3Config(**{k: v for k, v in DECODER.items() if k != "head_dim"},
                        original_max_position_embeddings=16, num_labels=2,
                        rope_parameters={"rope_type": "longrope", "rope_theta": 100.0,
                                         "partial_rotary_factor": 0.5, "short_factor": [1.0, 1.5],
                                         "long_factor": [2.0, 7.0]}), [4, 12, 40], "f16"),
    "smollm3": (SmolLM3ForSequenceClassification,
                SmolLM3Config(**dict(DECODER, num_hidden_layers=3, head_dim=8),
                              no_rope_layer_interval=2, use_sliding_window=True, sliding_window=6,
                              num_labels=2), [4, 30], "f16"),
    "eurobert": (EuroBertForSequenceClassification, EuroBertConfig(**DECODER, num_labels=3),
                 [4, 30], "f16"),
    "eurobert-mean": (EuroBertForSequenceClassification,
                      EuroBertConfig(**DECODER, classifier_pooling="mean", num_labels=2), [4, 20],
                      "f16"),
    "gpt2": (GPT2ForSequenceClassification,
             GPT2Config(vocab_size=VOCABULARY, n_embd=32, n_layer=2, n_head=4, n_inner=48,
                        n_positions=64, scale_attn_by_inverse_layer_idx=True, pad_token_id=2,
                        bos_token_id=2, eos_token_id=2, num_labels=2), [4, 64], "bin"),
    "gpt-neox": (GPTNeoXForSequenceClassification,
                 GPTNeoXConfig(**SIZES, pad_token_id=1, bos_token_id=1, eos_token_id=1,
                               rope_parameters={"rope_type": "default", "rope_theta": 100.0,
                                                "partial_rotary_factor": 0.5}, num_labels=3),
                 [4, 40], "f16"),
    "gpt-neox-serial": (GPTNeoXForSequenceClassification,
                        GPTNeoXConfig(**SIZES, use_parallel_residual=False, attention_bias=False,
                                      pad_token_id=1, bos_token_id=1, eos_token_id=1,
                                      num_labels=2), [4, 20], "f16"),
    "nomic-bert": (NomicBertForSequenceClassification,
                   NomicBertConfig(**SIZES, num_labels=2,
                                   rope_parameters={"rope_type": "dynamic", "rope_theta": 100.0,
                                                    "factor": 2.0}), [4, 30], "f16"),
    "gte": (GteForSequenceClassification, GteConfig(**SIZES, pad_token_id=1, num_labels=3), [4, 30],
            "f16"),
    "jina-v3": (JinaEmbeddingsV3ForSequenceClassification,
                JinaEmbeddingsV3Config(**SIZES, num_labels=2), [4, 30], "f16"),
    "bigbird": (BigBirdForSequenceClassification,
                BigBirdConfig(**SIZES, attention_type="original_full", num_labels=3), [4, 64], "f16"),
    # Full attention for texts of up to 28 tokens.
    "bigbird-sparse": (BigBirdForSequenceClassification,
                       BigBirdConfig(**SIZES, attention_type="block_sparse", block_size=4,
                                     num_random_blocks=1, num_labels=2), [5, 28], "f16"),
    # Full attention for texts of up to 27 tokens; of the others' blocks the last one is not always full.
    "bigbird-blocks": (BigBirdForSequenceClassification,
                       BigBirdConfig(**SIZES, attention_type="block_sparse", block_size=3,
                                     num_random_blocks=2, num_labels=2), [27, 31, 63, 28], "f16"),
    # Windows of a text's length and of a fraction of it.
    "longformer": (LongformerForSequenceClassification,
                   LongformerConfig(**dict(SIZES, max_position_embeddings=150, vocab_size=300),
                                    attention_window=[4, 12], type_vocab_size=1,
                                    layer_norm_eps=1e-5, pad_token_id=1, num_labels=3),
                   [1, 30, 60, 148], "f16"),
}
# Their positions depend on the longest text of a batch, or they can't tell padding in one, or they read
# a short text otherwise beside a long one.
ALONE = ("llama-dynamic", "phi3", "bigbird-blocks")
# The text with all that attention is asked for: as long as it must be to have something that is not seen.
MAP_TOKENS = {"bigbird-blocks": 30, "longformer": 24}

DTYPES = {"bf16": torch.bfloat16, "f32": torch.float32}


def built(kind, configuration, seed, dtype):
    """A model with weights large enough that layers, heads and positions differ."""
    configuration._attn_implementation = "eager"
    model = kind(configuration).eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            is_norm = parameter.dim() == 1 and name.endswith("weight")
            size = 0.1 if parameter.dim() == 1 else 1.3 / math.sqrt(parameter.shape[-1])
            # What stands before a layer's own name tells words and positions.
            if any(part in name for part in ("embeddings", "embed_tokens", "embed_in", "wte", "wpe")
                   ) and parameter.dim() == 2:
                size = 0.6
            parameter.copy_(((1 if is_norm else 0) + size * noise).to(dtype).float())
    return model


# Whole maps where transformers keeps some diagonals or blocks of them. Both are compared with what
# transformers computes.
MAPS = []
RELEVANT = False


def weighed(query, key, value, times):
    """The maps of attention whose keys count `times` for each query, and what they mix."""
    if RELEVANT:
        query, key, value = halved(query, 4), halved(key, 4), halved(value, 2)
    scores = query @ key.transpose(2, 3) / math.sqrt(query.shape[-1])
    return (scores + times.log().clamp(min=-1e9)).softmax(-1), value


def whole_longformer(self, hidden_states, is_index_masked=None, **_):
    def heads(layer):
        shape = (len(hidden_states), -1, self.num_heads, self.head_dim)
        return layer(hidden_states).view(shape).transpose(1, 2)
    place = torch.arange(hidden_states.shape[1])
    near = (place[:, None] - place).abs() <= self.one_sided_attn_window_size
    near[:, 0] = True
    read = ~is_index_masked[:, None, None]
    parts = [weighed(*map(heads, layers), (times & read).to(hidden_states.dtype))
             for layers, times in [
                 ((self.query, self.key, self.value), near),
                 ((self.query_global, self.key_global, self.value_global), torch.ones_like(near))]]
    (rest, values), (first, first_values) = parts
    maps = torch.cat([first[:, :, :1], rest[:, :, 1:]], dim=2)
    MAPS.append(maps)
    output = torch.cat([maps[:, :, :1] @ first_values, maps[:, :, 1:] @ values], dim=2)
    return (output.transpose(1, 2).flatten(2),)


def whole_bigbird(self, hidden_states, to_mask=None, **_):
    def heads(layer):
        shape = (len(hidden_states), -1, self.num_attention_heads, self.attention_head_size)
        return layer(hidden_states).view(shape).transpose(1, 2)
    count = hidden_states.shape[1] // self.block_size
    block = torch.arange(count)
    times = ((block[:, None] - block).abs() <= 1).float()
    times[:, -1] = 1
    times[:, 0] = 1 + self.num_random_blocks
    times[0], times[-1] = 1, 1
    times = times.repeat_interleave(self.block_size, 0).repeat_interleave(self.block_size, 1)
    maps, values = weighed(*map(heads, (self.query, self.key, self.value)), times * to_mask)
    MAPS.append(maps)
    return (maps @ values).transpose(1, 2).flatten(2), maps


WHOLE = {LongformerSelfAttention: whole_longformer, BigBirdBlockSparseAttention: whole_bigbird}


class Whole:
    """Within, attention is computed with whole maps."""
    def __enter__(self):
        self.plain = {kind: kind.forward for kind in WHOLE}
        for kind, forward in WHOLE.items():
            kind.forward = (lambda forward: lambda self, hidden_states, *args, **more: forward(
                self, hidden_states, **dict(zip(("band_mask", "from_mask", "to_mask"), args)) | more))(forward)

    def __exit__(self, *_):
        for kind, forward in self.plain.items():
            kind.forward = forward


def fresh(model):
    """BigBird reads all texts with full attention as soon as it has read a short one."""
    if hasattr(model, "bert") and hasattr(model.bert, "set_attention_type"):
        model.bert.set_attention_type(model.config.attention_type)
    return model


def save(model, folder, way, dtype):
    model.config.architectures = None
    model.to(dtype).save_pretrained(
        folder, max_shard_size="20KB" if way in ("shards", "bin-shards") else "1GB")
    if way.startswith("bin"):
        state = model.state_dict()
        for path in folder.glob("*.safetensors*"):
            path.unlink()
        if way == "bin-shards":
            names = sorted(state)
            parts = [names[0::2], names[1::2]]
            places = {}
            for index, part in enumerate(parts):
                file = f"pytorch_model-{index + 1:05}-of-00002.bin"
                torch.save({name: state[name] for name in part}, folder / file)
                places |= {name: file for name in part}
            (folder / "pytorch_model.bin.index.json").write_text(
                json.dumps({"metadata": {}, "weight_map": places}))
        else:
            torch.save(state, folder / "pytorch_model.bin",
                       _use_new_zipfile_serialization=way == "bin")
    model.float()


def texts(lengths, seed):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randint(3, VOCABULARY, (1, length), generator=generator) for length in lengths]


def words(model, ids):
    return model.get_input_embeddings()(ids).detach().requires_grad_()


def from_words(model, ids, x, **more):
    """What the model says of these ids with `x` in place of their word embeddings."""
    def put(_, __, found):
        # Padding of the model's own stands behind.
        return torch.cat([x, found[:, x.shape[1]:].detach()], dim=1)
    handle = model.get_input_embeddings().register_forward_hook(put)
    try:
        return fresh(model)(input_ids=ids, **more)
    finally:
        handle.remove()


def values_of(model):
    """The linear layers whose outputs hold the value vectors, and where in the output those are."""
    found = []
    for name, module in model.named_modules():
        last = name.rsplit(".", 1)[-1]
        if last in ("value", "value_global", "v_lin", "v", "value_proj", "v_proj"):
            found.append((module, slice(0, None)))
        elif last == "Wqkv":
            found.append((module, slice(2 * module.out_features // 3, None)))
        elif last == "c_attn":
            found.append((module, slice(2 * module.nf // 3, None)))
        elif last == "qkv_proj":
            # As many values as keys: what is left when the output's inputs, the queries, are taken off.
            queries = dict(model.named_modules())[name.replace("qkv_proj", "o_proj")].in_features
            found.append((module, slice((queries + module.out_features) // 2, None)))
        elif last == "query_key_value":
            # Of each head its query, its key and its value.
            heads, width = SIZES["num_attention_heads"], module.out_features
            found.append((module, [place for place in range(width)
                                   if place % (width // heads) >= 2 * width // heads // 3]))
    return found


def zeroed(model, ids, token):
    """Logits with one token's value vectors zero in all layers."""
    def hook(places):
        def zero(_, __, output):
            output = output.clone()
            output[:, token, places] = 0
            return output
        return zero
    hooks = [module.register_forward_hook(hook(places)) for module, places in values_of(model)]
    with torch.no_grad():
        logits = fresh(model)(input_ids=ids).logits
    for handle in hooks:
        handle.remove()
    return logits[0]


def layers_of(model):
    """The modules that are one layer each, as often as they are called."""
    kinds = ("BertLayer", "TransformerBlock", "RobertaLayer", "XLMRobertaLayer", "CamembertLayer",
             "BigBirdLayer", "LongformerLayer", "ElectraLayer", "AlbertLayer", "MPNetLayer", "DebertaV2Layer", "ModernBertEncoderLayer",
             "GPT2Block", "GPTNeoXLayer", "NomicBertLayer", "GteLayer", "JinaEmbeddingsV3Layer")
    return [module for module in model.modules()
            if type(module).__name__ in kinds or type(module).__name__.endswith("DecoderLayer")]


def value_zeroing(model, ids):
    """Mohebbi et al. 2023: 1 - cos of each layer's outputs with and without a token's values."""
    calls = []
    def record(module, args, kwargs, output):
        calls.append((module, args, kwargs, output[0] if isinstance(output, tuple) else output))
    hooks = [m.register_forward_hook(record, with_kwargs=True) for m in layers_of(model)]
    with torch.no_grad():
        fresh(model)(input_ids=ids)
        for handle in hooks:
            handle.remove()
        tokens = ids.shape[1]
        result = torch.zeros(len(calls), tokens, tokens)
        for layer, (module, args, kwargs, output) in enumerate(calls):
            for token in range(tokens):
                def zero(places):
                    def hook(_, __, output):
                        output = output.clone()
                        output[:, token, places] = 0
                        return output
                    return hook
                handles = [m.register_forward_hook(zero(places)) for m, places in values_of(module)]
                changed = module(*args, **kwargs)
                for handle in handles:
                    handle.remove()
                changed = changed[0] if isinstance(changed, tuple) else changed
                cosine = nn.functional.cosine_similarity(output, changed, dim=-1)
                # Padding of the model's own stands behind.
                result[layer, :, token] = 1 - cosine[0].reshape(-1)[:tokens]
    return result


# AttnLRP as gradient times input: rules in the backward pass, by detached factors.

def halved(x, by):
    return x / by + (x - x / by).detach()


def relevant_attention(module, query, key, value, attention_mask, scaling=None, dropout=0.0,
                       softcap=None, **_):
    query, key, value = halved(query, 4), halved(key, 4), halved(value, 2)
    key, value = (t.repeat_interleave(query.shape[1] // t.shape[1], dim=1) for t in (key, value))
    scaling = query.shape[-1] ** -0.5 if scaling is None else scaling
    weights = query @ key.transpose(2, 3) * scaling
    if softcap is not None:
        weights = weights * (softcap * (weights / softcap).tanh() / weights).detach()
    if attention_mask is not None:
        weights = weights + attention_mask
    weights = weights.softmax(-1)
    return (weights @ value).transpose(1, 2).contiguous(), weights


class RelevantFunction(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        y = self.function(x)
        return x * (y / x).detach()


def relevant_norm(self, x):
    mean = x.mean(-1, keepdim=True)
    deviation = ((x - mean).pow(2).mean(-1, keepdim=True) + self.eps).sqrt().detach()
    y = (x - mean) / deviation * self.weight
    return y if self.bias is None else y + self.bias


def relevant_root_mean_square(module):
    """Of the mean square as of a deviation above; Gemma's factors are what they are beyond 1."""
    epsilon = getattr(module, "variance_epsilon", None) or module.eps
    offset = 1 if type(module).__name__.startswith("Gemma") else 0
    def forward(x):
        return x / (x.pow(2).mean(-1, keepdim=True) + epsilon).sqrt().detach() * (module.weight + offset)
    return forward


def relevant_gate(module):
    def forward(x):
        if hasattr(module, "gate_up_proj"):
            gate, up = module.gate_up_proj(x).chunk(2, dim=-1)
            function = module.activation_fn
        else:
            gate, up, function = module.gate_proj(x), module.up_proj(x), module.act_fn
        return module.down_proj(halved(function(gate) * up, 2))
    return forward


def relevance(model, ids, target):
    """The modified gradient at the word embeddings; only where attention is an interface."""
    ALL_ATTENTION_FUNCTIONS.register("relevant", relevant_attention)
    ALL_MASK_ATTENTION_FUNCTIONS.register("relevant", eager_mask)
    model.config._attn_implementation = "relevant"
    plain = nn.LayerNorm.forward
    nn.LayerNorm.forward = relevant_norm
    global RELEVANT
    RELEVANT = True
    tanh = torch.tanh
    torch.tanh = RelevantFunction(tanh)
    replaced = []
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            kind = type(child).__name__
            if kind.endswith(("GELU", "GELUActivation", "GELUTanh", "SiLUActivation", "Tanh")):
                replaced.append((module, name, child))
                setattr(module, name, RelevantFunction(child))
        for part, rule in (("RMSNorm", relevant_root_mean_square), ("MLP", relevant_gate)):
            if type(module).__name__.endswith(part) and (part == "RMSNorm" or hasattr(module, "down_proj")):
                replaced.append((module, "forward", None))
                module.forward = rule(module)
        if type(module).__name__ == "ModernBertMLP":
            forward = module.forward
            replaced.append((module, "forward", None))
            def gated(x, module=module):
                first, gate = module.Wi(x).chunk(2, dim=-1)
                return module.Wo(halved(module.act(first) * gate, 2))
            module.forward = gated
    x = words(model, ids)
    from_words(model, ids, x).logits[0, target].backward()
    nn.LayerNorm.forward = plain
    RELEVANT = False
    torch.tanh = tanh
    for module, name, child in replaced:
        if child is None:
            del module.forward
        else:
            setattr(module, name, child)
    model.config._attn_implementation = "eager"
    return x.grad[0]


def tanh_is_a_function(name):
    """These heads call torch.tanh itself, which can't be replaced module by module."""
    return name in ("roberta", "xlm-roberta", "camembert", "mpnet", "jina-v3")


def expected(model, name, batch):
    out = {}
    stride = 7
    for index, ids in enumerate(batch):
        with torch.no_grad():
            out[f"text.{index}.ids"] = ids[0].float()
            out[f"text.{index}.logits"] = fresh(model)(input_ids=ids).logits[0]
        x = words(model, ids)
        logits = from_words(model, ids, x).logits[0]
        gradients = [torch.autograd.grad(logits[c], x, retain_graph=True)[0][0]
                     for c in range(logits.shape[0])]
        step = stride if ids.shape[1] > 64 else 1
        out[f"text.{index}.gradients"] = torch.stack(gradients)[:, ::step].contiguous()
    # Padded to one length, as transformers itself does it: the same up to rounding.
    padding = model.config.pad_token_id or 0
    longest = max(ids.shape[1] for ids in batch)
    padded = torch.full((len(batch), longest), padding)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    for row, ids in enumerate(batch):
        padded[row, :ids.shape[1]] = ids[0]
        mask[row, :ids.shape[1]] = 1
    with torch.no_grad():
        out["padded.logits"] = torch.stack(
            [out[f"text.{row}.logits"] for row in range(len(batch))]
        ) if name in ALONE else model(input_ids=padded, attention_mask=mask).logits
    # One short text with all that attention is asked for.
    ids = batch[1][:, :MAP_TOKENS.get(name, 12)]
    if name not in MAP_TOKENS:
        return asked(model, name, ids, out)
    with torch.no_grad():
        plain = fresh(model)(input_ids=ids).logits
        with Whole():
            assert (fresh(model)(input_ids=ids).logits - plain).abs().max() < 2e-6
    with Whole():
        return asked(model, name, ids, out)


def asked(model, name, ids, out):
    """Adds what attention is asked for."""
    x = words(model, ids)
    if name in MAP_TOKENS:
        MAPS.clear()
        result = from_words(model, ids, x)
        maps = list(MAPS)
    else:
        result = from_words(model, ids, x, output_attentions=True)
        maps = list(result.attentions)
    target = result.logits.shape[1] - 1
    gradients = torch.autograd.grad(result.logits[0, target], maps)
    out["maps.ids"] = ids[0].float()
    out["maps.weights"] = torch.cat(maps).detach()
    out["maps.gradients"] = torch.cat(gradients)
    out["zeroed.logits"] = torch.stack([zeroed(model, ids, t) for t in range(ids.shape[1])])
    out["zeroing.layers"] = value_zeroing(model, ids)
    if not name.startswith(("deberta", "mpnet", "bigbird")) and not tanh_is_a_function(name):
        out["relevance"] = relevance(model, ids, target)
    return {key: value.detach().contiguous() for key, value in out.items()}


CORPUS = [
    "The film is not bad at all, it is a small wonder.", "I did not like the ending of the film.",
    "A dull, slow and empty story; nothing works.", "What a charming and clever little film!",
    "Nothing is as good as the first half, and the rest is bad."]
TEXTS = [
    "Not bad at all.", "", "The unbelievable ending — a WONDER, isn't it?",
    "Café naïve 你好 🙂", "  two  spaces\nand a line ", "film " * 90]


def tokenizer_of(name):
    """A tokenizer of the family's kind; nil where the folder needs none for its tests."""
    if name in ("bert", "bert-multi-label", "distilbert"):
        tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
        trainer = trainers.WordPieceTrainer(
            vocab_size=VOCABULARY, special_tokens=names, show_progress=False)
        frame = ("[CLS]", "[SEP]")
    elif name in ("roberta", "longformer"):
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.decoder = decoders.ByteLevel()
        names = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
        trainer = trainers.BpeTrainer(
            vocab_size=300, special_tokens=names, show_progress=False,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
        frame = ("<s>", "</s>")
    elif name in ("albert", "deberta-v3"):
        tokenizer = Tokenizer(models.Unigram())
        tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        names = ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"]
        trainer = trainers.UnigramTrainer(
            vocab_size=VOCABULARY, special_tokens=names, unk_token="<unk>", show_progress=False)
        frame = ("[CLS]", "[SEP]")
    elif name in ("llama", "gemma"):
        names = ["<pad>", "<s>", "</s>", "<unk>"]
        frame = ("<s>", None)
        if name == "llama":
            # As Llama's third generation.
            tokenizer = Tokenizer(models.BPE(ignore_merges=True))
            pattern = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|"
                       r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
            tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
                pre_tokenizers.Split(Regex(pattern), "isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
            tokenizer.decoder = decoders.ByteLevel()
            trainer = trainers.BpeTrainer(
                vocab_size=300, special_tokens=names, show_progress=False,
                initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
        else:
            # Bytes for what the vocabulary lacks.
            tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
            tokenizer.normalizer = normalizers.Replace(" ", "\u2581")
            tokenizer.pre_tokenizer = pre_tokenizers.Split("\u2581", "merged_with_previous")
            names += [f"<0x{byte:02X}>" for byte in range(256)]
            trainer = trainers.BpeTrainer(
                vocab_size=330, special_tokens=names, show_progress=False)
    else:
        return None
    tokenizer.train_from_iterator(CORPUS, trainer)
    if name == "gemma":
        # Bytes are no special tokens: a text that spells one is a text.
        document = json.loads(tokenizer.to_str())
        document["added_tokens"] = document["added_tokens"][:4]
        tokenizer = Tokenizer.from_str(json.dumps(document))
    if name in ("roberta", "longformer"):
        tokenizer.post_processor = processors.RobertaProcessing(
            ("</s>", tokenizer.token_to_id("</s>")), ("<s>", tokenizer.token_to_id("<s>")))
    else:
        tokenizer.post_processor = processors.TemplateProcessing(
            single=" ".join([frame[0], "$A"] + [token for token in frame[1:] if token]),
            special_tokens=[(token, tokenizer.token_to_id(token)) for token in frame if token])
    unknown, padding, mask = (next((n for n in names if part in n.lower()), None)
                              for part in ("unk", "pad", "mask"))
    if frame[1] is None:
        return PreTrainedTokenizerFast(
            tokenizer_object=tokenizer, unk_token=unknown, pad_token=padding, bos_token=frame[0],
            eos_token="</s>", model_max_length=64)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token=unknown, pad_token=padding, mask_token=mask,
        cls_token=frame[0], sep_token=frame[1], model_max_length=64)


def from_text(model, tokenizer):
    """What the model says of texts, and which ids it was given."""
    answers = []
    for text in TEXTS:
        ids = tokenizer(text, truncation=True)["input_ids"]
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([ids])).logits[0]
        answers.append({"text": text, "ids": ids, "logits": logits.tolist()})
    return answers


def main():
    for number, (name, (kind, configuration, lengths, way)) in enumerate(CASES.items()):
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        folder = HERE / name
        shutil.rmtree(folder, ignore_errors=True)
        dtype = DTYPES.get(way, torch.float16)
        model = built(kind, configuration, number, dtype)
        batch = texts(lengths, 100 + number)
        if name in ("roberta", "xlm-roberta", "camembert", "mpnet", "longformer"):
            # A padding token within a text: positions pass it over.
            batch[1][0, 5] = 1
        if getattr(configuration, "use_cache", None):
            configuration.use_cache = False
        if hasattr(model, "score"):
            padding = configuration.pad_token_id
            if padding is not None:
                # Padding at a text's end is not read, within it it is a token as any other.
                batch[1][0, -2:] = padding
                batch[1][0, 3] = padding
        results = expected(model, name, batch)
        spread = max(float((results["padded.logits"][row] - results[f"text.{row}.logits"]).abs().max())
                     for row in range(len(batch)))
        print(f"{name}: logits {results['text.1.logits'].tolist()}, padded differs by {spread:.1e}")
        tokenizer = tokenizer_of(name)
        answers = from_text(model, tokenizer) if tokenizer else None
        save(model, folder, way, dtype)
        if tokenizer:
            tokenizer.save_pretrained(folder)
            (folder / "answers.json").write_text(
                json.dumps(answers, ensure_ascii=False, indent=1) + "\n")
        if name == "modernbert-mean":
            old_style(folder)
        if name == "deberta-v3":
            (folder / "config.json").write_text(
                (folder / "config.json").read_text().replace(
                    '"pos_att_type": [\n    "p2c",\n    "c2p"\n  ]', '"pos_att_type": "p2c|c2p"'))
        save_file(results, folder / "expected.safetensors")


def old_style(folder):
    """As configurations were before transformers 5."""
    path = folder / "config.json"
    configuration = json.loads(path.read_text())
    del configuration["layer_types"]
    rope = configuration.pop("rope_parameters")
    configuration["global_attn_every_n_layers"] = 3
    configuration["global_rope_theta"] = rope["full_attention"]["rope_theta"]
    configuration["local_rope_theta"] = rope["sliding_attention"]["rope_theta"]
    path.write_text(json.dumps(configuration, indent=2) + "\n")


if __name__ == "__main__":
    main()
