internal import Foundation
internal import GRDB

/// What one model said, in the store.
public struct StoredPredictions: PredictionMemory, Sendable {
  private let store: ContentStore
  private let fingerprint: ContentHash
  private let name: String
  private let classes: Int

  /// - Parameters:
  ///   - fingerprint: the content of the model and of the program that runs it.
  ///   - name: for people who look into the file.
  ///   - classes: how many logits an answer has.
  public init(_ store: ContentStore, fingerprint: ContentHash, name: String, classes: Int) {
    self.store = store
    self.fingerprint = fingerprint
    self.name = name
    self.classes = classes
  }

  public func recall(_ contents: [TextRecord.Content]) -> [[Float]?] {
    let answers = store.using { queue in
      try queue.read { database -> [[Float]?]? in
        guard let model = try StoredModel.id(fingerprint, in: database) else { return nil }
        let statement = try database.cachedStatement(
          sql: "SELECT answer FROM prediction WHERE model = ? AND text = ?")
        return try contents.map { content in
          let key = ContentHash(content).bytes
          guard let bytes = try Data.fetchOne(statement, arguments: [model, Data(key)]) else {
            return nil
          }
          guard let logits = StoredAnswer.decode(Array(bytes), key: key) else {
            throw DamagedAnswer()
          }
          return logits.count == classes ? logits : nil
        }
      }
    }
    return (answers ?? nil) ?? Array(repeating: nil, count: contents.count)
  }

  public func remember(_ contents: [TextRecord.Content], logits: [[Float]]) {
    _ = store.using { queue in
      try queue.write { database in
        let model = try StoredModel.added(fingerprint, name: name, to: database)
        let statement = try database.cachedStatement(
          sql: "INSERT OR REPLACE INTO prediction (model, text, answer) VALUES (?, ?, ?)")
        for (content, row) in zip(contents, logits) {
          let key = ContentHash(content).bytes
          let answer = Data(StoredAnswer.encode(row, key: key))
          try statement.execute(arguments: [model, Data(key), answer])
        }
      }
    }
  }
}
