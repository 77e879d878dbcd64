/// Stored scores of words for a model's prediction, by explainer.
public struct StoredScores: Sendable {
  private let store: ContentStore
  private let fingerprint: ContentHash
  private let name: String
  private let method: String

  /// - Parameters:
  ///   - fingerprint: the identity of the model and of the program that runs it.
  ///   - name: the model's name, for people who inspect the file.
  ///   - method: the explainer, with everything that changes its scores.
  public init(_ store: ContentStore, fingerprint: ContentHash, name: String, method: String) {
    self.store = store
    self.fingerprint = fingerprint
    self.name = name
    self.method = method
  }

  /// nil for a text that is not stored, or only for another class.
  public func recall(_ asked: [(content: TextRecord.Content, classIndex: Int)]) -> [WordScores?] {
    let answers = store.read { database -> [WordScores?]? in
      guard let model = try StoredModel.id(fingerprint, in: database) else { return nil }
      return try asked.map { content, classIndex in
        let key = ContentHash(content).bytes
        let answer = try database.first(
          "SELECT answer FROM score WHERE model = ? AND method = ? AND text = ?",
          .integer(model), .text(method), .blob(key)
        ) { $0.blob(0) }
        guard let answer else { return nil }
        guard let words = StoredAnswer.words(answer, key: key),
          let scores = WordScores(storedWords: words)
        else { throw DamagedAnswer() }
        return scores.classIndex == classIndex ? scores : nil
      }
    }
    return (answers ?? nil) ?? Array(repeating: nil, count: asked.count)
  }

  /// One transaction: a program that is killed loses at most this batch.
  public func remember(_ found: [(content: TextRecord.Content, scores: WordScores)]) {
    _ = store.write { database in
      let model = try StoredModel.added(fingerprint, name: name, to: database)
      for (content, scores) in found {
        let key = ContentHash(content).bytes
        try database.run(
          "INSERT OR REPLACE INTO score (model, method, text, answer) VALUES (?, ?, ?, ?)",
          .integer(model), .text(method), .blob(key),
          .blob(StoredAnswer.encode(words: scores.storedWords, key: key)))
      }
    }
  }
}

/// The models' rows in the store.
enum StoredModel {
  static func id(_ fingerprint: ContentHash, in database: Database) throws -> Int64? {
    try database.first(
      "SELECT id FROM model WHERE fingerprint = ?", .blob(fingerprint.bytes)
    ) { $0.integer(0) }
  }

  static func added(
    _ fingerprint: ContentHash, name: String, to database: Database
  ) throws -> Int64 {
    if let id = try id(fingerprint, in: database) { return id }
    try database.run(
      "INSERT INTO model (fingerprint, name, used) VALUES (?, ?, date('now'))",
      .blob(fingerprint.bytes), .text(name))
    return database.lastInsertedRow
  }
}

extension WordScores {
  /// The class, and three words for each word of the text: its range and its score.
  fileprivate var storedWords: [UInt32] {
    [UInt32(clamping: classIndex)]
      + words.flatMap {
        [
          UInt32(clamping: $0.utf8Range.lowerBound), UInt32(clamping: $0.utf8Range.upperBound),
          $0.score.bitPattern,
        ]
      }
  }

  fileprivate init?(storedWords: [UInt32]) {
    guard storedWords.count % 3 == 1 else { return nil }
    var words: [Word] = []
    for start in stride(from: 1, to: storedWords.count, by: 3) {
      let (lower, upper) = (Int(storedWords[start]), Int(storedWords[start + 1]))
      guard lower <= upper else { return nil }
      words.append(
        Word(utf8Range: lower..<upper, score: Float(bitPattern: storedWords[start + 2])))
    }
    self.init(classIndex: Int(storedWords[0]), words: words)
  }
}
