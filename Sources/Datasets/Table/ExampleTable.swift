internal import Tokenizers

/// A data set with a model's predictions, as far as they are computed.
public struct ExampleTable: Sendable {
  public let classes: [String]
  private var chunks: [ExampleChunk] = []
  /// The index of each chunk's first row.
  private var starts: [Int] = []
  public private(set) var count = 0
  public private(set) var errorCount = 0
  public private(set) var labelledCount = 0
  /// The model predicts numbers: a row is not right or wrong, but has an error.
  public private(set) var hasNumbers = false
  /// A histogram of the texts' lengths in steps of `lengthStep` bytes; the last bin also counts all longer texts.
  private var lengths = [Int](repeating: 0, count: 129)
  private static let lengthStep = 32
  /// The words that contribute most to the predictions, as far as they are known.
  public var evidence = EvidenceColumn()
  /// What the texts consist of; nil: words.
  public var parts: TextParts?
  /// A second model's predictions; nil without one.
  public var other: OtherAnswers?

  public init(classes: [String]) {
    self.classes = classes
  }

  public mutating func append(_ chunk: ExampleChunk) {
    guard chunk.count > 0 else { return }
    var chunk = chunk
    chunk.compact()
    chunks.append(chunk)
    starts.append(count)
    count += chunk.count
    hasNumbers = chunk.hasNumbers
    for row in 0..<chunk.count {
      lengths[min(lengths.count - 1, chunk.byteCount(row) / Self.lengthStep)] += 1
      guard chunk.gold(row) != .unknown else { continue }
      labelledCount += 1
      if chunk.gold(row) != chunk.predicted(row) { errorCount += 1 }
    }
  }

  /// The 95th percentile of the rows' lengths in bytes, at most about 4,000; for pairs, of both texts together.
  public var usualByteCount: Int {
    var rows = 0
    let bin = lengths.firstIndex { bin in
      rows += bin
      return 20 * rows >= 19 * count
    }
    return ((bin ?? 0) + 1) * Self.lengthStep - 1
  }

  /// The share of right answers among rows with a label; nil where there are none.
  public var accuracy: Double? {
    labelledCount == 0 ? nil : 1 - Double(errorCount) / Double(labelledCount)
  }

  public subscript(row: Int) -> ScoredExample {
    let (chunk, index) = place(of: row)
    return chunk.example(index)
  }

  /// The names of classes, joined as a data set may write them; empty without a label. If there is
  /// only one class, a text may be negated: `not toxic`.
  public func name(of gold: Gold) -> String {
    if classes.count == 1, gold == .several([]) { return "not \(classes[0])" }
    let names = gold.classes.map { classes.indices.contains($0) ? classes[$0] : "\($0)" }
    return names.joined(separator: "|")
  }

  /// The row's index in the file.
  public func fileRow(_ row: Int) -> Int {
    let (chunk, index) = place(of: row)
    return chunk.fileRow(index)
  }

  /// The class to explain for a row: the prediction; of several, the most probable one; if no class
  /// is predicted, the most probable of all.
  public func explainedClass(_ row: Int) -> Int {
    let (chunk, index) = place(of: row)
    let said = chunk.predicted(index).classes
    guard said.count != 1 else { return said[0] }
    guard let probabilities = chunk.probabilities(index) else { return said.first ?? 0 }
    return (said.isEmpty ? Array(probabilities.indices) : said)
      .max { probabilities[$0] < probabilities[$1] } ?? 0
  }

  /// `[C]`; nil if there are too many classes to keep them.
  public func probabilities(ofRow row: Int) -> [Float]? {
    let (chunk, index) = place(of: row)
    return chunk.probabilities(index)
  }

  /// The text alone, without the rest of the example.
  public func text(ofRow row: Int) -> String {
    let (chunk, index) = place(of: row)
    return chunk.text(index)
  }

  /// The model's input for a row.
  public func content(ofRow row: Int) -> TextRecord.Content {
    let (chunk, index) = place(of: row)
    return TextRecord.Content(text: chunk.text(index), pair: chunk.pair(index))
  }

  /// The words or parts of a text that contribute most to the prediction.
  public func evidence(_ scores: WordScores, text: String) -> Evidence {
    Evidence(named: named(scores, text: text))
  }

  /// The scores by word, or by the parts that the texts are made of.
  public func named(_ scores: WordScores, text: String) -> [(word: String, score: Float)] {
    parts?.byName(scores, in: text) ?? scores.byName(in: text)
  }

  /// The notes for rows whose text has one, by the rows' index in the file.
  public static func annotations(
    of chunk: ExampleChunk, in notes: [ContentHash: Annotations.Entry]
  ) -> Annotations {
    guard !notes.isEmpty else { return Annotations() }
    var found = Annotations()
    for row in 0..<chunk.count {
      if let entry = notes[ContentHash(text: chunk.texts(row).joined)] {
        found.entries[chunk.fileRow(row)] = entry
      }
    }
    return found
  }

  func place(of row: Int) -> (chunk: ExampleChunk, index: Int) {
    let index = max(0, starts.partitioningIndex { $0 > row } - 1)
    return (chunks[index], row - starts[index])
  }

  /// Calls `body` with each chunk and the index of its first row.
  func forEachChunk(_ body: (ExampleChunk, _ start: Int) throws -> Void) rethrows {
    for (chunk, start) in zip(chunks, starts) { try body(chunk, start) }
  }
}

/// A user's notes and labels, by the rows' index in the file.
public struct Annotations: Sendable, Hashable {
  public struct Entry: Sendable, Hashable, Codable {
    public var note: String?
    /// The name of the class that the label should be.
    public var label: String?

    public init(note: String? = nil, label: String? = nil) {
      self.note = note
      self.label = label
    }

    public var isEmpty: Bool { note == nil && label == nil }
  }

  public var entries: [Int: Entry]

  public init(_ entries: [Int: Entry] = [:]) {
    self.entries = entries
  }
}
