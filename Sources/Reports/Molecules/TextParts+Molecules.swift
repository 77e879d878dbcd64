public import Datasets
internal import Molecules

extension TextParts {
  /// The groups and rings of molecules by their chemical names, each with its atoms and the bonds
  /// between them. A text that is not a valid SMILES has none.
  public static let molecules = TextParts(
    slices: MoleculeSlices.slices,
    parts: { text in
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
    }, facts: { facts(of: $0) })

  /// Longer texts are polymers or not molecules.
  private static let mostBytes = 4000

  /// The values of query fields for a molecule; for any other text, why it is not a molecule.
  private static func facts(of text: String) -> [QueryField: QueryValue] {
    let reading = SMILESReading(text)
    if let problem = reading.problem { return [.mistake: .text(problem.sentence)] }
    let molecule = reading.molecule
    let symbols = Set(molecule.atoms.map(\.element.symbol)).sorted()
    let rings = molecule.bonds.count - molecule.atoms.count + molecule.components.count
    let aromatic = molecule.rings.filter { ring in
      ring.allSatisfy { molecule.atoms[$0].isAromatic }
    }
    func number(_ count: Int) -> QueryValue { .number(Double(count)) }
    return [
      .len: number(molecule.atoms.count { $0.element.symbol != "H" }),
      .element: .text(searched(symbols)), .rings: number(rings),
      .aromatic: number(aromatic.count),
      .charge: number(molecule.atoms.reduce(0) { $0 + $1.charge }),
      .stereo: number(molecule.atoms.count { $0.chirality != nil }),
    ]
  }
}
