/// What is kept from one start to the next.
public struct Session: Codable, Sendable, Equatable {
  public var text: String
  /// UTF-8 offset of the cursor.
  public var cursor: Int
  /// The explainer's name on the command line.
  public var explainer: String?
  /// The class that is explained, by name; nil follows the model's own choice.
  public var targetClass: String?
  public var theme: String?
  /// What `--model` took, the newest first.
  public var recentModels: [String]?

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

  /// What a first start shows.
  public static let example =
    "The acting is brilliant and the score is gorgeous, but the story never quite works "
    + "and the ending is painfully predictable."
}
