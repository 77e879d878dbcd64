import Foundation
import Glibc
import Testing

/// A disk of its own for a test: 64 KB of memory in a namespace of mounts, which Linux lets any user
/// make, unless the machine's owner forbids it.
private enum SmallDisk {
  static let isPossible: Bool = {
    let status = try? spawn(
      "unshare", ["-Urm", "sh", "-c", "\(mount("/mnt"))"],
      environment: ProcessInfo.processInfo.environment)
    return status == 0
  }()

  static func mount(_ folder: String) -> String {
    "mount -t tmpfs -o size=64k tmpfs '\(folder)'"
  }

  /// Leaves not a byte in a folder.
  static func fill(_ folder: String) -> String {
    "head -c 1000000 /dev/zero 2> /dev/null > '\(folder)/filler'"
  }
}

extension Terminal {
  /// A shell that sees a small disk in the place of a folder.
  fileprivate func enterShell(withDiskAt folder: String) throws {
    let place = file(folder)
    // in one line: a shell that ends may have read what comes after it
    try shell(
      "exec unshare -Urm sh -c \"\(SmallDisk.mount(place)); echo disk-\\$((1+1));"
        + " exec bash --norc --noprofile -i\"")
    try wait(for: "disk-2")
  }

  /// Does something in the shell while the explorer is stopped.
  fileprivate func whileStopped(_ line: String) throws {
    try tmux("send-keys", "C-z")
    try wait("the shell") { try self.flag("alternate_on") == "0" }
    try shell("\(line); clear; echo done-$((1+1))")
    try wait(for: "done-2")
    try shell("fg")
    try wait("the explorer") { try self.flag("alternate_on") == "1" }
  }
}

@Suite(.enabled(if: SmallDisk.isPossible)) struct `a disk that is full` {
  @Test func `is said while the text is still there, which is saved once there is room`() throws {
    let terminal = try Terminal(columns: 240)
    let folder = terminal.file("state")
    try terminal.enterShell(withDiskAt: "state")
    try terminal.shell(SmallDisk.fill(folder))
    try terminal.explore("--fresh")
    try terminal.type("my text")
    try terminal.wait(for: "the text can't be saved: can't write ")
    try terminal.press("C-q")
    #expect(try terminal.text.contains("the text could not be saved: can't write "))
    #expect(try terminal.text.contains("no space left on device; quit and lose it? y/n"))
    try terminal.press("n")
    #expect(try terminal.text.contains("my text"))
    try terminal.whileStopped("rm '\(folder)/filler'")
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    try terminal.explore()
    #expect(try terminal.text.contains("my text"))
  }

  @Test func `is said by an export, which leaves nothing half written`() throws {
    let terminal = try Terminal(columns: 240)
    let folder = terminal.file("disk")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try terminal.enterShell(withDiskAt: "disk")
    try terminal.shell(SmallDisk.fill(folder))
    try terminal.explore("--fresh 'a brilliant film'")
    try terminal.press("Escape")
    try terminal.type("E")
    try terminal.press("C-u")
    try terminal.type(folder + "/map.html")
    try terminal.press("Enter")
    try terminal.wait(for: "no space left on device")
    #expect(try terminal.text.contains("brilliant"))
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    try terminal.shell("clear; ls -A '\(folder)' | grep -c .")
    try terminal.wait("the filler alone") { try terminal.screen().contains("1") }
  }

  /// Full from the start, and full when the first note comes.
  @Test(arguments: [true, false])
  func `is reported if a note is not saved, and again before it would be lost`(
    _ isFullFirst: Bool
  ) throws {
    let terminal = try Terminal(columns: 240)
    let folder = terminal.file("state")
    let rows = terminal.file("rows.csv")
    try Data("text,label\ngood,positive\nbad,negative\n".utf8).write(to: URL(filePath: rows))
    try terminal.enterShell(withDiskAt: "state")
    if isFullFirst { try terminal.shell(SmallDisk.fill(folder)) }
    try terminal.explore("--fresh --data '\(rows)'")
    if !isFullFirst { try terminal.whileStopped(SmallDisk.fill(folder)) }
    try terminal.type("lneg")
    try terminal.press("Enter")
    #expect(try terminal.text.contains("not saved"))
    try terminal.press("C-q")
    try terminal.wait(for: "1 note could not be saved and would be lost; quit? y/n")
    try terminal.tmux("send-keys", "n")
  }

  @Test(arguments: [
    "evaluate --data '$rows' --output '$disk/report.html'",
    "evaluate --data '$rows' --rows '$disk/rows.csv'",
    "explain --input '$rows' --output '$disk/maps.html'",
    "predict --input '$rows' --output '$disk/answers.csv'",
  ])
  func `is one line of a command, which leaves no file`(_ arguments: String) throws {
    let folder = try TemporaryFolder()
    let (rows, disk) = (folder.file("rows.csv"), folder.file("disk"))
    try Data("text,label\ngood,positive\nbad,negative\n".utf8).write(to: URL(filePath: rows))
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let command = arguments.replacing("$rows", with: rows).replacing("$disk", with: disk)
    let status = try spawn(
      "unshare",
      [
        "-Urm", "sh", "-c",
        "\(SmallDisk.mount(disk)); \(SmallDisk.fill(disk)); '\(Program.path)' \(command)"
          + "; status=$?; ls -A '\(disk)' > '\(folder.file("left"))'; exit $status",
      ], environment: ProcessInfo.processInfo.environment, output: folder.file("output"),
      error: folder.file("error"))
    let error = try String(contentsOfFile: folder.file("error"), encoding: .utf8)
    #expect(status == 1 && error.contains("no space left on device"), "\(error)")
    #expect(error.split(separator: "\n").count == 1, "\(error)")
    #expect(try String(contentsOfFile: folder.file("left"), encoding: .utf8) == "filler\n")
  }
}
