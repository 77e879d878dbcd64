internal import FoundationEssentials
internal import Reports

/// Copies a text out of the program: to tmux's buffer, or to the terminal's clipboard (OSC 52).
enum Clipboard {
  /// Terminals refuse longer ones.
  private static let mostEncoded = 74_994

  /// Copies the text, and says by which way.
  static func copy(_ text: String, send: (String) -> Void) -> String {
    let environment = ProcessInfo.processInfo.environment
    if environment["TMUX"] != nil, loadTmuxBuffer(text) {
      return "copied \(text.utf8.count) bytes (tmux buffer)"
    }
    let encoded = Data(text.utf8).base64EncodedString()
    guard encoded.utf8.count <= mostEncoded else { return "too long to copy" }
    send("\u{1B}]52;c;\(encoded)\u{7}")
    return "copied \(text.utf8.count) bytes (OSC 52)"
  }

  private static func loadTmuxBuffer(_ text: String) -> Bool {
    let tmux = ToolProcess("tmux", ["load-buffer", "-w", "-"])
    return (try? tmux.run(input: Array(text.utf8)))?.status == 0
  }
}
