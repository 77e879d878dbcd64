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
