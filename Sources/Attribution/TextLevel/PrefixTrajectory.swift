public import Classifiers
internal import Tensors
internal import Tokenizers

/// The model's output after each word, for the text up to there.
///
/// The text is encoded once; a prefix is the row without the words that follow it, but with the
/// frame tokens. The last point is the text itself. A pair is read through its first text, then its
/// second.
public struct PrefixTrajectory: Sendable {
  public init() {}

  public struct Result: Sendable, Equatable {
    /// The range of each word, in the order of the text; for a pair, in the layout of both texts.
    public var words: [Range<Int>]
    /// The probabilities of all classes after each word; nil if not measured yet.
    public var points: [[Float]?]
    /// The probabilities for the text without any word.
    public var start: [Float]?
    /// The first word from which on the decision remains the final one; nil while points are
    /// missing, or for a model that makes no decision. -1 if it was the same before the first word.
    public var decidedAt: Int?

    public var measured: Int { points.count { $0 != nil } }

    public init(
      words: [Range<Int>], points: [[Float]?], start: [Float]? = nil, decidedAt: Int? = nil
    ) {
      self.words = words
      self.points = points
      self.start = start
      self.decidedAt = decidedAt
    }
  }

  /// - Parameters:
  ///   - classIndex: the class whose decision is watched if classes do not exclude each other.
  ///   - received: called with the results so far after each call of the model: first for every 64th
  ///     word, then for those between.
  /// - Throws: `CancellationError` within one call of the task's cancellation.
  public func measure(
    _ subject: EditedText, model: Model, classIndex: Int, received: (Result) throws -> Void
  ) throws -> Result {
    let trials = EditTrials(subject, model: model)
    let encoding = trials.encoding
    let words = encoding.groups(by: .word).filter { !$0.isFrame && !$0.utf8Range.isEmpty }
      .sorted {
        ($0.part, $0.utf8Range.lowerBound, $0.utf8Range.upperBound)
          < ($1.part, $1.utf8Range.lowerBound, $1.utf8Range.upperBound)
      }
    var place = [Int](repeating: -1, count: encoding.pieces.count)
    for (index, word) in words.enumerated() {
      for piece in word.pieces { place[piece] = index }
    }
    var result = Result(
      words: words.map {
        subject.text.utf8Trimmed(encoding.joinedTexts.joinedRange($0.utf8Range, in: $0.part))
      },
      points: [[Float]?](repeating: nil, count: words.count))
    let request = ExplanationRequest(
      model: model, encoding: encoding, target: Target(classIndex: 0))
    let variants = try request.pass { try model.classifier.variants(of: encoding.tokens) }
    let order = Self.order(words.count)
    // Tokens that belong to no word are treated like the frame.
    let tokens = encoding.tokens
    try request.forEachCall(rows: order.count, tokens: tokens.count) { call in
      let rows = order[call].map { last in
        tokens.indices.filter { place[$0] <= last }.map { tokens[$0] }
      }
      let logits = try variants.logits(for: rows)
      for (row, index) in call.enumerated() {
        let values = probabilities(logits[row: row], link: model.classifier.link)
        if order[index] < 0 { result.start = values } else { result.points[order[index]] = values }
      }
      if call.upperBound < order.count { try received(result) }
    }
    result.decidedAt = Self.decided(result, Decision(model.rule, classIndex: classIndex))
    return result
  }

  /// The ends of the prefixes in the order of measurement; -1 is the prefix without words.
  static func order(_ count: Int) -> [Int] {
    var order = count > 0 ? [count - 1, -1] : [-1]
    var seen = Set(order)
    for step in [64, 32, 16, 8, 4, 2, 1] {
      for index in stride(from: step - 1, to: count, by: step) where seen.insert(index).inserted {
        order.append(index)
      }
    }
    return order
  }

  private static func decided(_ result: Result, _ decision: Decision) -> Int? {
    let points = result.points.compactMap(\.self)
    guard points.count == result.points.count, let last = points.last,
      let final = decision(last)
    else { return nil }
    guard let other = points.lastIndex(where: { decision($0) != final }) else {
      return result.start.flatMap(decision.callAsFunction) == final ? -1 : 0
    }
    return other + 1
  }
}
