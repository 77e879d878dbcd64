// fastai's fix_html: known mistakes first, then Python's html.unescape.

/// Replacements that run one after another over the whole text.
private let mistakes: [(String, String)] = [
  ("#39;", "'"), ("amp;", "&"), ("#146;", "'"), ("nbsp;", " "), ("#36;", "$"), ("\\n", "\n"),
  ("quot;", "'"), ("<br />", "\n"), ("\\\"", "\""), ("<unk>", "xxunk"), (" @.@ ", "."),
  (" @-@ ", "-"), ("...", " …"),
]

func withKnownMistakes(_ text: MappedText) -> MappedText {
  withMistakes(mistakes, in: text)
}

/// The replacements of fastai 1: no ellipsis, but a thousands' comma and a backslash.
func withMistakesKnownFirst(_ text: MappedText) -> MappedText {
  withMistakes(mistakes.dropLast() + [(" @,@ ", ","), ("\\", " \\ ")], in: text)
}

private func withMistakes(_ mistakes: [(String, String)], in text: MappedText) -> MappedText {
  var text = text
  for (mistake, correction) in mistakes {
    text = replacing(mistake, with: correction, in: text)
  }
  return text
}

private func replacing(
  _ mistake: String, with correction: String, in text: MappedText
) -> MappedText {
  let slice = text[...]
  guard let first = mistake.unicodeScalars.first?.value,
    var next = slice.indices.first(where: {
      slice[$0].value == first && slice.has(mistake, at: $0)
    })
  else { return text }
  let length = mistake.unicodeScalars.count
  var result = MappedText(text[..<next])
  while next < slice.endIndex {
    guard slice[next].value == first && slice.has(mistake, at: next) else {
      result.append(slice[next])
      next += 1
      continue
    }
    // Spaces around a mark have no range; neither has the one that is inserted before an ellipsis.
    let found = slice[next..<next + length]
    let mark = found.drop { $0.value == 0x20 }.prefix { $0.value != 0x20 }
    var corrected = correction.unicodeScalars[...]
    if corrected.count > 1 && corrected.first == " " {
      corrected.removeFirst()
      result.insert(" ", at: found.source.lowerBound..<found.source.lowerBound)
    }
    result.append(corrected, for: mark)
    next += length
  }
  return result
}

/// Python's `html.unescape`: `&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)`.
func unescapedHTML(_ text: MappedText) -> MappedText {
  guard text.contains(where: { $0.value == ampersand }) else { return text }
  var result = MappedText()
  result.reserveCapacity(text.count)
  let slice = text[...]
  var place = 0
  while place < slice.endIndex {
    if slice[place].value == ampersand, let found = reference(in: slice, at: place) {
      let replaced = slice[place..<found.end]
      result.append(found.scalars.lazy.compactMap { Unicode.Scalar($0) }, for: replaced)
      place = found.end
    } else {
      result.append(slice[place])
      place += 1
    }
  }
  return result
}

/// The scalars of the character reference at an ampersand, and where it ends.
private func reference(in text: MappedSlice, at start: Int) -> (scalars: [UInt32], end: Int)? {
  let name = start + 1
  guard name < text.endIndex else { return nil }
  if text[name].value == 0x23 { return numericReference(in: text, at: name + 1) }
  var end = text.end(from: name) { !referenceEnds.contains($0.value) }
  end = min(end, name + 32)
  guard end > name else { return nil }
  if end < text.endIndex && text[end].value == semicolon { end += 1 }
  if let scalars = HTMLEntities.shared.scalars(of: text[name..<end]) { return (scalars, end) }
  // The longest name that the text starts with, of at least two letters.
  for end in stride(from: end - 1, to: name + 1, by: -1) {
    if let scalars = HTMLEntities.shared.scalars(of: text[name..<end]) { return (scalars, end) }
  }
  return nil
}

private func numericReference(
  in text: MappedSlice, at start: Int
) -> (scalars: [UInt32], end: Int)? {
  let isHexadecimal = start < text.endIndex && (text[start].value | 0x20) == 0x78
  let digits = isHexadecimal ? start + 1 : start
  let radix: UInt32 = isHexadecimal ? 16 : 10
  var end = digits
  var number: UInt32 = 0
  while end < text.endIndex, let digit = text[end].hexadecimalDigit, digit < radix {
    // All numbers beyond Unicode are treated alike.
    number = min(number * radix + digit, 0x110000)
    end += 1
  }
  guard end > digits else { return nil }
  if end < text.endIndex && text[end].value == semicolon { end += 1 }
  return (scalars(numbered: number), end)
}

/// By HTML 5: Windows-1252 for its control range, nothing for non-characters.
private func scalars(numbered number: UInt32) -> [UInt32] {
  switch number {
  case 0, 0xD800...0xDFFF, 0x110000...: [0xFFFD]
  case 0xD: [0xD]
  case 0x80...0x9F: [windows1252[Int(number) - 0x80]]
  case 1...8, 0xB, 0xE...0x1F, 0x7F, 0xFDD0...0xFDEF: []
  default: number & 0xFFFE == 0xFFFE ? [] : [number]
  }
}

private let windows1252: [UInt32] = [
  0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152,
  0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122,
  0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
]

/// Parsed at the first ampersand that needs it.
private struct HTMLEntities: Sendable {
  static let shared = HTMLEntities()
  private let names: ScalarIndex
  private let values: [[UInt32]]

  private init() {
    let lines = htmlEntities.split(separator: "\n").map { $0.split(separator: " ") }
    names = ScalarIndex(lines.map { String($0[0]) })
    values = lines.map { $0.dropFirst().compactMap { UInt32($0, radix: 16) } }
  }

  func scalars(of name: MappedSlice) -> [UInt32]? {
    names.position(of: name).map { values[$0] }
  }
}

extension MappedScalar {
  fileprivate var hexadecimalDigit: UInt32? {
    if isASCIIDigit { return value - 0x30 }
    let small = value | 0x20
    return small >= 0x61 && small <= 0x66 ? small - 0x61 + 10 : nil
  }
}

private let ampersand: UInt32 = 0x26
private let semicolon: UInt32 = 0x3B
/// Tab, line feed, form feed, space, `<`, `&`, `#`, `;`.
private let referenceEnds: [UInt32] = [9, 0xA, 0xC, 0x20, 0x3C, 0x26, 0x23, 0x3B]
