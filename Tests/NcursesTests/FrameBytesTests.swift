import Ncurses
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
    ("^[38;5;0m^[1mx", "^[38;5;0;1mx"),
    // only what follows each other
    ("^[1ma^[1mb^[3;4H^[m", "^[1ma^[1mb^[3;4H^[m"),
    ("no attributes ^[2;3H^[4X^[K", "no attributes ^[2;3H^[4X^[K"),
    // ASCII is said once, and stays where another character set is used
    ("^[39m^(B^[ma^(B^[mb", "^(B^[ma^[mb"), ("^(0q^(B^[m", "^(0q^(B^[m"),
    ("^(B", "^(B"), ("", ""), ("^", "^"), ("^[", "^["), ("^[1", "^[1"), ("^[1;2", "^[1;2"),
  ])
  func `attribute changes that follow each other are one`(sent: String, shorter: String) {
    #expect(shortened(sent) == shorter)
  }

  @Test func `many changes lose none`() {
    let changes = (0..<400).map { "^[38;5;\($0 % 256)m" }.joined() + "x"
    let result = shortened(changes)
    #expect(result.count < changes.count && result.hasSuffix("38;5;143mx"))
    let numbers = result.matches(of: /38;5;(\d+)/).map { String($0.1) }
    #expect(numbers == (0..<400).map { "\($0 % 256)" })
  }
}
