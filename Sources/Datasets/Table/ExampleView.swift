internal import Tokenizers

/// A selection of a table's rows, and their order.
public struct ExampleView: Sendable, Equatable {
  public enum Order: String, Sendable, CaseIterable {
    case row, loss, p, gold, pred, len

    /// Whether large values come first: large losses, high probabilities, long texts.
    public var isDescending: Bool {
      switch self {
      case .loss, .p, .len: true
      case .row, .gold, .pred: false
      }
    }
  }

  /// Indices of rows in the table.
  public var rows: [Int]
  /// How many of them are errors.
  public var errorCount: Int

  public init(rows: [Int] = [], errorCount: Int = 0) {
    self.rows = rows
    self.errorCount = errorCount
  }
}

extension ExampleTable {
  /// The rows that match a query, sorted, equal ones in the order of the file.
  /// - Throws: `CancellationError`.
  public func view(
    _ query: Query, order: ExampleView.Order = .row, isReversed: Bool = false,
    annotations: Annotations = Annotations()
  ) throws -> ExampleView {
    var view = ExampleView()
    var found: [(key: Float, row: Int32)] = []
    try forEachChunk { chunk, start in
      try Task.checkCancellation()
      for index in 0..<chunk.count {
        let subject = RowSubject(
          table: self, chunk: chunk, row: start + index, index: index, annotations: annotations)
        guard query.isEmpty || query.matches(subject) else { continue }
        found.append((key(of: chunk, index, order), Int32(clamping: start + index)))
        if chunk.gold(index) != .unknown, chunk.gold(index) != chunk.predicted(index) {
          view.errorCount += 1
        }
      }
    }
    let isDescending = order.isDescending != isReversed
    if order != .row || isDescending {
      found.sort { a, b in
        a.key == b.key ? a.row < b.row : isDescending ? a.key > b.key : a.key < b.key
      }
    }
    view.rows = found.map { Int($0.row) }
    return view
  }

  /// NaN sorts last if large values come first.
  private func key(of chunk: ExampleChunk, _ index: Int, _ order: ExampleView.Order) -> Float {
    let key: Float =
      switch order {
      case .row: Float(chunk.fileRow(index))
      case .loss: Float(chunk.loss(index))
      case .p: Float(chunk.probability(index))
      case .gold:
        chunk.hasNumbers
          ? chunk.numbers(index)?.right?.first ?? .nan
          : Float(chunk.gold(index).classes.first ?? -1)
      case .pred:
        chunk.hasNumbers
          ? chunk.probability(index) : Float(chunk.predicted(index).classes.first ?? -1)
      case .len: length(of: chunk, index).map { Float($0) } ?? .nan
      }
    return key.isNaN ? -.infinity : key
  }

  /// In words, or in what texts are measured in that have parts; nil of one that is none of these.
  func length(of chunk: ExampleChunk, _ index: Int) -> Int? {
    guard let parts else { return chunk.wordCount(index) }
    guard case .number(let length)? = parts.value(of: .len, in: chunk.text(index)) else {
      return nil
    }
    return Int(exactly: length)
  }
}

/// An example outside a table, as a query reads it.
public struct ScoredSubject: QuerySubject {
  private let example: ScoredExample
  private let classes: [String]
  private let other: Gold?
  private let parts: TextParts?

  /// - Parameters:
  ///   - other: a second model's prediction.
  ///   - parts: what the text is made of; nil for words.
  public init(
    example: ScoredExample, classes: [String], other: Gold? = nil, parts: TextParts? = nil
  ) {
    self.parts = parts
    self.example = example
    self.classes = classes
    self.other = other
  }

  public func value(of field: QueryField) -> QueryValue? {
    func names(_ gold: Gold) -> QueryValue? {
      gold == .unknown ? nil : .text(gold.classes.map { classes[$0] }.joined(separator: "|"))
    }
    func number(_ value: Float) -> QueryValue? { value.isNaN ? nil : .number(Double(value)) }
    return switch field {
    case .gold: names(example.gold)
    case .pred: names(example.predicted)
    case .p: number(example.probability)
    case .loss: number(example.loss)
    case .text: .text(example.texts.joined)
    case .len: length
    case .id: example.id.map(QueryValue.text)
    case .row: .number(Double(example.fileRow))
    case .other: other.flatMap(names)
    case .group, .element, .rings, .aromatic, .charge, .stereo, .mistake:
      parts?.value(of: field, in: example.text)
    case .note, .label, .evidence: nil
    }
  }
}

extension ScoredSubject {
  private var length: QueryValue? {
    if let parts { return parts.value(of: .len, in: example.text) }
    return .number(Double(WordSplit.count(of: example.texts.joined)))
  }
}

/// A row as a query sees it; its text is made only where a query asks for it.
private struct RowSubject: QuerySubject {
  let table: ExampleTable
  let chunk: ExampleChunk
  /// Its index in the table and in the chunk.
  let row: Int
  let index: Int
  let annotations: Annotations

  func value(of field: QueryField) -> QueryValue? {
    switch field {
    case .gold: name(chunk.gold(index))
    case .pred: .text(table.name(of: chunk.predicted(index)))
    case .p: number(chunk.probability(index))
    case .loss: number(chunk.loss(index))
    case .text: .text(chunk.texts(index).joined)
    case .len: table.length(of: chunk, index).map { .number(Double($0)) }
    case .id: chunk.id(index).map(QueryValue.text)
    case .row: .number(Double(chunk.fileRow(index)))
    case .note: annotations.entries[chunk.fileRow(index)]?.note.map(QueryValue.text)
    case .label: annotations.entries[chunk.fileRow(index)]?.label.map(QueryValue.text)
    case .evidence:
      table.evidence[row].map { .text(table.parts == nil ? $0.searched : $0.searchedParts) }
    case .group, .element, .rings, .aromatic, .charge, .stereo, .mistake:
      table.parts?.value(of: field, in: chunk.text(index))
    case .other: table.other?.answer(row).flatMap(name)
    }
  }

  private func name(_ gold: Gold) -> QueryValue? {
    gold == .unknown ? nil : .text(table.name(of: gold))
  }

  private func number(_ value: Float) -> QueryValue? {
    value.isNaN ? nil : .number(Double(value))
  }
}
