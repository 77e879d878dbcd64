internal import CNcurses
internal import Glibc
public import TerminalUI

/// What the loop needs from a screen; tests use a pair of pipes.
public protocol LoopScreen: AnyObject {
  /// Where keys are read from.
  var inputDescriptor: CInt { get }
  /// Updates the window's size, which may have changed.
  func takeWindowSize() -> Size
  /// Returns the terminal to the shell until the program is continued; false if no shell could
  /// continue it.
  func suspend() -> Bool
  /// Takes over the terminal again, because another program may have changed it. False if it is not
  /// available to us.
  func resume() -> Bool
}

/// The thread that owns the screen waits here, for the terminal, for workers, for signals and for time.
///
/// ```swift
/// let screen = try NcursesScreen.open(options)      // the first frame needs nothing else
/// screen.present(frame, theme: theme)
/// let mailbox = Mailbox<Answer>()                   // Sendable: hand it to the workers
/// let loop = EventLoop(screen: screen, mailbox: mailbox)
/// let end = loop.run { events in
///   for event in events { state.update(event) }     // all that came since the last frame
///   screen.present(state.frame(screen.size), theme: theme)
///   return .wait(until: state.nextTimer, isBusy: jobs.isRunning)   // or .suspend, .redraw, .stop
/// }
/// save(session); screen.close(); leave(end.status ?? 0)
/// ```
public final class EventLoop<Message: Sendable> {
  public enum Event: Sendable {
    case terminal(TerminalEvent)
    case message(Message)
    /// The terminal reported the brightness of its background (see
    /// `NcursesScreen.askForBackground`).
    case background(isLight: Bool)
    /// The terminal shows 24-bit colours (see `NcursesScreen.askForDirectColors`).
    case directColors
    /// The terminal shows pictures of this kind, and the size of a cell (see
    /// `NcursesScreen.askForPictures`).
    case pictures(PictureAbility.Format)
    case cellSize(width: Int, height: Int)
    /// Something in the watched folders changed, or SIGUSR1 arrived: read the themes again.
    case filesChanged
    /// The time that the last turn asked for.
    case timer
    /// The program was stopped and continues; the screen has been taken over and needs a frame.
    case resumed
    /// No shell could continue the program, so it was not stopped.
    case suspensionRefused
  }

  /// What the program does next, after a batch of events.
  public enum Next: Sendable {
    /// Wait for events, with `until` at the latest until then. `isBusy` while jobs are running that
    /// will post.
    case wait(until: ContinuousClock.Instant? = nil, isBusy: Bool = false)
    /// Stop as Ctrl-Z does, then go on with `.resumed`.
    case suspend
    case stop
  }

  /// Why the loop ended.
  public enum End: Sendable, Hashable {
    case stopped
    /// A signal that asks a process to end: save the session, close the screen, then exit with 128
    /// + number.
    case signal(CInt)
    /// The terminal is gone; nothing needs to be restored.
    case terminalLost
  }

  private let screen: any LoopScreen
  private let mailbox: Mailbox<Message>
  private let watch: FolderWatch?
  private let signals: SignalPipe
  private let idleMark: IdleMark?
  private let escapeDelay: Duration
  private let beforeSuspension: () -> Void
  private let clock = ContinuousClock()

  private var parser = InputParser()
  private var lastInput: ContinuousClock.Instant
  private var lastResize: ContinuousClock.Instant
  private var resizeIsDue = false
  private var end: End?

  /// - Parameters:
  ///   - watch: folders whose changes are reported as `.filesChanged`.
  ///   - idleFile: rewritten with the next number whenever the loop becomes idle, for tests.
  ///   - beforeSuspension: called before the program is stopped by a key or a signal.
  public init(
    screen: any LoopScreen, mailbox: Mailbox<Message>, signals: SignalPipe = .shared,
    watch: FolderWatch? = nil, idleFile: String? = nil, escapeDelay: Duration = .escapeDelay(),
    beforeSuspension: @escaping () -> Void = {}
  ) {
    self.beforeSuspension = beforeSuspension
    self.screen = screen
    self.mailbox = mailbox
    self.signals = signals
    self.watch = watch
    self.escapeDelay = escapeDelay
    idleMark = idleFile.map(IdleMark.init(path:))
    lastInput = clock.now
    lastResize = clock.now - .seconds(1)
  }

  /// Calls `turn` with each batch of events, first with an empty one, until it asks to stop or a
  /// signal ends the loop.
  public func run(_ turn: ([Event]) -> Next) -> End {
    var next = turn([])
    while end == nil {
      switch next {
      case .stop: return .stopped
      case .suspend:
        let events = suspend()
        if end == nil { next = turn(events) }
      case .wait(let until, let isBusy):
        let events = wait(until: until, isBusy: isBusy)
        if !events.isEmpty { next = turn(events) }
      }
    }
    return end ?? .stopped
  }
}

// MARK: - Waiting

extension EventLoop {
  /// At most one resize is reported in this time; dragging a window sends dozens.
  private static var resizePause: Duration { .milliseconds(30) }

