import Datasets
import Reports
import Testing
import Tokenizers

@Test func `what the model did not take in is told as a sentence`() {
  let unread = Truncation(tokens: 1212, read: 64, side: .right, rest: .unread, utf8Range: 200..<900)
  #expect(
    unread.sentence == "The model read the first 64 of 1,212 tokens; it did not see the rest.")
  let unpooled = Truncation(tokens: 16, read: 6, side: .left, rest: .unpooled, utf8Range: 0..<9)
  #expect(unpooled.sentence.hasPrefix("The decision rests on the last 6 of 16 tokens; "))
}

@Test(arguments: [
  ("colour=red", "there is no field 'colour'"), ("p=high", "p takes a number, not 'high'"),
  ("text~\"good", "the quote is never closed"),
])
func `what is wrong with a query is told in a line`(query: String, start: String) {
  #expect(throws: QueryError.self) { try Query(query) }
  do { _ = try Query(query) } catch {
    #expect(error.sentence.hasPrefix(start), "\(error.sentence)")
  }
}
