internal import CThemes
internal import FoundationEssentials
internal import Glibc

/// All available themes: the program's own, the files in the user's folder, and one given by path.
public struct ThemeLibrary: Sendable {
  /// The default first, then the program's others, the user's by name, and the one given by path. A
  /// user's theme replaces the program's of the same name.
  public private(set) var themes: [Theme]
  private let folder: String?
  private let file: String?

  /// Only the program's own themes, without reading any file.
  public init() {
    self.init(folder: nil, file: nil)
  }

  /// No file is read before `reload`.
  /// - Parameters:
  ///   - folder: the user's folder, which need not exist; nil if there is none.
  ///   - file: the value of `--theme FILE`.
  public init(folder: String?, file: String? = nil) {
    self.folder = folder
    self.file = file
    themes = Self.shippedThemes
  }

  /// Reads the user's files again. An invalid file keeps the theme that it last defined.
  public mutating func reload() -> [ThemeError] {
    var problems: [ThemeError] = []
    var result = Self.shippedThemes
    for path in paths() {
      let name = Self.name(ofFile: path)
      do throws(ThemeError) {
        Self.insert(try Self.read(path), into: &result)
      } catch {
        problems.append(error)
        if let old = themes.first(where: { $0.name == name }) { Self.insert(old, into: &result) }
      }
    }
    themes = result
    return problems
  }

  public func theme(named name: String) -> Theme? {
    themes.first { $0.name == name }
  }

  /// The next in the list, the first after the last.
  public func theme(after name: String) -> Theme {
    let index = themes.firstIndex { $0.name == name } ?? -1
    return themes[(index + 1) % themes.count]
  }

  /// The default on a terminal with this background.
  public func preferred(_ background: Theme.Background) -> Theme {
    theme(named: background.rawValue) ?? themes.first ?? .bare
  }

  /// The theme that was given by path.
  public var givenTheme: Theme? {
    file.flatMap { theme(named: Self.name(ofFile: $0)) }
  }

  /// The folders in which changes may affect the themes.
  public var watchedFolders: [String] {
    [folder, file.map(Self.folder(of:))].compactMap { $0 }
  }
}

extension ThemeLibrary {
  /// Whether the value of `--theme` is a file, not a name.
  public static func isFile(_ argument: String) -> Bool {
    argument.contains("/") || argument.hasSuffix(".toml")
  }

  /// Parses a theme.
  /// - Parameters:
  ///   - name: the theme's name.
  ///   - file: the name of the text in messages.
  public static func theme(_ text: String, name: String, file: String) throws(ThemeError) -> Theme {
    do {
      return try ThemeFile.read(
        ThemeSource(text, file: file), name: name, bases: shippedSources)
    } catch let error as ThemeError {
      throw error
    } catch {
      throw ThemeError(file: file, line: 1, reason: .syntax(String(describing: error)))
    }
  }

  /// The names of the files in `themes/` that are embedded in the program.
  public static var shippedNames: [String] { shippedTexts.map(\.name) }
}

extension ThemeLibrary {
  private static let largestFile = 256 << 10

  private static let shippedTexts: [(name: String, text: String)] =
    (0..<shipped_theme_count()).map { index in
      unsafe (
        String(cString: shipped_theme_name(index)), String(cString: shipped_theme_text(index))
      )
    }

  private static let shippedSources: [String: ThemeSource] = Dictionary(
    uniqueKeysWithValues: shippedTexts.compactMap { name, text in
      (try? ThemeSource(text, file: name)).map { (name, $0) }
    })

  /// Those of the program's themes that can be read; a test checks that these are all.
  private static let shippedThemes: [Theme] = shippedTexts.compactMap { name, text in
    try? theme(text, name: name, file: name)
  }

  private static func name(ofFile path: String) -> String {
    URL(filePath: path).deletingPathExtension().lastPathComponent
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func insert(_ theme: Theme, into themes: inout [Theme]) {
    if let index = themes.firstIndex(where: { $0.name == theme.name }) {
      themes[index] = theme
    } else {
      themes.append(theme)
    }
  }

  private func paths() -> [String] {
    var names: [String] = []
    if let folder {
      names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      names = names.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted()
      names = names.map { folder + "/" + $0 }
    }
    return names + [file].compactMap { $0 }
  }

  private static func read(_ path: String) throws(ThemeError) -> Theme {
    try theme(try text(of: path), name: name(ofFile: path), file: path)
  }

  /// The contents of a small settings file.
  package static func text(of path: String) throws(ThemeError) -> String {
    // Only a regular file: reading a pipe would wait.
    var facts = stat()
    guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      facts.st_size <= largestFile, let bytes = FileManager.default.contents(atPath: path),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw ThemeError(file: path, line: 1, reason: .unreadable) }
    return text
  }
}
