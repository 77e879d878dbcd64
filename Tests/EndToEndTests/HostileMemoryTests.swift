import Foundation
import Testing

/// What a file may cost: its own size and 64 MB beyond what a good model of a few kilobytes takes.
struct HostileMemoryTests {
  private static let allowance = 64 << 20

  /// The most memory that the program took, and how it ended.
  ///
  /// Python stands between, as a process counts the memory of the one that it was copied from:
  /// that of these tests is larger than any limit.
  private struct Run {
    let status: Int
    let peak: Int
    let error: String

    init(_ model: String) throws {
      let script = """
        import os, sys
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.execv(sys.argv[1], sys.argv[1:])
        _, status, usage = os.wait4(child, 0)
        print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
        """
      let folder = try TemporaryFolder()
      let status = try spawn(
        "python3", ["-c", script, Program.path, "predict", "--model", model, "a b not bad at all"],
        environment: ProcessInfo.processInfo.environment,
        output: folder.file("output"), error: folder.file("error"))
      try #require(status == 0)
      let numbers = try String(contentsOfFile: folder.file("output"), encoding: .utf8)
        .split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
      try #require(numbers.count == 2)
      self.status = numbers[0]
      peak = numbers[1] << 10
      error = try String(contentsOfFile: folder.file("error"), encoding: .utf8)
    }
  }

  private static let good = Result {
    try Run(Program.packageFolder.appending(path: "Tests/Fixtures/parity/transformers/bert").path)
  }

  /// Unoptimized code takes minutes over some of these.
  private static var files: [HostileFile] {
    #if DEBUG
      stride(from: 0, to: HostileFile.all.count, by: 6).map { HostileFile.all[$0] }
    #else
      HostileFile.all
    #endif
  }

  @Test(arguments: files)
  func `memory is bounded by the file's size, and one line says what is wrong`(
    file: HostileFile
  ) throws {
    let good = try Self.good.get()
    try #require(good.status == 0, "\(good.error)")
    let folder = try TemporaryFolder()
    let model = try file.write(folder)
    let run = try Run(model)
    // A hostile file may also be one that opens, and then read the text or refuse it.
    #expect([0, 1, 2].contains(run.status), "\(run.error)")
    let lines = run.error.split(separator: "\n")
    #expect(
      lines.filter { !$0.contains("note: ") }.count == (run.status == 0 ? 0 : 1), "\(run.error)")
    #expect(lines.allSatisfy { !isSwift(String($0)) }, "\(run.error)")
    let size = try Self.size(of: folder.url)
    let beyond = run.peak - good.peak - size
    #expect(beyond <= Self.allowance, "\(beyond >> 20) MB beyond the \(size >> 20) MB of the file")
  }

  private static func size(of url: URL) throws -> Int {
    let files = try FileManager.default.subpathsOfDirectory(atPath: url.path)
    return try files.map { url.appending(path: $0).path }.reduce(0) { sum, path in
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      return sum + (attributes[.size] as? Int ?? 0)
    }
  }
}
