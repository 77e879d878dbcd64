import Datasets
import Documents
import Testing

private struct Reading {
  var golds: [[Int]?] = []
  var badLines: [Int] = []
  var facts: DatasetFacts
}

/// Reads a table as a file that can be read twice.
private func read(
  _ text: String, as format: String = "csv", classes: [String], isMultiLabel: Bool = false,
  _ change: (inout DatasetReader.Options) -> Void = { _ in }
) throws -> Reading {
  var options = DatasetReader.Options()
  change(&options)
  let reader = DatasetReader(
    try #require(TextFormatCatalog.format(named: format)), classes: classes,
    isMultiLabel: isMultiLabel,
    options: options)
  func source() -> TableSource { TableSource(ByteStream(Array(text.utf8))) }
  var golds: [[Int]?] = []
  var bad: [Int] = []
  var first = source()
  let facts = try reader.read(&first, again: source) { line in
    switch line {
    case .example(let example): golds.append(example.gold.classes)
    case .bad(let row):
      golds.append(nil)
      bad.append(row.line)
    }
  }
  return Reading(golds: golds, badLines: bad, facts: facts)
}

private func table(_ labels: [String]) -> String {
  "text,label\n" + labels.map { "some words,\($0)\n" }.joined()
}

private func golds(_ labels: [String], _ classes: [String]) throws -> [Int?] {
  try read(table(labels), classes: classes).golds.map { $0?.first }
}

private let numbered: [([String], [String])] = [
  (["1", "5", "3", "2"], ["1", "2", "3", "5"]),
  (["1.0", "5.0", "3.0", "2.0"], ["1", "2", "3", "5"]),
  (["1", "5", "3", "2"], ["1.0", "2.0", "3.0", "5.0"]),
  (["1 star", "5 stars", "3 stars", "2 stars"], ["1", "2", "3", "5"]),
  (["1", "5.0", "3", "2"], ["1 star", "2 stars", "3 stars", "5 stars"]),
  (["class_1", "class_5", "class_3", "class_2"], ["Class 1", "Class 2", "Class 3", "Class 5"]),
  (["__label__1", "__label__5", "__label__3", "__label__2"], ["1", "2", "3", "5"]),
]

@Test(arguments: numbered)
func `numbers in labels and in the names of classes are the same numbers`(
  _ labels: [String], _ classes: [String]
) throws {
  #expect(try golds(labels, classes) == [0, 3, 2, 1])
}

@Test func `a class that is called a number is never meant by its place`() throws {
  #expect(try golds(["0.0", "1.0"], ["1", "0"]) == [1, 0])
  #expect(
    try golds(["1", "2", "3", "5", "4", "0"], ["1", "2", "3", "5"]) == [0, 1, 2, 3, nil, nil])
  #expect(try golds(["007", "7"], ["7", "007"]) == [1, 0])
}

private let meant: [([String], [String])] = [
  (["neg", "POS", "Positive", " negative "], ["NEGATIVE", "POSITIVE"]),
  (["negative", "positive", "positive", "negative"], ["neg", "pos"]),
  (["0", "1", "1", "0"], ["negative", "positive"]), (["-1", "1", "1.0", "-1"], ["neg", "pos"]),
  (["1", "2", "2", "1"], ["negative", "positive"]),
  (["0", "4", "4", "0"], ["negative", "positive"]),
  (["False", "true", "TRUE", "false"], ["negative", "positive"]),
  (["LABEL_0", "LABEL_1", "label_1", "LABEL_0"], ["negative", "positive"]),
  (["no", "yes", "1", "0"], ["not toxic", "toxic"]),
  (["non-toxic", "Toxic", "toxic", "not_toxic"], ["not toxic", "toxic"]),
  (["ham", "spam", "1", "0"], ["not_spam", "spam"]), (["1", "2", "2", "1"], ["A", "B"]),
]

