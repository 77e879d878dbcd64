import Classifiers
import Datasets
import Explorer

/// A data set that the lexicon is wrong on now and then.
enum Reviews {
  struct Row {
    var text: String
    var isPositive: Bool?
  }

  static func rows(_ count: Int) -> [Row] {
    let praise = ["a brilliant film", "gorgeous , good acting", "not bad but good", "never dull"]
    let blame = ["painfully predictable", "dull", "good but dull", "not a gorgeous score"]
    return (0..<count).map { index in
      let text = index.isMultiple(of: 2) ? praise[index / 2 % 4] : blame[index / 2 % 4]
      return Row(
        text: "\(text) \(index)", isPositive: index % 13 == 5 ? nil : index.isMultiple(of: 2))
    }
  }

  static func chunk(_ rows: [Row], from first: Int = 0) -> ExampleChunk {
    var chunk = ExampleChunk(classes: 2)
    for (index, row) in rows.enumerated() {
      let gold = row.isPositive.map { Gold.one($0 ? 1 : 0) } ?? .unknown
      let sum = Lexicon.scores(Lexicon.encode(row.text)).reduce(0, +)
      chunk.append(
        Example(
          index: first + index, line: first + index + 2, content: .text(row.text), gold: gold),
        Judgement(logits: [0, sum], gold: gold, link: .softmax))
    }
    return chunk
  }
}

extension Stage {
  /// The whole data set, scored and looked at.
  mutating func load(_ rows: [Reviews.Row], chunks: Int = 2) {
    happen(.dataset(.began(name: "reviews.csv")))
    let size = max(1, (rows.count + chunks - 1) / chunks)
    var done = 0
    while done < rows.count {
      let part = Array(rows[done..<min(rows.count, done + size)])
      let chunk = Reviews.chunk(part, from: done)
      done += part.count
      happen(
        .dataset(
          .scored(
            chunk,
            ScoringProgress(
              rows: done, share: Double(done) / Double(rows.count), rowsPerSecond: 100))))
      answer()
    }
    happen(.dataset(.ended(ScoringProgress(rows: done, badRows: 1, share: 1, rowsPerSecond: 100))))
    answer()
  }
}
