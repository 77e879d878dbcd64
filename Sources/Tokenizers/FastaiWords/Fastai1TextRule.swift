/// A rule of fastai 1, by its own name: for the text before splitting, or for the words afterwards.
/// Source: fastai 1.0.61, `text/transform.py`; the three frame rules are arguments in
/// `text/data.py`.
public enum Fastai1TextRule: String, Sendable, CaseIterable {
  /// `xxbos` in front, then `xxfld 1`, and `xxeos` at the end.
  case includeBOS = "include_bos"
  case markFields = "mark_fields"
  case includeEOS = "include_eos"
  case fixHTML = "fix_html"
  case replaceRep = "replace_rep"
  case replaceWrep = "replace_wrep"
  case specAddSpaces = "spec_add_spaces"
  case rmUselessSpaces = "rm_useless_spaces"
  // For words.
  case replaceAllCaps = "replace_all_caps"
  case dealCaps = "deal_caps"

  var isForWords: Bool { self == .replaceAllCaps || self == .dealCaps }

  func applied(to text: MappedText) -> MappedText {
    switch self {
    case .includeBOS: return inserted("xxbos ", at: 0..<0) + text
    case .markFields:
      // After `xxbos`, which has already been added.
      let isFramed = text.first?.isInserted == true && text[...].has("xxbos ", at: 0)
      let frame = text.prefix(isFramed ? 6 : 0)
      return frame + inserted("xxfld 1 ", at: 0..<0) + text.dropFirst(frame.count)
    case .includeEOS:
      let end = text.last?.end ?? 0
      return text + inserted(" xxeos", at: end..<end)
    case .fixHTML: return withSingleSpaces(unescapedHTML(withMistakesKnownFirst(text)))
    case .replaceRep: return withRepeatedCharacters(text, least: 4)
    case .replaceWrep: return withRepeatedRuns(text)
    case .specAddSpaces: return withSpacedMarks(text, marks: [0x2F, 0x23, 0xA])
    case .rmUselessSpaces: return withSingleSpaces(text)
    case .replaceAllCaps, .dealCaps: return text
    }
  }

  func applied(toWords words: [MappedText]) -> [MappedText] {
    switch self {
    case .replaceAllCaps:
      words.flatMap { word in
        word.count > 1 && word.isUppercase
          ? [inserted("xxup", at: word[...].source), lowercased(word[...])] : [word]
      }
    case .dealCaps:
      words.filter { !$0.isEmpty }.flatMap { word in
        let isCapitalised =
          Array(word.prefix(1)).isUppercase && Array(word.dropFirst()).isLowercase
        let mark = isCapitalised ? [inserted("xxmaj", at: word[...].source)] : []
        return mark + [lowercased(word[...])]
      }
    default: words
    }
  }
}

private func inserted(_ text: String, at source: Range<Int>) -> MappedText {
  var result = MappedText()
  result.insert(text, at: source)
  return result
}

/// `(\b\w+\W+)(\1{3,})` to ` xxwrep n c `: a word and what follows it, at least four times. Words
/// between white space are counted.
private func withRepeatedRuns(_ text: MappedText) -> MappedText {
  var result = MappedText()
  result.reserveCapacity(text.count)
  let slice = text[...]
  var place = 0
  while place < slice.endIndex {
    let isStart = slice[place].isWord && (place == 0 || !slice[place - 1].isWord)
    guard isStart else {
      result.append(slice[place])
      place += 1
      continue
    }
    let wordEnd = slice.end(from: place) { $0.isWord }
    let unit = slice[place..<slice.end(from: wordEnd) { !$0.isWord }]
    var end = unit.endIndex
    while unit.endIndex > wordEnd, end + unit.count <= slice.endIndex,
      zip(unit, slice[end..<end + unit.count]).allSatisfy({ $0.value == $1.value })
    {
      end += unit.count
    }
    if end - place >= 4 * unit.count, unit.endIndex > wordEnd {
      let count = slice[unit.endIndex..<end].split { $0.isSpace }.count + 1
      result.insert("xxwrep", count: count, of: unit, for: slice[place..<end])
      result.insert(" ", at: slice[end - 1].end..<slice[end - 1].end)
      place = end
    } else {
      result += slice[place..<wordEnd]
      place = wordEnd
    }
  }
  return result
}

extension MappedText {
  /// Python's `str.isupper()`: at least one cased letter, and all of them upper case.
  fileprivate var isUppercase: Bool {
    hasOneCase(\.isUppercase, not: \.isLowercase)
  }

  /// Python's `str.islower()`.
  fileprivate var isLowercase: Bool {
    hasOneCase(\.isLowercase, not: \.isUppercase)
  }

  private func hasOneCase(
    _ isWanted: (Unicode.Scalar.Properties) -> Bool,
    not isOther: (Unicode.Scalar.Properties) -> Bool
  ) -> Bool {
    var found = false
    for scalar in self {
      guard let properties = Unicode.Scalar(scalar.value)?.properties else { continue }
      if isOther(properties) || properties.generalCategory == .titlecaseLetter { return false }
      found = found || isWanted(properties)
    }
    return found
  }
}
