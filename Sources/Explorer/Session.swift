public import TerminalUI

/// What is kept from one start to the next.
public struct Session: Codable, Sendable, Equatable {
  public var text: String
  /// The second text of a pair; nil where there is one text.
  public var pair: KeptPair?
  /// UTF-8 offset of the cursor.
  public var cursor: Int
  /// The last steps of undo and redo that belong to the text.
  public var edits: KeptEdits?
  /// The explainer's name on the command line.
  public var explainer: String?
  /// The class that is explained, by name; nil follows the prediction.
  public var targetClass: String?
  /// What it is set against: a class by name, empty for whatever comes next; nil for nothing.
  public var contrast: String?
  /// How explanations are computed, where it is set by hand: `samples 512`.
  public var settings: [String]?
  public var theme: String?
  /// What `--model` took, the newest first.
  public var recentModels: [String]?
  /// What was said of the classes of second models.
  public var classMaps: KeptClassMaps?
  /// What `--model` takes to open the model that was there; nil for the default.
  public var model: String?
  /// The number of the screen that was seen.
  public var screen: Int?
  /// The whole path of the data set that was open.
  public var data: String?
  /// What is kept of each data set.
  public var dataSessions: KeptDataSessions?
  /// Texts from before this one, the newest last.
  public var texts: [KeptText]?
  /// What was chosen in the palette, the newest first.
  public var usedCommands: [String]?
  /// Texts that are ranked beside the first one.
  public var candidates: [String]?
  /// How words that meet are found, as `--interaction-method` has it; nil is by removal.
  public var interactionMethod: String?
  /// `text` or `molecule`: how texts are shown; nil leaves it to the model.
  public var view: String?
  /// False where molecules are to be drawn without pictures of the terminal; nil is true.
  public var pictures: Bool?

  /// One text, or both.
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

  /// A row of the data set was open on this screen.
  func hasOpenRow(on screen: Screen) -> Bool {
    guard self.screen == screen.rawValue, let data else { return false }
    return dataSessions?[data]?.isOpened == true
  }

  /// Texts to try, the first start's first.
  static let examples = [
    example, "Not bad at all, and never boring.",
    "I expected a masterpiece. What I got was two hours of my life that I will never get back.",
    "It is not the best film of the year, but it is certainly not the worst.",
    "A feast for the eyes, and a famine for the heart.",
  ]

  /// What a first start shows.
  public static let example =
    "The acting is brilliant and the score is gorgeous, but the story never quite works "
    + "and the ending is painfully predictable."
}
