/// One row of RFC 4180.
enum CSVLine {
  static func text(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\n"
  }

  private static func field(_ text: String) -> String {
    text.unicodeScalars.contains { ["\"", ",", "\n", "\r"].contains($0) }
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
