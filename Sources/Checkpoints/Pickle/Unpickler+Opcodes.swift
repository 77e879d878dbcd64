extension Unpickler {
  /// Executes one opcode, in the order of the groups in `pickletools.opcodes`.
  mutating func perform(_ opcode: UInt8) throws {
    switch Unicode.Scalar(opcode) {
    case "N": try push(.none)
    case "\u{88}": try push(.bool(true))
    case "\u{89}": try push(.bool(false))
    case "I", "L", "J", "K", "M", "\u{8A}", "\u{8B}": try performInteger(opcode)
    case "F", "G": try performReal(opcode)
    case "S", "V", "T", "U", "X", "\u{8C}", "\u{8D}": try performText(opcode)
    case "B", "C", "\u{8E}", "\u{96}": try performBytes(opcode)
    case "]", "l", "a", "e", ")", "t", "\u{85}", "\u{86}", "\u{87}", "\u{8F}", "\u{90}", "\u{91}":
      try performSequence(opcode)
    case "}", "d", "s", "u": try performDictionary(opcode)
    case "0": try discard(opcode)
    case "1": _ = try popToMark(opcode)
    case "2": try duplicate(opcode)
    case "(": try mark()
    case "g", "h", "j", "p", "q", "r", "\u{94}": try performMemo(opcode)
    case "c", "\u{93}", "R", "b", "i", "o", "\u{81}", "\u{92}": try performObject(opcode)
    case "P", "Q": try performPersistent(opcode)
    case "\u{80}":
      let version = try byte()
      guard version <= 5 else { throw fault(.newProtocol(version)) }
    case "\u{95}": _ = try span(8)  // a frame's length: a hint for reading ahead
    case "\u{82}", "\u{83}", "\u{84}", "\u{97}", "\u{98}": throw fault(.unsupportedOpcode(opcode))
    default: throw fault(.unknownOpcode(opcode))
    }
  }

  private mutating func performInteger(_ opcode: UInt8) throws {
    switch Unicode.Scalar(opcode) {
    case "I":
      switch try lineText() {
      case "00": try push(.bool(false))
      case "01": try push(.bool(true))
      case let text: try pushInteger(text)
      }
    case "L":
      let text = try lineText()
      try pushInteger(text.hasSuffix("L") ? String(text.dropLast()) : text)
    case "J": try push(.integer(Int(Int32(truncatingIfNeeded: try unsigned(4)))))
    case "K": try push(.integer(Int(try byte())))
    case "M": try push(.integer(Int(truncatingIfNeeded: try unsigned(2))))
    case "\u{8A}": try pushInteger(bytes: try span(UInt64(try byte())))
    default: try pushInteger(bytes: try span(try unsigned(4)))
    }
  }

  private mutating func pushInteger(_ text: String) throws {
    if let value = Int(text) {
      try push(.integer(value))
    } else if !text.isEmpty, text.utf8.allSatisfy({ "-0123456789".utf8.contains($0) }) {
      try push(.hugeInteger)
    } else {
      throw fault(.badNumber)
    }
  }

  /// Two's complement, little-endian; an empty range is zero.
  private mutating func pushInteger(bytes range: Range<Int>) throws {
    guard range.count <= 8 else { return try push(.hugeInteger) }
    var value = Int(
      truncatingIfNeeded: Int8(bitPattern: range.isEmpty ? 0 : bytes[range.upperBound - 1]))
    for byte in bytes[range].dropLast().reversed() { value = value << 8 | Int(byte) }
    try push(.integer(value))
  }

  private mutating func performReal(_ opcode: UInt8) throws {
    if opcode == UInt8(ascii: "G") {
      try push(.real(Double(bitPattern: try unsigned(8).byteSwapped)))
    } else {
      guard let value = Double(try lineText()) else { throw fault(.badNumber) }
      try push(.real(value))
    }
  }

  private mutating func performText(_ opcode: UInt8) throws {
    switch Unicode.Scalar(opcode) {
    case "S": try pushEscaped(try line(), isQuoted: true)
    case "V": try pushEscaped(try line(), isQuoted: false)
    case "T", "X": try pushText(try unsigned(4))
    case "\u{8D}": try pushText(try unsigned(8))
    default: try pushText(UInt64(try byte()))
    }
  }

  private mutating func pushText(_ count: UInt64) throws {
    let range = try span(count)
    try push(.text(start: UInt32(range.lowerBound), count: UInt32(range.count)))
  }

  private mutating func pushEscaped(_ range: Range<Int>, isQuoted: Bool) throws {
    try push(
      .escapedText(
        start: UInt32(range.lowerBound), count: UInt32(range.count), isQuoted: isQuoted))
  }

  private mutating func performBytes(_ opcode: UInt8) throws {
    let count =
      switch Unicode.Scalar(opcode) {
      case "B": try unsigned(4)
      case "C": UInt64(try byte())
      default: try unsigned(8)
      }
    let range = try span(count)
    try push(.bytes(start: UInt32(range.lowerBound), count: UInt32(range.count)))
  }

  private mutating func performSequence(_ opcode: UInt8) throws {
    switch Unicode.Scalar(opcode) {
    case "]", ")", "\u{8F}": try pushSequence([])
    case "l", "t", "\u{91}": try pushSequence(try popToMark(opcode))
    case "a":
      let element = try pop(opcode)
      try append([element], to: try top(opcode), opcode)
    case "e", "\u{90}":
      let elements = try popToMark(opcode)
      try append(elements, to: try top(opcode), opcode)
    default:  // a tuple of one, two or three
      let count = Int(opcode - 0x84)
      var elements: [Pickle.ID] = []
      for _ in 0..<count { elements.append(try pop(opcode)) }
      try pushSequence(elements.reversed())
    }
  }

  private mutating func performDictionary(_ opcode: UInt8) throws {
    switch Unicode.Scalar(opcode) {
    case "}": try pushDictionary([], opcode)
    case "d": try pushDictionary(try popToMark(opcode), opcode)
    case "s":
      let value = try pop(opcode)
      let key = try pop(opcode)
      try set([key, value], in: try top(opcode), opcode)
    default:
      let pairs = try popToMark(opcode)
      try set(pairs, in: try top(opcode), opcode)
    }
  }

  private mutating func performMemo(_ opcode: UInt8) throws {
    switch Unicode.Scalar(opcode) {
    case "g": try recall(try lineNumber())
    case "h": try recall(Int(try byte()))
    case "j": try recall(Int(try unsigned(4)))
    case "p": try remember(try lineNumber(), opcode)
    case "q": try remember(Int(try byte()), opcode)
    case "r": try remember(Int(try unsigned(4)), opcode)
    default: try remember(nil, opcode)
    }
  }

  private mutating func lineNumber() throws -> Int {
    guard let number = Int(try lineText()) else { throw fault(.badNumber) }
    return number
  }

  private mutating func performObject(_ opcode: UInt8) throws {
    switch Unicode.Scalar(opcode) {
    case "c": try pushGlobal()
    case "\u{93}":
      let name = try pop(opcode)
      try push(.global(module: try pop(opcode), name: name))
    case "R", "\u{81}":
      let arguments = try pop(opcode)
      try pushObject(try pop(opcode), arguments)
    case "\u{92}":
      _ = try pop(opcode)  // arguments by name
      let arguments = try pop(opcode)
      try pushObject(try pop(opcode), arguments)
    case "b":
      let state = try pop(opcode)
      try build(try top(opcode), state, opcode)
    case "i":
      let arguments = try popToMark(opcode)
      try pushGlobal()
      try pushCall(try pop(opcode), arguments, opcode)
    default:  // "o"
      let items = try popToMark(opcode)
      guard let constructor = items.first else { throw fault(.emptyStack(opcode: opcode)) }
      try pushCall(constructor, Array(items.dropFirst()), opcode)
    }
  }

  private mutating func pushGlobal() throws {
    let module = try line()
    let name = try line()
    try push(.text(start: UInt32(module.lowerBound), count: UInt32(module.count)))
    try push(.text(start: UInt32(name.lowerBound), count: UInt32(name.count)))
    let nameID = try pop(UInt8(ascii: "c"))
    try push(.global(module: try pop(UInt8(ascii: "c")), name: nameID))
  }

  private mutating func pushCall(
    _ constructor: Pickle.ID, _ arguments: [Pickle.ID], _ opcode: UInt8
  ) throws {
    try pushSequence(arguments)
    try pushObject(constructor, try pop(opcode))
  }

  private mutating func performPersistent(_ opcode: UInt8) throws {
    if opcode == UInt8(ascii: "P") { try pushEscaped(try line(), isQuoted: false) }
    try push(.persistent(try pop(opcode)))
  }
}
