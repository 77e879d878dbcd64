internal import CNcurses
internal import Glibc

/// Signals as numbers that can be polled together with everything else.
public final class SignalPipe: Sendable {
  /// WINCH, TSTP, CONT, USR1 and all signals that ask this process to end. Must be used before the
  /// screen is opened.
  public static let shared = SignalPipe(descriptor: signals_open())

  let descriptor: CInt

  /// A pipe that receives a byte for each signal.
  public init(descriptor: CInt) {
    self.descriptor = descriptor
  }

  /// The signals since the last call, each once, in order of first arrival.
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
