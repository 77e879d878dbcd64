internal import CTokenizerData

/// Unicode's normal forms (UAX 15) as the crate unicode-normalization-alignments computes them:
/// each scalar of the result comes with the change that `AlignedText.transform` takes.
enum NormalForm: String, Sendable, CaseIterable {
  case nfc = "NFC"
  case nfd = "NFD"
  case nfkc = "NFKC"
  case nfkd = "NFKD"

  func changes(of text: AlignedText) -> [ScalarChange] {
    let decomposed = decompose(text)
    return self == .nfc || self == .nfkc ? recompose(decomposed) : decomposed
  }

  /// Text below U+00C0 is already in NFC and NFD; text below U+00A0 is in all forms.
  func keeps(_ text: AlignedText) -> Bool {
    let limit: UInt32 = self == .nfc || self == .nfd ? 0xC0 : 0xA0
    return text.scalars.allSatisfy { $0.value < limit }
  }

  private func decompose(_ text: AlignedText) -> [ScalarChange] {
    let isCompatible: Int32 = self == .nfkc || self == .nfkd ? 1 : 0
    var result: [ScalarChange] = []
    result.reserveCapacity(text.scalars.count + text.scalars.count / 8)
    var marks = PendingMarks()
    func add(_ change: ScalarChange) {
      let combining =
        change.value < 0x300 ? 0 : ScalarFacts(of: change.value).combiningClass
      if combining == 0 {
        marks.flush(to: &result)
        result.append(change)
      } else {
        marks.add(change, combining)
      }
    }
    for scalar in text.scalars {
      let value = scalar.value
      if value < 0xA0 {
        add(ScalarChange(value, 0))
      } else if let syllable = HangulSyllable(value) {
        for (index, part) in syllable.parts.enumerated() {
          add(ScalarChange(part, index == 0 ? 0 : 1))
        }
      } else {
        let form = unicode_decompose(value, isCompatible)
        if form.count == 0 { add(ScalarChange(value, 0)) }
        for index in 0..<UInt16(form.count) {
          add(ScalarChange(unicode_decomposed(form.start + index), index == 0 ? 0 : 1))
        }
      }
    }
    marks.flush(to: &result)
    return result
  }

  /// Canonical composition. A composed scalar covers everything that it is composed of.
  private func recompose(_ decomposed: [ScalarChange]) -> [ScalarChange] {
    var result: [ScalarChange] = []
    result.reserveCapacity(decomposed.count)
    /// The index of the last starter in the result.
    var starter: Int?
    var lastClass: UInt32?
    for change in decomposed {
      let combining = change.value < 0x300 ? 0 : ScalarFacts(of: change.value).combiningClass
      if let starter, lastClass.map({ $0 < combining }) ?? true,
        let composed = compose(result[starter].value, change.value)
      {
        result[starter] = ScalarChange(composed, result[starter].change + change.change - 1)
        continue
      }
      if combining == 0 {
        starter = result.count
        lastClass = nil
      } else if starter != nil {
        lastClass = combining
      }
      result.append(change)
    }
    return result
  }

  private func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if second < 0x300 { return nil }
    if let syllable = HangulSyllable.compose(first, second) { return syllable }
    let composed = unicode_compose(first, second)
    return composed == 0 ? nil : composed
  }
}

/// Marks before the next starter, to be sorted by combining class.
private struct PendingMarks {
  private var marks: [(change: ScalarChange, combining: UInt32)] = []
  private var isSorted = true

  mutating func add(_ change: ScalarChange, _ combining: UInt32) {
    if let last = marks.last, last.combining > combining { isSorted = false }
    marks.append((change, combining))
  }

  mutating func flush(to result: inout [ScalarChange]) {
    if marks.isEmpty { return }
    if !isSorted {
      // Marks of the same class keep their order.
      let order = marks.indices.sorted {
        (marks[$0].combining, $0) < (marks[$1].combining, $1)
      }
      result += order.map { marks[$0].change }
    } else {
      for mark in marks { result.append(mark.change) }
    }
    marks.removeAll(keepingCapacity: true)
    isSorted = true
  }
}

/// Composes and decomposes Hangul syllables arithmetically (The Unicode Standard, 3.12).
private struct HangulSyllable {
  private static let base: UInt32 = 0xAC00
  private static let (leading, vowel, trailing): (UInt32, UInt32, UInt32) = (0x1100, 0x1161, 0x11A7)
  private static let (leadingCount, vowelCount, trailingCount): (UInt32, UInt32, UInt32) = (
    19, 21, 28
  )

  private let index: UInt32

  init?(_ scalar: UInt32) {
    guard scalar >= Self.base else { return nil }
    index = scalar - Self.base
    guard index < Self.leadingCount * Self.vowelCount * Self.trailingCount else { return nil }
  }

  var parts: [UInt32] {
    let perLeading = Self.vowelCount * Self.trailingCount
    let pair = [
      Self.leading + index / perLeading, Self.vowel + index % perLeading / Self.trailingCount,
    ]
    let end = index % Self.trailingCount
    return end == 0 ? pair : pair + [Self.trailing + end]
  }

  static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= leading, first < leading + leadingCount, second >= vowel,
      second < vowel + vowelCount
    {
      let index = (first - leading) * vowelCount + second - vowel
      return base + index * trailingCount
    }
    if let syllable = HangulSyllable(first), syllable.index % trailingCount == 0,
      second > trailing, second < trailing + trailingCount
    {
      return first + second - trailing
    }
    return nil
  }
}
