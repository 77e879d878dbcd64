import Foundation
import TerminalUI
import TestSupport
import Testing

@Suite struct ThemeHueTests {
  // Red is what errors are painted in: what speaks for a class is orange or brown, however weak.
  @Test(arguments: ThemeLaws.colored, [TerminalAbilities.Colors.indexed256, .direct])
  func `nothing that speaks for a class is red`(
    name: String, colors: TerminalAbilities.Colors
  ) throws {
    let theme = try #require(ThemeLibrary().theme(named: name))
    for level in 1...5 {
      let color = theme.paint(Style(.heat(level)), colors: colors).background
      let lab = try #require(ColorVision.normal.lab(color))
      let hue = atan2(lab.b, lab.a) * 180 / .pi
      #expect((48...95).contains(hue), "\(name) level \(level): \(hue)")
    }
  }
}
