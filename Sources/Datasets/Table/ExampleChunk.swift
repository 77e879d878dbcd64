public import Documents
public import Tokenizers

/// Some scored examples one after the other, in columns: a million rows stay small, and whoever
/// holds a chunk never sees it change.
public struct ExampleChunk: Sendable {
  /// Probabilities of all classes are kept for so many classes at most.
  static let classLimit = 64

  let classes: Int
  private var texts = PackedTexts()
  /// The second texts; empty where no row has one.
  private var pairs = PackedTexts()
  private var fileRows: [Int32] = []
  private var lines: [Int32] = []
  private var ids = PackedTexts()
  private var rationales: [Int: JSON] = [:]
  private var golds = GoldColumn()
  private var predictions = GoldColumn()
  private var losses: [Float] = []
  /// `[N, C]`, or empty where there are too many classes.
  private var probabilities: [Float] = []
  /// Of what the model says, and of what is right: the mean over several classes.
  private var predictedProbabilities: [Float] = []
  private var goldProbabilities: [Float] = []

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
    losses.append(Float(judgement.loss))
    if classes <= Self.classLimit { probabilities += judgement.probabilities }
    predictedProbabilities.append(Self.mean(judgement, judgement.predicted))
    goldProbabilities.append(Self.mean(judgement, example.gold))
  }

  /// For no class at all: the probability that none is right, by the likeliest one.
  private static func mean(_ judgement: Judgement, _ answer: Gold) -> Float {
    let classes = answer.classes
    guard !classes.isEmpty else {
      return answer == .unknown ? .nan : 1 - (judgement.probabilities.max() ?? 0)
    }
    return classes.reduce(0) { $0 + judgement.probabilities[$1] } / Float(classes.count)
  }

  /// Gives back the room that was kept for more rows.
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
  }

  public func text(_ row: Int) -> String { texts.text(row) ?? "" }

  /// The second text; nil where there is one only.
  public func pair(_ row: Int) -> String? { row < pairs.count ? pairs.text(row) : nil }

  /// One text, or both.
  public func texts(_ row: Int) -> JoinedTexts { JoinedTexts(text: text(row), pair: pair(row)) }

  /// Words between spaces, as a query's `len` counts them; of a pair those of both texts.
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

  /// `[C]`; nil where there are too many classes to keep them.
  func probabilities(_ row: Int) -> [Float]? {
    classes <= Self.classLimit ? Array(probabilities[row * classes..<(row + 1) * classes]) : nil
  }

  public func example(_ row: Int) -> ScoredExample {
    ScoredExample(
      fileRow: fileRow(row), line: Int(lines[row]), id: id(row), text: text(row),
      pair: pair(row), gold: golds[row], predicted: predictions[row], loss: losses[row],
      probability: predictedProbabilities[row], goldProbability: goldProbabilities[row],
      rationale: rationales[row])
  }
}

/// One example with what the model said of it.
public struct ScoredExample: Sendable, Equatable {
  /// Which row of the file, counted from 0 with bad rows.
  public var fileRow: Int
  /// Counted from 1.
  public var line: Int
  public var id: String?
  public var text: String
  /// The second text; nil where there is one only.
  public var pair: String?
  public var gold: Gold
  public var predicted: Gold
  /// NaN where nobody said what is right.
  public var loss: Float
  /// Of what the model says.
  public var probability: Float
  /// Of what is right; NaN where nobody said.
  public var goldProbability: Float
  public var rationale: JSON?

  /// One text, or both.
  public var texts: JoinedTexts { JoinedTexts(text: text, pair: pair) }

  public var isError: Bool { gold != .unknown && gold != predicted }
}
