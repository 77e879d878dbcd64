"""A classifier of Qwen2.5-0.5B's shape with random weights in bfloat16, in shards, to measure with.

python generate.py FOLDER [1.5B]   (packages: ../adapters/requirements.txt; 1 GB, or 3 GB)

    python generate.py /tmp/qwen
    command time -v whylight predict --model /tmp/qwen "$(cat /tmp/qwen/text.txt)"

text.txt has 64 tokens. Prints what transformers says of it, in single precision.
"""

import pathlib
import sys

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForSequenceClassification

torch.manual_seed(20)
folder = pathlib.Path(sys.argv[1])
shapes = {
    "0.5B": dict(hidden_size=896, intermediate_size=4864, num_hidden_layers=24, num_attention_heads=14),
    "1.5B": dict(hidden_size=1536, intermediate_size=8960, num_hidden_layers=28, num_attention_heads=12),
}
config = Qwen2Config(**shapes[(sys.argv[2:] or ["0.5B"])[0]], num_key_value_heads=2, vocab_size=151_936,
                     rope_theta=1_000_000.0, num_labels=2, pad_token_id=0, eos_token_id=1, bos_token_id=1)
torch.set_default_dtype(torch.bfloat16)
model = Qwen2ForSequenceClassification(config)
torch.set_default_dtype(torch.float32)
model.save_pretrained(folder, max_shard_size="400MB")
words = {"[PAD]": 0, "[UNK]": 1} | {f"word{number}": number + 2 for number in range(2000)}
tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]").save_pretrained(folder)
text = " ".join(f"word{number * 37 % 2000}" for number in range(64))
(folder / "text.txt").write_text(text + "\n")
ids = torch.tensor([tokenizer.encode(text).ids])
with torch.no_grad():
    print(model.float().eval()(input_ids=ids).logits.tolist())
