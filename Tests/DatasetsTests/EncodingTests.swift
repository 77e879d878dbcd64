import Datasets
import Testing

private func texts(
  _ bytes: [UInt8], _ fallback: FieldDecoder.Fallback = .whereLikely,
  encoding: SourceEncoding? = nil, part: Int = 1000
) throws -> (texts: [String?], encoding: SourceEncoding?, singleByteFields: Int) {
  var rest = bytes[...]
  var source = TableSource(
    ByteStream(encoding: encoding) {
      let first = Array(rest.prefix(part))
      rest = rest.dropFirst(part)
      return first
    }, fallback: fallback)
  var texts: [String?] = []
  let format = try #require(TextFormatCatalog.format(named: "txt"))
  try format.readTexts(&source) { line in
    if case .record(let record) = line, case .text(let text) = record.content {
      texts.append(text)
    } else {
      texts.append(nil)
    }
  }
  return (texts, source.stream.encoding, source.decoder.singleByteFields)
}

private func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
  ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
    let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    return bigEndian ? bytes : bytes.reversed()
  }
}

@Test(arguments: [false, true], [false, true])
func `UTF-16 is read in either order, with and without its mark`(
  _ bigEndian: Bool, _ mark: Bool
) throws {
  let bytes = utf16("plain words\né 中 😀\r\nend", bigEndian: bigEndian, mark: mark)
  for part in [1, 2, 3, 1000] {
    let read = try texts(bytes, part: part)
    #expect(read.texts == ["plain words", "é 中 😀", "end"])
    #expect(read.encoding == (bigEndian ? .utf16BigEndian : .utf16LittleEndian))
  }
}

@Test func `half a surrogate pair costs its line and no other`() throws {
  let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0, 0x0A, 0, 0x00, 0xD8, 0x0A, 0, 0x62, 0]
  #expect(try texts(bytes, .none).texts == ["a", nil, "b"])
  #expect(try texts(bytes).texts == ["a", nil, "b"])
  #expect(try texts([0xFF, 0xFE, 0x61, 0, 0x62]).texts == [nil])
}

@Test func `a mark of UTF-8 is no part of the text`() throws {
  #expect(try texts([0xEF, 0xBB, 0xBF, 0x61]).texts == ["a"])
}

@Test func `Western European single bytes are read where they look like words`() throws {
  // café, naïve, and the curly quotes and the dash of windows-1252
  let bytes: [UInt8] =
    Array("caf".utf8) + [0xE9, 0x0A] + Array("na".utf8) + [0xEF] + Array("ve ".utf8)
    + [0x93] + Array("so".utf8) + [0x94, 0x20, 0x96, 0x0A]
  let read = try texts(bytes)
  #expect(read.texts == ["café", "naïve “so” –"])
  #expect(read.singleByteFields == 2)
  #expect(try texts(bytes, .none).texts == [nil, nil])
}

@Test func `a file that has shown UTF-8 is not read as single bytes`() throws {
  let bytes = Array("café\n".utf8) + Array("caf".utf8) + [0xE9]
  #expect(try texts(bytes).texts == ["café", nil])
}

@Test func `bytes that are no words are refused`() throws {
  #expect(try texts([0x61, 0xFF]).texts == [nil])
  #expect(try texts([0x61, 0x81]).texts == [nil])
  #expect(try texts([0xC3, 0x28, 0xA0, 0xA1]).texts == [nil])
}

@Test func `the user's word on the encoding is taken`() throws {
  #expect(
    try texts([0xC3, 0xA9], .always, encoding: .windows1252).texts == ["Ã©"])
}
