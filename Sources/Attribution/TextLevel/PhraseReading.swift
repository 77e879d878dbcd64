public import Classifiers
internal import Tensors
internal import Tokenizers

/// The effect of a phrase as a whole, and the interaction of two, in the probability of a class.
///
/// An absent phrase is deleted, like a word that is switched off. With `v` the probability and `S`
/// the words that are present: the effect is `v(all) - v(all but A)`; the Shapley value is the mean
/// of `v(S ∪ A) - v(S)` over all orders in which the phrase and the other words enter; two phrases
/// interact by the second difference `v(S ∪ A ∪ B) - v(S ∪ A) - v(S ∪ B) + v(S)`, with all other
/// words present, and on average (Grabisch, Roubens 1999, the Shapley interaction index).
public struct PhraseReading: Sendable, Equatable {
  /// A mean, exact or over sampled sets.
  public struct Estimate: Sendable, Equatable {
    public var value: Double
    /// nil if all sets were enumerated.
    public var standardError: Double?
    public var samples: Int

    public init(value: Double, standardError: Double?, samples: Int) {
      self.value = value
      self.standardError = standardError
      self.samples = samples
    }
  }

  /// The probabilities of all classes.
  public var whole: [Float] = []
  public var without: [Float] = []
  /// Without the second phrase, if there is one.
  public var withoutOther: [Float]?
  public var withoutBoth: [Float]?
  public var shapley: Estimate?
  public var interaction: Estimate?
  /// Contextual decomposition, in logits; nil if the model does not support it.
  public var decomposition: Double?
  public var decompositionInteraction: Double?
  public var evaluations = 0

  public init() {}

  /// The second difference with all other words present.
  public func secondDifference(of classIndex: Int) -> Float? {
    guard let other = withoutOther?.value(at: classIndex),
      let none = withoutBoth?.value(at: classIndex),
      let whole = whole.value(at: classIndex), let own = without.value(at: classIndex)
    else { return nil }
    return whole - own - other + none
  }
}

extension [Float] {
  fileprivate func value(at index: Int) -> Float? { indices.contains(index) ? self[index] : nil }
}

/// Measures the effects of phrases.
public struct PhraseMeter: Sendable {
  /// How many sets are sampled if there are too many to enumerate.
  public var samples = 256
  public var seed: UInt64 = 0
  /// The most other players for which all sets are enumerated.
  public var mostCounted = 8

  public init() {}

  /// - Parameters:
  ///   - phrase: in UTF-8 offsets; for a pair, in the layout of both texts.
  ///   - other: a second phrase; the overlap belongs to the first.
  ///   - received: called with the results so far.
  /// - Throws: `CancellationError` within one call of the task's cancellation.
  public func measure(
    _ phrase: Range<Int>, and other: Range<Int>? = nil, in subject: EditedText, model: Model,
    classIndex: Int, received: (PhraseReading) throws -> Void
  ) throws -> PhraseReading {
    var reading = PhraseReading()
    var game = PhraseGame(
      EditTrials(subject, model: model), phrases: [phrase] + (other.map { [$0] } ?? []),
      classIndex: classIndex)
    reading.whole = try game.probabilities(absent: [])
    reading.without = try game.probabilities(absent: [0])
    if other != nil {
      reading.withoutOther = try game.probabilities(absent: [1])
      reading.withoutBoth = try game.probabilities(absent: [0, 1])
    }
    try received(reading)
    try decompose(game, &reading, model: model, classIndex: classIndex)
    try received(reading)
    var alone = PhraseGame(
      EditTrials(subject, model: model), phrases: [phrase], classIndex: classIndex)
    try average(&alone, terms: PhraseGame.marginal) { estimate, evaluations in
      reading.shapley = estimate
      reading.evaluations = evaluations
      try received(reading)
    }
    guard other != nil else { return reading }
    let before = reading.evaluations
    try average(&game, terms: PhraseGame.secondDifference) { estimate, evaluations in
      reading.interaction = estimate
      reading.evaluations = before + evaluations
      try received(reading)
    }
    return reading
  }

  private func decompose(
    _ game: PhraseGame, _ reading: inout PhraseReading, model: Model, classIndex: Int
  ) throws {
    guard model.classifier.can(.decomposition) else { return }
    let request = ExplanationRequest(
      model: model, encoding: game.encoding, target: Target(classIndex: classIndex))
    let sets = game.pieces.map { Set($0) }
    let method = ContextualDecomposition()
    reading.decomposition = try method.shares(of: [sets[0]], for: request).first
    if sets.count > 1 {
      reading.decompositionInteraction = try method.interaction(
        of: sets[0], and: sets[1], for: request)
    }
  }

