internal import ArgumentParser
internal import Ncurses

struct ResetTerminal: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Restore the terminal after a kill -9 of the explorer.")

  func run() throws {
    guard LostTerminal.reset() else {
      throw Failure.run("there is no terminal to reset; run this in the terminal's shell")
    }
  }
}
