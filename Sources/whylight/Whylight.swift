import ArgumentParser

@main
struct Whylight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whylight", subcommands: [Explore.self], defaultSubcommand: Explore.self)
}
