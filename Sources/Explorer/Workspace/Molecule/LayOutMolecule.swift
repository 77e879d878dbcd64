package import Molecules
package import Workbench

extension Lane {
  static let drawing = Lane("drawing of a molecule")
}

/// The drawing to stay of a molecule, whose sketch is shown meanwhile.
package struct LayOutMolecule: AskedQuestion {
  package let sketch: Depiction
  /// What the sketch is near to.
  package let previous: Depiction?

  package var lane: Lane { .drawing }

  /// - Returns: the sketch where there is no other drawing.
  package func answer(_ lab: Lab, progress: @escaping Progress<Depiction>) throws -> Depiction {
    (try? Depiction(of: sketch.molecule, near: previous)) ?? sketch
  }

  package func receive(
    _ answer: Depiction, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.document.molecule.take(answer) }
}

extension State {
  /// A sketch that may not stay is laid out anew beside the screen.
  mutating func settleDrawing(_ effects: inout [Effect]) {
    guard showsMolecule, let question = document.molecule.unfinished else {
      return cancel(.drawing, &effects)
    }
    let running = asked.question(in: .drawing).map { AnyQuestion($0) }
    if running != AnyQuestion(question) { ask(question, &effects) }
  }
}
