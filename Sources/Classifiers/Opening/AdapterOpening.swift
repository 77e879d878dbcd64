internal import Checkpoints
internal import Tokenizers

/// Opens an adapter together with its base model.
struct AdapterOpening {
  /// The adapter's folder.
  let path: String
  let files: ModelFiles
  let configuration: AdapterConfiguration
  /// The base model's folder.
  let base: String

  /// - Throws: `CheckpointError.adapter(.noBase)`; `ModelOpeningError` if the folder that the user
  ///   gave is not a model.
  init(
    path: String, files: ModelFiles, configuration: AdapterConfiguration, options: OpeningOptions
  ) throws {
    self.path = path
    self.files = files
    self.configuration = configuration
    if let given = options.base {
      guard BaseFolder.isModel(given) else {
        throw ModelOpeningError.noModelInFolder(path: given, models: [])
      }
      base = given
      return
    }
    let places = configuration.base.map { BaseFolder.places(of: $0, for: path) } ?? []
    guard let found = places.first(where: BaseFolder.isModel) else {
      throw CheckpointError.adapter(.noBase(name: configuration.base, places: places))
    }
    base = found
  }

  /// - Throws: `ModelOpeningError` with the base's name, `CheckpointError`.
  func read() throws -> AdaptedFolder {
    let baseFiles = ModelFiles(folder: base)
    let model: AdapterBase
    do {
      model = try AdapterBase(baseFiles, supported: Transformer.modelTypes) {
        TransformerCatalog.family(of: $0)?.encoder ?? $0
      }
    } catch let error as CheckpointError {
      throw ModelOpeningError.checkpoint(model: base, error)
    }
    return try AdaptedFolder(configuration, files, onto: model, baseFiles) { pattern, module in
      do {
        return try WholeTextPattern(pattern).matches(module)
      } catch is RegexError {
        throw CheckpointError.wrongValue(
          key: "alpha_pattern", expected: "regular expressions", found: pattern)
      }
    }
  }

  /// The merged model.
  /// - Throws: see `Model.init(folder:)`; `CheckpointError.adapter(.notLearned)`.
  func model(
    _ adapted: AdaptedFolder, name: String, loading: Loading
  ) throws -> Model {
    var model: Model
    do {
      model = try Model(
        folder: adapted.folder, files: adapted.files, name: name, loading: loading)
    } catch let error as CheckpointError {
      throw Self.explained(error)
    }
    let ranks = adapted.ranks.map(String.init).joined(separator: ", ")
    model.facts.settings += [
      (name: "adapter", value: "LoRA of rank \(ranks) on \(adapted.matrices) matrices"),
      (name: "base", value: base),
    ]
    model.facts.base = base
    return model
  }

  /// A base without the adapter's head lacks a few tensors, not a whole model.
  private static func explained(_ error: CheckpointError) -> CheckpointError {
    let few = 8
    switch error {
    case .missingTensor(let name): return .adapter(.notLearned(tensors: [name]))
    case .mismatches(let mismatches, _)
    where mismatches.count <= few && mismatches.allSatisfy { $0.found == nil }:
      return .adapter(.notLearned(tensors: mismatches.map(\.tensor)))
    default: return error
    }
  }
}
