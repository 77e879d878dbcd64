import Classifiers
import Datasets
import Explorer
import Tokenizers
import Workbench

/// A data set on which the lexicon is sometimes wrong.
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

extension Reviews {
  /// An explanation with the lexicon's scores; annotators marked every `good`.
  static func explained(_ row: Int, of table: ExampleTable) -> ExplainedRow {
    let text = table.text(ofRow: row)
    let encoding = Lexicon.encode(text)
    let classIndex = table.explainedClass(row)
    let words = zip(encoding.pieces, Lexicon.scores(encoding)).filter { !$0.0.isSpecial }.map {
      WordScores.Word(utf8Range: $0.utf8Range, score: classIndex == 1 ? $1 : -$1)
    }
    var explained = ExplainedRow(row: row, scores: WordScores(classIndex: classIndex, words: words))
    if let place = text.firstRange(of: "good") {
      let start = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
      (explained.rationale, explained.plausibility) = ([start..<start + 4], 0.75)
    }
    return explained
  }
}

extension Stage {
  /// Explains all rows, and sums the scores of their words.
  mutating func explainAll() {
    guard let table = state.examples else { return }
    words(.began(method: "LEX"))
    var tally = WordTally()
    var found: [(row: Int, evidence: Evidence)] = []
    for row in 0..<table.count {
      let explained = Reviews.explained(row, of: table)
      let example = table[row]
      tally.add(explained.scores, text: example.text, isError: example.isError)
      found.append((row, Evidence(explained.scores, text: example.text)))
    }
    let progress = RowsProgress(rows: table.count, share: 1, rowsPerSecond: 10)
    words(.found(found, tally.report(), progress))
    words(.ended(progress))
  }

  /// Loads the whole data set, scored, and shows it.
  mutating func load(_ rows: [Reviews.Row], chunks: Int = 2) {
    scoring(.began(name: "reviews.csv"))
    let size = max(1, (rows.count + chunks - 1) / chunks)
    var done = 0
    while done < rows.count {
      let part = Array(rows[done..<min(rows.count, done + size)])
      let chunk = Reviews.chunk(part, from: done)
      done += part.count
      scoring(
        .scored(
          chunk,
          RowsProgress(
            rows: done, share: Double(done) / Double(rows.count), rowsPerSecond: 100)))
      answer()
    }
    scoring(.ended(RowsProgress(rows: done, badRows: 1, share: 1, rowsPerSecond: 100)))
    answer()
  }
}