  private func wait(until timer: ContinuousClock.Instant?, isBusy: Bool) -> [Event] {
    let patience = parser.patience(escapeDelay: escapeDelay)
    let deadlines = [
      timer, patience.map { lastInput + $0 }, resizeIsDue ? lastResize + Self.resizePause : nil,
    ].compactMap { $0 }
    let timeout = deadlines.min().map { milliseconds(until: $0) }
    let isIdle = deadlines.isEmpty && !isBusy
    if isIdle, let idleMark, poll(0) == [] { idleMark.advance() }

    let ready = poll(timeout ?? -1)
    var events: [Event] = []
    if ready.contains(.signals) { events += readSignals() }
    if ready.contains(.input) || ready.contains(.hangUp) { events += readInput() }
    if let patience, !ready.contains(.input), clock.now >= lastInput + patience {
      events += parser.timeOut().map(Event.init(input:))
    }
    if resizeIsDue, clock.now >= lastResize + Self.resizePause {
      resizeIsDue = false
      lastResize = clock.now
      events.append(.terminal(.resize(screen.takeWindowSize())))
    }
    if ready.contains(.mailbox) { events += mailbox.drain().map(Event.message) }
    if ready.contains(.files), let watch, watch.takeChanges() { events.append(.filesChanged) }
    if let timer, clock.now >= timer { events.append(.timer) }
    return events
  }

  private func milliseconds(until deadline: ContinuousClock.Instant) -> CInt {
    let left = (max(.zero, deadline - clock.now) + .microseconds(999)).components
    let fraction = left.attoseconds / 1_000_000_000_000_000
    return CInt(clamping: min(left.seconds, 1_000_000) * 1000 + fraction)
  }

  private func poll(_ timeout: CInt) -> Ready {
    let descriptors: [(CInt, Ready)] = [
      (screen.inputDescriptor, .input), (mailbox.descriptor, .mailbox),
      (signals.descriptor, .signals), (watch?.descriptor ?? -1, .files),
    ]
    var polled = descriptors.map { pollfd(fd: $0.0, events: Int16(POLLIN), revents: 0) }
    guard unsafe Glibc.poll(&polled, nfds_t(polled.count), timeout) > 0 else { return [] }
    var ready: Ready = []
    for (entry, (_, flag)) in zip(polled, descriptors) {
      if entry.revents & Int16(POLLIN) != 0 { ready.insert(flag) }
      let broken = entry.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
      if flag == .input, broken { ready.insert(.hangUp) }
    }
    return ready
  }
}

private struct Ready: OptionSet {
  let rawValue: UInt8
  static let input = Ready(rawValue: 1)
  static let mailbox = Ready(rawValue: 2)
  static let signals = Ready(rawValue: 4)
  static let files = Ready(rawValue: 8)
  static let hangUp = Ready(rawValue: 16)
}

extension EventLoop.Event {
  fileprivate init(input: Input) {
    switch input {
    case .event(let event): self = .terminal(event)
    case .background(let isLight): self = .background(isLight: isLight)
    case .directColors: self = .directColors
    case .pictures(let format): self = .pictures(format)
    case .cellSize(let width, let height): self = .cellSize(width: width, height: height)
    }
  }
}

// MARK: - Input and signals

extension EventLoop {
  private func readInput() -> [Event] {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    let count = unsafe read(screen.inputDescriptor, &buffer, buffer.count)
    if count > 0 {
      lastInput = clock.now
      return parser.feed(buffer[..<count]).map(Event.init(input:))
    }
    if count == 0 || (errno != EAGAIN && errno != EINTR) { end = .terminalLost }
    return []
  }

  private func readSignals() -> [Event] {
    var events: [Event] = []
    for number in signals.drain() {
      switch number {
      case SIGWINCH: resizeIsDue = true
      case SIGTSTP: events += suspend()
      case SIGCONT: events += resume()
      case SIGUSR1: events.append(.filesChanged)
      default: end = end ?? .signal(number)
      }
    }
    return events
  }

  private func suspend() -> [Event] {
    beforeSuspension()
    guard screen.suspend() else { return [.suspensionRefused] }
    // Signals caused by stopping and continuing are dropped; only those that end the program still
    // count.
    let ownSignals = [SIGWINCH, SIGTSTP, SIGCONT, SIGUSR1]
    end = end ?? signals.drain().first { !ownSignals.contains($0) }.map(End.signal)
    // A program that is ending need not be in the foreground.
    return end == nil ? resume() : []
  }

  /// If continued in the background (`bg`), the program stays stopped.
  private func resume() -> [Event] {
    guard screen.resume() else { return suspend() }
    lastResize = clock.now
    resizeIsDue = false
    return [.resumed, .terminal(.resize(screen.takeWindowSize()))]
  }
}

extension EventLoop.End {
  /// The exit status for this end; nil if the program chooses it.
  public var status: CInt? {
    switch self {
    case .stopped: nil
    case .signal(let number): 128 + number
    case .terminalLost: 128 + SIGHUP
    }
  }
}

extension Duration {
  /// The delay that separates the Escape key from a sequence: `$ESCDELAY` milliseconds, otherwise
  /// 25.
  public static func escapeDelay() -> Duration {
    let given = unsafe getenv("ESCDELAY").flatMap { unsafe Int(String(cString: $0)) } ?? 25
    return .milliseconds(min(max(given, 0), 10_000))
  }
}
