internal import Checkpoints

extension Model {
  /// The prefix in `--model exec:COMMAND`.
  public static let externalPrefix = "exec:"

  /// An external program as a model.
  /// - Throws: `ExternalProcessError`, `CancellationError`.
  init(
    command: String, timeLimit: Duration?,
    now: @escaping @Sendable () -> ContinuousClock.Instant,
    remark: @escaping @Sendable (ProgramRemark) -> Void
  ) throws {
    let process = try ExternalProcess(
      command: command, timeLimit: timeLimit ?? ExternalProcess.usualTimeLimit, now: now,
      remark: remark)
    let greeting = process.greeting
    var settings: [(name: String, value: String)] = [
      ("command", command), ("takes tokens", greeting.takesTokens ? "yes" : "no"),
      ("gives tokens", greeting.givesTokens ? "yes" : "no"), ("batch", "\(greeting.batch)"),
      ("time limit", "\(process.timeLimit)"),
    ]
    if greeting.takesPairs { settings.append(("takes pairs", "yes")) }
    settings += greeting.mask.map { [("mask", $0)] } ?? []
    settings += greeting.unknown.map { [("unknown", $0)] } ?? []
    self.init(
      name: greeting.name ?? "exec", architecture: "external-process", classifier: process,
      tokenizer: ExternalTokenizer(process),
      facts: ModelFacts(
        parameterCount: 0, weightBytes: 0, settings: settings,
        tokenizer: greeting.givesTokens ? "the program's own" : "Unicode words", tokenLimit: nil))
  }
}
