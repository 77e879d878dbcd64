public import TerminalUI

/// Cells as text with SGR sequences, for output outside of the screen.
public struct TerminalPaint: Sendable {
  public let theme: Theme
  public let colors: TerminalAbilities.Colors

  public init(theme: Theme, colors: TerminalAbilities.Colors) {
    self.theme = theme
    self.colors = colors
  }

  /// The text ends with the terminal's default colours.
  public func text(of cells: [Cell]) -> PlainText {
    var text: PlainText = ""
    var current = Paint()
    for cell in cells {
      let paint = theme.paint(cell.style, colors: colors)
      if paint != current {
        text += .sgr(parameters(paint))
        current = paint
      }
      text += "\(cell.cluster)"
    }
    return current == Paint() ? text : text + .sgr([0])
  }

  /// Whether it has the terminal's default colours and no attributes.
  func isBare(_ cell: Cell) -> Bool { theme.paint(cell.style, colors: colors) == Paint() }

  private func parameters(_ paint: Paint) -> [Int] {
    var parameters = [0]
    if paint.attributes.contains(.bold) { parameters.append(1) }
    if paint.attributes.contains(.underline) { parameters.append(4) }
    if paint.attributes.contains(.reverse) { parameters.append(7) }
    parameters += parameter(paint.foreground, base: 30)
    parameters += parameter(paint.background, base: 40)
    return parameters
  }

  private func parameter(_ color: Color, base: Int) -> [Int] {
    switch color {
    case .terminal: []
    case .indexed(let index) where index < 8: [base + Int(index)]
    case .indexed(let index): [base + 8, 5, Int(index)]
    case .rgb(let red, let green, let blue):
      [base + 8, 2, Int(red), Int(green), Int(blue)]
    }
  }
}
