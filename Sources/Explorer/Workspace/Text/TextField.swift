internal import Attribution
public import TerminalUI

/// An editable text and what is tried on it, in offsets of this text.
public struct TextField: Sendable {
  public internal(set) var editor: TextEditor
  /// What is tried on the text.
  var experiment = Experiment()
  /// What was tried after each undo step, by the editor's version.
  private var experiments: [Int: Experiment] = [:]

  init(_ editor: TextEditor) { self.editor = editor }

  var text: String { editor.text }

  /// Associates the experiment with the present undo step.
  mutating func keepExperiment() {
    if experiments.count > 2 * Self.mostExperiments {
      for number in experiments.keys.sorted().prefix(Self.mostExperiments) {
        experiments[number] = nil
      }
    }
    experiments[editor.version] = experiment
  }

  /// What was tried at the present undo step; nothing if unknown.
  var keptExperiment: Experiment { experiments[editor.version] ?? Experiment() }

  /// Applies edits as part of the experiment, as one undo step.
  /// - Returns: whether the text changed.
  mutating func apply(_ edits: [TextEdit]) -> Bool {
    let before = editor.text
    let (text, next) = experiment.applying(edits, to: before)
    experiment = next
    guard text != before else { return false }
    let front = zip(before.utf8, text.utf8).prefix { $0 == $1 }.count
    let most = min(before.utf8.count, text.utf8.count) - front
    let back = zip(before.utf8.reversed(), text.utf8.reversed()).prefix(most)
      .prefix { $0 == $1 }.count
    // Whole scalars: a prefix of bytes can end within one.
    let (start, end) = (before.scalarStart(front), before.scalarEnd(before.utf8.count - back))
    let shift = text.utf8.count - before.utf8.count
    _ = editor.replaceText(in: start..<end, with: text.utf8Text(start..<end + shift))
    return true
  }

  /// Replaces the text, as an undo step even if it is the same text.
  mutating func replace(with text: String) {
    if editor.replaceText(with: text) != .edited { editor.markStep() }
  }

  /// More than the number of steps that the editor keeps.
  private static let mostExperiments = 2000
}

extension String {
  /// The start of the scalar that contains a byte.
  fileprivate func scalarStart(_ offset: Int) -> Int {
    let bytes = utf8Span.span
    var offset = min(offset, bytes.count)
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  /// The end of the scalar that contains the byte before an offset.
  fileprivate func scalarEnd(_ offset: Int) -> Int {
    let bytes = utf8Span.span
    var offset = max(0, offset)
    while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }
}
