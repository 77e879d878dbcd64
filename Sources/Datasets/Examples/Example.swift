public import Documents
public import Tokenizers

/// One labelled text of a data set.
public struct Example: Sendable, Equatable {
  /// Which row of the file, counted from 0 with bad rows.
  public var index: Int
  /// Where it begins, counted from 1.
  public var line: Int
  public var content: TextRecord.Content
  public var gold: Gold
  /// The numbers that are right, for a model that answers with numbers; nil where nobody said.
  public var values: [Double]?
  /// What the file itself calls the row.
  public var id: String?
  /// What a person marked as the reason of the label, as it stands in the file.
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
  /// The second text; nil where there is one only.
  public var pair: String? { content.secondText }
  /// One text, or both.
  public var texts: JoinedTexts { JoinedTexts(text: text, pair: pair) }
}

/// What a person says of a text, in classes of the model.
public enum Gold: Sendable, Hashable {
  /// Nobody said.
  case unknown
  case one(Int)
  /// Any number of classes, ascending.
  case several([Int])
}

/// A row of a data set: an example, or why there is none.
public enum DatasetLine: Sendable, Equatable {
  case example(Example)
  case bad(BadRow)
}

/// A row that could not be read.
public struct BadRow: Sendable, Equatable {
  /// Counted from 0 with the good ones.
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
