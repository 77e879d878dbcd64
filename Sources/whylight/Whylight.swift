internal import ArgumentParser
internal import Glibc
internal import Ncurses
internal import Reports
internal import Tensors

/// The program: its commands, and how any of them ends.
@main
struct Whylight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whylight",
    abstract: "See which words made a text classifier say what it said.",
    version: "0.1.0",
    subcommands: [
      Explore.self, Predict.self, Explain.self, Probe.self, Evaluate.self, Inspect.self,
      Import.self, Methods.self, Tour.self, Config.self, Models.self, Bench.self, Paths.self,
      Manual.self,
      ResetTerminal.self,
    ],
    defaultSubcommand: Explore.self)

  /// Exit status: 0 all well, 1 something in the input failed, 2 the call itself was wrong.
  static func main() {
    keepFreedMemory()
    // A reader that went away, or a file that grew too large, is told in a sentence.
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot(Self.named(processArguments()))
      try SystemLimits.check(needsScreen: command is Explore || command is Tour)
      try command.run()
    } catch let failure as Failure {
      StandardError.write(line: "whylight: \(failure.sentence)")
      leave(failure.status)
    } catch let status as ExitCode {
      leave(status.rawValue)
    } catch {
      if exitCode(for: error) == .success {
        try? Sink(path: nil).write("\(fullMessage(for: error))\n" as VerbatimText)
        leave(0)
      }
      guard exitCode(for: error) == .validationFailure else {
        StandardError.write(line: "whylight: \(Messages.sentence(error))")
        Glibc.exit(1)
      }
      let message = message(for: error).split(separator: "\n").joined(separator: " ")
      StandardError.write(line: "whylight: \(message); see 'whylight --help'")
      leave(2)
    }
  }
}

extension Whylight {
  /// `--windows` takes a number where one follows; what else follows is a text.
  fileprivate static func named(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.count
    return arguments.indices.map { index in
      guard index < end, arguments[index] == "--windows",
        index + 1 == arguments.count || Int(arguments[index + 1]) == nil
      else { return arguments[index] }
      return "--windows=0"
    }
  }
}

/// Ends the process without the exit handlers of libraries: they take away what a thread that still
/// computes works with.
func leave(_ status: Int32) -> Never {
  fflush(nil)
  _exit(status)
}

/// An end of the program with its one line.
struct Failure: Error {
  var status: Int32
  var sentence: String

  /// The call itself was wrong.
  static func usage(_ sentence: String) -> Failure { Failure(status: 2, sentence: sentence) }
  /// Something in the input or output failed.
  static func run(_ sentence: String) -> Failure { Failure(status: 1, sentence: sentence) }

  init(status: Int32, sentence: String) { (self.status, self.sentence) = (status, sentence) }

  /// A program that is not there is a matter of the call.
  init(_ error: RasterizerError) {
    var status: Int32 = 1
    if case .notInstalled = error { status = 2 }
    self.init(status: status, sentence: Messages.sentence(error))
  }
}
