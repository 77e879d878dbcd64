/// From what a data set calls a class to the model's own classes, decided once for a whole file.
///
/// A label is, in this order: what the user says; a class by its name, by the name in another case
/// or spacing, or by what both mean (`pos` and `POSITIVE`); a number that stands for a class; an
/// abbreviation that fits one class alone. How numbers are counted and what abbreviations stand for
/// depends on all labels of the file, never on a single one.
public struct LabelMap: Sendable {
  public let classes: [String]
  private let names: NameIndex
  private let given: [String: Int]
  /// nil where the labels' numbers stand for no classes.
  private(set) var numbers: ClassNumbers?
  /// What stands around the numbers in the file's labels.
  private var words = LabelName.Numbered.alone
  private var abbreviations: [String: Int] = [:]
  /// The labels that were learned from, the most frequent first.
  private var learned: [String] = []

  /// - Parameter given: labels by the user's word, as pairs of a label and the name of a class.
  /// - Throws: `TextFileError.noSuchClass`.
  public init(classes: [String], given: [(label: String, className: String)] = []) throws {
    self.classes = classes
    names = NameIndex(classes)
    var map: [String: Int] = [:]
    for (label, name) in given {
      guard let index = names.index(of: name) else {
        throw TextFileError.noSuchClass(name: name, classes: classes)
      }
      map[Self.key(label)] = index
    }
    self.given = map
    numbers = ClassNumbers.candidates(for: classes, words: words).first
  }

  /// What a number is written as makes no difference.
  private static func key(_ label: String) -> String {
    LabelName.number(label)?.description ?? LabelName.spaced(label)
  }

  /// Learns how a file counts and abbreviates.
  /// - Parameter counts: how often the file has each label.
  mutating func infer(from counts: [String: Int]) {
    learned = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    inferNumbers(counts)
    inferAbbreviations()
  }

  private mutating func inferNumbers(_ counts: [String: Int]) {
    var byWords: [String: [Double: Int]] = [:]
    for (label, count) in counts where given[Self.key(label)] == nil {
      guard let numbered = numbered(label) else { continue }
      byWords[numbered.words, default: [:]][numbered.number, default: 0] += count
    }
    let most = byWords.max {
      ($0.value.values.reduce(0, +), $1.key) < ($1.value.values.reduce(0, +), $0.key)
    }
    guard let most else { return }
    words = most.key
    numbers = ClassNumbers.best(
      ClassNumbers.candidates(for: classes, words: words), for: most.value)
  }

  /// The number in a label that is no class by name; a number alone is one whatever the names are.
  private func numbered(_ label: String) -> LabelName.Numbered? {
    let numbered = LabelName.numbered(label)
    if numbered?.words == LabelName.Numbered.alone { return numbered }
    guard names.index(of: label) == nil else { return nil }
    guard numbered == nil, classes.count == 2 else { return numbered }
    return LabelName.truth(label).map { .init(number: $0, words: LabelName.Numbered.alone) }
  }

  /// A label that begins a class's name, or the reverse, where no other label names that class.
  private mutating func inferAbbreviations() {
    abbreviations = [:]
    let unknown = learned.filter { index(of: $0) == nil && LabelName.number($0) == nil }
    let taken = Set(learned.compactMap(index))
    var found: [String: Int] = [:]
    for label in unknown.map(LabelName.spaced) where label.count >= 3 {
      let fitting = classes.indices.filter { index in
        let name = LabelName.spaced(classes[index])
        return name.hasPrefix(label) || (name.count >= 3 && label.hasPrefix(name))
      }
      if fitting.count == 1, !taken.contains(fitting[0]) { found[label] = fitting[0] }
    }
    if Set(found.values).count == found.count { abbreviations = found }
  }

  /// All labels that were learned from are classes by name or by the user's word, so that no other
  /// label can change what one of them means.
  var isCertain: Bool { learned.allSatisfy(isName) }

  /// nil where the label is none of the classes.
  public func index(of label: String) -> Int? {
    if !given.isEmpty, let index = given[Self.key(label)] { return index }
    if let numbers, let numbered = numbered(label) {
      return numbered.words == words ? numbers.index(of: numbered.number) : nil
    }
    return names.index(of: label) ?? abbreviations[LabelName.spaced(label)]
  }

  /// The class of that name or meaning.
  func nameIndex(of name: String) -> Int? { names.index(of: name) }

  /// Whether a label is a class by the user's word, its name or its meaning, for certain.
  func isName(_ label: String) -> Bool {
    given[Self.key(label)] != nil
      || (LabelName.number(label) == nil && names.index(of: label) != nil)
  }
}

extension LabelMap {
  /// What was found out about a file's labels, to be told to the user.
  public struct Reading: Sendable, Equatable {
    /// Labels that are not called like their class, with the class, in the order of the classes.
    public var meanings: [(label: String, className: String)]
    /// Somebody else might have read the labels in another way: the user should check them.
    public var isUncertain: Bool

    public static func == (left: Reading, right: Reading) -> Bool {
      left.isUncertain == right.isUncertain
        && left.meanings.elementsEqual(right.meanings) { $0 == $1 }
    }
  }

  public var reading: Reading {
    let known = learned.compactMap { label in index(of: label).map { (label, $0) } }
    let other = known.filter { label, index in
      LabelName.spaced(label) != LabelName.spaced(classes[index])
    }
    let isByOrder = known.contains { numbered($0.0) != nil } && given.isEmpty
    let isReordered =
      switch numbers?.basis {
      case .shiftedName, .place: true
      case .meaning: numbers?.numbers != classes.indices.map(Double.init)
      case .name, .index, nil: false
      }
    return Reading(
      meanings: other.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map { ($0.0, classes[$0.1]) },
      isUncertain: !abbreviations.isEmpty || (isByOrder && isReordered))
  }
}

/// Classes by name: as it is, in another case or spacing, as a number, and by meaning.
private struct NameIndex: Sendable {
  private let indices: [[String: Int]]

  private static let forms: [@Sendable (String) -> String?] = [
    { $0 }, LabelName.folded, LabelName.spaced, { LabelName.number($0)?.description },
    LabelName.meaning,
  ]

  init(_ classes: [String]) {
    indices = Self.forms.map { form in
      let keys = classes.enumerated().compactMap { place, name in form(name).map { ($0, place) } }
      // a form that two classes share says nothing
      return Dictionary(keys) { _, _ in -1 }.filter { $0.value >= 0 }
    }
  }

  func index(of name: String) -> Int? {
    for (form, index) in zip(Self.forms, indices) {
      if let key = form(name), let place = index[key] { return place }
    }
    return nil
  }
}
