internal import Classifiers
internal import Datasets

extension Lane {
  public static let counting = Lane("counting", isInBackground: true)
}

/// The number of rows of the data set, long before they are scored; nil if it can be read only
/// once.
public struct CountRows: Question {
  public init() {}

  public var lane: Lane { .counting }

  public func answer(_ lab: Lab, progress: @escaping Progress<Int?>) throws -> Int? {
    let examples = try lab.openedExamples()
    guard examples.canBeReadAgain else { return nil }
    var rows = try examples.open(for: try lab.model(in: .main).model)
    var count = 0
    _ = try rows.read { _ in
    } _: { line, _ in
      if count.isMultiple(of: 1000) { try Task.checkCancellation() }
      if case .example = line { count += 1 }
    }
    return count
  }
}
