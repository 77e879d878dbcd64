public import Tokenizers

/// An edit of a text that is tried: words switched off, or replaced.
public struct TextEdit: Sendable, Hashable {
  /// UTF-8 offsets into the typed text; for a pair, into the layout of both texts.
  public var utf8Range: Range<Int>
  /// The replacement. nil: the text stays, and its tokens are deleted from the encoded row.
  public var replacement: String?
  /// The number of groups of a molecule that the edit replaces, which may be adjacent in its text; 0
  /// for any other text.
  public var swaps: Int

  public init(_ utf8Range: Range<Int>, replacement: String? = nil, swaps: Int = 0) {
    self.utf8Range = utf8Range
    self.replacement = replacement
    self.swaps = swaps
  }
}

/// A text or a pair, and the parts that are switched off.
public struct EditedText: Sendable, Hashable {
  public var texts: JoinedTexts
  /// UTF-8 offsets in ascending order; for a pair, in the layout of both texts.
  public var off: [Range<Int>]

  public init(_ text: String, pair: String? = nil, off: [Range<Int>] = []) {
    self.init(JoinedTexts(text: text, pair: pair), off: off)
  }

  public init(_ texts: JoinedTexts, off: [Range<Int>] = []) {
    self.texts = texts
    self.off = off
  }

  /// The text, or the layout of both.
  public var text: String { texts.joined }

  /// The text after these edits. Of overlapping edits the first one counts; one that replaces a
  /// range across both texts is ignored.
  public func applying(_ edits: [TextEdit]) -> EditedText {
    let rewriting = Rewriting(edits.filter { $0.replacement != nil && !spansBoth($0) }, of: text)
    let silenced = edits.filter { $0.replacement == nil }.map(\.utf8Range)
    let off = (off + silenced).compactMap { rewriting.moved($0) }
    return EditedText(changed(by: rewriting), off: EditedText.joined(off))
  }

  /// The gap between the two texts of a pair.
  private var gap: Range<Int>? {
    texts.pair.map { _ in texts.text.utf8.count..<texts.start(of: 1) }
  }

  private func spansBoth(_ edit: TextEdit) -> Bool {
    gap.map { !edit.utf8Range.isEmpty && edit.utf8Range.overlaps($0) } ?? false
  }

  private func changed(by rewriting: Rewriting) -> JoinedTexts {
    guard let gap, let moved = rewriting.moved(gap) else {
      return JoinedTexts(text: rewriting.result)
    }
    return JoinedTexts(
      text: rewriting.result.utf8Text(0..<moved.lowerBound),
      pair: rewriting.result.utf8Text(moved.upperBound..<rewriting.result.utf8.count))
  }

  /// Merged ranges in ascending order.
  public static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    })
    where !range.isEmpty {
      if let last = result.last, last.upperBound > range.lowerBound {
        result[result.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }
}

/// Several replacements in one text, and the new places of the rest.
public struct Rewriting: Sendable {
  public let result: String
  /// The range of each replacement in the result, in the order of the text.
  public let placed: [(old: Range<Int>, new: Range<Int>)]

  /// - Parameter edits: only those with a replacement are used; of overlapping ones, the first.
  public init(_ edits: [TextEdit], of text: String) {
    let bytes = Array(text.utf8)
    var rewritten: [UInt8] = []
    var placed: [(old: Range<Int>, new: Range<Int>)] = []
    var position = 0
    let ordered = edits.enumerated().sorted {
      ($0.element.utf8Range.lowerBound, $0.offset) < ($1.element.utf8Range.lowerBound, $1.offset)
    }
    for (_, edit) in ordered {
      let range = edit.utf8Range.clamped(to: 0..<bytes.count)
      guard let replacement = edit.replacement, range.lowerBound >= position else { continue }
      rewritten += bytes[position..<range.lowerBound]
      let start = rewritten.count
      rewritten += Array(replacement.utf8)
      placed.append((range, start..<rewritten.count))
      position = range.upperBound
    }
    rewritten += bytes[position...]
    result = String(decoding: rewritten, as: UTF8.self)
    self.placed = placed
  }

  /// The range of the same bytes in the result; nil if part of it was replaced.
  public func moved(_ range: Range<Int>) -> Range<Int>? {
    var shift = 0
    for (old, new) in placed {
      if old.overlaps(range)
        || (old.isEmpty && range.contains(old.lowerBound) && old.lowerBound > range.lowerBound)
      {
        return nil
      }
      if old.upperBound <= range.lowerBound { shift += new.count - old.count }
    }
    return range.lowerBound + shift..<range.upperBound + shift
  }
}

extension String {
  /// The text at these UTF-8 offsets, as far as they are in the text.
  package func utf8Text(_ range: Range<Int>) -> String {
    let bytes = utf8
    let range = range.clamped(to: 0..<bytes.count)
    let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
    let end = bytes.index(start, offsetBy: range.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// See `[UInt8].trimmed`.
  package func utf8Trimmed(_ range: Range<Int>) -> Range<Int> {
    let bytes = Array(utf8.dropFirst(range.lowerBound).prefix(range.count))
    let trimmed = bytes.trimmed(bytes.indices)
    return range.lowerBound + trimmed.lowerBound..<range.lowerBound + trimmed.upperBound
  }
}

extension [UInt8] {
  /// The range without white space at its ends; unchanged if it is nothing else.
  package func trimmed(_ range: Range<Int>) -> Range<Int> {
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = self[range].firstIndex(where: { !isSpace($0) }),
      let last = self[range].lastIndex(where: { !isSpace($0) })
    else { return range }
    return first..<last + 1
  }
}
