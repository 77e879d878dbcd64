internal import Documents

/// Reads the target numbers of a row, for a regression.
struct NumberReader: Sendable {
  private enum Place: Sendable {
    /// One number, or a list with one per output.
    case column(String)
    case columnPerOutput([String])
    case nowhere
  }

  private let place: Place
  private let outputs: Int

  var columns: [String] {
    switch place {
    case .column(let column): [column]
    case .columnPerOutput(let columns): columns
    case .nowhere: []
    }
  }

  /// Names of such columns, besides the names of labels.
  private static let names = ["score", "value", "stars", "similarity", "grade", "output"]

  /// Finds the numbers: by the user's choice, in one column per output, by name, or by the contents
  /// of the columns.
  /// - Throws: `TextFileError.noSuchColumn`.
  init(_ sample: TableSample, outputs: [String], named: String?, taken: [String?]) throws {
    self.outputs = outputs.count
    if let named {
      place = .column(try sample.named(named))
      return
    }
    let own = outputs.compactMap { try? sample.named($0) }
    if outputs.count > 1, own.count == outputs.count {
      place = .columnPerOutput(own)
      return
    }
    let free = sample.columns.filter { !taken.contains($0) }
    let likely = sample.columns(called: ColumnNames.labels + Self.names).filter {
      free.contains($0)
    }
    func isNumeric(_ column: String, _ least: Double) -> Bool {
      let values = sample.values(of: column)
      let good = values.count { Self.numbers(of: $0)?.count == outputs.count }
      return good > 0 && Double(good) >= least * Double(values.count)
    }
    let found =
      likely.first { isNumeric($0, 0.5) }
      ?? free.filter { !likely.contains($0) }
      .first { isNumeric($0, 1) }
    place = found.map(Place.column) ?? .nowhere
  }

  /// nil if there is no such column, or if its field is empty.
  func values(of row: TableRow) -> Result<[Double]?, TextLineProblem> {
    switch place {
    case .nowhere: return .success(nil)
    case .column(let column):
      guard let value = row[column] else { return .failure(.noField(column: column)) }
      return Self.isEmpty(value) ? .failure(.noLabel(column: column)) : read(value, column)
    case .columnPerOutput(let columns):
      var numbers: [Double] = []
      for column in columns {
        guard let value = row[column] else { return .failure(.noField(column: column)) }
        guard let number = Self.number(value) else {
          return .failure(.notANumber(Self.text(value), column: column))
        }
        numbers.append(number)
      }
      return .success(numbers)
    }
  }

  private func read(_ value: JSON, _ column: String) -> Result<[Double]?, TextLineProblem> {
    guard let numbers = Self.numbers(of: value), numbers.count == outputs else {
      return .failure(.notANumber(Self.text(value), column: column))
    }
    return .success(numbers)
  }

  private static func isEmpty(_ value: JSON) -> Bool {
    switch value {
    case .null: true
    case .string(let text): text.trimmingSpaces.isEmpty
    default: false
    }
  }

  /// A number or a list of numbers, also as text.
  private static func numbers(of value: JSON) -> [Double]? {
    if let number = number(value) { return [number] }
    var value = value
    if case .string(let text) = value, let list = try? JSON(Array(text.utf8)) { value = list }
    guard case .array(let items) = value else { return nil }
    let numbers = items.compactMap(number)
    return numbers.count == items.count ? numbers : nil
  }

  private static func number(_ value: JSON) -> Double? {
    let number: Double? =
      switch value {
      case .integer(let whole): Double(whole)
      case .number(let real): real
      case .float(let real): Double(real)
      case .string(let text): Double(text.trimmingSpaces)
      default: nil
      }
    return number.flatMap { $0.isFinite ? $0 : nil }
  }

  private static func text(_ value: JSON) -> String {
    if case .string(let text) = value { text } else { value.line }
  }
}
