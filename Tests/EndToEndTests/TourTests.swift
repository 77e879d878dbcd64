import Foundation
import Testing

/// docs/tour.md, played as it stands: its keys are pressed, its bold words have to be on the screen.
@Suite struct `the tour` {
  @Test func `shows what it says`() throws {
    let terminal = try Terminal()
    let folder = try TemporaryFolder()
    try terminal.shell("cd " + folder.url.path(percentEncoded: false))
    let steps = TourStep.all(in: try Document(path: "docs/tour.md").withoutComments)
    #expect(steps.count { if case .words = $0 { true } else { false } } > 25)
    for step in steps {
      switch step {
      case .file(let text):
        try text.write(
          to: folder.url.appending(path: "reviews.csv"), atomically: true, encoding: .utf8)
      case .start(let arguments): try terminal.explore(arguments)
      case .keys(let keys):
        for key in keys {
          if key == "Ctrl-Q" {
            try terminal.tmux("send-keys", "C-q")
            try terminal.wait(for: "shell>")
          } else {
            try terminal.press(TourStep.tmuxName(of: key))
          }
        }
      case .text(let text): try terminal.type(text)
      case .words(let words): try terminal.wait(for: words)
      }
    }
  }
}

private enum TourStep {
  case file(String)
  case start(arguments: String)
  case keys([String])
  case text(String)
  case words(String)

  static func all(in text: String) -> [TourStep] {
    let block = #/```(\w+)\n(.*?)```/#.dotMatchesNewlines()
    var steps: [TourStep] = []
    var rest = text[...]
    while let found = rest.firstMatch(of: block) {
      steps += ofProse(rest[..<found.range.lowerBound])
      let content = String(found.2)
      switch found.1 {
      case "csv": steps.append(.file(content))
      case "sh":
        for line in content.split(separator: "\n") {
          steps.append(.start(arguments: String(line.trimmingPrefix("whylight explore"))))
        }
      default: break
      }
      rest = rest[found.range.upperBound...]
    }
    return steps + ofProse(rest)
  }

  private static func ofProse(_ prose: Substring) -> [TourStep] {
    let step =
      #/\b[Pp]ress\s+(?<keys>`[^`]+`(?:(?:, then|,|\s+and|\s+or)?\s+`[^`]+`)*)|\b[Tt]ype\s+`(?<text>[^`]+)`|\*\*(?<words>[^*]+)\*\*/#
    return prose.matches(of: step).map { match in
      if let keys = match.output.keys {
        return .keys(keys.matches(of: #/`([^`]+)`/#).map { String($0.output.1) })
      }
      if let text = match.output.text { return .text(String(text)) }
      let words = match.output.words ?? ""
      return .words(words.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
  }

  static func tmuxName(of key: String) -> String {
    if key == "Esc" { return "Escape" }
    for (name, prefix) in [("Ctrl-", "C-"), ("Alt-", "M-")] where key.hasPrefix(name) {
      return prefix + key.dropFirst(name.count).lowercased()
    }
    return key
  }
}
