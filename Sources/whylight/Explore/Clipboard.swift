internal import Foundation

/// Ways out of the program for a text: tmux's own buffer, else the terminal's clipboard (OSC 52).
enum Clipboard {
  /// Terminals refuse longer ones.
  private static let mostEncoded = 74_994

  /// Copies, and says by which way.
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
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["tmux", "load-buffer", "-w", "-"]
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
      try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      try pipe.fileHandleForWriting.close()
    } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
