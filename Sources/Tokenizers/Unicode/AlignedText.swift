/// A scalar of a text on its way to a model, and the bytes of the text as typed that it stands for.
struct AlignedScalar: Sendable, Hashable {
  var value: UInt32
  // UTF-8 offsets into the text as typed. 12 bytes in all: a text of a megabyte has a million.
  var start: UInt32
  var end: UInt32
}

/// A scalar of a changed text, and how it came about: 0 replaces the next scalar, 1 is added beside
/// the one before, -n replaces one and removes n after it. The rule is that of the library's
/// `NormalizedString.transform`, as offsets are to be equal.
struct ScalarChange: Sendable, Hashable {
  var value: UInt32
  var change: Int

  init(_ value: UInt32, _ change: Int) {
    self.value = value
    self.change = change
  }
}

/// A text on its way through normalizers, scalar by scalar.
struct AlignedText: Sendable, Hashable {
  var scalars: [AlignedScalar]
  /// How long the text may become: rules from others could double it over and over.
  let growthLimit: Int

  /// - Parameter room: by how many scalars the text may grow.
  init(_ scalars: [AlignedScalar], room: Int) {
    self.scalars = scalars
    growthLimit = scalars.count + room
  }

  /// The text as typed. Offsets beyond 4 GiB stay at 4 GiB.
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

  /// By how much a text of so many scalars may grow on its way: twice what the decomposition of all
  /// letters and their bytes need, and enough for what a rule puts in front of a short one.
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

  /// Puts a text in front; it stands for what the first scalar stands for. Nothing is put there that
  /// exceeds the limit.
  mutating func prepend(_ text: [UInt32]) {
    guard let first = scalars.first, scalars.count + text.count <= growthLimit else { return }
    scalars.insert(
      contentsOf: text.map { AlignedScalar(value: $0, start: first.start, end: first.end) }, at: 0)
  }

  /// Puts a text in the place of each match; it stands for the last scalar of the match. Once the text
  /// has grown to the limit, the rest stays.
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
  /// Every value comes from a text or from a table of scalars; one that is none is left out.
  init(scalarValues values: some Sequence<UInt32>) {
    var view = String.UnicodeScalarView()
    for value in values {
      if let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    self = String(view)
  }

  var scalarValues: [UInt32] { unicodeScalars.map(\.value) }
}
