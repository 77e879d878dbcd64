public import Documents
internal import Glibc

/// The files of a model by name: those of a folder, or those embedded in the program.
public struct ModelFiles: Sendable {
  /// Returns nil if there is no such file.
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

  /// - Parameter find: returns nil if there is no such file.
  init(find: @escaping @Sendable (String) throws -> ByteSource?) {
    self.find = find
  }

  /// The same files, except for those that `choose` takes from elsewhere.
  /// - Parameter choose: returns nil for a file that is taken from this folder.
  func choosing(_ choose: @escaping @Sendable (String) -> ModelFiles?) -> ModelFiles {
    ModelFiles { name in try (choose(name) ?? self).find(name) }
  }

  /// The files of a subfolder, by a validated path; an empty path means this folder.
  public func subfolder(_ path: String) -> ModelFiles {
    guard !path.isEmpty else { return self }
    let find = find
    return ModelFiles { name in try find(path + "/" + name) }
  }

  /// The settings in a file; nil if there is no such file.
  func read(ifThere name: String, atMost limit: Int) throws -> Settings? {
    guard contains(name) else { return nil }
    return try read(name) { try Settings(try $0.json(atMost: limit)) }
  }

  public func contains(_ name: String) -> Bool {
    do { return try find(name) != nil } catch { return true }
  }

  /// A file as a JSON document; nil if there is no such file.
  /// - Parameters:
  ///   - limit: the most bytes that the file may have.
  ///   - values: the most values that the document may have.
  /// - Throws: `CheckpointError`.
  public func json(_ name: String, atMost limit: Int, values: Int = 1_000_000) throws -> JSON? {
    guard contains(name) else { return nil }
    return try read(name) { try $0.json(atMost: limit, values: values) }
  }

  /// All bytes of a file; nil if there is no such file.
  /// - Throws: `CheckpointError`.
  public func bytes(_ name: String, atMost limit: Int) throws -> [UInt8]? {
    guard contains(name) else { return nil }
    return try read(name) { try $0.readAll(atMost: limit) }
  }

  /// The first bytes of a file, and how many it has; nil if there is no such file.
  /// - Throws: `CheckpointError`.
  public func beginning(
    of name: String, atMost limit: Int
  ) throws -> (bytes: [UInt8], count: Int)? {
    guard contains(name) else { return nil }
    return try read(name) { source in
      (try source.read(0..<min(source.count, limit)), source.count)
    }
  }

  /// Passes a file to `read` and adds the file's name to its errors.
  /// - Throws: `CheckpointError.missingFile`, and `.inFile` around errors of `read`.
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
