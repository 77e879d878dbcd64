import Datasets
import Documents
import Reports
import TerminalUI
import Testing

/// A catalogue with a format more, which is one file and a line here.
private let extended = OutputCatalog(OutputCatalog.standard.formats + [.shout])

@Suite struct `an output format` {
  @Test func `is a file and a line: commands and exports offer what it can write`() throws {
    #expect(extended.formats(writing: \.predictions).contains(.shout))
    #expect(extended.formats(writing: \.explanations).contains(.shout))
    #expect(extended.formats(writing: \.evaluation).contains(.shout))
    #expect(extended.formats(writing: \.table).contains(.shout))
    #expect(!extended.formats(writing: \.screen).contains(.shout))
    #expect(!extended.formats(writing: \.facts).contains(.shout))
    #expect(extended.help(writing: \.predictions) == "text, json, jsonl, csv or shout.")
    #expect(
      extended.help(writing: \.evaluation)
        == "text, json, csv (the scores by class), html or shout (figures alone).")
    #expect(extended.format(named: "shout") == .shout)
    #expect(extended.format(ofFile: "a/b.SHT") == .shout)
    #expect(OutputCatalog.standard.format(named: "shout") == nil)
  }

  @Test func `writes each of its documents`() throws {
    let settings = ReportSettings(model: Sample.model)
    let predictions = try #require(OutputFormat.shout.predictions?(settings))
    #expect(
      predictions.output(of: Sample.prediction(), record: Sample.record(), index: 0, rank: nil).text
        == "GOOD!\n")
    let explanations = try #require(OutputFormat.shout.explanations?(settings))
    #expect(explanations.sample() == "BY HAND!\n")
    let table = try #require(
      OutputFormat.shout.table?(TableHead(title: "t", header: ["a"])))
    #expect(table.output(of: [.string("x")], isFirst: true).text == "1 CELL!\n")
  }

  @Test func `is offered in the order of help`() {
    let catalog = OutputCatalog.standard
    #expect(catalog.help(writing: \.predictions) == "text, json, jsonl or csv.")
    #expect(
      catalog.help(writing: \.explanations)
        == "text (coloured where the output is a terminal), ansi (coloured anywhere), json, jsonl,"
        + " csv, html, svg, png (by rsvg-convert), markdown or atoms (CSV with a row for each atom of a"
        + " molecule).")
    #expect(
      catalog.help(writing: \.evaluation) == "text, json, csv (the scores by class) or html.")
    #expect(catalog.help(writing: \.facts) == "text or json.")
    #expect(
      catalog.formats(writing: \.screen, first: [.svg, .text, .png]) == [.svg, .png, .ansi])
  }

  @Test(arguments: OutputCatalog.standard.formats)
  func `has a name, an ending and a writer`(_ format: OutputFormat) {
    let names = OutputCatalog.standard.formats.flatMap { [$0.name] }
    let endings = OutputCatalog.standard.formats.map(\.ending)
    #expect(Set(names).count == names.count && Set(endings).count == endings.count)
    #expect(!format.summary.isEmpty && !format.ending.isEmpty)
    #expect(format.explanations != nil)
    #expect(OutputCatalog.standard.format(ofFile: "x.\(format.ending)") == format)
    #expect(OutputCatalog.standard.format(ofFile: "x.\(format.name.uppercased())") == format)
  }

  @Test func `is told by a file's name alone`() {
    let catalog = OutputCatalog.standard
    #expect(catalog.format(ofFile: "svg") == nil && catalog.format(ofFile: "a.b/c") == nil)
    #expect(catalog.format(ofFile: "a/b.tar.md") == .markdown)
    #expect(catalog.rowFormat(ofFile: "rows.jsonl") == .jsonl)
    #expect(catalog.rowFormat(ofFile: "rows.ndjson") == .jsonl)
    #expect(catalog.rowFormat(ofFile: "rows.csv") == .csv)
    #expect(catalog.rowFormat(ofFile: "/dev/stdout") == .csv)
  }

  @Test func `tells a bad line in its own form or not at all`() {
    #expect(
      OutputFormat.json.badLine?(4, "no \"text\"").text.hasSuffix("\"no \\\"text\\\"\"}\n") == true)
    #expect(OutputFormat.text.badLine == nil && OutputFormat.csv.badLine == nil)
  }

  @Test func `of screens writes the frame`() throws {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    frame.write("ab", at: Position(column: 1, row: 1), style: Style(.title, .bold))
    let capture = ScreenCapture(frame: frame, theme: ThemeLibrary().preferred(.dark))
    let lines = try #require(OutputFormat.ansi.screen?(capture)).text
    #expect(lines.hasPrefix("\n ") && lines.contains("\u{1B}[") && lines.contains("ab"))
    #expect(try #require(OutputFormat.svg.screen?(capture)).text.hasPrefix("<svg "))
  }
}
