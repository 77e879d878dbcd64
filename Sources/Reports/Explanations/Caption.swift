internal import Attribution
package import Classifiers
package import Tokenizers

/// What the formats that show a heatmap write about it, so that all write the same.
package struct Caption {
  package let explanation: ExplainedText
  package let model: Model
  package let map: HeatMap
  /// The score with the strongest colour.
  package let scale: Float
  /// The pieces in the layout of both texts, if there are two; the ranges of the map are in this
  /// layout.
  package let layout: Encoding
  /// The windows in which the text is read; nil if it is read at once.
  package let windows: TextWindows?
  /// Where all windows but the first begin, in the layout.
  package let seams: [Int]

  package init(_ explanation: ExplainedText, model: Model) {
    self.explanation = explanation
    self.model = model
    let encoding = explanation.prediction.encoding
    layout = encoding.joined
    windows = model.windows(of: encoding)
    seams = windows?.seams(in: encoding.joinedTexts) ?? []
    var pieces = layout.pieces
    // A SMILES has no words; a tokenizer may treat the whole molecule as one.
    if explanation.molecule != nil {
      for index in pieces.indices { pieces[index].word = nil }
    }
    map = HeatMap(pieces: pieces, scores: explanation.attribution.scores)
    scale = max(map.largest, explanation.molecule?.heat.largest ?? 0)
  }

  package var isSigned: Bool { explanation.card.isSigned }

  /// `positive` or `positive rather than negative`
  package var target: String {
    let classes = model.classifier.classes
    let target = explanation.target
    return classes[target.classIndex]
      + (target.versus.map { " rather than \(classes[$0])" } ?? "")
  }

  /// `integrated gradients → positive`
  package var title: String { "\(explanation.card.title) → \(target)" }

  /// `logit 2.31, completeness gap 0.004, 33 passes`
  package var facts: String {
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

  /// Which part of the text the model did not read, as a sentence.
  package var truncation: String? { explanation.prediction.encoding.truncation?.sentence }

  /// The notes below the heatmap: for a molecule its sums, or why it is not drawn; for a truncated
  /// text, what was not read; for a text in windows, how they are combined.
  package var notes: [String] {
    let molecule = explanation.molecule
    return [
      explanation.refusal ?? molecule?.sums, Self.groups(molecule?.units),
      molecule?.spellingSentence,
      molecule?.modelQuality.map { "the model: \($0)" }, truncation,
      windows?.legend(),
    ].compactMap(\.self)
  }

  /// `without thiophene with chlorine: +0.41, …`, in descending order.
  private static func groups(_ units: [MoleculeUnitScore]?) -> String? {
    guard let units, !units.isEmpty else { return nil }
    let ranked = units.sorted { abs($0.score) > abs($1.score) }
    return "what the score loses without each: "
      + ranked.map { "\($0.name) \(Numerals.score($0.score, isSigned: true))" }
      .joined(separator: ", ")
  }

  /// Whether the model did not read this position of the text.
  package func isCut(_ utf8Offset: Int) -> Bool {
    let encoding = explanation.prediction.encoding
    let place = encoding.joinedTexts.place(of: utf8Offset..<utf8Offset)
    return encoding.unseen(in: place.part)?.contains(place.utf8Range.lowerBound) == true
  }

  /// One of the explained texts, and where it begins in the layout.
  package struct Part {
    /// `first text`; nil if there is only one.
    package var label: String?
    package var text: String
    package var start: Int
  }

  /// The text, or both texts with labels.
  package var parts: [Part] {
    let texts = explanation.prediction.encoding.joinedTexts
    guard let pair = texts.pair else { return [Part(label: nil, text: texts.text, start: 0)] }
    return [
      Part(label: "first text", text: texts.text, start: 0),
      Part(label: "second text", text: pair, start: texts.start(of: 1)),
    ]
  }

  package var against: String { "against \(target)" }
  package var inFavour: String { "for \(target)" }

  /// The classes in descending order of probability.
  package var ranking: [(name: String, probability: Float)] {
    let prediction = explanation.prediction
    return zip(model.classifier.classes, prediction.probabilities)
      .sorted { $0.1 > $1.1 }.map { (name: $0.0, probability: $0.1) }
  }

  /// The first classes, as `positive 0.981`.
  package func classes(atMost count: Int) -> [String] {
    ranking.prefix(count).map { "\($0.name) \(Numerals.fixed($0.probability, 3))" }
  }

  /// The meaning of the colours for a method whose scores have no sign.
  package static let intensity = "how much a word matters; no sign"

  /// The unit that contains a byte of the text.
  package func unit(at utf8Offset: Int) -> HeatUnit? {
    let index = map.units.partitioningIndex { $0.utf8Range.upperBound > utf8Offset }
    guard index < map.units.count, map.units[index].utf8Range.contains(utf8Offset) else {
      return nil
    }
    return map.units[index]
  }

  package func level(of score: Float) -> Int {
    HeatLevel.level(of: score, scale: scale)
  }

  /// Three significant digits, which are enough for comparisons.
  package static func number(_ value: Float) -> String { Numerals.score(value, isSigned: false) }
}
