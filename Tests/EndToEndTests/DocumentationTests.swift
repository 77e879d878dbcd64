import Foundation
import Testing

/// What the pages name has to be there.
@Suite struct `the documentation` {
  @Test func `README can be read in one sitting`() throws {
    #expect(try Document(path: "README.md").text.split(separator: "\n").count <= 120)
  }

  @Test func `every link leads somewhere`() throws {
    for page in try Document.all() {
      let folder = URL(filePath: "/" + page.path).deletingLastPathComponent()
      for link in page.prose.matches(of: #/\]\(([^)\s]+)\)/#).map({ String($0.output.1) })
      where !link.contains("://") {
        let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        let target =
          parts[0].isEmpty
          ? page.path
          : String(folder.appending(path: parts[0]).standardized.path().dropFirst())
        guard FileManager.default.fileExists(atPath: Self.place(target)) else {
          Issue.record("\(page.path): \(link)")
          continue
        }
        if parts.count > 1 {
          #expect(try Document(path: target).anchors.contains(parts[1]), "\(page.path): \(link)")
        }
      }
    }
  }

  @Test func `every page is in the index`() throws {
    let index = try Document(path: "README.md").text
    for page in try Document.all() where page.path.hasPrefix("docs/") {
      #expect(index.contains("(\(page.path))"), "\(page.path)")
    }
  }

  @Test func `every path of the repository exists`() throws {
    let folders = ["Sources/", "Tests/", "docs/", "themes/", ".ci/", ".github/"]
    for page in try Document.all() {
      for path in page.quoted where folders.contains(where: path.hasPrefix) {
        // a name to be filled in, or several at once
        guard !path.contains(where: { "*…<{ ".contains($0) }) else { continue }
        #expect(FileManager.default.fileExists(atPath: Self.place(path)), "\(page.path): \(path)")
      }
    }
  }

  @Test func `every command knows the options that the pages give it`() throws {
    var helps: [String: String] = [:]
    for page in try Document.all() {
      for line in page.code + page.quoted {
        // what comes after a comment's sign or in quotes is not for the program
        let call = line.replacing(#/\s#\s.*|"[^"]*"|'[^']*'/#, with: " ")
        let words = call.split(separator: " ").map(String.init)
        guard words.first == "whylight" else { continue }
        let command = words.dropFirst().first { !$0.hasPrefix("-") && $0.allSatisfy(\.isLetter) }
        let isCommand = command.map(Self.commands.contains) ?? false
        let name = isCommand ? command ?? "" : "explore"
        let help = try helps[name] ?? Program.run(name, "--help").output
        helps[name] = help
        for option in words.filter({ $0.hasPrefix("--") }) {
          let isKnown = help.contains(option) || option == "--help" || option == "--version"
          #expect(isKnown, "\(page.path): \(line)")
        }
      }
    }
    #expect(helps.count > 5)
  }

  private static let commands: Set = [
    "config", "tour",
    "explore", "predict", "explain", "probe", "evaluate", "inspect", "import", "methods", "models",
    "bench", "paths", "manual", "help", "tour", "config",
  ]

  private static func place(_ path: String) -> String {
    Program.packageFolder.appending(path: path).path(percentEncoded: false)
  }
}
