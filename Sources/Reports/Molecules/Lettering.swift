internal import Molecules

/// What is written at the atoms of a drawing, and where it may stand, whatever the drawing's size: it is made
/// once for all sizes that are tried.
struct Lettering {
  /// What is written at one atom.
  struct Entry {
    var atom: Int
    /// In the order in which they are tried.
    var choices: [[LabelPlacement.Part]]
    /// Where no choice is free.
    var shortest: [LabelPlacement.Part]
  }

  let depiction: Depiction
  /// Long labels first: they have the fewest places.
  let entries: [Entry]
  /// The corners of the rectangle around all atoms, y upwards.
  let topLeft: Depiction.Point
  let bottomRight: Depiction.Point

  init(_ depiction: Depiction, isASCII: Bool) {
    self.depiction = depiction
    let (molecule, points) = (depiction.molecule, depiction.points)
    let labels = molecule.atoms.indices.compactMap { atom in
      AtomLabel(atom, of: molecule).map { (atom: atom, label: $0) }
    }
    entries = labels.sorted { $0.label.hydrogens > $1.label.hydrogens }.map { atom, label in
      let directions = molecule.neighbors(of: atom).map { other in
        let way = points[other].vector - points[atom].vector
        return way / max((way * way).sum().squareRoot(), 1e-6)
      }
      return Entry(
        atom: atom,
        choices: LabelPlacement(label, directions: directions, isASCII: isASCII).choices,
        shortest: [
          .init(column: 0, row: 0, text: label.symbol + label.chargeText(isASCII: isASCII))
        ])
    }
    let (xs, ys) = (points.lazy.map(\.x), points.lazy.map(\.y))
    topLeft = .init(x: xs.min() ?? 0, y: ys.max() ?? 0)
    bottomRight = .init(x: xs.max() ?? 0, y: ys.min() ?? 0)
  }
}
