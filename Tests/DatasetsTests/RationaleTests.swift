import Datasets
import Documents
import TestSupport
import Testing

private func spans(_ json: String, _ text: String, words: [String]? = nil) throws -> [Range<Int>]? {
  RationaleSpans.ranges(try JSON(Array(json.utf8)), text: text, words: words)
}

@Test(arguments: [
  "[[4, 7], [12, 15]]", "\"[[4, 7], [12, 15]]\"", "\"[(4, 7), (12, 15)]\"", "\"4:7 12:15\"",
  "[{\"start\": 4, \"end\": 7}, {\"begin\": 12, \"end\": 15}]", "[4, 5, 6, 12, 13, 14]",
  "\"[4, 5, 6, 12, 13, 14]\"", "[0, 1, 0, 1]", "[false, true, false, true]",
  "[\"bad\", \"BAD\"]", "\"['bad']\"", "[[12, 15], [4, 7], [5, 6]]", "[0.0, 1.0, 0.0, 0.5]",
])
func `what people marked is read in the forms that data sets have`(_ json: String) throws {
  #expect(try spans(json, "the bad not bad") == [4..<7, 12..<15])
}

@Test func `spans of a text that is not ASCII are bytes or characters, as they cut no word`() throws
{
  let text = "né bad"
  #expect(try spans("[[4, 7]]", text) == [4..<7])
  #expect(try spans("[[3, 6]]", text) == [4..<7])
  #expect(try spans("[[0, 2]]", text) == [0..<3])
  #expect(try spans("[[0, 3]]", text) == [0..<3])
  #expect(try spans("[\"né\"]", text) == [0..<3])
}

@Test func `marks of words that the user split stand where the words do`() throws {
  let words = ["a b", "c", "d"]
  #expect(try spans("[1, 0, 1]", "a b c d", words: words) == [0..<3, 6..<7])
  #expect(try spans("[]", "a") == [])
}

@Test(arguments: ["\"because it is bad\"", "{\"a\": 1}", "7", "[[1]]", "[null]", "[[7, 2]]"])
func `what is no rationale is none`(_ json: String) throws {
  #expect(try spans(json, "the bad not bad!") == nil)
}

@Test func `spans beyond the text are cut at its end`() throws {
  #expect(try spans("[[4, 99], [50, 60]]", "the bad") == [4..<7])
  #expect(try spans("[99999999999999999999]", "x") == nil)
}

@Test func `the tokens that people marked are those that their spans touch`() throws {
  func marked(_ json: String, _ record: TextRecord) throws -> [Bool]? {
    var record = record
    record.fields = [.init(Rationale.field, try JSON(Array(json.utf8)))]
    return Rationale.tokens(of: record, encoding: "the Bad film".tiny)
  }
  let record = TextRecord(line: 1, content: .text("the Bad film"))
  // bos, the, cap, Bad, film
  #expect(try marked("[[4, 6]]", record) == [false, false, true, true, false])
  #expect(try marked("[\"film\"]", record) == [false, false, false, false, true])
  #expect(try marked("7", record) == nil)
  #expect(Rationale.tokens(of: record, encoding: "the Bad film".tiny) == nil)
}
