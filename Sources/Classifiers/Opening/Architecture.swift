public import Checkpoints

/// An architecture of models in Whylight's own folders: its settings, how a classifier is built
/// from them and the weights, and which other files contain such models.
///
/// Transformers are read from folders of the transformers library, and have a catalogue of their
/// own (`TransformerCatalog`).
public protocol Architecture: ArchitectureSettings {
  /// Builds the classifier.
  /// - Parameter saved: has these settings, the tensors and the classes.
  /// - Throws: `CheckpointError`, `ClassifierError`, `TensorError`.
  func classifier(of saved: SavedClassifier) throws -> any Classifier
  /// Sizes and limits by the architecture's own names, in reading order.
  func rows(of saved: SavedClassifier) -> [(name: String, value: String)]
  /// The most tokens that the head sees; nil if there is no limit.
  var tokenLimit: Int? { get }
  /// The weights that are read again for each token of a text; none by default.
  func stepTensors(of saved: SavedClassifier) -> [String]
  /// Reads a file with such a model, other than Whylight's own folder; nil if the file is of
  /// another kind, which is the default.
  /// - Throws: `CheckpointError`, `ModelOpeningError`.
  static func saved(in file: ForeignFile) throws -> SavedClassifier?
}

extension Architecture {
  public var tokenLimit: Int? { nil }

  public func stepTensors(of saved: SavedClassifier) -> [String] { [] }

  public static func saved(in file: ForeignFile) throws -> SavedClassifier? { nil }
}

/// A file that the user specified as a model.
public struct ForeignFile: Sendable {
  public let path: String
  public let source: ByteSource
  /// The first bytes of the file, up to 512.
  public let start: [UInt8]
  /// The user's other options.
  public let options: OpeningOptions

  /// - Throws: `CheckpointError` if it cannot be read.
  init(path: String, options: OpeningOptions) throws {
    self.path = path
    self.options = options
    source = try ByteSource(path: path)
    start = try source.read(0..<min(source.count, 512))
  }
}

/// The architectures other than transformers. A new one is a folder in `Architectures/` and a line
/// here.
public enum ArchitectureCatalog {
  public static let architectures: [any Architecture.Type] = [AWDLSTMSettings.self]
}

extension SavedClassifier {
  /// The settings as an architecture from which a classifier can be built.
  /// - Throws: `CheckpointError` if they are not one.
  func buildable() throws -> any Architecture {
    guard let buildable = architecture as? any Architecture else {
      throw CheckpointError.wrongValue(
        key: "architecture", expected: "one that can be built",
        found: type(of: architecture).architecture)
    }
    return buildable
  }

  /// Requires an embedding row for each token; otherwise the vocabulary belongs to another model.
  /// - Parameter width: the length of a row.
  /// - Throws: `CheckpointError`.
  public func requireRow(forEachTokenIn tensor: String, width: Int) throws {
    let expected = [tokenizer.vocabulary.count, width]
    guard let found = tensors.shape(of: tensor) else {
      throw CheckpointError.missingTensor(name: tensor)
    }
    guard found == expected else {
      throw CheckpointError.wrongShape(tensor: tensor, expected: expected, found: found)
    }
  }
}

extension SavedClassifier.Problem {
  public var link: OutputLink {
    switch self {
    case .singleLabel: .softmax
    case .multiLabel: .sigmoid
    case .regression: .identity
    }
  }
}
