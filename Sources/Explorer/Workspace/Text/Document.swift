internal import Attribution
public import TerminalUI

/// Counts the states of the text: each edit makes a new edition.
public typealias Edition = Int

/// The text, and what is tried on it.
public struct Document: Sendable {
  public internal(set) var editor: TextEditor
  /// Counts the states of the text and of what is tried on it.
  public internal(set) var edition: Edition = 0
  /// What is tried on the text.
  public internal(set) var experiment = Experiment()
  /// What was tried after each step of undo, by the editor's version.
  private var experiments: [Int: Experiment] = [:]

  init(editor: TextEditor) { self.editor = editor }

  public var text: String { editor.text }

  /// There is nothing to read in the text.
  public var isBlank: Bool { editor.text.allSatisfy(\.isWhitespace) }

  /// The text as the model is asked about it.
  var edited: EditedText { EditedText(editor.text, off: experiment.off) }

  /// The experiment belongs to the step of undo that led here.
  mutating func keepExperiment() {
    if experiments.count > 2 * Self.mostExperiments {
      for number in experiments.keys.sorted().prefix(Self.mostExperiments) {
        experiments[number] = nil
      }
    }
    experiments[editor.version] = experiment
  }

  /// What was tried at the step of undo that is reached; nothing where none is known.
  var keptExperiment: Experiment { experiments[editor.version] ?? Experiment() }

  /// More than the editor keeps steps.
  private static let mostExperiments = 2000
}
