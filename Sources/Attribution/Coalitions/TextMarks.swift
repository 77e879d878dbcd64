internal import Tokenizers

/// The leaves of a text's tree: its units and the frame tokens, in the order of the text.
///
/// In shap, a token covers the text from its start to the start of the next one, without white
/// space at the ends. A token that starts with a letter directly after a letter or a digit
/// continues a word, whatever its tokenizer calls it, and is marked with `##`. Frame tokens are
/// leaves without text, except for those between two texts, which have the text that a separator
/// has in shap's input: the two texts are joined last.
/// Source: `token_segments` and `clustering` of shap 0.51, maskers/_text.py.
struct TextMarks {
  enum Leaf {
    /// A unit by its index.
    case unit(Int)
    /// A frame token, which is always present.
    case frame(token: Int)

    var unit: Int? {
      if case .unit(let unit) = self { unit } else { nil }
    }
  }

  /// The text of each leaf that the tree's rules look at.
  private(set) var marks: [String] = []
  private(set) var leaves: [Leaf] = []
  /// The token at the end of the frame, which also separates the texts of a pair.
  let separator: String?

  /// - Parameter units: the token indices of each unit.
  init(units: [[Int]], of encoding: Encoding) {
    let pieces = encoding.pieces
    separator = pieces.last.flatMap { $0.isFrame ? $0.text : nil }
    var firsts = units.indices.map { (token: units[$0].first ?? 0, leaf: Leaf.unit($0)) }
    firsts += pieces.indices.filter { pieces[$0].isFrame }.map { ($0, .frame(token: $0)) }
    firsts.sort { $0.token < $1.token }
    // The tokens of a model that reads backwards are in reverse order.
    let starts = firsts.compactMap {
      $0.leaf.unit == nil ? nil : encoding.joinedRange(of: pieces[$0.token]).lowerBound
    }
    if let first = starts.first, let last = starts.last, first > last { firsts.reverse() }
    leaves = firsts.map(\.leaf)
    func part(of leaf: Leaf) -> Int {
      switch leaf {
      case .unit(let unit): units[unit].first.map { pieces[$0].part } ?? 0
      case .frame(let token): pieces[token].part
      }
    }
    let between = Self.separators(pieces)
    let ranges = leaves.map { leaf in
      leaf.unit.map { Self.range(of: units[$0], in: pieces) } ?? 0..<0
    }
    var before = Segment("")
    for (index, range) in ranges.enumerated() {
      // Frame tokens start at 0 for shap's tokenizers, before and after the text.
      let isInSameText =
        index + 1 < ranges.count && part(of: leaves[index + 1]) == part(of: leaves[index])
      let next = isInSameText ? ranges[index + 1].lowerBound : 0
      let segment: Segment
      switch leaves[index] {
      case .unit(let unit):
        let text = encoding.text(of: part(of: .unit(unit)))
        segment = Segment(text.utf8Text(range.lowerBound..<max(range.upperBound, next)))
      case .frame(let token):
        segment = Segment(between.contains(token) ? pieces[token].text + " " : "")
      }
      let goesOn =
        index > 0 && !before.endsWord && segment.beginsWithLetter && marks[index - 1] != ""
      marks.append((goesOn ? "##" : "") + segment.trimmed)
      before = segment
    }
  }

  /// The frame tokens between the texts of a pair.
  private static func separators(_ pieces: [Piece]) -> Range<Int> {
    func isText(_ part: Int) -> (Piece) -> Bool { { $0.part == part && !$0.isFrame } }
    guard let first = pieces.lastIndex(where: isText(0)),
      let second = pieces.firstIndex(where: isText(1)), first < second
    else { return 0..<0 }
    return first + 1..<second
  }

  /// From the first token to the end of the last one, if they are contiguous.
  private static func range(of tokens: [Int], in pieces: [Piece]) -> Range<Int> {
    guard let first = tokens.first else { return 0..<0 }
    let isTogether = zip(tokens, tokens.dropFirst()).allSatisfy { $1 == $0 + 1 }
    let ranges = (isTogether ? tokens : [first]).map { pieces[$0].utf8Range }
    let start = ranges.map(\.lowerBound).min() ?? 0
    return start..<(ranges.map(\.upperBound).max() ?? start)
  }
}

/// A part of a text as Python's `re` and `str.strip` see it.
private struct Segment {
  let scalars: [Unicode.Scalar]

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// `^[A-Za-z]`
  var beginsWithLetter: Bool {
    guard let first = scalars.first, first.isASCII else { return false }
    return first.properties.isAlphabetic
  }

  /// `^.*\W$`: the dot stops at the first line break, and `$` also matches before a final one.
  var endsWord: Bool {
    func matches(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
      guard let last = scalars.last, !last.isOfWord else { return false }
      return !scalars.dropLast().contains("\n")
    }
    return matches(scalars[...])
      || (scalars.last == "\n" && matches(scalars.dropLast()))
  }

  var trimmed: String {
    let part = scalars.drop(while: \.isSpace)
    var text = String.UnicodeScalarView()
    text.append(
      contentsOf: part[..<(part.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? part.startIndex)])
    return String(text)
  }
}

extension Unicode.Scalar {
  /// Python's `\w`.
  fileprivate var isOfWord: Bool {
    if self == "_" || properties.numericType != nil { return true }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return false
    }
  }

  /// Python's `str.isspace`, which has four more separators than Unicode's property.
  fileprivate var isSpace: Bool { properties.isWhitespace || (0x1C...0x1F).contains(value) }
}
