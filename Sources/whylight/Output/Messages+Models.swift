internal import Checkpoints
internal import Classifiers
internal import Documents
internal import Reports
internal import Tensors
internal import Tokenizers

/// Messages for models that cannot be opened.
extension Messages {
  static func sentence(_ error: ModelOpeningError) -> String {
    switch error {
    case .noSuchModel(let argument, let embedded):
      "no model '\(argument)': neither a file nor a folder, and the embedded models are"
        + " \(list(embedded))"
    case .noModelInFolder(let path, let models):
      models.isEmpty
        ? "\(path) is not a model folder: it has no config.json with weights beside it"
        : "\(path) has no model itself, but the folders in it have; give"
          + " \(list(models.suffix(4).map { "\(path)/\($0)" }, or: true))"
    case .foreign(let path, let foreign): sentence(foreign, at: path)
    case .unknownFormat(let path):
      "\(path) is not a model that can be read; a fastai export (.pkl), a .pth file or a model folder is"
        + " expected; for any other model, \(program)"
    case .noVocabulary(let path):
      "\(path) holds weights without a vocabulary; give --vocab FILE with a JSON or pickled list of"
        + " its tokens, or put it beside them as vocab.json or vocab.pkl"
    case .severalVocabularies(let path, let found):
      "several files beside \(path) may be its vocabulary (\(list(found)));"
        + " say which with --vocab FILE"
    case .vocabulary(let path, let error): "\(path): \(sentence(error))"
    case .unusedOption("base", let path):
      "--base is of no use for \(path), which is a whole model, not an adapter"
    case .unusedOption("precision", let path):
      "--precision is of no use for \(path): it applies to models that Whylight itself computes"
    case .unusedOption(let name, let path): "--\(name) is of no use for \(path), which has its own"
    case .labels(let model, let problem): "\(model): \(sentence(problem))"
    case .noThreshold(let model):
      "\(model): --threshold is for models that decide each class by itself; this one"
        + " takes one class, or answers with numbers"
    case .windows(let model, let problem): "\(model): \(sentence(problem))"
    case .external(let command, let error): "exec:\(command): \(sentence(error))"
    case .weightsAlone(let path):
      "\(path) has weights only; give its folder, which should contain config.json"
    case .checkpoint(let model, .adapter(let fault)): "\(model): \(sentence(fault, at: model))"
    case .checkpoint(let model, let error): "\(model): \(sentence(error))"
    case .classifier(let model, let error): "\(model): \(sentence(error))"
    case .tokenizer(let model, let problem): "\(model): \(sentence(problem))"
    case .tokenizerFile(let model, let error): "\(model): \(sentence(error))"
    case .selfCheckTokensDiffer(let model, let text, let expected, let found):
      "\(model): '\(text)' has the tokens \(found) where it had \(expected) when the model was made;"
        + " the vocabulary or the settings were changed"
    case .selfCheckFailed(let model, let text, let expected, let found):
      "\(model): the model gives \(found) for '\(text)' but gave \(expected) when it was made;"
        + " the file is damaged"
    }
  }

  /// The effect of rounded weights on the outputs.
  static func sentence(_ difference: PrecisionDifference) -> String {
    "the weights \(difference.roundsFactors ? "and the numbers that they are multiplied by " : "")"
      + "are rounded: over \(difference.texts) texts no probability is farther than"
      + " \(Numerals.fixed(difference.largest, 5)) from that of single precision, and"
      + " \(difference.changedClasses == 0 ? "none" : "\(difference.changedClasses)") of them"
      + " \(difference.changedClasses == 1 || difference.changedClasses == 0 ? "has" : "have") another class"
  }

