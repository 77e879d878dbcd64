/// The user's own labels, for a model that decides whether a hypothesis follows from a text.
public struct ZeroShotLabels: Sendable, Hashable {
  public var labels: [String]
  /// `{}` is replaced with the label.
  public var hypothesis: String
  /// Whether each label is decided separately, so that none or several may apply.
  public var isMany: Bool

  /// The default of transformers' pipeline.
  public static let usualHypothesis = "This example is {}."

  public init(
    _ labels: [String], hypothesis: String = ZeroShotLabels.usualHypothesis, isMany: Bool = false
  ) {
    self.labels = labels
    self.hypothesis = hypothesis
    self.isMany = isMany
  }

  /// Labels in a line: `refund, delivery, praise`; empty ones are ignored.
  public static func labels(in line: String) -> [String] {
    line.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
  }

  /// The hypotheses that the model reads, one per label.
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

  /// Each label costs a pass of the model.
  private static let most = 1000
}

/// Why labels cannot be used.
public enum LabelsProblem: Error, Sendable, Hashable {
  case none
  /// A single label would always be right.
  case one(String)
  case duplicate(String)
  case tooMany(count: Int, limit: Int)
  /// The hypothesis has no `{}`.
  case noPlace(hypothesis: String)
  /// The model reads single texts, or reads one text depending on the other.
  case readsOneText
  /// None of the model's classes is entailment.
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
