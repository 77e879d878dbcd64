/// A scalar of a text that rules rewrite, and the bytes of the text as typed that it stands for.
struct MappedScalar: Sendable {
  let value: UInt32
  let classes: CharacterClasses
  /// A rule put it there: it stands for nothing that was typed, but may point at it.
  let isInserted: Bool
  // 16 bytes in all, as a text of a megabyte has a million of these in each rule's hands. Offsets
  // beyond 4 GiB stay at 4 GiB.
  private let storedStart: UInt32
  private let storedEnd: UInt32

  init(_ value: UInt32, _ source: Range<Int>, isInserted: Bool = false) {
    self.value = value
    self.classes = CharacterClasses(of: value)
    self.isInserted = isInserted
    storedStart = UInt32(clamping: source.lowerBound)
    storedEnd = UInt32(clamping: source.upperBound)
  }

  /// UTF-8 offsets into the text as typed.
  var start: Int { Int(storedStart) }
  var end: Int { Int(storedEnd) }

  /// The same place with another scalar.
  func replaced(by value: UInt32) -> MappedScalar {
    MappedScalar(value, start..<end, isInserted: isInserted)
  }

  var isSpace: Bool { classes.contains(.space) }
  var isWord: Bool { classes.contains(.word) }
  /// ASCII only, as `[A-Z]`.
  var isCapital: Bool { value >= 0x41 && value <= 0x5A }
  var isSmall: Bool { value >= 0x61 && value <= 0x7A }
  var isASCIIDigit: Bool { value >= 0x30 && value <= 0x39 }
}

/// A text on its way through the rules, scalar by scalar.
typealias MappedText = [MappedScalar]
typealias MappedSlice = ArraySlice<MappedScalar>

extension [MappedScalar] {
  /// The text as typed.
  init(typed text: String) {
    self.init()
    reserveCapacity(text.utf8.count)
    var offset = 0
    for scalar in text.unicodeScalars {
      let end = offset + UTF8.width(scalar)
      append(MappedScalar(scalar.value, offset..<end))
      offset = end
    }
  }

  /// Adds what a rule puts in, pointing at some bytes of the text.
  mutating func insert(_ text: String, at source: Range<Int>) {
    for scalar in text.unicodeScalars {
      append(MappedScalar(scalar.value, source, isInserted: true))
    }
  }

  /// Adds what stands in place of something, so that each scalar stands for all of it.
  mutating func append(_ text: some Sequence<Unicode.Scalar>, for replaced: MappedSlice) {
    let source = replaced.source
    let isInserted = replaced.allSatisfy(\.isInserted)
    for scalar in text {
      append(MappedScalar(scalar.value, source, isInserted: isInserted))
    }
  }
}

extension MappedSlice {
  /// The bytes that the scalars stand for, without what was inserted where there is anything else.
  var source: Range<Int> {
    var start = Int.max
    var end = 0
    var onlyInserted = true
    for scalar in self where onlyInserted || !scalar.isInserted {
      if onlyInserted && !scalar.isInserted {
        onlyInserted = false
        (start, end) = (scalar.start, scalar.end)
      } else {
        start = Swift.min(start, scalar.start)
        end = Swift.max(end, scalar.end)
      }
    }
    return start <= end ? start..<end : end..<end
  }

  /// The end of the run from a place on of scalars that meet a condition.
  func end(from start: Int, while condition: (MappedScalar) -> Bool) -> Int {
    var end = start
    while end < endIndex && condition(self[end]) { end += 1 }
    return end
  }

  /// Whether a text stands at a place.
  func has(_ text: String, at start: Int) -> Bool {
    var place = start
    for scalar in text.unicodeScalars {
      guard place < endIndex, self[place].value == scalar.value else { return false }
      place += 1
    }
    return true
  }

  var string: String {
    var result = String.UnicodeScalarView()
    for scalar in self {
      // Every value comes from a Unicode.Scalar or from a table of them.
      if let scalar = Unicode.Scalar(scalar.value) { result.append(scalar) }
    }
    return String(result)
  }
}
