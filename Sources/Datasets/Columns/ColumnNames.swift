/// Which columns hold what: as the user says, nil where it is to be found out.
public struct ColumnNames: Sendable, Equatable {
  public var text: String?
  public var label: String?
  public var id: String?
  public var rationale: String?

  public init(
    text: String? = nil, label: String? = nil, id: String? = nil, rationale: String? = nil
  ) {
    self.text = text
    self.label = label
    self.id = id
    self.rationale = rationale
  }

  // What such columns are called in data sets that people share, the likeliest first.
  static let texts = [
    "text", "sentence", "review", "content", "comment", "smiles", "comment_text", "review_text",
    "tweet", "message", "body", "document", "utterance", "question", "phrase", "input",
    "snippet", "description", "headline", "title", "tokens", "words",
  ]
  static let labels = [
    "label", "labels", "gold", "target", "class", "category", "sentiment", "y", "answer", "tag",
    "tags", "targets", "classes", "label_text", "polarity", "rating", "topic", "intent",
  ]
  static let ids = ["id", "idx", "guid", "uid", "uuid", "row_id", "key", "index", "row"]
  static let rationales = ["rationale", "rationales", "spans", "highlights", "evidence"]

  static let known = Set(texts + labels + ids + rationales)
}
