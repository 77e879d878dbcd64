/// The time steps of one text that concat pooling takes in.
///
/// Padding that stands in the text itself, as where somebody types `xxpad`, is left out of the
/// maximum and the mean. Which step is the last one, fastai 2 finds by going back from the end one
/// step for each padding token among the last `bptt`, wherever it stands there; fastai 1 takes the
/// end. Source: `masked_concat_pool` of both.
struct PooledSteps: Sendable, Equatable {
  /// Where the steps lie; ends with the text's last one.
  let range: Range<Int>
  private let padding: Set<Int>
  /// The step that is taken as the last one; nil where there is none.
  let last: Int?

  /// - Parameters:
  ///   - padding: the steps that are padding, in the range or not.
  ///   - tail: how many steps before the end are searched for padding.
  init(_ range: Range<Int>, padding: [Int] = [], tail: Int = 0) {
    self.range = range
    let within = padding.filter(range.contains)
    self.padding = Set(within)
    // `tail` may be as large as any number.
    let skipped = within.reduce(0) { $0 + (range.upperBound - $1 <= tail ? 1 : 0) }
    let last = range.upperBound - 1 - skipped
    self.last = range.contains(last) ? last : nil
  }

  /// How many steps the maximum and the mean are of.
  var count: Int { range.count - padding.count }

  /// Those of them that lie in `part`, ascending.
  func steps(in part: Range<Int>) -> [Int] {
    range.clamped(to: part).filter { !padding.contains($0) }
  }

  func contains(_ step: Int) -> Bool { range.contains(step) && !padding.contains(step) }
}
