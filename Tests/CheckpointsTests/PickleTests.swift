import Checkpoints
import Foundation
import TestSupport
import Testing

private func bytes(_ parts: [UInt8]...) -> [UInt8] { parts.flatMap { $0 } }

private func fault(_ bytes: [UInt8]) -> CheckpointError? {
  #expect(throws: CheckpointError.self) { try Pickle(bytes) }
}

struct PickleTests {
  @Test(arguments: 0...5)
  func `each protocol tells the same`(version: Int) throws {
    let data = try Data(contentsOf: fixture("pickles/protocol-\(version).pkl"))
    let pickle = try Pickle(Array(data))
    let root = pickle.root
    #expect(pickle.end == data.count)
    #expect(root["text"]?.text == "né 😀\\\n")
    let list = try #require(root["list"]?.elements)
    #expect(list.prefix(6).map(\.integer) == [1, -2, 300, 70000, 1 << 40, Int.min])
    #expect(list[6].integer == nil && list[7].flag == true && list[8].isNone)
    let tuple = try #require(root["tuple"]?.elements)
    #expect(tuple.count == 3 && tuple[0].real == 1.5 && tuple[2].elements?.isEmpty == true)
    #expect(tuple[1].elements?.first?.text == "a")
    let set = try #require(root["set"])
    #expect((set.elements ?? set.arguments.first?.elements)?.first?.integer == 7)
    #expect(root["bytes"]?.bytes == [0, 255])
    let nested = try #require(root["nested"]?.pairs?.first)
    #expect(nested.key.integer == 1 && nested.value.elements?.first?.integer == 2)
  }

  @Test func `what a pickle would run is told and not run`() throws {
    let marker = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    let root = try Pickle(Array("cposix\nsystem\n(S'touch \(marker)'\ntR.".utf8)).root
    #expect(root.constructor == "posix.system")
    #expect(root.arguments.first?.text == "touch \(marker)")
    #expect(!FileManager.default.fileExists(atPath: marker))
  }

  @Test func `objects keep what would have been set in them`() throws {
    // OrderedDict() with an item, and an instance with a state.
    let text = "ccollections\nOrderedDict\n)R(S'k'\nI5\nu."
    let dictionary = try Pickle(Array(text.utf8)).root
    #expect(dictionary.constructor == "collections.OrderedDict")
    #expect(dictionary["k"]?.integer == 5)
    let object = try Pickle(Array("(iam\nKind\n(dS'x'\nI3\nsb.".utf8)).root
    #expect(object.constructor == "am.Kind")
    #expect(object.attribute("x")?.integer == 3)
    #expect(object.attribute("y") == nil)
  }

  @Test func `a list within itself is read`() throws {
    let list = try Pickle(Array("]q\0h\0a.".utf8)).root
    #expect(list.elements?.first?.elements?.first?.elements?.count == 1)
  }

  @Test func `each way to be no pickle is named with its place`() {
    #expect(fault([]) == .pickle(.endedEarly, offset: 0))
    #expect(fault(Array("K".utf8)) == .pickle(.endedEarly, offset: 1))
    #expect(fault([0xFF]) == .pickle(.unknownOpcode(0xFF), offset: 1))
    #expect(fault([0x80, 6]) == .pickle(.newProtocol(6), offset: 2))
    #expect(fault([0x82, 1]) == .pickle(.unsupportedOpcode(0x82), offset: 1))
    #expect(fault(Array(".".utf8)) == .pickle(.emptyStack(opcode: 46), offset: 1))
    #expect(fault(Array("(.".utf8)) == .pickle(.emptyStack(opcode: 46), offset: 2))
    #expect(fault(Array("t".utf8)) == .pickle(.emptyStack(opcode: 116), offset: 1))
    #expect(fault(Array("h\u{5}.".utf8)) == .pickle(.unknownMemo(5), offset: 2))
    #expect(fault(Array("K\u{1}K\u{1}a.".utf8)) == .pickle(.wrongOperand(opcode: 97), offset: 5))
    #expect(fault(Array("}(K\u{1}u.".utf8)) == .pickle(.wrongOperand(opcode: 117), offset: 5))
    #expect(fault(Array("Ifive\n.".utf8)) == .pickle(.badNumber, offset: 6))
    #expect(fault(Array("Nb.".utf8)) == .pickle(.emptyStack(opcode: 98), offset: 2))
    #expect(fault(Array("NNb.".utf8)) == .pickle(.wrongOperand(opcode: 98), offset: 3))
  }

  @Test func `declared sizes are compared with what there is`() {
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    for opcode in ["X", "T", "B", "\u{8B}"] {
      let scalar = opcode.unicodeScalars.first.map { UInt8($0.value) } ?? 0
      #expect(fault(bytes([scalar], huge, [0])) == .pickle(.endedEarly, offset: 5))
    }
    for opcode: UInt8 in [0x8D, 0x8E, 0x96] {
      #expect(fault(bytes([opcode], huge, huge, [0])) == .pickle(.endedEarly, offset: 9))
    }
  }

  @Test func `depth and bombs cost little`() throws {
    let deep = 200_000
    let nested = [UInt8](repeating: UInt8(ascii: "]"), count: deep)
    let appends = [UInt8](repeating: UInt8(ascii: "a"), count: deep - 1)
    var value = try Pickle(nested + appends + [UInt8(ascii: ".")]).root
    var depth = 0
    while let inner = value.elements?.first {
      value = inner
      depth += 1
    }
    #expect(depth == deep - 1)
    // Each list holds the one before it twice: two to the power of a hundred, written out.
    var bomb: [UInt8] = Array("]q\0".utf8)
    for level in 0..<100 {
      bomb += bytes(
        Array("(h".utf8), [UInt8(level)], Array("h".utf8), [UInt8(level)], Array("lq".utf8),
        [UInt8(level + 1)])
    }
    let last = try Pickle(bomb + [UInt8(ascii: ".")]).root
    #expect(last.elements?.count == 2)
  }

  @Test func `more values than a file can need are refused`() {
    let many = [UInt8](repeating: UInt8(ascii: "]"), count: 3_000_000)
    let error = fault(many)
    guard case .pickle(.tooLarge, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
