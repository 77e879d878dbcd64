/// A captured screen as cells with their colours and attributes, read from `capture-pane -e`.
struct StyledScreen {
  struct Cell: Equatable {
    var character: Character
    /// SGR parameters as sent: `5;52`, `2;1;2;3`, or a basic colour's number; nil is the default.
    var foreground: String?
    var background: String?
    var isBold = false
    var isUnderlined = false
    var isReversed = false
  }

  private(set) var rows: [[Cell]] = [[]]

  init(_ captured: String) {
    var style = Cell(character: " ")
    var characters = Array(captured)[...]
    while let character = characters.popFirst() {
      if character == "\u{1B}", characters.first == "[" {
        let end = characters.firstIndex { $0.isLetter } ?? characters.endIndex
        let parameters = String(characters[(characters.startIndex + 1)..<end])
        if end < characters.endIndex, characters[end] == "m" { Self.apply(parameters, to: &style) }
        characters = characters[min(end + 1, characters.endIndex)...]
      } else if character == "\u{1B}" {
        // charset switches: two more characters
        characters = characters.dropFirst(2)
      } else if character == "\u{E}" || character == "\u{F}" {
        continue
      } else if character == "\n" {
        rows.append([])
      } else {
        var cell = style
        cell.character = character
        rows[rows.count - 1].append(cell)
      }
    }
  }

  private static func apply(_ parameters: String, to style: inout Cell) {
    var codes = parameters.split(separator: ";", omittingEmptySubsequences: false)
      .map { Int($0) ?? 0 }[...]
    if codes.isEmpty { codes = [0] }
    while let code = codes.popFirst() {
      switch code {
      case 0: style = Cell(character: " ")
      case 1: style.isBold = true
      case 4: style.isUnderlined = true
      case 7: style.isReversed = true
      case 22: style.isBold = false
      case 24: style.isUnderlined = false
      case 27: style.isReversed = false
      case 38, 48:
        let count = codes.first == 5 ? 2 : 4
        let color = codes.prefix(count).map(String.init).joined(separator: ";")
        codes = codes.dropFirst(count)
        if code == 38 { style.foreground = color } else { style.background = color }
      case 30...37, 90...97: style.foreground = String(code)
      case 39: style.foreground = nil
      case 40...47, 100...107: style.background = String(code)
      case 49: style.background = nil
      default: break
      }
    }
  }

  /// The rows as characters.
  var lines: [String] { rows.map { String($0.map(\.character)) } }

  /// The cells of the occurrences of a word, from the top.
  func occurrences(of word: String) -> [[Cell]] {
    let wanted = Array(word)
    return rows.flatMap { row in
      guard row.count >= wanted.count else { return [[Cell]]() }
      return (0...(row.count - wanted.count)).filter { start in
        zip(row[start...], wanted).allSatisfy { $0.character == $1 }
      }.map { Array(row[$0..<($0 + wanted.count)]) }
    }
  }

  /// The backgrounds in which a word stands wherever it stands, less the default.
  func backgrounds(of word: String) -> Set<String> {
    Set(occurrences(of: word).flatMap { $0.compactMap(\.background) })
  }
}
