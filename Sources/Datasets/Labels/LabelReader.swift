internal import Documents

/// Reads the label of a row as classes.
struct LabelReader: Sendable {
  enum Place: Sendable, Equatable {
    case column(String)
    /// One column of 0 and 1 per class, in the order of the classes.
    case columnPerClass([String])
    /// A column of 0 and 1 with the name of one of two classes.
    case flag(String, index: Int)
    case nowhere
  }

  let place: Place
  var map: LabelMap
  let isMultiLabel: Bool
  let separator: Character?

  var columns: [String] {
    switch place {
    case .column(let column), .flag(let column, _): [column]
    case .columnPerClass(let columns): columns
    case .nowhere: []
    }
  }

  func gold(of row: TableRow) -> Result<Gold, TextLineProblem> {
    switch place {
    case .nowhere: return .success(.unknown)
    case .columnPerClass(let columns):
      return flags(of: row, columns: columns).flatMap { gold(flagged: $0, columns: columns) }
    case .flag(let column, let index):
      return flags(of: row, columns: [column]).flatMap { flagged in
        if row[column].map(Self.isEmpty) == true { return .failure(.noLabel(column: column)) }
        return .success(.one(flagged.isEmpty ? 1 - index : index))
      }
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
    if isSingleQuestion, labels.count == 1, let answer = answer(labels[0]) {
      return .success(.several(answer ? [0] : []))
    }
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

  /// Whether the model has a single class that a text has or has not.
  private var isSingleQuestion: Bool { isMultiLabel && map.classes.count == 1 }

  /// Whether a label of such a model means yes; nil if it means neither.
  private func answer(_ label: String) -> Bool? {
    let name = LabelName.meaning(map.classes[0])
    switch LabelName.meaning(label) {
    case name, "true": return true
    case "not " + name, "false": return false
    default:
      guard let number = LabelName.number(label) else { return nil }
      return number == 1 ? true : number == 0 || number == -1 ? false : nil
    }
  }

  /// A list of zeros and ones, one per class. Two numbers that could also be two classes are read
  /// as classes.
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

  private func gold(flagged: [Int], columns: [String]) -> Result<Gold, TextLineProblem> {
    if isMultiLabel { return .success(.several(flagged)) }
    guard let first = flagged.first else { return .failure(.noLabel(column: columns[0])) }
    return flagged.count == 1
      ? .success(.one(first)) : .failure(.severalLabels(flagged.map { columns[$0] }))
  }

  /// The columns that mean yes, by their index in the list.
  private func flags(
    of row: TableRow, columns: [String]
  ) -> Result<[Int], TextLineProblem> {
    var found: [Int] = []
    for (index, column) in columns.enumerated() {
      guard let value = row[column] else { return .failure(.noField(column: column)) }
      if Self.isEmpty(value) { continue }
      guard let flag = Self.flag(value) else {
        let text = LabelList.text(value) ?? value.line
        return .failure(.unknownLabel(text, classes: ["0", "1"]))
      }
      if flag { found.append(index) }
    }
    return .success(found)
  }

  static func isEmpty(_ value: JSON) -> Bool {
    switch value {
    case .null: true
    case .string(let text): text.trimmingSpaces.isEmpty
    default: false
    }
  }

  /// The value of a 0-or-1 column; nil if it is anything else.
  static func flag(_ value: JSON) -> Bool? {
    guard let text = LabelList.text(value) else { return nil }
    switch LabelName.number(text) ?? LabelName.truth(text) {
    case 1?: return true
    case 0?: return false
    default: return nil
    }
  }

  /// Whether none of these labels is a class.
  func isForeign(_ values: [JSON]) -> Bool {
    values.allSatisfy { value in
      marks(of: value) == nil
        && labels(of: value).allSatisfy { label in
          map.index(of: label) == nil && !(isSingleQuestion && answer(label) != nil)
        }
    }
  }

  /// How the labels were interpreted.
  var reading: LabelMap.Reading {
    guard case .flag(_, let index) = place else { return map.reading }
    return LabelMap.Reading(
      meanings: [("0", map.classes[1 - index]), ("1", map.classes[index])], isUncertain: false)
  }
}
