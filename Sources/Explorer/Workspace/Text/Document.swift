internal import Attribution
public import TerminalUI
public import Tokenizers

/// Counts the states of the text: each edit makes a new edition.
public typealias Edition = Int

/// The text, or a pair of texts, and what is tried on it.
///
/// Each text has an editor with its own cursor and its own undo. Whatever speaks of a place in either
/// (the heat, a phrase, a word that is switched off) counts in the layout of both, `JoinedTexts`; of one
/// text that is the text itself.
public struct Document: Sendable {
  /// One field, or two.
  private(set) var fields: [TextField]
  /// The field that keys go to, counted from 0.
  public private(set) var part = 0
  /// Counts the states of the texts and of what is tried on them.
  public internal(set) var edition: Edition = 0
  /// As what the user wants texts to be shown; nil leaves it to the model.
  var display: TextDisplay?
  /// The text read as a SMILES, where it is shown as a molecule.
  var molecule = DrawnMolecule()
  /// The second field while it is closed: it comes back as it was.
  private var closed: TextField?
  /// Steps that changed both texts at once, by the versions that they led to.
  private var joint: [[Int]] = []

  init(editor: TextEditor) { fields = [TextField(editor)] }

  /// Of the field that keys go to.
  public internal(set) var editor: TextEditor {
    get { fields[part].editor }
    set { fields[part].editor = newValue }
  }

  public var texts: JoinedTexts {
    JoinedTexts(text: fields[0].text, pair: isPair ? fields[1].text : nil)
  }

  /// The text, or the layout of both.
  public var text: String { isPair ? texts.joined : fields[0].text }

  /// There is a second field.
  public var isPair: Bool { fields.count > 1 }

  /// There is nothing to read in any text.
  public var isBlank: Bool { fields.allSatisfy { $0.text.allSatisfy(\.isWhitespace) } }

  /// The text as the model is asked about it.
  var edited: EditedText { EditedText(texts, off: experiment.off) }

  /// The text before anything was tried on it; nil where nothing is.
  var original: JoinedTexts? {
    guard !experiment.isEmpty else { return nil }
    let texts = fields.map { $0.experiment.original(of: $0.text) }
    return JoinedTexts(text: texts[0], pair: isPair ? texts[1] : nil)
  }

  // MARK: Places

  /// The cursor in the layout.
  var cursor: Int { start(of: part) + editor.cursor }

  /// Where a text begins in the layout.
  func start(of part: Int) -> Int {
    // the first text and the line break behind it
    part == 0 ? 0 : fields[0].text.utf8.count + 1
  }

  /// The text that a place in the layout belongs to.
  func part(at offset: Int) -> Int { isPair && offset >= start(of: 1) ? 1 : 0 }

  /// Puts the cursor at a place in the layout, and the keys in its field.
  mutating func moveCursor(to offset: Int) {
    part = part(at: offset)
    editor.moveCursor(to: offset - start(of: part))
  }

  mutating func select(part: Int) {
    if fields.indices.contains(part) { self.part = part }
  }

  /// Only the field that keys go to has a selection, and only as long as they are typed into it.
  mutating func dropSelections(isTyping: Bool) {
    for index in fields.indices where !isTyping || index != part {
      _ = fields[index].editor.dropSelection()
    }
  }

  mutating func resize(_ part: Int, to size: Size) {
    if fields.indices.contains(part) { fields[part].editor.resize(to: size) }
  }

  /// Scrolls a field without its cursor.
  mutating func scroll(_ part: Int, by rows: Int) {
    if fields.indices.contains(part) { _ = fields[part].editor.scroll(by: rows) }
  }

  // MARK: A second text

  /// Opens the second field, and gives it the keys.
  /// - Parameter pair: for a field that was not open before; nil is an empty one.
  mutating func openPair(_ pair: TextEditor? = nil) {
    guard !isPair else { return }
    fields.append(closed ?? TextField(pair ?? emptyEditor))
    closed = nil
    part = 1
  }

  mutating func closePair() {
    guard isPair else { return }
    closed = fields.removeLast()
    part = 0
  }

  /// Other texts in the place of these, as one step of undo.
  mutating func replace(with texts: JoinedTexts) {
    let selected = part
    if let pair = texts.pair {
      openPair()
      fields[1].replace(with: pair)
    } else {
      closePair()
    }
    fields[0].replace(with: texts.text)
    part = min(selected, fields.count - 1)
    if isPair { joint = joint.suffix(Self.mostJoint) + [versions] }
  }

