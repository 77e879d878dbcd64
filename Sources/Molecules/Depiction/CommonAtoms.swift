import Glibc

/// The atoms that a molecule has in common with an earlier drawing, found by their positions in the
/// two texts.
struct CommonAtoms {
  /// The earlier coordinates of the molecule's atoms.
  let before: [Int: Depiction.Point]
  /// The earlier indices of the molecule's atoms.
  private let origins: [Int: Int]

  init(of molecule: Molecule, and previous: Depiction) {
    let (new, old) = (Array(molecule.text.utf8), Array(previous.molecule.text.utf8))
    let shorter = min(new.count, old.count)
    let start = zip(new, old).prefix { $0 == $1 }.count
    let end = min(
      zip(new.reversed(), old.reversed()).prefix { $0 == $1 }.count, shorter - start)
    let oldAtoms = Dictionary(
      previous.molecule.atoms.enumerated().map { ($1.range.lowerBound, $0) },
      uniquingKeysWith: { first, _ in first })
    var origins: [Int: Int] = [:]
    for (index, atom) in molecule.atoms.enumerated() {
      let place = atom.range.lowerBound
      let oldPlace: Int? =
        if place < start { place } else if place >= new.count - end {
          place - new.count + old.count
        } else { nil }
      if let oldPlace, let match = oldAtoms[oldPlace] { origins[index] = match }
    }
    self.origins = origins
    before = origins.mapValues { previous.points[$0] }
  }

  /// The earlier coordinates of a part that has not changed: it has the same elements, bonds and
  /// configurations of double bonds. nil for any other part.
  func unchanged(_ atoms: [Int], in molecule: Molecule, of old: Molecule) -> [Depiction.Point]? {
    let isSame = atoms.allSatisfy { atom in
      guard let origin = origins[atom], molecule.atoms[atom].element == old.atoms[origin].element,
        molecule.bonds(of: atom).count == old.bonds(of: origin).count
      else { return false }
      return molecule.bonds(of: atom).allSatisfy { bond in
        let other = molecule.bonds[bond].other(than: atom)
        guard let otherOrigin = origins[other],
          let oldBond = old.bond(between: origin, and: otherOrigin),
          molecule.bonds[bond].order == old.bonds[oldBond].order
        else { return false }
        let (new, before) = (
          molecule.stereo(ofDoubleBond: bond), old.stereo(ofDoubleBond: oldBond)
        )
        guard let new, let before else { return new == nil && before == nil }
        return origins[new.besideFrom] == before.besideFrom
          && origins[new.besideTo] == before.besideTo && new.areCis == before.areCis
      }
    }
    return isSame ? atoms.compactMap { before[$0] } : nil
  }

  /// The earlier coordinates of a part, where each new atom is placed in the middle of the widest
  /// gap around the atom that it is bound to. nil if only a few atoms of the part are in the
  /// earlier drawing.
  /// - Parameter graph: the part, whose atoms are numbered as in `atoms`.
  func patched(_ atoms: [Int], _ graph: LayoutGraph) -> [Depiction.Point]? {
    var places = atoms.map { atom in before[atom].map { SIMD2($0.x, $0.y) } }
    var reached = places.indices.filter { places[$0] != nil }
    guard 2 * reached.count > atoms.count else { return nil }
    var next = 0
    while next < reached.count {
      let atom = reached[next]
      next += 1
      guard let place = places[atom] else { continue }
      for neighbor in graph.neighbors[atom] where places[neighbor] == nil {
        let around = graph.neighbors[atom].compactMap { places[$0] }.map { $0 - place }
        let angle = Self.middleOfWidestGap(between: around.map { atan2($0.y, $0.x) })
        places[neighbor] = place + SIMD2(cos(angle), sin(angle))
        reached.append(neighbor)
      }
    }
    return places.map { Depiction.Point(x: $0?.x ?? 0, y: $0?.y ?? 0) }
  }

  /// With a single neighbour, a bond is drawn at an angle of 120 degrees to it.
  private static func middleOfWidestGap(between angles: [Float]) -> Float {
    guard let first = angles.first else { return 0 }
    guard angles.count > 1 else { return first + 2 * .pi / 3 }
    let sorted = angles.sorted()
    let gaps = sorted.indices.map { index in
      index + 1 < sorted.count
        ? sorted[index + 1] - sorted[index] : sorted[0] + 2 * .pi - sorted[index]
    }
    let widest = gaps.indices.max { gaps[$0] < gaps[$1] } ?? 0
    return sorted[widest] + gaps[widest] / 2
  }

  /// A layout rotated around its centre, and mirrored if that fits better, so that the distances to
  /// the earlier coordinates are minimal (the Procrustes problem in the plane).
  func aligned(_ layout: [Depiction.Point], of atoms: [Int]) -> [Depiction.Point] {
    let pairs = zip(atoms, layout).compactMap { atom, point in
      before[atom].map { (new: point, old: $0) }
    }
    guard pairs.count > 1 else { return layout }
    let new = Self.centered(pairs.map(\.new))
    let old = Self.centered(pairs.map(\.old))
    let plain = Fit(new, old)
    let mirrored = Fit(new.map { .init(x: -$0.x, y: $0.y) }, old)
    // Collinear points fit equally well both ways.
    guard mirrored.size > plain.size * 1.0001 + 1e-4 else {
      return layout.map { plain.rotated($0) }
    }
    return layout.map { mirrored.rotated(.init(x: -$0.x, y: $0.y)) }
  }

  /// All points moved together, so that those of the earlier drawing stay as close to their
  /// coordinates as possible.
  func moved(_ points: [Depiction.Point]) -> [Depiction.Point] {
    guard !before.isEmpty else { return points }
    var (x, y): (Float, Float) = (0, 0)
    for (atom, old) in before {
      x += old.x - points[atom].x
      y += old.y - points[atom].y
    }
    let count = Float(before.count)
    return points.map { .init(x: $0.x + x / count, y: $0.y + y / count) }
  }

  private static func centered(_ points: [Depiction.Point]) -> [Depiction.Point] {
    let count = Float(points.count)
    let x = points.reduce(0) { $0 + $1.x } / count
    let y = points.reduce(0) { $0 + $1.y } / count
    return points.map { .init(x: $0.x - x, y: $0.y - y) }
  }

  /// The rotation that brings points closest to others.
  private struct Fit {
    private let cosine: Float
    private let sine: Float
    /// A measure of the fit; larger is better.
    let size: Float

    init(_ points: [Depiction.Point], _ targets: [Depiction.Point]) {
      var (dot, cross): (Float, Float) = (0, 0)
      for (point, target) in zip(points, targets) {
        dot += point.x * target.x + point.y * target.y
        cross += point.x * target.y - point.y * target.x
      }
      size = (dot * dot + cross * cross).squareRoot()
      cosine = size > 0 ? dot / size : 1
      sine = size > 0 ? cross / size : 0
    }

    func rotated(_ point: Depiction.Point) -> Depiction.Point {
      .init(x: cosine * point.x - sine * point.y, y: sine * point.x + cosine * point.y)
    }
  }
}