  /// The mean over all sizes, and over all sets of a size, of a sum of values.
  private func average(
    _ game: inout PhraseGame, terms: [PhraseGame.Term],
    received: (PhraseReading.Estimate, Int) throws -> Void
  ) throws {
    let count = game.others
    if count <= mostCounted {
      let masks = Array(0..<1 << count)
      let values = try game.sums(
        of: masks.map { mask in (0..<count).map { mask >> $0 & 1 == 1 } }, terms)
      var total = 0.0
      for (mask, value) in zip(masks, values) {
        total += value / (Double(count + 1) * binomial(count, mask.nonzeroBitCount))
      }
      return try received(
        .init(value: total, standardError: nil, samples: masks.count), game.evaluations)
    }
    var generator = SeededGenerator(seed: seed)
    var pairs: [Double] = []
    while pairs.count < samples / 2 {
      // A set and its complement (antithetic sampling).
      let drawn = (0..<16).flatMap { _ -> [[Bool]] in
        let set = randomSet(count, &generator)
        return [set, set.map { !$0 }]
      }
      let values = try game.sums(of: drawn, terms)
      for pair in stride(from: 0, to: values.count, by: 2) {
        pairs.append((values[pair] + values[pair + 1]) / 2)
      }
      let mean = pairs.reduce(0, +) / Double(pairs.count)
      let variance =
        pairs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, pairs.count - 1))
      try received(
        .init(
          value: mean, standardError: (variance / Double(pairs.count)).squareRoot(),
          samples: 2 * pairs.count), game.evaluations)
    }
  }

  /// A set of a uniformly distributed size.
  private func randomSet(_ count: Int, _ generator: inout SeededGenerator) -> [Bool] {
    let size = Int.random(in: 0...count, using: &generator)
    var set = [Bool](repeating: false, count: count)
    for index in Array(0..<count).shuffled(using: &generator).prefix(size) { set[index] = true }
    return set
  }

  private func binomial(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
  }
}

/// Phrases and the other words as players; values are a class's probability while some are absent.
private struct PhraseGame {
  /// A signed value in a sum, by the phrases that are present.
  struct Term {
    var sign: Double
    var present: Set<Int>
  }

  static let marginal = [Term(sign: 1, present: [0]), Term(sign: -1, present: [])]
  static let secondDifference = [
    Term(sign: 1, present: [0, 1]), Term(sign: -1, present: [0]), Term(sign: -1, present: [1]),
    Term(sign: 1, present: []),
  ]

  let encoding: Encoding
  /// The token indices of each phrase.
  let pieces: [[Int]]
  /// The number of other words.
  let others: Int
  private let model: Model
  private let classIndex: Int
  /// The player of each token: phrases from 0, then other words; -1 is always present.
  private let player: [Int]
  private(set) var evaluations = 0

  init(_ trials: EditTrials, phrases: [Range<Int>], classIndex: Int) {
    encoding = trials.encoding
    model = trials.model
    self.classIndex = classIndex
    var player = [Int](repeating: -1, count: encoding.pieces.count)
    var count = phrases.count
    for word in encoding.groups(by: .word) where !word.isFrame {
      let range = trials.subject.text.utf8Trimmed(
        encoding.joinedTexts.joinedRange(word.utf8Range, in: word.part))
      let phrase = phrases.firstIndex { $0.overlaps(range) }
      for piece in word.pieces { player[piece] = phrase ?? count }
      if phrase == nil { count += 1 }
    }
    self.player = player
    others = count - phrases.count
    pieces = phrases.indices.map { phrase in player.indices.filter { player[$0] == phrase } }
  }

  private func row(phrases: Set<Int>, words: (Int) -> Bool) -> [Token] {
    let first = pieces.count
    let tokens = encoding.tokens
    return encoding.pieces.indices.filter { index in
      let player = player[index]
      return player < 0 || (player < first ? phrases.contains(player) : words(player - first))
    }.map { tokens[$0] }
  }

  /// With all other words present.
  mutating func probabilities(absent: Set<Int>) throws -> [Float] {
    let row = row(phrases: Set(pieces.indices).subtracting(absent)) { _ in true }
    try Task.checkCancellation()
    let logits = try model.classifier.logits(for: [row])
    evaluations += 1
    return Classifiers.probabilities(logits[row: 0], link: model.classifier.link)
  }

  /// The signed sum of terms for each set of other words.
  mutating func sums(of sets: [[Bool]], _ terms: [Term]) throws -> [Double] {
    let rows = sets.flatMap { set in
      terms.map { term in row(phrases: term.present) { set[$0] } }
    }
    var values: [Double] = []
    let request = ExplanationRequest(
      model: model, encoding: encoding, target: Target(classIndex: classIndex))
    try request.forEachCall(rows: rows.count, tokens: encoding.pieces.count) { call in
      let logits = try model.classifier.logits(for: Array(rows[call]))
      for row in 0..<call.count {
        let all = Classifiers.probabilities(logits[row: row], link: model.classifier.link)
        values.append(all.indices.contains(classIndex) ? Double(all[classIndex]) : 0)
      }
    }
    evaluations += rows.count
    return sets.indices.map { set in
      terms.indices.reduce(0) { $0 + terms[$1].sign * values[set * terms.count + $1] }
    }
  }
}
