internal import Attribution
package import Classifiers
internal import Tokenizers

/// What the formats that show a heatmap write about it, so that all write the same.
package struct Caption {
  /// `integrated gradients → positive`
  package let title: String
  /// `logit 2.31, completeness gap 0.004, 33 passes`
  package let facts: String
  /// The notes below the heatmap: for a molecule its sums, or why it is not drawn; for a truncated
  /// text, what was not read; for a text in windows, how they are combined.
  package let notes: [String]
  /// The classes in descending order of probability; of a contrast, the two candidates with what ranks them.
  package let ranking: [(name: String, probability: Float)]
  /// What the colours of a signed method speak for.
  package let against: String
  package let inFavour: String
  package let isSigned: Bool
  /// The score with the strongest colour.
  package let scale: Float
  package let parts: [Part]
  /// The curves of the measures that are the area under one.
  package let curves: [Curve]
  /// nil if there is more than one.
  let explanation: ExplainedText?

  /// One of the explained texts.
  package struct Part {
    /// `first text`; nil if there is only one.
    package var label: String?
    package var text: String
    /// Its heat, and where it stands in the layout of that: as the first text of a pair or the second.
    package var painted: PaintedEncoding
    package var number: Int
    package var start: Int { painted.encoding.joinedTexts.start(of: number) }

    /// nil if there is no such text.
    init?(_ number: Int, of painted: PaintedEncoding, label: String?) {
      let texts = painted.encoding.texts
      guard texts.indices.contains(number) else { return nil }
      (self.number, self.painted, self.label) = (number, painted, label)
      text = texts[number]
    }
  }

  package init(_ explanation: ExplainedText, model: Model) {
    let prediction = explanation.prediction
    let classes = model.classifier.classes
    let target = explanation.target
    let name =
      classes[target.classIndex] + (target.versus.map { " rather than \(classes[$0])" } ?? "")
    let painted = PaintedEncoding(
      prediction.encoding, scores: explanation.attribution.scores, model: model,
      isMolecule: explanation.molecule != nil)
    self.explanation = explanation
    curves = Self.curves(of: explanation, model: model)
    title = "\(explanation.card.title) → \(name)"
    (against, inFavour) = ("against \(name)", "for \(name)")
    isSigned = explanation.card.isSigned
    scale = max(painted.map.largest, explanation.molecule?.heat.largest ?? 0)
    ranking = zip(classes, prediction.probabilities)
      .sorted { $0.1 > $1.1 }.map { (name: $0.0, probability: $0.1) }
    let isPair = prediction.encoding.pair != nil
    parts = ["first text", "second text"].enumerated().compactMap { number, label in
      Part(number, of: painted, label: isPair ? label : nil)
    }
    facts = Self.facts(explanation, unallocated: painted.map.unallocated)
    let molecule = explanation.molecule
    notes = [
      explanation.refusal ?? molecule?.sums, Self.groups(molecule?.units),
      molecule?.spellingSentence,
      molecule?.modelQuality.map { "the model: \($0)" }, prediction.encoding.truncation?.sentence,
      painted.windows?.legend(),
    ].compactMap(\.self)
  }

  private static func facts(_ explanation: ExplainedText, unallocated: Float) -> String {
    let attribution = explanation.attribution
    var parts = ["\(explanation.target.quantity.rawValue) \(Self.number(attribution.targetValue))"]
    if let delta = attribution.convergenceDelta {
      parts.append("completeness gap \(Self.number(delta))")
    }
    parts.append(passes(attribution.evaluations))
    if let most = attribution.standardErrors?.max(), most > 0 {
      parts.append("standard errors up to \(Self.number(most))")
    }
    if case .number(let fit)? = attribution.parameters["r_squared"] {
      parts.append("R² \(Numerals.fixed(fit, 2))")
    }
    if unallocated != 0 {
      parts.append("\(Self.number(unallocated)) on tokens that frame the text")
    }
    return parts.joined(separator: ", ")
  }

  /// `1 model pass`, `1,025 model passes`
  static func passes(_ count: Int) -> String {
    "\(Numerals.grouped(count)) model pass\(count == 1 ? "" : "es")"
  }

  /// `without thiophene with chlorine: +0.41, …`, in descending order.
  private static func groups(_ units: [MoleculeUnitScore]?) -> String? {
    guard let units, !units.isEmpty else { return nil }
    let ranked = units.sorted { abs($0.score) > abs($1.score) }
    return "what the score loses without each: "
      + ranked.map { "\($0.name) \(Numerals.score($0.score, isSigned: true))" }
      .joined(separator: ", ")
  }

  /// The first classes, as `positive 0.981`.
  package func classes(atMost count: Int) -> [String] {
    ranking.prefix(count).map { "\($0.name) \(Numerals.fixed($0.probability, 3))" }
  }

  /// The meaning of the colours for a method whose scores have no sign.
  package static let intensity = "how much a word matters; no sign"

  package func level(of score: Float) -> Int {
    HeatLevel.level(of: score, scale: scale)
  }

  /// Three significant digits, which are enough for comparisons.
  package static func number(_ value: Float) -> String { Numerals.score(value, isSigned: false) }
}
