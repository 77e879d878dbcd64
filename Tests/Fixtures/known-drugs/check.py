"""Checks the SMILES of KnownDrug.swift with RDKit: each is valid and has the formula in formulas.tsv.

    pip install rdkit==2026.9.1
    python check.py
"""

import pathlib
import re

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

here = pathlib.Path(__file__).parent
source = here / "../../../Sources/Explorer/Screens/Explore/Molecule/KnownDrug.swift"
drugs = dict(re.findall(r'KnownDrug\(\s*"([^"]+)",\s*"([^"]+)"\)', source.read_text()))
formulas = dict(line.split("\t") for line in (here / "formulas.tsv").read_text().splitlines())
assert drugs.keys() == formulas.keys(), drugs.keys() ^ formulas.keys()
for name, smiles in drugs.items():
    molecule = Chem.MolFromSmiles(smiles.replace("\\\\", "\\"))
    assert molecule is not None, name
    assert CalcMolFormula(molecule) == formulas[name], (name, CalcMolFormula(molecule))
print(f"{len(drugs)} drugs have their formulas")
