// fastai's rules for capitals, and Python's lower case.

/// Lowercases words that match `[A-Z]+[^a-z\s]*`, preceded by `xxup` if longer than one letter.
func withCapsMarked(_ text: MappedText) -> MappedText {
  marked(text, with: "xxup") { $0.isSmall }
}

/// Lowercases words that match `[A-Z][^A-Z\s]*`, preceded by `xxmaj` if longer than one letter.
func withCapitalsMarked(_ text: MappedText) -> MappedText {
  marked(text, with: "xxmaj") { $0.isCapital }
}

/// Neither pattern matches white space, so each either matches a whole word or does not.
private func marked(
  _ text: MappedText, with mark: String, unlessRest isExcluded: (MappedScalar) -> Bool
) -> MappedText {
  var result = MappedText()
  result.reserveCapacity(text.count)
  let slice = text[...]
  var start = 0
  while start < slice.endIndex {
    guard !slice[start].isSpace else {
      result.append(slice[start])
      start += 1
      continue
    }
    let end = slice.end(from: start) { !$0.isSpace }
    let word = slice[start..<end]
    if slice[start].isCapital && !word.dropFirst().contains(where: isExcluded) {
      if word.count > 1 { result.insert("\(mark) ", at: word.source) }
      result += lowercased(word)
    } else {
      result += word
    }
    start = end
  }
  return result
}

/// `xxbos `, then the text in lower case, without white space at its ends.
func inLowercase(_ text: MappedText) -> MappedText {
  var result = MappedText()
  result.reserveCapacity(text.count + 6)
  result.insert("xxbos ", at: 0..<0)
  let lower = lowercased(text[...])[...]
  let start = lower.end(from: 0) { $0.isSpace }
  let end = lower.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? start
  return result + lower[start..<end]
}

/// Python's `str.lower()`: one scalar for one, except for U+0130 and a sigma at the end of a word.
func lowercased(_ text: MappedSlice) -> MappedText {
  var result = MappedText()
  result.reserveCapacity(text.count)
  for place in text.indices {
    let scalar = text[place]
    guard scalar.classes.contains(.hasLowercase) else {
      result.append(scalar)
      continue
    }
    switch scalar.value {
    case 0x130: result += [scalar.replaced(by: 0x69), scalar.replaced(by: 0x307)]
    case 0x3A3: result.append(scalar.replaced(by: isFinal(place, in: text) ? 0x3C2 : 0x3C3))
    default: result.append(scalar.replaced(by: scalar.lowercase))
    }
  }
  return result
}

/// Unicode's Final_Sigma: a cased letter before and none after, ignoring case-ignorable scalars.
private func isFinal(_ place: Int, in text: MappedSlice) -> Bool {
  let before = text[..<place].last { !$0.classes.contains(.caseIgnorable) }
  let after = text[(place + 1)...].first { !$0.classes.contains(.caseIgnorable) }
  return before?.classes.contains(.cased) == true && after?.classes.contains(.cased) != true
}
