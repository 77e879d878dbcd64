internal import Attribution
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports
internal import Tokenizers

/// Explanations in one of the output formats.
///
/// `opening` and `closing` stand around all results and `text` is called for each, so that a run
/// over many texts is written as it goes.
protocol Report {
  associatedtype Format: Medium
  var opening: Written<Format> { get }
  var closing: Written<Format> { get }
  func text(of explanation: Explanation, record: TextRecord, index: Int) -> Written<Format>
}

extension Report {
  var opening: Written<Format> { "" }
  var closing: Written<Format> { "" }

  /// One explanation alone.
  func whole(_ explanation: Explanation, record: TextRecord) -> Output {
    // A picture gathers what is drawn and closes with all of it.
    let start = opening + text(of: explanation, record: record, index: 0)
    return Output(start + closing)
  }
}

/// One JSON object a line.
struct JSONReport: Report {
  let model: Model

  func text(of explanation: Explanation, record: TextRecord, index: Int) -> JSONText {
    "\(ResultJSON.explanation(explanation, of: record, index: index, model: model))\n"
  }
}

/// One row a token, word or sentence.
struct CSVReport: Report {
  let model: Model
  var form = CSVForm.exact

  var opening: CSVText {
    CSVText(
      row: [
        "index", "method", "target", "token", "text", "id", "start", "end", "special", "score",
        "standard_error", "truncated",
      ], form)
  }

  func text(of explanation: Explanation, record: TextRecord, index: Int) -> CSVText {
    let pieces = explanation.prediction.encoding.pieces
    let truncation = explanation.prediction.encoding.truncation?.sentence ?? ""
    let className = model.classifier.classes[explanation.target.classIndex]
    return explanation.units.enumerated().map { position, unit in
      let piece = unit.pieces.count == 1 ? pieces[unit.pieces[0]] : nil
      return CSVText(
        row: [
          String(index), explanation.card.name, className, String(position), unit.text,
          piece.map { String($0.id) } ?? "", String(unit.utf8Range.lowerBound),
          String(unit.utf8Range.upperBound), String(piece?.isSpecial ?? false),
          unit.score.description, unit.standardError?.description ?? "", truncation,
        ], form)
    }.joined()
  }
}

/// What the painted formats say in words, so that they all say the same.
struct Caption {
  let explanation: Explanation
  let model: Model
  let map: HeatMap

  init(_ explanation: Explanation, model: Model) {
    self.explanation = explanation
    self.model = model
    map = HeatMap(
      pieces: explanation.prediction.encoding.pieces, scores: explanation.attribution.scores)
  }

  var isSigned: Bool { explanation.card.isSigned }

  /// `positive` or `positive rather than negative`
  var target: String {
    let classes = model.classifier.classes
    let target = explanation.target
    return classes[target.classIndex]
      + (target.versus.map { " rather than \(classes[$0])" } ?? "")
  }

  /// `integrated gradients → positive`
  var title: String { "\(explanation.card.title) → \(target)" }

  /// `logit 2.31, completeness gap 0.004, 33 passes`
  var facts: String {
    let attribution = explanation.attribution
    var parts = ["\(explanation.target.quantity.rawValue) \(Self.number(attribution.targetValue))"]
    if let delta = attribution.convergenceDelta {
      parts.append("completeness gap \(Self.number(delta))")
    }
    let passes = attribution.evaluations
    parts.append("\(Numerals.grouped(passes)) model pass\(passes == 1 ? "" : "es")")
    if let most = attribution.standardErrors?.max(), most > 0 {
      parts.append("standard errors up to \(Self.number(most))")
    }
    if case .number(let fit)? = attribution.parameters["r_squared"] {
      parts.append("R² \(Numerals.fixed(fit, 2))")
    }
    if map.unallocated != 0 {
      parts.append("\(Self.number(map.unallocated)) on tokens that frame the text")
    }
    return parts.joined(separator: ", ")
  }

  /// What of the text the model did not read, as a sentence.
  var truncation: String? { explanation.prediction.encoding.truncation?.sentence }

  /// The model never saw what stands at this place of the text.
  func isCut(_ utf8Offset: Int) -> Bool {
    explanation.prediction.encoding.unseen?.contains(utf8Offset) == true
  }

  var against: String { "against \(target)" }
  var inFavour: String { "for \(target)" }

  /// Classes by falling probability.
  var ranking: [(name: String, probability: Float)] {
    let prediction = explanation.prediction
    return zip(model.classifier.classes, prediction.probabilities)
      .sorted { $0.1 > $1.1 }.map { (name: $0.0, probability: $0.1) }
  }

  /// The unit that holds a byte of the text.
  func unit(at utf8Offset: Int) -> HeatUnit? {
    var low = 0
    var high = map.units.count
    while low < high {
      let middle = (low + high) / 2
      if map.units[middle].utf8Range.upperBound <= utf8Offset {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < map.units.count, map.units[low].utf8Range.contains(utf8Offset) else { return nil }
    return map.units[low]
  }

  func level(of score: Float) -> Int {
    HeatLevel.level(of: score, scale: map.largest)
  }

  /// Three significant digits are what a reader compares.
  static func number(_ value: Float) -> String { Numerals.score(value, isSigned: false) }
}
