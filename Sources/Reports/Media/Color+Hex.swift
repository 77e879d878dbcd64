internal import TerminalUI

extension Color {
  /// `#1c1c1c`, as in CSS and SVG; nil for the terminal's default colour.
  var hex: String? {
    guard let (red, green, blue) = components else { return nil }
    return "#"
      + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
