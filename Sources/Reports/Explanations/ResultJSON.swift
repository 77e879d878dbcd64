internal import Attribution
package import Classifiers
package import Datasets
package import Documents
package import Tokenizers

/// The JSON of predictions and explanations. Its structure is stable (schema 1).
package enum ResultJSON {
  package static func prediction(
    _ prediction: Prediction, of record: TextRecord, index: Int, model: Model
  ) -> JSON {
    self.prediction(prediction, and: [], of: record, index: index, model: model)
  }

  /// - Parameter answers: answers to other questions about the text.
  package static func prediction(
    _ prediction: Prediction, and answers: [JSON.Member], of record: TextRecord, index: Int,
    model: Model
  ) -> JSON {
    object(
      head(
        index: index, prediction: prediction, tokens: prediction.encoding.pieces.map { token($0) },
        model: model) + answers,
      record.fields)
  }

  package static func explanation(
    _ explanation: ExplainedText, of record: TextRecord, index: Int, model: Model
  ) -> JSON {
    let attribution = explanation.attribution
    let target = explanation.target
    let classes = model.classifier.classes
    let pieces = explanation.prediction.encoding.pieces
    var members = head(
      index: index, prediction: explanation.prediction,
      tokens: explanation.units.map { token($0, of: pieces) }, model: model)
    members += [
      .init(
        "target",
        .object([
          .init("class", .string(classes[target.classIndex])),
          .init("index", .integer(target.classIndex)),
          .init("score", .string(target.quantity.rawValue)),
          .init("value", .float(attribution.targetValue)),
          .init("versus", target.versus.map { .string(classes[$0]) } ?? .null),
        ])),
      .init("method", .string(explanation.card.name)),
      .init("parameters", parameters(attribution.parameters)),
      .init("by", .string(explanation.unit.rawValue)),
      .init("scores", .array(explanation.units.map { .float($0.score) })),
      .init(
        "standard_errors",
        attribution.standardErrors == nil
          ? .null : .array(explanation.units.map { $0.standardError.map(JSON.float) ?? .null })
      ),
      .init("convergence_delta", attribution.convergenceDelta.map(JSON.float) ?? .null),
      .init("map", attribution.map.map(map) ?? .null),
      .init("measures", measures(explanation.measurements)),
      .init("measure_details", details(explanation.measurements)),
      .init("evaluations", .integer(attribution.evaluations)),
      .init("seconds", .number(explanation.seconds)),
    ]
    if let interactions = explanation.interactions {
      members.append(.init("interactions", self.interactions(interactions)))
    }
    members += explanation.molecule.map(MoleculeJSON.members) ?? []
    return object(members, record.fields)
  }

  /// The strongest words of both texts, and the interaction of each pair.
  private static func interactions(_ found: PairInteractions.Result) -> JSON {
    func words(_ words: [PairInteractions.Word]) -> JSON {
      .array(
        words.map {
          .object([
            .init("text", .string($0.text)), .init("start", .integer($0.utf8Range.lowerBound)),
            .init("end", .integer($0.utf8Range.upperBound)), .init("effect", .number($0.effect)),
          ])
        })
    }
    return .object([
      .init("first", words(found.first)), .init("second", words(found.second)),
      .init("values", .array(found.values.map { .array($0.map(JSON.number)) })),
      .init("method", .string(found.method.rawValue)),
      .init("replacement", .string(found.replacement.rawValue)),
      .init("baseline", found.baseline.map { JSON.string($0.rawValue) } ?? .null),
      .init("evaluations", .integer(found.evaluations)),
    ])
  }

  /// The part of the text in each window, and how their results are combined.
  private static func windows(_ windows: TextWindows) -> JSON {
    .object([
      .init("size", .integer(windows.size)), .init("pooling", .string(windows.pooling.rawValue)),
      .init("part", .integer(windows.part ?? 0)),
      .init(
        "ranges",
        .array(windows.utf8Ranges.map(Self.range))),
    ])
  }

  /// A number each, or null if the measure does not apply; null if none was requested.
  private static func measures(_ measurements: [ExplainedText.Measurement]) -> JSON {
    guard !measurements.isEmpty else { return .null }
    return .object(
      measurements.map { .init($0.name, $0.result.value.map(JSON.number) ?? .null) })
  }

  /// Why a measure does not apply, further values, and its cost.
  private static func details(_ measurements: [ExplainedText.Measurement]) -> JSON {
    guard !measurements.isEmpty else { return .null }
    return .object(
      measurements.map { measurement in
        let own = JSON.Member("reason", measurement.result.reason.map(JSON.string) ?? .null)
        let cost = JSON.Member("evaluations", .integer(measurement.result.evaluations))
        guard case .object(let members) = parameters(measurement.result.details) else {
          return .init(measurement.name, .object([own, cost]))
        }
        let curve = measurement.result.curve.map { [JSON.Member("curve", self.curve($0))] } ?? []
        return .init(measurement.name, .object([own] + members + curve + [cost]))
      })
  }

  /// How many tokens of the order are removed or put back at each point, and the probability there; the
  /// order has places among the tokens of `--by token`.
  private static func curve(_ curve: PerturbationCurve) -> JSON {
    .object([
      .init("direction", .string(curve.direction.rawValue)),
      .init("order", .array(curve.order.map(JSON.integer))),
      .init("counts", .array(curve.counts.map(JSON.integer))),
      .init("values", .array(curve.values.map(JSON.number))),
    ])
  }

  /// The rows of a method that scores each token more than once; always by token.
  private static func map(_ map: ScoreMap) -> JSON {
    .object([
      .init("rows", .array(map.names.map(JSON.string))),
      .init("scores", .array(map.scores.map { .array($0.map(JSON.float)) })),
    ])
  }

  package static func badLine(_ line: Int, _ sentence: String) -> JSON {
    .object([.init("line", .integer(line)), .init("error", .string(sentence))])
  }

  package static func model(_ model: Model) -> JSON {
    .object([
      .init("name", .string(model.name)), .init("architecture", .string(model.architecture)),
      .init("classes", .array(model.classifier.classes.map(JSON.string))),
    ])
  }

  /// Only if it is not single precision.
  private static func precision(of model: Model) -> [JSON.Member] {
    model.facts.rounding.map { [.init("precision", .string($0))] } ?? []
  }

  private static func head(
    index: Int, prediction: Prediction, tokens: [JSON], model: Model
  ) -> [JSON.Member] {
    let classes = model.classifier.classes
    return [
      .init("schema", .integer(1)),
      .init("index", .integer(index)),
      .init("text", .string(prediction.encoding.text)),
      .init("pair", prediction.encoding.pair.map(JSON.string) ?? .null),
      .init("model", self.model(model)),
    ] + precision(of: model) + [
      .init("tokens", .array(tokens)),
      .init("truncated", truncated(prediction.encoding.truncation)),
      .init("windows", model.windows(of: prediction.encoding).map(windows) ?? .null),
      .init(
        "prediction",
        .object([
          .init("class", .string(classes[prediction.classIndex])),
          .init("index", .integer(prediction.classIndex)),
          .init("probabilities", probabilities(prediction.probabilities, of: model)),
          .init("logits", .array(prediction.logits.map(JSON.float))),
        ])),
      .init("given", given(prediction, model)),
    ]
  }

  /// A list in the order of the classes; one number if the model answers yes or no for one label.
  package static func probabilities(_ probabilities: [Float], of model: Model) -> JSON {
    if model.classifier.isYesOrNo, let probability = probabilities.first {
      return .float(probability)
    }
    return .array(probabilities.map(JSON.float))
  }

  /// Which part of the text the model read; null if it read all of it.
  package static func truncated(_ truncation: Truncation?) -> JSON {
    guard let truncation else { return .null }
    let isPlaced = !truncation.utf8Range.isEmpty
    func place(_ utf8Offset: Int) -> JSON { isPlaced ? .integer(utf8Offset) : .null }
    return .object([
      .init("tokens", .integer(truncation.tokens)),
      .init("read", .integer(truncation.read)),
      .init("side", .string(truncation.side.rawValue)),
      .init("rest", .string(truncation.rest.rawValue)),
      .init("start", place(truncation.utf8Range.lowerBound)),
      .init("end", place(truncation.utf8Range.upperBound)),
      .init("pair", truncation.pairRange.flatMap { $0.isEmpty ? nil : Self.range($0) } ?? .null),
    ])
  }

  /// A range of a text in UTF-8 bytes.
  package static func range(_ range: Range<Int>) -> JSON {
    .object([
      .init("start", .integer(range.lowerBound)), .init("end", .integer(range.upperBound)),
    ])
  }

  /// The classes above the model's threshold; null for a model that predicts one class per text.
  private static func given(_ prediction: Prediction, _ model: Model) -> JSON {
    let classes = model.classifier.classes
    guard classes.count > 1, let given = model.rule.given(prediction.probabilities)
    else {
      return .null
    }
    return .array(given.map { .string(classes[$0]) })
  }

  private static func token(_ piece: Piece) -> JSON {
    token(
      text: piece.text, id: piece.id, part: piece.part, utf8Range: piece.utf8Range,
      isSpecial: piece.isSpecial)
  }

  /// A word or a sentence has the same members as a token; it has an id if it is a single token.
  private static func token(_ unit: UnitScore, of pieces: [Piece]) -> JSON {
    if unit.pieces.count == 1 { return token(pieces[unit.pieces[0]]) }
    return token(
      text: unit.text, id: nil, part: unit.part, utf8Range: unit.utf8Range, isSpecial: false)
  }

  private static func token(
    text: String, id: Int?, part: Int, utf8Range: Range<Int>, isSpecial: Bool
  ) -> JSON {
    .object([
      .init("text", .string(text)),
      .init("id", id.map(JSON.integer) ?? .null),
      .init("part", .integer(part)),
      .init("start", .integer(utf8Range.lowerBound)),
      .init("end", .integer(utf8Range.upperBound)),
      .init("special", .bool(isSpecial)),
    ])
  }

  private static func parameters(_ parameters: [String: ParameterValue]) -> JSON {
    .object(
      parameters.sorted { $0.key < $1.key }.map { name, value in
        switch value {
        case .text(let text): .init(name, .string(text))
        case .whole(let whole): .init(name, .integer(whole))
        case .number(let number): .init(name, .float(number))
        case .flag(let flag): .init(name, .bool(flag))
        }
      })
  }

  /// The fields of the input follow the others; a field with the name of one of them is left out.
  private static func object(
    _ members: [JSON.Member], _ fields: [JSON.Member]
  ) -> JSON {
    let own = Set(members.map(\.key))
    return .object(members + fields.filter { !own.contains($0.key) })
  }
}
