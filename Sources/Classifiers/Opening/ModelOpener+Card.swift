internal import Checkpoints
internal import Documents

/// The beginning of a model card, in which a model's authors describe it.
public struct CardFile: Sendable, Equatable {
  /// The name of the file: `README.md`.
  public var name: String
  /// The beginning of the file.
  public var bytes: [UInt8]
  /// The size of the file.
  public var count: Int

  /// Whether only a part of the file was read.
  public var isCut: Bool { bytes.count < count }

  public init(name: String, bytes: [UInt8], count: Int) {
    (self.name, self.bytes, self.count) = (name, bytes, count)
  }
}

extension ModelOpener {
  /// The file names of model cards: Whylight's own, and that of model hubs.
  private static let cards = ["MODEL_CARD.md", "README.md"]

  /// Reads the model card in a model's folder, or next to its file. The model is not opened.
  /// - Parameters:
  ///   - argument: as in `open`.
  ///   - limit: the most bytes that are read.
  /// - Returns: nil if there is none, and for an external program.
  /// - Throws: `CheckpointError` if it cannot be read.
  public func card(of argument: String?, atMost limit: Int) throws -> CardFile? {
    let model = argument.map { ModelArgument($0).model }
    if let embedded = embedded.first(where: { $0.name == model ?? $0.name }) {
      return try Self.card(in: embedded.files, atMost: limit)
    }
    guard let model, !model.hasPrefix(Model.externalPrefix) else { return nil }
    let beside = PathParts(model).folder
    let folder = PathKind(model) == .folder ? model : beside.isEmpty ? "." : beside
    return try Self.card(in: ModelFiles(folder: folder), atMost: limit)
  }

  private static func card(in files: ModelFiles, atMost limit: Int) throws -> CardFile? {
    for name in cards {
      if let (bytes, count) = try files.beginning(of: name, atMost: limit) {
        return CardFile(name: name, bytes: bytes, count: count)
      }
    }
    return nil
  }
}
