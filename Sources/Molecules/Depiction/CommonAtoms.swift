/// The atoms that a molecule shares with an earlier drawing, found by their places in the two texts.
struct CommonAtoms {
  /// For atoms of the molecule: where they were drawn.
  let before: [Int: Depiction.Point]

  init(of molecule: Molecule, and previous: Depiction) {
    let (new, old) = (Array(molecule.text.utf8), Array(previous.molecule.text.utf8))
    let shorter = min(new.count, old.count)
    let start = zip(new, old).prefix { $0 == $1 }.count
    let end = min(
      zip(new.reversed(), old.reversed()).prefix { $0 == $1 }.count, shorter - start)
    let oldAtoms = Dictionary(
      previous.molecule.atoms.enumerated().map { ($1.range.lowerBound, $0) },
      uniquingKeysWith: { first, _ in first })
    var before: [Int: Depiction.Point] = [:]
    for (index, atom) in molecule.atoms.enumerated() {
      let place = atom.range.lowerBound
      let oldPlace: Int? =
        if place < start { place } else if place >= new.count - end {
          place - new.count + old.count
        } else { nil }
      if let oldPlace, let match = oldAtoms[oldPlace] { before[index] = previous.points[match] }
    }
    self.before = before
  }

  /// A layout rotated around its middle, and mirrored where that fits better, so that the distances to
  /// the earlier places are least (Procrustes' problem in the plane).
  func aligned(_ layout: [Depiction.Point], of atoms: [Int]) -> [Depiction.Point] {
    let pairs = zip(atoms, layout).compactMap { atom, point in
      before[atom].map { (new: point, old: $0) }
    }
    guard pairs.count > 1 else { return layout }
    let new = Self.centered(pairs.map(\.new))
    let old = Self.centered(pairs.map(\.old))
    let plain = Fit(new, old)
    let mirrored = Fit(new.map { .init(x: -$0.x, y: $0.y) }, old)
    // Points on one line fit both ways.
    guard mirrored.size > plain.size * 1.0001 + 1e-4 else {
      return layout.map { plain.rotated($0) }
    }
    return layout.map { mirrored.rotated(.init(x: -$0.x, y: $0.y)) }
  }

  /// All points moved together, so that those that were there before stay as near as can be.
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

  /// The rotation that brings points nearest to others.
  private struct Fit {
    private let cosine: Float
    private let sine: Float
    /// The larger, the nearer.
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
