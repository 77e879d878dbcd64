internal import ArgumentParser
internal import Attribution
internal import Checkpoints
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports
internal import Tokenizers

struct Inspect: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  static let configuration = CommandConfiguration(
    abstract: "A model's architecture, sizes, classes, tokenizer, and which explainers apply.")

  @OptionGroup var model: ModelOption

  @Option(help: "text or json.")
  var format = Format.text

  @Option(help: ArgumentHelp("Where to write; standard output if not given.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "How the tokenizer reads this text, step by step, in place of the model's facts.",
      valueName: "text"))
  var text: String?

  func run() throws {
    let inputs = model.inputs()
    let model = try model.open()
    let sink = try Sink(path: output, inputs: inputs)
    if let text {
      let report = TraceReport(
        trace: model.tokenizer.trace(text), unknownID: model.tokenizer.roles.unknown)
      switch format {
      case .text: try sink.write(report.text)
      case .json: try sink.write("\(report.json)\n" as JSONText)
      }
    } else {
      switch format {
      case .text: try sink.write(Self.text(of: model))
      case .json: try sink.write("\(Self.json(of: model))\n" as JSONText)
      }
    }
    try sink.finish()
  }

  private static func suffix(_ classifier: any Classifier) -> String {
    switch classifier.link {
    case .softmax: ""
    case .sigmoid where classifier.isYesOrNo:
      " (yes or no: one probability, that the label applies)"
    case .sigmoid: " (each for itself)"
    case .identity: " (a regression: numbers, not probabilities)"
    }
  }

  private static func text(of model: Model) -> PlainText {
    let facts = model.facts
    var rows = [
      ("model", model.name), ("architecture", model.architecture),
      (
        "parameters",
        facts.parameterCount == 0 ? "not told" : Numerals.grouped(facts.parameterCount)
      ),
      (
        "weights",
        facts.weightBytes == 0
          ? "in another program" : "\(Numerals.grouped(facts.weightBytes / 1024)) KiB in memory"
      ),
      (
        "classes",
        "\(model.classifier.classes.count): \(Messages.list(model.classifier.classes))"
          + suffix(model.classifier)
      ),
      ("tokenizer", facts.tokenizer),
      ("token limit", facts.tokenLimit.map(Numerals.grouped) ?? "none"),
    ]
    rows += facts.settings.map { ($0.name, $0.value) }
    if model.readsSMILES { rows.append(("reads", "molecules as SMILES")) }
    if let quality = facts.quality { rows.append(("quality", Messages.sentence(quality))) }
    rows += facts.notes.map { ("note", Messages.sentence($0)) }
    rows += Catalog.explainers.map { explainer in
      let reason = explainer.card.reasonNotApplicable(to: model.classifier)
      return (explainer.card.name, reason.map { "no: \($0)" } ?? "applies")
    }
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "\(PlainText($0).padded(to: width + 2))\($1)\n" }.joined()
  }

  private static func json(of model: Model) -> JSON {
    let facts = model.facts
    return .object([
      .init("schema", .integer(1)),
      .init("name", .string(model.name)),
      .init("architecture", .string(model.architecture)),
      .init("parameters", .integer(facts.parameterCount)),
      .init("weight_bytes", .integer(facts.weightBytes)),
      .init("classes", .array(model.classifier.classes.map(JSON.string))),
      .init("link", .string(model.classifier.link.rawValue)),
      .init("tokenizer", .string(facts.tokenizer)),
      .init("token_limit", facts.tokenLimit.map(JSON.integer) ?? .null),
      .init("reads_smiles", .bool(model.readsSMILES)),
      .init("quality", facts.quality?.json ?? .null),
      .init("notes", .array(facts.notes.map { .string(Messages.sentence($0)) })),
      .init("settings", .object(facts.settings.map { .init($0.name, .string($0.value)) })),
      .init(
        "explainers",
        .array(
          Catalog.explainers.map { explainer in
            let reason = explainer.card.reasonNotApplicable(to: model.classifier)
            return .object([
              .init("name", .string(explainer.card.name)),
              .init("applies", .bool(reason == nil)),
              .init("reason", reason.map(JSON.string) ?? .null),
            ])
          })),
    ])
  }
}
