import Foundation
import TerminalUI
import TestSupport
import Testing

@Suite struct ThemeLaws {
  static let names = ThemeLibrary.shippedNames
  /// A theme without hues tells for from against by attributes.
  static let colored = ThemeLibrary().themes.filter { !$0.isMonochrome }.map(\.name)

  private func theme(_ name: String) throws -> Theme {
    try #require(ThemeLibrary().theme(named: name))
  }

  static let depths = TerminalAbilities.Colors.allCases

  @Test func `the program carries every file of the themes folder and no other`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../themes")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let names = files.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }
    #expect(names.sorted() == ThemeLibrary.shippedNames.sorted())
    #expect(ThemeLibrary().themes.map(\.name) == Self.names)
    #expect(Self.names.first == "dark")
    #expect(Set(names).isSuperset(of: ["dark", "light", "high-contrast", "mono"]))
  }

  @Test(arguments: names, depths)
  func `text on every painted level can be read`(
    name: String, colors: TerminalAbilities.Colors
  ) throws {
    let theme = try theme(name)
    for role in Role.all {
      let paint = theme.paint(Style(role), colors: colors)
      guard paint.background != .terminal else { continue }
      let contrast = try #require(
        paint.foreground.contrast(to: paint.background),
        "\(name) \(colors) \(role) leaves the text's colour to the terminal")
      // WCAG 2.2: AA for text; the theme of that name promises AAA where it chooses the colour.
      let least = name == "high-contrast" && colors != .ansi8 ? 7.0 : 4.5
      #expect(contrast >= least, "\(name) \(colors) \(role)")
    }
  }

  @Test(arguments: names, depths)
  func `signs and sizes can be told apart`(name: String, colors: TerminalAbilities.Colors) throws {
    let theme = try theme(name)
    let zero = theme.paint(Style(.heat(0)), colors: colors)
    #expect(zero == theme.paint(Style(.text), colors: colors))
    for level in 1...5 {
      let plus = theme.paint(Style(.heat(level)), colors: colors)
      let minus = theme.paint(Style(.heat(-level)), colors: colors)
      #expect(plus != minus && plus != zero && minus != zero, "level \(level)")
    }
    for sign in [1, -1] {
      let steps = (1...5).map { theme.paint(Style(.heat(sign * $0)), colors: colors) }
      let isRamp = steps[4].background != .terminal
      let least = colors == .ansi8 ? (isRamp ? 3 : 2) : isRamp ? 5 : 2
      #expect(Set(steps).count >= least)
    }
  }

  @Test(arguments: names, [TerminalAbilities.Colors.indexed256, .direct])
  func `ramps go from the terminal's background to its opposite`(
    name: String, colors: TerminalAbilities.Colors
  ) throws {
    let theme = try theme(name)
    let ramps = [Role.heat, { .heat(-$0) }, Role.intensity]
    for ramp in ramps {
      let light = (1...5).compactMap { level in
        theme.paint(Style(ramp(level)), colors: colors).background.luminance
      }
      guard !light.isEmpty else { continue }
      let isRising = theme.background == .dark
      #expect(light.count == 5)
      #expect(zip(light, light.dropFirst()).allSatisfy { isRising ? $0 < $1 : $0 > $1 })
    }
  }

  // The least distance that design asks for, by both formulas.
  @Test(arguments: colored, [TerminalAbilities.Colors.indexed256, .direct])
  func `for and against are far apart for every kind of colour vision`(
    name: String, colors: TerminalAbilities.Colors
  ) throws {
    let theme = try theme(name)
    for level in 1...5 {
      let plus = theme.paint(Style(.heat(level)), colors: colors).background
      let minus = theme.paint(Style(.heat(-level)), colors: colors).background
      for vision in ColorVision.allCases {
        let (a, b) = (try #require(vision.lab(plus)), try #require(vision.lab(minus)))
        #expect(a.distance(to: b) >= 35, "\(name) level \(level) \(vision)")
        #expect(a.perceivedDistance(to: b) >= 35, "\(name) level \(level) \(vision)")
      }
    }
  }

  @Test(arguments: colored, [TerminalAbilities.Colors.indexed256, .direct])
  func `stronger is farther from the background for every kind of colour vision`(
    name: String, colors: TerminalAbilities.Colors
  ) throws {
    let theme = try theme(name)
    for ramp in [Role.heat, { .heat(-$0) }, Role.intensity] {
      for vision in ColorVision.allCases {
        let light = try (1...5).map { level in
          let color = theme.paint(Style(ramp(level)), colors: colors).background
          return try #require(vision.lab(color)).lightness
        }
        let isRising = theme.background == .dark
        #expect(
          zip(light, light.dropFirst()).allSatisfy { isRising ? $0 < $1 : $0 > $1 },
          "\(name) \(vision) \(light)")
      }
    }
  }

  // Sharma, Wu and Dalal 2005, table 1: pairs 1, 7, 13, 17, 25.
  @Test(arguments: [
    (Lab(lightness: 50, a: 2.6772, b: -79.7751), Lab(lightness: 50, a: 0, b: -82.7485), 2.0425),
    (Lab(lightness: 50, a: 0, b: 0), Lab(lightness: 50, a: -1, b: 2), 2.3669),
    (Lab(lightness: 50, a: -0.001, b: 2.49), Lab(lightness: 50, a: 0.0009, b: -2.49), 4.8045),
    (Lab(lightness: 50, a: 2.5, b: 0), Lab(lightness: 73, a: 25, b: -18), 27.1492),
    (
      Lab(lightness: 60.2574, a: -34.0099, b: 36.2677),
      Lab(lightness: 60.4626, a: -34.1751, b: 39.4387), 1.2644
    ),
  ])
  func `colour distances are those of the standard's authors`(a: Lab, b: Lab, distance: Double) {
    #expect(abs(a.perceivedDistance(to: b) - distance) < 1e-4)
  }

  @Test func `only a theme without hues is monochrome`() throws {
    for name in Self.names {
      #expect(try theme(name).isMonochrome == (name == "mono"))
    }
  }

  // Half of a half block is empty, and there a line would show.
  @Test(arguments: names, depths) func `bars are not underlined`(
    name: String, colors: TerminalAbilities.Colors
  ) throws {
    for role in [Role.bar, .otherBar, .againstBar] {
      let paint = try theme(name).paint(Style(role), colors: colors)
      #expect(!paint.attributes.contains(.underline), "\(name) \(role)")
    }
  }

  @Test(arguments: names) func `without colours nothing is coloured and marks stay`(name: String)
    throws
  {
    let theme = try theme(name)
    for role in Role.all {
      let paint = theme.paint(Style(role), colors: .none)
      #expect(paint.foreground == .terminal && paint.background == .terminal)
    }
    #expect(theme.paint(Style(.selection), colors: .none).attributes.contains(.reverse))
    let strong = theme.paint(Style(.heat(-5)), colors: .none).attributes
    #expect(strong == [.underline, .reverse])
  }

  @Test(arguments: names, depths) func `the selection shows at every depth`(
    name: String, colors: TerminalAbilities.Colors
  ) throws {
    let theme = try theme(name)
    let selection = theme.paint(Style(.selection), colors: colors)
    #expect(
      selection.background != theme.paint(Style(.text), colors: colors).background
        || selection.attributes.contains(.reverse))
  }

  @Test(arguments: names) func `eight colours are the first eight`(name: String) throws {
    let theme = try theme(name)
    for role in Role.all {
      let paint = theme.paint(Style(role), colors: .ansi8)
      for color in [paint.foreground, paint.background] where color != .terminal {
        guard case .indexed(let index) = color, index < 8 else {
          Issue.record("\(name) \(role): \(color)")
          continue
        }
      }
    }
  }

  @Test func `a level beyond the ramp is its last`() throws {
    let theme = try theme("dark")
    let far = theme.paint(Style(.heat(-99)), colors: .indexed256)
    #expect(far == theme.paint(Style(.heat(-5)), colors: .indexed256))
    #expect(far.background == .indexed(117))
  }
}

