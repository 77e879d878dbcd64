internal import ArgumentParser
internal import TerminalUI

struct Paths: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The folders and files that the program uses, a line each.")

  func run() {
    print("themes   \(ThemeLibrary.userFolder() ?? "none: there is no home")")
    print("session  \(SessionFile().path ?? "none: there is no home")")
    print("notes    \(StateFolder.notes ?? "none: there is no home")")
    print("cache    \(CacheFolder.predictions ?? "none: there is no home")")
    print("log      \(StateFolder.path().map { $0 + "/whylight.log" } ?? "none: there is no home")")
  }
}
