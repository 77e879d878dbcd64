internal import Explorer
internal import Glibc

extension TimeOfDay {
  /// In the time zone of the machine, or of `$TZ`.
  static var now: TimeOfDay {
    var seconds = time(nil)
    var parts = unsafe tm()
    guard unsafe localtime_r(&seconds, &parts) != nil else { return TimeOfDay() }
    return unsafe TimeOfDay(
      hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
  }
}
