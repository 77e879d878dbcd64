internal import Attribution
internal import TerminalUI
internal import Workbench

/// How interactions of words are computed: by removing both words, or by integrated Hessians.
extension State {
  /// The method that the user chose; by removal if the model does not support it.
  var interactionMethod: PairInteractions.Method {
    let wanted = explore.interactionMethod
    return reasonNotApplicable(wanted) == nil ? wanted : .removal
  }

  /// `By removing both words.`, with the reason if the chosen method does not apply, or the method
  /// that Enter changes to.
  var interactionMethodNote: String {
    let name = interactionMethod.adverbial
    let begun = name.prefix(1).uppercased() + name.dropFirst()
    if let reason = reasonNotApplicable(explore.interactionMethod) {
      return "\(begun): the method of \(explore.interactionMethod.noun) \(reason)."
    }
    let next = nextInteractionMethod
    return reasonNotApplicable(next) == nil
      ? "\(begun); Enter switches to \(next.noun)." : begun + "."
  }

  /// What is being computed until there is a grid.
  var interactionsInProgress: String {
    switch interactionMethod {
    case .removal: "removing pairs of words, one from each text"
    case .hessian: "taking gradients along the path from the baseline to both texts"
    }
  }

  /// Enter on the page.
  mutating func changeInteractionMethod() { choose(nextInteractionMethod) }

  fileprivate mutating func choose(_ method: PairInteractions.Method) {
    if let reason = reasonNotApplicable(method) {
      message = Message(kind: .warning, text: "the method of \(method.noun) \(reason)")
      return
    }
    explore.interactionMethod = method
    findings.results.interactions = nil
    findings.results.done.remove(.interactions)
    findings.results.problems[.interactions] = nil
    say("interactions measured \(method.adverbial)")
  }

  private var nextInteractionMethod: PairInteractions.Method {
    let all = PairInteractions.Method.allCases
    let index = all.firstIndex(of: interactionMethod) ?? 0
    return all[(index + 1) % all.count]
  }

  private func reasonNotApplicable(_ method: PairInteractions.Method) -> String? {
    summary.flatMap { method.reasonNotApplicable(to: $0.capabilities) }
  }

  /// The palette's entries for two texts.
  var paletteEntriesOfInteractions: [PaletteEntry] {
    guard document.isPair else { return [] }
    return PairInteractions.Method.allCases.map { method in
      PaletteEntry(
        text: "interactions \(method.rawValue)",
        detail: reasonNotApplicable(method)
          ?? "interactions of words, measured \(method.adverbial)",
        command: .act(.useInteractionMethod(method)))
    }
  }
}

extension Action {
  fileprivate static func useInteractionMethod(_ method: PairInteractions.Method) -> Action {
    Action("interaction method \(method.rawValue)") { state, _ in
      state.choose(method)
      guard state.interactionMethod == method, state.findings.page != .interactions else { return }
      state.show(.interactions)
    }
  }
}

extension PairInteractions.Method {
  fileprivate var noun: String {
    switch self {
    case .removal: "removal"
    case .hessian: "integrated Hessians"
    }
  }

  fileprivate var adverbial: String {
    switch self {
    case .removal: "by removing both words"
    case .hessian: "by integrated Hessians"
    }
  }
}
