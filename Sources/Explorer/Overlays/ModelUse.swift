internal import Workbench

/// What a model is wanted for. Whoever asks for one brings this value, so that neither the prompt nor what
/// opens models knows of any use.
package struct ModelUse: Sendable {
  /// What the prompt says that it asks for. No two uses share it: a path that was refused is offered again
  /// only to the use that it was typed for.
  let title: String
  /// The same prompt opens labelled texts.
  let opensData: Bool
  /// Whether a model can be put to this use now; says why where it cannot.
  let isPossible: @Sendable (inout State) -> Bool
  /// Opens the model that `--model` would.
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
  /// In place of the one that is open.
  static let main: ModelUse = ModelUse(title: "Open a model, or a data set", opensData: true) {
    argument, state, effects in
    state.open(argument, for: .main, as: .main, &effects)
  }
}
