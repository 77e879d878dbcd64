internal import Documents

/// Reads the gold classes of a row.
struct LabelReader: Sendable {
  enum Place: Sendable, Equatable {
    case column(String)
    /// One column of 0 and 1 a class, in the order of the classes.
    case columnPerClass([String])
    case nowhere
  }

  let place: Place
  let map: LabelMap
  let isMultiLabel: Bool
  let separator: Character?

  func gold(of row: TableRow) -> Result<Gold, TextLineProblem> {
    switch place {
    case .nowhere: return .success(.unknown)
    case .columnPerClass(let columns): return marks(of: row, columns: columns)
    case .column(let column):
      guard let value = row[column] else { return .failure(.noField(column: column)) }
      if value == .null { return .failure(.noLabel(column: column)) }
      return gold(value, column: column)
    }
  }

  /// The labels of a value, as written.
  func labels(of value: JSON) -> [String] {
    LabelList.labels(
      of: value, isMultiLabel: isMultiLabel, separator: separator,
      isClass: { map.index(of: $0) != nil })
  }

  private func gold(_ value: JSON, column: String) -> Result<Gold, TextLineProblem> {
    if isMultiLabel, let marks = marks(of: value) { return .success(marks) }
    let labels = labels(of: value)
    var indices: [Int] = []
    for label in labels {
      guard let index = map.index(of: label) else {
        return .failure(.unknownLabel(label, classes: map.classes))
      }
      indices.append(index)
    }
    if isMultiLabel { return .success(.several(Set(indices).sorted())) }
    guard let first = indices.first else { return .failure(.noLabel(column: column)) }
    return indices.count == 1 ? .success(.one(first)) : .failure(.severalLabels(labels))
  }

  /// A list of zeros and ones, one a class. Two numbers may be two classes as well, and are.
  private func marks(of value: JSON) -> Gold? {
    guard case .array(let values) = value, values.count == map.classes.count, values.count > 2
    else { return nil }
    var classes: [Int] = []
    for (index, value) in values.enumerated() {
      switch value {
      case .integer(1), .number(1), .bool(true): classes.append(index)
      case .integer(0), .number(0), .bool(false): break
      default: return nil
      }
    }
    return .several(classes)
  }

  private func marks(of row: TableRow, columns: [String]) -> Result<Gold, TextLineProblem> {
    var classes: [Int] = []
    for (index, column) in columns.enumerated() {
      guard let value = row[column] else { return .failure(.noField(column: column)) }
      let labels = LabelList.labels(of: value, isMultiLabel: false, isClass: { _ in false })
      switch labels.first.map({ $0.lowercased() }) {
      case "1", "1.0", "true", "yes": classes.append(index)
      case "0", "0.0", "false", "no", nil: break
      case let label?: return .failure(.unknownLabel(label, classes: ["0", "1"]))
      }
    }
    return .success(.several(classes))
  }
}

extension LabelReader {
  /// Finds the labels in a table: where the user says, else by name, else by what the columns hold.
  init(
    _ sample: TableSample, map: LabelMap, named: String?, isMultiLabel: Bool,
    separator: Character?, taken: [String?]
  ) throws {
    func reader(_ place: Place, _ map: LabelMap = map) -> LabelReader {
      LabelReader(place: place, map: map, isMultiLabel: isMultiLabel, separator: separator)
    }
    func learned(_ column: String) -> (reader: LabelReader, labels: [String]) {
      var map = map
      let labels = sample.values(of: column).flatMap { reader(.column(column)).labels(of: $0) }
      map.learn(from: labels)
      return (reader(.column(column), map), labels)
    }
    if let named {
      let column = try sample.named(named)
      self = try learned(column).reader.checked(sample)
      return
    }
    if isMultiLabel, let columns = Self.columnPerClass(sample, classes: map.classes) {
      self = reader(.columnPerClass(columns))
      return
    }
    let free = sample.columns.filter { !taken.contains($0) }
    let likely = sample.columns(called: ColumnNames.labels).filter { free.contains($0) }
    let others = free.filter { !likely.contains($0) }
    func share(_ column: String, _ isFit: (LabelMap, String) -> Bool) -> Double {
      let (reader, labels) = learned(column)
      let count = max(1, labels.count)
      return Double(labels.count { isFit(reader.map, $0) }) / Double(count)
    }
    let found =
      likely.first { share($0) { $0.index(of: $1) != nil } > 0.5 }
      ?? others.first { share($0) { $0.isName($1) } >= 0.9 }
      ?? others.first { column in
        Set(learned(column).labels).count > 1 && share(column) { $0.index(of: $1) != nil } == 1
          && !ColumnNames.ids.contains(column.lowercased())
      } ?? likely.first
    self = try found.map { try learned($0).reader.checked(sample) } ?? reader(.nowhere)
  }

  /// - Throws: `TextFileError.foreignLabels` where no label of the sample is a class.
  private func checked(_ sample: TableSample) throws -> LabelReader {
    guard case .column(let column) = place else { return self }
    let values = sample.values(of: column)
    let labels = values.flatMap { self.labels(of: $0) }
    let isForeign =
      labels.allSatisfy { map.index(of: $0) == nil } && values.allSatisfy { marks(of: $0) == nil }
    if !labels.isEmpty, isForeign {
      throw TextFileError.foreignLabels(
        column: column, labels: Set(labels).sorted(), classes: map.classes)
    }
    return self
  }

  private static func columnPerClass(_ sample: TableSample, classes: [String]) -> [String]? {
    let columns = classes.compactMap { name in try? sample.named(name) }
    return columns.count == classes.count ? columns : nil
  }
}
