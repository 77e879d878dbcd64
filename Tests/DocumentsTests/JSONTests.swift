import Documents
import Testing

struct JSONTests {
  @Test func `each kind of value is read`() throws {
    let text = #" {"a": [1, -2.5, 3e2, true, false, null], "b": "x", "b": {}, "c": []} "#
    let json = try JSON(Array(text.utf8))
    #expect(
      json["a"]
        == .array([.integer(1), .number(-2.5), .number(300), .bool(true), .bool(false), .null]))
    #expect(json["b"] == .object([]))
    #expect(json["c"] == .array([]))
    #expect(json["d"] == nil)
    #expect(try JSON(Array("12345678901234567168".utf8)) == .number(1.2345678901234567e19))
    #expect(try JSON([0xEF, 0xBB, 0xBF, 0x30]) == .integer(0))
  }

  @Test func `strings keep every character`() throws {
    let text = #""a\"\\\/\b\f\n\r\té\u00e9\ud83d\ude00😀e\u0301""#
    guard case .string(let found) = try JSON(Array(text.utf8)) else {
      Issue.record("no string")
      return
    }
    let expected = "a\"\\/\u{8}\u{C}\n\r\té\u{E9}😀😀e\u{301}"
    #expect(Array(found.unicodeScalars) == Array(expected.unicodeScalars))
  }

  /// Each escape once began the string anew: this one took minutes.
  @Test func `a string of a million escapes is read in one go`() throws {
    let count = 1_000_000
    let text = "\"" + String(repeating: #"a\n"#, count: count) + "\""
    #expect(try JSON(Array(text.utf8)) == .string(String(repeating: "a\n", count: count)))
  }

  @Test(
    arguments: [
      ("", JSONFault.endedEarly, 0), ("[1,", .endedEarly, 3), ("[1 2]", .unexpected(byte: 50), 3),
      ("[1,]", .unexpected(byte: 93), 3), ("{\"a\"}", .unexpected(byte: 125), 4),
      ("{a:1}", .unexpected(byte: 97), 1), ("1 2", .unexpected(byte: 50), 2),
      ("\"a", .endedEarly, 2), ("\"\n\"", .unexpected(byte: 10), 1), ("tru", .endedEarly, 3),
      ("nul!", .unexpected(byte: 33), 3), ("-", .endedEarly, 1), ("01", .badNumber, 0),
      ("1.", .endedEarly, 2), ("1e+", .endedEarly, 3), (".5", .unexpected(byte: 46), 0),
      ("\"\\x\"", .badEscape, 1), ("\"\\u12", .endedEarly, 5), ("\"\\u12g4\"", .badEscape, 3),
      ("\"\\ud800\"", .badEscape, 1), ("\"\\udc00\"", .badEscape, 1),
      ("\"\\ud800\\u0041\"", .badEscape, 1), ("NaN", .unexpected(byte: 78), 0),
    ])
  func `what is no JSON is refused with its place`(text: String, fault: JSONFault, offset: Int) {
    #expect(throws: JSONError(fault, offset: offset)) { try JSON(Array(text.utf8)) }
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    #expect(throws: JSONError(.notUTF8, offset: 1)) { try JSON([34, 0xC3, 0x28, 34]) }
  }

  @Test func `depth and size are bounded`() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: JSONError(.tooDeep(limit: 100), offset: 100)) { try JSON(deep) }
    #expect(throws: JSONError(.tooManyValues(limit: 3), offset: 5)) {
      try JSON(Array("[1,1,1]".utf8), valueLimit: 3)
    }
    #expect(throws: Never.self) { try JSON(Array("[1,1]".utf8), valueLimit: 3) }
  }

  @Test func `what is written reads back the same, Floats and hostile characters too`() throws {
    let value = JSON.object([
      .init("z", .array([.float(0.1), .float(1e-7), .float(.infinity), .integer(-3)])),
      .init("a", .string("\"\\\n\u{1B}[31m\u{9B}é😀")),
    ])
    #expect(
      value.line == #"{"z": [0.1, 1e-07, null, -3], "a": "\"\\\n\u001b[31m\u009bé😀"}"#)
    let back = try JSON(Array(value.line.utf8))
    #expect(back["a"] == value["a"])
    #expect(back["z"] == .array([.number(0.1), .number(1e-07), .null, .integer(-3)]))
  }

  @Test(
    arguments: [
      "0,", "[],", "{},", #""","#, "[0],", #""sixteen letters!","#, #"{"a":0},"#, "[[0,0],0],",
    ])
  func `a document that would fill memory is refused before it does`(_ part: String) throws {
    let count = (8 << 20) / part.utf8.count
    let bytes = Array(("[" + String(repeating: part, count: count) + "0]").utf8)
    #expect {
      try JSON(bytes, valueLimit: .max, memoryLimit: 4 << 20)
    } throws: { error in
      (error as? JSONError)?.fault == .tooLarge(limit: 4 << 20)
    }
    // The same with room for it is read to the end, counted or not.
    let small = Array(("[" + String(repeating: part, count: 3) + "0]").utf8)
    let counted = try JSON(small, memoryLimit: small.count * 40 - 1)
    #expect(try counted == JSON(small))
  }

  @Test func `counting changes nothing about what is no document`() {
    let texts = [
      "[1,", "[1]]", #"{"a" 1}"#, #"["a"#, #""\"#, "]", "", #"{"a":[1,{"b":2}],"c":"\""}"#,
    ]
    for text in texts {
      // Room enough, and long enough to be counted.
      let bytes = Array((text + String(repeating: " ", count: 100)).utf8)
      let plain = Result { try JSON(bytes) }
      let counted = Result { try JSON(bytes, memoryLimit: bytes.count * 40 - 1) }
      switch (plain, counted) {
      case (.success(let a), .success(let b)): #expect(a == b)
      case (.failure(let a), .failure(let b)): #expect(a as? JSONError == b as? JSONError)
      default: Issue.record("\(text) is read with counting or without, not both")
      }
    }
  }
}
