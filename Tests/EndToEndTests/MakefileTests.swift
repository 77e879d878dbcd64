import Foundation
import Testing

/// What `make` says before it builds, on machines that are made of a few stubs: each lacks something else.
@Suite(.enabled(if: Machine.isPossible, "no make")) struct `make on a machine` {
  @Test func `without Swift says where Swift is`() throws {
    let result = try Machine().make("run")
    #expect(result.status == 2)
    #expect(
      result.error.hasPrefix("Swift 6.3 is not installed: see https://www.swift.org/install\n"))
  }

  @Test func `without sudo shows the line for root, with all packages that are missing`() throws {
    let machine = try Machine(["swift": "", "dpkg-query": present(["git", "libxml2"])])
    let result = try machine.make("run")
    #expect(result.status == 2)
    #expect(result.error.contains("there is no sudo"))
    let line = try #require(result.error.split(separator: "\n").first { $0.contains("apt-get") })
    #expect(line.contains("apt-get update && apt-get install -y --no-install-recommends"))
    #expect(line.contains(" libncurses-dev ") && line.contains(" binutils "))
    #expect(!line.contains(" git ") && !line.contains(" libxml2 "))
  }

  @Test func `where sudo refuses shows its reason and the line for root`() throws {
    let machine = try Machine([
      "swift": "", "dpkg-query": present([]), "sudo": "echo 'sudo: no rights' >&2; exit 1",
    ])
    let result = try machine.make("run")
    #expect(result.status == 2)
    #expect(result.output.contains("Installing with apt-get: git "))
    #expect(result.error.contains("sudo: no rights\n"))
    #expect(result.error.contains("the reason is above. As root, run this"))
  }

  @Test func `a package that another provides is not missing`() throws {
    let machine = try Machine([
      "swift": "", "sudo": "exit 1",
      "dpkg-query": present(Machine.packages.filter { $0 != "libcurl4" })
        + "; echo 'installed libcurl4t64 libcurl4 (= 8.5.0-2)'",
    ])
    let result = try machine.make("run")
    // It comes to the network, which this machine has none of.
    #expect(!result.output.contains("Installing") && !result.error.contains("apt-get"))
    #expect(result.error.contains("could not be fetched"))
  }

  @Test func `without a network says what is fetched from where, before it builds`() throws {
    let machine = try Machine(["swift": "echo built", "git": "exit 128"])
    let result = try machine.make("run")
    #expect(result.status == 2)
    #expect(result.output.contains("neither Debian nor Ubuntu"))
    #expect(result.error.contains("The first build needs https://github.com."))
    #expect(!result.output.contains("built"))
  }

  @Test func `shows each step of the build with the time so far, and fails where the build does`()
    throws
  {
    let steps = "echo '[1/2] Compiling Tensors'; echo '[2/2] Linking whylight'"
    for status in [0, 1] {
      let machine = try Machine(["swift": steps + "; exit \(status)", "git": ""])
      let result = try machine.make("build")
      #expect(result.status == (status == 0 ? 0 : 2))
      #expect(result.output.contains("The first build fetches"))
      #expect(result.output.contains(/\n *\d+s  \[1\/2\] Compiling Tensors\n/))
      #expect(result.output.contains(/\n *\d+s  \[2\/2\] Linking whylight\n/))
    }
  }

  private func present(_ packages: [String]) -> String {
    (packages.map { "echo 'installed \($0) '" } + ["true"]).joined(separator: "; ")
  }
}

/// A user without rights, and a folder of programs that is all that is there.
private struct Machine {
  static let isPossible =
    (try? spawn("make", ["--version"], environment: ProcessInfo.processInfo.environment)) == 0

  /// What the build needs, as the Makefile names it.
  static var packages: [String] {
    let file = (try? String(contentsOf: makefile, encoding: .utf8)) ?? ""
    return ["TOOLCHAIN", "LIBRARIES", "PICTURES"].flatMap { name in
      let line = file.split(separator: "\n").first { $0.hasPrefix(name + " := ") } ?? ""
      return line.split(separator: " ").dropFirst(2).map(String.init)
    }
  }

  private static let makefile = Program.packageFolder.appending(path: "Makefile")
  private let folder: TemporaryFolder

  /// - Parameter programs: scripts for sh, by their names.
  init(_ programs: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    let files = FileManager.default
    for name in ["bin", "home", "package"] {
      try files.createDirectory(atPath: folder.file(name), withIntermediateDirectories: false)
    }
    try files.copyItem(
      at: Self.makefile, to: folder.url.appending(path: "package/Makefile"))
    for name in ["bash", "cat", "env", "grep", "ls", "make", "sed", "sh", "timeout"] {
      let place = try #require(
        ["/usr/bin/", "/bin/"].map { $0 + name }.first { files.isExecutableFile(atPath: $0) })
      try files.createSymbolicLink(atPath: folder.file("bin/" + name), withDestinationPath: place)
    }
    for (name, script) in programs.merging(
      ["id": "echo 1000", "git": "exit 128"], uniquingKeysWith: { given, _ in given })
    {
      // Written by another process: one that a test beside this forks would hold a file that this one
      // has open for writing, and such a file can't be run.
      let text = folder.file("text")
      try "#!/bin/sh\n\(script)\n".write(toFile: text, atomically: true, encoding: .utf8)
      let status = try spawn(
        "sh", ["-c", #"cp "$1" "$2" && chmod 755 "$2""#, "sh", text, folder.file("bin/" + name)],
        environment: ProcessInfo.processInfo.environment)
      try #require(status == 0)
    }
  }

  func make(_ target: String) throws -> Program.Result {
    let status = try spawn(
      folder.file("bin/make"), ["-C", folder.file("package"), target],
      environment: ["PATH": folder.file("bin"), "HOME": folder.file("home"), "LC_ALL": "C"],
      output: folder.file("output"), error: folder.file("error"))
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: folder.file(name), encoding: .utf8)
    }
    return Program.Result(status: status, output: try text("output"), error: try text("error"))
  }
}
