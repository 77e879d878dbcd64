internal import FoundationEssentials
internal import Glibc

/// Files that only the user may read: texts, notes and predictions.
///
/// Every folder and file that the program keeps is created here; one that an earlier version left
/// accessible to others is closed to them.
public enum PrivateFiles {
  /// Creates a folder, including its parents, if necessary.
  /// - Throws: the system's error.
  public static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    close(path, keeping: 0o700)
  }

  /// Creates an empty file if necessary; errors are left to the code that opens it.
  public static func makeFile(_ path: String) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
    if descriptor >= 0 { Glibc.close(descriptor) }
    close(path, keeping: 0o600)
  }

  /// Removes all permissions of others from a file that the user owns.
  public static func close(_ path: String, keeping rights: UInt32 = 0o600) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0, facts.st_uid == geteuid(),
      facts.st_mode & 0o077 != 0
    else { return }
    _ = unsafe chmod(path, facts.st_mode & rights)
  }
}
