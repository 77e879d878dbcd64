internal import CSupervisor
internal import Glibc
internal import Synchronization

/// A running program with pipes to its standard input and from its standard output and standard
/// error, in a session without a terminal.
///
/// A supervisor process in between ends the program and all its descendants, even those that left
/// its session, when this object is released or when our own process ends, for whatever reason.
final class ChildProcess: Sendable {
  let input: Int32
  let output: Int32
  let errors: Int32
  private let supervisor: pid_t
  private let state: Mutex<State>

  private struct State {
    /// Closing it ends the program; nil afterwards.
    var lifeline: Int32?
    /// The result of `waitpid`, once it is known.
    var status: Int32?
  }

  /// - Parameter command: passed to `/bin/sh -c`.
  /// - Throws: `ExternalProcessError.notStarted`.
  init(command: String) throws {
    var program = supervised()
    let code = unsafe supervise(command, &program)
    guard code == 0 else { throw ExternalProcessError.notStarted(code: code) }
    (input, output, errors) = (program.input, program.output, program.errors)
    supervisor = program.supervisor
    state = Mutex(State(lifeline: program.lifeline))
    for descriptor in [input, output, errors] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  deinit {
    for descriptor in [input, output, errors] { close(descriptor) }
    _ = end(patience: 0)
  }

  /// The program's exit status, negative for a signal. Its output is closed, so it gets a moment to
  /// end by itself.
  func finalStatus() -> Int32 {
    let status = end(patience: 20) ?? 0
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : -signal
  }

  /// - Parameter patience: how long the program may take to end by itself, in hundredths of a
  ///   second.
  private func end(patience: Int) -> Int32? {
    state.withLock { state in
      if patience > 0 { wait(&state, patience: patience) }
      if let lifeline = state.lifeline { close(lifeline) }
      state.lifeline = nil
      // A process in an uninterruptible system call cannot be killed; it must not block us as well.
      wait(&state, patience: 200)
      return state.status
    }
  }

  private func wait(_ state: inout State, patience: Int) {
    var status: Int32 = 0
    for hundredth in 0...patience where state.status == nil {
      if unsafe waitpid(supervisor, &status, WNOHANG) == supervisor {
        state.status = status
      } else if hundredth < patience {
        _ = poll(nil, 0, 10)
      }
    }
  }
}
