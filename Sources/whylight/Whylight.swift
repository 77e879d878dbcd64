internal import ArgumentParser
internal import Glibc
internal import Ncurses
internal import Reports
internal import Tensors

/// The program's commands, and its exit.
@main
struct Whylight: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whylight",
    abstract: "See which words decide what a text classifier predicts.",
    version: "0.1.0",
    subcommands: [
      Explore.self, Predict.self, Explain.self, Probe.self, Evaluate.self, Inspect.self,
      Import.self, Methods.self, Tour.self, Config.self, Models.self, Bench.self, Paths.self,
      Manual.self,
      ResetTerminal.self,
    ],
    defaultSubcommand: Explore.self)

  /// Exit status: 0 for success, 1 if something in the input failed, 2 for a usage error.
  static func main() {
    keepFreedMemory()
    // A closed pipe or a file that grew too large is reported as an error instead of a signal.
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
  /// Joins `--windows` with a number that follows it; anything else that follows is a text.
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

/// Ends the process without the exit handlers of libraries, which would free memory that other
/// threads still use.
func leave(_ status: Int32) -> Never {
  fflush(nil)
  _exit(status)
}

/// An error that ends the program, with its message.
struct Failure: Error {
  var status: Int32
  var sentence: String

  /// A usage error.
  static func usage(_ sentence: String) -> Failure { Failure(status: 2, sentence: sentence) }
  /// A failure of the input or output.
  static func run(_ sentence: String) -> Failure { Failure(status: 1, sentence: sentence) }

  init(status: Int32, sentence: String) { (self.status, self.sentence) = (status, sentence) }

  /// A missing program counts as a usage error.
  init(_ error: RasterizerError) {
    var status: Int32 = 1
    if case .notInstalled = error { status = 2 }
    self.init(status: status, sentence: Messages.sentence(error))
  }
}
