internal import Documents

/// Reads a file's labelled texts for a model.
public struct DatasetReader {
  public struct Options: Sendable {
    public var columns = ColumnNames()
    /// The user's mapping of labels to names of classes.
    public var labelMap: [(label: String, className: String)] = []
    /// The separator between the labels of a text; nil if it is to be inferred.
    public var labelSeparator: Character?
    /// Whether a second text is read if there is one beside the first, because the model reads
    /// pairs.
    public var readsPairs = false
    /// Whether a file without labels is refused.
    public var requiresLabels = true

    public init() {}
  }

  private let format: any TextFormat
  private let options: Options
  private let classes: [String]
  private let isMultiLabel: Bool
  private let isRegression: Bool

  /// - Parameters:
  ///   - classes: the model's classes.
  ///   - isMultiLabel: whether a text has any number of classes.
  ///   - isRegression: whether labels are numbers, one for each class.
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

  /// Calls `body` with each row in order, one at a time; only a sample is kept in memory.
  /// - Parameters:
  ///   - limit: the number of rows, including bad ones, after which reading ends.
  ///   - again: opens the file again at its beginning; nil if it can be read only once. Called if
  ///     the meaning of a label depends on all labels of the file.
  ///   - understood: called once, before the first row.
  /// - Returns: how the file was interpreted.
  /// - Throws: `TextFileError` if no row can be read; errors of the source and of `body`.
  @discardableResult
  public func read(
    _ source: inout TableSource, limit: Int? = nil, again: (() throws -> TableSource)? = nil,
    understood: (DatasetFacts) -> Void = { _ in }, _ body: (DatasetLine) throws -> Void
  ) throws -> DatasetFacts {
    var index = 0
    let plan = try format.readInSample(&source, limit: limit) { lines in
      var plan = try Plan(TableSample(lines), self)
      try plan.labels.inferAll(format, again)
      understood(facts(plan))
      return plan
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
    var result = facts(plan)
    result.encoding = source.stream.encoding ?? .utf8
    result.singleByteFields = source.decoder.singleByteFields
    result.repeatedNames = source.repeatedNames
    return result
  }

  private func facts(_ plan: Plan) -> DatasetFacts {
    DatasetFacts(
      columns: plan.columns, labelColumns: plan.labelColumns, unreadTexts: plan.unreadTexts,
      labels: plan.labels.reading, repeatedKeys: plan.repeatedKeys)
  }

  private struct Plan {
    private let text: TextPlace
    private let id: String?
    private let rationale: String?
    var labels: LabelReader
    /// nil if labels are classes.
    private let numbers: NumberReader?
    let columns: ColumnNames
    let labelColumns: [String]
    let unreadTexts: [String]
    let repeatedKeys: [String]

    init(_ sample: TableSample, _ reader: DatasetReader) throws {
      guard !sample.columns.isEmpty else { throw sample.emptiness }
      let names = reader.options.columns
      let wish = TextPlace.Wish(
        text: names.text, pair: names.pair, readsPairs: reader.options.readsPairs)
      let likely = try TextPlace(sample, wish, isJSON: reader.format.isJSON)
      id =
        try names.id.map { try sample.named($0) } ?? sample.columns(called: ColumnNames.ids).first
      rationale =
        try names.rationale.map { try sample.named($0) }
        ?? sample.columns(called: ColumnNames.rationales).first
      let map = try LabelMap(classes: reader.classes, given: reader.options.labelMap)
      let taken = [likely?.name, likely.flatMap { sample.pairColumn(of: $0) }, id, rationale]
      if reader.isRegression {
        numbers = try NumberReader(
          sample, outputs: reader.classes, named: names.label, taken: taken)
        labels = LabelReader(place: .nowhere, map: map, isMultiLabel: false, separator: nil)
      } else {
        numbers = nil
        labels = try LabelFinder(
          sample: sample, map: map, isMultiLabel: reader.isMultiLabel,
          separator: reader.options.labelSeparator, taken: taken
        ).reader(named: names.label)
      }
      labelColumns = labels.columns + (numbers?.columns ?? [])
      guard
        let text = try likely
          ?? sample.textPlace(
            wish, otherThan: [id, rationale] + labelColumns, isJSON: reader.format.isJSON)
      else { throw TextFileError.noTextColumn(columns: sample.columns) }
      self.text = text
      columns = ColumnNames(
        text: text.name, pair: sample.pairColumn(of: text), label: labelColumns.first, id: id,
        rationale: rationale)
      repeatedKeys = sample.repeatedKeys
      unreadTexts = sample.unreadTexts(beside: text, taken: [id, rationale] + labelColumns)
      if reader.options.requiresLabels, labelColumns.isEmpty {
        let others = sample.columns.filter { !text.columns.contains($0) }
        throw reader.isRegression
          ? TextFileError.noNumberColumn(columns: others) : .noLabelColumn(columns: others)
      }
    }

    func example(_ row: TableRow, index: Int) -> Result<Example, TextLineProblem> {
      row.content(text).flatMap { content in
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

/// How a data set was interpreted, to inform the user.
public struct DatasetFacts: Sendable {
  /// The columns that were used.
  public var columns: ColumnNames
  /// The label columns: one, or one per class.
  public var labelColumns: [String]
  /// Further columns with texts, which were not read.
  public var unreadTexts: [String]
  /// How labels were interpreted.
  public var labels: LabelMap.Reading
  /// Keys that occur more than once in an object; the last one counts.
  public var repeatedKeys: [String]
  public var encoding = SourceEncoding.utf8
  /// Fields that were read as windows-1252 because they are not UTF-8; complete at the end.
  public var singleByteFields = 0
  /// Names that several columns have; the first column keeps the name. Complete at the end.
  public var repeatedNames: [String] = []
}

extension LabelReader {
  /// Infers from all labels of the file if those of its first rows are ambiguous.
  fileprivate mutating func inferAll(
    _ format: any TextFormat, _ again: (() throws -> TableSource)?
  ) throws {
    guard case .column(let column) = place, !map.isCertain, let again else { return }
    map.infer(from: try LabelSurvey.counts(of: self, in: column, format: format, try again()))
  }
}
