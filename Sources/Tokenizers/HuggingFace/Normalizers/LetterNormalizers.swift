struct UnicodeNormalizer: Normalizer {
  let form: NormalForm

  func normalize(_ text: inout AlignedText) {
    if !form.keeps(text) { text.transform(form.changes(of: text)) }
  }
}

struct Lowercase: Normalizer {
  func normalize(_ text: inout AlignedText) {
    if !text.scalars.contains(where: { $0.value == 0x130 }) {
      return text.map { smallLetters(of: $0).first }
    }
    var changes: [ScalarChange] = []
    for scalar in text.scalars {
      let letters = smallLetters(of: scalar.value)
      changes.append(ScalarChange(letters.first, 0))
      if let second = letters.second { changes.append(ScalarChange(second, 1)) }
    }
    text.transform(changes)
  }
}

/// Removes all combining marks.
struct StripAccents: Normalizer {
  func normalize(_ text: inout AlignedText) {
    text.filter { $0 < 0x300 || !ScalarFacts(of: $0).has(ScalarFacts.mark) }
  }
}

/// Removes white space at the ends.
struct Strip: Normalizer {
  let left: Bool
  let right: Bool

  func normalize(_ text: inout AlignedText) {
    func isSpace(_ scalar: AlignedScalar) -> Bool {
      ScalarFacts(of: scalar.value).has(ScalarFacts.space)
    }
    var kept = text.scalars[...]
    if left { kept = kept.drop(while: isSpace) }
    if right {
      while let last = kept.last, isSpace(last) { kept.removeLast() }
    }
    if kept.count < text.scalars.count { text.scalars = Array(kept) }
  }
}

struct Replace: Normalizer {
  let pattern: RegexPattern
  let content: [UInt32]

  func normalize(_ text: inout AlignedText) {
    if text.scalars.isEmpty { return }
    text.replace(pattern.matches(in: text.scalars[...]), with: content)
  }
}

struct Prepend: Normalizer {
  let prefix: [UInt32]

  func normalize(_ text: inout AlignedText) {
    text.prepend(prefix)
  }
}

/// NMT's normalizer: removes control characters and replaces other separators with spaces.
struct Nmt: Normalizer {
  func normalize(_ text: inout AlignedText) {
    text.filter { scalar in
      switch scalar {
      case 1...8, 0xB, 0xE...0x1F, 0x7F, 0x8F, 0x9F: false
      default: true
      }
    }
    text.map { scalar in
      switch scalar {
      case 0x9, 0xA, 0xC, 0xD, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
        0x20
      default: scalar
      }
    }
  }
}

/// Replaces the text with one scalar for each UTF-8 byte.
struct ByteLevelNormalizer: Normalizer {
  func normalize(_ text: inout AlignedText) {
    var result: [AlignedScalar] = []
    result.reserveCapacity(text.scalars.count * 2)
    for scalar in text.scalars { ByteAlphabet.append(scalar, to: &result) }
    text.scalars = result
  }
}
