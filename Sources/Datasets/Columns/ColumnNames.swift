/// The roles of columns, as given by the user; nil if they are to be inferred.
public struct ColumnNames: Sendable, Equatable {
  public var text: String?
  /// The second text, for a model that reads pairs.
  public var pair: String?
  public var label: String?
  public var id: String?
  public var rationale: String?

  public init(
    text: String? = nil, pair: String? = nil, label: String? = nil, id: String? = nil,
    rationale: String? = nil
  ) {
    self.text = text
    self.pair = pair
    self.label = label
    self.id = id
    self.rationale = rationale
  }

  /// Names of columns for pairs of texts, as data sets use them.
  static let pairs: [(first: String, second: String)] = [
    ("premise", "hypothesis"), ("sentence1", "sentence2"), ("question1", "question2"),
    ("question", "sentence"), ("question", "passage"), ("question", "context"),
    ("question", "answer"), ("query", "passage"), ("query", "document"), ("text1", "text2"),
    ("text_1", "text_2"), ("text_a", "text_b"), ("sentence_1", "sentence_2"),
    ("sentence_a", "sentence_b"), ("sentence", "context"), ("claim", "evidence"),
    ("text", "text_pair"), ("text", "pair"), ("text", "hypothesis"), ("anchor", "positive"),
    ("question", "document"), ("question", "text"), ("query", "text"), ("query", "doc"),
    ("query", "candidate"), ("query", "answer"), ("sent1", "sent2"), ("s1", "s2"),
    ("source", "target"),
  ]
  /// Names of the second text beside `text` in a JSON object.
  static let pairFields = ["pair", "text_pair"]

  // Common names in public data sets, the most likely first.
  static let texts = [
    "text", "sentence", "review", "content", "comment", "smiles", "comment_text", "review_text",
    "tweet", "message", "body", "document", "utterance", "question", "phrase", "input",
    "snippet", "description", "headline", "title", "tokens", "words",
  ]
  static let labels = [
    "label", "labels", "gold", "target", "class", "category", "sentiment", "y", "answer", "tag",
    "tags", "targets", "classes", "label_text", "polarity", "rating", "topic", "intent",
    "gold_label", "emotion", "stars", "star_rating",
  ]
  /// Words that occur in the names of label columns.
  static let labelWords: Set<String> = ["label", "labels", "gold", "target", "class"]
  static let ids = ["id", "idx", "guid", "uid", "uuid", "row_id", "key", "index", "row"]
  static let rationales = ["rationale", "rationales", "spans", "highlights", "evidence"]

  /// Names that identify a header line. `positive` is more often a label than a column.
  static let known = Set(
    texts + labels + ids + rationales + pairs.flatMap { [$0.first, $0.second] }
  ).subtracting(["positive"])
}
