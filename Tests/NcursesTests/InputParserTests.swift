import Ncurses
import TerminalUI
import TestSupport
import Testing

private func key(_ code: Key.Code, _ modifiers: Key.Modifiers = []) -> Input {
  .event(.key(Key(code, modifiers)))
}

private func mouse(
  _ action: Mouse.Action, _ column: Int, _ row: Int, _ modifiers: Key.Modifiers = []
) -> Input {
  .event(.mouse(Mouse(action, at: Position(column: column, row: row), modifiers: modifiers)))
}

/// What terminals send, and what it means.
private let sequences: [(bytes: String, input: [Input])] = [
  ("a", [key(.character("a"))]),
  ("Z", [key(.character("Z"))]),
  ("é", [key(.character("é"))]),
  ("中", [key(.character("中"))]),
  ("😀", [key(.character("😀"))]),
  ("\r", [key(.enter)]), ("\t", [key(.tab)]), ("\u{7F}", [key(.backspace)]),
  ("\u{08}", [key(.backspace)]), ("\n", [key(.character("j"), .control)]),
  ("\0", [key(.character(" "), .control)]), ("\u{01}", [key(.character("a"), .control)]),
  ("\u{1A}", [key(.character("z"), .control)]), ("\u{1C}", [key(.character("\\"), .control)]),
  ("\u{1F}", [key(.character("_"), .control)]),
  // the keys, as xterm sends them in both modes
  ("\u{1B}[A", [key(.up)]), ("\u{1B}OB", [key(.down)]), ("\u{1B}[C", [key(.right)]),
  ("\u{1B}OD", [key(.left)]), ("\u{1B}[H", [key(.home)]), ("\u{1B}OF", [key(.end)]),
  ("\u{1B}[1;5C", [key(.right, .control)]), ("\u{1B}[1;2A", [key(.up, .shift)]),
  ("\u{1B}[1;8D", [key(.left, [.shift, .alt, .control])]), ("\u{1B}[1;3H", [key(.home, .alt)]),
  ("\u{1B}[Z", [key(.tab, .shift)]), ("\u{1B}OP", [key(.function(1))]),
  ("\u{1B}[1;2Q", [key(.function(2), .shift)]), ("\u{1B}[1;5R", [key(.function(3), .control)]),
  ("\u{1B}[15~", [key(.function(5))]), ("\u{1B}[24;5~", [key(.function(12), .control)]),
  ("\u{1B}[25~", [key(.function(13))]), ("\u{1B}[34~", [key(.function(20))]),
  ("\u{1B}[1~", [key(.home)]), ("\u{1B}[2~", [key(.insert)]), ("\u{1B}[3~", [key(.delete)]),
  ("\u{1B}[4~", [key(.end)]), ("\u{1B}[5~", [key(.pageUp)]), ("\u{1B}[6~", [key(.pageDown)]),
  ("\u{1B}[3;5~", [key(.delete, .control)]), ("\u{1B}OM", [key(.enter)]),
  ("\u{1B}Oy", [key(.character("9"))]), ("\u{1B}O5A", [key(.up, .control)]),
  // rxvt and the Linux console
  ("\u{1B}[7~", [key(.home)]), ("\u{1B}[8^", [key(.end, .control)]),
  ("\u{1B}[5@", [key(.pageUp, [.control, .shift])]), ("\u{1B}[a", [key(.up, .shift)]),
  ("\u{1B}Od", [key(.left, .control)]), ("\u{1B}[[A", [key(.function(1))]),
  ("\u{1B}[[E", [key(.function(5))]),
  // what selects: xterm and those that follow it, and rxvt
  ("\u{1B}[1;2D", [key(.left, .shift)]), ("\u{1B}[1;6C", [key(.right, [.control, .shift])]),
  ("\u{1B}[1;4D", [key(.left, [.alt, .shift])]), ("\u{1B}[1;2B", [key(.down, .shift)]),
  ("\u{1B}[1;2H", [key(.home, .shift)]), ("\u{1B}[1;6F", [key(.end, [.control, .shift])]),
  ("\u{1B}[3;2~", [key(.delete, .shift)]), ("\u{1B}a", [key(.character("a"), .alt)]),
  ("\u{1B}[d", [key(.left, .shift)]), ("\u{1B}[7$", [key(.home, .shift)]),
  ("\u{1B}[8$", [key(.end, .shift)]), ("\u{1B}[3$", [key(.delete, .shift)]),
  ("\u{1B}[8@", [key(.end, [.control, .shift])]), ("\u{1B}[4;1$y", []), ("\u{1B}[$z", []),
  // answers: the attributes with our colour in the spellings there are, and with another one
  ("\u{1B}P1$r0;48:2::1:2:3m\u{1B}\\", [.directColors]),
  ("\u{1B}P1$r48:2:1:2:3m\u{1B}\\", [.directColors]),
  ("\u{1B}P1$r0;48;2;1;2;3m\u{1B}\\", [.directColors]),
  ("\u{1B}P1$r0;48:5:16m\u{1B}\\", []), ("\u{1B}P1$r0;48:2::1:2:4m\u{1B}\\", []),
  ("\u{1B}P0$r\u{1B}\\", []), ("\u{1B}P1$r48:2m\u{1B}\\", []), ("\u{1B}P1$rm\u{1B}\\", []),
  ("\u{1B}^1$r0;48:2::1:2:3m\u{1B}\\", []),
  // pictures: kitty's answer to our question and to none of ours, sixels among the attributes, a cell's size
  ("\u{1B}_Gi=31;OK\u{1B}\\", [.pictures(.kitty)]), ("\u{1B}_Gi=32;OK\u{1B}\\", []),
  ("\u{1B}_Gi=31;ENOTSUPPORTED:no\u{1B}\\", []), ("\u{1B}_Gi=31\u{1B}\\", []),
  ("\u{1B}[?62;4;22c", [.pictures(.sixel)]), ("\u{1B}[?1;2c", []), ("\u{1B}[?4c", []),
  ("\u{1B}[6;20;10t", [.cellSize(width: 10, height: 20)]), ("\u{1B}[6;0;10t", []),
  ("\u{1B}[6;99999;10t", []), ("\u{1B}[8;24;80t", []),
  // with alt, and keys by code point
  ("\u{1B}b", [key(.character("b"), .alt)]), ("\u{1B}B", [key(.character("b"), [.alt, .shift])]),
  ("\u{1B}é", [key(.character("é"), .alt)]), ("\u{1B}\u{7F}", [key(.backspace, .alt)]),
  ("\u{1B}\u{02}", [key(.character("b"), [.alt, .control])]),
  ("\u{1B}[97;5u", [key(.character("a"), .control)]), ("\u{1B}[27;5;13~", [key(.enter, .control)]),
  ("\u{1B}[65;3u", [key(.character("a"), .alt)]), ("\u{1B}[13;2u", [key(.enter, .shift)]),
  ("\u{1B}[228u", [key(.character("ä"))]), ("\u{1B}[57441u", []), ("\u{1B}[27u", [key(.escape)]),
  // the mouse, in cells from 0
  ("\u{1B}[<0;1;1M", [mouse(.press, 0, 0)]), ("\u{1B}[<0;250;3m", [mouse(.release, 249, 2)]),
  ("\u{1B}[<32;5;6M", [mouse(.drag, 4, 5)]), ("\u{1B}[<64;2;3M", [mouse(.wheelUp, 1, 2)]),
  ("\u{1B}[<65;2;3M", [mouse(.wheelDown, 1, 2)]),
  ("\u{1B}[<36;250;6M", [mouse(.drag, 249, 5, .shift)]), ("\u{1B}[<33;5;6M", []),
  ("\u{1B}[<35;5;6M", []), ("\u{1B}[M@!\"", [mouse(.drag, 0, 1)]),
  ("\u{1B}[<28;2;3M", [mouse(.press, 1, 2, [.shift, .alt, .control])]),
  ("\u{1B}[<2;2;3M", []), ("\u{1B}[<0;0;0M", []), ("\u{1B}[<0;1M", []), ("\u{1B}[<0;1;1z", []),
  ("\u{1B}[M !!", [mouse(.press, 0, 0)]), ("\u{1B}[M#!\"", [mouse(.release, 0, 1)]),
  ("\u{1B}[Ma!!", [mouse(.wheelDown, 0, 0)]),
  // focus, and answers that nobody typed
  ("\u{1B}[I", [.event(.focus(true))]), ("\u{1B}[O", [.event(.focus(false))]),
  ("\u{1B}[?62;22c", []), ("\u{1B}[>1;10;0c", []), ("\u{1B}[?2026;2$y", []),
  ("\u{1B}[12;40R", []), ("\u{1B}[8;24;80t", []), ("\u{1B}[?1u", []), ("\u{1B}[0n", []),
  ("\u{1B}P1$r48;2;9;2;3m\u{1B}\\", []), ("\u{1B}P>|term(1)\u{1B}\\", []),
  ("\u{1B}_Gi=1;OK\u{1B}\\", []), ("\u{1B}]10;rgb:ffff/ffff/ffff\u{07}", []),
  ("\u{1B}]11;rgb:0000/0000/0000\u{07}", [.background(isLight: false)]),
  ("\u{1B}]11;rgb:ff/fe/f0\u{1B}\\", [.background(isLight: true)]),
  ("\u{1B}]11;rgba:ffff/ffff/ffff/8000\u{1B}\\", [.background(isLight: true)]),
  ("\u{1B}]11;#101010\u{1B}\\", [.background(isLight: false)]),
  ("\u{1B}]11;rgb:zz/1\u{07}", []), ("\u{1B}]11;\u{07}", []), ("\u{1B}]11;#ééé\u{07}", []),
  // pastes
  (
    "\u{1B}[200~one\r\ntwo\rthree\n\u{1B}[31m\tfour\u{1B}[201~",
    [.event(.paste("one\ntwo\nthree\n\u{1B}[31m\tfour"))]
  ),
  ("\u{1B}[200~\u{1B}[201~", [.event(.paste(""))]),
  ("\u{1B}[200~\u{1B}[20\u{1B}[201~", [.event(.paste("\u{1B}[20"))]),
]

