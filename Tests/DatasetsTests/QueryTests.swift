import Datasets
import TestSupport
import Testing

private struct Row: QuerySubject {
  var values: [QueryField: QueryValue] = [
    .gold: .text("negative"), .pred: .text("Positive"), .p: .number(0.95), .loss: .number(3),
    .text: .text("I do NOT like it (at all)"), .len: .number(7), .id: .text("a-1"),
    .row: .number(41),
  ]

  func value(of field: QueryField) -> QueryValue? { values[field] }
}

@Test(arguments: [
  "", "gold!=pred p>0.9", "gold!=pred p>0.8 text~\"not|n't\" len<30", "pred=positive",
  "pred=='POSITIVE'", "not gold=pred", "p>=0.95 and p<=0.95", "gold=positive or row=41",
  "(gold=positive or row = 41) loss>2.5", "text~not text!~never", "text~\"\\(at\"",
  "text~^i.do", "id=a-1", "id~a", "note=\"\"", "note!~x", "text~'not like'", "loss>p", "P<1",
  "not (gold=pred or p<0.1)", "text~a|zzz", "gold~^neg", "like", "LIKE it p>0.9", "\"not like\"",
  "boring|like", "not boring", "boring or like", "\"(at all)\"", "l",
])
func `a query holds where all of it does`(_ query: String) throws {
  #expect(try Query(query).matches(Row()))
}

@Test(arguments: [
  "gold=pred", "p>0.95", "text~never", "gold!=pred p>0.99", "not row=41", "note=x", "label!=gold",
  "gold=positive or row=1", "text~\"\\bat not\"", "len>7", "pred=gold", "boring", "l.ke",
  "like boring",
  "not like", "\"like not\"", "boring|dull", "|", "positive",
])
func `a query fails where a part of it does`(_ query: String) throws {
  #expect(try !Query(query).matches(Row()))
}

@Test(arguments: [
  ("été", "Un ÉTÉ à Paris", true), ("été|hiver", "en HIVER", true), ("é.é", "un été", false),
  ("ça?", "ça? oui", true), ("ça?", "ça", false), ("中", "中文", true), ("👍", "ok 👍", true),
  ("C++", "I like c++ code", true), ("|", "a|b", true), ("a|", "b", false),
])
func `a word alone is looked for as it is written`(_ query: String, _ text: String, holds: Bool)
  throws
{
  var row = Row()
  row.values[.text] = .text(text)
  #expect(try Query(query).matches(row) == holds)
}

@Test func `what molecules have is a word of other texts`() throws {
  var row = Row()
  (row.values[.text], row.values[.gold]) = (.text("no charge, no rings"), .text("mistake"))
  row.values[.mistake] = .text("ring 1 is never closed")
  #expect(try Query("charge").matches(row) && Query("rings p>0.9").matches(row))
  #expect(try !Query("stereo").matches(row) && !Query("rings>0").matches(row))
  #expect(try Query("gold=mistake").matches(row) && Query("mistake~closed").matches(row))
  row.values[.rings] = .number(2)
  #expect(try Query("rings>1 rings<=2").matches(row))
  #expect(throws: QueryError.self) { try Query("rings~2") }
}

@Test func `what nobody said is neither equal nor unequal`() throws {
  var row = Row()
  row.values[.gold] = nil
  #expect(try !Query("gold!=pred").matches(row))
  #expect(try !Query("gold=pred").matches(row))
  #expect(try Query("gold=\"\"").matches(row))
  row.values[.loss] = nil
  #expect(try !Query("loss>0").matches(row) && !Query("loss<=0").matches(row))
}

@Test(arguments: [
  ("gold!=pred q>1", QueryError(.unknownField("q"), 11..<12)),
  ("p>high", QueryError(.notANumber("high", field: .p), 2..<6)),
  ("p~0.9", QueryError(.unfitOperator("~", field: .p), 1..<2)),
  ("gold<pred", QueryError(.unfitOperator("<", field: .gold), 4..<5)),
  ("p<gold", QueryError(.notANumber("gold", field: .p), 2..<6)),
  ("text~\"(\"", QueryError(.badPattern("("), 5..<8)),
  ("text~\"abc", QueryError(.openQuote, 5..<9)),
  ("(p>1", QueryError(.openParenthesis, 0..<1)),
  ("p>1)", QueryError(.unexpected(")"), 3..<4)),
  ("p>", QueryError(.noValue, 2..<2)),
  ("p> >1", QueryError(.noValue, 3..<4)),
  ("gold", QueryError(.noOperator(after: "gold"), 4..<4)),
  ("\"gold\"=x", QueryError(.unexpected("="), 6..<7)),
  ("p>1 or", QueryError(.noValue, 6..<6)),
  ("not", QueryError(.noValue, 3..<3)),
  ("=1", QueryError(.unexpected("="), 0..<1)),
  ("é>1", QueryError(.unknownField("é"), 0..<1)),
])
func `an error says what is wrong and where`(_ query: String, _ error: QueryError) {
  #expect(throws: error) { try Query(query) }
}

@Test func `nesting has an end`() {
  let query = String(repeating: "(", count: 10_000) + "p>1"
  #expect(throws: QueryError.self) { try Query(query) }
  #expect(throws: QueryError.self) { try Query(String(repeating: "not ", count: 10_000) + "p>1") }
}

@Test func `no text stops the parser`() {
  var random = SeededRandom(seed: 5)
  let parts = ["gold", "!=", "pred", "p", ">", "0.9", "(", ")", "and", "or", "not", "\"", "~", " "]
  for _ in 0..<2000 {
    let query = (0..<8).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    do {
      _ = try Query(query).matches(Row())
    } catch {
      #expect(error.range.upperBound <= query.count)
    }
  }
}
