internal import CNcurses

/// Makes sure that the terminal is also restored if another thread crashes.
public enum CrashCover {
  /// Call it first on every thread that computes: without a stack of its own for the handler, a
  /// stack overflow would end the process without restoring the terminal.
  public static func coverThisThread() { crash_cover_thread() }

  /// Sets the file to which a crash saves the text, completely or not at all.
  public static func rescue(to path: String) { _ = unsafe rescue_open(path) }

  /// Sets what a crash saves from now on, instead of the previous text.
  ///
  /// Costs a copy of it. Must be called on the thread that owns the screen.
  public static func keep(_ text: [UInt8]) {
    unsafe text.withUnsafeBytes {
      unsafe rescue_keep($0.baseAddress?.assumingMemoryBound(to: CChar.self), UInt($0.count))
    }
  }

  /// Everything is saved: a crash no longer writes anything.
  public static func drop() { rescue_drop() }
}

/// The file that standard error goes to while the screen is active.
public enum ErrorLog {
  /// Starts the log anew if it has reached its limit; call it before writing to standard error.
  public static func bound() { errors_bound() }
}

/// Repairs a terminal whose program was killed before it could restore it.
public enum LostTerminal {
  /// Restores the shell's screen, cursor, mouse, paste and line modes; false if there is no
  /// terminal.
  public static func reset() -> Bool { terminal_reset() == 0 }
}
