internal import Foundation
internal import Glibc
internal import Reports

/// SVG to PNG by librsvg's program, which Debian keeps up to date as `librsvg2-bin`.
enum Rasterizer {
  private static let program = "rsvg-convert"

  /// Twice the size of the picture's own units, for screens of today.
  private static let zoom = "2"

  /// - Throws: `Failure` where the program is not there: better known before the work.
  static func check() throws {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
      .split(separator: ":")
    guard
      folders.contains(where: { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") })
    else {
      throw Failure.usage(
        "a PNG is drawn by \(program), which is not installed: apt install librsvg2-bin, with a font"
          + " as fonts-dejavu-core; or choose svg, which needs nothing")
    }
  }

  /// - Throws: `Failure` with what the program says.
  static func png(_ svg: String) throws -> [UInt8] {
    try check()
    let input = FileManager.default.temporaryDirectory
      .appending(path: "whylight-\(UUID().uuidString).svg")
    defer { try? FileManager.default.removeItem(at: input) }
    do {
      try Data(svg.utf8).write(to: input)
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [program, "--format=png", "--zoom=\(zoom)", input.path]
      let (output, errors) = (Pipe(), Pipe())
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
      let said = try errors.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      guard process.terminationStatus == 0, !bytes.isEmpty else {
        let line = String(decoding: said, as: UTF8.self).split(separator: "\n").first ?? ""
        throw Failure.run("\(program) drew nothing: \(line)")
      }
      return Array(bytes)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure.run("the picture can't be drawn: \(Messages.reason(error))")
    }
  }
}
