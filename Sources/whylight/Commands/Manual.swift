internal import ArgumentParser
internal import Attribution
internal import Reports

/// The manual page, generated from the commands' help and the key map.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the manual page: whylight manual > whylight.1; man ./whylight.1")

  func run() throws {
    var page = [
      ".TH WHYLIGHT 1", ".SH NAME",
      "whylight \\- see which words decide what a text classifier predicts",
      ".SH SYNOPSIS", "\\fBwhylight\\fR [\\fICOMMAND\\fR] [\\fIOPTIONS\\fR] [\\fITEXT\\fR]",
      ".SH COMMANDS",
    ]
    for command in Whylight.configuration.subcommands {
      page += [".SS " + Self.roff(command._commandName), ".nf"]
      page += Self.lines(Whylight.helpMessage(for: command, columns: 76))
      page.append(".fi")
    }
    page += [".SH METHODS"]
    for card in ExplainerCatalog.explainers.map(\.card) {
      page += [".TP", "\\fB\(Self.roff(card.name))\\fR", Self.roff(card.summary)]
    }
    page += [".SH KEYS"]
    for key in Self.keys {
      page += [".TP", "\\fB\(Self.roff(key.names))\\fR (\(Self.roff(key.context)))"]
      page.append(Self.roff(key.help))
    }
    page += [
      ".SH EXIT STATUS", "0 all well, 1 something in the input failed, 2 the call was wrong.",
      ".SH NOTES",
      "After a kill \\-9 the terminal is left as it was: type \\fBwhylight reset\\-terminal\\fR.",
    ]
    // Each is a line of its own, so that no text can start a roff request.
    try Sink(path: nil).write(page.map { "\($0)\n" as PlainText }.joined())
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { roff(String($0)) }
  }

  /// A line that starts with a dot or a quote would be a request.
  private static func roff(_ line: String) -> String {
    let escaped = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}
