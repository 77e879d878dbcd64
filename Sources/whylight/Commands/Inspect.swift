internal import ArgumentParser
internal import Checkpoints
internal import Classifiers
internal import Reports
internal import Tokenizers

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A model's architecture, sizes, classes, tokenizer, and which explainers apply.")

  @OptionGroup var model: ModelOption

  @Option(help: ArgumentHelp(stringLiteral: Facts.help))
  var format = FormatArgument<Facts>.text

  @Option(help: ArgumentHelp("Where to write; standard output if not given.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "How the tokenizer reads this text, step by step, instead of the model's facts.",
      valueName: "text"))
  var text: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With --text: the second text.", valueName: "text"))
  var pair: String?

  func validate() throws {
    if pair != nil, text == nil { throw ValidationError("--pair goes with --text") }
  }

  func run() throws {
    let inputs = model.inputs()
    let opened = try model.open()
    let sink = try Sink(path: output, inputs: inputs)
    if let output = format.format.facts?(try report(on: opened)) { try sink.write(output) }
    try sink.finish()
  }

  private func report(on model: Model) throws -> any FactsReport {
    guard let text else {
      let difference = try self.model.difference(of: model).map { Messages.sentence($0) }
      return ModelReport(
        model,
        notes: model.facts.notes.map { Messages.sentence($0) } + [difference].compactMap(\.self),
        quality: model.facts.quality.map { Messages.sentence($0) },
        qualityJSON: model.facts.quality?.json)
    }
    return TraceReport(
      trace: model.tokenizer.trace(text, pair: pair), unknownID: model.tokenizer.roles.unknown)
  }
}
