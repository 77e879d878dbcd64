/// What a layout may take, counted in looks at a pair of atoms, or of an atom and a bond: some nanoseconds each, the
/// same on every machine, so that what is drawn does not depend on the clock.
package struct LayoutWork: Sendable {
  private var left: Int
  /// Something was not tried because it would have taken too much.
  package private(set) var isCut = false

  /// All attempts are made.
  package static let unlimited = LayoutWork(left: .max)
  /// What is done while a key waits: some 2 ms.
  package static let ofKey = LayoutWork(left: 300_000)

  private init(left: Int) { self.left = left }

  var isLimited: Bool { left < .max / 2 }

  /// Whether so much is left. Where it is not, no further attempt is worth its time.
  mutating func covers(_ work: Int) -> Bool {
    if left < work { isCut = true }
    return !isCut
  }

  mutating func spend(_ work: Int) { left -= work }

  /// Something else stands in the place of the layout.
  mutating func cut() { isCut = true }
}

extension LayoutGraph {
  /// A step of relaxation: springs at bonds and angles, and now and then all atoms beside all bonds.
  var workOfStep: Int { 5 * neighbors.count + neighbors.count * bonds.count / 10 }

  /// What CoordGen's openings of rings take beyond the rest of its layout, measured on porphyrins, calixarenes and
  /// ivermectin.
  var workOfOpenings: Int { 75 * openings * neighbors.count * neighbors.count }
}
