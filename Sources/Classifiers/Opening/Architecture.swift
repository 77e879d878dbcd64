public import Checkpoints

/// An architecture whose models are written to Whylight's own folders: its settings, how a classifier is
/// built of them and of the weights, and which other files there are of such models.
///
/// Transformers are read from the folders of the transformers library instead, and have a catalogue of
/// their own (`TransformerCatalog`).
public protocol Architecture: ArchitectureSettings {
  /// Builds the classifier.
  /// - Parameter saved: with these settings, its tensors and classes.
  /// - Throws: `CheckpointError`, `ClassifierError`, `TensorError`.
  func classifier(of saved: SavedClassifier) throws -> any Classifier
  /// Sizes and limits in the architecture's own names, in reading order.
  func rows(of saved: SavedClassifier) -> [(name: String, value: String)]
  /// How many tokens the last layer sees at most; nil where there is no limit.
  var tokenLimit: Int? { get }
  /// The weights that are read anew at each token of a text; by default none.
  func stepTensors(of saved: SavedClassifier) -> [String]
  /// Reads a file that people have of such models, other than Whylight's own folder; nil where the file
  /// is of another kind, which by default it is.
  /// - Throws: `CheckpointError`, `ModelOpeningError`.
  static func saved(in file: ForeignFile) throws -> SavedClassifier?
}

extension Architecture {
  public var tokenLimit: Int? { nil }

  public func stepTensors(of saved: SavedClassifier) -> [String] { [] }

  public static func saved(in file: ForeignFile) throws -> SavedClassifier? { nil }
}

/// A file that a user names as a model.
public struct ForeignFile: Sendable {
  public let path: String
  public let source: ByteSource
  /// Up to 512 of its first bytes.
  public let start: [UInt8]
  /// What the user said besides.
  public let options: OpeningOptions

  /// - Throws: `CheckpointError` where it can't be read.
  init(path: String, options: OpeningOptions) throws {
    self.path = path
    self.options = options
    source = try ByteSource(path: path)
    start = try source.read(0..<min(source.count, 512))
  }
}

/// The architectures besides transformers. A new one is a folder below `Architectures/` and a line here.
public enum ArchitectureCatalog {
  public static let architectures: [any Architecture.Type] = [AWDLSTMSettings.self]
}

extension SavedClassifier {
  /// The architecture as one of which a classifier can be built.
  /// - Throws: `CheckpointError` where it is none.
  func buildable() throws -> any Architecture {
    guard let buildable = architecture as? any Architecture else {
      throw CheckpointError.wrongValue(
        key: "architecture", expected: "one that can be built",
        found: type(of: architecture).architecture)
    }
    return buildable
  }

  /// Each token has a row in a table of embeddings; otherwise the vocabulary is of another model.
  /// - Parameter width: of a row.
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