@Test(arguments: meant)
func `labels mean the class that they say`(_ labels: [String], _ classes: [String]) throws {
  #expect(try golds(labels, classes) == [0, 1, 1, 0])
}

@Test func `a larger number is more positive, in whatever order the classes stand`() throws {
  let reading = try read(table(["0", "1", "1"]), classes: ["POSITIVE", "NEGATIVE"])
  #expect(reading.golds == [[1], [0], [0]] && reading.facts.labels.isUncertain)
  #expect(try golds(["0", "1", "2"], ["positive", "negative", "neutral"]) == [1, 2, 0])
  #expect(try golds(["LABEL_0", "LABEL_1"], ["POSITIVE", "NEGATIVE"]) == [0, 1])
}

@Test func `numbers are counted from one where the whole file says so`() throws {
  let five = ["a", "b", "c", "d", "e"]
  #expect(try golds(["1", "2", "3", "4", "5"], five) == [0, 1, 2, 3, 4])
  #expect(try golds(["1", "2", "3", "4", "5"], ["0", "1", "2", "3", "4"]) == [0, 1, 2, 3, 4])
  #expect(
    try golds(["0", "1", "4"], ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]) == [0, 1, 4])
  // sorted, so that the first rows don't tell
  let sorted = (1...5).flatMap { Array(repeating: String($0), count: 300) }
  let reading = try read(table(sorted), classes: five)
  #expect(reading.golds.first == [0] && reading.golds.last == [4] && reading.badLines.isEmpty)
  #expect(reading.facts.labels.isUncertain)
  #expect(reading.facts.labels.meanings.first?.label == "1")
}

@Test func `one wrong row doesn't change what the others mean`() throws {
  let fromZero = (0..<5).flatMap { Array(repeating: String($0), count: 40) }
  let reading = try read(table(fromZero + ["5"]), classes: ["a", "b", "c", "d", "e"])
  #expect(reading.golds.first == [0] && reading.badLines == [202])
  let fromOne = (1...5).flatMap { Array(repeating: String($0), count: 40) }
  let other = try read(table(["0"] + fromOne), classes: ["a", "b", "c", "d", "e"])
  #expect(other.golds.last == [4] && other.badLines == [2])
  let named = try read(
    table(["negative", "positive", "posit", "mixed", "7"]), classes: ["negative", "positive"])
  #expect(named.golds == [[0], [1], nil, nil, nil])
}

@Test func `abbreviations count where they fit one class alone`() throws {
  let topics = ["business", "sports", "technology"]
  #expect(try golds(["bus", "sport", "tech"], topics) == [0, 1, 2])
  #expect(try read(table(["bus", "sport", "tech"]), classes: topics).facts.labels.isUncertain)
}

@Test func `one column of 0 and 1 a class is a label too`() throws {
  let rows = "A lovely evening,0,1\nTerrible film,1,0\nBoth,1,1\nNone,0,0\nGreat band,0.0,1.0\n"
  let reading = try read("text,Negative,positive\n" + rows, classes: ["negative", "positive"])
  #expect(reading.golds == [[1], [0], nil, nil, [1]])
  #expect(reading.facts.labelColumns == ["Negative", "positive"])
  let several = try read(
    "text,is_b,a,c\nx,1,0,1\ny,0,0,0\n", classes: ["a", "b", "c"], isMultiLabel: true)
  #expect(several.golds == [[1, 2], []])
}

@Test func `a column that is called as one of two classes says whether a text has it`() throws {
  let toxic = try read("text,toxic\nx,1\ny,0\nz,\n", classes: ["not toxic", "toxic"])
  #expect(toxic.golds == [[1], [0], nil])
  #expect(toxic.facts.labels.meanings.map(\.className) == ["not toxic", "toxic"])
  #expect(
    try read("text,negative\nx,1\ny,0\n", classes: ["negative", "positive"]).golds == [[0], [1]])
}

