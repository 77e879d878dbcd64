internal import CNcurses
internal import Glibc
internal import Synchronization

/// Where workers leave messages for the thread that owns the screen. `post` may be called from any
/// thread and never blocks for longer than another `post`.
public final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  /// Readable while there may be messages.
  let descriptor: CInt

  public init() {
    descriptor = wake_open()
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Adds a message and wakes the loop.
  public func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    wake_post(descriptor)
  }

  /// All messages since the last call, oldest first.
  func drain() -> [Message] {
    wake_drain(descriptor)
    return messages.withLock { waiting in
      defer { waiting.removeAll() }
      return waiting
    }
  }
}
