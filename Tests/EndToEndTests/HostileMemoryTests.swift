import Foundation
import Testing

/// What a file may cost: its own size and 64 MB beyond what a good model of a few kilobytes takes.
struct HostileMemoryTests {
  private static let allowance = 64 << 20

  private static func run(_ model: String) throws -> MeasuredRun {
    try MeasuredRun(["predict", "--model", model, "a b not bad at all"])
  }

  private static let good = Result {
    try run(Program.packageFolder.appending(path: "Tests/Fixtures/parity/transformers/bert").path)
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
    let run = try Self.run(model)
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
