public import Documents

/// The parts of a text that annotators gave as the reason for its label, as data sets write them.
///
/// These forms are supported, also as a text with JSON or a Python list:
/// - spans: `[[4, 9], [12, 15]]`, objects with `start` and `end`, or `4:9 12:15`;
/// - offsets of single characters: `[4, 5, 6, 7, 8]` (as in SemEval's toxic spans);
/// - a 0 or 1 for each word of the text, the words split by the user or at spaces;
/// - a list of words and phrases that occur in the text.
/// Spans are in UTF-8 bytes, end exclusive. If a text is not ASCII, and spans cut a character or a
/// word as bytes but not as characters, which Python counts, they are taken as characters.
public enum RationaleSpans {
  /// UTF-8 ranges of the text, in ascending order without overlaps; nil if the value is not a
  /// rationale.
  /// - Parameter words: the text's words if the user has split it; `text` is these words joined
  ///   with single spaces.
  public static func ranges(_ value: JSON, text: String, words: [String]? = nil) -> [Range<Int>]? {
    let value = parsed(value)
    if case .string(let list) = value { return spans(written: list).flatMap { fitted($0, text) } }
    guard case .array(let items) = value else { return nil }
    if items.isEmpty { return [] }
    if let marks = marks(items, text: text, words: words) { return merged(marks) }
    if let spans = pairs(items) { return fitted(spans, text) }
    if let places = places(items) { return fitted(places.map { $0..<$0 + 1 }, text) }
    return phrases(items, in: text).map(merged)
  }

  /// Tables contain lists as text, in JSON or as Python prints them.
  private static func parsed(_ value: JSON) -> JSON {
    guard case .string(let text) = value else { return value }
    let whole = text.trimmingSpaces
    guard whole.hasPrefix("[") || whole.hasPrefix("(") else { return .string(whole) }
    let python = whole.replacing("(", with: "[").replacing(")", with: "]")
    for form in [whole, python, python.replacing("'", with: "\"")] {
      if let list = try? JSON(Array(form.utf8)) { return list }
    }
    return .string(whole)
  }

  /// `4:9 12:15`; spans may also be separated by commas or semicolons.
  private static func spans(written text: String) -> [Range<Int>]? {
    if text.isEmpty { return [] }
    let parts = text.split { $0 == " " || $0 == "," || $0 == ";" || $0 == "|" }
    let spans = parts.compactMap { part -> Range<Int>? in
      let ends = part.split(separator: ":").map { Int($0) }
      guard ends.count == 2, let start = ends[0], let end = ends[1], 0 <= start, start <= end
      else { return nil }
      return start..<end
    }
    return spans.count == parts.count ? spans : nil
  }

  private static func pairs(_ items: [JSON]) -> [Range<Int>]? {
    let spans = items.compactMap { item -> Range<Int>? in
      switch item {
      case .array(let ends) where ends.count == 2: range(ends[0], ends[1])
      case .object: range(item["start"] ?? item["begin"], item["end"])
      default: nil
      }
    }
    return spans.count == items.count ? spans : nil
  }

  private static func range(_ start: JSON?, _ end: JSON?) -> Range<Int>? {
    guard let start = start?.place, let end = end?.place, start <= end else { return nil }
    return start..<end
  }

  private static func places(_ items: [JSON]) -> [Int]? {
    let places = items.compactMap(\.place)
    return places.count == items.count ? places : nil
  }

  /// One mark per word.
  private static func marks(_ items: [JSON], text: String, words: [String]?) -> [Range<Int>]? {
    let spans = words.map(ranges(ofJoined:)) ?? spacedWords(of: text)
    guard items.count == spans.count, items.allSatisfy({ $0.mark != nil }) else { return nil }
    return zip(items, spans).filter { $0.0.mark == true }.map(\.1)
  }

  private static func ranges(ofJoined words: [String]) -> [Range<Int>] {
    var start = 0
    return words.map { word in
      defer { start += word.utf8.count + 1 }
      return start..<start + word.utf8.count
    }
  }

  private static func spacedWords(of text: String) -> [Range<Int>] {
    let bytes = Array(text.utf8)
    var spans: [Range<Int>] = []
    var start: Int?
    for (index, byte) in (bytes + [0x20]).enumerated() {
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      if isSpace, let from = start { (spans, start) = (spans + [from..<index], nil) }
      if !isSpace, start == nil { start = index }
    }
    return spans
  }

