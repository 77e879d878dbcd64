public import Classifiers
internal import Tokenizers

/// The stored predictions of one model.
public struct StoredPredictions: PredictionMemory, Sendable {
  private let store: ContentStore
  private let fingerprint: ContentHash
  private let name: String
  private let classes: Int

  /// - Parameters:
  ///   - fingerprint: the identity of the model and of the program that runs it.
  ///   - name: the model's name, for people who inspect the file.
  ///   - classes: how many logits an answer has.
  public init(_ store: ContentStore, fingerprint: ContentHash, name: String, classes: Int) {
    self.store = store
    self.fingerprint = fingerprint
    self.name = name
    self.classes = classes
  }

  public func recall(_ contents: [TextRecord.Content]) -> [ModelAnswer?] {
    let answers = store.read { database -> [ModelAnswer?]? in
      guard let model = try StoredModel.id(fingerprint, in: database) else { return nil }
      return try contents.map { content in
        let key = ContentHash(content).bytes
        let answer = try database.first(
          "SELECT answer FROM prediction WHERE model = ? AND text = ?", .integer(model),
          .blob(key)
        ) { $0.blob(0) }
        guard let answer else { return nil }
        guard let words = StoredAnswer.words(answer, key: key) else { throw DamagedAnswer() }
        return ModelAnswer(storedWords: words, classes: classes)
      }
    }
    return (answers ?? nil) ?? Array(repeating: nil, count: contents.count)
  }

  public func remember(_ contents: [TextRecord.Content], answers: [ModelAnswer]) {
    _ = store.write { database in
      let model = try StoredModel.added(fingerprint, name: name, to: database)
      for (content, answer) in zip(contents, answers) {
        let key = ContentHash(content).bytes
        try database.run(
          "INSERT OR REPLACE INTO prediction (model, text, answer) VALUES (?, ?, ?)",
          .integer(model), .blob(key),
          .blob(StoredAnswer.encode(words: answer.storedWords, key: key)))
      }
    }
  }
}

/// The number of logits, the logits, and the part of the text that was cut off.
extension ModelAnswer {
  /// nil if the words are not an answer of a model with so many classes.
  fileprivate init?(storedWords words: [UInt32], classes: Int) {
    guard words.first == UInt32(clamping: classes), words.count > classes else { return nil }
    let rest = words.dropFirst(1 + classes).map(Int.init)
    self.init(logits: words.dropFirst().prefix(classes).map { Float(bitPattern: $0) })
    guard !rest.isEmpty else { return }
    // A pair has a second range.
    guard rest.count == 6 || rest.count == 8 && rest[6] <= rest[7], rest[4] <= rest[5] else {
      return nil
    }
    truncation = Truncation(
      tokens: rest[0], read: rest[1], side: rest[2] == 0 ? .right : .left,
      rest: rest[3] == 0 ? .unread : .unpooled, utf8Range: rest[4]..<rest[5],
      pairRange: rest.count == 8 ? rest[6]..<rest[7] : nil)
  }

  fileprivate var storedWords: [UInt32] {
    let logits = [UInt32(clamping: logits.count)] + logits.map(\.bitPattern)
    guard let truncation else { return logits }
    return logits
      + [
        truncation.tokens, truncation.read, truncation.side == .right ? 0 : 1,
        truncation.rest == .unread ? 0 : 1, truncation.utf8Range.lowerBound,
        truncation.utf8Range.upperBound,
      ].map { UInt32(clamping: $0) }
      + (truncation.pairRange.map { [$0.lowerBound, $0.upperBound] } ?? [])
      .map { UInt32(clamping: $0) }
  }
}
