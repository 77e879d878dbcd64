import Foundation
import Testing

private func swiftFiles(_ folder: String) throws -> [String] {
  let root = Program.packageFolder.appending(path: folder).path(percentEncoded: false)
  return try FileManager.default.subpathsOfDirectory(atPath: root)
    .filter { file in [".swift", ".c", ".h", ".cpp"].contains { file.hasSuffix($0) } }
    .map { root + "/" + $0 }
}

/// docs/security.md promises nothing that no test holds.
@Suite struct `the promises about files of others` {
  @Test func `name tests that exist`() throws {
    let page = try Document(path: "docs/security.md").text
    let names = page.split(separator: "\n").filter { $0.hasPrefix("| **") }.flatMap { row in
      row.matches(of: #/[:,] \*([^*]+)\*/#).map { String($0.output.1) }
    }
    #expect(names.count > 10)
    let tests = try swiftFiles("Tests").map { try String(contentsOfFile: $0, encoding: .utf8) }
    for name in names {
      #expect(tests.contains { $0.contains("func `\(name)`(") }, "\(name)")
    }
  }

  @Test func `no source opens a connection`() throws {
    let words = ["FoundationNetworking", "URLSession", "getaddrinfo(", " connect(", "AF_INET"]
    for path in try swiftFiles("Sources") {
      let source = try String(contentsOfFile: path, encoding: .utf8)
      for word in words { #expect(!source.contains(word), "\(path): \(word)") }
    }
  }
}
