internal import Datasets
internal import Reports
internal import TerminalUI
internal import Workbench

/// The content of a drawer: lines with numbers, each with the query that selects the rows it
/// counts.
struct DrawerLines {
  struct Line {
    var label: String
    /// The rightmost number first.
    var numbers: [String] = []
    var style = Style()
    /// A bar between label and numbers: the filled share, the share of wrong predictions in it, and
    /// the position of a mark, each from 0 to 1.
    var bar: Bar?

    struct Bar {
      var share: Float
      var wrong: Float = 0
      var mark: Float?
    }

    /// nil if no query selects the rows that it counts.
    var query: String?
  }

  var note = ""
  var head = Line(label: "")
  var lines: [Line] = []
  /// The text that is shown if there are no lines.
  var emptiness: String?

  let errors: ErrorsScreen
  private let dataset: OpenDataset
  private let signs: Signs

  init(_ state: State, _ drawer: ErrorsScreen.Drawer) {
    errors = state.errors
    dataset = state.dataset
    signs = state.signs
    if state.isRegression, ![.matrix, .strongest].contains(drawer) {
      emptiness = "This table counts classes, and this model predicts numbers."
      return
    }
    switch drawer {
    case .matrix: break
    case .strongest, .twoSided, .behindErrors: addWords(drawer)
    case .models: addModels()
    default:
      guard let report = errors.report else {
        emptiness = ""
        return
      }
      switch drawer {
      case .calibration: addCalibration(report)
      case .charts: addCharts(report)
      case .slices: addSlices(report)
      case .words: addErrorWords(report)
      default: addSuspects(report)
      }
    }
  }

  func name(_ index: Int) -> String {
    dataset.table?.classes.element(at: index) ?? "\(index)"
  }

  // MARK: Slices, words and labels

  private mutating func addSlices(_ report: ExampleReport) {
    note = "lift = error rate / overall"
    head = Line(label: "slice", numbers: ["lift", "err %", "rows"])
    lines = report.slices.map {
      Line(
        label: $0.name, numbers: numbers(lift: $0.lift, rate: $0.errorRate, count: $0.count),
        query: $0.query)
    }
  }

  private mutating func addErrorWords(_ report: ExampleReport) {
    note = "lift = error rate / overall"
    head = Line(label: noun, numbers: ["lift", "err %", "rows"])
    lines = report.words.map { word in
      let rate = Double(word.errors) / Double(max(1, word.count))
      return Line(
        label: word.word, numbers: numbers(lift: word.lift, rate: rate, count: word.count),
        query: "gold!=pred " + search(word.word))
    }
  }

  private mutating func addSuspects(_ report: ExampleReport) {
    note = "confident learning"
    head = Line(label: "label \(signs.becomes) what the model says", numbers: ["margin"])
    lines = report.suspects.prefix(1000).map { suspect in
      let row = dataset.table.map { $0.fileRow(suspect.index) } ?? 0
      let isRelabelled = dataset.notes.annotations.entries[row]?.label != nil
      return Line(
        label: (isRelabelled ? signs.done + " " : "")
          + "\(row) \(name(suspect.gold)) \(signs.becomes) \(name(suspect.suggested))",
        numbers: [Numerals.fixed(Float(suspect.margin), 2)],
        style: Style(isRelabelled ? .dim : .text), query: "row=\(row)")
    }
  }

  var hasParts: Bool { dataset.table?.parts != nil }

  /// The name of a part of a text.
  private var noun: String { hasParts ? "group" : "word" }

  /// The query for the rows whose text contains a word, or whose molecule contains a group.
  private func search(_ word: String) -> String {
    hasParts
      ? "group~" + QueryText.quoted(QueryText.partPattern(word))
      : "text~" + QueryText.quoted(QueryText.pattern(word: word))
  }

  private func numbers(lift: Double, rate: Double, count: Int) -> [String] {
    [
      Numerals.fixed(Float(lift), 2), Numerals.percentage(Float(rate)), Numerals.grouped(count),
    ]
  }
}

extension DrawerLines {
  // MARK: Words by an explainer