  static func sentence(_ note: ModelNote) -> String {
    switch note {
    case .assumed(let setting, let value):
      "\(setting) is assumed to be \(value); the file does not specify it"
    case .assumedProbability:
      "config.json gives no problem_type: the model's one output is read as a probability (a sigmoid,"
        + " as transformers' pipeline does); a regression has \"problem_type\": \"regression\""
    case .crossEncoder(let activation):
      "a cross-encoder of sentence-transformers: two texts, one score, the output of \(activation.rawValue)"
        + (activation == .identity ? " (any number, not a probability)" : "")
    case .unknownActivation(let name):
      "the activation '\(name)' is Python code of the model's author, which is not run; as"
        + " sentence-transformers does then, one output is read through a sigmoid, several as they are"
    case .assumedActivation(let loss, let activation):
      "the loss \(loss) does not say how outputs become probabilities; \(activation) is used"
    case .ownCode(let names):
      "\(list(names)): Python code of the model's author, which is not run; it may change what"
        + " learn.predict returns"
    case .ownTokenizer(let className, let splitting):
      "the tokenizer \(className) is Python code of the model's author, which is not run; texts are"
        + " split as --tokenizer '\(splitting)' does"
    case .ownClass(let name, let modelType):
      "\(name) is not a class of transformers; its weights are read as those of a text classifier of"
        + " type '\(modelType)'"
    case .numberedClasses(let count):
      "the \(count) classes have no names in the file or beside it, so they are numbered"
    case .assumedEntailment(let name):
      "none of its classes is called an entailment; the last one, \(name), is used as it, as"
        + " transformers' pipeline does"
    case .readBeside(let path): "\(path) belongs to it"
    case .overridden(let setting, let value, let defaultOf, let path):
      "\(path) in tokenizer.json is \(!value); transformers takes \(value), "
        + (defaultOf.map { "the default of \(setting) in \($0)" }
          ?? "as tokenizer_config.json sets \(setting)")
    case .tokensWithoutEmbedding(let tokens, let rows):
      "the embedding has \(rows) rows and none for \(Numerals.count(tokens.count, "token"))"
        + " of the tokenizer: \(list(Array(tokens.prefix(5))))\(tokens.count > 5 ? ", …" : "");"
        + " a text that contains such a token can't be read"
    case .notFinite(let tensor, let count):
      "\(Numerals.count(count, "weight")) of '\(tensor)' are NaN or infinite"
    }
  }

  static func sentence(_ quality: ModelQuality) -> String {
    let figures = [
      "accuracy \(Numerals.fixed(quality.accuracy, 3))",
      quality.majority.map {
        "(\(Numerals.fixed($0, 3)) for always the most frequent class)"
      },
      quality.rocAUC.map { "and ROC-AUC \(Numerals.fixed($0, 3))" },
    ]
    return figures.compactMap(\.self).joined(separator: " ")
      + " on \(quality.set) (\(Numerals.grouped(quality.rows)) texts)"
  }

  static func sentence(_ error: ClassifierError) -> String {
    switch error {
    case .tokenOutOfVocabulary(let id, let vocabulary):
      "the text has a token with the id \(id), and the model's embedding has \(vocabulary) rows"
        + " (ids 0 to \(vocabulary - 1)); the tokenizer and the weights don't belong together, or tokens"
        + " were added without resizing the embedding"
    case .noSuchTokenType(let type, let types):
      "the tokenizer gives a token the type \(type), and the model has \(Numerals.count(types, "type"))"
        + " (0 to \(types - 1)); it was not made for two texts, or the tokenizer is another model's"
    case .noSuchClass(let index, let classes):
      "there is no class \(index); the model has \(classes)"
    case .noSuchToken(let index, let tokens):
      "there is no token \(index); the text has \(tokens)"
    case .tooManyTokens(let count, let limit):
      "the text has \(count) tokens; the model has positions for \(limit)"
    case .needsPair:
      "the model compares two texts and was given one; give the second with --pair, or as \"pair\" in"
        + " JSON"
    case .secondTextBesideLabels:
      "with --labels the model reads one text together with each label; leave out the second text,"
        + " or join both"
    case .tooManyTokensForMaps(let count, let limit):
      "the text has \(count) tokens; the maps of all layers are made for \(limit) at most"
    case .wrongCount(let what, let expected, let found):
      "\(found) \(what) where \(expected) are needed"
    case .otherClasses(let outputs, let classes):
      "the model has \(Numerals.count(outputs, "output")) and its labels have \(Numerals.count(classes, "name"))"
    case .badSetting(let name, let value): "\(name) can't be \(value)"
    case .notCapable(let capability): "the model can't be asked for \(capability.rawValue)"
    }
  }

