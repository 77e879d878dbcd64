// fastai's rules for repetitions and spaces.

/// `(\S)(\1{2,})` to ` xxrep n c `; fastai 1 requires four.
func withRepeatedCharacters(_ text: MappedText, least: Int = 3) -> MappedText {
  var result = MappedText()
  result.reserveCapacity(text.count)
  let slice = text[...]
  var start = 0
  while start < slice.endIndex {
    let first = slice[start]
    let end = slice.end(from: start) { $0.value == first.value }
    if end - start >= least && !first.isSpace {
      result.insert(
        "xxrep", count: end - start, of: slice[start..<start + 1], for: slice[start..<end])
      result.insert(" ", at: first.end..<first.end)
    } else {
      result += slice[start..<end]
    }
    start = end
  }
  return result
}

/// `(?:\s|^)(\w+)\s+((?:\1\s+)+)\1(\s|\W|$)` to ` xxwrep n word e`, where e is the third group.
func withRepeatedWords(_ text: MappedText) -> MappedText {
  var result = MappedText()
  result.reserveCapacity(text.count)
  let slice = text[...]
  var place = 0
  while place < slice.endIndex {
    let isSpace = slice[place].isSpace
    if isSpace || place == 0, let found = repetition(in: slice, at: isSpace ? place + 1 : place) {
      result.insert(
        "xxwrep", count: found.count, of: slice[found.word], for: slice[found.copies])
      let end = slice[found.copies.upperBound - 1].end
      result.insert(" ", at: end..<end)
      place = found.copies.upperBound
      if place < slice.endIndex {
        result.append(slice[place])
        place += 1
      }
    } else {
      result.append(slice[place])
      place += 1
    }
  }
  return result
}

/// How often the word at a place is repeated, separated by white space; nil for less than three
/// times.
///
/// The greedy pattern takes all copies that are followed by white space, then one more that is not
/// part of a longer word; if there is no such copy, it gives one back.
private func repetition(
  in text: MappedSlice, at start: Int
) -> (word: Range<Int>, copies: Range<Int>, count: Int)? {
  let word = start..<text.end(from: start) { $0.isWord }
  guard !word.isEmpty else { return nil }
  var next = text.end(from: word.upperBound) { $0.isSpace }
  guard next > word.upperBound else { return nil }
  var count = 1
  var end = word.upperBound
  while next + word.count <= text.endIndex,
    zip(text[word], text[next..<next + word.count]).allSatisfy({ $0.value == $1.value })
  {
    let copyEnd = next + word.count
    if copyEnd < text.endIndex && text[copyEnd].isWord { break }
    count += 1
    end = copyEnd
    guard copyEnd < text.endIndex && text[copyEnd].isSpace else { break }
    next = text.end(from: copyEnd) { $0.isSpace }
  }
  return count > 2 ? (word, start..<end, count) : nil
}

/// `([/#\\])` to ` \1 `.
func withSpacedMarks(
  _ text: MappedText, marks: [UInt32] = [0x2F, 0x23, 0x5C]
) -> MappedText {
  var result = MappedText()
  result.reserveCapacity(text.count)
  for scalar in text {
    if marks.contains(scalar.value) {
      result.insert(" ", at: scalar.start..<scalar.start)
      result.append(scalar)
      result.insert(" ", at: scalar.end..<scalar.end)
    } else {
      result.append(scalar)
    }
  }
  return result
}

/// ` {2,}` to one space.
func withSingleSpaces(_ text: MappedText) -> MappedText {
  var result = MappedText()
  result.reserveCapacity(text.count)
  let slice = text[...]
  var start = 0
  while start < slice.endIndex {
    let end = slice.end(from: start) { $0.value == 0x20 }
    if end - start > 1 {
      result.append(" ".unicodeScalars, for: slice[start..<end])
      start = end
    } else {
      result.append(slice[start])
      start += 1
    }
  }
  return result
}

extension MappedText {
  /// ` mark n text`: the mark and the count point at the whole repetition, and `text` stands for
  /// it.
  mutating func insert(
    _ mark: String, count: Int, of text: MappedSlice, for replaced: MappedSlice
  ) {
    let source = replaced.source
    insert(" ", at: source.lowerBound..<source.lowerBound)
    insert("\(mark) \(count) ", at: source)
    append(text.lazy.compactMap { Unicode.Scalar($0.value) }, for: replaced)
  }
}
