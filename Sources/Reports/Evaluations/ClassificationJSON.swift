internal import Classifiers
internal import Datasets
package import Documents

/// The JSON of an evaluation. Its structure is stable (schema 1).
extension ClassificationReport {
  package var json: JSON {
    .object(
      head + averagesJSON + classesJSON + rowsJSON
        + [.init("measures", measuresJSON), .init("against", against?.json ?? .null)])
  }

  private var head: [JSON.Member] {
    headJSON + [
      .init("where", result.condition.map(JSON.string) ?? .null),
      .init("multi_label", .bool(evaluation.isMultiLabel)),
      .init("thresholds", thresholdsJSON),
    ] + countsJSON + [
      .init("accuracy", .number(evaluation.accuracy)),
      .init("loss", .number(evaluation.loss)),
      .init("ece", .number(evaluation.calibration.expectedError)),
      .init("temperature", temperatureJSON),
      .init("seconds", .number(result.seconds)),
    ]
  }

  /// One number for all classes or one per class; null for a model that predicts one class per
  /// text.
  private var thresholdsJSON: JSON {
    evaluation.isMultiLabel
      ? .array(model.rule.thresholds.map(JSON.float)) : .null
  }

  /// null if there is none: see `TemperatureTally.fit`.
  private var temperatureJSON: JSON {
    guard let temperature = evaluation.temperature else { return .null }
    return .object([
      .init("value", .number(temperature.value)),
      .init("rows", .integer(temperature.rows)),
      .init("loss", .number(temperature.loss)),
      .init("loss_without", .number(temperature.lossWithout)),
      .init("ece", .number(temperature.calibration.expectedError)),
    ])
  }

  /// null if none was requested.
  private var measuresJSON: JSON {
    guard !result.measures.isEmpty else { return .null }
    return .array(
      result.measures.map { average in
        let interval = average.estimate.interval
        let hasValue = average.estimate.count > 0
        return .object([
          .init("method", .string(average.method)),
          .init("measure", .string(average.measure)),
          .init("mean", hasValue ? .number(average.estimate.mean) : .null),
          .init("low", interval.map { .number($0.lowerBound) } ?? .null),
          .init("high", interval.map { .number($0.upperBound) } ?? .null),
          .init("rows", .integer(average.estimate.count)),
          .init("not_applicable", .integer(average.notApplicable)),
        ])
      })
  }

  private var averagesJSON: [JSON.Member] {
    let averages: [(name: String, scores: ClassScores?)] = [
      ("macro", evaluation.macro), ("weighted", evaluation.weighted), ("micro", evaluation.micro),
      ("samples", evaluation.samples),
    ]
    return averages.flatMap { name, scores in
      [
        JSON.Member("\(name)_precision", scores.map { .number($0.precision) } ?? .null),
        JSON.Member("\(name)_recall", scores.map { .number($0.recall) } ?? .null),
        JSON.Member("\(name)_f1", scores.map { .number($0.f1) } ?? .null),
      ]
    }
  }

  private var classesJSON: [JSON.Member] {
    let scores = zip(evaluation.classes, evaluation.scores).map { name, scores in
      JSON.object([
        .init("class", .string(name)),
        .init("precision", .number(scores.precision)),
        .init("recall", .number(scores.recall)),
        .init("f1", .number(scores.f1)),
        .init("support", .integer(scores.support)),
      ])
    }
    return [
      .init("classes", .array(scores)),
      .init(
        "confusion",
        evaluation.confusion.map { confusion in
          .array(confusion.rows.map { .array($0.map(JSON.integer)) })
        } ?? .null),
      .init(
        "most_confused",
        evaluation.confusion == nil
          ? .null
          : .array(
            mostConfused.map {
              .object([
                .init("gold", .string(evaluation.classes[$0.gold])),
                .init("predicted", .string(evaluation.classes[$0.predicted])),
                .init("count", .integer($0.count)),
              ])
            })),
    ]
  }

  private var rowsJSON: [JSON.Member] {
    let bins = evaluation.calibration.bins.map {
      JSON.object([
        .init("lower", .number($0.lower)), .init("upper", .number($0.upper)),
        .init("count", .integer($0.count)),
        .init("confidence", $0.confidence.map(JSON.number) ?? .null),
        .init("accuracy", $0.accuracy.map(JSON.number) ?? .null),
      ])
    }
    return [
      .init("calibration", .array(bins)),
      .init(
        "top_losses",
        .array(
          evaluation.topLosses.map { .object(LossJSON.members($0, classes: evaluation.classes)) })),
    ]
  }
}