  static func sentence(_ error: TensorError) -> String {
    switch error {
    case .packingFailed(let rows, let columns), .productFailed(let rows, let columns):
      "no memory for a product with a \(rows)×\(columns) matrix"
    }
  }

  static func sentence(_ problem: TokenizerProblem) -> String {
    switch problem {
    case .vocabulary(.empty): "the vocabulary is empty"
    case .vocabulary(.missing(let token)): "the vocabulary has no '\(token)'"
    case .unknownRule(let name, let known):
      "text rule '\(name)' is not one of fastai's: \(list(known))"
    case .noPieceModel(let name):
      "the tokens are pieces of a SentencePiece model\(name.map { ", '\($0)'," } ?? ""), which is"
        + " neither in the file nor beside it; give it with --sentencepiece FILE"
    case .pieceModel(let error): "no SentencePiece model that can be read: \(fault(error))"
    case .vocabulary(.otherPieces(let count, let tokens)):
      "the SentencePiece model has \(Numerals.count(count, "piece")) and the vocabulary"
        + " \(Numerals.count(tokens, "token")); it belongs to another model"
    case .unsupportedLanguage(let name):
      "the words of language '\(name)' are not built in; 'en' is"
    case .splitting(let error): sentence(error)
    case .unknownSplitting(let tokenizer): sentence(tokenizer)
    }
  }

  static func sentence(_ error: CheckpointError) -> String {
    switch error {
    case .missingTensor(let name): "tensor '\(name)' is missing"
    case .mismatches(let mismatches, let found): sentence(mismatches, found: found)
    case .wrongShape(let tensor, let expected, let found):
      "tensor '\(tensor)' has the shape \(found) where \(expected) is needed"
    case .unsupportedNumbers(let tensor, let format):
      "tensor '\(tensor)' has numbers of type \(format), which weights do not have"
    case .repeatedNumbers(let tensor):
      "tensor '\(tensor)' is a view that repeats its numbers; save tensor.contiguous() in its place"
    case .unreadable(let code): "can't be read: \(reason(errno: code))"
    case .notAFile: "not a regular file"
    case .cutShort(let needed, let found):
      "the file is cut short: \(needed) bytes are needed, it has \(found)"
    case .tooLarge(let bytes, let limit):
      "too large: \(bytes) bytes, at most \(limit) are read"
    case .json(let fault, let offset): "not valid JSON at byte \(offset): \(sentence(fault))"
    case .pickle(let fault, let offset): "not valid pickle at byte \(offset): \(sentence(fault))"
    case .zip(let fault): "not a valid PyTorch file: \(sentence(fault))"
    case .torch(let fault): "not a readable PyTorch file: \(sentence(fault))"
    case .fastai(let fault): sentence(fault)
    case .safetensors(let fault): "not a valid safetensors file: \(sentence(fault))"
    case .huggingFace(let fault): sentence(fault)
    case .foreign(let foreign): sentence(foreign, at: "the file")
    case .adapter(let fault): sentence(fault, at: "adapter")
    case .inFile(let name, let error): "\(name): \(sentence(error))"
    case .missingFile(let name): "\(name) is missing in the model's folder"
    case .missingKey(let key): "'\(key)' is missing"
    case .wrongValue(let key, let expected, let found):
      "'\(key)' is \(found) where \(expected) is needed"
    }
  }

  /// The settings and the tensors belong to different models; the first tensors are enough to see
  /// which.
  private static func sentence(_ mismatches: [TensorMismatch], found: [String]) -> String {
    let most = 6
    let named = mismatches.prefix(most).map { mismatch in
      mismatch.found.map {
        "'\(mismatch.tensor)' has the shape \($0) where \(mismatch.expected) is needed"
      } ?? "'\(mismatch.tensor)' of the shape \(mismatch.expected) is missing"
    }
    let rest = mismatches.count > most ? "; and \(mismatches.count - most) more" : ""
    return "\(mismatches.count) tensors do not fit the settings: "
      + named.joined(separator: "; ") + rest
      + (found.isEmpty ? "" : "; the file has \(found.map { "'\($0)'" }.joined(separator: ", ")) …")
  }

