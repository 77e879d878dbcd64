internal import TOMLKit

/// What stands in a theme file, before it means anything; knows the line of each key.
struct ThemeSource: Sendable {
  indirect enum Value: Sendable, Hashable {
    case integer(Int)
    case text(String)
    case flag(Bool)
    case list([Value])
    case table([String: Value])
    case other
  }

  /// The path that messages name.
  var file: String
  var text: String
  var root: [String: Value]

  init(_ text: String, file: String) throws {
    self.file = file
    self.text = text
    do {
      root = Self.values(of: try TOMLTable(string: text))
    } catch let error as TOMLParseError {
      throw ThemeError(
        file: file, line: max(1, error.source.begin.line), reason: .syntax(error.description))
    }
  }

  func failure(at path: [String], _ reason: ThemeError.Reason) -> ThemeError {
    ThemeError(file: file, line: line(of: path), reason: reason)
  }

  private static func values(of table: TOMLTable) -> [String: Value] {
    var result: [String: Value] = [:]
    for key in table.keys { result[key] = table[key].map(value) ?? .other }
    return result
  }

  private static func value(_ found: any TOMLValueConvertible) -> Value {
    if let table = found.table { return .table(values(of: table)) }
    if let list = found.array { return .list(list.map { value($0) }) }
    if let text = found.string { return .text(text) }
    if let number = found.int { return .integer(number) }
    if let flag = found.bool { return .flag(flag) }
    return .other
  }
}

// MARK: - Lines

extension ThemeSource {
  /// The line of the longest beginning of the path that has one of its own; TOMLKit keeps no places.
  func line(of path: [String]) -> Int {
    var section: [String] = []
    var best = (length: 0, line: 1)
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      var key: [String] = []
      let code = line.drop { $0 == " " || $0 == "\t" }
      if code.hasPrefix("[") {
        section = names(code.dropFirst().prefix { $0 != "]" })
        key = section
      } else if !code.hasPrefix("#"), let equals = code.firstIndex(of: "=") {
        key = section + names(code[..<equals])
      }
      if key.count > best.length, path.starts(with: key) { best = (key.count, index + 1) }
    }
    return best.line
  }

  private func names(_ dotted: Substring) -> [String] {
    dotted.split(separator: ".").map { part in
      String(part.filter { !" \t\"'[".contains($0) })
    }
  }
}
