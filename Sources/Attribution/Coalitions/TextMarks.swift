internal import Tokenizers

/// The leaves of a text's tree: its units and the tokens around them, in the order of the text.
///
/// shap sees a token as the stretch of the text from where it begins to where the next one does,
/// without the white space at its ends. One that begins with a letter directly behind a letter or a
/// digit goes on with a word, whatever its tokenizer calls it, and gets `##`; the tokens that frame
/// the text are leaves without a text of their own. Those that stand between two texts have theirs,
/// as a separator has in a text that shap is given: the texts are joined to one another last.
/// Source: `token_segments` and `clustering` of shap 0.51, maskers/_text.py.
struct TextMarks {
  enum Leaf {
    /// By its number.
    case unit(Int)
    /// A token that frames the text and is there always.
    case frame(token: Int)

    var unit: Int? {
      if case .unit(let unit) = self { unit } else { nil }
    }
  }

  /// What the rules of the tree see of each leaf.
  private(set) var marks: [String] = []
  private(set) var leaves: [Leaf] = []
  /// The token that ends the frame, which in pairs of texts stands between the two.
  let separator: String?

  /// - Parameter units: the token indices of each.
  init(units: [[Int]], of encoding: Encoding) {
    let pieces = encoding.pieces
    separator = pieces.last.flatMap { $0.isFrame ? $0.text : nil }
    var firsts = units.indices.map { (token: units[$0].first ?? 0, leaf: Leaf.unit($0)) }
    firsts += pieces.indices.filter { pieces[$0].isFrame }.map { ($0, .frame(token: $0)) }
    firsts.sort { $0.token < $1.token }
    // A model that reads backwards has the tokens in its own order.
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
      // What frames a text begins at 0 for shap's tokenizers, before and behind it.
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

  /// From the first token to the end of the last one, where they stand together.
  private static func range(of tokens: [Int], in pieces: [Piece]) -> Range<Int> {
    guard let first = tokens.first else { return 0..<0 }
    let isTogether = zip(tokens, tokens.dropFirst()).allSatisfy { $1 == $0 + 1 }
    let ranges = (isTogether ? tokens : [first]).map { pieces[$0].utf8Range }
    let start = ranges.map(\.lowerBound).min() ?? 0
    return start..<(ranges.map(\.upperBound).max() ?? start)
  }
}

/// A stretch of a text as Python's `re` and `str.strip` see it.
private struct Segment {
  let scalars: [Unicode.Scalar]

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// `^[A-Za-z]`
  var beginsWithLetter: Bool {
    guard let first = scalars.first, first.isASCII else { return false }
    return first.properties.isAlphabetic
  }

  /// `^.*\W$`: the dot stops at the first line break, and `$` stands before a last one too.
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

  /// Python's `str.isspace`, which knows four separators more than Unicode's property.
  fileprivate var isSpace: Bool { properties.isWhitespace || (0x1C...0x1F).contains(value) }
}
