internal import Attribution
internal import Classifiers
internal import Explorer
internal import Tokenizers

extension Caption {
  /// A stretch of the text; with a score where it is painted.
  struct Segment {
    var text: String
    var score: Float?
  }

  /// The whole text, cut where the paint changes.
  var segments: [Segment] {
    let bytes = Array(explanation.prediction.encoding.text.utf8)
    var segments: [Segment] = []
    var end = 0
    for unit in map.units {
      let range = bytes.trimmed(unit.utf8Range.clamped(to: end..<bytes.count))
      guard !range.isEmpty else { continue }
      if end < range.lowerBound {
        segments.append(
          Segment(text: String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)))
      }
      segments.append(
        Segment(text: String(decoding: bytes[range], as: UTF8.self), score: unit.score))
      end = range.upperBound
    }
    if end < bytes.count {
      segments.append(Segment(text: String(decoding: bytes[end...], as: UTF8.self)))
    }
    return segments
  }
}
