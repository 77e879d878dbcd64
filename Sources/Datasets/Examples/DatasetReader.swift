internal import Documents

/// Reads the labelled texts of a file for a model.
public struct DatasetReader {
  public struct Options: Sendable {
    public var columns = ColumnNames()
    /// What the user says labels mean: pairs of a label and the name of a class.
    public var labelMap: [(label: String, className: String)] = []
    /// What stands between the labels of one text; nil where it is to be found out.
    public var labelSeparator: Character?
    /// A file without labels is refused.
    public var requiresLabels = true

    public init() {}
  }

  private let format: any TextFormat
  private let options: Options
  private let classes: [String]
  private let isMultiLabel: Bool
  private let isRegression: Bool

  /// - Parameters:
  ///   - classes: the model's.
  ///   - isMultiLabel: a text has any number of classes.
  ///   - isRegression: labels are numbers, one for each of the classes.
  public init(
    _ format: any TextFormat, classes: [String], isMultiLabel: Bool, isRegression: Bool = false,
    options: Options = Options()
  ) {
    self.format = format
    self.classes = classes
    self.isMultiLabel = isMultiLabel
    self.isRegression = isRegression
    self.options = options
  }

  /// Calls `body` with each row in order, one at a time: no more than a sample is kept in memory.
  /// - Parameter limit: the reading ends after so many rows, bad ones too.
  /// - Returns: how the file was understood.
  /// - Throws: `TextFileError` where no row can be read; what the source and `body` throw.
  @discardableResult
  public func read(
    _ source: inout TableSource, limit: Int? = nil, _ body: (DatasetLine) throws -> Void
  ) throws -> DatasetFacts {
    var index = 0
    let plan = try format.readInSample(&source, limit: limit) { lines in
      try Plan(TableSample(lines), self)
    } body: { line, plan in
      defer { index += 1 }
      switch line {
      case .bad(let number, let problem):
        try body(.bad(BadRow(index: index, line: number, problem: problem)))
      case .row(let row):
        switch plan.example(row, index: index) {
        case .success(let example): try body(.example(example))
        case .failure(let problem):
          try body(.bad(BadRow(index: index, line: row.line, problem: problem)))
        }
      }
    }
    return DatasetFacts(
      columns: plan.columns, encoding: source.stream.encoding ?? .utf8,
      singleByteFields: source.decoder.singleByteFields,
      countsFromOne: plan.labels.map.firstNumber == 1,
      abbreviations: plan.labels.map.abbreviations.map { ($0.key, classes[$0.value]) }
        .sorted { $0.0 < $1.0 })
  }

  private struct Plan {
    /// nil where it is `text` or `tokens` of an object.
    private let text: String?
    private let id: String?
    private let rationale: String?
    let labels: LabelReader
    /// nil where labels are classes.
    private let numbers: NumberReader?
    let columns: ColumnNames

    init(_ sample: TableSample, _ reader: DatasetReader) throws {
      guard !sample.columns.isEmpty else { throw TextFileError.noRows }
      let names = reader.options.columns
      let givenText = try names.text.map { try sample.named($0) }
      let byContract =
        givenText == nil && reader.format is JSONLines
        ? ["text", "tokens"].first { sample.columns.contains($0) } : nil
      let likelyText =
        givenText ?? byContract ?? sample.columns(called: ColumnNames.texts).first
      id =
        try names.id.map { try sample.named($0) } ?? sample.columns(called: ColumnNames.ids).first
      rationale =
        try names.rationale.map { try sample.named($0) }
        ?? sample.columns(called: ColumnNames.rationales).first
      let map = try LabelMap(classes: reader.classes, given: reader.options.labelMap)
      let taken = [likelyText, id, rationale]
      if reader.isRegression {
        numbers = try NumberReader(
          sample, outputs: reader.classes, named: names.label, taken: taken)
        labels = LabelReader(place: .nowhere, map: map, isMultiLabel: false, separator: nil)
      } else {
        numbers = nil
        labels = try LabelReader(
          sample, map: map, named: names.label, isMultiLabel: reader.isMultiLabel,
          separator: reader.options.labelSeparator, taken: taken)
      }
      let used = labels.columns + (numbers?.columns ?? [])
      guard
        let text = likelyText
          ?? sample.textColumn(otherThan: [id, rationale] + used)
      else { throw TextFileError.noTextColumn(columns: sample.columns) }
      self.text = byContract == nil ? text : nil
      columns = ColumnNames(text: text, label: used.first, id: id, rationale: rationale)
      if reader.options.requiresLabels, used.isEmpty {
        let others = sample.columns.filter { $0 != text }
        throw reader.isRegression
          ? TextFileError.noNumberColumn(columns: others) : .noLabelColumn(columns: others)
      }
    }

    func example(_ row: TableRow, index: Int) -> Result<Example, TextLineProblem> {
      let content = text.map { row.content(ofColumn: $0) } ?? row.contentByContract()
      return content.flatMap { content in
        labels.gold(of: row).flatMap { gold in
          (numbers?.values(of: row) ?? .success(nil)).map { values in
            Example(
              index: index, line: row.line, content: content, gold: gold, values: values,
              id: id.flatMap { row[$0] }.flatMap(Self.identifier),
              rationale: rationale.flatMap { row[$0] })
          }
        }
      }
    }

    private static func identifier(_ value: JSON) -> String? {
      switch value {
      case .string(let text): text
      case .null: nil
      default: value.line
      }
    }
  }
}

/// How a data set was understood, to be told to the user.
public struct DatasetFacts: Sendable {
  /// The columns that were used.
  public var columns: ColumnNames
  public var encoding: SourceEncoding
  /// Fields that were read as windows-1252 because they were no UTF-8.
  public var singleByteFields: Int
  /// The labels are numbers that count classes from 1.
  public var countsFromOne: Bool
  /// Labels that were taken for abbreviations, with the classes that they stand for.
  public var abbreviations: [(label: String, className: String)]
}

extension LabelReader {
  var columns: [String] {
    switch place {
    case .column(let column): [column]
    case .columnPerClass(let columns): columns
    case .nowhere: []
    }
  }
}
