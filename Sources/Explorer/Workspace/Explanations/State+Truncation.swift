internal import Classifiers
internal import Reports
internal import Tokenizers

extension State {
  /// Which part of the text the model cuts off or reads in another way; nil if none, and while the
  /// text has no prediction yet.
  var truncation: Truncation? {
    guard isPredictionFresh else { return nil }
    return predictions.latest?.prediction.encoding.truncation
  }

  /// The same as places of the text, or of the layout of both.
  var cutText: CutText? {
    guard let truncation, let texts = predictions.latest?.prediction.encoding.joinedTexts else {
      return nil
    }
    let ranges = [0, 1].compactMap { part in
      truncation.rest(in: part).map { texts.joinedRange($0, in: part) }
    }
    return ranges.isEmpty ? nil : CutText(rest: truncation.rest, ranges: ranges)
  }

  /// The windows in which a text is read that is too long for the model; nil while it has no prediction yet.
  var windows: TextWindows? { isPredictionFresh ? predictions.latest?.windows : nil }

  /// Where the windows but the first begin, in the text, or in the layout of both.
  var seams: [Int] {
    guard let windows, let texts = predictions.latest?.prediction.encoding.joinedTexts else {
      return []
    }
    return windows.seams(in: texts)
  }
}

/// What a model does not take in as it does the rest.
struct CutText {
  let rest: Truncation.Rest
  /// In the text, or in the layout of both.
  let ranges: [Range<Int>]

  func contains(_ offset: Int) -> Bool { ranges.contains { $0.contains(offset) } }
}