@Suite struct ThemeFileTests {
  private func theme(_ text: String) throws -> Theme {
    try ThemeLibrary.theme(text, name: "x", file: "x.toml")
  }

  @Test func `what a file leaves out is its base's`() throws {
    let mine = try theme("background = \"light\"\n[ui]\ntitle = 201\n")
    let light = try #require(ThemeLibrary().theme(named: "light"))
    #expect(mine.paint(Style(.title), colors: .indexed256).foreground == .indexed(201))
    #expect(mine.title == "x")
    for role in Role.all where role != .title {
      for colors in TerminalAbilities.Colors.allCases {
        #expect(
          mine.paint(Style(role), colors: colors) == light.paint(Style(role), colors: colors))
      }
    }
  }

  @Test func `a theme may stand on any of the program's`() throws {
    let mine = try theme("background = \"dark\"\ninherits = \"purple-orange\"")
    #expect(mine.paint(Style(.heat(-5)), colors: .indexed256).background == .indexed(147))
  }

  @Test func `roles stand on the text's colours, those of the base too`() throws {
    let mine = try theme("background = \"dark\"\n[ui]\ntext = { fg = 16, bg = \"#ffffff\" }")
    let dim = mine.paint(Style(.dim), colors: .direct)
    #expect(dim.background == .rgb(red: 255, green: 255, blue: 255))
    #expect(dim.foreground == .indexed(246))
    #expect(mine.paint(Style(.heat(0)), colors: .indexed256).background == .indexed(231))
  }

  @Test func `what TOML allows in a theme is read`() throws {
    let mine = try theme(
      """
      "background" = 'dark'  # a comment
      ui.text = "\\u0064\\U00000065fault"
      [heat.for]
      x256 = [
        1, +2, # two
        0x03,
        4, 5,
      ]
      [ heat . against ]
      x256 = [6, 7, 8, 9, 1_0]
      [ui.focus]
      fg = 11
      [heat]
      """)
    #expect(mine.paint(Style(.heat(3)), colors: .indexed256).background == .indexed(3))
    #expect(mine.paint(Style(.heat(-5)), colors: .indexed256).background == .indexed(10))
    #expect(mine.paint(Style(.focusedBorder), colors: .indexed256).foreground == .indexed(11))
    #expect(mine.paint(Style(.text), colors: .indexed256).foreground == .terminal)
  }

  @Test func `a palette names colours and a ramp fills in the other depth`() throws {
    let mine = try theme(
      """
      background = "dark"
      [palette]
      sea = "#005f87"
      [heat]
      against.true = ["#000080", "sea", "#0087af", "#00afff", "#87ffff"]
      """)
    let weak = Style(.heat(-2))
    #expect(mine.paint(weak, colors: .direct).background == .rgb(red: 0, green: 95, blue: 135))
    #expect(mine.paint(weak, colors: .indexed256).background == .indexed(24))
    #expect(mine.paint(weak, colors: .ansi8).foreground == .indexed(6))
  }

  @Test(arguments: [
    ("background = \"dark\"\n[ui\n", 2),
    ("background = \"dark\"\n[ui]\ntext = 1\n[ui]", 4),
    ("background = \"dark\"\n[ui]\ntext = 1\ntext = 2", 4),
    ("background = \"dark\"\n[ui]\ntext = { fg = 1, fg = 2 }", 3),
    ("background = \"dark\"\n[ui]\ntext = { fg = 1\n}", 3),
    ("background = \"dark\"\n[[ui]]", 2),
    ("background = \"dark", 1),
    ("background = \"d\\qark\"", 1),
    ("background = 'dark' # so\r\n[ui]\r\ntext = red", 3),
    ("background = 'dark'\nheat.for.x256 = [ # five\n1,\n2\n3]", 5),
    ("background = 'dark' ui = 3", 1),
    ("background = 'dark'\nui = [\n\n", 2),
    ("background = 'dark'\nui = [\n1\n", 2),
    ("\n\nbackgroud = \"dark\"", 3),
    ("background = \"dark\"\n\n[ui]\ntext = 3\n# title\ntitle = 256", 6),
    ("background = \"dark\"\n[ui]\nfocus = { fg = 1, bald = true }", 3),
    ("background = \"dark\"\n[ui]\nfocus = { fg = 1, bold = 3 }", 3),
    ("background = \"dark\"\n[ui]\nnobody = 3", 3),
    ("background = \"dark\"\nui = 3", 2),
    ("background = \"dim\"", 1),
    ("name = \"x\"", 1),
    ("name = 3\nbackground = \"dark\"", 1),
    ("background = \"dark\"\ninherits = \"nobody\"", 2),
    ("background = \"dark\"\n[heat]\nfor.x256 = [1, 2]", 3),
    ("background = \"dark\"\n[heat]\nfor.x256 = 1", 3),
    ("background = \"dark\"\n[heat]\nfor.x16 = [1]", 3),
    ("background = \"dark\"\n[heat.against]\nansi = [\"blue\", \"blue+loud\", \"blue\"]", 3),
    ("background = \"dark\"\n[heat]\nmono = { for = \"italic\" }", 3),
    ("background = \"dark\"\n[heat]\nx256 = [\n1]", 3),
    ("background = \"dark\"\n[ui]\ntext = \"#12345\"", 3),
    ("background = \"dark\"\n[ui]\ntext = \"#+12345\"", 3),
    ("background = \"dark\"\n[ui]\ntext = -9223372036854775808", 3),
    ("background = \"dark\"\n[ui]\ntext = 99999999999999999999", 3),
  ])
  func `a bad file says in which line`(text: String, line: Int) {
    let error = #expect(throws: ThemeError.self) { try self.theme(text) }
    #expect(error?.line == line)
    #expect(error?.description.hasPrefix("x.toml:\(line): ") == true)
  }

  @Test(arguments: [".a", "[", "{a="]) func `brackets within brackets have an end`(part: String) {
    let text = "background = 'dark'\nui = " + String(repeating: part, count: 5000)
    #expect(throws: ThemeError.self) { try self.theme(text) }
    #expect(throws: ThemeError.self) { try self.theme(String(text.dropFirst(25)) + " = 1") }
  }

  @Test func `no text makes it trap`() {
    var generator = SeededRandom(seed: 7)
    let seeds = [
      "[", "]", "=", "\"", "heat", ".", "ui", "\n", "{", "}", "1", "for", "\0", "é", ",",
    ]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
        seeds.randomElement(using: &generator) ?? ""
      }.joined()
      let lines = text.count { $0 == "\n" } + 2
      do throws(ThemeError) {
        _ = try ThemeLibrary.theme("background = \"dark\"\n" + text, name: "x", file: "x")
      } catch {
        #expect((1...lines).contains(error.line), "\(text.debugDescription): \(error)")
      }
    }
  }
}

