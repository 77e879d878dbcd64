#include "coordgen_shim.h"

#include <mutex>
#include <vector>

#include <coordgen/sketcherMinimizer.h>

const float coordgen_bond_length = BONDLENGTH;

namespace {

/// How often the force field is run. Drawings look the same with 1, the library's own choice, which
/// takes seconds for a macrocycle.
constexpr float precision = 0.01f;

/// The table of templates is one for the process, and filled at first use without a lock.
void load_templates() {
  static std::once_flag once;
  std::call_once(once, [] {
    // A build of the library that can read templates looks for a file in this folder; without a name
    // it would look where the user happens to be.
    sketcherMinimizer::setTemplateFileDir("/dev/null/");
    sketcherMinimizer::loadTemplates();
  });
}

void place(
  const coordgen_atom *atoms, int32_t atom_count, const coordgen_bond *bonds, int32_t bond_count,
  float *places) {
  load_templates();
  sketcherMinimizer minimizer(precision);
  // The minimizer frees the molecule with its atoms and bonds.
  auto *molecule = new sketcherMinimizerMolecule();
  std::vector<sketcherMinimizerAtom *> placed;
  placed.reserve(atom_count);
  for (int32_t i = 0; i < atom_count; i++) {
    auto *atom = molecule->addNewAtom();
    atom->setAtomicNumber(atoms[i].atomic_number);
    atom->charge = atoms[i].charge;
    atom->_implicitHs = atoms[i].hydrogens;
    atom->constrained = atoms[i].had_place != 0;
    atom->templateCoordinates = sketcherMinimizerPointF(atoms[i].x, atoms[i].y);
    placed.push_back(atom);
  }
  for (int32_t i = 0; i < bond_count; i++) {
    auto *bond = molecule->addNewBond(placed[bonds[i].from], placed[bonds[i].to]);
    bond->setBondOrder(bonds[i].order);
    if (bonds[i].beside_from < 0) continue;
    sketcherMinimizerBondStereoInfo stereo;
    stereo.atom1 = placed[bonds[i].beside_from];
    stereo.atom2 = placed[bonds[i].beside_to];
    stereo.stereo = bonds[i].are_cis ? sketcherMinimizerBondStereoInfo::cis
                                     : sketcherMinimizerBondStereoInfo::trans;
    bond->setStereoChemistry(stereo);
  }
  // Which side is which can be said only once the neighbours are known.
  sketcherMinimizerMolecule::assignBondsAndNeighbors(
    molecule->getAtoms(), molecule->getBonds());
  for (auto *bond : molecule->getBonds()) bond->setAbsoluteStereoFromStereoInfo();
  minimizer.initialize(molecule);
  minimizer.runGenerateCoordinates();
  for (int32_t i = 0; i < atom_count; i++) {
    places[2 * i] = placed[i]->getCoordinates().x();
    places[2 * i + 1] = placed[i]->getCoordinates().y();
  }
}

}  // namespace

extern "C" int coordgen_place(
  const coordgen_atom *atoms, int32_t atom_count, const coordgen_bond *bonds, int32_t bond_count,
  float *places) {
  try {
    place(atoms, atom_count, bonds, bond_count, places);
    return 0;
  } catch (...) {
    return 1;
  }
}
