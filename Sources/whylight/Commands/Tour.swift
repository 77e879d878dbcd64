internal import ArgumentParser

/// Plays a tour of the explorer.
struct Tour: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch a tour of the explorer, a minute and a half long; any key ends it.")

  @Option(
    help: ArgumentHelp(
      "How many colours: auto, never, always, 8, 16, 256 or true.", valueName: "depth"))
  var color: String?
  @Option(help: ArgumentHelp("A theme by name, or a theme file.", valueName: "theme"))
  var theme: String?

  func run() throws {
    var arguments = ["--fresh", "--model", "sentiment", "--tour"]
    if let color { arguments += ["--color", color] }
    if let theme { arguments += ["--theme", theme] }
    let explore = try Explore.parse(arguments)
    try explore.run()
  }
}
