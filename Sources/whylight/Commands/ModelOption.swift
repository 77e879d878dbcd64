internal import ArgumentParser
internal import Classifiers
internal import EmbeddedModels
internal import Tensors

struct ModelOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "An embedded model by name, a model folder, or a model file as it stands.",
      valueName: "model"))
  var model: String?

  func open() throws -> Model { try Self.open(model) }

  /// - Parameter argument: as the user gave it; nil is the default model.
  static func open(_ argument: String?) throws -> Model {
    do {
      return try EmbeddedModels.opener.open(argument)
    } catch let error as ModelOpeningError {
      throw Failure.usage(Messages.sentence(error))
    } catch let error as TensorError {
      throw Failure.run(Messages.sentence(error))
    }
  }
}
