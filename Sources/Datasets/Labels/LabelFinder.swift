internal import Documents

/// Finds the labels in a table: by the user's choice, by the columns' names, or by their contents.
/// A column of numbers without the name of labels or of a class is never chosen.
struct LabelFinder {
  let sample: TableSample
  let map: LabelMap
  let isMultiLabel: Bool
  let separator: Character?
  /// Columns with another role.
  let taken: [String?]

  /// - Parameter named: the column that the user names.
  /// - Throws: `TextFileError.noSuchColumn`; `.foreignLabels` if no label of the sample is a class.
  func reader(named: String?) throws -> LabelReader {
    if let named {
      let column = try sample.named(named)
      if let flag = flag(in: column) { return reader(flag) }
      return try checked(inferred(column))
    }
    let perClass = columnPerClass
    if isMultiLabel, let perClass { return reader(.columnPerClass(perClass)) }
    if let column = likely.first(where: { share($0) { $0.index(of: $1) != nil } > 0.5 }) {
      return try checked(inferred(column))
    }
    if let perClass { return reader(.columnPerClass(perClass)) }
    if let column = byContent { return try checked(inferred(column)) }
    if let flag = free.lazy.compactMap({ flag(in: $0) }).first { return reader(flag) }
    guard let column = likely.first else { return reader(.nowhere) }
    return try checked(inferred(column))
  }

  private var free: [String] { sample.columns.filter { !taken.contains($0) } }

  /// Columns with the names of labels: the usual names first, then names with such a word.
  private var likely: [String] {
    let usual = sample.columns(called: ColumnNames.labels).filter { free.contains($0) }
    return usual
      + free.filter { column in
        let words = LabelName.spaced(column).split(separator: " ").map(String.init)
        return !usual.contains(column) && words.contains { ColumnNames.labelWords.contains($0) }
      }
  }

  /// A column with the classes' names; numbers only in a table without a header.
  private var byContent: String? {
    let others = free.filter { !likely.contains($0) }
    if let named = others.first(where: { share($0) { $0.isName($1) } >= 0.9 }) { return named }
    guard sample.hasNoNames else { return nil }
    return others.first { column in
      labels(in: column).count > 1 && share(column) { $0.index(of: $1) != nil } == 1
    }
  }

  private func reader(_ place: LabelReader.Place, _ map: LabelMap? = nil) -> LabelReader {
    LabelReader(
      place: place, map: map ?? self.map, isMultiLabel: isMultiLabel, separator: separator)
  }

  private func labels(in column: String) -> [String: Int] {
    let reader = reader(.column(column))
    return sample.values(of: column).reduce(into: [:]) { counts, value in
      for label in reader.labels(of: value) { counts[label, default: 0] += 1 }
    }
  }

  private func inferred(_ column: String) -> LabelReader {
    var map = map
    map.infer(from: labels(in: column))
    return reader(.column(column), map)
  }

  private func share(_ column: String, _ isFit: (LabelMap, String) -> Bool) -> Double {
    let map = inferred(column).map
    let counts = labels(in: column)
    let total = counts.values.reduce(0, +)
    let fitting = counts.reduce(0) { $0 + (isFit(map, $1.key) ? $1.value : 0) }
    return Double(fitting) / Double(max(1, total))
  }

  private func checked(_ reader: LabelReader) throws -> LabelReader {
    guard case .column(let column) = reader.place else { return reader }
    let values = sample.values(of: column)
    let labels = Set(values.flatMap { reader.labels(of: $0) })
    if !labels.isEmpty, reader.isForeign(values) {
      throw TextFileError.foreignLabels(
        column: column, labels: labels.sorted(), classes: map.classes)
    }
    return reader
  }

  // MARK: Columns of 0 and 1

  /// The columns with the names of the classes, if each class has one.
  private var columnPerClass: [String]? {
    var columns: [Int: String] = [:]
    for column in free where isFlags(column) {
      guard let index = classIndex(column), columns[index] == nil else { continue }
      columns[index] = column
    }
    let found = map.classes.indices.compactMap { columns[$0] }
    return found.count == map.classes.count ? found : nil
  }

  /// A column with the name of one of two classes: any text that is not of that class is of the
  /// other.
  private func flag(in column: String) -> LabelReader.Place? {
    guard !isMultiLabel, map.classes.count == 2, isFlags(column),
      let index = classIndex(column)
    else { return nil }
    return .flag(column, index: index)
  }

  /// `toxic`, `is_toxic` and `label_toxic` name the class `toxic`.
  private func classIndex(_ column: String) -> Int? {
    guard LabelName.number(column) == nil || !sample.hasNoNames else { return nil }
    let words = LabelName.spaced(column).split(separator: " ")
    let rest =
      words.count > 1 && ["is", "label", "class", "has"].contains(words[0])
      ? words.dropFirst().joined(separator: " ") : column
    return [column, rest].lazy.compactMap { map.nameIndex(of: $0) }.first
  }

  /// Whether most values are 0, 1 or empty, so that a single bad row is reported as such.
  private func isFlags(_ column: String) -> Bool {
    let values = sample.values(of: column).filter { !LabelReader.isEmpty($0) }
    let flags = values.count { LabelReader.flag($0) != nil }
    return flags > 0 && 2 * flags > values.count
  }
}
