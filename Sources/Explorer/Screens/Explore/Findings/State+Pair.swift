internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Comparing a kept text with the present one.
extension State {
  /// Keeps the present text as A; what is typed from then on is B.
  mutating func pinText() {
    guard let visit = presentVisit else { return say("the explanation is not ready yet") }
    findings.pinned = visit
    findings.results.done.remove(.pair)
    if findings.page != .pair {
      explore.focus = .heatmap
      show(.pair)
    }
    say("A kept. Now edit: B")
  }

  /// Replaces A's map by that of another explainer, class or set of options.
  mutating func replacePinnedMap(
    _ prediction: Prediction, _ attribution: TokenAttribution, _ choice: ExplanationChoice,
    _ options: ExplainerOptions, isFinal: Bool
  ) {
    guard var pinned = findings.pinned,
      attribution.scores.count == prediction.encoding.pieces.count
    else { return }
    pinned.prediction.prediction = prediction
    var job = pinned.explanation.job
    (job.choice, job.options) = (choice, options)
    pinned.explanation = Explanation(
      job: job, texts: pinned.texts, attribution: attribution,
      map: HeatMap(
        pieces: prediction.encoding.joined.pieces, scores: attribution.scores,
        showsSpecials: false, off: pinned.experiment.off),
      seconds: 0, isFinal: isFinal)
    findings.pinned = pinned
  }

  /// The rows of the longer of the two texts at their width.
  var pairRows: Int {
    guard let pinned = findings.pinned else { return 1 }
    let columns = PairView.columns(ExploreLayout(self).findings)
    let a = HeatmapText(state(at: pinned), columns: columns)
    let b = HeatmapText(self, columns: columns)
    return max(a.layout.rowCount * a.rowHeight, b.layout.rowCount * b.rowHeight) + 1
  }
}

/// The words of each text that are not in the other, by the longest common subsequence of words.
struct WordDifference {
  let onlyInFirst: [Range<Int>]
  let onlyInSecond: [Range<Int>]

  /// Above this number of words, only both ends are compared, and everything between them counts as
  /// different.
  private static let mostWords = 1500

  init(_ first: String, _ second: String) {
    let (a, b) = (Self.words(first), Self.words(second))
    let front = zip(a, b).prefix { $0.text == $1.text }.count
    let most = min(a.count, b.count) - front
    let back = zip(a.reversed(), b.reversed()).prefix(most).prefix { $0.text == $1.text }.count
    let (left, right) = (Array(a[front..<a.count - back]), Array(b[front..<b.count - back]))
    guard left.count <= Self.mostWords, right.count <= Self.mostWords else {
      (onlyInFirst, onlyInSecond) = (left.map(\.range), right.map(\.range))
      return
    }
    // lengths[i][j]: the length of the longest common subsequence from i and j on.
    let width = right.count + 1
    var lengths = [UInt16](repeating: 0, count: (left.count + 1) * width)
    for i in left.indices.reversed() {
      for j in right.indices.reversed() {
        lengths[i * width + j] =
          left[i].text == right[j].text
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var (i, j) = (0, 0)
    var (removed, added): ([Range<Int>], [Range<Int>]) = ([], [])
    while i < left.count, j < right.count {
      if left[i].text == right[j].text {
        (i, j) = (i + 1, j + 1)
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        removed.append(left[i].range)
        i += 1
      } else {
        added.append(right[j].range)
        j += 1
      }
    }
    onlyInFirst = removed + left[i...].map(\.range)
    onlyInSecond = added + right[j...].map(\.range)
  }

  private static func words(_ text: String) -> [(text: String, range: Range<Int>)] {
    UnicodeWords.ranges(of: text).map { (text.utf8Text($0), $0) }
  }
}
