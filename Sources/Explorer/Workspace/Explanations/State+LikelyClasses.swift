internal import Classifiers
internal import Datasets
internal import Workbench

/// Which of many classes are shown.
extension State {
  /// All classes, or of more than `limit` the most probable ones, the likeliest first. The class that
  /// is explained, the one that it is set against and those of the opened row's label are among them.
  func likelyClasses(atMost limit: Int) -> [Int] {
    guard let summary else { return [] }
    let all = Array(summary.classes.indices)
    guard all.count > limit, limit > 0 else { return all }
    let ranked = rankedClasses
    let gold = openedExample?.gold.classes ?? []
    let wanted = ([targetClass, versusClass].compactMap(\.self) + gold).filter(all.contains)
    var chosen = Set(wanted.prefix(limit))
    for index in ranked where chosen.count < limit { chosen.insert(index) }
    return ranked.filter(chosen.contains)
  }

  /// All classes, the likeliest first.
  var rankedClasses: [Int] {
    let probabilities = predictions.latest?.prediction.probabilities ?? []
    let order = (summary?.classes ?? []).indices.map { index in
      let probability = probabilities.element(at: index) ?? 0
      return (index: index, probability: probability.isNaN ? 0 : probability)
    }
    // equally likely ones stay in the model's order
    return order.sorted {
      ($0.probability, $1.index) > ($1.probability, $0.index)
    }.map(\.index)
  }
}
