internal import TerminalUI

private let escape: UInt8 = 0x1B
private let pasteEnd = Array("\u{1B}[201~".utf8)

extension InputParser {
  mutating func read(_ byte: UInt8) {
    switch state {
    case .ground: readGround(byte)
    case .escape: readEscape(byte)
    case .control: readControl(byte)
    case .single: readSingle(byte)
    case .consoleFunction:
      enter(.ground)
      if (0x41...0x45).contains(byte) { emit(Key(.function(Int(byte) - 0x40))) }
    case .oldMouse:
      bytes.append(byte)
      if bytes.count == 3 {
        let report = bytes
        enter(.ground)
        emitOldMouse(report)
      }
    case .string(let isSystemCommand): readString(byte, isSystemCommand)
    case .stringEscape(let isSystemCommand):
      if byte == 0x5C {
        finishString(isSystemCommand)
      } else {
        // Not the regular end of a string: another sequence follows.
        enter(.escape)
        read(byte)
      }
    case .paste:
      bytes.append(byte)
      if byte == 0x7E, bytes.suffix(pasteEnd.count).elementsEqual(pasteEnd) {
        finishPaste(droppingLast: pasteEnd.count)
      } else if bytes.count >= longestPaste + 2 * pasteEnd.count {
        // Bytes over the limit are dropped, but the end is still recognised.
        bytes.removeSubrange(longestPaste..<(bytes.count - pasteEnd.count))
      }
    }
  }

  private mutating func readGround(_ byte: UInt8) {
    if byte >= 0x80 || decoder.isPending {
      for scalar in decoder.feed(byte) {
        if scalar.value < 0x80 { readGround(byte) } else { type(scalar) }
      }
      return
    }
    switch byte {
    case escape: enter(.escape)
    case 0x20...0x7E: type(Unicode.Scalar(byte))
    default: emit(controlKey(byte))
    }
  }

  private mutating func controlKey(_ byte: UInt8) -> Key {
    let alt: Key.Modifiers = isAlt ? .alt : []
    isAlt = false
    switch byte {
    case 0x00: return Key(.character(" "), alt.union(.control))
    case 0x08, 0x7F: return Key(.backspace, alt)
    case 0x09: return Key(.tab, alt)
    case 0x0D: return Key(.enter, alt)
    case 0x01...0x1A:
      return Key(.character(Character(Unicode.Scalar(byte + 0x60))), alt.union(.control))
    default:  // 0x1C...0x1F: \ ] ^ _
      return Key(.character(Character(Unicode.Scalar(byte + 0x40))), alt.union(.control))
    }
  }

  private mutating func readEscape(_ byte: UInt8) {
    switch byte {
    case escape: emit(Key(.escape))
    case 0x5B: enter(.control)
    case 0x4F: enter(.single)
    case 0x5D: enter(.string(isSystemCommand: true))
    case 0x50, 0x58, 0x5E, 0x5F:  // DCS, SOS, PM, APC
      let isLetter = byte <= 0x58
      stringIntroducer = Character(Unicode.Scalar(isLetter ? byte + 0x20 : byte))
      stringModifiers = isLetter ? [.alt, .shift] : .alt
      enter(.string(isSystemCommand: false))
    default:
      enter(.ground)
      isAlt = true
      readGround(byte)
    }
  }

  private mutating func readControl(_ byte: UInt8) {
    switch byte {
    case 0x5B where bytes.isEmpty: enter(.consoleFunction)
    case 0x4D where bytes.isEmpty: enter(.oldMouse)
    case 0x24 where !bytes.isEmpty && bytes.allSatisfy({ (0x30...0x39).contains($0) }):
      // rxvt's ~ with shift; in a reply of the terminal other parameters stand before it
      let parameters = bytes
      enter(.ground)
      finishControl(parameters, final: byte)
    case 0x20...0x3F:
      if bytes.count < Self.longestSequence { bytes.append(byte) }
    case 0x40...0x7E:
      let parameters = bytes
      enter(.ground)
      finishControl(parameters, final: byte)
    default: abort(byte)
    }
  }

  private mutating func readSingle(_ byte: UInt8) {
    switch byte {
    case 0x30...0x39 where bytes.count < 2: bytes.append(byte)
    case 0x21...0x7E:
      let parameters = bytes
      enter(.ground)
      finishSingle(parameters, final: byte)
    default: abort(byte)
    }
  }

  private mutating func readString(_ byte: UInt8, _ isSystemCommand: Bool) {
    switch byte {
    case escape: state = .stringEscape(isSystemCommand: isSystemCommand)
    case 0x07: finishString(isSystemCommand)
    case 0x18, 0x1A: enter(.ground)
    default:
      if bytes.count < Self.longestSequence { bytes.append(byte) }
    }
  }

  /// A control character or a byte above ASCII aborts a sequence and is handled itself.
  private mutating func abort(_ byte: UInt8) {
    enter(.ground)
    if byte != 0x18 && byte != 0x1A { readGround(byte) }
  }

  private mutating func finishString(_ isSystemCommand: Bool) {
    let content = bytes
    enter(.ground)
    if isSystemCommand {
      if let isLight = backgroundIsLight(answer: content) { emit(.background(isLight: isLight)) }
    } else if stringIntroducer == "_", answersToKitty(content) {
      emit(.pictures(.kitty))
    } else if stringIntroducer == "p", keepsDirectColor(answer: content) {
      emit(.directColors)
    }
  }

  mutating func finishPaste(droppingLast count: Int) {
    let content = String(decoding: bytes.dropLast(count).prefix(longestPaste), as: UTF8.self)
    enter(.ground)
    bytes = []
    emit(.event(.paste(withPlainLineEnds(content))))
  }
}

/// `\r\n` and `\r` -> `\n`.
private func withPlainLineEnds(_ text: String) -> String {
  guard text.utf8.contains(0x0D) else { return text }
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count)
  var isAfterReturn = false
  for byte in text.utf8 {
    if byte == 0x0D {
      result.append(0x0A)
    } else if !(byte == 0x0A && isAfterReturn) {
      result.append(byte)
    }
    isAfterReturn = byte == 0x0D
  }
  return String(decoding: result, as: UTF8.self)
}
