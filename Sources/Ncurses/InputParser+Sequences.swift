internal import TerminalUI

extension InputParser {
  /// `ESC [ parameters final`. Anything that is not a key, the mouse or the focus is a reply, and
  /// is swallowed.
  mutating func finishControl(_ parameters: [UInt8], final: UInt8) {
    if parameters.first == 0x3C {  // <
      emitMouse(numbers(parameters.dropFirst()), isRelease: final == 0x6D, final: final)
      return
    }
    if parameters.first == 0x3F {  // ?
      // DA1: attribute 4 means sixels
      let attributes = numbers(parameters.dropFirst())
      if final == 0x63, attributes.dropFirst().contains(4) { emit(.pictures(.sixel)) }
      return
    }
    guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return }
    let values = numbers(parameters[...])
    let modifiers = values.count > 1 ? keyModifiers(values[1]) : []
    switch final {
    case 0x74 where values.count == 3 && values[0] == 6:  // the size of a cell
      if (1...1000).contains(values[1]), (1...1000).contains(values[2]) {
        emit(.cellSize(width: values[2], height: values[1]))
      }
    case 0x49 where parameters.isEmpty: emit(.event(.focus(true)))
    case 0x4F where parameters.isEmpty: emit(.event(.focus(false)))
    case 0x5A: emit(Key(.tab, modifiers.union(.shift)))
    case 0x61...0x64:  // rxvt: a ... d with shift
      if let code = letterKey(final - 0x20) { emit(Key(code, .shift)) }
    case 0x52 where values.first.map({ $0 > 1 }) ?? false: break  // where the cursor is
    case 0x24, 0x40, 0x5E, 0x7E:  // $, ^ and @ are rxvt's ~ with shift, control and both
      let extra: Key.Modifiers =
        switch final {
        case 0x24: .shift
        case 0x40: [.control, .shift]
        case 0x5E: .control
        default: []
        }
      finishTilde(values, modifiers.union(extra))
    case 0x75: emitUnicodeKey(values.first, modifiers)
    default:
      if let code = letterKey(final) { emit(Key(code, modifiers)) }
    }
  }

  /// `ESC O final`: keys in application mode, the keypad.
  mutating func finishSingle(_ parameters: [UInt8], final: UInt8) {
    let modifiers = numbers(parameters[...]).first.map(keyModifiers) ?? []
    switch final {
    case 0x4D: emit(Key(.enter, modifiers))
    case 0x61...0x64:  // rxvt: a ... d with control
      if let code = letterKey(final - 0x20) { emit(Key(code, .control)) }
    case 0x6A...0x79:  // the keypad's * + , - . / and digits
      emit(Key(.character(Character(Unicode.Scalar(final - 0x40))), modifiers))
    default:
      if let code = letterKey(final) { emit(Key(code, modifiers)) }
    }
  }

  private mutating func finishTilde(_ values: [Int], _ modifiers: Key.Modifiers) {
    switch values.first ?? 0 {
    case 1, 7: emit(Key(.home, modifiers))
    case 2: emit(Key(.insert, modifiers))
    case 3: emit(Key(.delete, modifiers))
    case 4, 8: emit(Key(.end, modifiers))
    case 5: emit(Key(.pageUp, modifiers))
    case 6: emit(Key(.pageDown, modifiers))
    case 27: emitUnicodeKey(values.count > 2 ? values[2] : nil, modifiers)  // modifyOtherKeys
    case 200: enter(.paste)
    case let number:
      if let function = functionKey(number) { emit(Key(.function(function), modifiers)) }
    }
  }

  /// `ESC [ code ; modifiers u`: any key by its code point (fixterms, kitty, xterm's modifyOtherKeys).
  private mutating func emitUnicodeKey(_ code: Int?, _ modifiers: Key.Modifiers) {
    switch code {
    case 9: emit(Key(.tab, modifiers))
    case 13: emit(Key(.enter, modifiers))
    case 27: emit(Key(.escape, modifiers))
    case 8, 127: emit(Key(.backspace, modifiers))
    case .some(let code) where code >= 32:
      // Kitty numbers keys without a character in the private use area.
      guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init),
        scalar.properties.generalCategory != .control,
        scalar.properties.generalCategory != .privateUse
      else { return }
      if modifiers.isSubset(of: .shift) {
        emit(Key(.character(Character(scalar))))
      } else {
        let lower = scalar.properties.lowercaseMapping.first ?? Character(scalar)
        emit(Key(.character(lower), modifiers))
      }
    default: break
    }
  }

  private mutating func emitMouse(_ values: [Int], isRelease: Bool, final: UInt8) {
    guard values.count == 3, final == 0x4D || final == 0x6D else { return }
    emitMouse(buttons: values[0], column: values[1] - 1, row: values[2] - 1, isRelease: isRelease)
  }

  /// X10's report in bytes, sent by terminals that do not support a better one.
  mutating func emitOldMouse(_ report: [UInt8]) {
    let buttons = Int(report[0]) - 32
    let isRelease = buttons & 0b100_0011 == 3
    emitMouse(
      buttons: isRelease ? buttons & ~3 : buttons, column: Int(report[1]) - 33,
      row: Int(report[2]) - 33, isRelease: isRelease)
  }

  /// The left button and the wheel; other buttons are left to the terminal.
  private mutating func emitMouse(buttons: Int, column: Int, row: Int, isRelease: Bool) {
    guard column >= 0, row >= 0, buttons >= 0, buttons < 128 else { return }
    let modifiers = Key.Modifiers()
      .union(buttons & 4 != 0 ? .shift : [])
      .union(buttons & 8 != 0 ? .alt : [])
      .union(buttons & 16 != 0 ? .control : [])
    let action: Mouse.Action
    switch (buttons & 0b100_0011, buttons & 32 != 0) {
    case (64, _): action = .wheelUp
    case (65, _): action = .wheelDown
    case (0, _) where isRelease: action = .release
    case (0, false): action = .press
    case (0, true): action = .drag
    default: return
    }
    let mouse = Mouse(action, at: Position(column: column, row: row), modifiers: modifiers)
    emit(.event(.mouse(mouse)))
  }
}

