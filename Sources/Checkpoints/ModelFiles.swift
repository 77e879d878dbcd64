public import Documents
internal import Glibc

/// The files that make up a model, by name: a folder's, or those that the program was built with.
public struct ModelFiles: Sendable {
  /// nil where there is no such file.
  private let find: @Sendable (String) throws -> ByteSource?

  public init(_ files: [String: ByteSource]) {
    find = { files[$0] }
  }

  public init(folder: String) {
    find = { name in
      do {
        return try ByteSource(path: folder + "/" + name)
      } catch CheckpointError.unreadable(code: ENOENT) {
        return nil
      }
    }
  }

  /// - Parameter find: nil where there is no such file.
  init(find: @escaping @Sendable (String) throws -> ByteSource?) {
    self.find = find
  }

  /// The same files; those whose names `choose` knows come from others.
  /// - Parameter choose: nil for a file that stays this folder's own.
  func choosing(_ choose: @escaping @Sendable (String) -> ModelFiles?) -> ModelFiles {
    ModelFiles { name in try (choose(name) ?? self).find(name) }
  }

  /// The files of a folder within, by a path that was checked; an empty one is for this folder.
  public func subfolder(_ path: String) -> ModelFiles {
    guard !path.isEmpty else { return self }
    let find = find
    return ModelFiles { name in try find(path + "/" + name) }
  }

  /// A file's settings; nil where there is no such file.
  func read(ifThere name: String, atMost limit: Int) throws -> Settings? {
    guard contains(name) else { return nil }
    return try read(name) { try Settings(try $0.json(atMost: limit)) }
  }

  public func contains(_ name: String) -> Bool {
    do { return try find(name) != nil } catch { return true }
  }

  /// A file as a JSON document; nil where there is no such file.
  /// - Parameters:
  ///   - limit: bytes of the file.
  ///   - values: how many values the document may have.
  /// - Throws: `CheckpointError`.
  public func json(_ name: String, atMost limit: Int, values: Int = 1_000_000) throws -> JSON? {
    guard contains(name) else { return nil }
    return try read(name) { try $0.json(atMost: limit, values: values) }
  }

  /// All bytes of a file; nil where there is no such file.
  /// - Throws: `CheckpointError`.
  public func bytes(_ name: String, atMost limit: Int) throws -> [UInt8]? {
    guard contains(name) else { return nil }
    return try read(name) { try $0.readAll(atMost: limit) }
  }

  /// What `read` makes of a file; its errors come out with the file's name.
  /// - Throws: `CheckpointError.missingFile`, and `.inFile` around what goes wrong within.
  func read<Result>(_ name: String, _ read: (ByteSource) throws -> Result) throws -> Result {
    do {
      guard let source = try find(name) else { throw CheckpointError.missingFile(name: name) }
      return try read(source)
    } catch let error as CheckpointError {
      if case .missingFile = error { throw error }
      throw CheckpointError.inFile(name: name, error)
    }
  }
}
