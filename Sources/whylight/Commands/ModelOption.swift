public import ArgumentParser
internal import Checkpoints
public import Classifiers
internal import EmbeddedModels
internal import Reports
internal import Tensors

struct ModelOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "An embedded model by name, a model folder, a model file, or exec:COMMAND for an external program.",
      valueName: "model"))
  var model: String?

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var reading: ReadingArguments

  /// What the user adds to the model's file, and how it reads texts.
  var options: OpeningOptions {
    var options = opening.options
    options.reading = reading.options
    return options
  }

  /// The files that results must not overwrite.
  /// - Parameters:
  ///   - others: files that are read beside the model.
  ///   - second: another model.
  func inputs(and others: [String?] = [], second: String? = nil) -> InputFiles {
    InputFiles(others + opening.files, models: [model, opening.base, second])
  }

  /// Opens the model; doubts about its outputs go to standard error.
  func open() throws -> Model {
    let model = try Self.open(model, with: options)
    for note in model.facts.notes where note.isWarning {
      StandardError.write(line: "whylight: note: \(model.name): \(Messages.sentence(note))")
    }
    return model
  }

  /// The difference of the model's outputs from those in single precision; nil if it is in single
  /// precision.
  func difference(of model: Model) throws -> PrecisionDifference? {
    try Self.difference(of: model, at: self.model, with: options)
  }

  /// The same for a model that was opened with other options.
  static func difference(
    of model: Model, at argument: String?, with options: OpeningOptions
  ) throws -> PrecisionDifference? {
    guard model.facts.rounding != nil else { return nil }
    var options = options
    options.precision = .float
    return try model.difference(from: try open(argument, with: options))
  }

  /// Opens all models of this program. Messages of external programs go to standard error.
  static var opener: ModelOpener {
    var opener = EmbeddedModelCatalog.opener
    opener.remark = { StandardError.write(line: "\(Messages.sentence($0))") }
    return opener
  }

  /// - Parameter argument: the user's value; nil for the default model.
  static func open(
    _ argument: String?, with options: OpeningOptions = OpeningOptions()
  ) throws -> Model {
    try naming { try opener.open(argument, with: options) }
  }

  /// - Throws: `Failure` with the message for the error.
  static func naming<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as ModelOpeningError {
      throw Failure.usage(Messages.sentence(error))
    } catch let error as TensorError {
      throw Failure.run(Messages.sentence(error))
    }
  }
}

/// What a user adds to a model's file because the file does not contain it.
struct OpeningArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The tokens of a .pth file by id: a JSON or pickled list, or one per line.",
      valueName: "file"))
  var vocab: String?

  @Option(
    help: ArgumentHelp(
      "The SentencePiece model of a fastai model, if its file does not contain it.",
      valueName: "file"))
  var sentencepiece: String?

  @Flag(help: "The model of a .pth file, or of fastai 1, reads texts from the end.")
  var backwards = false

  @Option(
    help: ArgumentHelp(
      "How a tokenizer of your own splits, for a fastai model: smiles, smiles-characters, characters, spaces, words or regex:PATTERN.",
      valueName: "name"))
  var tokenizer: String?

  @Option(
    help: ArgumentHelp(
      "The folder of an adapter's (peft) base model, if it is neither where the adapter says nor beside it.",
      valueName: "folder"))
  var base: String?

  @Option(
    help: ArgumentHelp(
      "float; bfloat16, which rounds the weights of products to two bytes and halves the bytes that are read, and rounds what they are multiplied by if the processor computes faster with it; or auto: bfloat16 if it changes no probability by more than 0.001. inspect and bench measure the difference.",
      valueName: "precision"))
  var precision = PrecisionChoice.float

  @Option(
    help: ArgumentHelp(
      "The time limit for an exec: program's answers; 120 if not given.",
      valueName: "seconds"))
  var timeLimit: Double?

  /// The files named in the options.
  var files: [String?] { [vocab, sentencepiece] }

  func validate() throws {
    if let timeLimit, !(0.01...86_400).contains(timeLimit) {
      throw ValidationError("--time-limit is \(timeLimit); it must be from 0.01 to 86400")
    }
  }

  /// What the user adds to the model's file.
  var options: OpeningOptions {
    var options = OpeningOptions(
      vocabulary: vocab, pieceModel: sentencepiece, isBackwards: backwards,
      tokenizer: tokenizer, base: base, timeLimit: timeLimit.map { .seconds($0) })
    options.precision = precision
    return options
  }
}

extension PrecisionChoice: ExpressibleByArgument {}
