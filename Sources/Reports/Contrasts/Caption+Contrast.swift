internal import Attribution
package import Classifiers
internal import Tokenizers

extension Caption {
  /// Of two candidates: the first text and both of them, in the colours of what each word
  /// contributes to the difference.
  package init(_ contrast: ExplainedContrast, model: Model) {
    let (first, second) = (contrast.first, contrast.second)
    func painted(_ side: PairContrast.Side) -> PaintedEncoding {
      PaintedEncoding(side.encoding, scores: side.contributions.scores, model: model)
    }
    let own = painted(contrast.contrast.first)
    let other = painted(contrast.contrast.second)
    let explained = first.explanation
    (explanation, curves) = (nil, [])
    title =
      "\(explained.card.title) → \(model.classifier.classes[explained.target.classIndex]), "
      + "\(first.name) before \(second.name)"
    (against, inFavour) = ("for \(second.name)", "for \(first.name)")
    isSigned = true
    scale = max(own.map.largest, other.map.largest)
    ranking = [first, second].map { (name: $0.name, probability: $0.score) }
    parts = [
      Part(0, of: own, label: ExplainedContrast.firstText),
      Part(1, of: own, label: first.name), Part(1, of: other, label: second.name),
    ].compactMap(\.self)
    facts = Self.facts(contrast, unallocated: own.map.unallocated + other.map.unallocated)
    let words = contrast.contrast.first.words + contrast.contrast.second.words
    let strongest = [
      Self.strongest(words.filter { $0.part == 0 }, of: "the \(ExplainedContrast.firstText)"),
      Self.strongest(contrast.contrast.first.words.filter { $0.part == 1 }, of: first.name),
      Self.strongest(contrast.contrast.second.words.filter { $0.part == 1 }, of: second.name),
    ]
    let readings = [(first, own), (second, other)].flatMap { candidate, painted in
      [painted.encoding.truncation?.sentence, painted.windows?.legend()].compactMap { sentence in
        sentence.map { "\(candidate.name): \($0)" }
      }
    }
    notes = [Self.order(contrast)].compactMap(\.self) + strongest.compactMap(\.self) + readings
  }

  /// `logit 2.310 and 1.020, difference +1.290: words +1.200, tokens that frame the texts +0.020, with
  /// the explained words absent +0.070; completeness gap 0.004, 66 model passes`
  private static func facts(_ contrast: ExplainedContrast, unallocated: Float) -> String {
    func signed(_ value: Float) -> String { Numerals.score(value, isSigned: true) }
    let (a, b) = (contrast.first.explanation, contrast.second.explanation)
    let found = contrast.contrast
    var shares = ["words \(signed(found.sum - unallocated))"]
    if unallocated != 0 { shares.append("tokens that frame the texts \(signed(unallocated))") }
    if let absent = found.referenceDifference {
      shares.append("with the explained words absent \(signed(absent))")
    }
    let values = [a, b].map { number($0.attribution.targetValue) }.joined(separator: " and ")
    let gap = found.convergenceDelta.map { "completeness gap \(number($0))" }
    return
      "\(a.target.quantity.rawValue) \(values), difference \(signed(found.difference)): "
      + shares.joined(separator: ", ") + "; "
      + [
        gap ?? "this method's scores need not add up to the difference",
        passes(a.attribution.evaluations + b.attribution.evaluations),
      ].joined(separator: ", ")
  }

  /// What ranks them may stand the other way round than what is explained: of several classes, a
  /// probability depends on every logit.
  private static func order(_ contrast: ExplainedContrast) -> String? {
    guard contrast.contrast.difference < 0, contrast.first.score > contrast.second.score else {
      return nil
    }
    return
      "the probabilities rank them, and the \(contrast.first.explanation.target.quantity.rawValue)s "
      + "stand the other way round; --score log-probability explains the ranking"
  }

  /// `strongest words of rank 1: river +0.310, high -0.020`
  private static func strongest(_ words: [UnitScore], of name: String) -> String? {
    let ranked = words.filter { $0.score.isFinite && $0.score != 0 }.sorted {
      abs($0.score) > abs($1.score)
    }
    guard !ranked.isEmpty else { return nil }
    return "strongest words of \(name): "
      + ranked.prefix(5).map { "\($0.text) \(Numerals.score($0.score, isSigned: true))" }
      .joined(separator: ", ")
  }
}
