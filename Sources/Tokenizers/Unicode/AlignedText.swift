/// A scalar of a text between normalizers, with the range of the typed text that it stands for.
struct AlignedScalar: Sendable, Hashable {
  var value: UInt32
  // UTF-8 offsets into the typed text. 12 bytes in all: a text of a megabyte has a million of
  // these.
  var start: UInt32
  var end: UInt32
}

/// A scalar of a changed text, and how it came about: 0 replaces the next scalar, 1 is inserted
/// after the previous one, -n replaces one and removes n after it. The convention is that of the
/// library's `NormalizedString.transform`, so that offsets agree.
struct ScalarChange: Sendable, Hashable {
  var value: UInt32
  var change: Int

  init(_ value: UInt32, _ change: Int) {
    self.value = value
    self.change = change
  }
}

/// A text between normalizers, scalar by scalar.
struct AlignedText: Sendable, Hashable {
  var scalars: [AlignedScalar]
  /// The most scalars: rules of an untrusted file could double the text again and again.
  let growthLimit: Int

  /// - Parameter room: by how many scalars the text may grow.
  init(_ scalars: [AlignedScalar], room: Int) {
    self.scalars = scalars
    growthLimit = scalars.count + room
  }

  /// A text as it was typed. Offsets are capped at 4 GiB.
  init(typed text: String, room: Int = 0) {
    var scalars: [AlignedScalar] = []
    scalars.reserveCapacity(text.utf8.count)
    var offset: UInt32 = 0
    for scalar in text.unicodeScalars {
      let end = offset.addingReportingOverflow(UInt32(UTF8.width(scalar)))
      let next = end.overflow ? UInt32.max : end.partialValue
      scalars.append(AlignedScalar(value: scalar.value, start: offset, end: next))
      offset = next
    }
    self.init(scalars, room: room)
  }

  /// By how many scalars a text may grow: twice what full decomposition into bytes needs, and
  /// enough for prefixes of a short text.
  static func room(for count: Int) -> Int { 2_000 + 16 * count }

  mutating func transform(_ changes: [ScalarChange]) {
    var result: [AlignedScalar] = []
    result.reserveCapacity(changes.count)
    var place = 0
    for change in changes {
      let source: Int
      if change.change > 0 {
        source = place - 1
      } else {
        source = place
        place += 1 - change.change
      }
      let known = scalars.indices.contains(source) ? scalars[source] : nil
      result.append(
        AlignedScalar(value: change.value, start: known?.start ?? 0, end: known?.end ?? 0))
    }
    scalars = result
  }

  mutating func filter(_ isKept: (UInt32) -> Bool) {
    if scalars.contains(where: { !isKept($0.value) }) {
      scalars = scalars.filter { isKept($0.value) }
    }
  }

  mutating func map(_ transform: (UInt32) -> UInt32) {
    for index in scalars.indices { scalars[index].value = transform(scalars[index].value) }
  }

  /// Prepends a text, with the range of the first scalar. Nothing is prepended beyond the limit.
  mutating func prepend(_ text: [UInt32]) {
    guard let first = scalars.first, scalars.count + text.count <= growthLimit else { return }
    scalars.insert(
      contentsOf: text.map { AlignedScalar(value: $0, start: first.start, end: first.end) }, at: 0)
  }

  /// Replaces each match with a text, with the range of the match's last scalar. Once the limit is
  /// reached, the rest stays unchanged.
  mutating func replace(_ matches: [Range<Int>], with text: [UInt32]) {
    if matches.isEmpty { return }
    var result: [AlignedScalar] = []
    result.reserveCapacity(scalars.count)
    var end = 0
    for match in matches where result.count + text.count <= growthLimit {
      result += scalars[end..<match.lowerBound]
      let last = match.upperBound > 0 ? scalars[match.upperBound - 1] : nil
      for value in text {
        result.append(AlignedScalar(value: value, start: last?.start ?? 0, end: last?.end ?? 0))
      }
      end = match.upperBound
    }
    scalars = result + scalars[end...]
  }
}

extension String {
  /// All values come from texts or tables of scalars; an invalid one is dropped.
  init(scalarValues values: some Sequence<UInt32>) {
    var view = String.UnicodeScalarView()
    for value in values {
      if let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    self = String(view)
  }

  var scalarValues: [UInt32] { unicodeScalars.map(\.value) }
}