  private static func sentence(_ fault: JSONFault) -> String {
    switch fault {
    case .endedEarly: "it ends too early"
    case .unexpected(let byte): "byte \(byte) is not allowed there"
    case .notUTF8: "not UTF-8"
    case .badEscape: "a wrong escape in a string"
    case .badNumber: "a wrong number"
    case .tooDeep(let limit): "nested deeper than \(limit)"
    case .tooManyValues(let limit): "more than \(limit) values"
    case .tooLarge(let limit): "its values take more than \(limit >> 20) MB in memory"
    }
  }

  private static func sentence(_ fault: PickleFault) -> String {
    switch fault {
    case .endedEarly: "it ends too early"
    case .unknownOpcode(let opcode): "opcode \(opcode) does not exist"
    case .unsupportedOpcode(let opcode): "opcode \(opcode) needs Python itself"
    case .newProtocol(let version): "protocol \(version) is not known"
    case .emptyStack(let opcode): "opcode \(opcode) finds too little on the stack"
    case .wrongOperand(let opcode): "opcode \(opcode) finds the wrong thing on the stack"
    case .unknownMemo(let index): "nothing was stored as \(index)"
    case .badNumber: "a wrong number"
    case .tooLarge(let limit): "its values take more than \(limit >> 20) MB in memory"
    case .tooLong(let bytes, let limit): "\(bytes) bytes in one value, at most \(limit) are read"
    case .repeatedText(let limit): "a list whose texts come to more than \(limit) bytes"
    }
  }

  private static func sentence(_ fault: ZipFault) -> String {
    switch fault {
    case .noDirectory: "it has no directory at its end; it was cut short or is something else"
    case .badDirectory: "its directory is damaged"
    case .directoryOutside: "its directory lies outside the file"
    case .tooManyEntries(let count, let limit): "it has \(count) entries, at most \(limit) are read"
    case .entryOutside(let entry): "entry '\(entry)' lies outside the file"
    case .duplicate(let entry): "it contains entry '\(entry)' twice"
    case .overlap(let entry, let other): "entries '\(entry)' and '\(other)' overlap"
    case .notStored(let entry, let method):
      "entry '\(entry)' is compressed or encrypted (method \(method)), which PyTorch never does"
    case .missing(let entry): "entry '\(entry)' is missing"
    case .wrongChecksum(let entry): "entry '\(entry)' is damaged"
    }
  }

  private static func sentence(_ fault: TorchFault) -> String {
    switch fault {
    case .bigEndian: "it was written on a big-endian machine"
    case .malformedStorage: "a storage is not described as PyTorch does"
    case .missingStorage(let tensor, let key): "tensor '\(tensor)' has no storage '\(key)'"
    case .outsideStorage(let tensor, let shape, let bytes):
      "tensor '\(tensor)' of shape \(shape) does not fit its \(bytes) bytes"
    case .sharedStorage(let tensor):
      "tensor '\(tensor)' shares its bytes with other tensors, which together claim more than the file has"
    case .noTensors(let found):
      "it holds \(found) where tensors by name are needed, as torch.save(model.state_dict()) writes them"
    }
  }

  private static func sentence(_ fault: HuggingFaceFault) -> String {
    switch fault {
    case .unsupportedModel(let type, let supported):
      "a model of type '\(type)' can't be opened; the types that can are \(list(supported)); for"
        + " others, \(program)"
    case .noClassifier(let task, let architecture):
      "\(architecture ?? "the model") is \(name(of: task)), not a text classifier; a model that was"
        + " saved as …ForSequenceClassification is needed"
        + (task == .encoder
          ? ", or, to compare two texts, a folder of sentence-transformers with its modules.json"
          : "")
    case .ownHead(let architecture, let tensor):
      "\(architecture) is not a class of transformers, and its tensor '\(tensor)' is not one of a text"
        + " classifier of transformers; \(program)"
    case .rerankerPrompt:
      "a language model that ranks by the logits of two tokens (LogitScore), whose prompt is not that of"
        + " Qwen3-Reranker, the only supported one; \(program)"
    case .noWeights(let expected):
      "the folder has no weights; looked for \(list(expected))"
    case .fileOutside(let tensor, let file):
      "tensor '\(tensor)' is listed in '\(file)', which is not a plain file name in the folder"
    case .notInShard(let tensor, let file):
      "tensor '\(tensor)' is listed in \(file), which does not hold it"
    case .filePointer:
      "a pointer of Git LFS, not the file itself; fetch it with git lfs pull"
    }
  }

