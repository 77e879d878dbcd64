/// Matches the classes of one model to those of another, by the rules that match a data set's
/// labels to classes (`LabelMap`): `NEGATIVE` is `negative`, `pos` is `positive`.
public struct ClassMatching: Sendable, Equatable {
  /// `[C]`; the second model's index of each class of the first model.
  public let places: [Int]
  /// Whether all classes match by name or meaning. If not, some match only by a number in their
  /// names (`LABEL_1` as the second class): ask the user, or say what is assumed.
  public let isByName: Bool

  /// - Parameters:
  ///   - others: the second model's classes, in order.
  ///   - classes: the first model's.
  ///   - given: the user's mapping, as pairs of a class of the second and one of the first model.
  /// - Returns: nil if the two do not have the same classes, each exactly once.
  public init?(
    _ others: [String], to classes: [String],
    given: [(label: String, className: String)] = []
  ) {
    guard others.count == classes.count else { return nil }
    if let match = Self.match(others, to: classes, given: given) {
      places = classes.indices.compactMap { match.indices.firstIndex(of: $0) }
      isByName = match.isByName
    } else if given.isEmpty, let match = Self.match(classes, to: others, given: []) {
      // LABEL_0 is the first of the named classes, whichever model has names.
      places = match.indices
      isByName = match.isByName
    } else {
      return nil
    }
  }

  /// For each class, the index of the only other class with its name or meaning; nil if there is
  /// none or more than one. Numbers in names are ignored: those are left to the user.
  public static func byName(_ others: [String], to classes: [String]) -> [Int?] {
    guard let map = try? LabelMap(classes: classes) else { return classes.map { _ in nil } }
    let meant = others.map { map.nameIndex(of: $0) }
    return classes.indices.map { index in
      let found = meant.indices.filter { meant[$0] == index }
      return found.count == 1 ? found[0] : nil
    }
  }

  /// The class of each label; nil unless each class occurs exactly once.
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
