#include "coordgen_shim.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <functional>
#include <mutex>
#include <vector>

#include <coordgen/sketcherMinimizer.h>

const float coordgen_bond_length = BONDLENGTH;

namespace {

/// Where to go on if the library holds that something cannot be; null outside of it.
thread_local std::jmp_buf *assertion_exit = nullptr;

/// How much the library searches where it opens a ring and lays it out as a chain: it scores five layouts, ten
/// thousand times this, instead of ten thousand. What is wrong with the layout is put right by the caller, in less time.
constexpr float precision = 0.0005f;

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
  bool opens_rings, float *places) {
  load_templates();
  sketcherMinimizer minimizer(precision);
  minimizer.m_minimizer.skipAvoidClashes = true;
  minimizer.setForceOpenMacrocycles(opens_rings);
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

// Debian's library is built with its assertions, and a molecule that it does not expect would end the process.
// The program's own symbol comes before that of the C library. What the library allocated is lost then.
extern "C" void __assert_fail(
  const char *assertion, const char *file, unsigned int line, const char *function) noexcept {
  if (assertion_exit != nullptr) std::longjmp(*assertion_exit, 1);
  std::fprintf(stderr, "%s:%u: %s: Assertion `%s' failed.\n", file, line, function, assertion);
  std::abort();
}

namespace {

/// 0; 1 where it threw; 2 where an assertion did not hold.
int guarded(const std::function<void()> &body) {
  std::jmp_buf exit;
  if (setjmp(exit) != 0) {
    assertion_exit = nullptr;
    return 2;
  }
  assertion_exit = &exit;
  int status = 0;
  try {
    body();
  } catch (...) {
    status = 1;
  }
  assertion_exit = nullptr;
  return status;
}

}  // namespace

extern "C" int coordgen_place(
  const coordgen_atom *atoms, int32_t atom_count, const coordgen_bond *bonds, int32_t bond_count,
  int32_t opens_rings, float *places) {
  return guarded(
    [=] { place(atoms, atom_count, bonds, bond_count, opens_rings != 0, places); });
}

extern "C" int coordgen_fail_assertion(void) {
  return guarded([] {
    using Handler = void (*)(const char *, const char *, unsigned int, const char *);
    // as the library finds it
    auto handler = reinterpret_cast<Handler>(dlsym(RTLD_DEFAULT, "__assert_fail"));
    if (handler != nullptr) handler("false", "none", 0, "coordgen_fail_assertion");
  });
}
