internal import FoundationEssentials

/// The peak resident memory of this process since the last reset, as Linux reports it.
enum PeakMemory {
  static func reset() {
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }

  /// nil without /proc.
  static var bytes: Int? {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return Int(line.filter(\.isNumber)).map { $0 * 1024 }
  }
}
