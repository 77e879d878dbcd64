/// Cleans text, puts spaces around Chinese characters, strips accents and lowercases, as set.
struct BertNormalizer: Normalizer {
  var cleansText = true
  var splitsChinese = true
  var stripsAccents = true
  var lowersCase = true

  func normalize(_ text: inout AlignedText) {
    if cleansText { clean(&text) }
    if splitsChinese { splitChinese(&text) }
    if stripsAccents {
      UnicodeNormalizer(form: .nfd).normalize(&text)
      text.filter {
        $0 < 0x300 || !ScalarFacts(of: $0).has(ScalarFacts.nonspacingMark)
      }
    }
    if lowersCase { Lowercase().normalize(&text) }
  }

  private func clean(_ text: inout AlignedText) {
    func isWhiteControl(_ scalar: UInt32) -> Bool { (9...10).contains(scalar) || scalar == 13 }
    text.filter { scalar in
      if scalar >= 0x20, scalar < 0x7F { return true }
      if scalar == 0 || scalar == 0xFFFD { return false }
      return isWhiteControl(scalar) || !ScalarFacts(of: scalar).has(ScalarFacts.other)
    }
    text.map { scalar in
      if scalar > 0x20, scalar < 0x7F { return scalar }
      return isWhiteControl(scalar) || ScalarFacts(of: scalar).has(ScalarFacts.space)
        ? 0x20 : scalar
    }
  }

  private func splitChinese(_ text: inout AlignedText) {
    guard text.scalars.contains(where: { isChinese($0.value) }) else { return }
    var changes: [ScalarChange] = []
    changes.reserveCapacity(text.scalars.count)
    for scalar in text.scalars {
      if isChinese(scalar.value) {
        changes += [ScalarChange(0x20, 0), ScalarChange(scalar.value, 1), ScalarChange(0x20, 1)]
      } else {
        changes.append(ScalarChange(scalar.value, 0))
      }
    }
    text.transform(changes)
  }

  /// The unified and compatibility ideographs that the first version of BERT knew.
  private func isChinese(_ scalar: UInt32) -> Bool {
    if scalar < 0x3400 { return false }
    switch scalar {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      return true
    default: return false
    }
  }
}
