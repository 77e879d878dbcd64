import Foundation
import Testing

/// The built program, run in pipes.
struct Program {
  /// The one that lies beside the tests' bundle.
  static let path: String = {
    let arguments = ProcessInfo.processInfo.arguments
    // The bundle is an argument of its own, or the very program that runs.
    let bundle =
      zip(arguments, arguments.dropFirst()).first { $0.0 == "--test-bundle-path" }?.1
      ?? arguments.first { $0.hasSuffix(".xctest") }
    let folder =
      bundle.map { URL(filePath: $0).deletingLastPathComponent() }
      ?? packageFolder.appending(path: ".build/release")
    return folder.appending(path: "whylight").path(percentEncoded: false)
  }()

  static let packageFolder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  struct Result {
    var status: Int32
    var output: String
    var error: String
  }

  /// Runs to the end. Standard input is empty unless given.
  static func run(
    _ arguments: String..., input: Data = Data(), environment: [String: String] = [:]
  ) throws -> Result {
    try run(arguments, input: input, environment: environment)
  }

  static func run(
    _ arguments: [String], input: Data = Data(), environment: [String: String] = [:]
  ) throws -> Result {
    let folder = try TemporaryFolder()
    try input.write(to: folder.url.appending(path: "input"))
    let status = try spawn(
      path, arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      input: folder.file("input"), output: folder.file("output"), error: folder.file("error"))
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: folder.url.appending(path: name)), as: UTF8.self)
    }
    return Result(status: status, output: try text("output"), error: try text("error"))
  }
}

/// Returns when the program has explained a text beside: in that time one that computes in secret would
/// have computed too, however slow the machine.
func spendTimeOnAnotherExplanation() throws {
  let text = Array(repeating: "a brilliant film that is never dull", count: 8)
    .joined(separator: " ")
  let result = try Program.run("explain", "--method", "lime", "--samples", "4000", text)
  try #require(result.status == 0, "\(result.error)")
}

/// A folder that goes when its owner goes.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "whylight-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }
}