  /// The same fields with other texts and no steps behind them, to be looked at.
  func showing(_ texts: JoinedTexts) -> Document {
    func field(_ text: String, like editor: TextEditor) -> TextField {
      TextField(TextEditor(text, size: editor.size, isPlain: editor.layout.isPlain))
    }
    var result = self
    result.fields = [field(texts.text, like: fields[0].editor)]
    if let pair = texts.pair {
      result.fields.append(field(pair, like: (isPair ? fields[1] : fields[0]).editor))
    }
    result.part = min(part, result.fields.count - 1)
    return result
  }

  /// As large as the first field's.
  private var emptyEditor: TextEditor {
    TextEditor("", size: fields[0].editor.size, isPlain: fields[0].editor.layout.isPlain)
  }

  // MARK: What is tried

  /// What is tried on the texts, in the layout of both.
  public internal(set) var experiment: Experiment {
    get {
      guard isPair else { return fields[0].experiment }
      return fields[0].experiment + fields[1].experiment.moved(by: start(of: 1))
    }
    set {
      guard isPair else {
        fields[0].experiment = newValue
        return
      }
      let border = start(of: 1)
      fields[0].experiment = newValue.within(0..<fields[0].text.utf8.count)
      fields[1].experiment = newValue.within(border..<border + fields[1].text.utf8.count)
        .moved(by: -border)
    }
  }

  /// The experiments belong to the steps of undo that led here.
  mutating func keepExperiment() {
    for index in fields.indices { fields[index].keepExperiment() }
  }

  /// After an edit: what it touched is no part of an experiment any more.
  mutating func carryExperiments(from before: JoinedTexts) {
    let old = [before.text, before.pair ?? ""]
    for index in fields.indices where !fields[index].experiment.isEmpty {
      fields[index].experiment = fields[index].experiment.carried(
        by: CarriedRanges(from: old[index], to: fields[index].text))
    }
  }

  /// Another experiment on the same texts, as one step of undo.
  mutating func attempt(_ next: Experiment) {
    let before = fields.map(\.experiment)
    experiment = next
    finish(before, changed: [])
  }

  /// Makes edits part of the experiment, as one step of undo; those of both texts at once too.
  /// - Returns: whether a text changed; where none did, something else is tried on them now.
  mutating func apply(_ edits: [TextEdit]) -> Bool {
    let (texts, before) = (texts, fields.map(\.experiment))
    let places = edits.map { texts.place(of: $0.utf8Range) }
    var changed: [Int] = []
    for index in fields.indices {
      let own = zip(edits, places).filter { $1.part == index }.map {
        TextEdit($1.utf8Range, replacement: $0.replacement, swaps: $0.swaps)
      }
      if !own.isEmpty, fields[index].apply(own) { changed.append(index) }
    }
    finish(before, changed: changed)
    return !changed.isEmpty
  }

  /// The texts as they were before anything was tried. - Returns: whether a text changed.
  mutating func putBack() -> Bool {
    let before = fields.map(\.experiment)
    var changed: [Int] = []
    for index in fields.indices {
      let back = fields[index].experiment.swaps.map {
        TextEdit($0.utf8Range, replacement: $0.original)
      }
      fields[index].experiment.off = []
      if !back.isEmpty, fields[index].apply(back) { changed.append(index) }
    }
    finish(before, changed: changed)
    return !changed.isEmpty
  }

  /// What was tried is a step of undo of each field that it is about, and the keys go to one of these.
  private mutating func finish(_ before: [Experiment], changed: [Int]) {
    let tried = fields.indices.filter {
      !changed.contains($0) && fields[$0].experiment != before[$0]
    }
    for index in tried { fields[index].editor.markStep() }
    let all = changed + tried
    if all.isEmpty { editor.markStep() }
    if let last = all.last, !all.contains(part) { part = last }
    if all.count > 1 { joint = joint.suffix(Self.mostJoint) + [versions] }
    keepExperiment()
  }

  /// The steps of undo that led to the texts.
  var versions: [Int] { fields.map(\.editor.version) }

  private static let mostJoint = 200

  /// Undo or redo in the field that keys go to; in both where the step was one of both.
  /// - Returns: false where there is nothing to undo or to redo.
  mutating func step(_ command: EditorCommand) -> Bool {
    let before = versions
    guard fields[part].editor.perform(command) == .edited else { return false }
    var stepped = [part]
    if isPair {
      let other = 1 - part
      var copy = fields[other].editor
      if copy.perform(command) == .edited {
        var after = versions
        after[other] = copy.version
        if joint.contains(command == .undo ? before : after) {
          fields[other].editor = copy
          stepped.append(other)
        }
      }
    }
    for index in stepped { fields[index].experiment = fields[index].keptExperiment }
    return true
  }
}
