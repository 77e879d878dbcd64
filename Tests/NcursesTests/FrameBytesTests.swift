import Ncurses
import TestSupport
import Testing

@Suite struct FrameBytesTests {
  private func shortened(_ text: String) -> String {
    let bytes = FrameBytes.shortened(Array(text.replacing("^", with: "\u{1B}").utf8))
    return String(decoding: bytes, as: UTF8.self).replacing("\u{1B}", with: "^")
  }

  @Test(arguments: [
    ("^[38;5;16m^[48;5;31mbut", "^[38;5;16;48;5;31mbut"),
    ("^[0;1m^[38;5;117m━", "^[0;1;38;5;117m━"),
    // a reset says all that was before it
    ("^[39m^[m ", "^[m "), ("^[39;49m^[0mx", "^[mx"), ("^[1m^[0;4m^[7mx", "^[0;4;7mx"),
    // a colour's number is no reset
    ("^[38;5;0m^[1mx", "^[1;38;5;0mx"),
    // what nothing shows is not said, and what holds already is not said again
    ("^[1ma^[1mb^[3;4H^[m", "^[1mab^[3;4H^[m"), ("^[31m^[2;3H^[32mx", "^[2;3H^[32mx"),
    // a blank has a background, and no colour of its own
    (
      "^[m^[38;5;16m^[48;5;173mgood^[39;49m^[m ^[38;5;16m^[48;5;31mbad^[39;49m^[m.",
      "^[0;38;5;16;48;5;173mgood^[49m ^[48;5;31mbad^[m."
    ),
    ("^[m^[31ma^[m b", "^[0;31ma^[m b"),
    // letters are no sequences
    ("^[1mmost films;m", "^[1mmost films;m"),
    // but it shows whether it is reversed or underlined
    ("^[m^[7ma^[m b", "^[0;7ma^[m b"), ("^[m^[4ma ^[mb", "^[0;4ma ^[mb"),
    // what is erased has a background
    ("^[44m^[31m^[4X^[mx", "^[31;44m^[4X^[mx"),
    ("no attributes ^[2;3H^[4X^[K", "no attributes ^[2;3H^[4X^[K"),
    // ASCII is said once, and stays where another character set is used
    ("^[39m^(B^[ma^(B^[mb", "^(B^[mab"), ("^(0q^(B^[m", "^(0q^(B^[m"),
    // a blank that is repeated is written as what repeats it
    ("^[m^[44ma^[1m ^[5b^[mb", "^[0;44ma^[1m ^[5b^[mb"),
    // what the terminal had before may be seen on a blank
    ("^[31ma^[32;44m ^[31;49mb", "^[31ma^[32;44m ^[31;49mb"),
    // the numbers of a colour may have colons between them, as foot's have
    ("^[m^[38:5:31ma^[mb", "^[m^[38:5:31ma^[mb"), ("^[m^[>4;1ma^[mb", "^[m^[>4;1mab"),
    // without a change the terminal may be of another kind
    ("^(Ba^(Bb", "^(Ba^(Bb"),
    // what is not known stays as it is
    ("^[1m^[58;5;1m^[1mx", "^[1m^[58;5;1m^[1mx"), ("^[7ma^[7m^[27mb", "^[7ma^[7m^[27mb"),
    ("^(B", "^(B"), ("", ""), ("^", "^"), ("^[", "^["), ("^[1", "^[1"), ("^[1;2", "^[1;2"),
  ])
  func `attributes are said where something shows them`(sent: String, shorter: String) {
    #expect(shortened(sent) == shorter)
  }

  @Test func `of many changes in one place the last one holds`() {
    let changes = (0..<400).map { "^[38;5;\($0 % 256)m" }.joined() + "x"
    #expect(shortened(changes) == "^[38;5;143mx")
  }

  @Test func `any frame shows the same`() {
    var random = SeededRandom(seed: 7)
    for _ in 0..<3000 {
      let frame = random.frame()
      let shorter = shortened(frame)
      #expect(shorter.utf8.count <= frame.utf8.count)
      let (before, after) = (Screen(after: frame), Screen(after: shorter))
      #expect(before == after, "\(frame) became \(shorter)")
    }
  }
}

/// What a terminal shows of a frame, as far as it is made of the sequences below.
private struct Screen: Equatable {
  struct Pen: Equatable {
    var attributes: Set<Int> = []
    var foreground = "39"
    var background = "49"
  }

  struct Cell: Equatable {
    var character: Character
    var pen: Pen
  }

  var cells: [Int: Cell] = [:]
  /// What is written next would look so.
  private(set) var pen = Pen()

  private var column = 0

  init(after frame: String) {
    var rest = frame[...]
    // Nothing may stand between a character and what repeats it.
    var repeated = ""
    while let character = rest.popFirst() {
      guard character == "^", rest.popFirst() == "[" else {
        write(character)
        repeated = String(character)
        continue
      }
      let parameters = rest.prefix { !$0.isLetter }
      rest = rest.dropFirst(parameters.count)
      let number = Int(parameters) ?? 1
      switch rest.popFirst() {
      case "G": column = number
      case "b": for character in String(repeating: repeated, count: number) { write(character) }
      case "X":
        for erased in column..<column + number {
          cells[erased] = Cell(character: " ", pen: Pen(background: pen.background))
        }
      default:
        if parameters.contains(":") {
          pen.foreground = String(parameters)
        } else {
          change(parameters.split(separator: ";").compactMap { Int($0) })
        }
      }
      repeated = ""
    }
  }

  private mutating func write(_ character: Character) {
    var seen = pen
    if character == " " {
      seen.attributes.formIntersection([4, 7])
      if !seen.attributes.contains(7) { seen.foreground = "39" }
    }
    cells[column] = Cell(character: character, pen: seen)
    column += 1
  }

  private mutating func change(_ numbers: [Int]) {
    var rest = numbers.isEmpty ? [0] : numbers[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: pen = Pen()
      case 1...9: pen.attributes.insert(code)
      case 39: pen.foreground = "39"
      case 49: pen.background = "49"
      case 38: pen.foreground = "\(rest.prefix(2))"
      case 48: pen.background = "\(rest.prefix(2))"
      case 30...37: pen.foreground = "\(code)"
      default: pen.background = "\(code)"
      }
      if code == 38 || code == 48 { rest = rest.dropFirst(2) }
    }
  }
}

extension SeededRandom {
  /// Letters, blanks, moves, erasures and changes, as ncurses mixes them.
  fileprivate mutating func frame() -> String {
    let parts = [
      "a", "m", "ä", "H[1m", " ", "  ", "^[5G", "^[9G", "^[3X", "^[m", "^[0;1m", "^[1m", "^[4m",
      "^[7m",
      "^[39;49m", "^[31m", "^[44m", "^[38;5;16m", "^[48;5;173m", "^[48;5;31m", " ^[4b", "a^[2b",
    ]
    // A frame with what is not known stays as it is: few have it.
    let all = Int.random(in: 0..<8, using: &self) == 0 ? parts + ["^[38:5:31m"] : parts
    return (0..<Int.random(in: 1...24, using: &self)).map { _ in
      all.randomElement(using: &self) ?? ""
    }.joined()
  }
}
