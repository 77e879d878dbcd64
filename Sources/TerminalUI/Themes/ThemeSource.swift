/// What stands in a file of settings, as of a theme, before it means anything; knows the line of each key.
package struct ThemeSource: Sendable {
  package indirect enum Value: Sendable, Hashable {
    case integer(Int)
    case text(String)
    case flag(Bool)
    case list([Value])
    case table([String: Value])
    /// A number with a fraction, a date: nothing that a theme has a use for.
    case other
  }

  /// The path that messages name.
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

  /// An error at the key, or where the nearest of the tables around it begins.
  package func failure(at path: [String], _ reason: ThemeError.Reason) -> ThemeError {
    let known = path.indices.reversed().lazy.compactMap { lines[Array(path[...$0])] }
    return ThemeError(file: file, line: known.first ?? 1, reason: reason)
  }
}
