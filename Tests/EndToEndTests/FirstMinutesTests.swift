import Foundation
import Testing

@Suite struct FirstMinutesTests {
  @Test func `a newcomer comes from the first card to the sample's errors and back`() throws {
    let terminal = try Terminal()
    try terminal.explore()
    #expect(try terminal.text.contains("Welcome to Whylight"))
    // as the card says: Esc 2 Enter
    try terminal.press("Escape")
    #expect(try terminal.text.contains("Why negative?"))
    try terminal.type("2")
    try terminal.press("Enter")
    try terminal.wait(for: "200 of 200 rows")
    #expect(try terminal.text.contains("sample-reviews.csv"))
    try terminal.press("Enter")
    #expect(try terminal.text.contains("Why "))
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    // it is there again, and the card is not
    try terminal.explore()
    #expect(try !terminal.text.contains("Welcome"))
  }

  @Test func `O opens labelled texts, and says why where it can't`() throws {
    let terminal = try Terminal()
    try "text,label\nA wonderful film,positive\nA dull film,negative\n".write(
      toFile: terminal.file("mine.csv"), atomically: true, encoding: .utf8)
    try terminal.explore("--fresh 'a film'")
    try terminal.press("Escape")
    try terminal.type("O\(terminal.file("none.csv"))")
    try terminal.press("Enter")
    #expect(try terminal.text.contains("there is no file"))
    try terminal.press("Escape")
    try terminal.type("O\(terminal.file("mine.csv"))")
    try terminal.press("Enter")
    try terminal.wait(for: "2 of 2 rows")
  }

  @Test func `the tour talks, and any key ends it`() throws {
    let terminal = try Terminal()
    try terminal.shell("clear; '\(Program.path)' tour")
    try terminal.wait(for: "Any key ends this tour")
    try terminal.wait(for: "The colours say why")
    try terminal.shell("")
    try terminal.wait("the tour to end") { try !terminal.text.contains("The colours say why") }
    #expect(try terminal.text.contains("negative"))
  }

  @Test func `settings hold, and a fault is told by its line while the rest holds`() throws {
    let terminal = try Terminal()
    let folder = terminal.file("config/whylight")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "theme = \"light\"\nmouse = 3\n\n[keys]\ntrajectory = \"f6\"\nflips = \"x\"\n".write(
      toFile: folder + "/config.toml", atomically: true, encoding: .utf8)
    try terminal.explore("--fresh 'a brilliant film'")
    let text = try terminal.text
    #expect(text.contains("light ·") && text.contains("F6 Trajectory"))
    #expect(text.contains("config.toml:2: "))
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    try terminal.shell("clear; '\(Program.path)' config; echo status $?")
    try terminal.wait(for: "status 1")
    #expect(try terminal.text.contains("config.toml:6: "))
  }

  @Test func `the default settings are settings without a fault`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("whylight")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let printed = try Program.run(["config", "--default"]).output
    // with every line in force
    let all = printed.split(separator: "\n").map { line in
      line.hasPrefix("# ") && line.contains(" = ") ? String(line.dropFirst(2)) : String(line)
    }
    #expect(all.count { $0.contains(" = ") } > 40)
    try all.joined(separator: "\n").write(
      toFile: path + "/config.toml", atomically: true, encoding: .utf8)
    let checked = try Program.run(
      ["config"], environment: ["XDG_CONFIG_HOME": folder.url.path(percentEncoded: false)])
    #expect(checked.status == 0, "\(checked.error)")
  }
}
