public import Documents

/// How well a model does on unseen texts, as its author measured it.
public struct ModelQuality: Sendable, Equatable {
  /// The texts: `B3DB, scaffold test`.
  public var set: String
  /// The number of texts.
  public var rows: Int
  public var accuracy: Float
  /// The area under the ROC curve, for a model with two classes.
  public var rocAUC: Float?
  /// The accuracy of always predicting the most frequent class.
  public var majority: Float?

  public init(
    set: String, rows: Int, accuracy: Float, rocAUC: Float? = nil, majority: Float? = nil
  ) {
    self.set = set
    self.rows = rows
    self.accuracy = accuracy
    self.rocAUC = rocAUC
    self.majority = majority
  }
}

extension ModelQuality {
  /// - Throws: `CheckpointError.missingKey`, `.wrongValue`.
  init(_ settings: Settings) throws {
    func share(_ key: String) throws -> Float? {
      guard settings.has(key) else { return nil }
      let number = try settings.number(key)
      guard (0...1).contains(number) else {
        throw CheckpointError.wrongValue(
          key: "quality.\(key)", expected: "a number from 0 to 1", found: settings.found(key))
      }
      return Float(number)
    }
    guard let accuracy = try share("accuracy") else {
      throw CheckpointError.missingKey(key: "quality.accuracy")
    }
    self.init(
      set: try settings.string("set"), rows: try settings.integer("rows", in: 1...1_000_000_000),
      accuracy: accuracy, rocAUC: try share("roc_auc"), majority: try share("majority"))
  }

  /// The entry in `config.json`.
  public var json: JSON {
    .object([
      .init("set", .string(set)), .init("rows", .integer(rows)),
      .init("accuracy", .float(accuracy)), .init("roc_auc", rocAUC.map(JSON.float) ?? .null),
      .init("majority", majority.map(JSON.float) ?? .null),
    ])
  }
}
