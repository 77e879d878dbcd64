/// The contents of a settings file such as a theme, before interpretation; knows the line of each
/// key.
package struct ThemeSource: Sendable {
  package indirect enum Value: Sendable, Hashable {
    case integer(Int)
    case text(String)
    case flag(Bool)
    case list([Value])
    case table([String: Value])
    /// A fractional number or a date, which no setting uses.
    case other
  }

  /// The path for messages.
  package let file: String
  package let root: [String: Value]
  private let lines: [[String]: Int]

  package init(_ text: String, file: String) throws(ThemeError) {
    self.file = file
    var reader = TOMLReader(text)
    do throws(TOMLReader.Failure) {
      (root, lines) = try reader.read()
    } catch {
      throw ThemeError(file: file, line: error.line, reason: .syntax(error.words))
    }
  }

  /// An error at the key, or at the start of the nearest enclosing table.
  package func failure(at path: [String], _ reason: ThemeError.Reason) -> ThemeError {
    let known = path.indices.reversed().lazy.compactMap { lines[Array(path[...$0])] }
    return ThemeError(file: file, line: known.first ?? 1, reason: reason)
  }
}
