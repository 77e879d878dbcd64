/// Joins two texts as fastai joins the text columns of a table: `xxfld 1 A xxfld 2 B`.
///
/// Source: fastai 2.8.12 `text/core.py`, `_join_texts`; fastai 1.0.61 `text/data.py`,
/// `_join_texts`.
extension JoinedTexts {
  /// Both texts with their field marks; a single text unchanged.
  var marked: MappedText {
    guard pair != nil else { return MappedText(typed: text) }
    var result = MappedText()
    result.insert("xxfld 1 ", at: 0..<0)
    return result + mapped(with: " xxfld 2 ")
  }

  /// Both texts as fastai 1 joins them: with the second field's mark if the rules mark fields.
  func mapped(for rules: [Fastai1TextRule]) -> MappedText {
    mapped(with: rules.contains(.markFields) ? " xxfld 2 " : " ")
  }

  /// Both texts with a separator between them; a single text unchanged.
  private func mapped(with separator: String) -> MappedText {
    var result = MappedText(typed: text)
    guard let pair else { return result }
    let start = start(of: 1)
    result.insert(separator, at: start..<start)
    for scalar in MappedText(typed: pair) {
      result.append(MappedScalar(scalar.value, scalar.start + start..<scalar.end + start))
    }
    return result
  }

  /// The encoding of pieces whose ranges are offsets into the layout.
  func encoding(_ pieces: [Piece], reversed: Bool) -> Encoding {
    var pieces = pieces
    if pair != nil {
      for index in pieces.indices {
        (pieces[index].part, pieces[index].utf8Range) = place(of: pieces[index].utf8Range)
      }
    }
    if reversed { pieces.reverse() }
    return Encoding(text: text, pair: pair, pieces: pieces)
  }
}
