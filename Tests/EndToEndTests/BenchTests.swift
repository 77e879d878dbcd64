import Documents
import Foundation
import Testing

@Test func `bench tells what each work reads and computes a second`() throws {
  let model = Program.packageFolder.appending(path: "Tests/Fixtures/smiles-transformers/roberta")
  // Width 8, 12 inner units, two layers.
  let weights = 2 * (4 * 8 * 8 + 2 * 8 * 12)
  let arguments = [
    "bench", "--only", "sentiment", "--model", model.path, "--tokens", "7", "--repeats", "1",
    "--precision", "bfloat16", "--work", "predict", "--work", "gradient", "--work", "occlusion",
  ]
  let output = try Program.run(arguments + ["--format", "json"]).output
  let rows = try #require(try JSON(Array(output.utf8))["rows"]).items
  func bytes(_ work: String) -> Double? {
    rows.first { $0["work"] == .string(work) }?["read_bytes"]?.number
  }
  // Two bytes a weight.
  #expect(bytes("predict") == Double(2 * weights))
  #expect(bytes("gradient") == Double(4 * weights))
  // The text and its seven variants are one call.
  #expect(bytes("occlusion") == Double(2 * weights))
  #expect(bytes("load") == nil)
  let lines = try Program.run(arguments).output.split(separator: "\n")
  let line = try #require(lines.first { $0.contains("predict") })
  #expect(line.contains("GFLOP/s") && line.hasSuffix("GB/s"))
}

@Test(.enabled(if: Preload.isPossible)) func `bench without proc leaves the peak of memory out`()
  throws
{
  let folder = try TemporaryFolder()
  let model = Program.packageFolder.appending(path: "Tests/Fixtures/smiles-transformers/roberta")
  let library = try Preload(noStatus, in: folder).path
  func works(_ environment: [String: String]) throws -> [String] {
    let result = try Program.run(
      [
        "bench", "--only", "sentiment", "--model", model.path, "--tokens", "7", "--repeats", "1",
        "--work", "predict", "--format", "json",
      ], environment: environment)
    return try #require(try JSON(Array(result.output.utf8))["rows"]).items.compactMap {
      guard case .string(let work)? = $0["work"] else { return nil }
      return work
    }
  }
  #expect(try works([:]) == ["load", "tokenize 100 KB", "predict", "peak memory"])
  #expect(try works(["LD_PRELOAD": library]) == ["load", "tokenize 100 KB", "predict"])
}

private let noStatus = """
  #define _GNU_SOURCE
  #include <dlfcn.h>
  #include <errno.h>
  #include <fcntl.h>
  #include <string.h>
  int open(const char *path, int flags, ...) {
    if (strcmp(path, "/proc/self/status") == 0) { errno = ENOENT; return -1; }
    return ((int (*)())dlsym(RTLD_NEXT, "open64"))(path, flags, 0600);
  }
  """