  /// All occurrences of each phrase, ignoring case.
  private static func phrases(_ items: [JSON], in text: String) -> [Range<Int>]? {
    var spans: [Range<Int>] = []
    for item in items {
      guard case .string(let phrase) = item else { return nil }
      guard !phrase.trimmingSpaces.isEmpty else { continue }
      spans += places(of: phrase.trimmingSpaces, in: text)
    }
    return spans
  }

  private static func places(of phrase: String, in text: String) -> [Range<Int>] {
    let wanted = Array(phrase.utf8).map(lower)
    let bytes = Array(text.utf8).map(lower)
    guard bytes.count >= wanted.count else { return [] }
    var spans: [Range<Int>] = []
    var start = 0
    while start + wanted.count <= bytes.count {
      let end = start + wanted.count
      let isWhole = !cuts(bytes, at: start) && !cuts(bytes, at: end)
      if isWhole, bytes[start..<end].elementsEqual(wanted) {
        spans.append(start..<end)
        start = end
      } else {
        start += 1
      }
    }
    return spans
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  // MARK: Bytes and characters

  private static func fitted(_ spans: [Range<Int>], _ text: String) -> [Range<Int>]? {
    let bytes = Array(text.utf8)
    let starts = bytes.indices.filter { !isContinuation(bytes[$0]) } + [bytes.count]
    guard starts.count <= bytes.count else { return merged(clamped(spans, bytes.count)) }
    let scalars = clamped(spans, starts.count - 1).map {
      starts[$0.lowerBound]..<starts[$0.upperBound]
    }
    let isBytes = spans.allSatisfy { fits($0, bytes) }
    return merged(
      isBytes || !scalars.allSatisfy { fits($0, bytes) }
        ? whole(clamped(spans, bytes.count), bytes) : scalars)
  }

  private static func clamped(_ spans: [Range<Int>], _ count: Int) -> [Range<Int>] {
    spans.map { $0.clamped(to: 0..<count) }
  }

  /// Whether both ends are within the text and cut no word.
  private static func fits(_ span: Range<Int>, _ bytes: [UInt8]) -> Bool {
    span.upperBound <= bytes.count && !splits(bytes, at: span.lowerBound)
      && !splits(bytes, at: span.upperBound)
  }

  /// Whether there are letters or digits on both sides; bytes beyond ASCII count as letters.
  private static func splits(_ bytes: [UInt8], at place: Int) -> Bool {
    guard place > 0, place < bytes.count else { return false }
    return isWord(bytes[place - 1]) && isWord(bytes[place])
  }

  /// The same for a phrase to search for; scripts without spaces have no word boundaries.
  private static func cuts(_ bytes: [UInt8], at place: Int) -> Bool {
    guard place > 0, place < bytes.count else { return false }
    let isASCII = bytes[place - 1] < 0x80 && bytes[place] < 0x80
    return isASCII ? splits(bytes, at: place) : isContinuation(bytes[place])
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// Ends inside a character are moved out of it.
  private static func whole(_ spans: [Range<Int>], _ bytes: [UInt8]) -> [Range<Int>] {
    spans.map { span in
      var (start, end) = (span.lowerBound, span.upperBound)
      while start > 0, start < bytes.count, isContinuation(bytes[start]) { start -= 1 }
      while end < bytes.count, isContinuation(bytes[end]) { end += 1 }
      return start..<max(start, end)
    }
  }

  private static func merged(_ spans: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) where !span.isEmpty {
      if let last = result.last, span.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        result.append(span)
      }
    }
    return result
  }
}

extension JSON {
  /// A non-negative integer.
  fileprivate var place: Int? {
    switch self {
    case .integer(let value) where value >= 0: value
    case .number(let value) where value >= 0 && value < 1e15: Int(exactly: value)
    default: nil
    }
  }

  /// A boolean, also as a number from 0 to 1; nil for anything else.
  fileprivate var mark: Bool? {
    switch self {
    case .bool(let value): value
    case .integer(let value) where value == 0 || value == 1: value == 1
    case .number(let value) where (0...1).contains(value): value > 0
    case .float(let value) where (0...1).contains(value): value > 0
    default: nil
    }
  }
}
