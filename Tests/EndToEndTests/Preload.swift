import Foundation
import Testing

/// A library that stands in for functions of the C library: what a test needs of the system and can't
/// bring about by itself. The compiler that comes with Swift makes it.
struct Preload {
  static let isPossible: Bool = {
    guard let folder = try? TemporaryFolder() else { return false }
    return (try? Preload("int preload_nothing;", in: folder)) != nil
  }()

  struct NotCompiled: Error {
    var messages: String
  }

  /// For `LD_PRELOAD`.
  let path: String

  /// - Parameter source: C.
  init(_ source: String, in folder: TemporaryFolder) throws {
    path = folder.file("preload.so")
    let (code, messages) = (folder.file("preload.c"), folder.file("preload.messages"))
    try Data(source.utf8).write(to: URL(filePath: code))
    let status = try spawn(
      "clang", ["-shared", "-fPIC", "-O1", "-o", path, code],
      environment: ProcessInfo.processInfo.environment, error: messages)
    guard status == 0 else {
      throw NotCompiled(messages: (try? String(contentsOfFile: messages, encoding: .utf8)) ?? "")
    }
  }
}
