import Foundation
import Testing

/// Whatever the pages name has to exist.
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
    let folders = ["Sources/", "Tests/", "docs/", "packaging/", "themes/", ".ci/", ".github/"]
    for page in try Document.all() {
      for path in page.quoted where folders.contains(where: path.hasPrefix) {
        // a placeholder, or several paths at once
        guard !path.contains(where: { "*…<{ ".contains($0) }) else { continue }
        #expect(FileManager.default.fileExists(atPath: Self.place(path)), "\(page.path): \(path)")
      }
    }
  }

  @Test func `every page that a template names exists`() throws {
    let files = FileManager.default
    let templates = try files.subpathsOfDirectory(atPath: Self.place(".github"))
      .filter { $0.hasSuffix(".yml") || $0.hasSuffix(".md") }
    #expect(templates.count > 3)
    for template in templates {
      let text = try Document(path: ".github/\(template)").text
      for page in text.matches(of: #/docs/[\w-]+\.md/#).map({ String($0.output) }) {
        #expect(files.fileExists(atPath: Self.place(page)), "\(template): \(page)")
      }
    }
  }

  @Test func `every target that the pages make exists`() throws {
    let makefile = try Document(path: "Makefile").text
    let list = try #require(makefile.firstMatch(of: #/(?m)^\.PHONY: (.*)$/#)?.output.1)
    let targets = Set(list.split(separator: " "))
    var made: Set<Substring> = []
    for page in try Document.all() {
      for line in page.code + page.quoted {
        let words = line.prefix { $0 != "#" }.split(separator: " ").drop { $0 == "sudo" }
        guard words.first == "make" else { continue }
        made.formUnion(words.dropFirst().filter { !$0.contains("=") && $0 != "…" })
      }
    }
    #expect(made.count > 5)
    #expect(made.subtracting(targets).isEmpty)
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
    "explore", "predict", "explain", "probe", "evaluate", "inspect", "import", "methods", "models",
    "bench", "paths", "manual", "help", "tour", "config",
  ]

  private static func place(_ path: String) -> String {
    Program.packageFolder.appending(path: path).path(percentEncoded: false)
  }
}
