public import TerminalUI

/// What is saved from one start to the next.
public struct Session: Codable, Sendable, Equatable {
  public var text: String
  /// The second text of a pair; nil for a single text.
  public var pair: KeptPair?
  /// UTF-8 offset of the cursor.
  public var cursor: Int
  /// The last undo and redo steps of the text.
  public var edits: KeptEdits?
  /// The explainer's command-line name.
  public var explainer: String?
  /// The name of the class that is explained; nil follows the prediction.
  public var targetClass: String?
  /// The name of the class that it is contrasted with; empty for the automatic choice, nil for no
  /// contrast.
  public var contrast: String?
  /// The explainer options that the user set: `samples 512`.
  public var settings: [String]?
  public var theme: String?
  /// The latest values of `--model`, the newest first.
  public var recentModels: [String]?
  /// How the user matched the classes of second models.
  public var classMaps: KeptClassMaps?
  /// The `--model` value that opens the present model again; nil for the default.
  public var model: String?
  /// The number of the visible screen.
  public var screen: Int?
  /// The full path of the open data set.
  public var data: String?
  /// The saved state of each data set.
  public var dataSessions: KeptDataSessions?
  /// Earlier texts, the newest last.
  public var texts: [KeptText]?
  /// The entries that were chosen in the palette, the newest first.
  public var usedCommands: [String]?
  /// Candidates that are ranked against the first text.
  public var candidates: [String]?
  /// How interactions of words are found, a value of `--interaction-method`; nil is by removal.
  public var interactionMethod: String?
  /// How texts are shown, `text` or `molecule`; nil leaves it to the model.
  public var view: String?
  /// False if molecules are drawn without the terminal's pictures; nil is true.
  public var pictures: Bool?

  /// The text, or both texts.
  public var kept: KeptText { KeptText(text, pair: pair?.text) }

  public init(
    text: String = "", cursor: Int = 0, explainer: String? = nil, targetClass: String? = nil,
    theme: String? = nil, recentModels: [String]? = nil
  ) {
    self.text = text
    self.cursor = cursor
    self.explainer = explainer
    self.targetClass = targetClass
    self.theme = theme
    self.recentModels = recentModels
  }

  /// Whether a row of the data set was open on this screen.
  func hasOpenRow(on screen: Screen) -> Bool {
    guard self.screen == screen.rawValue, let data else { return false }
    return dataSessions?[data]?.isOpened == true
  }

  /// Example texts; the first one is shown at the first start.
  static let examples = [
    example, "Not bad at all, and never boring.",
    "I expected a masterpiece. What I got was two hours of my life that I will never get back.",
    "It is not the best film of the year, but it is certainly not the worst.",
    "A feast for the eyes, and a famine for the heart.",
  ]

  /// The text that the first start shows.
  public static let example =
    "The acting is brilliant and the score is gorgeous, but the story never quite works "
    + "and the ending is painfully predictable."
}
