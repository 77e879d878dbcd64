internal import Documents

struct CSVTable: TableReport {
  private let head: TableHead

  init(_ head: TableHead) { self.head = head }

  var opening: Output { Output(CSVText(row: head.header, head.csvForm)) }

  func output(of row: [JSON], isFirst: Bool) -> Output {
    Output(CSVText(row: row.map(\.cell), head.csvForm))
  }
}
