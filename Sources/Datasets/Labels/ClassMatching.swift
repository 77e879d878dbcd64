/// Which class of one model is which class of another, by the same rules by which a data set's labels
/// are matched to classes (`LabelMap`): `NEGATIVE` is `negative`, `pos` is `positive`.
public struct ClassMatching: Sendable, Equatable {
  /// `[C]`; for each class of the first model, the index of the same class in the second model.
  public let places: [Int]
  /// All classes match by name or by meaning. Where it is false, some match only by a number in
  /// their names (`LABEL_1` as the second class): ask the user, or say what was assumed.
  public let isByName: Bool

  /// - Parameters:
  ///   - others: the second model's classes, in its order.
  ///   - classes: the first model's.
  ///   - given: what the user says, as pairs of a class of the second and one of the first model.
  /// - Returns: nil where the two don't know the same classes, each once.
  public init?(
    _ others: [String], to classes: [String],
    given: [(label: String, className: String)] = []
  ) {
    guard others.count == classes.count else { return nil }
    if let match = Self.match(others, to: classes, given: given) {
      places = classes.indices.compactMap { match.indices.firstIndex(of: $0) }
      isByName = match.isByName
    } else if given.isEmpty, let match = Self.match(classes, to: others, given: []) {
      // LABEL_0 is the first of the named classes in whichever model it is
      places = match.indices
      isByName = match.isByName
    } else {
      return nil
    }
  }

  /// For each class the place of the one other class that has its name or means the same; nil where
  /// there is none or more than one. Numbers in names are not looked at: what is left is for the user
  /// to say.
  public static func byName(_ others: [String], to classes: [String]) -> [Int?] {
    guard let map = try? LabelMap(classes: classes) else { return classes.map { _ in nil } }
    let meant = others.map { map.nameIndex(of: $0) }
    return classes.indices.map { index in
      let found = meant.indices.filter { meant[$0] == index }
      return found.count == 1 ? found[0] : nil
    }
  }

  /// The class that each label stands for; nil unless each class is meant once.
  private static func match(
    _ labels: [String], to classes: [String], given: [(label: String, className: String)]
  ) -> (indices: [Int], isByName: Bool)? {
    guard var map = try? LabelMap(classes: classes, given: given) else { return nil }
    map.infer(from: Dictionary(labels.map { ($0, 1) }) { first, _ in first })
    let indices = labels.compactMap { map.index(of: $0) }
    guard indices.count == labels.count, Set(indices).count == indices.count else { return nil }
    let isByName = zip(labels, indices).allSatisfy { label, index in
      guard let number = LabelName.number(label) else { return map.isName(label) }
      return number == LabelName.number(classes[index])
    }
    return (indices, isByName)
  }
}
