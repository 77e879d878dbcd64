import Foundation
import Testing

/// `explain --input` works on several texts at once where there are several cores.
struct ManyTextsTests {
  private static let model = Program.packageFolder.appending(
    path: "Tests/Fixtures/parity/transformers/bert"
  ).path

  /// Of very different lengths, so that the later of two is often done first.
  private static func text(_ index: Int) -> String {
    Array(repeating: "not bad at all", count: index.isMultiple(of: 7) ? 12 : 1 + index % 3)
      .joined(separator: " ") + " \(index)"
  }

  private static func explain(
    _ lines: [Data], by methods: [String], onOneCore: Bool = false
  ) throws -> MeasuredRun {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "texts")
    try Data(lines.joined(separator: [0x0A])).write(to: file)
    return try MeasuredRun(
      [
        "explain", "--model", model, "--format", "csv", "--input", file.path,
      ] + methods.flatMap { ["--method", $0] }, onOneCore: onOneCore)
  }

  /// More lines than are taken at once, and one that is no text.
  @Test func `explanations come in the order of the texts, and are those of one core`() throws {
    let count = 200 * ProcessInfo.processInfo.activeProcessorCount
    var lines = (0..<count).map { Data(Self.text($0).utf8) }
    lines[count / 2] = Data([0x66, 0xFF, 0x66])
    let methods = ["saliency", "occlusion"]
    let many = try Self.explain(lines, by: methods)
    let one = try Self.explain(lines, by: methods, onOneCore: true)
    #expect(many.status == 1 && one.status == 1)
    #expect(many.output == one.output)
    #expect(many.error == one.error && many.error.contains("line \(count / 2 + 1)"))
    let rows = String(decoding: many.output, as: UTF8.self).split(separator: "\n").dropFirst()
    let places = rows.compactMap { row in
      let cells = row.split(separator: ",")
      return Int(cells[0]).map { 2 * $0 + (cells[1] == "occlusion" ? 1 : 0) }
    }
    #expect(places.count == rows.count && places == places.sorted())
    // All but one have two explanations.
    #expect(Set(places).count == 2 * (count - 1))
  }

  /// What is kept of a text is larger than the text, and goes when it is written.
  @Test func `memory does not grow with the number of texts`() throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    func peak(_ count: Int) throws -> Int {
      let run = try Self.explain(
        (0..<count).map { Data(Self.text($0).utf8) }, by: ["saliency"])
      try #require(run.status == 0, "\(run.error)")
      return run.peak
    }
    let few = try peak(200 * cores)
    let many = try peak(200 * cores + 6000)
    // A text's explanation takes some 5 KB, those of 6,000 texts 30 MB.
    #expect(many - few < 16 << 20, "\((many - few) >> 10) KB more")
  }

  /// A file is read in batches of similar length, a pipe line by line. One line is no text.
  @Test func `predictions of a file are those of its texts alone, in their order`() throws {
    let count = 300
    var lines = (0..<count).map { Data(Self.text($0).utf8) }
    lines[200] = Data([0x66, 0xFF, 0x66])
    let content = Data(lines.joined(separator: [0x0A]))
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "texts")
    try content.write(to: file)
    let arguments = ["predict", "--model", Self.model, "--format", "csv", "--input"]
    let batches = try Program.run(arguments + [file.path])
    let alone = try Program.run(arguments + ["-"], input: content)
    #expect(batches.status == 1 && alone.status == 1)
    #expect(batches.error == alone.error && alone.error.contains("line 201"))
    let rows = batches.output.split(separator: "\n")
    let expected = alone.output.split(separator: "\n")
    #expect(rows.count == expected.count && expected.count >= count)
    for (row, expected) in zip(rows, expected) {
      let (cells, expectedCells) = (row.split(separator: ","), expected.split(separator: ","))
      #expect(cells.count == expectedCells.count)
      for (cell, expected) in zip(cells, expectedCells) where cell != expected {
        let (number, right) = (try #require(Double(cell)), try #require(Double(expected)))
        #expect(abs(number - right) <= 1e-5)
      }
    }
  }
}