/// Parameters separated by semicolons; an empty one is 0, a hostile one a large number.
private func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
  guard !parameters.isEmpty else { return [] }
  return parameters.split(separator: 0x3B, omittingEmptySubsequences: false).map { digits in
    // Sub-parameters after a colon (kitty's event types) are ignored.
    digits.prefix { $0 != 0x3A }.reduce(0) { min($0 * 10 + Int($1 & 0x0F), 1_000_000) }
  }
}

/// xterm's encoding: 1 + shift 1 + alt 2 + control 4 (meta 8 is another name for alt).
private func keyModifiers(_ parameter: Int) -> Key.Modifiers {
  let bits = max(0, parameter - 1)
  return Key.Modifiers()
    .union(bits & 1 != 0 ? .shift : [])
    .union(bits & (2 | 8) != 0 ? .alt : [])
    .union(bits & 4 != 0 ? .control : [])
}

private func letterKey(_ final: UInt8) -> Key.Code? {
  switch final {
  case 0x41: .up
  case 0x42: .down
  case 0x43: .right
  case 0x44: .left
  case 0x46: .end
  case 0x48: .home
  case 0x50...0x53: .function(Int(final) - 0x4F)
  default: nil
  }
}

/// The numbers skip some: 11-15, 17-21, 23-26, 28-29, 31-34 are F1-F20.
private func functionKey(_ number: Int) -> Int? {
  switch number {
  case 11...15: number - 10
  case 17...21: number - 11
  case 23...26: number - 12
  case 28...29: number - 13
  case 31...34: number - 14
  default: nil
  }
}

/// `11;rgb:RRRR/GGGG/BBBB` (1 to 4 hexadecimal digits each) or `11;#RRGGBB`: whether that is a
/// light colour.
func backgroundIsLight(answer: [UInt8]) -> Bool? {
  guard let text = String(validating: answer, as: UTF8.self), text.hasPrefix("11;") else {
    return nil
  }
  let color = text.dropFirst(3)
  var parts: [Substring] = []
  if color.hasPrefix("rgb") {
    parts = color.drop { $0 != ":" }.dropFirst().split(separator: "/")
  } else if color.hasPrefix("#"), color.count == 7 {
    let digits = color.dropFirst()
    parts = [digits.prefix(2), digits.dropFirst(2).prefix(2), digits.suffix(2)]
  }
  let values = parts.compactMap { part -> Double? in
    guard (1...4).contains(part.count), let value = UInt16(part, radix: 16) else { return nil }
    return Double(value) / (Double(1 << (4 * part.count)) - 1)
  }
  guard values.count >= 3, values.count == parts.count else { return nil }
  // Perceived brightness by ITU-R BT.601.
  return 0.299 * values[0] + 0.587 * values[1] + 0.114 * values[2] > 0.5
}

/// `1$r 0;48:2::1:2:3 m`, the terminal's current attributes (DECRQSS): whether the background is
/// the 24-bit colour 1, 2, 3. Terminals separate by colons or semicolons, with or without a colour
/// space.
func keepsDirectColor(answer: [UInt8]) -> Bool {
  guard answer.starts(with: Array("1$r".utf8)), answer.last == UInt8(ascii: "m") else {
    return false
  }
  let parameters = answer.dropFirst(3).dropLast()
    .split { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ":") }
  let found = parameters.map { String(decoding: $0, as: UTF8.self) }
  guard let start = found.firstIndex(of: "48"), found.dropFirst(start + 1).first == "2" else {
    return false
  }
  let color = found.dropFirst(start + 2)
  return color.starts(with: ["1", "2", "3"]) || color.dropFirst().starts(with: ["1", "2", "3"])
}

/// `Gi=31;OK`: the terminal supports kitty's graphics protocol.
func answersToKitty(_ answer: [UInt8]) -> Bool {
  let parts = String(decoding: answer, as: UTF8.self)
    .split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
  guard parts.count == 2, parts[1] == "OK", parts[0].hasPrefix("G") else { return false }
  return parts[0].dropFirst().split(separator: ",").contains("i=\(kittyQuestion)")
}

/// Identifies the reply to our query.
let kittyQuestion = 31