@Suite struct ThemeLibraryTests {
  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private func write(_ text: String, to file: URL) throws {
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  @Test func `a bad file keeps the theme that it made before`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var library = ThemeLibrary(folder: folder.path)
    let shipped = library.themes
    #expect(library.reload().isEmpty && library.themes == shipped)

    let file = folder.appending(path: "x.toml")
    try write("background = \"dark\"\n[ui]\ntitle = 33", to: file)
    #expect(library.reload().isEmpty)
    let mine = try #require(library.theme(named: "x"))
    #expect(library.themes.count == shipped.count + 1)

    try write("background = \"dark\"\n[ui]\ntitle = [", to: file)
    let problems = library.reload()
    #expect(problems.map(\.file) == [file.path] && problems.map(\.line) == [3])
    #expect(library.theme(named: "x") == mine)

    try FileManager.default.removeItem(at: file)
    #expect(library.reload().isEmpty && library.themes == shipped)
  }

  @Test func `a user's theme replaces the program's of its name and may stand on it`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("background = \"dark\"\n[ui]\ntitle = 33", to: folder.appending(path: "dark.toml"))
    var library = ThemeLibrary(folder: folder.path)
    #expect(library.reload().isEmpty)
    #expect(library.themes.count == ThemeLibrary.shippedNames.count)
    let dark = library.preferred(.dark)
    #expect(dark.paint(Style(.title), colors: .indexed256).foreground == .indexed(33))
    #expect(dark.paint(Style(.heat(5)), colors: .indexed256).background == .indexed(222))
  }

  @Test func `what is no small text file is refused without reading on`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appending(path: "pipe.toml").path
    let isMade = unsafe mkfifo(pipe, 0o600) == 0
    #expect(isMade)
    try Data([0xFF, 0xFE]).write(to: folder.appending(path: "binary.toml"))
    try write(String(repeating: "#", count: 300 << 10), to: folder.appending(path: "large.toml"))
    try FileManager.default.createDirectory(
      at: folder.appending(path: "folder.toml"), withIntermediateDirectories: false)
    var library = ThemeLibrary(folder: folder.path, file: "/dev/zero")
    #expect(library.reload().map(\.reason) == Array(repeating: .unreadable, count: 5))
  }

  @Test func `a theme given by path is listed, watched and chosen`() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "mine.toml")
    try write("background = \"light\"", to: file)
    var library = ThemeLibrary(folder: nil, file: file.path)
    #expect(library.reload().isEmpty)
    #expect(library.givenTheme?.name == "mine")
    #expect(library.watchedFolders == [folder.path])
    #expect(library.theme(after: "mine").name == "dark")
    #expect(ThemeLibrary.isFile(file.path) && !ThemeLibrary.isFile("dark"))
  }
}
