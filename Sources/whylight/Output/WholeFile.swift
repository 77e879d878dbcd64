internal import Documents
internal import FoundationEssentials
internal import Glibc
internal import Reports

/// A file that appears completely or not at all: it is written under another name beside its path
/// and moved there when it is complete. A full disk, or a program that ends early, leaves the old
/// file.
///
/// Devices, pipes and other non-regular files are written to directly.
final class WholeFile {
  private let path: String
  /// nil if the path is written to directly.
  private let temporary: String?
  private let mayReplace: Bool
  private let descriptor: Int32
  private var isFinished = false

  /// - Parameter rights: the permissions of a new file; a file that is replaced keeps its own.
  /// - Throws: `WholeFileError`.
  init(path: String, mayReplace: Bool = true, rights: mode_t = 0o644) throws {
    // The target of a link is replaced, not the link.
    let place = Self.place(of: path)
    self.path = path
    self.mayReplace = mayReplace
    var facts = stat()
    let isThere = unsafe stat(place, &facts) == 0
    let kind = facts.st_mode & S_IFMT
    if isThere, kind != S_IFREG {
      guard kind != S_IFDIR else { throw WholeFileError.unwritable(path: path, code: EISDIR) }
      temporary = nil
      descriptor = unsafe Glibc.open(place, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw WholeFileError.unwritable(path: path, code: errno) }
      return
    }
    if isThere, !mayReplace { throw WholeFileError.exists(path: path) }
    let (beside, opened) = Self.opened(beside: place, rights: rights)
    guard opened >= 0 else { throw WholeFileError.unwritable(path: path, code: errno) }
    (temporary, descriptor) = (beside, opened)
    // The permissions are kept.
    if isThere { _ = fchmod(descriptor, facts.st_mode & 0o7777) }
  }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  deinit {
    close(descriptor)
    if let temporary, !isFinished { _ = unsafe unlink(temporary) }
  }

  /// The target of a path through links, even if it does not exist yet.
  static func place(of path: String) -> String {
    var place = path
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else {
        break
      }
      let folder = PathParts(place).folder
      place = next.hasPrefix("/") || folder.isEmpty ? next : folder + "/" + next
    }
    return place
  }

  private static func opened(
    beside place: String, rights: mode_t
  ) -> (path: String, descriptor: Int32) {
    let (folder, name) = (PathParts(place).folder, PathParts(place).name)
    let random = UInt64.random(in: 0...(.max))
    let path = (folder.isEmpty ? "" : folder + "/") + ".\(name).\(String(random, radix: 36))"
    return (path, unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights))
  }

  /// - Throws: `WholeFileError`, for example if the disk is full.
  func write(_ bytes: ArraySlice<UInt8>) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw WholeFileError.unwritable(path: path, code: errno)
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Waits until the data is on disk; this precedes the move and may take long.
  /// - Throws: `WholeFileError`; some file systems report a full disk only here.
  func sync() throws {
    guard temporary != nil, !isFinished else { return }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw WholeFileError.unwritable(path: path, code: errno)
    }
  }

  /// Moves the file to its path.
  /// - Throws: `WholeFileError`.
  func finish() throws {
    guard let temporary, !isFinished else { return }
    try sync()
    let place = Self.place(of: path)
    // The name is taken first, so that a file that was created in the meantime is never replaced.
    if !mayReplace {
      let reserved = unsafe Glibc.open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard reserved >= 0 else {
        if errno == EEXIST { throw WholeFileError.exists(path: path) }
        throw WholeFileError.unwritable(path: path, code: errno)
      }
      close(reserved)
    }
    guard unsafe rename(temporary, place) == 0 else {
      let code = errno
      if !mayReplace { _ = unsafe unlink(place) }
      throw WholeFileError.unwritable(path: path, code: code)
    }
    isFinished = true
  }
}

enum WholeFileError: Error, Equatable {
  /// The file exists and must not be replaced.
  case exists(path: String)
  /// The command reads that file.
  case isInput(path: String, input: String)
  /// The command reads that folder.
  case isInside(path: String, folder: String)
  /// The system's error code.
  case unwritable(path: String, code: Int32)
}

extension Messages {
  static func sentence(_ error: WholeFileError) -> String {
    switch error {
    case .exists(let path): "\(path) already exists"
    case .isInput(let path, let input) where path == input:
      "\(path) is read here and would be lost; write to another file"
    case .isInput(let path, let input):
      "\(path) is \(input), which is read here and would be lost; write to another file"
    case .isInside(let path, let folder):
      "\(path) lies in \(folder), which is read here and would change; write to another place"
    case .unwritable(let path, let code): "can't write \(path): \(reason(errno: code))"
    }
  }
}
