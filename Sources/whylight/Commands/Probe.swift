internal import ArgumentParser
internal import Attribution
internal import Classifiers
internal import Datasets
internal import Reports
internal import Tokenizers

extension ProbeQuestion: ExpressibleByArgument {}

struct Probe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What would change the prediction for a text, and what suffices for it.",
    discussion: ProbeQuestion.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(
      separator: "\n")
      + "\nWith --phrase once: the contribution of the phrase to the score (contextual decomposition);"
      + " twice: also the interaction of both.")

  @OptionGroup var model: ModelOption
  @OptionGroup var input: InputOptions

  @Option(
    name: .customLong("find"),
    help: ArgumentHelp("A question, see above; may be repeated; all if not given."))
  var questions: [ProbeQuestion] = []

  @Option(
    name: .customLong("phrase"),
    help: ArgumentHelp("Words of the text, verbatim; at most two.", valueName: "words"))
  var phrases: [String] = []

  @Option(
    help: "The units of flipping and keeping: token, word, phrase, sentence, occurrences.")
  var group = ExplainerOptions.Grouping.word

  @Option(help: ArgumentHelp(stringLiteral: ExplainerSetting.replacement.help))
  var replacement: ExplainerOptions.Replacement?

  @OptionGroup var format: FormatOptions<Facts>

  func validate() throws {
    if phrases.count > 2 { throw ValidationError("--phrase can be given twice at most") }
  }

  func run() throws {
    let format = format.chosen
    let inputs = input.inputs(model)
    let model = try model.open()
    let sink = try Sink(path: input.output, inputs: inputs)
    let reported = ReportedCosts()
    var run = BatchRun(format: format)
    try run.forEachRecord(of: input, for: model, to: sink) { record, index in
      let (prediction, pass) = try model.timedPrediction(model.encode(record))
      let report = ProbeReport(
        try answers(about: prediction, model: model, pass, reported), of: prediction,
        record: record, index: index, model: model)
      if let output = format.facts?(report) { try sink.write(output) }
    }
    try sink.finish()
    if run.hasFailures { throw ExitCode(1) }
  }

  /// - Parameters:
  ///   - pass: what a pass takes.
  ///   - reported: the costs that were reported so far.
  private func answers(
    about prediction: Prediction, model: Model, _ pass: PassTime, _ reported: ReportedCosts
  ) throws -> ProbeAnswers {
    var sets = DecisiveSets()
    sets.grouping = group
    sets.replacement = replacement
    let encoding = prediction.encoding
    let differentiable = model.classifier.can(.gradients)
    // A regression's output is a number, so there is no class to change.
    let decides = model.classifier.link != .identity
    var answers = ProbeAnswers(questions: questions.isEmpty ? ProbeQuestion.allCases : questions)
    let progress = ProgressLine.standardError(reported: reported)
    var pass = pass
    func begin(_ question: ProbeQuestion, passes: Int) throws {
      try progress.begin(question.rawValue, passes: passes, over: encoding, by: model, &pass)
    }
    defer { progress.clear() }
    do {
      for question in answers.questions {
        switch question {
        case .reduction where differentiable && decides:
          try begin(question, passes: InputReduction().expectedPasses(for: encoding))
          answers.reduction = try InputReduction().reduce(encoding, model: model)
        case .hotflip where differentiable:
          answers.hotFlip = try HotFlip().attack(encoding, model: model)
        case .flipping:
          try begin(question, passes: sets.expectedPasses(for: encoding))
          answers.flipping = try sets.flipping(encoding, model: model)
        case .keeping:
          try begin(question, passes: sets.expectedPasses(for: encoding))
          answers.keeping = try sets.keeping(encoding, model: model)
        case .ledger: answers.ledger = try ledger(prediction, model: model)
        case .reduction, .hotflip: break
        }
      }
      if !phrases.isEmpty { answers.phrases = try phraseShares(prediction, model: model) }
    } catch let error as ExplainerError {
      throw Failure.usage(Messages.sentence(error))
    }
    return answers
  }

  private func ledger(_ prediction: Prediction, model: Model) throws -> PoolingLedger? {
    guard model.classifier.can(.pools), let classifier = model.classifier.inspectable
    else { return nil }
    let embeddings = try classifier.embeddings(for: [prediction.encoding.tokens])
    return try classifier.poolingLedgers(
      of: [Target(classIndex: prediction.classIndex)], at: embeddings
    ).first
  }

  private func phraseShares(
    _ prediction: Prediction, model: Model
  ) throws -> ProbeAnswers.Phrases {
    let encoding = prediction.encoding
    let sets = try phrases.map { phrase -> Set<Int> in
      guard let range = encoding.joinedTexts.joined.utf8Range(of: phrase) else {
        throw Failure.usage(
          "the text has no '\(phrase)'; --phrase takes words exactly as the text has them")
      }
      return Set(
        encoding.pieces.indices.filter {
          !encoding.pieces[$0].isFrame
            && encoding.joinedRange(of: encoding.pieces[$0]).overlaps(range)
        })
    }
    let request = ExplanationRequest(
      model: model, encoding: encoding, target: Target(classIndex: prediction.classIndex))
    let method = ContextualDecomposition()
    return ProbeAnswers.Phrases(
      texts: phrases, shares: try method.shares(of: sets, for: request),
      interaction: sets.count == 2
        ? try method.interaction(of: sets[0], and: sets[1], for: request) : nil)
  }
}

extension String {
  /// The first occurrence of another text in this one.
  fileprivate func utf8Range(of part: String) -> Range<Int>? {
    let (bytes, wanted) = (Array(utf8), Array(part.utf8))
    guard !wanted.isEmpty, wanted.count <= bytes.count else { return nil }
    for start in 0...bytes.count - wanted.count
    where bytes[start..<start + wanted.count].elementsEqual(wanted) {
      return start..<start + wanted.count
    }
    return nil
  }
}
