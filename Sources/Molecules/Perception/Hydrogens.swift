extension Molecule {
  /// Adds the hydrogens that complete the valence of every atom without brackets (OpenSMILES,
  /// section 3.1.5). In an aromatic atom, one bond is left for the ring.
  mutating func fillHydrogens() {
    for atom in atoms.indices where !atoms[atom].isBracketed {
      let bonds = bondOrders(of: atom)
      let valence = Valence(of: atoms[atom].element)
      let free =
        if atoms[atom].isWrittenAromatic {
          // If the lowest valence is complete, like that of n in 1-methylpyrrole, no hydrogen is
          // added.
          (valence.values.first ?? 0) - bonds - 1
        } else { (valence.atLeast(bonds) ?? bonds) - bonds }
      atoms[atom].implicitHydrogens = max(0, free)
    }
  }

  /// The atoms with more bonds than is possible for their element.
  var valenceWarnings: [SMILESProblem] {
    atoms.indices.compactMap { index in
      let atom = atoms[index]
      guard let allowed = Valence.most(of: atom.element, charge: atom.charge) else { return nil }
      let found = bondOrders(of: index) + atom.hydrogens
      guard found > allowed else { return nil }
      return SMILESProblem(
        kind: .valence(
          element: atom.element, charge: atom.charge, found: found, allowed: allowed),
        range: atom.range)
    }
  }
}
