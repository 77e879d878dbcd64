internal import Attribution
package import Classifiers
package import Datasets
internal import Tokenizers

/// Changes of a text that would change the model's decision: the answers as sentences and as JSON.
package struct ProbeReport: FactsReport {
  let answers: ProbeAnswers
  let prediction: Prediction
  let record: TextRecord
  let index: Int
  let model: Model

  /// - Parameter index: the index of the text in the input, from 0.
  package init(
    _ answers: ProbeAnswers, of prediction: Prediction, record: TextRecord, index: Int,
    model: Model
  ) {
    self.answers = answers
    self.prediction = prediction
    self.record = record
    self.index = index
    self.model = model
  }

  private var pieces: [Piece] { prediction.encoding.pieces }

  package var text: PlainText {
    var lines: [PlainText] = [
      "\(prediction.encoding.joinedTexts.line)", "class        \(predicted)",
    ]
    if let note = prediction.encoding.truncation { lines.append("not all      \(note.sentence)") }
    for question in answers.questions {
      let sentence =
        switch question {
        case .reduction: answers.reduction.map(reduction)
        case .hotflip: answers.hotFlip.map(hotFlip)
        case .flipping: decides ? flipping(answers.flipping) : nil
        case .keeping: decides ? keeping(answers.keeping) : nil
        case .ledger: answers.ledger.map(ledger)
        }
      lines.append(
        PlainText(question.rawValue).padded(to: 13)
          + PlainText(sentence ?? inapplicable(question)))
    }
    if let phrases = answers.phrases { lines += self.lines(of: phrases).map { PlainText($0) } }
    return lines.joined(separator: "\n") + "\n\n"
  }

  private var decides: Bool { model.classifier.link != .identity }

  private func inapplicable(_ question: ProbeQuestion) -> String {
    decides || question == .ledger
      ? "does not apply to this model"
      : "does not apply: a regression has no class that could flip"
  }

  private func reduction(_ result: InputReduction.Result) -> String {
    let kept = result.kept.filter { !pieces[$0].isFrame }.map { pieces[$0].text }
    return "\"\(kept.joined(separator: " "))\" is still \(predicted): "
      + "\(number(result.probability)) → \(number(result.reducedProbability))"
  }

  private func hotFlip(_ result: HotFlip.Result) -> String {
    if result.flips.isEmpty {
      return "no word of the vocabulary \(result.direction == .up ? "raises" : "lowers") the score"
    }
    let flips = result.flips.map { "\(pieces[$0.token].text) → \($0.text)" }
    return flips.joined(separator: ", ") + ": "
      + (result.isFlipped ? "now" : "still") + " \(name(result.classIndex, result.probabilities)) "
      + number(result.probabilities[result.classIndex])
  }

  private func flipping(_ result: DecisiveSets.Result?) -> String {
    guard let result else { return "no set of units was found whose removal changes the class" }
    return "without \(set(result)): \(name(result.classIndex, result.probabilities)) "
      + number(result.probabilities[result.classIndex])
  }

  private func keeping(_ result: DecisiveSets.Result?) -> String {
    guard let result else { return "no set of units gives \(predicted) on its own" }
    if result.units.isEmpty { return "even the empty text is \(predicted)" }
    return "\(set(result)) alone: \(name(result.classIndex, result.probabilities)) "
      + number(result.probabilities[result.classIndex])
  }

  private func ledger(_ ledger: PoolingLedger) -> String {
    let entries = ledger.entries.map { entry -> String in
      let top = entry.steps.indices.max { abs(entry.steps[$0]) < abs(entry.steps[$1]) }
      let place = top.map { ", most at \(pieces[$0].text)" } ?? ""
      return "\(entry.pool) \(number(Float(entry.total)))\(place)"
    }
    return "logit \(number(Float(ledger.value))): " + entries.joined(separator: "; ")
      + "; biases \(number(Float(ledger.remainder)))"
  }

  private func lines(of phrases: ProbeAnswers.Phrases) -> [String] {
    var lines = zip(phrases.texts, phrases.shares).map { text, share in
      "phrase       \"\(text)\" contributes \(number(Float(share))) to the logit"
    }
    if let interaction = phrases.interaction {
      lines.append("interaction  \(number(Float(interaction))) more together than apart")
    }
    return lines
  }

  private func set(_ result: DecisiveSets.Result) -> String {
    let texts = result.units.map { unit in
      "\"" + unit.filter { !pieces[$0].isSpecial }.map { pieces[$0].text }.joined(separator: " ")
        + "\""
    }
    return texts.joined(separator: ", ") + (result.isProven ? "" : " (fewer may suffice)")
  }

  /// The predicted class; `not toxic` if a label does not apply.
  private func name(_ index: Int, _ probabilities: [Float]) -> String {
    let name = model.classifier.classes[index]
    let rule = model.rule
    return rule.link == .sigmoid && !rule.isGiven(index, probabilities) ? "not \(name)" : name
  }

  private var predicted: String { name(prediction.classIndex, prediction.probabilities) }
  private func number(_ value: Float) -> String { Numerals.score(value, isSigned: false) }
}
