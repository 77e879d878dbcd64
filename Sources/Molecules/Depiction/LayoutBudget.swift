/// The budget of a layout, counted in comparisons of two atoms, or of an atom and a bond. Each
/// takes a few nanoseconds. The budget is the same on every machine, so that drawings do not depend
/// on the speed of the machine.
package struct LayoutBudget: Sendable {
  private var remaining: Int
  /// Whether something was not tried because of its cost.
  package private(set) var isIncomplete = false

  /// All attempts are made.
  package static let unlimited = LayoutBudget(remaining: .max)
  /// For a layout that is needed before the next key: about 2 ms.
  package static let interactive = LayoutBudget(remaining: 300_000)

  private init(remaining: Int) { self.remaining = remaining }

  var isLimited: Bool { remaining < .max / 2 }

  /// Whether the rest of the budget permits this cost. If it does not, no further attempts are
  /// made.
  mutating func covers(_ cost: Int) -> Bool {
    if remaining < cost { isIncomplete = true }
    return !isIncomplete
  }

  mutating func spend(_ cost: Int) { remaining -= cost }

  /// Notes that something else is used instead of the layout.
  mutating func markIncomplete() { isIncomplete = true }
}

extension LayoutGraph {
  /// The cost of a step of relaxation: springs at bonds and angles, and from time to time all pairs
  /// of atoms and bonds.
  var stepCost: Int { 5 * neighbors.count + neighbors.count * bonds.count / 10 }

  /// The cost of CoordGen's opening of rings, in addition to the rest of its layout, as measured
  /// for porphyrins, calixarenes and ivermectin.
  var openingCost: Int { 75 * openings * neighbors.count * neighbors.count }
}
