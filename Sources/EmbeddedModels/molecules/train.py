"""Makes the molecules model that is embedded in Whylight, from packages that pip installs.

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python train.py --work /tmp/molecules

The product is a folder of Whylight's own model format, written to the folder of this script
unless `--out` names another. `--work` keeps what the stages hand to each other (a stage whose
product is there is skipped) and receives `export.pkl`, the learner as fastai exports it.

The method, in the order of the stages:

1. Data.  B3DB's molecules, each once, in RDKit's canonical spelling, split by scaffold:
   no ring system of the test set stands in the training set.
2. Spellings.  A molecule has many SMILES; the model learns each from six of them.
3. Language model.  An AWD-LSTM learns what comes next in a training SMILES.
4. Classifier.  The same encoder learns whether a molecule passes the blood-brain barrier. The
   validation set chooses the epoch, the test set is scored once.
5. Export.  Half precision, a self check, a sample of the test set, the export of the learner.
"""

import argparse
import collections
import copy
import json
import math
import os
import random
import re
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pandas
import torch
from rdkit import Chem, RDLogger
from rdkit.Chem.Scaffolds.MurckoScaffold import MurckoScaffoldSmiles
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).resolve().parent
SEED = 0
CLASSES = ["BBB-", "BBB+"]
EMBEDDING_SIZE, HIDDEN_SIZE, LAYERS = 96, 320, 2
LANGUAGE_EPOCHS, EPOCHS = 2, 5
LANGUAGE_RATE, PEAK_RATE = 1e-2, 4e-3


def seed_everything(seed: int = SEED) -> None:
    """Every stage begins with this, so that a cached stage changes nothing in the next."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


_started = time.time()


def log(*parts) -> None:
    print(f"[{time.time() - _started:6.0f} s]", *parts, flush=True)


# 1. Data -------------------------------------------------------------------------------------


def read_molecules() -> pandas.DataFrame:
    """smiles, label, part ("train", "valid", "test"); each molecule once."""
    import B3DB

    rows = pandas.read_csv(Path(B3DB.__file__).parent / "B3DB_classification.tsv", sep="\t")
    found = []
    for smiles, group in zip(rows["SMILES"], rows["BBB+/BBB-"]):
        molecule = Chem.MolFromSmiles(smiles)
        if molecule is None:
            continue
        scaffold = MurckoScaffoldSmiles(mol=molecule, includeChirality=False)
        # Molecules without rings have no scaffold: only stereoisomers of each other belong together.
        flat = Chem.MolToSmiles(molecule, isomericSmiles=False)
        found.append((Chem.MolToSmiles(molecule), group, scaffold or f"acyclic:{flat}"))
    frame = pandas.DataFrame(found, columns=["smiles", "label", "scaffold"])
    frame = frame.drop_duplicates("smiles").reset_index(drop=True)
    frame["part"] = scaffold_split(list(frame.scaffold))
    return frame


def scaffold_split(scaffolds: list[str]) -> list[str]:
    """80/10/10. Scaffolds of more than 20 molecules are trained on, the others fall by lot."""
    groups = collections.defaultdict(list)
    for row, scaffold in enumerate(scaffolds):
        groups[scaffold].append(row)
    ordered = sorted(groups.values(), key=lambda rows: (-len(rows), rows[0]))
    few = [rows for rows in ordered if len(rows) <= 20]
    random.Random(SEED).shuffle(few)
    parts, tenth = ["train"] * len(scaffolds), 0.1 * len(scaffolds)
    sizes = collections.Counter()
    for rows in few:
        part = next((p for p in ("test", "valid") if sizes[p] < tenth), None)
        if part is None:
            break
        sizes[part] += len(rows)
        for row in rows:
            parts[row] = part
    return parts


# 2. Spellings --------------------------------------------------------------------------------

RANDOM_AROMATIC, RANDOM_KEKULE = 4, 1


def spellings(smiles: str) -> list[str]:
    """Five random SMILES of a molecule: four as RDKit writes them, one with its aromatic rings in
    single and double bonds, which is how many databases print them."""
    molecule = Chem.MolFromSmiles(smiles)
    kekule = Chem.Mol(molecule)
    Chem.Kekulize(kekule, clearAromaticFlags=True)
    return [
        *Chem.MolToRandomSmilesVect(molecule, RANDOM_AROMATIC, randomSeed=SEED + 1),
        *Chem.MolToRandomSmilesVect(kekule, RANDOM_KEKULE, randomSeed=SEED + 1),
    ]


class SMILESTokenizer:
    """An atom, a bond, a branch, a ring number is a token; `xxbos` in front."""

    PATTERN = re.compile(
        r"\[[^\]]+\]|Br|Cl|%\d\d|@@|[BCNOPSFIbcnops]|[0-9]|[()=#\-+\\/.~*:$@]"
    )

    def __call__(self, items):
        return (["xxbos", *self.PATTERN.findall(text)] for text in items)


def make_vocabulary(texts: list[str]) -> list[str]:
    """fastai's special tokens, then all that stand in the training texts at least 5 times."""
    from fastai.text.core import defaults

    counts = collections.Counter(t for tokens in SMILESTokenizer()(texts) for t in tokens)
    del counts["xxbos"]
    return [*defaults.text_spec_tok, *(t for t, n in counts.most_common() if n >= 5)]


