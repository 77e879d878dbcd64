public import TerminalUI

/// Input from the terminal: an event for the program, or a reply to our query.
public enum Input: Sendable, Hashable {
  case event(TerminalEvent)
  /// The terminal's background, in reply to `ESC ] 11 ; ? ST`.
  case background(isLight: Bool)
  /// The terminal kept the 24-bit colour of `NcursesScreen.askForDirectColors`.
  case directColors
  /// The terminal can show pictures of this kind, in reply to `NcursesScreen.askForPictures`.
  case pictures(PictureAbility.Format)
  /// The size of a cell in pixels.
  case cellSize(width: Int, height: Int)
}

/// Parses bytes from the terminal.
///
/// A pure state machine after the VT500 parser (vt100.net/emu/dec_ansi_parser), with the sequences
/// that xterm, VTE, tmux, screen, rxvt and the Linux console send for keys. Late replies of the
/// terminal are swallowed, so that they are never taken for typing; no input, however malformed,
/// stops it. Scalars that arrive in one chunk form clusters; a combining mark that arrives later is
/// a key of its own.
public struct InputParser: Sendable {
  enum State: Sendable, Equatable {
    case ground
    case escape
    /// The parameters and intermediates after `ESC [`.
    case control
    /// After `ESC O`, with a digit in front of the letter as some terminals send modifiers.
    case single
    /// The Linux console's `ESC [ [` and a letter.
    case consoleFunction
    /// The three bytes after `ESC [ M`.
    case oldMouse
    /// OSC and DCS, and with their contents ignored SOS, PM and APC; ended by ST or BEL.
    case string(isSystemCommand: Bool)
    /// ESC within a string: its end if a backslash follows.
    case stringEscape(isSystemCommand: Bool)
    case paste
  }

  /// Longer sequences and strings are not keys: the rest is dropped up to their end.
  static let longestSequence = 4096
  /// A longer paste is cut off here.
  public let longestPaste: Int

  var state = State.ground
  /// The bytes of the sequence, string or paste so far, without its introducer.
  var bytes: [UInt8] = []
  /// Whether ESC preceded the scalar that is being read.
  var isAlt = false
  var decoder = ScalarDecoder()
  /// Typed scalars of this chunk that may still become part of a cluster.
  var typed = String.UnicodeScalarView()
  var output: [Input] = []

  public init(longestPaste: Int = 64 << 20) {
    self.longestPaste = longestPaste
  }

  /// The events that are complete after these bytes, in order.
  public mutating func feed(_ chunk: some Sequence<UInt8>) -> [Input] {
    for byte in chunk { read(byte) }
    return takeOutput()
  }

  /// How long to wait for further bytes before calling `timeOut`; nil if nothing is pending.
  /// `escapeDelay` separates the Escape key from a sequence.
  public func patience(escapeDelay: Duration) -> Duration? {
    switch state {
    case .escape: escapeDelay
    case .control, .single: bytes.isEmpty ? escapeDelay : .seconds(1)
    case .string: bytes.isEmpty ? escapeDelay : .seconds(1)
    case .consoleFunction, .oldMouse, .stringEscape: .seconds(1)
    case .paste: .seconds(3)
    case .ground: decoder.isPending ? .seconds(1) : nil
    }
  }

  /// No further bytes arrived: the start of a sequence was a key, an incomplete one is dropped, and
  /// a paste without its end consists of what has arrived.
  public mutating func timeOut() -> [Input] {
    switch state {
    case .ground:
      if decoder.reset() { type("\u{FFFD}") }
    case .escape: emit(Key(.escape))
    case .control where bytes.isEmpty: emit(Key(.character("["), .alt))
    case .single where bytes.isEmpty: emit(Key(.character("o"), [.alt, .shift]))
    case .string(isSystemCommand: true) where bytes.isEmpty: emit(Key(.character("]"), .alt))
    case .string(isSystemCommand: false) where bytes.isEmpty:
      emit(Key(.character(stringIntroducer), stringModifiers))
    case .paste: finishPaste(droppingLast: 0)
    default: break
    }
    enter(.ground)
    return takeOutput()
  }

  /// Which of DCS, SOS, PM and APC started the string; needed only to turn it into a key.
  var stringIntroducer: Character = "p"
  var stringModifiers: Key.Modifiers = [.alt, .shift]

  private mutating func takeOutput() -> [Input] {
    flushTyped()
    defer { output.removeAll() }
    return output
  }

  mutating func enter(_ next: State) {
    state = next
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.longestSequence)
    if next == .ground { isAlt = false }
  }

  mutating func emit(_ key: Key) { emit(.event(.key(key))) }

  mutating func emit(_ input: Input) {
    flushTyped()
    output.append(input)
  }
}

// MARK: - Text

extension InputParser {
  mutating func type(_ scalar: Unicode.Scalar) {
    guard isAlt else {
      typed.append(scalar)
      return
    }
    isAlt = false
    let character = Character(scalar)
    let isUpper = ("A"..."Z").contains(scalar)
    let code = isUpper ? Character(character.lowercased()) : character
    emit(Key(.character(code), isUpper ? [.alt, .shift] : .alt))
  }

  mutating func flushTyped() {
    guard !typed.isEmpty else { return }
    let clusters = String(typed)
    typed.removeAll(keepingCapacity: true)
    for cluster in clusters { output.append(.event(.key(Key(.character(cluster))))) }
  }
}