  private static func name(of task: HuggingFaceTask) -> String {
    switch task {
    case .encoder: "an encoder of texts without a classification head"
    case .languageModel: "a language model"
    case .tokenClassification: "a classifier of single tokens"
    case .questionAnswering: "for finding answers in texts"
    case .multipleChoice: "for choosing among several texts"
    case .other: "for another task"
    }
  }

  private static func sentence(_ fault: FastaiFault) -> String {
    switch fault {
    case .noLearner(let found):
      "the file holds \(found), not a fastai learner; for a model that Python can load, \(program)"
    case .noTextClassifier(let kind):
      "not a text classifier on an AWD-LSTM: it is \(name(of: kind))" + advice(kind)
    case .noVocabulary(let found):
      "no vocabulary: it holds \(found); a JSON or pickled list of tokens is needed"
    case .vocabularyDiffers(let tokens, let rows):
      "the vocabulary has \(Numerals.count(tokens, "token")) and the model's embedding \(Numerals.count(rows, "row")), one"
        + " for each token; it is the vocabulary of another model"
    case .missing(let part): "the learner's \(part) is not where fastai puts it"
    case .unsupportedEncoder(let className):
      "the encoder is a \(className), and AWD_LSTM is the one that can be read; \(program)"
    case .unsupportedHead(let className):
      "the classifier's head is a \(className), and fastai's own PoolingLinearClassifier is the one that"
        + " can be read; \(program)"
    case .unsupportedLoss(let name, let setting):
      "the loss \(name) has \(setting), from which no probabilities can be computed; \(program)"
    case .ownNumber(let token, let id):
      "the learner gives the token '\(token)' the number \(id), which is not its place in the vocabulary"
    case .unsupportedLayer(let name, let setting):
      "layer \(name) (\(setting)) is not a part of fastai's own text classifier; \(program)"
    case .unsupportedRule(let name):
      "the text rule '\(name)' is not one of fastai's own, and Python code is not run; \(program)"
    case .unsupportedTransform(let name):
      "the texts go through '\(name)', and Python code is not run; \(program)"
    }
  }

  private static func name(of kind: FastaiModelKind) -> String {
    switch kind {
    case .languageModel: "a language model, which predicts words"
    case .encoder: "the encoder of a language model (save_encoder), without a classifier"
    case .qrnn: "a QRNN"
    case .transformer: "a transformer; give its Hugging Face folder instead"
    case .tabular: "a tabular model"
    case .vision: "a vision model"
    case .other(let className): "a \(className)"
    }
  }

  private static func advice(_ kind: FastaiModelKind) -> String {
    switch kind {
    case .qrnn, .other: "; \(program)"
    case .languageModel, .encoder, .transformer, .tabular, .vision: ""
    }
  }

  private static func sentence(_ fault: SafetensorsFault) -> String {
    switch fault {
    case .headerTooLong(let bytes, let limit):
      "its header has \(bytes) bytes, at most \(limit) are read"
    case .headerIsNoObject: "its header is not a JSON object"
    case .malformedEntry(let tensor): "the entry of '\(tensor)' is malformed"
    case .duplicate(let tensor): "it contains '\(tensor)' twice"
    case .badOffsets(let tensor, let begin, let end):
      "the offsets of '\(tensor)' are \(begin) and \(end)"
    case .sizeDiffers(let tensor, let shape, let format, let bytes):
      "'\(tensor)' of shape \(shape) in \(format) can't have \(bytes) bytes"
    case .overlap(let tensor, let other): "'\(tensor)' and '\(other)' overlap"
    }
  }
}
