public import Checkpoints
internal import Glibc
internal import Tensors
public import Tokenizers

/// Finds and builds the model that the user specifies with `--model` or at the path prompt.
public struct ModelOpener: Sendable {
  /// A model that comes with the program.
  public struct Embedded: Sendable {
    public var name: String
    public var files: ModelFiles

    public init(name: String, files: ModelFiles) {
      self.name = name
      self.files = files
    }
  }

  /// The first is the default.
  public let embedded: [Embedded]

  /// Called with an external program's messages on standard error, on any thread.
  public var remark: @Sendable (ProgramRemark) -> Void = { _ in }

  /// The clock for external programs' time limits; replaced in tests.
  public var now: @Sendable () -> ContinuousClock.Instant = { .now }

  /// Architectures other than transformers.
  private let architectures: [any Architecture.Type]

  public init(
    embedded: [Embedded],
    architectures: [any Architecture.Type] = ArchitectureCatalog.architectures
  ) {
    self.embedded = embedded
    self.architectures = architectures
  }

  /// - Parameter argument: the name of an embedded model, a folder or a file, in the form that
  ///   `ModelArgument` parses; nil for the default. An embedded model takes precedence over a file
  ///   of the same name, which can be given as `./name`.
  /// - Throws: `ModelOpeningError`; `TensorError` if memory or the matrix library fails;
  ///   `CancellationError` if it was cancelled.
  public func open(
    _ argument: String?, with options: OpeningOptions = OpeningOptions()
  ) throws -> Model {
    let (argument, options) = Self.split(argument, options)
    return try openRounded(argument, options).reading(options.reading)
  }

  /// The model in the requested precision.
  private func openRounded(_ argument: String?, _ options: OpeningOptions) throws -> Model {
    guard options.precision == .auto else { return try openPlain(argument, options) }
    var options = options
    options.precision = .bfloat16
    let rounded = try openPlain(argument, options)
    options.precision = .float
    let reference = try openPlain(argument, options)
    return try rounded.difference(from: reference).isSmall ? rounded : reference
  }

  /// The model in the precision of its files.
  private func openPlain(_ argument: String?, _ options: OpeningOptions) throws -> Model {
    var model = try openFiles(argument, options)
    model.facts.note(options.loading.precision)
    return model
  }

  private func openFiles(_ argument: String?, _ options: OpeningOptions) throws -> Model {
    // Files and matrices were read, reordered and packed, which takes several times the memory of
    // the largest.
    defer { returnFreedMemory() }
    if let model = embedded.first(where: { $0.name == argument ?? $0.name }) {
      try options.refuse(for: model.name)
      return try building(model.name, called: model.name, options) {
        try read(model.files)
      }
    }
    let path = argument ?? ""
    if path.hasPrefix(Model.externalPrefix) {
      try options.refuse(for: path)
      guard options.precision == .float else {
        throw ModelOpeningError.unusedOption(name: "precision", path: path)
      }
      return try openProgram(String(path.dropFirst(Model.externalPrefix.count)), options)
    }
    switch PathKind(path) {
    case .folder:
      if let adapter = try adapter(in: path, options) {
        return try naming(path) {
          try adapter.model(
            try adapter.read(), name: ModelName.of(path: path), loading: options.loading)
        }
      }
      try options.refuse(for: path)
      return try openFolder(path, options)
    case .file: return try openFile(path, options)
    case .nothing:
      throw ModelOpeningError.noSuchModel(argument: path, embedded: embedded.map(\.name))
    }
  }

  /// A model with everything that is needed to write it as a folder.
  /// - Parameters:
  ///   - path: a file or folder of the user's.
  ///   - name: the model's name; nil for its own name, or the file's.
  /// - Throws: see `open`; nothing is written.
  public func read(
    _ path: String, with options: OpeningOptions = OpeningOptions(), named name: String? = nil
  ) throws -> ImportedModel {
    let (argument, options) = Self.split(path, options)
    let path = argument ?? path
    // These options belong to a use of the model, not to the model.
    for (option, _) in options.reading.words.prefix(1) {
      throw ModelOpeningError.unusedOption(name: option, path: path)
    }
    guard options.precision == .float else {
      throw ModelOpeningError.unusedOption(name: "precision", path: path)
    }
    let saved: SavedClassifier
    switch PathKind(path) {
    case .file: saved = try readFile(path, options)
    case .folder:
      if let adapter = try adapter(in: path, options) { return try read(adapter, named: name) }
      try options.refuse(for: path)
      let files = ModelFiles(folder: path)
      if try isTransformer(files, path: path) {
        return try readTransformer(files, path: path, named: name)
      }
      saved = try naming(path) { try read(files) }
    case .nothing:
      throw ModelOpeningError.noSuchModel(argument: path, embedded: [])
    }
    return try naming(path) {
      var model = try Model(saved, fallbackName: ModelName.of(path: path))
      try model.check(saved.selfChecks, name: path)
      if let name { model.name = name }
      return try ImportedModel(model: model, saved: saved)
    }
  }

