public import Classifiers
public import Documents

/// A text of an input file, with the other fields of its row.
public struct TextRecord: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    case text(String)
    /// Two texts that the model reads as a pair.
    case pair(String, String)
    /// Already split by the user: no rules and no tokenizer are applied.
    case words([String])

    /// The text, the first of two, or the words joined with single spaces.
    public var text: String {
      switch self {
      case .text(let text), .pair(let text, _): text
      case .words(let words): words.joined(separator: " ")
      }
    }

    /// The second text; nil if there is only one.
    public var secondText: String? {
      if case .pair(_, let second) = self { second } else { nil }
    }

    /// A single text, or a pair.
    public init(text: String, pair: String?) {
      self = pair.map { .pair(text, $0) } ?? .text(text)
    }
  }

  /// The line where it starts, counted from 1.
  public var line: Int
  public var content: Content
  /// The other fields, which are passed through.
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
  /// A second text beside words that are already split: a model reads two texts or one list of
  /// words.
  case wordsWithPair
  case tokensNotStrings
  case fieldCount(expected: Int, found: Int)
  case openQuote
  /// A list of JSON values that is not closed.
  case openList
  /// A zero byte, which texts do not contain.
  case zeroByte
  /// A line or field that is longer than any text.
  case tooLong(bytes: Int)
  /// The row lacks this field.
  case noField(column: String)
  /// The label is empty or null.
  case noLabel(column: String)
  /// The label is not one of the model's classes.
  case unknownLabel(String, classes: [String])
  /// For a regression: the field is not a number.
  case notANumber(String, column: String)
  /// A list of labels for a single-label model.
  case severalLabels([String])
  /// The model refuses the text.
  case refused(ClassifierError)
  /// An external program refuses the text, with its message.
  case refusedByProgram(ExternalProcessError)
}

/// Why a file as a whole cannot be used.
public enum TextFileError: Error, Sendable, Equatable {
  case unreadable(path: String, reason: String)
  case unknownFormat(path: String, known: [String])
  /// A format that is not supported, but can be converted to one that is.
  case foreignFormat(path: String, ForeignFormat)
  case noTextColumn(columns: [String])
  case noLabelColumn(columns: [String])
  /// The same for a regression.
  case noNumberColumn(columns: [String])
  case noSuchColumn(name: String, columns: [String])
  /// The header line cannot be split into names.
  case badHeader(line: Int)
  /// None of the labels in the file's first rows is a class of the model.
  case foreignLabels(column: String, labels: [String], classes: [String])
  /// The user maps a label to a class that the model does not have.
  case noSuchClass(name: String, classes: [String])
  case noRows
  /// A line or field that does not end.
  case endless(bytes: Int)
  /// All of the file's first rows are bad; this is the first of them.
  case noReadableRow(line: Int, TextLineProblem)
}
