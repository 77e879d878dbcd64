public import Documents
public import Tokenizers

/// Consecutive scored examples, stored in columns: a million rows stay small, and a chunk never
/// changes for its readers.
public struct ExampleChunk: Sendable {
  /// The most classes for which all probabilities are kept.
  static let classLimit = 64

  let classes: Int
  private var texts = PackedTexts()
  /// The second texts; empty if no row has one.
  private var pairs = PackedTexts()
  private var fileRows: [Int32] = []
  private var lines: [Int32] = []
  private var ids = PackedTexts()
  private var rationales: [Int: JSON] = [:]
  private var golds = GoldColumn()
  private var predictions = GoldColumn()
  private var losses: [Float] = []
  /// `[N, C]`, or empty if there are too many classes.
  private var probabilities: [Float] = []
  /// The probability of the prediction, and that of the label: the mean over several classes.
  private var predictedProbabilities: [Float] = []
  private var goldProbabilities: [Float] = []
  /// The true values if the model predicts numbers, `[N, C]`, NaN where they are unknown; else empty. The predicted
  /// numbers are in `probabilities`.
  private var goldNumbers: [Float] = []

  public init(classes: Int) {
    self.classes = classes
  }

  public var count: Int { golds.count }

  public mutating func append(_ example: Example, _ judgement: Judgement) {
    let row = count
    if example.pair != nil, pairs.count == 0 { for _ in 0..<row { pairs.append(nil) } }
    if example.pair != nil || pairs.count > 0 { pairs.append(example.pair) }
    texts.append(example.text)
    fileRows.append(Int32(clamping: example.index))
    lines.append(Int32(clamping: example.line))
    ids.append(example.id)
    if let rationale = example.rationale { rationales[row] = rationale }
    golds.append(example.gold)
    predictions.append(judgement.predicted)
    if classes <= Self.classLimit { probabilities += judgement.probabilities }
    // a model that answers with numbers decides for no class
    guard judgement.predicted != .unknown else {
      return appendNumbers(example.values ?? [], said: judgement.probabilities)
    }
    losses.append(Float(judgement.loss))
    predictedProbabilities.append(Self.mean(judgement, judgement.predicted))
    goldProbabilities.append(Self.mean(judgement, example.gold))
  }

  /// The loss is the mean of the absolute errors of all outputs.
  private mutating func appendNumbers(_ right: [Double], said: [Float]) {
    let isKnown = right.count == said.count
    let errors = isKnown ? zip(right, said).map { abs($0 - Double($1)) } : []
    losses.append(isKnown ? Float(errors.reduce(0, +) / Double(max(1, errors.count))) : .nan)
    predictedProbabilities.append(said.first ?? .nan)
    goldProbabilities.append(.nan)
    goldNumbers += isKnown ? right.map { Float($0) } : Array(repeating: .nan, count: classes)
  }

  /// For no class at all: the probability that none is right, by the likeliest one.
  private static func mean(_ judgement: Judgement, _ answer: Gold) -> Float {
    let classes = answer.classes
    guard !classes.isEmpty else {
      return answer == .unknown ? .nan : 1 - (judgement.probabilities.max() ?? 0)
    }
    return classes.reduce(0) { $0 + judgement.probabilities[$1] } / Float(classes.count)
  }

  /// Frees the capacity that was reserved for more rows.
  mutating func compact() {
    texts.compact()
    pairs.compact()
    ids.compact()
    golds.compact()
    predictions.compact()
    fileRows.compact()
    lines.compact()
    losses.compact()
    probabilities.compact()
    predictedProbabilities.compact()
    goldProbabilities.compact()
    goldNumbers.compact()
  }

  public func text(_ row: Int) -> String { texts.text(row) ?? "" }

  /// The second text; nil if there is only one.
  public func pair(_ row: Int) -> String? { row < pairs.count ? pairs.text(row) : nil }

  /// One text, or both.
  public func texts(_ row: Int) -> JoinedTexts { JoinedTexts(text: text(row), pair: pair(row)) }

  /// The number of words between spaces, like a query's `len`; for a pair, of both texts.
  func wordCount(_ row: Int) -> Int {
    WordSplit.count(of: texts[row]) + (pair(row) == nil ? 0 : WordSplit.count(of: pairs[row]))
  }

  /// Of the text, or of both.
  func byteCount(_ row: Int) -> Int {
    texts[row].count + (row < pairs.count ? pairs[row].count : 0)
  }

  func gold(_ row: Int) -> Gold { golds[row] }
  func predicted(_ row: Int) -> Gold { predictions[row] }
  func loss(_ row: Int) -> Float { losses[row] }
  func probability(_ row: Int) -> Float { predictedProbabilities[row] }
  func fileRow(_ row: Int) -> Int { Int(fileRows[row]) }
  func id(_ row: Int) -> String? { ids.text(row) }

  /// `[C]`; nil if there are too many classes to keep them.
  func probabilities(_ row: Int) -> [Float]? {
    classes <= Self.classLimit ? Array(probabilities[row * classes..<(row + 1) * classes]) : nil
  }

  /// The model answers with numbers.
  var hasNumbers: Bool { !goldNumbers.isEmpty }

  /// Of a model that answers with numbers: what is right and what it says, `[C]`.
  func numbers(_ row: Int) -> ScoredExample.Numbers? {
    guard hasNumbers, let said = probabilities(row) else { return nil }
    let right = goldNumbers[row * classes..<(row + 1) * classes]
    return ScoredExample.Numbers(
      right: right.contains { $0.isNaN } ? nil : Array(right), said: said)
  }

  public func example(_ row: Int) -> ScoredExample {
    ScoredExample(
      fileRow: fileRow(row), line: Int(lines[row]), id: id(row), text: text(row),
      pair: pair(row), gold: golds[row], predicted: predictions[row], loss: losses[row],
      probability: predictedProbabilities[row], goldProbability: goldProbabilities[row],
      numbers: numbers(row), rationale: rationales[row])
  }
}

/// An example with the model's prediction.
public struct ScoredExample: Sendable, Equatable {
  /// The index of the row in the file, from 0 and including bad rows.
  public var fileRow: Int
  /// Counted from 1.
  public var line: Int
  public var id: String?
  public var text: String
  /// The second text; nil if there is only one.
  public var pair: String?
  public var gold: Gold
  public var predicted: Gold
  /// NaN without a label; for numbers, the mean absolute error.
  public var loss: Float
  /// The probability of the prediction; for numbers, the first predicted number.
  public var probability: Float
  /// The probability of the label; NaN without a label, and for numbers.
  public var goldProbability: Float
  /// nil unless the model predicts numbers.
  public var numbers: Numbers?
  public var rationale: JSON?

  /// One text, or both.
  public var texts: JoinedTexts { JoinedTexts(text: text, pair: pair) }

  /// `[C]` each.
  public struct Numbers: Sendable, Equatable {
    /// nil if the true values are unknown.
    public var right: [Float]?
    public var said: [Float]

    public init(right: [Float]?, said: [Float]) {
      self.right = right
      self.said = said
    }
  }

  public var isError: Bool { gold != .unknown && gold != predicted }
}
