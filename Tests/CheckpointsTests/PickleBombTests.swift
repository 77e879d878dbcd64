import Checkpoints
import Testing

/// Writes pickles of protocol 2 by hand, and what they are worth is that a few bytes ask for much.
private struct PickleWriter {
  var bytes: [UInt8] = [0x80, 2]

  mutating func op(_ character: Character) { bytes += Array(String(character).utf8) }

  mutating func text(_ text: String) {
    op("X")
    number(text.utf8.count)
    bytes += Array(text.utf8)
  }

  mutating func remember(_ place: Int) {
    op("r")
    number(place)
  }

  mutating func recall(_ place: Int) {
    op("j")
    number(place)
  }

  /// A list of as many references to what was remembered.
  mutating func list(of place: Int, count: Int) {
    op("]")
    op("(")
    for _ in 0..<count { recall(place) }
    op("e")
  }

  private mutating func number(_ value: Int) {
    bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  var source: ByteSource { ByteSource(bytes + Array(".".utf8)) }
}

struct PickleBombTests {
  @Test func `a long text that a vocabulary names many times is not made many times`() {
    var writer = PickleWriter()
    writer.text(String(repeating: "a", count: 100_000))
    writer.remember(0)
    writer.op("0")
    writer.list(of: 0, count: 100_000)
    let limit = writer.source.count
    #expect(throws: CheckpointError.pickle(.repeatedText(limit: limit), offset: 0)) {
      try FastaiVocabulary.read(writer.source)
    }
  }

  @Test func `lists of lists of lists are not unfolded`() {
    var writer = PickleWriter()
    writer.text("a")
    writer.remember(0)
    writer.op("0")
    for level in 1...3 {
      writer.list(of: level - 1, count: 10_000)
      writer.remember(level)
      writer.op("0")
    }
    writer.recall(3)
    let limit = writer.source.count
    #expect(throws: CheckpointError.pickle(.repeatedText(limit: limit), offset: 0)) {
      try FastaiVocabulary.read(writer.source)
    }
  }

  @Test func `a list that holds itself has an end`() {
    var writer = PickleWriter()
    writer.op("]")
    writer.remember(0)
    writer.op("(")
    for _ in 0..<1_000 { writer.recall(0) }
    writer.op("e")
    #expect(throws: CheckpointError.self) { try FastaiVocabulary.read(writer.source) }
    #expect(throws: CheckpointError.self) { try FastaiFile.read(writer.source) }
  }

  @Test func `a million lists in each other are read and freed`() {
    var writer = PickleWriter()
    for _ in 0..<1_000_000 { writer.op("]") }
    for _ in 0..<999_999 { writer.op("a") }
    #expect(throws: CheckpointError.self) { try FastaiFile.read(writer.source) }
  }

  /// What `os.system("…")` would be is a value like any other.
  @Test func `nothing in a file is run`() throws {
    let source = ByteSource(
      [0x80, 2] + Array("cos\nsystem\nX".utf8) + [4, 0, 0, 0] + Array("true".utf8)
        + [0x85, 0x52, 0x2E])
    #expect(throws: CheckpointError.fastai(.noLearner(found: "os.system"))) {
      try FastaiExport.read(source)
    }
  }
}
