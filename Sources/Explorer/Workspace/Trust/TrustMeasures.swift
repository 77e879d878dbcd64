internal import Reports
internal import Workbench

/// The measures of this edition's explanations, and what is being measured.
struct TrustMeasures: Sendable {
  private var readings: [ExplanationChoice: [TrustReading]] = [:]
  /// The values that random scores reach, by measure.
  private var controls: [ExplanationChoice.Subject: [String: Float]] = [:]
  /// The explanations that are completely measured.
  private var measured: Set<ExplanationChoice> = []
  /// For molecules, the spread of the scores over other spellings.
  var spellings: [ExplanationChoice: SpellingSpread] = [:]
  private(set) var job: MeasureTrust?
  /// The time at which the job began, what it is measuring, and the number of passes so far.
  private(set) var since = 0.0
  var progress: TrustProgress?
  var passes: Int?

  /// The measures of an explanation so far.
  func readings(of choice: ExplanationChoice) -> [TrustReading] { readings[choice] ?? [] }

  /// The value that random scores reach by a measure.
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

  /// Drops the measures of one of the two models; a running job is requested again.
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
