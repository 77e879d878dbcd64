internal import Reports
internal import Workbench

/// What was measured of the explanations of this edition, and what is being measured.
struct TrustMeasures: Sendable {
  private var readings: [ExplanationChoice: [TrustReading]] = [:]
  /// What random scores reach, by measure.
  private var controls: [ExplanationChoice.Subject: [String: Float]] = [:]
  /// Which explanations are measured to the end.
  private var measured: Set<ExplanationChoice> = []
  /// Of molecules what other spellings have.
  var spellings: [ExplanationChoice: SpellingSpread] = [:]
  private(set) var job: MeasureTrust?
  /// When that began, what of it runs, and how many passes were made.
  private(set) var since = 0.0
  var progress: TrustProgress?
  var passes: Int?

  /// What is measured of an explanation so far.
  func readings(of choice: ExplanationChoice) -> [TrustReading] { readings[choice] ?? [] }

  /// What random scores reach by a measure.
  func control(of choice: ExplanationChoice, _ name: String) -> Float? {
    controls(of: choice)?[name]
  }

  func controls(of choice: ExplanationChoice) -> [String: Float]? { controls[choice.subject] }

  func isMeasured(_ choice: ExplanationChoice) -> Bool { measured.contains(choice) }

  mutating func begin(_ question: MeasureTrust, at now: Double) {
    job = question
    (since, progress, passes) = (now, nil, nil)
  }

  mutating func receive(
    _ found: [TrustReading], _ control: [String: Float], of choice: ExplanationChoice,
    isFinal: Bool
  ) {
    readings[choice] = found
    if !control.isEmpty { controls[choice.subject] = control }
    if isFinal {
      job = nil
      measured.insert(choice)
    }
  }

  mutating func measureAgain(_ choice: ExplanationChoice) { measured.remove(choice) }

  /// Of one of two models; what runs is asked for anew.
  mutating func forget(of seat: ModelSeat) {
    readings = readings.filter { $0.key.seat != seat }
    controls = controls.filter { $0.key.seat != seat }
    measured = measured.filter { $0.seat != seat }
    spellings = spellings.filter { $0.key.seat != seat }
    job = nil
  }

  /// Drops the results of the previous edition.
  mutating func forget() {
    (readings, controls, measured, job, spellings) = ([:], [:], [], nil, [:])
  }
}
