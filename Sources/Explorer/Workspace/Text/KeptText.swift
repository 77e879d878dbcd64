public import TerminalUI
public import Tokenizers

/// One text or two, as a session stores them: a single text is stored as a string.
public struct KeptText: Codable, Sendable, Hashable, ExpressibleByStringLiteral {
  public var texts: JoinedTexts

  public init(_ text: String, pair: String? = nil) { texts = JoinedTexts(text: text, pair: pair) }
  public init(_ texts: JoinedTexts) { self.texts = texts }
  public init(stringLiteral text: String) { self.init(text) }

  private enum Key: CodingKey { case text, pair }

  public init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self.init(text)
      return
    }
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.decode(String.self, forKey: .text),
      pair: try container.decodeIfPresent(String.self, forKey: .pair))
  }

  public func encode(to encoder: any Encoder) throws {
    guard let pair = texts.pair else {
      var container = encoder.singleValueContainer()
      return try container.encode(texts.text)
    }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(texts.text, forKey: .text)
    try container.encode(pair, forKey: .pair)
  }
}

/// The second text of a session, with its undo history.
public struct KeptPair: Codable, Sendable, Equatable {
  public var text: String
  /// The UTF-8 offset of its cursor.
  public var cursor: Int
  public var edits: KeptEdits?
  /// Whether it has the focus.
  public var isSelected: Bool

  public init(_ text: String, isSelected: Bool = false) {
    self.text = text
    cursor = text.utf8.count
    self.isSelected = isSelected
  }
}

extension Document {
  /// The second text for the session; nil while there is one field.
  var keptPair: KeptPair? {
    guard isPair else { return nil }
    var kept = KeptPair(fields[1].text, isSelected: part == 1)
    kept.cursor = fields[1].editor.cursor
    kept.edits = fields[1].editor.keptEdits
    return kept
  }

  /// Opens the second field as it was in the last session.
  mutating func restore(_ kept: KeptPair) {
    var editor = TextEditor(kept.text, isPlain: editor.layout.isPlain)
    editor.moveCursor(to: kept.cursor)
    if let edits = kept.edits { editor.restore(edits) }
    openPair(editor)
    select(part: kept.isSelected ? 1 : 0)
  }
}
