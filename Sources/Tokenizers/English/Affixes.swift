// spaCy's affix patterns as code. In a search for `a$|b$` the leftmost start wins, so the longest
// suffix is found; the alternatives of a prefix are tried in order.

extension EnglishWords {
  func prefixLength(of string: MappedSlice) -> Int {
    guard let first = string.first else { return 0 }
    let start = string.startIndex
    if first.value == plus {
      // \+(?![0-9])
      return start + 1 < string.endIndex && string[start + 1].isASCIIDigit ? 0 : 1
    }
    if first.value == dot {
      let dots = string.end(from: start) { $0.value == dot } - start
      return dots > 1 ? dots : 0
    }
    if first.classes.contains(.prefix) { return 1 }
    switch first.value {
    case 0x55: return string.has("US$", at: start) ? 3 : 0
    case 0x43: return string.has("C$", at: start) ? 2 : 0
    case 0x41: return string.has("A$", at: start) ? 2 : 0
    default: return 0
    }
  }

  func suffixLength(of string: MappedSlice) -> Int {
    guard let last = string.last else { return 0 }
    let end = string.endIndex
    let before = end - 2 >= string.startIndex ? string[end - 2] : nil
    var longest = last.classes.contains(.suffix) ? 1 : 0
    if last.value == dot {
      longest = max(longest, finalDots(of: string))
    } else if last.value == plus {
      longest = before?.isASCIIDigit == true ? 1 : 0
    }
    if let before {
      let isEllipsis = last.value == ellipsis && before.value == ellipsis
      let isGenitive = (last.value == 0x73 || last.value == 0x53) && before.isApostrophe
      if isEllipsis || isGenitive { longest = max(longest, 2) }
    }
    return max(longest, unitLength(of: string))
  }

  /// `(?<=[0-9])(?:km|%|US\$|…)$`
  private func unitLength(of string: MappedSlice) -> Int {
    let most = min(longestUnit, string.count - 1)
    guard most > 0 else { return 0 }
    return (1...most).reversed().first {
      let unit = string.suffix($0)
      return string[unit.startIndex - 1].isASCIIDigit && units.position(of: unit) != nil
    } ?? 0
  }

  private func finalDots(of string: MappedSlice) -> Int {
    var start = string.endIndex - 1
    while start > string.startIndex && string[start - 1].value == dot { start -= 1 }
    let dots = string.endIndex - start
    if dots > 1 { return dots }
    guard start > string.startIndex else { return 0 }
    let before = string[start - 1]
    if before.classes.contains(.beforeFinalDot) { return 1 }
    guard start - 1 > string.startIndex else { return 0 }
    // (?<=[{au}][{au}])\. and (?<=°[FfCcKk])\.
    let first = string[start - 2]
    if before.classes.contains(.upperAlpha) && first.classes.contains(.upperAlpha) { return 1 }
    return first.value == 0xB0 && "FfCcKk".unicodeScalars.contains { $0.value == before.value }
      ? 1 : 0
  }

  /// Splits a string at its infixes. An infix at the very start stays with the text that follows.
  func splitInfixes(_ string: MappedSlice, into tokens: inout [Range<Int>]) {
    var start = string.startIndex
    for infix in infixes(of: string) where infix.lowerBound != string.startIndex {
      if infix.lowerBound != start { tokens.append(start..<infix.lowerBound) }
      tokens.append(infix)
      start = infix.upperBound
    }
    if start < string.endIndex { tokens.append(start..<string.endIndex) }
  }

  /// The matches of `finditer`, from left to right.
  func infixes(of string: MappedSlice) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var place = string.startIndex
    while place < string.endIndex {
      let length = infixLength(in: string, at: place)
      if length > 0 { found.append(place..<place + length) }
      place += max(1, length)
    }
    return found
  }

  private func infixLength(in string: MappedSlice, at place: Int) -> Int {
    let scalar = string[place]
    if scalar.value == ellipsis || scalar.classes.contains(.icon) { return 1 }
    guard scalar.isInfixCandidate else { return 0 }
    if scalar.value == dot {
      let dots = string.end(from: place) { $0.value == dot } - place
      if dots > 1 { return dots }
    }
    guard place > string.startIndex, place + 1 < string.endIndex else { return 0 }
    let (before, after) = (string[place - 1], string[place + 1])
    let isLetterAfter = after.classes.contains(.alpha)
    let isLetterBefore = before.classes.contains(.alpha)
    switch scalar.value {
    case dot:
      let isSplit =
        !before.classes.isDisjoint(with: [.lowerAlpha, .quote])
        && !after.classes.isDisjoint(with: [.upperAlpha, .quote])
      return isSplit ? 1 : 0
    case 0x2C:  // ,
      return isLetterBefore && isLetterAfter ? 1 : 0
    case 0x3A, 0x3C, 0x3D, 0x3E, 0x2F:  // :<=>/
      return (isLetterBefore || before.isASCIIDigit) && isLetterAfter ? 1 : 0
    default:
      if before.isASCIIDigit && scalar.isArithmetic
        && (after.isASCIIDigit || after.value == hyphen)
      {
        return 1
      }
      return isLetterBefore || before.isASCIIDigit ? hyphenLength(in: string, at: place) : 0
    }
  }

  /// `(?:-|–|—|--|---|——|~)(?=[{a}])`: at most one length is followed by a letter.
  private func hyphenLength(in string: MappedSlice, at place: Int) -> Int {
    let scalar = string[place].value
    let longest =
      switch scalar {
      case hyphen: 3
      case emDash: 2
      case 0x2013, 0x7E: 1  // – ~
      default: 0
      }
    let end = string.end(from: place) { $0.value == scalar }
    let length = end - place
    return length <= longest && end < string.endIndex && string[end].classes.contains(.alpha)
      ? length : 0
  }
}

extension MappedScalar {
  fileprivate var isApostrophe: Bool { value == 0x27 || value == 0x2019 }
  fileprivate var isArithmetic: Bool {
    value == plus || value == hyphen || value == 0x2A || value == 0x5E  // * ^
  }
  fileprivate var isInfixCandidate: Bool {
    switch value {
    case dot, plus, hyphen, 0x2A, 0x5E, 0x2C, 0x3A, 0x3C, 0x3D, 0x3E, 0x2F, 0x7E, 0x2013, emDash:
      true
    default: false
    }
  }
}

private let dot: UInt32 = 0x2E
private let plus: UInt32 = 0x2B
private let hyphen: UInt32 = 0x2D
private let ellipsis: UInt32 = 0x2026
private let emDash: UInt32 = 0x2014
