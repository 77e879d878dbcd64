internal import Attribution
internal import Classifiers
public import Tokenizers

extension Lane {
  public static let removal = Lane("removal")
}

/// The model's prediction for a text without some of its pieces, for one or more groups of pieces.
public struct RemoveWords: Question {
  public var encoding: Encoding
  /// Indices of pieces, one list per group.
  public var groups: [[Int]]

  public init(_ encoding: Encoding, groups: [[Int]]) {
    self.encoding = encoding
    self.groups = groups
  }

  public var lane: Lane { .removal }

  /// - Returns: the probabilities of all classes, one list per group.
  public func answer(
    _ lab: Lab, progress: @escaping Progress<[[Float]]>
  ) throws -> [[Float]] {
    try lab.model(in: .main).model.removals(of: groups, from: encoding).map(\.probabilities)
  }
}
