internal import Datasets
internal import FoundationEssentials

/// Converts SVG to PNG with the program of librsvg, which Debian distributes as `librsvg2-bin`.
package struct Rasterizer: Sendable {
  private let program: String

  /// - Parameter program: its name or path.
  package init(program: String = "rsvg-convert") { self.program = program }

  /// Twice the size in the picture's units, for high-resolution screens.
  private static let zoom = "2"

  /// - Throws: `RasterizerError.notInstalled`; call it before the results are computed.
  package func check() throws(RasterizerError) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
      .split(separator: ":")
    let places = program.contains("/") ? [program] : folders.map { "\($0)/\(program)" }
    guard places.contains(where: FileManager.default.isExecutableFile) else {
      throw RasterizerError.notInstalled(program: program)
    }
  }

  /// - Throws: `RasterizerError`.
  package func png(_ svg: String) throws(RasterizerError) -> [UInt8] {
    try check()
    let outcome: ToolProcess.Outcome
    do {
      outcome = try ToolProcess(program, ["--format=png", "--zoom=\(Self.zoom)"])
        .run(input: Array(svg.utf8))
    } catch {
      throw .failed(reason: SystemReason.sentence(errno: error.code))
    }
    guard outcome.status == 0, !outcome.output.isEmpty else {
      let line = String(decoding: outcome.errors, as: UTF8.self).split(separator: "\n").first
      throw .refused(program: program, line: line.map(String.init) ?? "")
    }
    return outcome.output
  }
}

/// Why there is no PNG.
public enum RasterizerError: Error, Sendable, Equatable {
  case notInstalled(program: String)
  /// The program failed with this error message.
  case refused(program: String, line: String)
  /// The error message of the system.
  case failed(reason: String)
}
