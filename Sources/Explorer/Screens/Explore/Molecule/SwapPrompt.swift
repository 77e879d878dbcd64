internal import Attribution
internal import Molecules
internal import Reports
internal import TerminalUI
internal import Workbench

/// A list of usual replacements for an atom, or for the group that begins with it, each with the
/// model's answer.
struct SwapPrompt: ListOverlay {
  struct Line: Sendable {
    let swap: Swap
    /// The whole molecule after the swap.
    let smiles: String
    /// nil until they are computed.
    var probabilities: [Float]?
  }

  /// The text that the swaps are made in.
  private let text: String
  /// A description of the group that is replaced.
  private let site: String
  private(set) var lines: [Line]
  private var problem: String?
  var selected = 0

  /// nil if nothing can replace the atom.
  init?(_ molecule: Molecule, at atom: Int) {
    text = molecule.text
    let group = molecule.terminalGroup(at: atom)
    site =
      group.map { atoms in atoms.map { molecule.atoms[$0].element.symbol }.joined() }
      ?? "a hydrogen of \(molecule.atoms[atom].element.symbol)"
    lines = Swap.allCases.compactMap { swap in
      molecule.swapping(atom, for: swap).map { Line(swap: swap, smiles: $0.text) }
    }.filter { $0.smiles != molecule.text }
    if lines.isEmpty { return nil }
  }

  static let chains = [listOfChoices]
  var contexts: [Binding.Context] { Self.listOfChoices }

  func lineCount(_ state: State) -> Int { lines.count }

  func hintOfEnter(_ state: State) -> String? { "try" }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    guard let line = lines.element(at: selected) else { return .closes }
    state.apply([TextEdit.swapping(1, from: text, to: line.smiles)])
    state.say("\(site) \(state.signs.arrow) \(line.swap.formula); u undoes it")
    return .closes
  }

  // MARK: Questions to the model

  /// Asks about the lines one after another.
  func question(about text: EditedText) -> (any AskedQuestion)? {
    guard problem == nil, let next = lines.first(where: { $0.probabilities == nil }) else {
      return nil
    }
    return TryWord(next.smiles, at: 0..<text.text.utf8.count, in: text)
  }

  mutating func receive(_ answer: WordNeighbours.Candidate) {
    for index in lines.indices where lines[index].smiles == answer.text {
      lines[index].probabilities = answer.probabilities
    }
  }

  mutating func receive(_ failure: NoAnswer) { problem = failure.reason }

  // MARK: Drawing

  func draw(_ state: State, on picture: inout Picture) {
    let target = state.targetClass ?? 0
    let now = state.targetProbability.map { state.answer($0) } ?? ""
    let inner = picture.openBox(
      columns: 72, rows: lines.count + 3 + (problem == nil ? 0 : 1),
      title: "Instead of \(site)", note: "Enter tries  Esc closes")
    guard inner.size.rows > 1 else { return }
    picture.frame.write(
      "\(state.quantityName(of: target)), now \(now)",
      at: Position(column: inner.origin.column + 8, row: inner.origin.row), style: Style(.dim),
      maxColumns: max(0, inner.size.columns - 8), hasEllipsis: true)
    picture.drawList(
      count: lines.count, selected: selected, in: inner, below: 1,
      above: problem == nil ? 0 : 1, state.signs
    ) { index, rect, picture in
      let line = lines[index]
      picture.frame.write(line.swap.formula, at: rect.origin, maxColumns: 7)
      let isFlipped = line.probabilities.map { state.isFlipped($0) } ?? false
      picture.frame.write(
        answer(line, target, state),
        at: Position(column: rect.origin.column + 8, row: rect.origin.row),
        style: Style(isFlipped ? .notice : line.probabilities == nil ? .dim : .text),
        maxColumns: max(0, rect.size.columns - 8))
    }
    guard let problem else { return }
    picture.frame.write(
      problem,
      at: Position(
        column: inner.origin.column, row: inner.origin.row + inner.size.rows - 1),
      style: Style(.error), maxColumns: inner.size.columns, hasEllipsis: true)
  }

  /// `0.38  -0.33  flips  CC(=O)…`
  private func answer(_ line: Line, _ target: Int, _ state: State) -> String {
    guard let probabilities = line.probabilities, let value = probabilities.element(at: target)
    else { return "measuring" }
    var parts = [state.answer(value)]
    if let now = state.targetProbability { parts.append(state.difference(from: now, to: value)) }
    if state.isFlipped(probabilities) { parts.append("flips") }
    return parts.joined(separator: "  ")
  }
}

extension State {
  mutating func changeSwapPrompt(_ change: (inout SwapPrompt) -> Void) {
    guard var prompt = overlay as? SwapPrompt else { return }
    change(&prompt)
    overlay = prompt
  }
}

extension TextEdit {
  /// The shortest edit that turns one ASCII SMILES into another.
  static func swapping(_ swaps: Int, from old: String, to new: String) -> TextEdit {
    let (before, after) = (Array(old.utf8), Array(new.utf8))
    let front = zip(before, after).prefix { $0 == $1 }.count
    let most = min(before.count, after.count) - front
    let back = zip(before.reversed(), after.reversed()).prefix(most).prefix { $0 == $1 }.count
    return TextEdit(
      front..<before.count - back,
      replacement: String(decoding: after[front..<after.count - back], as: UTF8.self), swaps: swaps)
  }
}

extension Action {
  static let openSwaps = Action("open swaps", isAboutPresentText: true) { state, _ in
    guard let molecule = state.depiction?.molecule else {
      return state.say("press M to draw the molecule, then W to replace an atom")
    }
    guard state.smilesProblem == nil else {
      return state.say("the text is not a complete molecule yet")
    }
    guard let atom = state.currentAtom else { return state.say("no atom is selected") }
    guard let prompt = SwapPrompt(molecule, at: atom) else {
      return state.say("there is no common replacement for this atom")
    }
    state.overlay = prompt
  }
}
