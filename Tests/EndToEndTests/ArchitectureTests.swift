import Foundation
import Testing

/// The table of modules in docs/architecture.md is the list of targets in Package.swift.
@Suite struct `the architecture` {
  @Test func `says of every module what it may import`() throws {
    let table = try #require(try Document(path: "docs/architecture.md").part("modules"))
    var written: [String: Set<String>] = [:]
    for row in table.split(separator: "\n").dropFirst(2) {
      let cells = row.split(separator: "|", omittingEmptySubsequences: false)
      try #require(cells.count == 5, "\(row)")
      let names = cells.map { $0.matches(of: #/`(\w+)`/#).map { String($0.output.1) } }
      written[try #require(names[1].first)] = Set(names[3])
    }
    let declared = try Self.targets()
    #expect(declared.count > 15)
    #expect(Set(written.keys) == Set(declared.keys))
    for (module, dependencies) in declared {
      #expect(written[module] == dependencies, "\(module)")
    }
  }

  @Test func `has a module for every folder of Sources`() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Program.packageFolder.appending(path: "Sources").path(percentEncoded: false))
    #expect(try Set(folders) == Set(Self.targets().keys))
  }

  /// A command that writes a report needs no screen.
  @Test func `has no command but explore that imports Explorer`() throws {
    let folder = Program.packageFolder.appending(path: "Sources/whylight")
    let files = try FileManager.default.subpathsOfDirectory(
      atPath: folder.path(percentEncoded: false)
    ).filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Explore/") }
    #expect(files.count > 40)
    for file in files {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      #expect(!text.contains("import Explorer\n"), "\(file)")
    }
  }

  /// Whoever adds a screen touches its folder and the catalogue.
  @Test func `has no file outside a screen's folder that names the screen`() throws {
    let folder = Program.packageFolder.appending(path: "Sources/Explorer")
    let files = try FileManager.default.subpathsOfDirectory(
      atPath: folder.path(percentEncoded: false)
    ).filter { $0.hasSuffix(".swift") && $0 != "LayerCatalog.swift" }
    #expect(files.count > 100)
    // the names by which the state gives each screen's own values
    let values = [
      "Explore": ["explore", "findings"], "Errors": ["errors"], "Compare": ["compare"], "Log": [],
    ]
    for (screen, values) in values {
      let inside = files.filter { $0.hasPrefix("Screens/\(screen)/") }
      #expect(!inside.isEmpty, "\(screen)")
      for value in values {
        let declaration = try Regex(#"var \#(value): \w+ \{\s+_read"#)
        let isDeclared = try inside.contains { file in
          try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            .contains(declaration)
        }
        #expect(isDeclared, "\(value)")
      }
      let name = screen == "Log" ? "journal" : screen.lowercased()
      let naming = try Regex(
        #"^(?!\s*///).*(\b\#(screen)(Screen|Layout|Target|View|Table)\b|\bScreen\.\#(name)\b|\b(screen [!=]= |screen: |(show|enter|begin)\((on: )?|screensBelow = .*)\.\#(name)\b)"#
      ).anchorsMatchLineEndings().wordBoundaryKind(.simple)
      // panes, overlays and what else is declared there
      let types = try inside.flatMap { file in
        try String(contentsOf: folder.appending(path: file), encoding: .utf8)
          .matches(of: Self.declaration).map { String($0.output.1) }
      }
      #expect(types.contains("\(screen)Screen"))
      let using = try Regex(#"^(?!\s*//).*\b(\#(types.joined(separator: "|")))\b"#)
        .anchorsMatchLineEndings().wordBoundaryKind(.simple)
      let reading = try values.map { value in
        try Regex(#"^(?!\s*//)(.*[^\w.$])?(state\.|self\.)?\#(value)\.[a-z]"#)
          .anchorsMatchLineEndings()
      }
      for file in Set(files).subtracting(inside).sorted() {
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        #expect(text.firstMatch(of: naming) == nil, "\(file) names \(screen)")
        let used = text.firstMatch(of: using)?.output[1].substring
        #expect(used == nil, "\(file) uses \(used ?? "") of \(screen)")
        for pattern in reading {
          #expect(text.firstMatch(of: pattern) == nil, "\(file) reads what \(screen) keeps")
        }
      }
    }
  }

  /// What two screens share belongs to neither: what one's folder adds to the state, or to any other type that
  /// is not its own, is used there alone.
  @Test func `has no file outside a screen's folder that uses what is declared there`() throws {
    let folder = Program.packageFolder.appending(path: "Sources/Explorer")
    let files = try FileManager.default.subpathsOfDirectory(
      atPath: folder.path(percentEncoded: false)
    ).filter { $0.hasSuffix(".swift") }.map { try SwiftFile($0, in: folder) }
    for screen in ["Explore", "Errors", "Compare", "Log"] {
      let inside = files.filter { $0.path.hasPrefix("Screens/\(screen)/") }
      let outside = files.filter { !$0.path.hasPrefix("Screens/\(screen)/") }
      #expect(inside.flatMap(\.declarations).contains { $0.type == "State" }, "\(screen)")
      for use in SwiftFile.uses(in: outside, of: inside) {
        Issue.record("\(use.path) uses \(use.member.name) of \(screen)")
      }
    }
  }

  @Test func `tells what another folder adds to the state from what is called alike`() {
    let inside = SwiftFile(
      "Screens/Errors/State+Errors.swift",
      text: """
        extension State {
          var isOpen: Bool { true }
          mutating func go(to row: Int) {}
          mutating func each(_ act: (Int) -> Void) {}
          private func own() {}
        }
        extension Action {
          static let next = Action { state in state.go(to: 1) }
        }
        struct Table {
          func count() -> Int { 1 }
        }

        """)
    let outside = SwiftFile(
      "Workspace/State+Rows.swift",
      text: """
        extension State {
          func rows() -> Int {
            each { print($0) }
            // state.go(to: 1)
            return isOpen ? table.count() : own() + go(from: "state.go(to: 1)")
          }
        }
        struct View {
          let next: Int
          func draw(_ state: State) { if next > 0, state.isOpen { state.go(to: next) } }
          static let keys: [Key] = [.act(.next)]
        }

        """)
    let found = SwiftFile.uses(in: [outside], of: [inside]).map { "\($0.member.name)" }
    #expect(Set(found) == ["each", "isOpen", "go", "next"])
    #expect(SwiftFile.uses(in: [inside], of: [outside]).isEmpty)
  }

  /// A type that other files can name.
  private static var declaration: Regex<(Substring, Substring)> {
    /^(?:package |public )?(?:final )?(?:struct|enum|class|protocol|actor) (\w+)/
      .anchorsMatchLineEndings()
  }

  /// What a model can do is a fact that it states; whoever asks does not try its type.
  @Test func `has no cast of a classifier above the waist`() throws {
    let sources = Program.packageFolder.appending(path: "Sources")
    func texts(_ module: String) throws -> [(file: String, text: String)] {
      let folder = sources.appending(path: module)
      return try FileManager.default.subpathsOfDirectory(
        atPath: folder.path(percentEncoded: false)
      ).filter { $0.hasSuffix(".swift") }.map {
        ("\(module)/\($0)", try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
      }
    }
    // Whatever conforms to a protocol of classifiers, by its declaration.
    let protocols =
      "Classifier|DifferentiableClassifier|InspectableClassifier|IntervenableClassifier"
      + "|Network|LayerwiseNetwork"
    let conforming = try Regex(
      #"(?:struct|class|extension) (\w+): [^{]*\b(?:\#(protocols))\b"#,
      as: (Substring, Substring).self)
    let types = Set(
      try texts("Classifiers").flatMap { $0.text.matches(of: conforming).map { $0.output.1 } })
    #expect(types.isSuperset(of: ["AWDLSTM", "Transformer", "DerivedClassifier"]))
    let cast = try Regex(
      #"\b(as[?!]?|is) \(?(any )?(\#(protocols)|\#(types.sorted().joined(separator: "|")))\b"#)
    for module in ["Attribution", "Reports", "Workbench", "Explorer", "whylight"] {
      for (file, text) in try texts(module) {
        let code = text.split(separator: "\n").filter { !$0.contains("//") }
        for line in code { #expect(line.firstMatch(of: cast) == nil, "\(file): \(line)") }
      }
    }
  }

  /// Each screen lays itself out between the rows that the window gives to all.
  @Test func `has a layout of the window that knows no screen`() throws {
    let file = "Sources/Explorer/Shell/Views/Layout.swift"
    let text = try Document(path: file).text
    #expect(text.contains("struct Layout"))
    let read = text.matches(of: /\bstate\.(\w+)/).map(\.1)
    #expect(Set(read) == ["terminal"])
  }

  /// What a question needs it carries; when to draw, and what, is all that the loop looks for.
  @Test func `has a runtime that reads the state only to draw`() throws {
    let drawing: Set<Substring> = [
      "update", "begin", "picture", "isWaiting", "isMeasuringRemovals", "isPredictionFresh",
      "isShownStale", "explanations", "welcome",
    ]
    let folder = Program.packageFolder.appending(path: "Sources/whylight/Explore")
    var read: Set<Substring> = []
    for file in try FileManager.default.subpathsOfDirectory(
      atPath: folder.path(percentEncoded: false)) where file.hasSuffix(".swift")
    {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for match in text.matches(of: /\bstate\.(\w+)/) { read.insert(match.1) }
    }
    #expect(read.contains("update") && read.contains("picture"))
    #expect(read.subtracting(drawing).isEmpty)
  }

  @Test(arguments: ["docs/architecture.md", "docs/contributing.md"])
  func `names nothing that is not in the code`(page: String) throws {
    let root = Program.packageFolder
    let code = try ["Sources", "Tests", "themes"].flatMap { folder in
      try FileManager.default.subpathsOfDirectory(
        atPath: root.appending(path: folder).path(percentEncoded: false)
      ).map { "\(folder)/\($0)" }
    }
    let read = code.filter { path in [".swift", ".c", ".h"].contains(where: path.hasSuffix) }
    var words = Set(code.flatMap { $0.split(whereSeparator: Self.isBetweenWords) })
    for path in read + ["Package.swift", "Makefile"] {
      let text = try Document(path: path).text
      words.formUnion(text.split(whereSeparator: Self.isBetweenWords))
    }
    let files = Set(
      (code + ["Package.swift"]).compactMap { path -> Substring? in
        path.hasSuffix(".swift") ? path.split(separator: "/").last?.dropLast(6) : nil
      })
    for name in try Document(path: page).quoted where !name.contains("/") {
      if name.contains("+") && !name.contains("(") || name.hasSuffix(".swift") {
        let file = name.hasSuffix(".swift") ? name.dropLast(".swift".count) : name[...]
        // several at once
        if !file.contains("*") { #expect(files.contains(file), "\(name)") }
      } else {
        for word in name.split(whereSeparator: Self.isBetweenWords) {
          #expect(words.contains(word), "\(name)")
        }
      }
    }
  }

  private static func isBetweenWords(_ character: Character) -> Bool {
    !character.isLetter && !character.isNumber && character != "_"
  }

  /// What Package.swift declares before its tests, and by which names it calls the dependencies.
  private static func targets() throws -> [String: Set<String>] {
    let manifest = try Document(path: "Package.swift").text
    let products = Dictionary(
      uniqueKeysWithValues: manifest.matches(
        of: #/let (\w+) = Target\.Dependency\.product\(\s*name: "(\w+)"/#
      ).map { (String($0.output.1), String($0.output.2)) })
    let start = try #require(manifest.range(of: "targets: [\n    //")).upperBound
    let end = try #require(manifest.range(of: "// tests")).lowerBound
    let head = #/(?:module\(|\.(?:target|executableTarget|systemLibrary)\(\s*name: )\s*"(\w+)"/#
    let list = manifest[start..<end]
    let heads = list.matches(of: head)
    var targets: [String: Set<String>] = [:]
    for (index, found) in heads.enumerated() {
      let until = index + 1 < heads.count ? heads[index + 1].range.lowerBound : list.endIndex
      let body = list[found.range.upperBound..<until]
      let written =
        body.firstMatch(of: #/^,\s*\[([^\]]*)\]/#)?.output.1
        ?? body.firstMatch(of: #/dependencies: \[([^\]]*)\]/#)?.output.1 ?? ""
      targets[String(found.output.1)] = Set(
        written.matches(of: #/"?(\w+)"?/#).map {
          products[String($0.output.1)] ?? String($0.output.1)
        })
    }
    return targets
  }
}
