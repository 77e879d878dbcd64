import Classifiers
import Datasets
import Foundation
import Testing

private func texts(_ file: TableFile) throws -> [String] {
  let model = Model.tiny(classes: ["bad", "good"])
  var dataset = try DatasetSource(file).open(for: model)
  var texts: [String] = []
  _ = try dataset.read { line in
    if case .example(let example) = line { texts.append(example.text) }
  }
  return texts
}

@Test func `a file is read by its name, its content, or what the user says`() throws {
  let table = "text;label\none;bad\n\"two; too\";good\n"
  let named = try TemporaryFile(table)
  #expect(try texts(TableFile(path: named.path)) == ["one", "two; too"])
  let unnamed = try TemporaryFile("{\"text\": \"one\", \"label\": \"bad\"}\n", name: "rows")
  #expect(try texts(TableFile(path: unnamed.path)) == ["one"])
  let tabs = try TemporaryFile("text\tlabel\none\tbad\n", name: "rows.dat")
  var file = TableFile(path: tabs.path)
  file.format = TextFormatCatalog.format(named: "tsv")
  #expect(try texts(file) == ["one"])
  // a file is removed with its last reference
  withExtendedLifetime((named, unnamed, tabs)) {}
}

@Test func `a file that holds no text is refused whatever the user says it is`() throws {
  let file = try TemporaryFile("PAR1\u{0}\u{1}", name: "rows.csv")
  var table = TableFile(path: file.path)
  #expect(throws: TextFileError.self) { try table.open() }
  table.format = TextFormatCatalog.format(named: "csv")
  #expect(throws: TextFileError.self) { try table.open() }
}

@Test func `a file that is not there is told in the system's words`() {
  #expect(
    throws: TextFileError.unreadable(path: "/no/rows.csv", reason: "no such file or directory")
  ) { try TableFile(path: "/no/rows.csv").open() }
}

@Test func `only a regular file can be read again`() throws {
  let file = try TemporaryFile("text,label\n")
  #expect(TableFile(path: file.path).canBeReadAgain)
  let link = file.folder + "/link.csv"
  try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file.path)
  #expect(TableFile(path: link).canBeReadAgain)
  #expect(!TableFile(path: "/dev/null").canBeReadAgain && !TableFile(path: "-").canBeReadAgain)
}

@Test func `a limit ends the reading`() throws {
  let file = try TemporaryFile("text,label\none,bad\ntwo,good\nthree,bad\n")
  var source = DatasetSource(TableFile(path: file.path))
  source.limit = 2
  var dataset = try source.open(for: .tiny(classes: ["bad", "good"]))
  var count = 0
  let facts = try dataset.read { _ in count += 1 }
  #expect(count == 2 && facts.labelColumns == ["label"])
}

@Test func `bytes come part by part, and all of them once`() throws {
  let text = String(repeating: "0123456789", count: 5000)
  let file = try TemporaryFile(text, name: "a.txt")
  let bytes = try InputBytes(path: file.path)
  #expect(bytes.share == 0)
  let first = try bytes.next()
  #expect(!first.isEmpty && first.count < text.utf8.count)
  #expect(bytes.share == Double(first.count) / Double(text.utf8.count))
  #expect(first + (try bytes.all()) == Array(text.utf8))
  #expect(try bytes.next().isEmpty && bytes.share == 1)
}

@Test func `a text without end is given up`() throws {
  #expect(throws: TextFileError.self) { try InputBytes(path: "/dev/zero").all() }
}
