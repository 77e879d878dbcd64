#pragma once
// Places of atoms in the plane by Schrödinger's CoordGen, as a C function that gives a status and
// never throws. Safe to call from several threads at once.

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  int32_t atomic_number, charge;
  /// Hydrogens that are no atoms of their own.
  int32_t hydrogens;
  /// Whether it had a place before, and which: the drawing keeps near to it where it can.
  int32_t had_place;
  float x, y;
} coordgen_atom;

typedef struct {
  int32_t from, to, order;
  /// Of a double bond with known stereochemistry: a neighbour of either end and whether they are on
  /// the same side; otherwise `beside_from` is -1.
  int32_t beside_from, beside_to, are_cis;
} coordgen_bond;

/// Where a bond is this long.
extern const float coordgen_bond_length;

/// Places the atoms of one molecule, which has to hang together: `places[2 * i]` and
/// `places[2 * i + 1]` are x and y of atom i.
///
/// The layout is made of ideal fragments alone, and atoms may stand on each other. Where rings are opened, those of
/// nine atoms and more are laid out as chains, without a search for a shape, and their last bond may be long.
/// - Returns: 0 where all went well; an assertion of the library that does not hold is 2.
int coordgen_place(
  const coordgen_atom *atoms, int32_t atom_count, const coordgen_bond *bonds, int32_t bond_count,
  int32_t opens_rings, float *places);

/// Does what the library does where an assertion of its own does not hold, for tests.
/// - Returns: 2 where that is survived.
int coordgen_fail_assertion(void);

#ifdef __cplusplus
}
#endif
