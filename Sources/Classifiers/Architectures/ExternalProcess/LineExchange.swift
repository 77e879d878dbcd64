internal import Glibc

/// Lines to a program and from it, within a time and a size.
struct LineExchange {
  private let child: ChildProcess
  private var received: [UInt8] = []
  /// So many bytes of it hold no line end.
  private var searched = 0
  /// Answers to requests that nobody waits for any more; they come before the next one's.
  private var unread = 0

  /// The longest answer: a batch of 64 texts has a million bytes with a thousand classes.
  static let lineLimit = 64 << 20

  init(command: String) throws { child = try ChildProcess(command: command) }

  /// Sends a line and waits for the answer's.
  /// - Throws: `ExternalProcessError`: `.ended`, `.timedOut`, `.lineTooLong`; `CancellationError`,
  ///   and then the answer is dropped when it comes.
  mutating func answer(to line: String, within limit: Duration) throws -> [UInt8] {
    let deadline = ContinuousClock.now + limit
    var rest = Array(line.utf8)[...]
    rest.append(UInt8(ascii: "\n"))
    unread += 1
    while true {
      while rest.isEmpty, let answer = takeLine() {
        unread -= 1
        if unread == 0 {
          // What a program prints unasked would be taken for the next answer.
          received.removeAll()
          searched = 0
          return answer
        }
      }
      guard received.count < Self.lineLimit else {
        throw ExternalProcessError.lineTooLong(limit: Self.lineLimit)
      }
      // A request that was begun is sent to its end, or the next would be read as its rest.
      if rest.isEmpty { try Task.checkCancellation() }
      guard ContinuousClock.now < deadline else {
        throw ExternalProcessError.timedOut(after: limit)
      }
      try step(&rest)
    }
  }

  private mutating func takeLine() -> [UInt8]? {
    guard let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = received.count
      return nil
    }
    let line = Array(received[..<end])
    received.removeSubrange(...end)
    searched = 0
    return line
  }

  /// Sends or receives what can be, or waits a moment.
  private mutating func step(_ rest: inout ArraySlice<UInt8>) throws {
    var streams = [
      pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.input, events: Int16(POLLOUT), revents: 0),
    ]
    // Short enough that a cancellation is noticed as if at once.
    _ = unsafe poll(&streams, rest.isEmpty ? 1 : 2, 20)
    if streams[0].revents != 0 { try receive() }
    if streams[1].revents != 0, !rest.isEmpty { send(&rest) }
  }

  private mutating func receive() throws {
    let count = 1 << 16
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let got = unsafe read(child.output, buffer.baseAddress, count)
      filled = max(0, got)
      failure = got < 0 ? errno : 0
    }
    if bytes.isEmpty, failure != EAGAIN, failure != EINTR {
      throw ExternalProcessError.ended(status: child.finalStatus())
    }
    received += bytes
  }

  /// A program that closed its input is told by the end of its output.
  private func send(_ rest: inout ArraySlice<UInt8>) {
    let sent = withoutBrokenPipeSignal {
      unsafe rest.withUnsafeBytes { unsafe write(child.input, $0.baseAddress, $0.count) }
    }
    if sent > 0 {
      rest = rest.dropFirst(sent)
    } else if sent < 0, errno == EPIPE {
      rest = []
    }
  }
}

/// Keeps a write to a closed pipe from ending this program, and leaves everything else to be as it
/// was: for standard output the signal is welcome.
private func withoutBrokenPipeSignal(_ write: () -> Int) -> Int {
  var pipe = sigset_t()
  unsafe sigemptyset(&pipe)
  unsafe sigaddset(&pipe, SIGPIPE)
  var before = sigset_t()
  unsafe pthread_sigmask(SIG_BLOCK, &pipe, &before)
  let result = write()
  let code = errno
  if result < 0, code == EPIPE {
    var now = timespec()
    while unsafe sigtimedwait(&pipe, nil, &now) < 0, errno == EINTR {}
  }
  unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
  errno = code
  return result
}