  /// What follows the model in a line counts as an option.
  private static func split(
    _ line: String?, _ options: OpeningOptions
  ) -> (String?, OpeningOptions) {
    let argument = line.map { ModelArgument($0) }
    var options = options
    options.tokenizer = options.tokenizer ?? argument?.tokenizer
    options.base = options.base ?? argument?.base
    options.reading.labels = options.reading.labels ?? argument?.reading.labels
    options.reading.windows = options.reading.windows ?? argument?.reading.windows
    options.reading.threshold = options.reading.threshold ?? argument?.reading.threshold
    return (argument?.model, options)
  }

  private func readTransformer(
    _ files: ModelFiles, path: String, named name: String?
  ) throws -> ImportedModel {
    var model = try openFolder(path, OpeningOptions())
    if let name { model.name = name }
    return try naming(path) {
      let folder = try HuggingFaceFolder.read(files, supported: Transformer.modelTypes)
      return try ImportedModel(model: model, folder: folder, files: files)
    }
  }

  /// nil if the folder contains no adapter.
  private func adapter(in path: String, _ options: OpeningOptions) throws -> AdapterOpening? {
    let files = ModelFiles(folder: path)
    return try naming(path) {
      guard let configuration = try AdapterConfiguration(files) else { return nil }
      var others = options
      others.base = nil
      try others.refuse(for: path)
      return try AdapterOpening(
        path: path, files: files, configuration: configuration, options: options)
    }
  }

  private func read(_ adapter: AdapterOpening, named name: String?) throws -> ImportedModel {
    try naming(adapter.path) {
      let adapted = try adapter.read()
      let model = try adapter.model(
        adapted, name: name ?? ModelName.of(path: adapter.path), loading: Loading())
      return try ImportedModel(model: model, folder: adapted.folder, files: adapted.files)
    }
  }

  private func openProgram(_ command: String, _ options: OpeningOptions) throws -> Model {
    do {
      return try Model(command: command, timeLimit: options.timeLimit, now: now, remark: remark)
    } catch let error as ExternalProcessError {
      throw ModelOpeningError.external(command: command, error)
    }
  }

  private func openFolder(_ path: String, _ options: OpeningOptions) throws -> Model {
    let files = ModelFiles(folder: path)
    guard try isTransformer(files, path: path) else {
      return try building(path, called: ModelName.of(path: path), options) {
        try read(files)
      }
    }
    return try naming(path) {
      do {
        if let modules = try SentenceModules(files), ForeignModel(encoderIn: files) != .setFit {
          return try Model(
            sentences: modules, in: files, name: ModelName.of(path: path),
            loading: options.loading)
        }
        let model = try Model(
          huggingFace: files, name: ModelName.of(path: path), loading: options.loading)
        try model.check(
          try ModelFolder.readSelfChecks(files), name: path, precision: options.loading.precision)
        return model
      } catch CheckpointError.huggingFace(.noClassifier(.encoder, let architecture)) {
        if let foreign = ForeignModel(encoderIn: files) {
          throw ModelOpeningError.foreign(path: path, foreign)
        }
        throw CheckpointError.huggingFace(.noClassifier(.encoder, architecture: architecture))
      } catch CheckpointError.huggingFace(.noWeights(let expected)) {
        let listing = FolderListing(path)
        guard ForeignModel(folder: listing.names) == nil, listing.models.isEmpty else {
          try listing.refuse()
        }
        throw CheckpointError.huggingFace(.noWeights(expected: expected))
      }
    }
  }

