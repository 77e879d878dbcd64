internal import Attribution
internal import Classifiers
public import Tokenizers

extension Lane {
  public static let removal = Lane("removal")
}

/// What the model says of a text where some of its pieces are not there, for one or more groups of
/// pieces.
public struct RemoveWords: Question {
  public var encoding: Encoding
  /// Indices of pieces, a list a group.
  public var groups: [[Int]]

  public init(_ encoding: Encoding, groups: [[Int]]) {
    self.encoding = encoding
    self.groups = groups
  }

  public var lane: Lane { .removal }

  /// - Returns: the probabilities of all classes, a list a group.
  public func answer(
    _ lab: Lab, progress: @escaping Progress<[[Float]]>
  ) throws -> [[Float]] {
    try lab.model(in: .main).model.removals(of: groups, from: encoding).map(\.probabilities)
  }
}
