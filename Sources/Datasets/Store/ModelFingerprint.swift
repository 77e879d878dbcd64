internal import Checkpoints
package import Classifiers
internal import FoundationEssentials
internal import Glibc
internal import Tokenizers

/// The identity of a model by content, so that a changed model is never confused with its old
/// version.
package enum ModelFingerprint {
  /// - Parameters:
  ///   - argument: the model as the user specified it.
  ///   - options: further options that change its output.
  /// - Returns: nil if the model's content cannot be read, so that its predictions are not stored.
  package static func of(
    _ model: Model, opened argument: String?, with options: OpeningOptions
  ) -> ContentHash? {
    // A user's own program may answer differently tomorrow.
    guard argument?.hasPrefix("exec:") != true else { return nil }
    var hasher = ContentHasher()
    // Another build of the program may compute or tokenize differently; embedded models are part of
    // it.
    guard addIdentity(of: "/proc/self/exe", to: &hasher) else { return nil }
    // A threshold changes what is decided, not what is predicted.
    var opened = argument.map { ModelArgument($0) }
    opened?.reading.threshold = nil
    var reading = options.reading
    reading.threshold = nil
    hasher.add(opened?.line ?? model.name)
    hasher.add(options.isBackwards ? "backwards" : "")
    hasher.add(options.tokenizer ?? "")
    hasher.add(reading.line)
    hasher.add(options.precision.rawValue)
    hasher.add(model.architecture)
    hasher.add(model.classifier.link.rawValue)
    for name in model.classifier.classes { hasher.add(name) }
    hasher.add("vocabulary")
    for token in model.tokenizer.vocabulary { hasher.add(token) }
    do {
      if let argument { try addFiles(at: ModelArgument(argument).model, to: &hasher) }
      if let pieceModel = options.pieceModel { try addFile(pieceModel, to: &hasher) }
      if let base = model.facts.base { try addFiles(at: base, to: &hasher) }
    } catch {
      return nil
    }
    return hasher.hash
  }

  /// Adds the bytes of a file and of a SentencePiece model beside it, or of all files of a folder
  /// and of its subfolders with sentence-transformers' modules; nothing for an embedded model.
  private static func addFiles(at path: String, to hasher: inout ContentHasher) throws {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder else {
      try addFile(path, to: &hasher)
      // The model's vocabulary has its pieces; how texts are segmented is only in this file.
      for beside in FilesBeside(path).all where beside.hasSuffix(".model") {
        try addFile(beside, to: &hasher)
      }
      return
    }
    try addFolder(path, to: &hasher)
    for folder in try SentenceModules.folders(in: ModelFiles(folder: path)) {
      hasher.add(folder)
      try addFolder(path + "/" + folder, to: &hasher)
    }
  }

  private static func addFolder(_ path: String, to hasher: inout ContentHasher) throws {
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: path).sorted() {
      let attributes = try files.attributesOfItem(atPath: path + "/" + name)
      guard attributes[.type] as? FileAttributeType != .typeDirectory else { continue }
      hasher.add(name)
      try addFile(path + "/" + name, to: &hasher)
    }
  }

  private static func addFile(_ path: String, to hasher: inout ContentHasher) throws {
    let source = try ByteSource(path: path)
    hasher.add("\(source.count) bytes")
    let part = 1 << 20
    for start in stride(from: 0, to: source.count, by: part) {
      hasher.add(try source.read(start..<min(source.count, start + part)))
    }
  }

  /// Adds a file by its size and modification time, if reading it whole would be too slow.
  private static func addIdentity(of path: String, to hasher: inout ContentHasher) -> Bool {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return false }
    hasher.add("\(facts.st_size) \(facts.st_mtim.tv_sec) \(facts.st_mtim.tv_nsec)")
    return true
  }
}
