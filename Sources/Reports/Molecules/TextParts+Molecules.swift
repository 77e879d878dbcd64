public import Datasets
internal import Molecules

extension TextParts {
  /// The groups and rings of molecules by the names that chemists give them, each with its atoms and with the
  /// bonds between them. A text that is no valid SMILES has none.
  public static let molecules = TextParts { text in
    guard text.utf8.count <= mostBytes else { return [] }
    let reading = SMILESReading(text)
    guard reading.problem == nil else { return [] }
    let molecule = reading.molecule
    return molecule.substructures.map { group in
      let atoms = Set(group.atoms)
      let bonds = molecule.bonds.filter { atoms.contains($0.from) && atoms.contains($0.to) }
      return Part(
        group.name,
        utf8Ranges: group.atoms.map { molecule.atoms[$0].range } + bonds.flatMap(\.ranges))
    }
  }

  /// Longer texts are polymers, or no molecules.
  private static let mostBytes = 4000
}
