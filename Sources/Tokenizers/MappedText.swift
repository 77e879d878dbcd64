/// A scalar of a text that rules rewrite, with the range of the typed text that it stands for.
struct MappedScalar: Sendable {
  let value: UInt32
  let classes: CharacterClasses
  /// Inserted by a rule: nothing that was typed became this scalar, though it may point at a range.
  let isInserted: Bool
  // Two UInt32 keep it at 16 bytes: every rule handles a million of these for a text of a megabyte.
  // Offsets are capped at 4 GiB.
  private let storedStart: UInt32
  private let storedEnd: UInt32

  init(_ value: UInt32, _ source: Range<Int>, isInserted: Bool = false) {
    self.value = value
    self.classes = CharacterClasses(of: value)
    self.isInserted = isInserted
    storedStart = UInt32(clamping: source.lowerBound)
    storedEnd = UInt32(clamping: source.upperBound)
  }

  /// UTF-8 offsets into the typed text.
  var start: Int { Int(storedStart) }
  var end: Int { Int(storedEnd) }

  /// Another scalar for the same range.
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

/// A text between rules, scalar by scalar.
typealias MappedText = [MappedScalar]
typealias MappedSlice = ArraySlice<MappedScalar>

extension [MappedScalar] {
  /// A text as it was typed.
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

  /// Appends text that a rule inserts, pointing at a range of the typed text.
  mutating func insert(_ text: String, at source: Range<Int>) {
    for scalar in text.unicodeScalars {
      append(MappedScalar(scalar.value, source, isInserted: true))
    }
  }

  /// Appends the replacement of a slice; each scalar stands for all of it.
  mutating func append(_ text: some Sequence<Unicode.Scalar>, for replaced: MappedSlice) {
    let source = replaced.source
    let isInserted = replaced.allSatisfy(\.isInserted)
    for scalar in text {
      append(MappedScalar(scalar.value, source, isInserted: isInserted))
    }
  }
}

extension MappedSlice {
  /// The range that the scalars stand for; inserted ones count only if there are no others.
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

  /// The end of the run of scalars that meet a condition, beginning at `start`.
  func end(from start: Int, while condition: (MappedScalar) -> Bool) -> Int {
    var end = start
    while end < endIndex && condition(self[end]) { end += 1 }
    return end
  }

  /// Whether `text` stands at `start`.
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
      // Every value comes from a Unicode.Scalar or from a table of scalars.
      if let scalar = Unicode.Scalar(scalar.value) { result.append(scalar) }
    }
    return String(result)
  }
}
