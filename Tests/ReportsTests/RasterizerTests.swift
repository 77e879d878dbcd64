import Foundation
import Reports
import Testing

/// A program of a test in the place of rsvg-convert.
private func program(_ script: String) throws -> (folder: URL, path: String) {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "whylight-raster-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let path = folder.appending(path: "draw").path(percentEncoded: false)
  // Written by another process: one that a test beside this forks would hold a file that this one has
  // open for writing, and such a file can't be run.
  try Data("#!/bin/sh\n\(script)\n".utf8).write(to: folder.appending(path: "text"))
  let copying = try Process.run(
    URL(filePath: "/bin/sh"),
    arguments: [
      "-c", #"cp "$1" "$2" && chmod 755 "$2""#, "sh",
      folder.appending(path: "text").path(percentEncoded: false), path,
    ])
  copying.waitUntilExit()
  try #require(copying.terminationStatus == 0)
  return (folder, path)
}

@Suite struct `a picture` {
  @Test func `is what the program makes of the SVG`() throws {
    let (folder, path) = try program("echo \"$1\"; cat")
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = try Rasterizer(program: path).png("<svg/>")
    #expect(String(decoding: bytes, as: UTF8.self) == "--format=png\n<svg/>")
  }

  @Test func `that is not drawn is told in the program's first line`() throws {
    let (folder, path) = try program("echo 'no font' >&2; echo more >&2; exit 1")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: RasterizerError.refused(program: path, line: "no font")) {
      try Rasterizer(program: path).png("<svg/>")
    }
    let (silent, other) = try program("exit 0")
    defer { try? FileManager.default.removeItem(at: silent) }
    #expect(throws: RasterizerError.refused(program: other, line: "")) {
      try Rasterizer(program: other).png("<svg/>")
    }
  }

  @Test func `may be larger than a pipe, and the program need not read the SVG`() throws {
    let svg = "<svg>" + String(repeating: " ", count: 1 << 20) + "</svg>"
    let (folder, path) = try program("cat; head -c 1000000 /dev/zero >&2")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try Rasterizer(program: path).png(svg).count == svg.utf8.count)
    let (deaf, other) = try program("echo drawn")
    defer { try? FileManager.default.removeItem(at: deaf) }
    #expect(try Rasterizer(program: other).png(svg) == Array("drawn\n".utf8))
  }

  @Test func `needs a program that is there`() {
    #expect(throws: RasterizerError.notInstalled(program: "no-such-program-of-whylight")) {
      try Rasterizer(program: "no-such-program-of-whylight").check()
    }
  }
}
