/// An atom whose four neighbours are at the corners of a tetrahedron.
struct Stereocenter {
  private let center: Int
  private let isClockwise: Bool
  private let neighbors: [Int?]
  private let molecule: Molecule

  /// nil if the text gives no arrangement, or if there are not three or four neighbours.
  init?(_ atom: Int, in molecule: Molecule) {
    guard let chirality = molecule.atoms[atom].chirality, chirality.shape == .tetrahedral else {
      return nil
    }
    neighbors = molecule.stereoNeighbors(of: atom)
    guard neighbors.count == 4 || neighbors.count == 3,
      neighbors.filter({ $0 == nil }).count <= 1, molecule.bonds(of: atom).count > 2
    else { return nil }
    center = atom
    isClockwise = chirality.order == 2
    self.molecule = molecule
  }

  /// The bond to draw as a wedge, and its form, so that the drawing shows the arrangement in the
  /// text.
  func wedge(
    _ points: [Depiction.Point], _ forms: [BondForm]
  ) -> (bond: Int, wedge: BondForm.Wedge)? {
    let candidates = molecule.bonds(of: center).filter {
      molecule.bonds[$0].order == 1 && forms[$0].wedge == nil
    }
    let best = candidates.min { cost($0, points) < cost($1, points) }
    guard let best else { return nil }
    let raised = volume(raising: molecule.bonds[best].other(than: center), points)
    // Seen from the first, the others are in counterclockwise order if the volume is negative.
    let isClockwiseRaised = raised > 0
    return (best, isClockwiseRaised == isClockwise ? .solid : .hashed)
  }

  /// Wedges are clearest at a bond to an atom without other bonds, outside of rings, not between
  /// two stereocenters, and with the other bonds on both sides rather than opposite each other.
  private func cost(_ bond: Int, _ points: [Depiction.Point]) -> Float {
    let other = molecule.bonds[bond].other(than: center)
    var cost = Float(molecule.bonds(of: other).count)
    if molecule.bonds[bond].isInRing { cost += 20 }
    if molecule.atoms[other].chirality != nil { cost += 40 }
    let clearness = abs(volume(raising: other, points))
    // if the other two are opposite each other, the wedge between them is ambiguous
    if clearness < Self.leastVolume { cost += 100 }
    return cost - min(clearness, 1)
  }

  /// With a smaller volume, the drawing hardly distinguishes the two mirror images.
  private static let leastVolume: Float = 0.3

  /// Six times the signed volume of the tetrahedron of the neighbours, where one of them is raised
  /// out of the plane. With only three neighbours, a hydrogen or a lone pair points away from them.
  private func volume(raising raised: Int, _ points: [Depiction.Point]) -> Float {
    var directions = neighbors.map { neighbor -> SIMD3<Float>? in
      guard let neighbor else { return nil }
      let x = points[neighbor].x - points[center].x
      let y = points[neighbor].y - points[center].y
      let length = max((x * x + y * y).squareRoot(), 1e-6)
      return SIMD3(x / length, y / length, neighbor == raised ? 1 : 0)
    }
    let known = directions.compactMap(\.self)
    if known.count == 3 {
      let sum = known.reduce(SIMD3<Float>.zero, +)
      let opposite = SIMD3(-sum.x / 3, -sum.y / 3, -0.5)
      if neighbors.count == 4 {
        directions = directions.map { $0 ?? opposite }
      } else {
        // A lone pair has the position of a hydrogen (OpenSMILES, section 3.8.2).
        directions.insert(opposite, at: molecule.followsAnAtom(center) ? 1 : 0)
      }
    }
    let corners = directions.compactMap(\.self)
    guard corners.count == 4 else { return 0 }
    let (a, b, c) = (corners[1] - corners[0], corners[2] - corners[0], corners[3] - corners[0])
    return a.x * (b.y * c.z - b.z * c.y) + a.y * (b.z * c.x - b.x * c.z)
      + a.z * (b.x * c.y - b.y * c.x)
  }
}
