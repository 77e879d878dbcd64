/// Text as the first pickle protocols write it: `\n`, `\x41`, `\u00e9`, `\U0001f600`.
enum PickleEscapes {
  /// Text that is not an escape is kept; bytes above 127 are Latin-1, as in Python.
  static func text(_ bytes: ArraySlice<UInt8>, isQuoted: Bool) -> String {
    var rest = bytes
    if isQuoted, rest.count >= 2, rest.first == rest.last { rest = rest.dropFirst().dropLast() }
    var text = ""
    while let byte = rest.popFirst() {
      text.unicodeScalars.append(
        byte == UInt8(ascii: "\\") ? escape(&rest, isQuoted: isQuoted) : Unicode.Scalar(byte))
    }
    return text
  }

  private static func escape(_ rest: inout ArraySlice<UInt8>, isQuoted: Bool) -> Unicode.Scalar {
    guard let byte = rest.first else { return "\\" }
    let digits: Int
    switch (Character(Unicode.Scalar(byte)), isQuoted) {
    case ("u", false): digits = 4
    case ("U", false): digits = 8
    case ("x", true): digits = 2
    case ("n", true): return consume(&rest, "\n")
    case ("r", true): return consume(&rest, "\r")
    case ("t", true): return consume(&rest, "\t")
    case ("\\", true), ("'", true), ("\"", true): return consume(&rest, Unicode.Scalar(byte))
    default: return "\\"
    }
    let code = rest.dropFirst().prefix(digits)
    guard code.count == digits,
      let value = UInt32(String(decoding: code, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return "\\" }
    rest = rest.dropFirst(1 + digits)
    return scalar
  }

  private static func consume(
    _ rest: inout ArraySlice<UInt8>, _ scalar: Unicode.Scalar
  ) -> Unicode.Scalar {
    rest.removeFirst()
    return scalar
  }
}
