internal import CNcurses

/// Keeps the promise of a restored terminal for threads other than the one that opened the screen.
public enum CrashCover {
  /// Call it first on every thread that computes: without a stack of its own for the handler, a
  /// stack overflow there would end the process with the terminal still taken.
  public static func coverThisThread() { crash_cover_thread() }
}
