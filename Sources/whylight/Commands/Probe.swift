internal import ArgumentParser
internal import Attribution
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports
internal import Tokenizers

struct Probe: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  /// What is asked of a text as a whole.
  enum Question: String, CaseIterable, ExpressibleByArgument {
    case reduction, hotflip, flipping, keeping, ledger

    var asks: String {
      switch self {
      case .reduction: "the shortest text that keeps its class (Feng et al. 2018)"
      case .hotflip: "words of the vocabulary that change the class (Ebrahimi et al. 2018)"
      case .flipping: "the fewest units without which the class is another"
      case .keeping: "the fewest units that give the class alone"
      case .ledger: "how much of the score came through which pool at which token (AWD-LSTM)"
      }
    }
  }

  static let configuration = CommandConfiguration(
    abstract: "What would change the model's mind about a text, and what is enough for it.",
    discussion: Question.allCases.map { "\($0.rawValue): \($0.asks)" }.joined(separator: "\n")
      + "\nWith --phrase once: what the phrase gave to the score (contextual decomposition);"
      + " twice: also what the two give together.")

  @OptionGroup var model: ModelOption
  @OptionGroup var input: InputOptions

  @Option(
    name: .customLong("find"),
    help: ArgumentHelp("A question, see above; may be repeated; all if not given."))
  var questions: [Question] = []

  @Option(
    name: .customLong("phrase"),
    help: ArgumentHelp("Words of the text, as they stand there; at most two.", valueName: "words"))
  var phrases: [String] = []

  @Option(
    help: "What flipping and keeping take as one: token, word, phrase, sentence, occurrences.")
  var group = ExplainerOptions.Grouping.word

  @Option(help: "What an absent token becomes: unk, mask, pad or delete.")
  var replacement: ExplainerOptions.Replacement?

  @Option(help: "text or json.")
  var format = Format.text

  @Flag(name: .customLong("json"), help: "Short for --format json.")
  var asJSON = false

  func validate() throws {
    if phrases.count > 2 { throw ValidationError("--phrase can be given twice at most") }
  }

  func run() throws {
    let format = asJSON ? .json : format
    let inputs = input.inputs(model)
    let model = try model.open()
    let sink = try Sink(path: input.output, inputs: inputs)
    var run = BatchRun(format: format == .json ? .json : .plain)
    try run.forEachRecord(of: input, to: sink) { record, index in
      let prediction = try model.predict(record)
      let answers = try answers(about: prediction, model: model)
      switch format {
      case .json:
        let json = ResultJSON.probe(
          answers, of: prediction, record: record, index: index, model: model)
        try sink.write("\(json)\n" as JSONText)
      case .text: try sink.write(ProbeText(prediction, model: model).text(of: answers))
      }
    }
    try sink.finish()
    if run.hasFailures { throw ExitCode(1) }
  }

  private func answers(about prediction: Prediction, model: Model) throws -> ProbeAnswers {
    var sets = DecisiveSets()
    sets.grouping = group
    sets.replacement = replacement
    let encoding = prediction.encoding
    let differentiable = model.classifier is any DifferentiableClassifier
    // What a regression says is always another number, and never another class.
    let decides = model.classifier.link != .identity
    var answers = ProbeAnswers(questions: questions.isEmpty ? Question.allCases : questions)
    do {
      for question in answers.questions {
        switch question {
        case .reduction where differentiable && decides:
          answers.reduction = try InputReduction().reduce(encoding, model: model)
        case .hotflip where differentiable:
          answers.hotFlip = try HotFlip().attack(encoding, model: model)
        case .flipping: answers.flipping = try sets.flipping(encoding, model: model)
        case .keeping: answers.keeping = try sets.keeping(encoding, model: model)
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
    guard let classifier = model.classifier as? any PoolingClassifier else { return nil }
    let embeddings = try classifier.embeddings(for: [prediction.encoding.ids])
    return try classifier.poolingLedgers(
      of: [Target(classIndex: prediction.classIndex)], at: embeddings
    ).first
  }

  private func phraseShares(
    _ prediction: Prediction, model: Model
  ) throws -> ProbeAnswers.Phrases {
    let encoding = prediction.encoding
    let sets = try phrases.map { phrase -> Set<Int> in
      guard let range = encoding.text.utf8Range(of: phrase) else {
        throw Failure.usage("the text has no '\(phrase)'; --phrase takes words as they stand there")
      }
      return Set(
        encoding.pieces.indices.filter {
          !encoding.pieces[$0].isFrame && encoding.pieces[$0].utf8Range.overlaps(range)
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

/// What was found out about a text.
struct ProbeAnswers {
  struct Phrases {
    var texts: [String]
    var shares: [Double]
    var interaction: Double?
  }

  var questions: [Probe.Question]
  var reduction: InputReduction.Result?
  var hotFlip: HotFlip.Result?
  var flipping: DecisiveSets.Result?
  var keeping: DecisiveSets.Result?
  var ledger: PoolingLedger?
  var phrases: Phrases?

  init(questions: [Probe.Question]) { self.questions = questions }
}

extension String {
  /// Where another text stands in this one first.
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
