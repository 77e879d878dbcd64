internal import Glibc

/// A message of a program on its standard error.
public enum ProgramRemark: Sendable, Equatable {
  /// Without the line end; invalid UTF-8 is replaced with U+FFFD.
  case line(String)
  /// This many bytes were left out because too much arrived at once.
  case omitted(bytes: Int)
}

/// Divides a program's standard error into lines. The amount per answer is limited.
struct ErrorLines {
  /// The most bytes per answer, and per line.
  static let burst = 64 << 10
  static let longest = 4 << 10

  private let tell: @Sendable (ProgramRemark) -> Void
  private var pending: [UInt8] = []
  private var rest = burst
  private var omitted = 0

  init(_ tell: @escaping @Sendable (ProgramRemark) -> Void) { self.tell = tell }

  /// Reads what is in the pipe.
  mutating func read(from descriptor: Int32) {
    // A program that writes without end must not keep its answer from being read.
    for _ in 0..<16 {
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
        filled = max(0, unsafe Glibc.read(descriptor, buffer.baseAddress, 1 << 16))
      }
      guard !bytes.isEmpty else { return }
      append(bytes)
    }
  }

  mutating func append(_ bytes: [UInt8]) {
    let taken = bytes.prefix(rest)
    rest -= taken.count
    omitted += bytes.count - taken.count
    for byte in taken {
      // A progress bar returns to the start of its line.
      let isEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if !isEnd { pending.append(byte) }
      if isEnd || pending.count == Self.longest { endLine() }
    }
  }

  /// An answer arrived; the limit starts again.
  mutating func endBurst() {
    if omitted > 0 {
      endLine()
      tell(.omitted(bytes: omitted))
    }
    (rest, omitted) = (Self.burst, 0)
  }

  /// The end of the stream.
  mutating func finish() {
    endLine()
    endBurst()
  }

  private mutating func endLine() {
    if !pending.isEmpty { tell(.line(String(decoding: pending, as: UTF8.self))) }
    pending.removeAll()
  }
}
