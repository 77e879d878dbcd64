import Foundation
import Testing

/// Spark from PyPI, where Python has it and there is a Java for it.
enum Spark {
  static let isPossible: Bool = {
    let check =
      "import shutil, pyspark, sys; sys.exit(0 if shutil.which('java') else 1)"
    let status = try? spawn(
      "python3", ["-c", check], environment: ProcessInfo.processInfo.environment)
    return status == 0
  }()
}

@Test(.enabled(if: Spark.isPossible, "no pyspark for python3, or no Java"))
func `1,821 texts over four partitions of Spark come back complete`() throws {
  let folder = try TemporaryFolder()
  let script = Program.packageFolder.appending(path: "Tests/Scale/spark_check.py")
  let status = try spawn(
    "python3", [script.path(percentEncoded: false), Program.path],
    environment: ProcessInfo.processInfo.environment, output: folder.file("output"),
    error: folder.file("error"))
  let output = try String(contentsOf: folder.url.appending(path: "output"), encoding: .utf8)
  let error = try String(contentsOf: folder.url.appending(path: "error"), encoding: .utf8)
  #expect(status == 0, "\(output) \(error.suffix(500))")
  #expect(output.contains("none lost"))
}
