/// Counts of a multi-label model: each class is a yes-or-no decision.
struct LabelTally: Sendable {
  private var hits: [Int]
  private var predicted: [Int]
  private var support: [Int]
  private var rows = 0
  private(set) var exactRows = 0
  private var sums = (precision: 0.0, recall: 0.0, f1: 0.0)

  init(classes: Int) {
    hits = Array(repeating: 0, count: classes)
    predicted = hits
    support = hits
  }

  mutating func add(gold: Set<Int>, predicted: Set<Int>) {
    let both = gold.intersection(predicted)
    for index in both { hits[index] += 1 }
    for index in predicted { self.predicted[index] += 1 }
    for index in gold { support[index] += 1 }
    rows += 1
    if gold == predicted { exactRows += 1 }
    let row = ClassScores(hits: both.count, predicted: predicted.count, support: gold.count)
    sums = (sums.precision + row.precision, sums.recall + row.recall, sums.f1 + row.f1)
  }

  var classScores: [ClassScores] {
    hits.indices.map {
      ClassScores(hits: hits[$0], predicted: predicted[$0], support: support[$0])
    }
  }

  var micro: ClassScores {
    ClassScores(
      hits: hits.reduce(0, +), predicted: predicted.reduce(0, +), support: support.reduce(0, +))
  }

  /// The mean of each row's own scores.
  var samples: ClassScores {
    let count = Double(max(1, rows))
    return ClassScores(
      precision: sums.precision / count, recall: sums.recall / count, f1: sums.f1 / count,
      support: support.reduce(0, +))
  }
}
