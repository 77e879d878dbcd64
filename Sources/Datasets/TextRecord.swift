public import Classifiers
public import Documents

/// One text of an input file, with what stood beside it.
public struct TextRecord: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    case text(String)
    /// Two texts that the model reads together.
    case pair(String, String)
    /// Split by the user already: no rules and no tokenizer run over it.
    case words([String])

    /// The text, the first of two, or the words joined with single spaces.
    public var text: String {
      switch self {
      case .text(let text), .pair(let text, _): text
      case .words(let words): words.joined(separator: " ")
      }
    }

    /// The second text; nil where there is one only.
    public var secondText: String? {
      if case .pair(_, let second) = self { second } else { nil }
    }

    /// A text as such, and two as a pair.
    public init(text: String, pair: String?) {
      self = pair.map { .pair(text, $0) } ?? .text(text)
    }
  }

  /// Where it stood, counted from 1.
  public var line: Int
  public var content: Content
  /// The other fields, to be handed through.
  public var fields: [JSON.Member]

  public init(line: Int, content: Content, fields: [JSON.Member] = []) {
    self.line = line
    self.content = content
    self.fields = fields
  }
}

/// A record, or why there is none: a bad line never ends the reading of a file.
public enum TextLine: Sendable, Equatable {
  case record(TextRecord)
  case bad(line: Int, TextLineProblem)
}

public enum TextLineProblem: Error, Sendable, Equatable {
  case notUTF8
  case notJSON
  case notAnObject
  /// Neither `text` nor `tokens`.
  case noText
  case textNotAString
  /// What stands beside words that somebody split is no second text: a model reads two texts or one
  /// list of words.
  case wordsWithPair
  case tokensNotStrings
  case fieldCount(expected: Int, found: Int)
  case openQuote
  /// A list of JSON values that is never closed.
  case openList
  /// A zero byte, which no text has.
  case zeroByte
  /// A line or a field of more bytes than any text has.
  case tooLong(bytes: Int)
  /// The row has no such field.
  case noField(column: String)
  /// The label is empty or null.
  case noLabel(column: String)
  /// The label is none of the model's classes.
  case unknownLabel(String, classes: [String])
  /// The field of a model that answers with numbers is none.
  case notANumber(String, column: String)
  /// A list of labels for a model that knows one class a text.
  case severalLabels([String])
  /// The model refuses the text.
  case refused(ClassifierError)
  /// The same for a model that is a program: what it says.
  case refusedByProgram(ExternalProcessError)
}

/// What is wrong with a file as a whole.
public enum TextFileError: Error, Sendable, Equatable {
  case unreadable(path: String, reason: String)
  case unknownFormat(path: String, known: [String])
  /// A format that is not read here, and can be converted to one that is.
  case foreignFormat(path: String, ForeignFormat)
  case noTextColumn(columns: [String])
  case noLabelColumn(columns: [String])
  /// The same for a model that answers with numbers.
  case noNumberColumn(columns: [String])
  case noSuchColumn(name: String, columns: [String])
  /// The first line can't be cut into names.
  case badHeader(line: Int)
  /// No label of the file's first rows is a class of the model.
  case foreignLabels(column: String, labels: [String], classes: [String])
  /// The user maps a label to a class that the model has not.
  case noSuchClass(name: String, classes: [String])
  case noRows
  /// A line or field goes on and on.
  case endless(bytes: Int)
  /// All of the file's first rows are bad; the first of them.
  case noReadableRow(line: Int, TextLineProblem)
}
