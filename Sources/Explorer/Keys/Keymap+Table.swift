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

  /// The key table as README shows it, GitHub-flavoured, ends with a line end.
  public static var markdownTable: String {
    var lines = ["| where | keys | what |", "| --- | --- | --- |"]
    for context in Binding.Context.allCases {
      for binding in bindings where binding.context == context {
        let keys = binding.keys.map { "`\($0.name)`" }.joined(separator: " ")
        lines.append("| \(context.title.lowercasedFirst) | \(keys) | \(binding.help) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
