internal import Attribution
public import TerminalUI
public import Tokenizers

/// The number of a state of the text: each edit starts a new edition.
public typealias Edition = Int

/// The text, or a pair of texts, and what is tried on it.
///
/// Each text has an editor with its own cursor and undo history. Every position in either text (of
/// the heat, a phrase, a word that is switched off) is an offset into the joined layout of both,
/// `JoinedTexts`; for a single text, into the text itself.
public struct Document: Sendable {
  /// One field, or two for a pair.
  private(set) var fields: [TextField]
  /// The index of the field that has the focus.
  public private(set) var part = 0
  /// The number of the present state of the texts and of what is tried on them.
  public internal(set) var edition: Edition = 0
  /// The user's choice of how texts are shown; nil leaves it to the model.
  var display: TextDisplay?
  /// The text parsed as a SMILES, if it is shown as a molecule.
  var molecule = DrawnMolecule()
  /// The second field while it is closed; it is restored when it is opened again.
  private var closed: TextField?
  /// Undo steps that changed both texts at once, by the versions that they led to.
  private var joint: [[Int]] = []
  /// Undo steps that opened other texts, by the versions that they led to.
  private var openings: [[Int]] = []

  init(editor: TextEditor) { fields = [TextField(editor)] }

  /// The editor of the field that has the focus.
  public internal(set) var editor: TextEditor {
    get { fields[part].editor }
    set { fields[part].editor = newValue }
  }

  public var texts: JoinedTexts {
    JoinedTexts(text: fields[0].text, pair: isPair ? fields[1].text : nil)
  }

  /// The text, or the joined layout of both texts.
  public var text: String { isPair ? texts.joined : fields[0].text }

  /// Whether there is a second field.
  public var isPair: Bool { fields.count > 1 }

  /// Whether all texts are blank.
  public var isBlank: Bool { fields.allSatisfy { $0.text.allSatisfy(\.isWhitespace) } }

  /// The text as the model reads it, without the words that are switched off.
  var edited: EditedText { EditedText(texts, off: experiment.off) }

  /// The text before anything was tried on it; nil if nothing is.
  var original: JoinedTexts? {
    guard !experiment.isEmpty else { return nil }
    let texts = fields.map { $0.experiment.original(of: $0.text) }
    return JoinedTexts(text: texts[0], pair: isPair ? texts[1] : nil)
  }

  // MARK: Positions

  /// The cursor's offset in the layout.
  var cursor: Int { start(of: part) + editor.cursor }

  /// The offset in the layout at which a text begins.
  func start(of part: Int) -> Int {
    // After the first text and the line break that follows it.
    part == 0 ? 0 : fields[0].text.utf8.count + 1
  }

  /// The index of the text that contains an offset of the layout.
  func part(at offset: Int) -> Int { isPair && offset >= start(of: 1) ? 1 : 0 }

  /// Moves the cursor to an offset of the layout, and the focus to its field.
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

  /// Scrolls a field without moving its cursor.
  mutating func scroll(_ part: Int, by rows: Int) {
    if fields.indices.contains(part) { _ = fields[part].editor.scroll(by: rows) }
  }

  // MARK: A second text

  /// Opens the second field, and moves the focus there.
  /// - Parameter pair: the editor for a field that was not open before; nil is an empty one.
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

  /// Replaces the texts, as one undo step.
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
    markOpening()
  }

  /// Records that the present undo step opened other texts.
  mutating func markOpening() {
    openings = openings.suffix(Self.mostOpenings) + [versions]
  }

  private static let mostOpenings = 200

  /// A document with the same fields and other texts without undo history, for display only.
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

  /// An empty editor, as large as the first field's.
  private var emptyEditor: TextEditor {
    TextEditor("", size: fields[0].editor.size, isPlain: fields[0].editor.layout.isPlain)
  }

  // MARK: Experiments

  /// What is tried on the texts, in offsets of the layout.
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

  /// Associates the experiments with the present undo steps.
  mutating func keepExperiment() {
    for index in fields.indices { fields[index].keepExperiment() }
  }

  /// After an edit, removes what it touched from the experiments.
  mutating func carryExperiments(from before: JoinedTexts) {
    let old = [before.text, before.pair ?? ""]
    for index in fields.indices where !fields[index].experiment.isEmpty {
      fields[index].experiment = fields[index].experiment.carried(
        by: CarriedRanges(from: old[index], to: fields[index].text))
    }
  }

  /// Tries another experiment on the same texts, as one undo step.
  mutating func attempt(_ next: Experiment) {
    let before = fields.map(\.experiment)
    experiment = next
    finish(before, changed: [])
  }

  /// Applies edits as part of the experiment, as one undo step, even if they are in both texts.
  /// - Returns: whether a text changed; if none did, only what the model reads has changed.
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

  /// Restores the texts as they were before anything was tried.
  ///
  /// - Returns: whether a text changed.
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

  /// Records what was tried as an undo step of each affected field, and moves the focus to one of
  /// these.
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

  /// The present undo steps, one per field.
  var versions: [Int] { fields.map(\.editor.version) }

  private static let mostJoint = 200

  /// Undoes or redoes a step in the focused field; in both fields if the step changed both.
  /// - Returns: what the step was; nil if there is nothing to undo or redo.
  mutating func step(_ command: EditorCommand) -> Step? {
    let before = versions
    guard fields[part].editor.perform(command) == .edited else { return nil }
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
    return openings.contains(command == .undo ? before : versions) ? .opening : .edit
  }

  /// What is undone or redone.
  enum Step {
    case edit
    /// Other texts were opened in place of those before.
    case opening
  }
}