  /// Whether a folder is one of transformers rather than Whylight's own.
  /// - Throws: `ModelOpeningError` if it is neither.
  private func isTransformer(_ files: ModelFiles, path: String) throws -> Bool {
    try naming(path) {
      // Older versions of sentence-transformers keep its settings in a subfolder.
      if try SentenceModules(files) != nil { return true }
      guard files.contains("config.json") else { try FolderListing(path).refuse() }
      return try HuggingFaceFolder.isOne(files)
    }
  }

  private func openFile(_ path: String, _ options: OpeningOptions) throws -> Model {
    try building(path, called: ModelName.of(path: path), options) { try readFile(path, options) }
  }

  private func readFile(_ path: String, _ options: OpeningOptions) throws -> SavedClassifier {
    try naming(path) {
      let file = try ForeignFile(path: path, options: options)
      for architecture in architectures {
        if let saved = try architecture.saved(in: file) { return saved }
      }
      if Safetensors.isOne(start: file.start) {
        throw ModelOpeningError.weightsAlone(path: path)
      }
      if let foreign = ForeignModel(start: file.start, name: path) {
        throw ModelOpeningError.foreign(path: path, foreign)
      }
      throw ModelOpeningError.unknownFormat(path: path)
    }
  }

  /// Whylight's own folder.
  private func read(_ files: ModelFiles) throws -> SavedClassifier {
    try ModelFolder.read(
      files, architectures: architectures.map { $0 as any ArchitectureSettings.Type })
  }

  private func building(
    _ name: String, called fallback: String, _ options: OpeningOptions,
    _ read: () throws -> SavedClassifier
  ) throws -> Model {
    try naming(name) {
      var saved = try read()
      saved.tensors = options.loading.tensors(saved.tensors)
      let model = try Model(saved, fallbackName: fallback)
      try model.check(saved.selfChecks, name: name, precision: options.loading.precision)
      return model
    }
  }

  /// Adds the name by which the user knows the model to errors of its files.
  private func naming<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch CheckpointError.foreign(let foreign) {
      throw ModelOpeningError.foreign(path: name, foreign)
    } catch let error as CheckpointError {
      throw ModelOpeningError.checkpoint(model: name, error)
    } catch let error as ClassifierError {
      throw ModelOpeningError.classifier(model: name, error)
    } catch let problem as TokenizerProblem {
      throw ModelOpeningError.tokenizer(model: name, problem)
    } catch let error as TokenizerFileError {
      throw ModelOpeningError.tokenizerFile(model: name, error)
    }
  }
}

/// Why a model cannot be opened.
public enum ModelOpeningError: Error, Sendable, Equatable {
  /// Neither an embedded model nor a file or folder.
  case noSuchModel(argument: String, embedded: [String])
  /// The folder lacks a model's settings or weights; `models`: subfolders that have them.
  case noModelInFolder(path: String, models: [String])
  /// A model of an unsupported kind.
  case foreign(path: String, ForeignModel)
  /// The file has no known format.
  case unknownFormat(path: String)
  /// A file of weights has no vocabulary, neither beside it nor given.
  case noVocabulary(path: String)
  /// Several files beside the weights may be their vocabulary.
  case severalVocabularies(path: String, found: [String])
  /// An error in a vocabulary file.
  case vocabulary(path: String, CheckpointError)
  /// An option for something that the model's file already contains.
  case unusedOption(name: String, path: String)
  /// A safetensors file; its folder is the model.
  case weightsAlone(path: String)
  /// An error in the model's files.
  case checkpoint(model: String, CheckpointError)
  /// The files are valid, but do not fit together.
  case classifier(model: String, ClassifierError)
  case tokenizer(model: String, TokenizerProblem)
  /// The user's labels cannot be used with the model.
  case labels(model: String, LabelsProblem)
  /// A threshold for a model that does not decide each class by itself.
  case noThreshold(model: String)
  /// The model cannot read windows.
  case windows(model: String, WindowsProblem)
  /// An external program that cannot be used.
  case external(command: String, ExternalProcessError)
  case tokenizerFile(model: String, TokenizerFileError)
  /// The model's output differs from that where it was made.
  case selfCheckTokensDiffer(model: String, text: String, expected: [Int], found: [Int])
  case selfCheckFailed(model: String, text: String, expected: [Float], found: [Float])
}

enum PathKind {
  case folder, file, nothing

  init(_ path: String) {
    var status = stat()
    // A path with a NUL would be cut off there.
    guard !path.utf8.contains(0), unsafe stat(path, &status) == 0 else {
      self = .nothing
      return
    }
    self = status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }
}
