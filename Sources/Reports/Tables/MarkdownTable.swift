internal import Documents

struct MarkdownTable: TableReport {
  private let head: TableHead

  init(_ head: TableHead) { self.head = head }

  var opening: Output {
    let facts = head.facts.map { "\($0.key): \($0.value.cell)\n\n" as MarkdownText }
    let line = head.header.map { _ in " --- |" as MarkdownText }.joined()
    return Output(
      "## \(head.title)\n\n\(facts.joined())| \(Self.cells(head.header)) |\n|\(line)\n"
        as MarkdownText)
  }

  func output(of row: [JSON], isFirst: Bool) -> Output {
    Output("| \(Self.cells(row.map(\.cell))) |\n" as MarkdownText)
  }

  private static func cells(_ cells: [String]) -> MarkdownText {
    cells.map { MarkdownText($0) }.joined(separator: " | ")
  }
}
