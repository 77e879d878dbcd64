/// Maps a data set's labels to the model's classes; decided once for a whole file.
///
/// A label is interpreted, in this order, by the user's mapping; as the name of a class, also in
/// another case or spacing, or with the same meaning (`pos` and `POSITIVE`); as a number that
/// stands for a class; as an abbreviation of a single class. Numbering and abbreviations are
/// inferred from all labels of the file, never from a single one.
public struct LabelMap: Sendable {
  public let classes: [String]
  private let names: NameIndex
  private let given: [String: Int]
  /// nil if no numbering explains the labels.
  private(set) var numbers: ClassNumbers?
  /// The text around the numbers in the file's labels.
  private var words = LabelName.Numbered.alone
  private var abbreviations: [String: Int] = [:]
  /// The labels used for inference, the most frequent first.
  private var learned: [String] = []

  /// - Parameter given: the user's mapping, as pairs of a label and the name of a class.
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

  /// Different notations of a number are the same label.
  private static func key(_ label: String) -> String {
    LabelName.number(label)?.description ?? LabelName.spaced(label)
  }

  /// Infers the numbering and abbreviations of a file.
  /// - Parameter counts: how often each label occurs in the file.
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

  /// The number in a label that is not the name of a class. A plain number counts whatever the
  /// names.
  private func numbered(_ label: String) -> LabelName.Numbered? {
    let numbered = LabelName.numbered(label)
    if numbered?.words == LabelName.Numbered.alone { return numbered }
    guard names.index(of: label) == nil else { return nil }
    guard numbered == nil, classes.count == 2 else { return numbered }
    return LabelName.truth(label).map { .init(number: $0, words: LabelName.Numbered.alone) }
  }

  /// A label that is a prefix of a class's name, or vice versa, if no other label names that class.
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

  /// Whether all labels used for inference are classes by name or by the user's mapping, so that no
  /// further label can change the meaning of any.
  var isCertain: Bool { learned.allSatisfy(isName) }

  /// nil if the label is not a class.
  public func index(of label: String) -> Int? {
    if !given.isEmpty, let index = given[Self.key(label)] { return index }
    if let numbers, let numbered = numbered(label) {
      return numbered.words == words ? numbers.index(of: numbered.number) : nil
    }
    return names.index(of: label) ?? abbreviations[LabelName.spaced(label)]
  }

  /// The class with that name or meaning.
  func nameIndex(of name: String) -> Int? { names.index(of: name) }

  /// Whether a label is certainly a class: by the user's mapping, its name or its meaning.
  func isName(_ label: String) -> Bool {
    given[Self.key(label)] != nil
      || (LabelName.number(label) == nil && names.index(of: label) != nil)
  }
}

extension LabelMap {
  /// The interpretation of a file's labels, to inform the user.
  public struct Reading: Sendable, Equatable {
    /// Labels that differ from the name of their class, with the class, in the order of the
    /// classes.
    public var meanings: [(label: String, className: String)]
    /// Whether other interpretations are possible, so that the user should check them.
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

/// Classes by name: verbatim, in another case or spacing, as a number, and by meaning.
private struct NameIndex: Sendable {
  private let indices: [[String: Int]]

  private static let forms: [@Sendable (String) -> String?] = [
    { $0 }, LabelName.folded, LabelName.spaced, { LabelName.number($0)?.description },
    LabelName.meaning,
  ]

  init(_ classes: [String]) {
    indices = Self.forms.map { form in
      let keys = classes.enumerated().compactMap { place, name in form(name).map { ($0, place) } }
      // A form that two classes share identifies neither.
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
