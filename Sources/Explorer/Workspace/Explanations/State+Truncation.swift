internal import Classifiers
internal import Reports
internal import Tokenizers

extension State {
  /// The part of the text that the model cuts off or does not pool; nil if there is none, or while
  /// the text has no prediction.
  var truncation: Truncation? {
    guard isPredictionFresh else { return nil }
    return predictions.latest?.prediction.encoding.truncation
  }

  /// The truncation as ranges of the text, or of the joined layout of both texts.
  var cutText: CutText? {
    guard let truncation, let texts = predictions.latest?.prediction.encoding.joinedTexts else {
      return nil
    }
    let ranges = [0, 1].compactMap { part in
      truncation.rest(in: part).map { texts.joinedRange($0, in: part) }
    }
    return ranges.isEmpty ? nil : CutText(rest: truncation.rest, ranges: ranges)
  }

  /// The windows in which a text is read that is too long for the model; nil while it has no
  /// prediction.
  var windows: TextWindows? { isPredictionFresh ? predictions.latest?.windows : nil }

  /// The starts of all windows except the first, in the text or in the joined layout of both texts.
  var seams: [Int] {
    guard let windows, let texts = predictions.latest?.prediction.encoding.joinedTexts else {
      return []
    }
    return windows.seams(in: texts)
  }
}

/// The ranges that a model does not read or does not pool.
struct CutText {
  let rest: Truncation.Rest
  /// Ranges of the text, or of the joined layout of both texts.
  let ranges: [Range<Int>]

  func contains(_ offset: Int) -> Bool { ranges.contains { $0.contains(offset) } }
}
