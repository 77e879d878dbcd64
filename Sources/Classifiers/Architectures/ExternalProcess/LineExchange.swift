internal import Glibc

/// Exchanges lines with a program, with limits on time and size.
struct LineExchange {
  private let child: ChildProcess
  private let now: @Sendable () -> ContinuousClock.Instant
  private var errors: ErrorLines
  private var received: [UInt8] = []
  /// This many bytes of it contain no line end.
  private var searched = 0
  /// Outstanding answers to abandoned requests; they arrive before the next one.
  private var unread = 0

  /// The longest answer: a batch of 64 texts with a thousand classes takes a million bytes.
  static let lineLimit = 64 << 20

  /// - Parameters:
  ///   - now: the clock for time limits.
  ///   - remark: called with the program's messages on standard error during requests.
  init(
    command: String, now: @escaping @Sendable () -> ContinuousClock.Instant,
    remark: @escaping @Sendable (ProgramRemark) -> Void
  ) throws {
    child = try ChildProcess(command: command)
    self.now = now
    errors = ErrorLines(remark)
  }

  /// Sends a line and waits for the line of the answer. Blank lines are skipped.
  /// - Throws: `ExternalProcessError`: `.ended`, `.timedOut`, `.lineTooLong`, `.unasked`;
  ///   `CancellationError`, in which case the answer is discarded when it arrives.
  mutating func answer(to line: String, within limit: Duration) throws -> [UInt8] {
    defer {
      errors.read(from: child.errors)
      errors.endBurst()
    }
    if unread == 0 {
      // If it were taken for the answer, all further answers would be off by one.
      try receive()
      try refuseUnasked()
    }
    let deadline = now() + limit
    var rest = Array(line.utf8)[...]
    rest.append(UInt8(ascii: "\n"))
    unread += 1
    while true {
      while rest.isEmpty, let answer = removeFirstLine() {
        unread -= 1
        if unread == 0 {
          try refuseUnasked()
          return answer
        }
      }
      guard received.count < Self.lineLimit else {
        throw ExternalProcessError.lineTooLong(limit: Self.lineLimit)
      }
      // A request is always sent completely, or the next one would be read as its rest.
      if rest.isEmpty { try Task.checkCancellation() }
      guard now() < deadline else {
        throw ExternalProcessError.timedOut(after: limit)
      }
      try step(&rest)
    }
  }

  /// Output that no request asked for.
  private mutating func refuseUnasked() throws {
    received.removeSubrange(..<received.prefix(while: \.isBlank).count)
    searched = 0
    guard received.isEmpty else {
      let line = received.prefix(80).prefix { $0 != UInt8(ascii: "\n") }
      throw ExternalProcessError.unasked(start: String(decoding: line, as: UTF8.self))
    }
  }

  /// The next line that is not blank.
  private mutating func removeFirstLine() -> [UInt8]? {
    while let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = Array(received[..<end])
      received.removeSubrange(...end)
      searched = 0
      if !line.allSatisfy(\.isBlank) { return line }
    }
    searched = received.count
    return nil
  }

  /// Sends or receives what is possible, or waits for a moment.
  private mutating func step(_ rest: inout ArraySlice<UInt8>) throws {
    var streams = [
      pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.errors, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.input, events: Int16(POLLOUT), revents: 0),
    ]
    // Short enough for cancellation to seem immediate.
    _ = unsafe poll(&streams, rest.isEmpty ? 2 : 3, 20)
    if streams[1].revents != 0 { errors.read(from: child.errors) }
    if streams[0].revents != 0 { try receive() }
    if streams[2].revents != 0, !rest.isEmpty { send(&rest) }
    // A closed standard error is always ready and would defeat waiting.
    let isClosed = streams[1].revents & Int16(POLLIN | POLLHUP) == Int16(POLLHUP)
    if isClosed, streams[0].revents == 0, rest.isEmpty { _ = unsafe poll(&streams, 1, 20) }
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
      let status = child.finalStatus()
      // Its last message gives the reason.
      errors.read(from: child.errors)
      errors.finish()
      throw ExternalProcessError.ended(status: status)
    }
    received += bytes
  }

  /// A program that closed its input is noticed by the end of its output.
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

extension UInt8 {
  fileprivate var isBlank: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }
}

/// Keeps a write to a closed pipe from ending our process without changing the signal's handling
/// elsewhere: for standard output it is wanted.
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
