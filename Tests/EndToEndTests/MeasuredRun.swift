import Foundation
import Testing

/// The program run to its end, and the most memory that it took.
///
/// Python stands between, as a process counts the memory of the one that it was copied from: that of
/// these tests is larger than any limit.
struct MeasuredRun {
  let status: Int
  let peak: Int
  let output: Data
  let error: String

  /// - Parameter onOneCore: whether it may run on one core alone.
  init(_ arguments: [String], onOneCore: Bool = false) throws {
    let script = """
      import os, sys
      child = os.fork()
      if child == 0:
          if sys.argv[2] == "one":
              os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
          os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT), 1)
          os.execv(sys.argv[3], sys.argv[3:])
      _, status, usage = os.wait4(child, 0)
      print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
      """
    let folder = try TemporaryFolder()
    let own = ["-c", script, folder.file("written"), onOneCore ? "one" : "all", Program.path]
    let status = try spawn(
      "python3", own + arguments, environment: ProcessInfo.processInfo.environment,
      output: folder.file("numbers"), error: folder.file("error"))
    try #require(status == 0)
    let numbers = try String(contentsOfFile: folder.file("numbers"), encoding: .utf8)
      .split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    try #require(numbers.count == 2)
    self.status = numbers[0]
    peak = numbers[1] << 10
    output = try Data(contentsOf: folder.url.appending(path: "written"))
    error = try String(contentsOfFile: folder.file("error"), encoding: .utf8)
  }
}
