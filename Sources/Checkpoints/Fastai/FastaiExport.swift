/// What `learn.export()` of fastai 2 wrote, read as data: nothing in the file is run.
///
/// The whole learner is in it: the modules of the model with their sizes, the weights, the words and
/// the classes, the rules for texts, the loss.
public enum FastaiExport {
  /// Reads everything but the weights, which are read when the model is built.
  /// - Throws: `CheckpointError`; `.fastai` where the file holds something other than an AWD-LSTM
  ///   text classifier, or one with parts that are not known.
  public static func read(_ source: ByteSource) throws -> SavedClassifier {
    try read(try TorchFile(source))
  }

  static func read(_ file: TorchFile) throws -> SavedClassifier {
    if let first = try FastaiFirstExport.read(file) { return first }
    let learner = file.root
    guard let model = learner.attribute("model"), let loaders = learner.attribute("dls") else {
      throw CheckpointError.fastai(.noLearner(found: learner.summary))
    }
    let module = try FastaiModule(model)
    guard module.className == "SequentialRNN",
      module.child("1")?.className == "PoolingLinearClassifier"
    else { throw CheckpointError.fastai(.noTextClassifier(kind(of: module, in: file))) }
    let data = try FastaiTexts(loaders)
    var settings = try FastaiAWDLSTM.settings(of: module)
    settings.isBackwards = data.isBackwards
    return SavedClassifier(
      name: nil, classes: try data.labels.classNames(),
      problem: try problem(loss: learner.attribute("loss_func"), labels: data.labels),
      architecture: .awdLSTM(settings), tokenizer: try data.tokenizer(),
      tensors: NamedTensors(stored: try module.tensors(in: file)))
  }

  /// The loss knows what it makes of outputs; one that is not known leaves it to the labels.
  static func problem(
    loss: PickleValue?, labels: PickleValue
  ) throws -> SavedClassifier.Problem {
    let name = loss?.className ?? ""
    let inner = loss?.attribute("func")?.className ?? ""
    for name in [name, inner] {
      if ["MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss"].contains(name) {
        throw CheckpointError.fastai(.noTextClassifier(.regression))
      }
      if name.contains("BCE") { return .multiLabel }
      if name.contains("CrossEntropy") || name.contains("FocalLoss") { return .singleLabel }
    }
    let single = ["Categorize", "CategoryProcessor"]
    return single.contains(labels.className ?? "") ? .singleLabel : .multiLabel
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

/// Why a fastai file can't be opened.
public enum FastaiFault: Sendable, Equatable {
  /// The file holds something else: `a dictionary` where it holds weights alone.
  case noLearner(found: String)
  case noTextClassifier(FastaiModelKind)
  /// A file that should have a vocabulary has something else: `a dictionary without tokens`.
  case noVocabulary(found: String)
  /// The vocabulary is of another model: each token has a row in the embedding.
  case vocabularyDiffers(tokens: Int, rows: Int)
  /// A part of the learner is not where fastai puts it: `vocabulary`.
  case missing(part: String)
  /// An encoder other than the AWD-LSTM, by its class: `AWD_QRNN`.
  case unsupportedEncoder(className: String)
  /// A layer that a fastai classifier does not have, or one with other settings.
  case unsupportedLayer(name: String, setting: String)
  case unsupportedTokenizer(className: String)
  /// A rule of the user's own.
  case unsupportedRule(name: String)
  /// Something that is done to the tokens besides numbering and reversing them.
  case unsupportedTransform(name: String)
}

/// What a learner is where it is no text classifier.
public enum FastaiModelKind: Sendable, Equatable {
  case languageModel
  /// What `save_encoder` wrote.
  case encoder
  case qrnn
  case transformer
  case regression
  case tabular
  case vision
  case other(className: String)
}
