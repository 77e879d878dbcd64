internal import Workbench

/// What a model is opened for. Callers pass this value, so that the prompt and the code that opens
/// models do not depend on the uses.
package struct ModelUse: Sendable {
  /// The title of the prompt. No two uses share one: a path that could not be opened is offered
  /// again only for the use that it was typed for.
  let title: String
  /// Whether the prompt also opens labelled texts.
  let opensData: Bool
  /// Whether this use is possible now; if not, the function reports the reason.
  let isPossible: @Sendable (inout State) -> Bool
  /// Opens the model that `--model` opens for this argument.
  let open: @Sendable (_ argument: String, inout State, inout [Effect]) -> Void

  package init(
    title: String, opensData: Bool = false,
    isPossible: @escaping @Sendable (inout State) -> Bool = { _ in true },
    open: @escaping @Sendable (_ argument: String, inout State, inout [Effect]) -> Void
  ) {
    self.title = title
    self.opensData = opensData
    self.isPossible = isPossible
    self.open = open
  }
}

extension ModelUse {
  /// Replaces the open model.
  static let main: ModelUse = ModelUse(title: "Open a model, or a data set", opensData: true) {
    argument, state, effects in
    state.open(argument, for: .main, as: .main, &effects)
  }
}