def training_frame(molecules: pandas.DataFrame) -> pandas.DataFrame:
    """text, label, is_valid."""
    rows = []
    for smiles, label, part in zip(molecules.smiles, molecules.label, molecules.part):
        if part == "train":
            rows += [(text, label, False) for text in [smiles, *spellings(smiles)]]
        elif part == "valid":
            rows.append((smiles, label, True))
    return pandas.DataFrame(rows, columns=["text", "label", "is_valid"])


# 3. Language model ---------------------------------------------------------------------------

SIZES = dict(emb_sz=EMBEDDING_SIZE, n_hid=HIDDEN_SIZE, n_layers=LAYERS)


def text_block(vocabulary: list[str], is_lm: bool):
    from fastai.text.all import TextBlock

    return TextBlock.from_df(
        "text", vocab=vocabulary, is_lm=is_lm, seq_len=72, tok=SMILESTokenizer(), rules=[],
        n_workers=0,
    )


def train_language_model(frame: pandas.DataFrame, vocabulary: list[str]) -> dict:
    """The encoder's weights."""
    from fastai.text.all import (
        AWD_LSTM, ColReader, ColSplitter, DataBlock, GradientClip, awd_lstm_lm_config,
        language_model_learner,
    )

    dls = DataBlock(
        blocks=text_block(vocabulary, is_lm=True), get_x=ColReader("text"),
        splitter=ColSplitter("is_valid"),
    ).dataloaders(frame, bs=64, seq_len=72, num_workers=0)
    config = awd_lstm_lm_config | SIZES | dict(
        output_p=0.1, hidden_p=0.1, input_p=0.1, embed_p=0.02, weight_p=0.1
    )
    learner = language_model_learner(dls, AWD_LSTM, config=config, pretrained=False, drop_mult=0.5)
    with learner.no_bar():
        learner.fit_one_cycle(
            LANGUAGE_EPOCHS, LANGUAGE_RATE, moms=(0.8, 0.7, 0.8), cbs=GradientClip(0.5)
        )
    return learner.model[0].state_dict()


# 4. Classifier -------------------------------------------------------------------------------


def new_learner(frame: pandas.DataFrame, vocabulary: list[str]):
    from fastai.text.all import (
        AWD_LSTM, CategoryBlock, ColReader, ColSplitter, CrossEntropyLossFlat, DataBlock, accuracy,
        awd_lstm_clas_config, text_classifier_learner,
    )

    dls = DataBlock(
        blocks=(text_block(vocabulary, is_lm=False), CategoryBlock(vocab=CLASSES, sort=False)),
        get_x=ColReader("text"), get_y=ColReader("label"), splitter=ColSplitter("is_valid"),
    ).dataloaders(frame, bs=64, num_workers=0)
    config = awd_lstm_clas_config | SIZES | dict(
        output_p=0.4, hidden_p=0.2, input_p=0.2, embed_p=0.02, weight_p=0.3
    )
    learner = text_classifier_learner(
        dls, AWD_LSTM, config=config, pretrained=False, drop_mult=0.4, n_out=2,
        loss_func=CrossEntropyLossFlat(), metrics=accuracy, lin_ftrs=[50], ps=[0.2],
    )
    learner.unfreeze()
    return learner


def train_classifier(learner, encoder: dict, valid: pandas.DataFrame) -> dict:
    """The weights after the epoch whose ROC-AUC on the validation set is best."""
    from fastai.text.all import Callback, GradientClip

    learner.model[0].module.load_state_dict(encoder)

    class KeepBest(Callback):
        order = 60  # after the recorder, which has the epoch's figures then
        best, state = -math.inf, None

        def after_epoch(self):
            area, _ = scores_of(self.learn, valid)
            figures = [*self.recorder.values[-1], area]
            log(f"epoch {self.epoch}:", *(f"{value:.4f}" for value in figures))
            if area >= self.best:
                self.best, self.state = area, copy.deepcopy(self.learn.model.state_dict())

    keep = KeepBest()
    with learner.no_bar(), learner.no_logging():
        learner.fit_one_cycle(
            EPOCHS, PEAK_RATE, moms=(0.9, 0.8, 0.9), wd=0.02, cbs=[keep, GradientClip(0.5)]
        )
    return keep.state


