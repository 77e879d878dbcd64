import Explorer
import TerminalUI
import Testing

/// States in which the last row shows keys.
private func stages() -> [(name: String, stage: Stage)] {
  func stage(_ text: String = "a brilliant film but dull", _ keys: String = "") -> Stage {
    var stage = Stage(text)
    stage.answer()
    stage.press(.escape)
    stage.answer()
    for key in keys {
      stage.type(String(key))
      stage.answer()
    }
    return stage
  }
  func reviews(_ keys: String = "") -> Stage {
    var stage = Stage("")
    stage.load(Reviews.rows(12))
    stage.press(.escape)
    stage.type("2")
    stage.answer()
    for key in keys {
      stage.type(String(key))
      stage.answer()
    }
    return stage
  }
  var completed = stage("a film", "O")
  completed.type("/tm")
  completed.send(
    .completions(for: "/tm", [PathCompletion(path: "/tmp", isFolder: true)]))
  var note = reviews("l")
  note.press(.tab)
  var filtered = stage("a film", "?/")
  filtered.type("ex")
  return [
    ("label", reviews("l")), ("note", note), ("model", stage("a film", "O")),
    ("model, completed", completed), ("export", stage("a film", "E")),
    ("palette", stage("a film", ":")), ("themes", stage("a film", "p")),
    ("help", stage("a film", "?")), ("help, filtered", filtered),
    ("columns", stage("a film", "3a")), ("word", stage("a brilliant film", "w")),
    ("errors", reviews()), ("errors' filter", reviews("/")), ("compare", stage("a film", "3")),
  ]
}

/// The keys of the last row with their words; two spaces separate the hints.
private func hints(_ stage: Stage) -> [(key: Key, word: String)] {
  var rest = (stage.rows.last ?? "")[...]
  var found: [(key: Key, word: String)] = []
  while let start = rest.firstIndex(where: { $0 != " " }) {
    rest = rest[start...]
    let end = rest.firstRange(of: "  ")?.lowerBound ?? rest.endIndex
    let parts = rest[..<end].split(separator: " ", maxSplits: 1).map(String.init)
    rest = rest[end...]
    guard parts.count == 2 else { continue }
    let keys = Keymap.standard.bindings.flatMap(\.keys).filter { $0.shortName == parts[0] }
    if let key = keys.first { found.append((key, parts[1])) }
  }
  return found
}

@Test func `each key in a prompt's hints has an effect there`() {
  for (name, stage) in stages() {
    let hints = hints(stage)
    #expect(!hints.isEmpty, "\(name): \(stage.rows.last ?? "")")
    for (key, word) in hints {
      var pressed = stage
      pressed.forgetLog()
      pressed.press(key)
      // The row above is the status row, which would show a refusal.
      let before = stage.rows.dropLast(2)
      let isSeen = Array(before) != Array(pressed.rows.dropLast(2)) || !pressed.log.isEmpty
      #expect(isSeen, "\(name): \(key.name) \(word)")
    }
  }
}

@Test func `the label prompt names the target of Tab, and the filter of the help does not`() {
  let stages = Dictionary(uniqueKeysWithValues: stages().map { ($0.name, $0.stage) })
  func words(_ name: String) -> [String] {
    stages[name].map { hints($0).map { "\($0.key.name) \($0.word)" } } ?? []
  }
  #expect(words("label").contains("Tab note") && words("label").contains("Enter save"))
  #expect(words("note").contains("Tab label"))
  #expect(words("model, completed").contains("Tab complete"))
  #expect(words("palette").contains("Tab complete"))
  #expect(words("word").contains("Tab complete") && !words("word").contains("Enter try"))
  #expect(!words("model").contains("Enter open") && !words("help").contains("F1 help"))
  for name in ["export", "help, filtered"] {
    #expect(!words(name).contains { $0.hasPrefix("Tab ") }, "\(name)")
  }
}
