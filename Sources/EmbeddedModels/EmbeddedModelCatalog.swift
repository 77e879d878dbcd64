internal import CEmbeddedModels
public import Checkpoints
public import Classifiers

/// The models that come with the program, embedded in its executable.
public enum EmbeddedModelCatalog {
  /// The first is the default.
  public static let names: [String] = {
    var names: [String] = []
    for file in files where !names.contains(file.model) { names.append(file.model) }
    return names
  }()

  /// What a model reads and predicts, in a few words.
  public static func purpose(of name: String) -> String { purposes[name] ?? "" }

  private static let purposes = [
    "sentiment": "film reviews: positive or negative?",
    "molecules": "SMILES: does a molecule pass the blood-brain barrier?",
  ]

  /// The files of a model; nothing is copied until it is read.
  public static func files(of name: String) -> ModelFiles? {
    let sources = files.filter { $0.model == name }.map { ($0.name, $0.source) }
    return sources.isEmpty ? nil : ModelFiles(Dictionary(uniqueKeysWithValues: sources))
  }

  /// Opens these models and the user's own.
  public static var opener: ModelOpener {
    ModelOpener(
      embedded: names.compactMap { name in
        files(of: name).map { ModelOpener.Embedded(name: name, files: $0) }
      })
  }

  private static let files = (0..<embedded_file_count()).map(EmbeddedFile.init)
}

private struct EmbeddedFile: Sendable {
  let model: String
  let name: String
  let source: ByteSource

  init(index: Int) {
    let file = unsafe embedded_file_at(index)
    model = unsafe String(cString: file.model)
    name = unsafe String(cString: file.name)
    source = unsafe ByteSource(count: file.size) { part in
      let file = unsafe embedded_file_at(index)
      return unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.size)[part])
    }
  }
}