def ids_of(learner, text: str) -> list[int]:
    return learner.dls.test_dl([text]).dataset[0][0].tolist()


def logits_of(learner, texts: list[str]) -> np.ndarray:
    """[N, 2], one pass for each length, hence without padding: what a single text gives."""
    numbers = {token: i for i, token in enumerate(learner.dls.vocab[0])}
    by_length = collections.defaultdict(list)
    ids = [[numbers.get(t, 0) for t in tokens] for tokens in SMILESTokenizer()(texts)]
    for i, row in enumerate(ids):
        by_length[len(row)].append(i)
    result = np.zeros((len(texts), 2), np.float32)
    learner.model.eval()
    with torch.no_grad():
        for rows in by_length.values():
            learner.model.reset()
            result[rows] = learner.model(torch.tensor([ids[i] for i in rows]))[0].numpy()
    return result


def scores_of(learner, molecules: pandas.DataFrame) -> tuple[float, float]:
    """ROC-AUC and accuracy."""
    logits = logits_of(learner, list(molecules.smiles))
    return scores(logits, list(molecules.label))


def scores(logits: np.ndarray, labels: list[str]) -> tuple[float, float]:
    margin, passes = logits[:, 1] - logits[:, 0], np.array(labels) == CLASSES[1]
    return float(roc_auc_score(passes, margin)), float(np.mean((margin > 0) == passes))


# 5. Export -----------------------------------------------------------------------------------

SELF_CHECK = [
    "CCO", "c1ccccc1", "CC(=O)Oc1ccccc1C(=O)O", "CN1C=NC2=C1C(=O)N(C(=O)N2C)C",
    "Cn1c(=O)c2c(ncn2C)n(C)c1=O", "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O",
    "CN1CC[C@]23c4c5ccc(O)c4O[C@H]2[C@@H](O)C=C[C@H]3[C@H]1C5", "NCCc1ccc(O)c(O)c1",
    "OC(=O)CC(O)(CC(=O)O)C(=O)O", "FC(F)(F)c1ccc(OC(CCNC)c2ccccc2)cc1",
    "C/C=C\\C#N", "[Na+].[O-]C(=O)c1ccccc1", "C%12CCCCC%12", "[Fe]", "not a molecule", "",
]
SAMPLE_SIZE = 100


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


def sample_of(learner, test: pandas.DataFrame) -> list[dict]:
    """Every n-th molecule of the test set, with what the model says of it."""
    rows = test.iloc[:: len(test) // SAMPLE_SIZE].head(SAMPLE_SIZE)
    logits = logits_of(learner, list(rows.smiles))
    return [
        {"text": text, "label": label, "logits": [float(v) for v in values]}
        for text, label, values in zip(rows.smiles, rows.label, logits)
    ]


def write_folder(out: Path, learner, tensors, vocabulary, quality, sample, card: str) -> None:
    from fastai.text.core import defaults
    from safetensors.torch import save_file

    config = {
        "format": "whylight-model", "version": 1, "name": "molecules",
        "architecture": "awd-lstm", "classes": CLASSES, "problem": "single-label",
        "awd_lstm": {
            "emb_sz": EMBEDDING_SIZE, "n_hid": HIDDEN_SIZE, "n_layers": LAYERS, "bidir": False,
            "pad_token": 1, "bptt": 72, "max_len": 1440, "backwards": False, "y_range": None,
        },
        "tokenizer": {
            "kind": "fastai-split", "splitting": "xxbos smiles", "language": "en", "rules": [],
            "special_tokens": list(defaults.text_spec_tok), "vocabulary": "vocab.json",
        },
        "quality": {"set": "the scaffold test of B3DB", **quality},
    }
    logits = logits_of(learner, SELF_CHECK)
    probabilities = torch.tensor(logits).softmax(1).tolist()
    # White space is no token, and what no SMILES has is unknown: findall would leave it out.
    numbers = {token: i for i, token in enumerate(vocabulary)}
    checks = [
        {"text": text, "ids": [numbers.get(t, 0) for t in tokens], "probabilities": row}
        for text, tokens, row in zip(SELF_CHECK, SMILESTokenizer()(SELF_CHECK), probabilities)
        if "".join(tokens) == "xxbos" + text
    ]
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors, out / "model.safetensors", {"format": "pt"})
    texts = {
        "config.json": json.dumps(config, indent=2) + "\n",
        "vocab.json": one_a_line(vocabulary),
        "selfcheck.json": one_a_line(checks),
        "test_sample.json": one_a_line(sample),
        "MODEL_CARD.md": card,
    }
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8")


