/// The evidence of a table's rows, as far as known: three numbers per row, each word stored once.
public struct EvidenceColumn: Sendable {
  private var names: [String] = []
  private var numbers: [String: Int32] = [:]
  /// `Evidence.limit` numbers per row: the number of a word from 1, negative if it speaks against
  /// the prediction; 0 for none, `unknown` for a row that has not been computed.
  private var rows: [Int32] = []

  private static let unknown = Int32.min

  public init() {}

  public subscript(row: Int) -> Evidence? {
    let start = row * Evidence.limit
    guard row >= 0, start < rows.count, rows[start] != Self.unknown else { return nil }
    let slots = rows[start..<start + Evidence.limit].prefix { $0 != 0 }
    return Evidence(slots.map { Evidence.Word(names[Int($0.magnitude) - 1], isFor: $0 > 0) })
  }

  public mutating func set(_ evidence: Evidence, row: Int) {
    let start = row * Evidence.limit
    if rows.count < start + Evidence.limit {
      let missing = start + Evidence.limit - rows.count
      rows.append(contentsOf: repeatElement(Self.unknown, count: missing))
    }
    for slot in 0..<Evidence.limit {
      let word = slot < evidence.words.count ? evidence.words[slot] : nil
      rows[start + slot] = word.map { $0.isFor ? number(of: $0.text) : -number(of: $0.text) } ?? 0
    }
  }

  private mutating func number(of name: String) -> Int32 {
    if let number = numbers[name] { return number }
    names.append(name)
    let number = Int32(clamping: names.count)
    numbers[name] = number
    return number
  }
}
