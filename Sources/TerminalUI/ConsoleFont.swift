/// What the fonts of the Linux console have in place of what they lack.
///
/// Debian's `Lat15`, `Lat2`, `Lat7`, `CyrSlav`, `Greek` and `Uni2` (Fixed, Terminus and VGA, by their
/// tables of characters) have borders, arrows, dots and the whole block, and none of these.
enum ConsoleFont {
  /// A character, or its nearest that every one of the fonts has.
  static func shown(_ character: String) -> String { nearest[character] ?? character }

  private static let nearest: [String: String] = [
    "▏": " ", "▎": " ", "▍": " ", "▌": "█", "▋": "█", "▊": "█", "▉": "█", "▐": "█",
    "▁": "_", "▂": "_", "▃": "_", "▄": "_", "▅": "█", "▆": "█", "▇": "█",
    "Δ": "D", "Σ": "S", "ρ": "r", "²": "2", "✓": "v", "◐": "o",
  ]
}
