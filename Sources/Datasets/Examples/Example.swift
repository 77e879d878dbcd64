public import Documents
public import Tokenizers

/// A labelled text of a data set.
public struct Example: Sendable, Equatable {
  /// The index of the row in the file, from 0 and including bad rows.
  public var index: Int
  /// The line where it starts, counted from 1.
  public var line: Int
  public var content: TextRecord.Content
  public var gold: Gold
  /// The correct numbers, for a regression; nil without a label.
  public var values: [Double]?
  /// The row's id in the file.
  public var id: String?
  /// The annotator's reason for the label, as in the file.
  public var rationale: JSON?

  public init(
    index: Int, line: Int, content: TextRecord.Content, gold: Gold, values: [Double]? = nil,
    id: String? = nil, rationale: JSON? = nil
  ) {
    self.index = index
    self.line = line
    self.content = content
    self.gold = gold
    self.values = values
    self.id = id
    self.rationale = rationale
  }

  /// The text, the first of two, or the words joined with single spaces.
  public var text: String { content.text }
  /// The second text; nil if there is only one.
  public var pair: String? { content.secondText }
  /// One text, or both.
  public var texts: JoinedTexts { JoinedTexts(text: text, pair: pair) }
}

/// The label of a text, as classes of the model.
public enum Gold: Sendable, Hashable {
  /// Without a label.
  case unknown
  case one(Int)
  /// Any number of classes, in ascending order.
  case several([Int])
}

/// A row of a data set: an example, or why there is none.
public enum DatasetLine: Sendable, Equatable {
  case example(Example)
  case bad(BadRow)
}

/// A row that could not be read.
public struct BadRow: Sendable, Equatable {
  /// From 0, including good rows.
  public var index: Int
  /// Counted from 1.
  public var line: Int
  public var problem: TextLineProblem

  public init(index: Int, line: Int, problem: TextLineProblem) {
    self.index = index
    self.line = line
    self.problem = problem
  }
}
