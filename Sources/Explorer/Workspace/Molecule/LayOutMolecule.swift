package import Molecules
package import Workbench

extension Lane {
  static let drawing = Lane("drawing of a molecule")
}

/// Computes the final drawing of a molecule, whose sketch is shown meanwhile.
package struct LayOutMolecule: AskedQuestion {
  package let sketch: Depiction
  /// The drawing whose layout the sketch is close to.
  package let previous: Depiction?

  package var lane: Lane { .drawing }

  /// - Returns: the final drawing; the sketch if there is no other.
  package func answer(_ lab: Lab, progress: @escaping Progress<Depiction>) throws -> Depiction {
    (try? Depiction(of: sketch.molecule, near: previous)) ?? sketch
  }

  package func receive(
    _ answer: Depiction, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.document.molecule.replaceSketch(with: answer) }
}

extension State {
  /// Requests the final drawing of a sketch in the background.
  mutating func settleDrawing(_ effects: inout [Effect]) {
    guard showsMolecule, let question = document.molecule.pendingLayout else {
      return cancel(.drawing, &effects)
    }
    let running = asked.question(in: .drawing).map { AnyQuestion($0) }
    if running != AnyQuestion(question) { ask(question, &effects) }
  }
}
