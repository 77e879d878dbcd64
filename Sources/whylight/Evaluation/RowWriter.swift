internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports

/// Writes what the model said of each row.
final class RowWriter {
  private let sink: Sink
  private let classes: [String]
  private let model: Model
  private let isJSON: Bool
  private let form: CSVForm

  /// - Parameters:
  ///   - path: what ends in `.jsonl` is written so, everything else as CSV.
  ///   - inputs: what the command reads.
  init(path: String, model: Model, inputs: InputFiles, form: CSVForm) throws {
    sink = try Sink(path: path, inputs: inputs)
    self.form = form
    self.model = model
    classes = model.classifier.classes
    isJSON = path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson")
    if !isJSON {
      try sink.write(
        CSVText(
          row: ["index", "line", "id", "gold", "predicted", "loss"]
            + classes.map { "probability_of_\($0)" } + ["text", "truncated"], form))
    }
  }

  /// All rows are written.
  func finish() throws { try sink.finish() }

  func write(_ example: Example, _ judgement: Judgement) throws {
    if isJSON {
      let loss = Loss(example: example, judgement: judgement)
      var members = LossJSON.members(loss, classes: classes)
      members.append(
        .init("probabilities", ResultJSON.probabilities(judgement.probabilities, of: model)))
      return try sink.write("\(JSON.object(members))\n" as JSONText)
    }
    try sink.write(
      CSVText(
        row: [
          String(example.index), String(example.line), example.id ?? "",
          ClassNames.text(example.gold, classes), ClassNames.text(judgement.predicted, classes),
          judgement.loss.isNaN ? "" : judgement.loss.description,
        ] + judgement.probabilities.map(\.description)
          + [example.text, judgement.truncation?.sentence ?? ""], form))
  }
}

/// Classes by name, as reports write them.
enum ClassNames {
  /// Several classes of one text are joined as a data set may write them.
  static func text(_ gold: Gold, _ classes: [String]) -> String {
    gold.classes.map { classes[$0] }.joined(separator: "|")
  }

  /// A name, a list of names, or null where nobody said.
  static func json(_ gold: Gold, _ classes: [String]) -> JSON {
    switch gold {
    case .unknown: .null
    case .one(let index): .string(classes[index])
    case .several(let indices): .array(indices.map { .string(classes[$0]) })
    }
  }
}

enum LossJSON {
  static func members(_ loss: Loss, classes: [String]) -> [JSON.Member] {
    let example = loss.example
    return [
      .init("index", .integer(example.index)),
      .init("line", .integer(example.line)),
      .init("id", example.id.map(JSON.string) ?? .null),
      .init("text", .string(example.text)),
      .init("gold", ClassNames.json(example.gold, classes)),
      .init("predicted", ClassNames.json(loss.judgement.predicted, classes)),
      .init("loss", .number(loss.judgement.loss)),
      .init("probability_of_gold", probability(example.gold, loss.goldProbabilities)),
      .init(
        "probability_of_predicted",
        probability(loss.judgement.predicted, loss.predictedProbabilities)),
      .init("truncated", ResultJSON.truncated(loss.judgement.truncation)),
    ]
  }

  /// A number for one class, a list of numbers for several.
  private static func probability(_ classes: Gold, _ values: [Float]) -> JSON {
    switch classes {
    case .unknown: .null
    case .one: values.first.map(JSON.float) ?? .null
    case .several: .array(values.map(JSON.float))
    }
  }
}
