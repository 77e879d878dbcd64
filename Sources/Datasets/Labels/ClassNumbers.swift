/// How a data set may number the classes of a model.
struct ClassNumbers: Sendable, Equatable {
  enum Basis: Sendable, Equatable {
    /// By numbers in the classes' names: `3` for `3 stars`.
    case name
    /// As `name`, but the data set counts from 0 and the names from 1, or vice versa.
    case shiftedName
    /// By polarity: 0 for `negative` and 1 for `positive`.
    case meaning
    /// By the index of the class, from 0.
    case index
    /// By the position of the class, from 1.
    case place
  }

  let basis: Basis
  /// `[C]`; the number of each class.
  let numbers: [Double]

  func index(of number: Double) -> Int? { numbers.firstIndex(of: number) }

  /// Possible interpretations of the numbers in a file's labels, the most likely first.
  /// - Parameter words: the text around the numbers, see `LabelName.Numbered`.
  static func candidates(for classes: [String], words: String) -> [ClassNumbers] {
    let byIndex = ClassNumbers(basis: .index, numbers: classes.indices.map(Double.init))
    let byPlace = ClassNumbers(basis: .place, numbers: classes.indices.map { Double($0 + 1) })
    let named = classes.map(LabelName.numbered)
    if words == LabelName.Numbered.index, named.first??.words != words { return [byIndex] }
    if let own = numbers(named) { return [ClassNumbers(basis: .name, numbers: own)] + shifted(own) }
    // If a class's name is a number, all numbers are names.
    if named.contains(where: { $0?.words == LabelName.Numbered.alone }) { return [] }
    let scales = polarityScales(classes)
    return (scales.isEmpty ? [byIndex, byPlace] : scales)
  }

  /// The numbers in the names, if all names have one and are otherwise equal.
  private static func numbers(_ named: [LabelName.Numbered?]) -> [Double]? {
    let all = named.compactMap(\.self)
    guard all.count == named.count, Set(all.map(\.words)).count == 1,
      Set(all.map(\.number)).count == all.count
    else { return nil }
    return all.map(\.number)
  }

  /// The same counted from 1 if the names count from 0 without gaps, and vice versa.
  private static func shifted(_ own: [Double]) -> [ClassNumbers] {
    guard own.count > 1, let first = own.min(), first == 0 || first == 1,
      Set(own) == Set((0..<own.count).map { first + Double($0) })
    else { return [] }
    let shift: Double = first == 0 ? 1 : -1
    return [ClassNumbers(basis: .shiftedName, numbers: own.map { $0 + shift })]
  }

  /// The usual numbers for sentiment and for `X` and `not X`, in the order of the classes.
  private static func polarityScales(_ classes: [String]) -> [ClassNumbers] {
    guard let ranks = ranks(of: classes) else { return [] }
    let scales: [[Double]] =
      switch classes.count {
      case 2: [[0, 1], [1, 2], [-1, 1], [0, 4]]
      case 3: [[0, 1, 2], [1, 2, 3], [-1, 0, 1], [0, 2, 4]]
      default: [[0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [-2, -1, 0, 1, 2]]
      }
    return scales.map { scale in
      ClassNumbers(basis: .meaning, numbers: ranks.map { scale[$0] })
    }
  }

  /// The rank of each class from most negative to most positive; nil if the names do not tell.
  private static func ranks(of classes: [String]) -> [Int]? {
    let meanings = classes.map(LabelName.meaning)
    let orders = [
      ["negative", "positive"], ["negative", "neutral", "positive"],
      ["very negative", "negative", "neutral", "positive", "very positive"], ["false", "true"],
    ]
    let order = orders.first { Set($0) == Set(meanings) } ?? oppositeOrder(meanings)
    guard let order, order.count == classes.count else { return nil }
    return meanings.compactMap { order.firstIndex(of: $0) }
  }

  /// `not X` before `X`.
  private static func oppositeOrder(_ meanings: [String]) -> [String]? {
    guard meanings.count == 2 else { return nil }
    return [meanings, meanings.reversed()].first { $0[0] == "not " + $0[1] }
  }
}

extension ClassNumbers {
  /// The first candidate that explains all but at most one label in a hundred, so that a wrong row
  /// changes nothing; otherwise the one that explains most.
  /// - Parameter counts: how often each number occurs in the file.
  /// - Returns: nil if none explains half of the labels.
  static func best(_ candidates: [ClassNumbers], for counts: [Double: Int]) -> ClassNumbers? {
    let total = counts.values.reduce(0, +)
    let explained = candidates.map { candidate in
      Set(candidate.numbers).reduce(0) { $0 + counts[$1, default: 0] }
    }
    if let place = explained.firstIndex(where: { 100 * (total - $0) <= total }) {
      return candidates[place]
    }
    guard let most = explained.max(), 2 * most >= total,
      let place = explained.firstIndex(of: most)
    else { return nil }
    return candidates[place]
  }
}
