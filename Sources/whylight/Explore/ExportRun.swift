internal import Attribution
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Writes the contents of the explorer's screen to a file, with the writers of the commands.
struct ExportRun: Sendable {
  let export: Export
  let model: Model?
  let theme: Theme
  /// The files that the program reads, which no export may overwrite.
  let inputs: InputFiles
  let form: CSVForm

  /// - Returns: the number of bytes written.
  /// - Throws: `WholeFileError.exists` if the file must not be replaced; `Failure`.
  func run() throws -> Int {
    try export.format.rasterizer?.check()
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
    guard let model, let card = ExplainerCatalog.explainer(named: choice.method)?.card else {
      throw Failure.run("the model is no longer open")
    }
    var explanation = ExplainedText(
      prediction: exported.prediction, card: card, target: choice.target,
      attribution: exported.attribution, seconds: exported.seconds)
    if exported.isMolecule {
      explanation.molecule = ExplainedMolecule(
        exported.prediction.encoding, scores: exported.attribution.scores)
    }
    let settings = ReportSettings(model: model, csvForm: form, theme: theme)
    guard let report = export.format.explanations?(settings) else { throw unfit("an explanation") }
    let record = TextRecord(
      line: 1,
      content: TextRecord.Content(
        text: exported.prediction.encoding.text, pair: exported.prediction.encoding.pair))
    return try export.format.bytes(of: report.whole(explanation, record: record))
  }

  private func unfit(_ content: String) -> Failure {
    .run("\(content) can't be written as \(export.format.name)")
  }

  // MARK: The screen

  private func bytes(of frame: Frame) throws -> [UInt8] {
    guard let picture = export.format.screen?(ScreenCapture(frame: frame, theme: theme)) else {
      throw unfit("a picture")
    }
    return try export.format.bytes(of: picture)
  }

  // MARK: Tables

  private func table(_ head: TableHead) throws -> any TableReport {
    guard let table = export.format.table?(head) else { throw unfit("a table") }
    return table
  }

  private func writeTable(_ content: ExportedTable, _ write: (Output) throws -> Void) throws {
    let table = try table(
      TableHead(title: content.title, header: content.header, csvForm: form))
    try write(table.opening)
    for (index, row) in content.rows.enumerated() {
      try write(table.output(of: row.map(Self.value), isFirst: index == 0))
    }
    try write(table.closing)
  }

  /// A number if it looks like one.
  private static func value(_ text: String) -> JSON {
    Float(text).flatMap { $0.isFinite ? JSON.float($0) : nil } ?? .string(text)
  }

  private func writeExamples(
    _ content: ExportedExamples, _ write: (Output) throws -> Void
  ) throws {
    let examples = content.table
    let columns = ExampleColumns(
      examples, content.annotations,
      hasPairs: content.rows.contains { examples[$0].pair != nil },
      hasRationales: content.rows.contains { examples[$0].rationale != nil })
    var facts: [JSON.Member] = [.init("filter", .string(content.query))]
    if let model { facts.append(.init("model", .string(model.name))) }
    let table = try table(
      TableHead(title: content.title, header: columns.header, facts: facts, csvForm: form))
    try write(table.opening)
    for (index, row) in content.rows.enumerated() where row < examples.count {
      try write(table.output(of: columns.values(ofRow: row), isFirst: index == 0))
    }
    try write(table.closing)
  }
}

/// The columns of exported examples, which can be read back as a data set.
struct ExampleColumns {
  private let table: ExampleTable
  private let annotations: Annotations
  private let hasPairs: Bool
  private let hasRationales: Bool

  init(
    _ table: ExampleTable, _ annotations: Annotations, hasPairs: Bool = false, hasRationales: Bool
  ) {
    self.table = table
    self.annotations = annotations
    self.hasPairs = hasPairs
    self.hasRationales = hasRationales
  }

  var header: [String] {
    ["row", "id", "text"] + (hasPairs ? ["pair"] : []) + [
      "label", "new_label", "note", "predicted", "p", "p_gold", "loss",
    ]
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
    func numbers(_ values: [Float]?) -> JSON {
      guard let values, values.count != 1 else { return values?.first.map(number) ?? .null }
      return .array(values.map(number))
    }
    func number(_ value: Float) -> JSON { value.isFinite ? .float(value) : .null }
    var cells: [JSON] = [.integer(example.fileRow), text(example.id), .string(example.text)]
    if hasPairs { cells.append(text(example.pair)) }
    cells += [
      example.numbers.map { numbers($0.right) } ?? name(example.gold), text(entry?.label),
      text(entry?.note), example.numbers.map { numbers($0.said) } ?? name(example.predicted),
      number(example.probability), number(example.goldProbability), number(example.loss),
      text(table.evidence[row]?.text),
    ]
    if let other = table.other { cells.append(other.answer(row).map(name) ?? .null) }
    if hasRationales { cells.append(example.rationale ?? .null) }
    return cells
  }
}
