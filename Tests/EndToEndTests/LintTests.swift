import Foundation
import Testing

/// `.ci/imports.py`, on packages of one file.
@Suite struct `the check of imports` {
  private func check(
    _ source: String, declared: [String],
    features: [String] = [
      "InternalImportsByDefault", "MemberImportVisibility",
    ]
  ) throws -> (isFine: Bool, output: String) {
    let folder = try TemporaryFolder()
    let sources = folder.url.appending(path: "Sources/Views")
    try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
    try source.write(
      to: sources.appending(path: "View.swift"), atomically: true, encoding: .utf8)
    let dependencies = declared.map { #"{"byName": ["\#($0)", null]}"# }
    let settings = features.map { #"{"kind": {"enableUpcomingFeature": {"_0": "\#($0)"}}}"# }
    let package = """
      {"targets": [{"name": "Views", "type": "regular", "path": null,
        "dependencies": [\(dependencies.joined(separator: ","))],
        "settings": [\(settings.joined(separator: ","))]}]}
      """
    try package.write(
      to: folder.url.appending(path: "package.json"), atomically: true, encoding: .utf8)
    let script = Program.packageFolder.appending(path: ".ci/imports.py").path(percentEncoded: false)
    let status = try spawn(
      "python3", [script, folder.file("")], environment: ProcessInfo.processInfo.environment,
      input: folder.file("package.json"), output: folder.file("output"))
    let output = try String(contentsOfFile: folder.file("output"), encoding: .utf8)
    return (status == 0, output)
  }

  @Test func `passes what is declared and used`() throws {
    let result = try check(
      "internal import Cells\npublic import Frames\nimport FoundationEssentials\n",
      declared: ["Cells", "Frames"])
    #expect(result.isFine, "\(result.output)")
  }

  @Test func `names the place of an import that is not declared`() throws {
    let result = try check("import Cells\ninternal import Frames\n", declared: ["Cells"])
    #expect(!result.isFine)
    #expect(result.output.contains("View.swift:2: Views imports Frames"))
  }

  @Test(arguments: [
    ("import Cells\n", ["Cells", "Frames"], "names Frames as a dependency and imports it nowhere"),
    ("import Cells\nimport Testing\n", ["Cells"], "imports Testing"),
    ("import Cells\nimport Foundation\n", ["Cells"], "imports Foundation"),
    ("@_exported import Cells\n", ["Cells"], "@_exported"),
    ("@testable import Cells\n", ["Cells"], "@testable"),
  ])
  func `refuses`(source: String, declared: [String], problem: String) throws {
    let result = try check(source, declared: declared)
    #expect(!result.isFine)
    #expect(result.output.contains(problem), "\(result.output)")
  }

  @Test func `misses the settings that make imports boundaries`() throws {
    let result = try check(
      "import Cells\n", declared: ["Cells"], features: ["MemberImportVisibility"])
    #expect(!result.isFine)
    #expect(result.output.contains("built without InternalImportsByDefault"))
  }
}