  private mutating func addWords(_ drawer: ErrorsScreen.Drawer) {
    let words = errors.words
    switch words.status {
    case .none: emptiness = "The \(noun)s are counted once all rows are scored."
    case .failed(let reason): emptiness = reason
    case .scoring, .stopped, .done: break
    }
    if words.status == .scoring { note = words.progress.words.suffix(2).joined(separator: " ") }
    guard let report = words.report, emptiness == nil else {
      if emptiness == nil { emptiness = words.progress.words.joined(separator: "  ") }
      return
    }
    let label = words.method.isEmpty ? noun : "\(noun), by \(words.method)"
    switch drawer {
    case .strongest:
      head = Line(label: label, numbers: ["mean", "rows"])
      lines = report.strongest.compactMap(strongest)
      if let plausibility = report.plausibility {
        lines.insert(
          Line(
            label: "plausibility",
            numbers: [
              Numerals.fixed(Float(plausibility.mean), 2), Numerals.grouped(plausibility.count),
            ], style: Style(.dim)), at: 0)
      }
    case .twoSided:
      head = Line(label: label, numbers: ["mean", "rows"])
      lines = report.twoSided.map(twoSided)
    default:
      head = Line(label: label, numbers: ["errors", "behind"])
      lines = report.behindErrors.map { word in
        Line(
          label: word.word,
          numbers: [Numerals.grouped(word.errorCount), Numerals.grouped(word.evidenceCount)],
          query: "gold!=pred evidence~" + evidence(word.word))
      }
    }
    if lines.isEmpty {
      emptiness =
        words.status == .done ? "there is no such \(noun)" : "no \(noun) occurs in enough texts yet"
    }
  }

  private func strongest(_ word: WordFacts) -> Line? {
    guard let facts = word.strongestClass else { return nil }
    let sign = facts.mean < 0 ? "against" : "for"
    return Line(
      label: "\(word.word) \(sign) \(name(facts.classIndex))",
      numbers: [
        Numerals.score(Float(facts.mean), isSigned: true), Numerals.grouped(facts.count),
      ], query: "pred=\(QueryText.quoted(name(facts.classIndex))) " + search(word.word))
  }

  private func twoSided(_ word: WordFacts) -> Line {
    let classes = word.classes.prefix(3).map { "\(name($0.classIndex)) (\($0.count))" }
    return Line(
      label: "\(word.word) for \(classes.joined(separator: ", "))",
      numbers: [
        Numerals.score(Float(word.classes[1].mean), isSigned: true), Numerals.grouped(word.count),
      ], query: "evidence~" + evidence(word.word))
  }

  private func evidence(_ word: String) -> String {
    QueryText.quoted(
      hasParts ? QueryText.partPattern(word) : QueryText.evidencePattern(word: word))
  }

  // MARK: Two models

  private mutating func addModels() {
    let other = errors.other
    guard let name = dataset.table?.other?.name, let agreement = errors.report?.agreement
    else {
      switch other.status {
      case .failed(let reason): emptiness = reason
      case .scoring: emptiness = "opening \(other.argument)"
      default: emptiness = "A opens a second model to compare with on all rows."
      }
      return
    }
    note = agreement.kappa.map { "kappa \(Numerals.fixed(Float($0), 2))" } ?? ""
    if other.status == .scoring { note = other.progress.words.suffix(2).joined(separator: " ") }
    head = Line(label: "compared with \(name)", numbers: ["rows"])
    func line(_ label: String, _ count: Int, _ query: String?) -> Line {
      Line(label: label, numbers: [Numerals.grouped(count)], query: query)
    }
    let differ = agreement.rows - agreement.sameCount
    lines = [
      line("they differ", differ, "other!=pred"),
      line("only this model right", agreement.onlyFirstRight, "gold=pred gold!=other"),
      line("only \(name) right", agreement.onlySecondRight, "gold!=pred gold=other"),
      line("both right", agreement.bothRight, "gold=pred gold=other"),
      line("both wrong, same class", agreement.bothWrongAlike, "gold!=pred other=pred"),
      line(
        "both wrong, different classes", agreement.bothWrongApart,
        "gold!=pred gold!=other other!=pred"),
      Line(
        label: "McNemar p",
        numbers: [
          agreement.labelledRows == 0
            ? "-" : Numerals.score(Float(agreement.mcNemar), isSigned: false)
        ], style: Style(.dim)),
    ]
    lines += agreement.answers.mostConfused().prefix(50).map { pair in
      line(
        "\(self.name(pair.gold)) here, \(self.name(pair.predicted)) there", pair.count,
        "pred=\(QueryText.quoted(self.name(pair.gold)))"
          + " other=\(QueryText.quoted(self.name(pair.predicted)))")
    }
  }
}
