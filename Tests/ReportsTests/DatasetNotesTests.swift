import Classifiers
import Datasets
import Reports
import Testing

private func facts(_ text: String) throws -> DatasetFacts {
  let bytes = Array(text.utf8)
  let reader = DatasetReader(
    try TextFormatCatalog.format(ofFile: "a.csv", first: bytes), classes: ["negative", "positive"],
    isMultiLabel: false)
  var source = TableSource(ByteStream(bytes))
  return try reader.read(&source) { _ in }
}

@Suite struct `what is said of a data set` {
  @Test func `is how its columns and labels were understood`() throws {
    let facts = try facts("id,text,label\n1,good,1\n2,bad,0\n3,fine,1\n")
    #expect(
      DatasetNotes.columns(facts)
        == "text \"text\", label \"label\" (0 = negative, 1 = positive), id \"id\"")
  }

  @Test func `is nothing where nothing is in doubt`() throws {
    #expect(DatasetNotes.lines(try facts("text,label\ngood,positive\nbad,negative\n")).isEmpty)
  }

  @Test func `is which columns of one name count, and which texts are not read`() throws {
    var facts = try facts("text,label\ngood,positive\nbad,negative\n")
    (facts.repeatedNames, facts.repeatedKeys) = (["a"], ["b"])
    facts.unreadTexts = ["title", "body"]
    facts.singleByteFields = 2
    #expect(
      DatasetNotes.lines(facts) == [
        "2 fields not in UTF-8: read as windows-1252; --encoding changes that",
        "columns 'title', 'body' also hold text and were not read; --pair-column reads one of them as a second text",
        "several columns are called 'a': the first keeps the name, the next is 'a.2'",
        "an object has 'b' more than once: the last one counts",
      ])
  }
}

@Test func `an assumption about classes is a sentence`() throws {
  let second = Sample.model(classes: ["LABEL_0", "LABEL_1"])
  let match = try ClassMatch(second, beside: Sample.model(classes: ["negative", "positive"]))
  #expect(
    match.assumption
      == "the classes of tiny and tiny were matched by the numbers in their names: LABEL_0 ="
      + " negative, LABEL_1 = positive")
  let same = try ClassMatch(second, beside: second)
  #expect(same.assumption == nil)
}
