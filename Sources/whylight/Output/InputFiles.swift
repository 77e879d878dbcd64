internal import Classifiers
internal import Documents
internal import FoundationEssentials
internal import Glibc

/// The files that a command reads, none of which its results may overwrite: not by another spelling
/// of the path, a link of either kind, or the shell's redirection.
struct InputFiles: Sendable {
  private struct Identity: Hashable {
    var device: UInt64
    var node: UInt64
  }

  private var files: [Identity: String] = [:]
  private var folders: [(place: String, path: String)] = []

  static let none = InputFiles([])

  /// nil and missing files are ignored.
  /// - Parameters:
  ///   - paths: files; `-` is standard input.
  ///   - models: values of `--model`. They stand for the files of a folder, those beside a file
  ///     that it may need, and those in an external program's command.
  init(_ paths: [String?], models: [String?] = []) {
    for case let path? in paths {
      let path = PathCompletions.expanded(path)
      add(path == "-" ? Self.facts(ofDescriptor: 0) : Self.facts(path), path)
    }
    for case let model? in models {
      guard model.hasPrefix(Model.externalPrefix) else {
        let argument = ModelArgument(model).mapPaths(PathCompletions.expanded)
        for path in [argument.model, argument.base ?? BaseFolder.found(for: argument.model)] {
          if let path { add(model: path) }
        }
        continue
      }
      let command = model.dropFirst(Model.externalPrefix.count)
      for word in command.split(whereSeparator: { " \t\n'\"".contains($0) }) {
        add(Self.facts(String(word)), String(word))
      }
    }
  }

  private mutating func add(model path: String) {
    guard let facts = Self.facts(path) else { return }
    guard facts.st_mode & S_IFMT == S_IFDIR else {
      add(facts, path)
      for beside in FilesBeside(path).all { add(Self.facts(beside), beside) }
      return
    }
    folders.append((Self.place(path), path))
    // A folder of links, like Hugging Face's cache: the targets are read.
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
      add(Self.facts(path + "/" + name), path + "/" + name)
    }
  }

  private mutating func add(_ facts: stat?, _ path: String) {
    guard let facts, facts.st_mode & S_IFMT == S_IFREG else { return }
    let identity = Self.identity(facts)
    files[identity] = files[identity] ?? (path == "-" ? "standard input" : path)
  }

  /// - Parameter path: where a result will be written; nil for standard output.
  /// - Throws: `WholeFileError.isInput`, `.isInside`.
  func check(output path: String?) throws {
    guard let facts = path.map(Self.facts) ?? Self.facts(ofDescriptor: 1),
      facts.st_mode & S_IFMT == S_IFREG
    else { return }
    if let input = files[Self.identity(facts)] {
      throw WholeFileError.isInput(path: path ?? "standard output", input: input)
    }
    if let path { try check(isOutside: path) }
  }

  /// - Parameter path: a folder to be created, or an existing file.
  /// - Throws: `WholeFileError.isInside` if a folder that is read would change.
  func check(isOutside path: String) throws {
    let place = Self.place(path)
    if let folder = folders.first(where: { place == $0.place || place.hasPrefix($0.place + "/") }) {
      throw WholeFileError.isInside(path: path, folder: folder.path)
    }
  }

  /// Whether two paths refer to the same file, which need not exist yet.
  static func isSame(_ first: String, _ second: String) -> Bool {
    guard place(first) != place(second) else { return true }
    guard let first = facts(first), let second = facts(second) else { return false }
    return first.st_mode & S_IFMT == S_IFREG && identity(first) == identity(second)
  }

  private static func facts(_ path: String) -> stat? {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 ? facts : nil
  }

  private static func facts(ofDescriptor descriptor: Int32) -> stat? {
    var facts = stat()
    return unsafe fstat(descriptor, &facts) == 0 ? facts : nil
  }

  private static func identity(_ facts: stat) -> Identity {
    Identity(device: UInt64(facts.st_dev), node: UInt64(facts.st_ino))
  }

  /// The target of a path through links and `..`, even if it does not exist yet.
  private static func place(_ path: String) -> String {
    let manager = FileManager.default
    let path = WholeFile.place(of: path)
    var known = (path.hasPrefix("/") ? "" : manager.currentDirectoryPath + "/") + path
    var rest: [String] = []
    while known.contains("/"), !manager.fileExists(atPath: known) {
      let parts = PathParts(known)
      rest.insert(parts.name, at: 0)
      known = parts.folder
    }
    let front = URL(filePath: known.isEmpty ? "/" : known).resolvingSymlinksInPath()
    let whole = rest.reduce(front) { $0.appending(path: $1) }.standardizedFileURL
    let place = whole.path(percentEncoded: false)
    return place.count > 1 && place.hasSuffix("/") ? String(place.dropLast()) : place
  }
}
