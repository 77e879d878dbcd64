/// Reads what `learn.export()` of fastai 2 wrote, as data: no code in the file is run.
///
/// It contains the whole learner: the model's modules with their sizes, the weights, the vocabulary
/// and the classes, the text rules, the loss.
public enum FastaiExport {
  /// Reads everything but the weights, which are read when the model is built.
  /// - Throws: `CheckpointError`; `.fastai` if the file is not an AWD-LSTM text classifier, or has
  ///   unknown parts.
  public static func read(_ source: ByteSource) throws -> SavedClassifier {
    try read(try TorchFile(source))
  }

  static func read(_ file: TorchFile) throws -> SavedClassifier {
    if let first = try Fastai1Export.read(file) { return first }
    let learner = file.root
    guard let model = learner.attribute("model"), let loaders = learner.attribute("dls") else {
      throw CheckpointError.fastai(.noLearner(found: learner.summary))
    }
    let module = try classifier(FastaiModule(model).unwrapped, in: file)
    let data = try FastaiTexts(loaders)
    var settings = try FastaiAWDLSTM.settings(of: module)
    settings.isBackwards = data.isBackwards
    let tensors = NamedTensors(stored: try module.tensors(in: file))
    let names = try data.targets.names(outputs: tensors.headOutputs)
    let loss = try FastaiLoss(
      learner.attribute("loss_func"), version: .second, targets: data.targets, in: file)
    try loss.apply(to: &settings, classes: names.count)
    return SavedClassifier(
      name: nil, classes: names, problem: loss.problem, thresholds: loss.thresholds,
      architecture: settings, tokenizer: try data.tokenizer(in: file), tensors: tensors,
      notes: data.targets.notes(names) + loss.notes + ownCode(of: learner))
  }

  /// The module of a text classifier with fastai's own head.
  /// - Throws: `CheckpointError.fastai` for any other module.
  static func classifier(_ module: FastaiModule, in file: TorchFile) throws -> FastaiModule {
    let head = module.child("1")?.className
    if module.className == "SequentialRNN", head == "PoolingLinearClassifier" { return module }
    let kind = kind(of: module, in: file)
    if case .other = kind, module.className == "SequentialRNN", let head {
      throw CheckpointError.fastai(.unsupportedHead(className: head))
    }
    throw CheckpointError.fastai(.noTextClassifier(kind))
  }

  /// The user's own learner or callbacks, which may change the output of `learn.predict`.
  private static func ownCode(of learner: PickleValue) -> [ModelNote] {
    let values = [learner] + (learner.attribute("cbs")?.list ?? []).prefix(100)
    let own = values.compactMap(\.constructor).filter { !$0.hasPrefix("fastai.") }
    return own.isEmpty ? [] : [.ownCode(names: own)]
  }

  static func kind(of model: FastaiModule, in file: TorchFile) -> FastaiModelKind {
    if model.child("1")?.className == "LinearDecoder" { return .languageModel }
    if model.className == "TabularModel" { return .tabular }
    if model.child("0")?.child("module")?.className.hasPrefix("Transformer") == true {
      return .transformer
    }
    let pickle = file.pickle
    var isTransformer = false
    for index in pickle.nodes.indices {
      let global = PickleValue(pickle: pickle, id: Pickle.ID(index)).global ?? ""
      if global.hasPrefix("fastai.vision.") { return .vision }
      if global.hasPrefix("transformers.") { isTransformer = true }
    }
    return isTransformer ? .transformer : .other(className: model.className)
  }
}

/// Why a fastai file cannot be opened.
public enum FastaiFault: Sendable, Equatable {
  /// The file is something else: `a dictionary` if it has weights only.
  case noLearner(found: String)
  case noTextClassifier(FastaiModelKind)
  /// A file that should have a vocabulary has something else: `a dictionary without tokens`.
  case noVocabulary(found: String)
  /// The vocabulary belongs to another model: the embedding has another number of rows.
  case vocabularyDiffers(tokens: Int, rows: Int)
  /// A part of the learner is missing: `vocabulary`.
  case missing(part: String)
  /// A custom head, by its class.
  case unsupportedHead(className: String)
  /// A loss whose activation is unknown, and the setting that makes it so.
  case unsupportedLoss(name: String, setting: String)
  /// The learner gives a token an id other than its place in the vocabulary.
  case ownNumber(token: String, id: Int)
  /// An encoder other than the AWD-LSTM, by its class: `AWD_QRNN`.
  case unsupportedEncoder(className: String)
  /// A layer that a fastai classifier does not have, or that has other settings.
  case unsupportedLayer(name: String, setting: String)
  /// A custom rule.
  case unsupportedRule(name: String)
  /// A transform of the tokens other than numbering and reversing them.
  case unsupportedTransform(name: String)
}

/// What a learner is if it is not a text classifier.
public enum FastaiModelKind: Sendable, Equatable {
  case languageModel
  /// What `save_encoder` wrote.
  case encoder
  case qrnn
  case transformer
  case tabular
  case vision
  case other(className: String)
}
