"""Places of some molecules in the plane, by CoordGen, so that drawings in tests do not depend on its version.

    python3.11 -m venv /tmp/peers && /tmp/peers/bin/pip install -r requirements.txt
    /tmp/peers/bin/python generate.py
"""

import json
import statistics

from rdkit import Chem, rdBase
from rdkit.Chem import rdCoordGen

MOLECULES = {
    "benzene": "c1ccccc1",
    "aspirin": "CC(=O)Oc1ccccc1C(=O)O",
    "caffeine": "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
    "rivaroxaban": "O=C1COCCN1c1ccc(cc1)N1C[C@H](CNC(=O)c2ccc(Cl)s2)OC1=O",
    "morphine": "CN1CC[C@]23c4c5ccc(O)c4O[C@H]2[C@@H](O)C=C[C@H]3[C@H]1C5",
    "erythromycin": "CC[C@H]1OC(=O)[C@H](C)[C@@H](O[C@H]2C[C@@](C)(OC)[C@@H](O)[C@H](C)O2)[C@H](C)"
    "[C@@H](O[C@@H]2O[C@H](C)C[C@@H]([C@H]2O)N(C)C)[C@](C)(O)C[C@@H](C)C(=O)[C@H](C)[C@@H](O)[C@]1(C)O",
    "salt": "[Na+].[Cl-].CC(=O)[O-].[NH3+]CC#N",
    "water": "O",
    "isotope": "[13CH3]C#C[N+](C)(C)C",
    "peptide": "NC(CCCCN)C(=O)NC(Cc1ccc(O)cc1)C(=O)" * 9 + "O",
    "ferrocene": "[Fe+2].c1cc[cH-]c1.c1cc[cH-]c1",
}


def places(smiles: str) -> list[list[float]]:
    molecule = Chem.MolFromSmiles(smiles)
    points = [None] * molecule.GetNumAtoms()
    left = 0.0
    parts = Chem.GetMolFrags(molecule, asMols=True)
    for atoms, part in zip(Chem.GetMolFrags(molecule), parts):
        rdCoordGen.AddCoords(part)
        position = part.GetConformer().GetPositions()[:, :2]
        ends = [(bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()) for bond in part.GetBonds()]
        lengths = [float(((position[a] - position[b]) ** 2).sum() ** 0.5) for a, b in ends]
        position = position / (statistics.median(lengths) if lengths else 1)
        middle = (position[:, 1].min() + position[:, 1].max()) / 2
        shift = left - position[:, 0].min()
        for atom, (x, y) in zip(atoms, position):
            points[atom] = [round(float(x + shift), 3), round(float(y - middle), 3)]
        left += position[:, 0].max() - position[:, 0].min() + 1.5
    return points


with open("depictions.jsonl", "w") as file:
    for name, smiles in MOLECULES.items():
        line = {"name": name, "smiles": smiles, "points": places(smiles)}
        file.write(json.dumps(line) + "\n")
print(rdBase.rdkitVersion)
