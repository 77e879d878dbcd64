/// By which numbers a data set may call the classes of a model.
struct ClassNumbers: Sendable, Equatable {
  enum Basis: Sendable, Equatable {
    /// The numbers are in the classes' names: `3` for `3 stars`.
    case name
    /// As `name`, but the data set counts from 0 and the names from 1, or the reverse.
    case shiftedName
    /// A larger number speaks more for the positive: 0 for `negative` and 1 for `positive`.
    case meaning
    /// The place of the class, counted from 0.
    case index
    /// The place of the class, counted from 1.
    case place
  }

  let basis: Basis
  /// `[C]`; the number of each class.
  let numbers: [Double]

  func index(of number: Double) -> Int? { numbers.firstIndex(of: number) }

  /// How the numbers of a file's labels can be understood, the likeliest first.
  /// - Parameter words: what stands around the numbers, see `LabelName.Numbered`.
  static func candidates(for classes: [String], words: String) -> [ClassNumbers] {
    let byIndex = ClassNumbers(basis: .index, numbers: classes.indices.map(Double.init))
    let byPlace = ClassNumbers(basis: .place, numbers: classes.indices.map { Double($0 + 1) })
    let named = classes.map(LabelName.numbered)
    if words == LabelName.Numbered.index, named.first??.words != words { return [byIndex] }
    if let own = numbers(named) { return [ClassNumbers(basis: .name, numbers: own)] + shifted(own) }
    // a class that is called a number makes all numbers names
    if named.contains(where: { $0?.words == LabelName.Numbered.alone }) { return [] }
    let scales = polarityScales(classes)
    return (scales.isEmpty ? [byIndex, byPlace] : scales)
  }

  /// The numbers in the names, where all names have one and differ in nothing else.
  private static func numbers(_ named: [LabelName.Numbered?]) -> [Double]? {
    let all = named.compactMap(\.self)
    guard all.count == named.count, Set(all.map(\.words)).count == 1,
      Set(all.map(\.number)).count == all.count
    else { return nil }
    return all.map(\.number)
  }

  /// The same counted from 1 where the names count from 0 without a gap, and the reverse.
  private static func shifted(_ own: [Double]) -> [ClassNumbers] {
    guard own.count > 1, let first = own.min(), first == 0 || first == 1,
      Set(own) == Set((0..<own.count).map { first + Double($0) })
    else { return [] }
    let shift: Double = first == 0 ? 1 : -1
    return [ClassNumbers(basis: .shiftedName, numbers: own.map { $0 + shift })]
  }

  /// The usual numbers for sentiments and for `X` and `not X`, in the order of the classes.
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

  /// The place of each class from the most negative to the most positive one; nil where the names
  /// say nothing of it.
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
  /// The candidate that fits the labels of a file: the first that leaves out one label in a hundred
  /// at most, so that a wrong row changes nothing; else the one that leaves out the fewest.
  /// - Parameter counts: how often the file has each number.
  /// - Returns: nil where none explains half of the labels.
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
