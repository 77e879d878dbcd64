internal import Datasets
internal import FoundationEssentials

/// SVG to PNG by librsvg's program, which Debian keeps up to date as `librsvg2-bin`.
package struct Rasterizer: Sendable {
  private let program: String

  /// - Parameter program: its name or path.
  package init(program: String = "rsvg-convert") { self.program = program }

  /// Twice the size of the picture's own units, for screens of today.
  private static let zoom = "2"

  /// - Throws: `RasterizerError.notInstalled`, which is better known before the work.
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
  /// The program drew nothing and said why in a line.
  case refused(program: String, line: String)
  /// The system's own words.
  case failed(reason: String)
}
