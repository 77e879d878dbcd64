internal import FoundationEssentials
internal import Glibc

/// Files that nobody but the user may read: texts, notes and what models said of them.
///
/// Every folder and file that the program keeps is made here, and one that an earlier version left
/// open to others is closed to them.
public enum PrivateFiles {
  /// Makes a folder, and those above it, where there is none.
  /// - Throws: the system's error.
  public static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    close(path, keeping: 0o700)
  }

  /// Makes an empty file where there is none; what cannot be made is left to whoever opens it.
  public static func makeFile(_ path: String) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    if descriptor >= 0 { Glibc.close(descriptor) }
    close(path, keeping: 0o600)
  }

  /// Takes the rights of all others away where the file is the user's own.
  public static func close(_ path: String, keeping rights: UInt32 = 0o600) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0, facts.st_uid == geteuid(),
      facts.st_mode & 0o077 != 0
    else { return }
    _ = unsafe chmod(path, facts.st_mode & rights)
  }
}
