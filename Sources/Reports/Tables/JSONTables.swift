internal import Documents

/// One object per line.
struct JSONLinesTable: TableReport {
  private let head: TableHead

  init(_ head: TableHead) { self.head = head }

  var opening: Output { .empty }

  func output(of row: [JSON], isFirst: Bool) -> Output {
    Output("\(head.object(row))\n" as JSONText)
  }
}

/// One document with a list of rows, which are written as they arrive.
struct JSONDocumentTable: TableReport {
  private let head: TableHead

  init(_ head: TableHead) { self.head = head }

  var opening: Output {
    let members = [.init("schema", .integer(1)), .init("title", .string(head.title))] + head.facts
    let start = members.map { "\($0.key): \($0.value), " as JSONText }
    return Output("{\(start.joined())\"rows\": [\n" as JSONText)
  }

  func output(of row: [JSON], isFirst: Bool) -> Output {
    let separator: JSONText = isFirst ? "" : ",\n"
    return Output("\(separator)\(head.object(row))" as JSONText)
  }

  var closing: Output { Output("\n]}\n" as JSONText) }
}
