/// Plain text that GitHub and others convert without Markdown syntax: links to addresses
/// (`http://…`, `www.…`, `a@b.c`), names (`@name`), issues (`#12`, `GH-12`) and commits, and
/// `:words:` that become pictures.
///
/// A backslash does not prevent this, because the conversion uses the text without backslashes. A
/// zero-width space prevents it; it is written as an entity so that it is visible in the source.
enum AutomaticLinks {
  static let space = "&#8203;"

  /// The indices in a text before which such a space is needed, in ascending order.
  static func breaks(in text: [Character]) -> [Int] {
    var breaks: [Int] = []
    var index = 0
    while index < text.count {
      switch text[index] {
      // the next part of the text may continue it
      case "@", "#": breaks.append(index + 1)
      case ":" where text.has("/", at: index + 1) || isPicture(text, index):
        breaks.append(index + 1)
      case "." where text.ends(with: "www", before: index): breaks.append(index)
      case "-" where text.ends(with: "gh", before: index): breaks.append(index + 1)
      case let character where character.isHexDigit && !text.isWord(at: index - 1):
        let end = text[index...].firstIndex { !$0.isHexDigit } ?? text.count
        if isCommit(text[index..<end]), !text.isWord(at: end) { breaks.append(index + 1) }
        index = end - 1
      default: break
      }
      index += 1
    }
    return breaks
  }

  /// `:tada:`
  private static func isPicture(_ text: [Character], _ colon: Int) -> Bool {
    let name = text[(colon + 1)...].prefix {
      $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0))
    }
    return !name.isEmpty && text.has(":", at: name.endIndex)
  }

  /// Seven to forty hexadecimal digits that are neither a decimal number nor a word.
  private static func isCommit(_ digits: ArraySlice<Character>) -> Bool {
    (7...40).contains(digits.count) && digits.contains(where: \.isNumber)
      && digits.contains(where: \.isLetter)
  }
}

extension [Character] {
  fileprivate func has(_ character: Character, at index: Int) -> Bool {
    indices.contains(index) && self[index] == character
  }

  fileprivate func isWord(at index: Int) -> Bool {
    indices.contains(index) && (self[index].isLetter || self[index].isNumber)
  }

  /// Whether the text before an index ends with a word, in upper or lower case.
  fileprivate func ends(with word: String, before end: Int) -> Bool {
    let start = end - word.count
    guard start >= 0, !isWord(at: start - 1) else { return false }
    return String(self[start..<end]).lowercased() == word
  }
}
