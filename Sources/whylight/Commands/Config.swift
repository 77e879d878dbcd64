internal import ArgumentParser
internal import Reports

struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the settings file, or print one with all defaults.",
    discussion: """
      The file is $XDG_CONFIG_HOME/whylight/config.toml: theme, mouse, model and keys of the explorer. \
      Begin one with: whylight config --default > ~/.config/whylight/config.toml
      """)

  @Flag(help: "Print a file with all settings at their defaults.")
  var `default` = false

  func run() throws {
    let sink = try Sink(path: nil)
    if `default` { return try sink.write("\(Configuration.defaultText)" as VerbatimText) }
    let problems = Configuration.ofUser().problems
    if let last = problems.last {
      for problem in problems.dropLast() { StandardError.write(line: "whylight: \(problem)") }
      throw Failure.run(last)
    }
    let path = ConfigurationFolder.settings ?? "none: there is no home folder"
    try sink.write("\(path)\n" as PlainText)
  }
}
