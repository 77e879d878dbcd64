/// Labels of the user's own, which a model that tells whether a hypothesis follows from a text answers
/// for.
public struct ZeroShotLabels: Sendable, Hashable {
  public var labels: [String]
  /// A label stands in it where `{}` is.
  public var hypothesis: String
  /// Each label stands for itself: none or several may apply.
  public var isMany: Bool

  /// That of transformers' pipeline.
  public static let usualHypothesis = "This example is {}."

  public init(
    _ labels: [String], hypothesis: String = ZeroShotLabels.usualHypothesis, isMany: Bool = false
  ) {
    self.labels = labels
    self.hypothesis = hypothesis
    self.isMany = isMany
  }

  /// As a line has them: `refund, delivery, praise`; what is empty counts for nothing.
  public static func labels(in line: String) -> [String] {
    line.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
  }

  /// The hypotheses that the model reads, one a label.
  var hypotheses: [String] { labels.map { hypothesis.replacing("{}", with: $0) } }

  /// - Throws: `LabelsProblem`.
  func validate() throws {
    guard !labels.isEmpty else { throw LabelsProblem.none }
    if let double = labels.indices.first(where: { labels[..<$0].contains(labels[$0]) }) {
      throw LabelsProblem.duplicate(labels[double])
    }
    guard isMany || labels.count > 1 else { throw LabelsProblem.one(labels[0]) }
    guard hypothesis.contains("{}") else { throw LabelsProblem.noPlace(hypothesis: hypothesis) }
    guard labels.count <= Self.most else {
      throw LabelsProblem.tooMany(count: labels.count, limit: Self.most)
    }
  }

  /// Each is a pass of the model.
  private static let most = 1000
}

/// Why labels can't be answered for.
public enum LabelsProblem: Error, Sendable, Hashable {
  case none
  /// One label of one is always right.
  case one(String)
  case duplicate(String)
  case tooMany(count: Int, limit: Int)
  /// The hypothesis has no `{}`.
  case noPlace(hypothesis: String)
  /// The model reads one text, or what it reads of a text depends on the text beside it.
  case readsOneText
  /// None of the model's classes is an entailment.
  case noEntailment(classes: [String])
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
