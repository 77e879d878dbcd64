extension Keymap {
  static let inEditor: [Binding.Context] = [.editor, .text, .screen, .always]
  static let inPanes: [Binding.Context] = [.panes, .across, .commands, .screen, .always]
  static let inErrors: [Binding.Context] = [.examples, .errors, .commands, .screen, .always]
  static let inMatrix: [Binding.Context] = [.errors, .across, .commands, .screen, .always]
  static let inQuery: [Binding.Context] = [.query, .text, .always]
  static let inCompare: [Binding.Context] = [.compare, .across, .commands, .screen, .always]
  static let inJournal: [Binding.Context] = [.journal, .across, .commands, .screen, .always]
  static let inList: [Binding.Context] = [.list, .completion, .text, .always]
  static let inChoice: [Binding.Context] = [.list, .always]
  static let inHelp: [Binding.Context] = [.help, .always]

  /// The sets of contexts that are heard together, the first one first. In one set no key may
  /// mean two things.
  public static let chains = [
    inEditor, inPanes, inErrors, inMatrix, inQuery, inCompare, inJournal, inList,
    inChoice, inHelp,
  ]

  /// The key tables of docs/keys.md in GitHub's Markdown, one for each context; ends with a line end.
  public static var markdownTables: String {
    Binding.Context.allCases.map { context in
      let lines = bindings.filter { $0.context == context }.map(\.markdownRow)
      return (["## \(context.title)", "", "| keys | what |", "| --- | --- |"] + lines)
        .joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }
}

extension Binding {
  /// Its line in a table of Markdown.
  public var markdownRow: String {
    func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
    return "| \(keys.map { "`\(cell($0.name))`" }.joined(separator: " ")) | \(cell(help)) |"
  }
}
