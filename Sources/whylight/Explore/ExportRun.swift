internal import Attribution
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Writes what is on the explorer's screen to a file, by the writers of the commands.
struct ExportRun: Sendable {
  let export: Export
  let model: Model?
  let theme: Theme
  /// What the program reads, which no export may replace.
  let inputs: InputFiles
  let form: CSVForm

  /// - Returns: the bytes that were written.
  /// - Throws: `WholeFileError.exists` where the file must not be replaced; `Failure`.
  func run() throws -> Int {
    if export.format == .png { try Rasterizer.check() }
    let path = PathCompletions.expanded(export.path)
    try inputs.check(output: path)
    let file = try WholeFile(path: path, mayReplace: export.mayReplace)
    var count = 0
    func write(_ bytes: [UInt8]) throws {
      count += bytes.count
      try file.write(bytes[...])
    }
    switch export.content {
    case .explanation(let explanation): try write(try bytes(of: explanation))
    case .picture(let frame): try write(try bytes(of: frame))
    case .table(let content): try writeTable(content) { try write(Array($0.text.utf8)) }
    case .examples(let content): try writeExamples(content) { try write(Array($0.text.utf8)) }
    }
    try file.finish()
    return count
  }

  // MARK: An explanation

  private func bytes(of exported: ExportedExplanation) throws -> [UInt8] {
    let choice = exported.choice
    guard let model, let card = Catalog.explainer(named: choice.method)?.card else {
      throw Failure.run("the model is not there any more")
    }
    let explanation = ExplainedText(
      prediction: exported.prediction, card: card, target: choice.target,
      attribution: exported.attribution, seconds: exported.seconds)
    let report: any Report =
      switch export.format {
      case .html: HTMLReport(model: model)
      case .svg, .png: SVGReport(model: model)
      case .csv: CSVReport(model: model, form: form)
      case .json, .jsonl: JSONReport(model: model)
      case .markdown: MarkdownReport(model: model)
      case .ansi: TextReport(model: model, paint: TerminalPaint(theme: theme, colors: .indexed256))
      case .text: TextReport(model: model, paint: nil)
      }
    let record = TextRecord(line: 1, content: .text(exported.prediction.encoding.text))
    let text = report.whole(explanation, record: record).text
    return export.format == .png ? try Rasterizer.png(text) : Array(text.utf8)
  }

  // MARK: The screen

  private func bytes(of frame: Frame) throws -> [UInt8] {
    if export.format == .ansi {
      let paint = TerminalPaint(theme: theme, colors: .indexed256)
      let lines = (0..<frame.size.rows).map { row -> PlainText in
        paint.text(
          of: (0..<frame.size.columns).map { frame[Position(column: $0, row: row)] })
      }
      return Array((lines.joined(separator: "\n") + "\n").text.utf8)
    }
    let picture = ScreenSVG(theme: theme).text(of: frame).text
    return export.format == .png ? try Rasterizer.png(picture) : Array(picture.utf8)
  }

  // MARK: Tables

  private func text(_ title: String, _ header: [String]) throws -> TableText {
    guard let text = TableText(export.format, title: title, header: header, form: form) else {
      throw Failure.run("a table can't be written as \(export.format.rawValue)")
    }
    return text
  }

  private func writeTable(_ content: ExportedTable, _ write: (Output) throws -> Void) throws {
    let text = try text(content.title, content.header)
    try write(text.opening)
    for (index, row) in content.rows.enumerated() {
      try write(text.text(of: row.map(Self.value), isFirst: index == 0))
    }
    try write(text.closing)
  }

  /// What looks like a number is one.
  private static func value(_ text: String) -> JSON {
    Float(text).flatMap { $0.isFinite ? JSON.float($0) : nil } ?? .string(text)
  }

  private func writeExamples(
    _ content: ExportedExamples, _ write: (Output) throws -> Void
  ) throws {
    let table = content.table
    let columns = ExampleColumns(
      table, content.annotations,
      hasRationales: content.rows.contains { table[$0].rationale != nil })
    var text = try text(content.title, columns.header)
    text.facts = [.init("filter", .string(content.query))]
    if let model { text.facts.append(.init("model", .string(model.name))) }
    try write(text.opening)
    for (index, row) in content.rows.enumerated() where row < table.count {
      try write(text.text(of: columns.values(ofRow: row), isFirst: index == 0))
    }
    try write(text.closing)
  }
}

/// The columns of exported examples: a file that a data set can be made of again.
struct ExampleColumns {
  private let table: ExampleTable
  private let annotations: Annotations
  private let hasRationales: Bool

  init(_ table: ExampleTable, _ annotations: Annotations, hasRationales: Bool) {
    self.table = table
    self.annotations = annotations
    self.hasRationales = hasRationales
  }

  var header: [String] {
    ["row", "id", "text", "label", "new_label", "note", "predicted", "p", "p_gold", "loss"]
      + ["top_evidence"] + (table.other == nil ? [] : ["other"])
      + (hasRationales ? ["rationale"] : [])
  }

  func values(ofRow row: Int) -> [JSON] {
    let example = table[row]
    let entry = annotations.entries[example.fileRow]
    func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
    func name(_ gold: Gold) -> JSON {
      gold == .unknown ? .null : .string(table.name(of: gold))
    }
    func number(_ value: Float) -> JSON { value.isFinite ? .float(value) : .null }
    return [
      .integer(example.fileRow), text(example.id), .string(example.text), name(example.gold),
      text(entry?.label), text(entry?.note), name(example.predicted),
      number(example.probability), number(example.goldProbability), number(example.loss),
      text(table.evidence[row]?.text),
    ] + (table.other.map { [$0.answer(row).map(name) ?? .null] } ?? [])
      + (hasRationales ? [example.rationale ?? .null] : [])
  }
}
