package import TerminalUI

/// The mouse targets of Explore.
package enum ExploreTarget: ScreenTarget {
  case pane(Pane)
  /// The text in an editor; editors are counted from 0.
  case editorText(Int)
  case heatmapText
  /// The drawing of a molecule.
  case molecule
  case unit(Int)
  case method(Int)
  case classLine(Int)
  /// A tab of the pane of findings, and a line of its page.
  case finding(Finding)
  case findingLine(Int)

  package func jump(at position: Position, in picture: Picture) -> JumpKind? {
    switch self {
    case .pane: .pane
    case .method, .classLine, .finding, .findingLine: .line
    // The same words are in the heatmap, where letters would cover them.
    case .unit: picture.pane(at: position) == .tokens ? .line : nil
    case .editorText, .heatmapText, .molecule: nil
    }
  }
}

extension Picture.Target {
  package static func explore(_ target: ExploreTarget) -> Self { .own(OwnTarget(target)) }
}

extension Picture {
  /// The pane at a position, for the mouse wheel.
  func pane(at position: Position) -> Pane? {
    for (rect, target) in targets.reversed() where rect.contains(position) {
      if case .pane(let pane)? = target.own(ExploreTarget.self) { return pane }
    }
    return nil
  }
}
