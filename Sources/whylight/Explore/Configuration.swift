internal import Explorer
internal import FoundationEssentials
internal import TerminalUI

/// The user's settings in `config.toml`: theme, mouse, model and keys. Errors are reported by line,
/// and the rest of the file applies.
struct Configuration {
  var theme: String?
  var usesMouse = true
  /// In the form of `--model`.
  var model: String?
  /// The user's own keys, by the command names that the palette lists.
  var keys: [String: [Key]] = [:]
  /// `file:line: what is wrong`
  private(set) var problems: [String] = []

  init() {}

  /// The settings in the user's file; defaults if there is none.
  static func ofUser() -> Configuration {
    guard let path = ConfigurationFolder.settings,
      FileManager.default.fileExists(atPath: path)
    else { return Configuration() }
    do throws(ThemeError) {
      return Configuration(try ThemeLibrary.text(of: path), file: path)
    } catch {
      var configuration = Configuration()
      configuration.problems = [error.description]
      return configuration
    }
  }

  init(_ text: String, file: String, catalog: LayerCatalog = .standard) {
    do throws(ThemeError) {
      let source = try ThemeSource(text, file: file)
      for (key, value) in source.root.sorted(by: { $0.key < $1.key }) {
        do throws(ThemeError) {
          try read(key, value, source, catalog)
        } catch {
          problems.append(error.description)
        }
      }
      checkRivals(source, catalog)
    } catch {
      problems.append(error.description)
    }
  }

  private mutating func read(
    _ key: String, _ value: ThemeSource.Value, _ source: ThemeSource, _ catalog: LayerCatalog
  ) throws(ThemeError) {
    func text() throws(ThemeError) -> String {
      guard case .text(let text) = value else {
        throw source.failure(at: [key], .wrongValue(key: key, expected: .text))
      }
      return text
    }
    switch key {
    case "theme": theme = try text()
    case "model": model = try text()
    case "mouse":
      guard case .flag(let isOn) = value else {
        throw source.failure(at: [key], .wrongValue(key: key, expected: .flag))
      }
      usesMouse = isOn
    case "keys":
      guard case .table(let table) = value else {
        throw source.failure(at: [key], .wrongValue(key: key, expected: .table))
      }
      for (name, value) in table.sorted(by: { $0.key < $1.key }) {
        do throws(ThemeError) {
          keys[name] = try Self.keys(name, value, source, catalog)
        } catch {
          problems.append(error.description)
        }
      }
    default: throw source.failure(at: [key], .unknownKey(key))
    }
  }

  private static func keys(
    _ name: String, _ value: ThemeSource.Value, _ source: ThemeSource, _ catalog: LayerCatalog
  ) throws(ThemeError) -> [Key] {
    guard catalog.keymap.bindings.contains(where: { $0.name == name }) else {
      throw source.failure(at: ["keys", name], .unknownKey("keys.\(name)"))
    }
    let texts: [ThemeSource.Value] = if case .list(let list) = value { list } else { [value] }
    let keys = texts.map { text -> Key? in
      if case .text(let text) = text { Key(named: text) } else { nil }
    }
    guard !keys.isEmpty, !keys.contains(nil) else {
      throw source.failure(at: ["keys", name], .wrongValue(key: "keys.\(name)", expected: .key))
    }
    return keys.compactMap(\.self)
  }

  /// A key that already has a meaning in the same context keeps it.
  private mutating func checkRivals(_ source: ThemeSource, _ catalog: LayerCatalog) {
    let keymap = catalog.with(keys: keys).keymap
    for (name, own) in keys.sorted(by: { $0.key < $1.key }) {
      guard let key = own.first(where: { keymap.rival(of: $0, named: name) != nil }),
        let rival = keymap.rival(of: key, named: name)
      else { continue }
      let error = source.failure(
        at: ["keys", name], .wrongValue(key: "keys.\(name)", expected: .freeKey))
      problems.append("\(error.description); \(key.name) is: \(rival.help)")
      keys[name] = nil
    }
  }

  /// A file with all settings at their defaults, commented out.
  static var defaultText: String {
    var lines = [
      "# Settings of whylight. Lines that start with # show the defaults; remove the # to change one.",
      "",
      "# The theme, unless another was chosen: \(ThemeLibrary.shippedNames.joined(separator: ", ")), or one of yours.",
      "# theme = \"dark\"",
      "",
      "# Clicks and the wheel; false leaves selecting text to the terminal.",
      "# mouse = true",
      "",
      "# The model to open if neither the command line nor the last session names one.",
      "# model = \"sentiment\"",
      "",
      "# Keys by command, one or a list: \"x\", \"ctrl-x\", \"alt-x\", \"f2\", \"shift-tab\".",
      "[keys]",
    ]
    var named: Set<String> = []
    for binding in Keymap.standard.bindings {
      guard let name = binding.name, named.insert(name).inserted else { continue }
      let keys = binding.keys.map { "\"\($0.name.lowercasedUnlessOne)\"" }
      let value = keys.count == 1 ? keys[0] : "[" + keys.joined(separator: ", ") + "]"
      let quoted =
        name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } ? name : "\"\(name)\""
      lines.append(
        "# \(quoted) = \(value.replacing("\"\\\"", with: "\"\\\\\""))  # \(binding.help)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// `Ctrl-X` becomes `ctrl-x`, but `X` is kept.
  fileprivate var lowercasedUnlessOne: String { count == 1 ? self : lowercased() }
}
