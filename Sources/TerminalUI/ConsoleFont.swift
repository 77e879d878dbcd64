/// Replacements for characters that the fonts of the Linux console lack.
///
/// Debian's `Lat15`, `Lat2`, `Lat7`, `CyrSlav`, `Greek` and `Uni2` (Fixed, Terminus and VGA, by
/// their tables of characters) have borders, arrows, dots and the full block, but none of these.
enum ConsoleFont {
  /// A character, or the nearest one that every font has.
  static func shown(_ character: String) -> String { nearest[character] ?? character }

  private static let nearest: [String: String] = [
    "▏": " ", "▎": " ", "▍": " ", "▌": "█", "▋": "█", "▊": "█", "▉": "█", "▐": "█",
    "▁": "_", "▂": "_", "▃": "_", "▄": "_", "▅": "█", "▆": "█", "▇": "█",
    "Δ": "D", "Σ": "S", "ρ": "r", "²": "2", "✓": "v", "◐": "o",
  ]
}
