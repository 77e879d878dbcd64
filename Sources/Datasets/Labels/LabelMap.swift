/// From what a data set calls a class to the model's own classes.
///
/// In this order: as the user says; by the class's name; by the name in any case and spacing; by
/// number; `true` and `false` for two classes; by an abbreviation that fits one class alone.
struct LabelMap: Sendable {
  let classes: [String]
  /// 1 where the data set counts its classes from 1.
  private(set) var firstNumber = 0
  /// Labels of the sample that only an abbreviation explains, with their classes.
  private(set) var abbreviations: [String: Int] = [:]
  private let byName: [String: Int]
  private let byFoldedName: [String: Int]
  private let given: [String: Int]

  /// - Parameter given: labels by the user's word, as pairs of a label and the name of a class.
  /// - Throws: `TextFileError.noSuchClass`.
  init(classes: [String], given: [(label: String, className: String)] = []) throws {
    self.classes = classes
    byName = Dictionary(zip(classes, classes.indices), uniquingKeysWith: { first, _ in first })
    let folded = zip(classes.map(Self.folded), classes.indices)
    // A name that two classes share but for their case says nothing.
    byFoldedName = Dictionary(folded) { _, _ in -1 }.filter { $0.value >= 0 }
    var map: [String: Int] = [:]
    for (label, name) in given {
      guard let index = byName[name] ?? byFoldedName[Self.folded(name)] else {
        throw TextFileError.noSuchClass(name: name, classes: classes)
      }
      map[Self.folded(label)] = index
    }
    self.given = map
  }

  /// Learns from the first labels how the data set counts and abbreviates.
  mutating func learn(from labels: [String]) {
    let numbers = labels.compactMap(Self.number)
    if !numbers.isEmpty, numbers.count == labels.count, numbers.min() == 1,
      numbers.max() == classes.count
    {
      firstNumber = 1
    }
    let unknown = Set(labels.filter { index(of: $0) == nil }.map(Self.folded))
    var found: [String: Int] = [:]
    for label in unknown where label.count >= 3 {
      let fitting = byFoldedName.filter { $0.key.hasPrefix(label) || label.hasPrefix($0.key) }
      guard fitting.count == 1, let match = fitting.first else { continue }
      found[label] = match.value
    }
    guard Set(found.values).count == found.count else { return }
    abbreviations = found
  }

  /// nil where the label is none of the classes.
  func index(of label: String) -> Int? {
    if given.isEmpty, let index = byName[label] { return index }
    let folded = Self.folded(label)
    if let index = given[folded] ?? byName[label] ?? byFoldedName[folded] { return index }
    if let number = Self.number(label) {
      let index = number - firstNumber
      return classes.indices.contains(index) ? index : nil
    }
    if classes.count == 2, let truth = ["false": 0, "true": 1][folded] { return truth }
    return abbreviations[folded]
  }

  /// Whether a label is a class by its name, not by a number that may mean anything.
  func isName(_ label: String) -> Bool {
    Self.number(label) == nil || byName[label] != nil ? index(of: label) != nil : false
  }

  /// `3`, and `3.0` as tables that were numbers write it.
  static func number(_ label: String) -> Int? {
    let text = label.trimmingSpaces
    if let whole = Int(text) { return whole }
    guard let real = Double(text), abs(real) < 1e9 else { return nil }
    return Int(exactly: real)
  }

  /// Lower case, no space at the ends, single spaces within.
  private static func folded(_ label: String) -> String {
    label.lowercased().split { $0.isWhitespace }.joined(separator: " ")
  }
}