@Test func `a column of numbers that nobody called a label is none`() throws {
  #expect(throws: TextFileError.noLabelColumn(columns: ["verified"])) {
    try read(
      "review,verified\nA lovely evening,0\nBad food,1\n", classes: ["negative", "positive"])
  }
  #expect(
    try read(
      "review,verified\nA lovely evening,0\nBad food,1\n", classes: ["negative", "positive"]
    ) { $0.columns.label = "verified" }.golds == [[0], [1]])
}

@Test func `labels that explain little are not taken for classes`() throws {
  #expect(throws: TextFileError.self) {
    try golds((1...5).map(String.init), ["negative", "positive"])
  }
}

@Test(arguments: [
  ["1", "0"], ["true", "false"], ["toxic", "not toxic"], ["1.0", "0.0"], ["yes", "no"],
])
func `a model with one class takes yes and no`(_ labels: [String]) throws {
  let reading = try read(table(labels), classes: ["toxic"], isMultiLabel: true)
  #expect(reading.golds == [[0], []])
  let flags = try read("text,toxic\nx,1\ny,0\n", classes: ["toxic"], isMultiLabel: true)
  #expect(flags.golds == [[0], []])
}

@Test func `a second text is told and not dropped in silence`() throws {
  func unread(_ header: String, _ row: String) throws -> (String?, [String]) {
    let facts = try read(header + "\n" + row + "\n", classes: ["no", "yes"]).facts
    return (facts.columns.text, facts.unreadTexts)
  }
  #expect(try unread("premise,hypothesis,label", "a b,c d,no") == ("premise", ["hypothesis"]))
  #expect(try unread("idx,sentence1,sentence2,label", "1,a,b,no") == ("sentence1", ["sentence2"]))
  #expect(try unread("question,sentence,label", "a,b,yes") == ("question", ["sentence"]))
  #expect(try unread("label,title,body", "yes,short,it was long") == ("body", ["title"]))
  #expect(
    try unread("text,label,remark", "a b,no,this was added by some other person") == (
      "text", ["remark"]
    ))
  #expect(
    try unread("text,label,date,city", "a b,no,Mon 3 Jan 2022 10:00,New York") == ("text", []))
}

@Test func `what two models call alike is told from what they don't`() {
  let sentiment = ["negative", "positive"]
  #expect(ClassMatching.byName(["POS", "bad"], to: sentiment) == [nil, 0])
  #expect(ClassMatching.byName(["LABEL_0", "LABEL_1"], to: sentiment) == [nil, nil])
  #expect(ClassMatching.byName(["pos", "POSITIVE", "neg"], to: sentiment) == [2, nil])
  #expect(ClassMatching.byName([], to: sentiment) == [nil, nil])
  let given = [(label: "two", className: "negative"), (label: "one", className: "positive")]
  #expect(ClassMatching(["one", "two"], to: sentiment, given: given)?.places == [1, 0])
}

@Test func `two models know the same classes by name, meaning or number`() {
  func places(_ others: [String], _ classes: [String]) -> [Int]? {
    ClassMatching(others, to: classes)?.places
  }
  let sentiment = ["negative", "positive"]
  #expect(ClassMatching(["NEGATIVE", "POSITIVE"], to: sentiment)?.isByName == true)
  #expect(places(["POS", "NEG"], sentiment) == [1, 0])
  #expect(places(["1", "0"], ["0.0", "1.0"]) == [1, 0])
  #expect(ClassMatching(["1", "0"], to: ["0.0", "1.0"])?.isByName == true)
  #expect(places(["LABEL_0", "LABEL_1"], sentiment) == [0, 1])
  #expect(ClassMatching(["LABEL_0", "LABEL_1"], to: sentiment)?.isByName == false)
  #expect(places(["b", "c", "a"], ["LABEL_0", "LABEL_1", "LABEL_2"]) == [0, 1, 2])
  #expect(places(["sport", "tech"], sentiment) == nil)
  #expect(places(["negative", "neutral", "positive"], sentiment) == nil)
  #expect(places(["negative", "NEGATIVE"], sentiment) == nil)
}
