public import TerminalUI

/// All keys of a catalogue. The key handler, the hint row, the help sheet, the palette and the
/// tables in the documentation are derived from it.
public struct Keymap: Sendable {
  public let bindings: [Binding]
  /// The tables in the order of the help.
  public let contexts: [Binding.Context]
  /// The combinations of tables that are active together, in order of precedence. Within a
  /// combination, no key may have two meanings.
  public let chains: [[Binding.Context]]
  private let table: [Binding.Context: [Key: Command]]

  /// The program's own key map.
  public static var standard: Keymap { LayerCatalog.standard.keymap }

  /// - Parameter keys: the user's own keys, by the commands' names in the palette.
  package init(
    screens: [any ScreenLayer.Type], overlays: [any Overlay.Type], keys: [String: [Key]] = [:]
  ) {
    let all =
      (SharedKeys.bindings(screens) + screens.flatMap { $0.bindings }
      + overlays.flatMap { $0.bindings }).map { binding in
        var binding = binding
        if let name = binding.name, let own = keys[name] { binding.keys = own }
        return binding
      }
    chains = screens.flatMap { $0.chains } + overlays.flatMap { $0.chains }
    let shared: [Binding.Context] = [.always, .screen, .otherScreens, .commands, .across, .text]
    var contexts = shared
    for context in chains.flatMap(\.self) where !contexts.contains(context) {
      contexts.append(context)
    }
    self.contexts = contexts
    bindings = contexts.flatMap { context in all.filter { $0.context == context } }
    var table: [Binding.Context: [Key: Command]] = [:]
    for binding in bindings {
      for key in binding.keys { table[binding.context, default: [:]][key] = binding.command }
    }
    self.table = table
  }

  /// The command of a key when the given tables are active, in order of precedence.
  public func command(for key: Key, in contexts: [Binding.Context]) -> Command? {
    for context in contexts {
      if let command = table[context]?[key] { return command }
    }
    return nil
  }

  /// The first binding of a command.
  public func binding(of command: Command) -> Binding? {
    bindings.first { $0.command == command }
  }

  /// Another binding of the key that can be active together with a binding of this name; nil if the
  /// key is free.
  package func rival(of key: Key, named name: String) -> Binding? {
    let own = bindings.filter { $0.name == name }
    return bindings.first { binding in
      binding.name != name && binding.keys.contains(key)
        && own.contains { mine in
          mine.command != binding.command
            && chains.contains { $0.contains(mine.context) && $0.contains(binding.context) }
        }
    }
  }

  /// The first key of the command with this name in the palette; nil if it has none.
  func keyName(named name: String) -> String? {
    bindings.first { $0.name == name }?.keys.first?.name
  }

  /// The first key of an action, as the help writes it; empty if it has none.
  func keyName(of action: Action) -> String {
    binding(of: .act(action))?.keys.first?.name ?? ""
  }

  /// The key tables of docs/keys.md in GitHub's Markdown, one for each context; ends with a line
  /// break.
  public var markdownTables: String {
    contexts.map { context in
      let lines = bindings.filter { $0.context == context }.map(\.markdownRow)
      return (["## \(context.title)", "", "| keys | what |", "| --- | --- |"] + lines)
        .joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }
}

extension Binding {
  /// The binding's line in a Markdown table.
  public var markdownRow: String {
    func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
    return "| \(keys.map { "`\(cell($0.name))`" }.joined(separator: " ")) | \(cell(help)) |"
  }
}
