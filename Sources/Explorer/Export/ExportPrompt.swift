internal import TerminalUI

/// Asks where to write what is on the screen: the ending of the path says the format, the arrows
/// change it, Tab completes.
struct ExportPrompt: Sendable {
  var field: TextEditor
  /// What the screen can be written as.
  let formats: [ExportFormat]
  /// What begins like the field, as the file system knows it.
  var found: [PathCompletion] = []

  init(path: String, formats: [ExportFormat]) {
    field = TextEditor(path, isSingleLine: true)
    self.formats = formats
  }

  /// nil where the ending is none of them.
  var format: ExportFormat? {
    ExportFormat(path: field.text).flatMap { formats.contains($0) ? $0 : nil }
  }

  /// The format before or after, in the path too.
  mutating func changeFormat(by step: Int) {
    let index = format.flatMap { formats.firstIndex(of: $0) } ?? (step > 0 ? -1 : 0)
    change(to: formats[(index + step + formats.count) % formats.count])
  }

  mutating func change(to next: ExportFormat) {
    var path = field.text
    if ExportFormat(path: path) != nil, let dot = path.lastIndex(of: ".") {
      path = String(path[..<dot])
    }
    field = TextEditor(path + "." + next.ending, isSingleLine: true)
  }

  /// Tab: as far as all that begins so agrees.
  mutating func complete() {
    guard let first = found.first else { return }
    let common = found.dropFirst().reduce(first.completed) {
      $0.commonPrefix(with: $1.completed)
    }
    let isFurther = common.utf8.count > field.text.utf8.count
    field = TextEditor(isFurther ? common : first.completed, isSingleLine: true)
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
