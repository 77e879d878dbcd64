/// The time steps of a text that concat pooling reads.
///
/// Padding within the text, as when a user types `xxpad`, is left out of the maximum and the mean.
/// fastai 2 finds the last step by going back from the end by one step for each padding token among
/// the last `bptt`, wherever it is; fastai 1 uses the end. Source: `masked_concat_pool` of both.
struct PooledSteps: Sendable, Equatable {
  /// The range of the steps; ends with the text's last one.
  let range: Range<Int>
  private let padding: Set<Int>
  /// The step that counts as the last one; nil if there is none.
  let last: Int?

  /// - Parameters:
  ///   - padding: the steps that are padding, inside the range or not.
  ///   - tail: how many steps before the end are searched for padding.
  init(_ range: Range<Int>, padding: [Int] = [], tail: Int = 0) {
    self.range = range
    let within = padding.filter(range.contains)
    self.padding = Set(within)
    // `tail` may be arbitrarily large.
    let skipped = within.reduce(0) { $0 + (range.upperBound - $1 <= tail ? 1 : 0) }
    let last = range.upperBound - 1 - skipped
    self.last = range.contains(last) ? last : nil
  }

  /// The number of steps in the maximum and the mean.
  var count: Int { range.count - padding.count }

  /// Those of the steps that are in `part`, ascending.
  func steps(in part: Range<Int>) -> [Int] {
    range.clamped(to: part).filter { !padding.contains($0) }
  }

  func contains(_ step: Int) -> Bool { range.contains(step) && !padding.contains(step) }
}
