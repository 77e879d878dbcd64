import Foundation
import Reports
import Testing

/// A program of a test in the place of rsvg-convert.
private func program(_ script: String) throws -> (folder: URL, path: String) {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "whylight-raster-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  let path = folder.appending(path: "draw").path(percentEncoded: false)
  try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: path))
  try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  return (folder, path)
}

@Suite struct `a picture` {
  @Test func `is what the program makes of the SVG`() throws {
    // the last argument is the file
    let (folder, path) = try program("for file; do :; done; echo \"$1\"; cat \"$file\"")
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

  @Test func `needs a program that is there`() {
    #expect(throws: RasterizerError.notInstalled(program: "no-such-program-of-whylight")) {
      try Rasterizer(program: "no-such-program-of-whylight").check()
    }
  }
}
