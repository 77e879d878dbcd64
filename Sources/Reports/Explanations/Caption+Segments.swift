internal import Attribution
internal import Classifiers
internal import Tokenizers

extension Caption {
  /// A stretch of the text; with a score where it is painted.
  package struct Segment {
    package var text: String
    package var score: Float?
    /// The model never saw it.
    package var isCut = false
  }

  /// The whole text, cut where the paint changes.
  package var segments: [Segment] {
    let bytes = Array(explanation.prediction.encoding.text.utf8)
    var segments: [Segment] = []
    var end = 0
    func add(_ range: Range<Int>, score: Float? = nil, isCut: Bool = false) {
      guard !range.isEmpty else { return }
      segments.append(
        Segment(text: String(decoding: bytes[range], as: UTF8.self), score: score, isCut: isCut))
    }
    func addUnpainted(_ range: Range<Int>) {
      let unseen = (explanation.prediction.encoding.unseen ?? 0..<0).clamped(to: range)
      guard !unseen.isEmpty else { return add(range) }
      add(range.lowerBound..<unseen.lowerBound)
      add(unseen, isCut: true)
      add(unseen.upperBound..<range.upperBound)
    }
    for unit in map.units {
      let range = bytes.trimmed(unit.utf8Range.clamped(to: end..<bytes.count))
      guard !range.isEmpty else { continue }
      addUnpainted(end..<range.lowerBound)
      add(range, score: unit.score)
      end = range.upperBound
    }
    addUnpainted(end..<bytes.count)
    return segments
  }
}
