internal import CNcurses

/// Keeps the promise of a restored terminal for threads other than the one that opened the screen.
public enum CrashCover {
  /// Call it first on every thread that computes: without a stack of its own for the handler, a
  /// stack overflow there would end the process with the terminal still taken.
  public static func coverThisThread() { crash_cover_thread() }

  /// Names the file that a crash writes what was kept to, whole or not at all.
  public static func rescue(to path: String) { _ = unsafe rescue_open(path) }

  /// What a crash writes from now on, in place of what was given before.
  ///
  /// Costs a copy of it. Belongs to the thread that owns the screen.
  public static func keep(_ text: [UInt8]) {
    unsafe text.withUnsafeBytes {
      unsafe rescue_keep($0.baseAddress?.assumingMemoryBound(to: CChar.self), UInt($0.count))
    }
  }

  /// All is saved otherwise: a crash writes nothing any more.
  public static func drop() { rescue_drop() }
}

/// The file that standard error goes to while the screen is up.
public enum ErrorLog {
  /// Begins the log anew where it has its size; call it before writing to standard error.
  public static func bound() { errors_bound() }
}

/// What can be done for a terminal whose program was killed before it could give it back.
public enum LostTerminal {
  /// The shell's screen, cursor, mouse, paste and line modes again; false where there is no terminal.
  public static func reset() -> Bool { terminal_reset() == 0 }
}
