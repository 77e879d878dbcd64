internal import Glibc

/// What a program says on its standard error.
public enum ProgramRemark: Sendable, Equatable {
  /// Without its end; what is not UTF-8 is replaced with U+FFFD.
  case line(String)
  /// More than anybody reads came in one go, and so many bytes of it were left out.
  case omitted(bytes: Int)
}

/// A program's standard error in lines. A flood is cut: so much is told of one answer's time.
struct ErrorLines {
  /// Bytes for one answer, and of a line.
  static let burst = 64 << 10
  static let longest = 4 << 10

  private let tell: @Sendable (ProgramRemark) -> Void
  private var pending: [UInt8] = []
  private var rest = burst
  private var omitted = 0

  init(_ tell: @escaping @Sendable (ProgramRemark) -> Void) { self.tell = tell }

  /// Takes what is in the pipe.
  mutating func read(from descriptor: Int32) {
    // A program that writes for ever must not keep its answer from being read.
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
      // A progress bar goes back to its line's start.
      let isEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if !isEnd { pending.append(byte) }
      if isEnd || pending.count == Self.longest { endLine() }
    }
  }

  /// An answer came: the next one's time begins.
  mutating func endBurst() {
    if omitted > 0 {
      endLine()
      tell(.omitted(bytes: omitted))
    }
    (rest, omitted) = (Self.burst, 0)
  }

  /// Nothing more comes.
  mutating func finish() {
    endLine()
    endBurst()
  }

  private mutating func endLine() {
    if !pending.isEmpty { tell(.line(String(decoding: pending, as: UTF8.self))) }
    pending.removeAll()
  }
}