def one_a_line(values: list) -> str:
    lines = ",\n".join(json.dumps(value, ensure_ascii=False) for value in values)
    return f"[\n{lines}\n]\n"


QUOTED = {
    "caffeine": "Cn1c(=O)c2c(ncn2C)n(C)c1=O",
    "caffeine with double bonds": "CN1C=NC2=C1C(=O)N(C)C(=O)N2C",
    "levodopa": "N[C@@H](Cc1ccc(O)c(O)c1)C(=O)O",
    "dopamine": "NCCc1ccc(O)c(O)c1",
    "loperamide": "CN(C)C(=O)C(CCN1CCC(O)(c2ccc(Cl)cc2)CC1)(c1ccccc1)c1ccccc1",
    "ethanol": "CCO",
}


def quoted(learner) -> dict[str, float]:
    """How probably the molecules that the card quotes pass."""
    logits = torch.tensor(logits_of(learner, list(QUOTED.values())))
    return dict(zip(QUOTED, logits.softmax(1)[:, 1].tolist()))


def quality_of(learner, molecules: pandas.DataFrame) -> dict:
    area, accuracy = scores_of(learner, molecules)
    share = float(np.mean(molecules.label == CLASSES[1]))
    return {
        "rows": len(molecules), "accuracy": accuracy, "roc_auc": area,
        "majority": max(share, 1 - share),
    }


def model_card(learner, tensors, qualities, sample, vocabulary, minutes) -> str:
    rows = [
        f"| {part} | {q['rows']:,} | {q['roc_auc']:.3f} | {q['accuracy']:.3f} | {q['majority']:.3f} |"
        for part, q in qualities.items()
    ]
    sample_area, sample_accuracy = scores(
        np.array([row["logits"] for row in sample]), [row["label"] for row in sample]
    )
    size = sum(tensor.numel() for tensor in tensors.values())
    template = (HERE / "card_template.md").read_text(encoding="utf-8")
    return template.format(
        embedding=EMBEDDING_SIZE, hidden=HIDDEN_SIZE, layers=LAYERS, vocabulary=len(vocabulary),
        parameters=size, megabytes=2 * size / 1e6, scores="\n".join(rows),
        wrong=round(1 / (1 - qualities["test"]["accuracy"])),
        step=qualities["test"]["rows"] // SAMPLE_SIZE, sample_size=len(sample),
        sample_auc=sample_area, sample_accuracy=sample_accuracy,
        molecules=sum(q["rows"] for q in qualities.values()), seed=SEED, language_minutes=minutes[0],
        minutes=minutes[1], p=quoted(learner),
    )


def stage(file: Path, make):
    """What `make` gives, kept in a file."""
    if not file.exists():
        begin = time.time()
        torch.save((make(), (time.time() - begin) / 60), file)
    return torch.load(file)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = arguments.add_argument
    add("--work", type=Path, required=True, help="folder for intermediate files")
    add("--out", type=Path, default=HERE, help="folder of the model (this script's)")
    options = arguments.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    work = options.work
    torch.set_num_threads(1)
    RDLogger.DisableLog("rdApp.*")

    molecules = read_molecules()
    parts = {name: rows for name, rows in molecules.groupby("part")}
    frame = training_frame(molecules)
    vocabulary = make_vocabulary(list(frame.text[~frame.is_valid]))
    sizes = {name: len(rows) for name, rows in parts.items()}
    log(sizes, f"{len(frame)} rows, {len(vocabulary)} tokens")

    seed_everything()
    encoder, language_minutes = stage(
        work / "encoder.pt", lambda: train_language_model(frame, vocabulary)
    )
    log(f"language model: {language_minutes:.0f} minutes")
    seed_everything()
    learner = new_learner(frame, vocabulary)
    state, minutes = stage(
        work / "classifier.pt", lambda: train_classifier(learner, encoder, parts["valid"])
    )
    learner.model.load_state_dict(state)
    tensors = round_to_half(learner.model)
    sample = sample_of(learner, parts["test"])
    qualities = {part: quality_of(learner, parts[part]) for part in ("train", "valid", "test")}
    log(qualities)
    card = model_card(
        learner, tensors, qualities, sample, vocabulary, (language_minutes, minutes)
    )
    write_folder(options.out, learner, tensors, vocabulary, qualities["test"], sample, card)
    learner.path = work
    learner.export("export.pkl")


if __name__ == "__main__":
    main()
