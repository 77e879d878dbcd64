internal import CNcurses
internal import Glibc

/// Signals as numbers that can be waited for together with everything else.
public final class SignalPipe: Sendable {
  /// WINCH, TSTP, CONT, USR1 and all that ask this process to end. First used before the screen is
  /// opened.
  public static let shared = SignalPipe(descriptor: signals_open())

  let descriptor: CInt

  /// A pipe that carries a byte for each signal.
  public init(descriptor: CInt) {
    self.descriptor = descriptor
  }

  /// The signals since the last call, each once, in order of their first coming.
  func drain() -> [CInt] {
    var numbers: [CInt] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    var count = buffer.count
    while count == buffer.count {
      count = unsafe read(descriptor, &buffer, buffer.count)
      for byte in buffer.prefix(max(0, count)) where !numbers.contains(CInt(byte)) {
        numbers.append(CInt(byte))
      }
    }
    return numbers
  }
}
