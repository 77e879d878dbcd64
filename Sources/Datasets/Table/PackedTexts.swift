/// Texts stored one after another in a single buffer; some may be missing.
struct PackedTexts: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int32] = []

  /// A byte that does not occur in UTF-8.
  private static let missing: UInt8 = 0xFF

  /// Beyond 2 GiB in total, texts are cut off.
  mutating func append(_ text: String?) {
    if let text {
      let room = Int(Int32.max) - bytes.count
      if text.utf8.count <= room {
        bytes.append(contentsOf: text.utf8)
      } else {
        bytes.append(contentsOf: Array(text.utf8.prefix(room)))
      }
    } else if bytes.count < Int(Int32.max) {
      bytes.append(Self.missing)
    }
    ends.append(Int32(clamping: bytes.count))
  }

  var count: Int { ends.count }

  /// The UTF-8 of a text.
  subscript(row: Int) -> ArraySlice<UInt8> {
    bytes[(row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row])]
  }

  /// nil if it is missing.
  func text(_ row: Int) -> String? {
    let bytes = self[row]
    return bytes.first == Self.missing ? nil : String(decoding: bytes, as: UTF8.self)
  }

  mutating func compact() {
    bytes.compact()
    ends.compact()
  }
}

/// Labels, in four bytes each for single-label texts.
struct GoldColumn: Sendable {
  /// A class, `unknown`, or the index of a list, counted down from `list`.
  private var codes: [Int32] = []
  private var lists: [[Int]] = []

  private static let unknown: Int32 = -1
  private static let list: Int32 = -2

  var count: Int { codes.count }

  mutating func append(_ gold: Gold) {
    switch gold {
    case .unknown: codes.append(Self.unknown)
    case .one(let index): codes.append(Int32(clamping: index))
    case .several(let indices):
      codes.append(Self.list - Int32(clamping: lists.count))
      lists.append(indices)
    }
  }

  subscript(row: Int) -> Gold {
    let code = codes[row]
    if code >= 0 { return .one(Int(code)) }
    return code == Self.unknown ? .unknown : .several(lists[Int(Self.list - code)])
  }

  mutating func compact() {
    codes.compact()
    lists.compact()
  }
}

extension Array {
  /// Frees the capacity that was reserved for more.
  mutating func compact() {
    guard capacity > count else { return }
    var exact: [Element] = []
    exact.reserveCapacity(count)
    exact.append(contentsOf: self)
    self = exact
  }
}
