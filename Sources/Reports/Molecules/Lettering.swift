internal import Molecules

/// The labels of a drawing's atoms and their possible positions, which do not depend on the size of
/// the drawing, so that they are computed once for all sizes that are tried.
struct Lettering {
  /// The label of one atom.
  struct Entry {
    var atom: Int
    /// In order of preference.
    var choices: [[LabelPlacement.Part]]
    /// Used if none of the choices is free.
    var shortest: [LabelPlacement.Part]
  }

  let depiction: Depiction
  /// Long labels first, because they have the fewest possible positions.
  let entries: [Entry]
  /// The corners of the rectangle around all atoms, where y points up.
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
