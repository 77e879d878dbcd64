internal import Datasets
internal import Foundation

/// SVG to PNG by librsvg's program, which Debian keeps up to date as `librsvg2-bin`.
package struct Rasterizer: Sendable {
  private let program: String

  /// - Parameter program: its name or path.
  package init(program: String = "rsvg-convert") { self.program = program }

  /// Twice the size of the picture's own units, for screens of today.
  private static let zoom = "2"

  /// - Throws: `RasterizerError.notInstalled`, which is better known before the work.
  package func check() throws {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
      .split(separator: ":")
    let places = program.contains("/") ? [program] : folders.map { "\($0)/\(program)" }
    guard places.contains(where: FileManager.default.isExecutableFile) else {
      throw RasterizerError.notInstalled(program: program)
    }
  }

  /// - Throws: `RasterizerError`.
  package func png(_ svg: String) throws -> [UInt8] {
    try check()
    let input = FileManager.default.temporaryDirectory
      .appending(path: "whylight-\(UUID().uuidString).svg")
    defer { try? FileManager.default.removeItem(at: input) }
    do {
      try Data(svg.utf8).write(to: input)
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [program, "--format=png", "--zoom=\(Self.zoom)", input.path]
      let (output, errors) = (Pipe(), Pipe())
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
      let said = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      guard process.terminationStatus == 0, !bytes.isEmpty else {
        let line = String(decoding: said, as: UTF8.self).split(separator: "\n").first
        throw RasterizerError.refused(program: program, line: line.map(String.init) ?? "")
      }
      return Array(bytes)
    } catch let error as RasterizerError {
      throw error
    } catch {
      throw RasterizerError.failed(reason: SystemReason.sentence(error))
    }
  }
}

/// Why there is no PNG.
public enum RasterizerError: Error, Sendable, Equatable {
  case notInstalled(program: String)
  /// The program drew nothing and said why in a line.
  case refused(program: String, line: String)
  /// The system's own words.
  case failed(reason: String)
}
