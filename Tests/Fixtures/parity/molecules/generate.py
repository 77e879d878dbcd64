"""Writes molecules.tsv: what RDKit says of molecules of B3DB (CC0), each in four spellings.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python generate.py

    # the same of 5,000 molecules, for the test alone: WHYLIGHT_MOLECULES=/tmp/all.tsv swift test …
    .venv/bin/python generate.py 5000 /tmp/all.tsv

The first lines are the patterns of Sources/Molecules/Substructures/NamedPattern.swift. A row is a text
with its atoms (atomic number, charge, hydrogens, aromatic or not, isotope), bonds (two atoms, order; 0
where it is aromatic), stereocentres (atom, 1 where the neighbours that follow run clockwise seen from
the first, neighbours), and the matches of the patterns (number of the pattern, sets of atoms).
"""

import csv
import importlib.util
import pathlib
import random
import re
import sys

from rdkit import Chem, RDLogger

HERE = pathlib.Path(__file__).parent
SOURCES = HERE.parents[3] / "Sources/Molecules/Substructures/NamedPattern.swift"
CLEANED = (Chem.SANITIZE_CLEANUP | Chem.SANITIZE_CLEANUP_ORGANOMETALLICS | Chem.SANITIZE_CLEANUPCHIRALITY
           | Chem.SANITIZE_CLEANUPATROPISOMERS)
CLOCKWISE = {Chem.ChiralType.CHI_TETRAHEDRAL_CW: 1, Chem.ChiralType.CHI_TETRAHEDRAL_CCW: 0}


def as_written(text):
    """The molecule without RDKit's corrections of charges and of stereocentres that are none."""
    molecule = Chem.MolFromSmiles(text, sanitize=False)
    Chem.SanitizeMol(molecule, Chem.SANITIZE_ALL ^ CLEANED)
    return molecule


def spellings(text):
    molecule = Chem.MolFromSmiles(text)
    kekulized = Chem.Mol(molecule)
    Chem.Kekulize(kekulized, clearAromaticFlags=True)
    return [
        text,
        Chem.MolToSmiles(kekulized, kekuleSmiles=True),
        Chem.MolToSmiles(molecule, doRandom=True),
        Chem.MolToSmiles(molecule, doRandom=True, allHsExplicit=True, allBondsExplicit=True),
    ]


def row(text, patterns):
    molecule = as_written(text)
    atoms = [
        f"{a.GetAtomicNum()},{a.GetFormalCharge()},{a.GetTotalNumHs()},{int(a.GetIsAromatic())},{a.GetIsotope()}"
        for a in molecule.GetAtoms()]
    bonds = []
    for b in molecule.GetBonds():
        order = 0 if b.GetIsAromatic() else int(b.GetBondTypeAsDouble())
        first, second = sorted((b.GetBeginAtomIdx(), b.GetEndAtomIdx()))
        bonds.append((first, second, order))
    centres = []
    for a in molecule.GetAtoms():
        if a.GetChiralTag() in CLOCKWISE:
            around = [b.GetOtherAtomIdx(a.GetIdx()) for b in a.GetBonds()]
            centres.append([a.GetIdx(), CLOCKWISE[a.GetChiralTag()]] + around)
    matches = []
    for number, pattern in enumerate(patterns):
        found = sorted(sorted(match) for match in molecule.GetSubstructMatches(pattern))
        if found:
            matches.append(f"{number}=" + "/".join(",".join(map(str, match)) for match in found))
    joined = (";".join(",".join(map(str, item)) for item in items) for items in (sorted(bonds), centres))
    return "\t".join([text, ";".join(atoms), *joined, ";".join(matches)])


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 80
    target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "molecules.tsv"
    RDLogger.DisableLog("rdApp.*")
    table = pathlib.Path(importlib.util.find_spec("B3DB").origin).parent / "B3DB_classification.tsv"
    with table.open(newline="") as file:
        texts = list(dict.fromkeys(line["SMILES"] for line in csv.DictReader(file, delimiter="\t")))
    random.seed(14)
    random.shuffle(texts)
    texts = [text for text in texts if Chem.MolFromSmiles(text)]
    if count < 1000:
        texts = [text for text in texts if len(text) <= 70]
    smarts = re.findall(
        r'NamedPattern\(\s*(?:ring|group): "[^"]+",\s*"([^"]+)"\s*\)', SOURCES.read_text(encoding="utf-8"))
    patterns = [Chem.MolFromSmarts(text) for text in smarts]
    Chem.rdBase.SeedRandomNumberGenerator(14)
    with target.open("w", encoding="utf-8") as file:
        file.writelines(f"pattern\t{text}\n" for text in smarts)
        for text in texts[:count]:
            for spelling in spellings(text):
                file.write(row(spelling, patterns) + "\n")


if __name__ == "__main__":
    main()
