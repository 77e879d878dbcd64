internal import Attribution
internal import Classifiers
internal import Tokenizers

extension Caption.Part {
  /// A part of the text in one colour; without a score, it is not coloured.
  package struct Segment {
    package var score: Float?
    /// Whether the model did not read it.
    package var isCut = false
    /// Whether a window begins with it.
    package var beginsWindow: Bool
    /// The text, split where another window begins.
    package var texts: [String]
  }

  /// The whole text, split where the colour changes.
  package var segments: [Segment] {
    let whole = start..<start + text.utf8.count
    let bytes = Array(painted.layout.text.utf8)
    var segments: [Segment] = []
    var end = whole.lowerBound
    func add(_ range: Range<Int>, score: Float? = nil, isCut: Bool = false) {
      guard !range.isEmpty else { return }
      let starts = seams(in: range, of: bytes)
      let cuts = [range.lowerBound] + starts.filter { $0 > range.lowerBound } + [range.upperBound]
      segments.append(
        Segment(
          score: score, isCut: isCut, beginsWindow: starts.first == range.lowerBound,
          texts: zip(cuts, cuts.dropFirst()).map { start, end in
            String(decoding: bytes[start..<end], as: UTF8.self)
          }))
    }
    func addUnpainted(_ range: Range<Int>) {
      let unseen = unseen.clamped(to: range)
      guard !unseen.isEmpty else { return add(range) }
      add(range.lowerBound..<unseen.lowerBound)
      add(unseen, isCut: true)
      add(unseen.upperBound..<range.upperBound)
    }
    for unit in painted.map.units {
      let range = bytes.trimmed(unit.utf8Range.clamped(to: end..<whole.upperBound))
      guard !range.isEmpty else { continue }
      addUnpainted(end..<range.lowerBound)
      add(range, score: unit.score)
      end = range.upperBound
    }
    addUnpainted(end..<whole.upperBound)
    return segments
  }

  /// The window boundaries in a range of the layout, moved to the start of a character if a token
  /// begins within one.
  private func seams(in range: Range<Int>, of bytes: [UInt8]) -> [Int] {
    painted.seams.filter(range.contains).map { seam in
      bytes[range.lowerBound...seam].lastIndex { $0 & 0xC0 != 0x80 } ?? range.lowerBound
    }
  }

  /// The range of the text, in the layout, that the model did not read.
  private var unseen: Range<Int> {
    let encoding = painted.encoding
    return encoding.unseen(in: number).map { encoding.joinedTexts.joinedRange($0, in: number) }
      ?? 0..<0
  }
}
