internal import Documents
package import Tokenizers

/// The tokens that annotators gave as the reason, from a record's field `rationale`, in any of the
/// forms that `RationaleSpans` reads.
package enum Rationale {
  package static let field = "rationale"

  /// One value per token, in the first text of a pair; nil if the field is missing or cannot be
  /// read.
  package static func tokens(of record: TextRecord, encoding: Encoding) -> [Bool]? {
    guard let value = record.fields.first(where: { $0.key == field })?.value else { return nil }
    var words: [String]?
    if case .words(let split) = record.content { words = split }
    guard let spans = RationaleSpans.ranges(value, text: encoding.text, words: words) else {
      return nil
    }
    return encoding.pieces.map { piece in
      !piece.isFrame && !piece.utf8Range.isEmpty && piece.part == 0
        && spans.contains { $0.overlaps(piece.utf8Range) }
    }
  }
}
