internal import CNcurses
internal import Glibc

/// Reports when a file in one of some folders was written, created or deleted. For a missing
/// folder, the nearest existing one above it is watched.
public final class FolderWatch {
  let descriptor: CInt
  private let folders: [String]
  private var watched: [CInt] = []

  public init(folders: [String]) {
    self.folders = folders
    descriptor = watch_open()
    place()
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Whether anything has happened since the last call.
  func takeChanges() -> Bool {
    guard watch_drain(descriptor) != 0 else { return false }
    place()
    return true
  }

  private func place() {
    guard descriptor >= 0 else { return }
    let now = folders.compactMap(watchNearest)
    for old in watched where !now.contains(old) { watch_remove(descriptor, old) }
    watched = now
  }

  private func watchNearest(_ folder: String) -> CInt? {
    var path = folder
    while true {
      let found = unsafe watch_add(descriptor, path.isEmpty ? "." : path)
      if found >= 0 { return found }
      guard let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
  }
}
