import Explorer
import TerminalUI
import Testing

@Test func `no key means two things at once`() {
  for chain in Keymap.standard.chains {
    var owner: [Key: String] = [:]
    for binding in Keymap.standard.bindings where chain.contains(binding.context) {
      for key in binding.keys {
        #expect(owner[key] == nil, "\(key.name): \(owner[key] ?? "") and \(binding.help)")
        owner[key] = binding.help
      }
    }
  }
}

@Test func `every binding has a key and says what it does`() {
  #expect(Keymap.standard.bindings.count > 50)
  for binding in Keymap.standard.bindings {
    #expect(!binding.help.isEmpty)
    #expect(!binding.keys.isEmpty, "\(binding.help)")
  }
}

@Test func `the keys that move a drawing are described alike on all screens`() {
  let arrows: [Key] = [.left, .right, .up, .down].map { Key($0, .alt) }
  for key in arrows {
    let helps = Keymap.standard.bindings
      .filter { $0.keys.contains(key) && $0.help.contains("molecule") }.map(\.help)
    #expect(helps.count >= 3 && Set(helps).count == 1, "\(key.name): \(helps)")
  }
}

@Test func `every command of the editor has a key`() {
  let bound = Keymap.standard.bindings.compactMap { binding in
    if case .edit(let command) = binding.command { command } else { nil }
  }
  #expect(Set(bound) == Set(EditorCommand.allCases))
}

@Test func `the tables for docs have a line of two cells for every binding`() {
  let lines = Keymap.standard.markdownTables.split(separator: "\n").filter { $0.hasPrefix("| ") }
  #expect(lines.count == Keymap.standard.bindings.count + 2 * Keymap.standard.contexts.count)
  for line in lines {
    #expect(line.hasSuffix(" |"))
    #expect(line.replacing("\\|", with: "").count { $0 == "|" } == 3, "\(line)")
  }
  #expect(Keymap.standard.markdownTables.contains("`Ctrl-X`"))
}

@Test func `names in the palette are unique`() {
  let names = Keymap.standard.bindings.compactMap(\.name)
  #expect(Set(names).count == names.count)
}

@Test func `help fits into its sheet at 80 columns`() {
  for binding in Keymap.standard.bindings { #expect(binding.help.count <= 56, "\(binding.help)") }
}