@Suite struct InputParserTests {
  @Test(arguments: sequences)
  func `every sequence means the same however it is cut`(bytes: String, input: [Input]) {
    let all = Array(bytes.utf8)
    // `x` behind it shows that nothing is left over.
    let expected = input + [key(.character("x"))]
    var whole = InputParser()
    #expect(whole.feed(all) + whole.feed([0x78]) == expected)
    for cut in 1..<max(2, all.count) {
      var parser = InputParser()
      var found = parser.feed(all[..<min(cut, all.count)])
      found += parser.feed(all[min(cut, all.count)...])
      #expect(found + parser.feed([0x78]) == expected, "cut at \(cut)")
    }
    var slow = InputParser()
    #expect((all + [0x78]).flatMap { slow.feed([$0]) } == expected)
    #expect(slow.patience(escapeDelay: .milliseconds(25)) == nil)
  }

  @Test func `sequences in one chunk keep their order`() {
    var parser = InputParser()
    let all = sequences.flatMap { Array($0.bytes.utf8) }
    #expect(parser.feed(all) == sequences.flatMap(\.input))
  }

  @Test func `clusters come whole in one chunk, a later mark is a key of its own`() {
    var parser = InputParser()
    #expect(
      parser.feed(Array("e\u{301}👨‍👩‍👧🇫🇷".utf8))
        == [key(.character("e\u{301}")), key(.character("👨‍👩‍👧")), key(.character("🇫🇷"))])
    #expect(parser.feed([0x65]) == [key(.character("e"))])
    #expect(parser.feed([0xCC, 0x81]) == [key(.character("\u{301}"))])
  }

  @Test func `Escape alone is known when nothing follows`() {
    var parser = InputParser()
    #expect(parser.patience(escapeDelay: .milliseconds(25)) == nil)
    #expect(parser.feed([0x1B]) == [])
    #expect(parser.patience(escapeDelay: .milliseconds(25)) == .milliseconds(25))
    #expect(parser.timeOut() == [key(.escape)])
    #expect(parser.patience(escapeDelay: .milliseconds(25)) == nil)
    #expect(parser.feed([0x1B, 0x1B]) == [key(.escape)])
    #expect(parser.timeOut() == [key(.escape)])
  }

  @Test(arguments: [
    ("[", Key(.character("["), .alt)), ("O", Key(.character("o"), [.alt, .shift])),
    ("]", Key(.character("]"), .alt)), ("P", Key(.character("p"), [.alt, .shift])),
    ("_", Key(.character("_"), .alt)),
  ])
  func `the beginning of a sequence alone was a key with alt`(letter: String, expected: Key) {
    var parser = InputParser()
    #expect(parser.feed([0x1B] + Array(letter.utf8)) == [])
    #expect(parser.patience(escapeDelay: .milliseconds(7)) == .milliseconds(7))
    #expect(parser.timeOut() == [.event(.key(expected))])
  }

  @Test func `a sequence that breaks off is dropped, and the next key counts`() {
    for broken in ["\u{1B}[1;", "\u{1B}]11;rgb", "\u{1B}P$r", "\u{1B}[M!", "\u{1B}[[", "\u{1B}O1"] {
      var parser = InputParser()
      #expect(parser.feed(Array(broken.utf8)) == [])
      #expect(parser.patience(escapeDelay: .milliseconds(25)) == .seconds(1))
      #expect(parser.timeOut() == [], "\(broken.debugDescription)")
      #expect(parser.feed([0x71]) == [key(.character("q"))])
    }
    var parser = InputParser()
    #expect(parser.feed(Array("\u{1B}[1;\u{1B}[A".utf8)) == [key(.up)])
    #expect(parser.feed(Array("\u{1B}]0;x\u{1B}[B".utf8)) == [key(.down)])
    #expect(parser.feed(Array("\u{1B}[12\u{03}".utf8)) == [key(.character("c"), .control)])
    #expect(parser.feed(Array("\u{1B}P12\u{18}a".utf8)) == [key(.character("a"))])
  }

  @Test func `bytes that are no UTF-8 become one mark for each broken part`() {
    var parser = InputParser()
    let mark = key(.character("\u{FFFD}"))
    #expect(parser.feed([0xFF, 0x61]) == [mark, key(.character("a"))])
    #expect(parser.feed([0xE4, 0xB8]) == [])
    #expect(parser.feed([0x61]) == [mark, key(.character("a"))])
    #expect(parser.feed([0xED, 0xA0, 0x80]) == [mark, mark, mark])
    #expect(parser.feed([0xC0, 0xAF]) == [mark, mark])
    #expect(parser.feed([0xF0, 0x9F, 0x98, 0x1B, 0x5B, 0x41]) == [mark, key(.up)])
    #expect(parser.feed([0xE4]) == [] && parser.timeOut() == [mark])
  }

  @Test func `a paste is bounded and its end is still seen`() {
    for length in 0...40 {
      var parser = InputParser(longestPaste: 10)
      let text = String(repeating: "abcdefg", count: 6).prefix(length)
      let bytes = Array("\u{1B}[200~\(text)\u{1B}[201~x".utf8)
      let expected: [Input] = [
        .event(.paste(String(text.prefix(10)))), key(.character("x")),
      ]
      #expect(bytes.flatMap { parser.feed([$0]) } == expected)
    }
  }

  @Test func `a paste whose end is lost is what has come`() {
    var parser = InputParser()
    #expect(parser.feed(Array("\u{1B}[200~abc".utf8)) == [])
    #expect(parser.patience(escapeDelay: .zero) == .seconds(3))
    #expect(parser.timeOut() == [.event(.paste("abc"))])
    #expect(parser.feed([0x71]) == [key(.character("q"))])
  }

  @Test func `a string without an end takes no more memory and no later key`() {
    var parser = InputParser()
    #expect(parser.feed([0x1B, 0x5D] + [UInt8](repeating: 0x61, count: 1 << 20)) == [])
    #expect(parser.timeOut() == [])
    #expect(parser.feed([0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 1 << 16) + [0x7E]) == [])
    #expect(parser.feed([0x71]) == [key(.character("q"))])
  }

  @Test func `no input stops it, and it always comes back`() {
    var generator = SeededRandom(seed: 11)
    let alphabet =
      Array("\u{1B}\u{1B}[[]OPM<;;~0129ABmu$?\u{07}\\é\u{7F}\u{18}".utf8) + [0xFF, 0x9B, 0xC3]
    for _ in 0..<3000 {
      var parser = InputParser(longestPaste: 64)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let chunk = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
          Bool.random(using: &generator)
            ? alphabet.randomElement(using: &generator) ?? 0
            : UInt8.random(in: 0...255, using: &generator)
        }
        _ = parser.feed(chunk)
      }
      _ = parser.timeOut()
      #expect(parser.patience(escapeDelay: .zero) == nil)
      #expect(parser.feed([0x71]) == [key(.character("q"))])
    }
  }
}
