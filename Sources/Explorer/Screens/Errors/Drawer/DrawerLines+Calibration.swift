internal import Datasets
internal import Reports
internal import TerminalUI
internal import Workbench

/// The calibration: how often predictions of a probability are right, and the temperature with the
/// least loss.
extension DrawerLines {
  mutating func addCalibration(_ report: ExampleReport) {
    let temperature = errors.isCalibrated ? report.temperature : nil
    let shown = temperature?.calibration ?? report.calibration
    note = "ECE \(Self.figure(shown.expectedError, 3))"
    if let temperature { note += " at \(Self.fixed(temperature))" }
    head = Line(label: "probability", numbers: ["right", "mean", "rows"])
    if temperature == nil, !report.classCalibrations.isEmpty {
      addClassCalibrations(report)
    } else {
      // Queries compare the model's own probabilities, so scaled ones have none.
      lines = bins(of: shown) { temperature == nil ? "p>\($0) p<=\($1)" : nil }
    }
    if report.classCalibrations.isEmpty { addConfidence(report) }
    addTemperature(report)
  }

  private mutating func addConfidence(_ report: ExampleReport) {
    lines.append(
      Line(
        label: "sure and wrong, p > 0.9", numbers: [Numerals.grouped(report.overconfident)],
        query: "gold!=pred p>0.9"))
    lines.append(
      Line(
        label: "right but unsure, p < 0.5", numbers: [Numerals.grouped(report.underconfident)],
        query: "gold=pred p<0.5"))
  }

  /// The best temperature, which was fitted to the same rows that its figures are about.
  private mutating func addTemperature(_ report: ExampleReport) {
    guard let temperature = report.temperature else { return }
    lines.append(
      Line(
        label: "temperature",
        numbers: [errors.isCalibrated ? Self.fixed(temperature) : "1.00"]))
    let best: [(label: String, number: String)] = [
      ("best temperature (press C)", Self.fixed(temperature)),
      ("its ECE", Self.figure(temperature.calibration.expectedError, 3)),
      ("its loss", Numerals.fixed(Float(temperature.loss), 3)),
      ("loss at 1.00", Numerals.fixed(Float(temperature.lossWithout), 3)),
    ]
    lines += best.map { Line(label: $0.label, numbers: [$0.number], style: Style(.dim)) }
  }

  static func fixed(_ temperature: Temperature) -> String {
    Numerals.fixed(Float(temperature.value), 2)
  }

  /// A dash if there are no rows to compute the value from.
  private static func figure(_ value: Double?, _ digits: Int) -> String {
    guard let value, !value.isNaN else { return "-" }
    return Numerals.fixed(Float(value), digits)
  }

  /// One line per class, if classes are decided separately; Enter shows the bins of a class.
  private mutating func addClassCalibrations(_ report: ExampleReport) {
    head = Line(label: "class", numbers: ["ECE", "share", "mean p"])
    for (index, calibration) in report.classCalibrations.enumerated() {
      lines.append(
        Line(
          label: name(index),
          numbers: [
            Self.figure(calibration.expectedError, 3), Self.figure(calibration.frequency, 2),
            Self.figure(calibration.meanConfidence, 2),
          ]))
      if errors.openClass == index {
        lines += bins(of: calibration, indent: "  ") { _, _ in nil }
      }
    }
  }

  /// The class of a line of the calibration by class; nil for the line of a bin.
  func classIndex(ofLine line: Int) -> Int? {
    guard let calibrations = errors.report?.classCalibrations, !calibrations.isEmpty,
      !errors.isCalibrated
    else { return nil }
    func known(_ index: Int) -> Int? { calibrations.indices.contains(index) ? index : nil }
    guard let open = errors.openClass, line > open else { return known(line) }
    let bins = calibrations[open].bins.count { $0.count > 0 }
    return line <= open + bins ? nil : known(line - bins)
  }

  private func bins(
    of calibration: Calibration, indent: String = "", _ query: (String, String) -> String?
  ) -> [Line] {
    calibration.bins.filter { $0.count > 0 }.map { bin in
      Line(
        label: indent
          + "\(Numerals.fixed(Float(bin.lower), 2)) to \(Numerals.fixed(Float(bin.upper), 2))",
        numbers: [
          Self.figure(bin.accuracy, 2), Self.figure(bin.confidence, 2),
          Numerals.grouped(bin.count),
        ], bar: .init(share: Float(bin.accuracy ?? 0), mark: bin.confidence.map { Float($0) }),
        query: query(QueryText.bound(bin.lower), QueryText.bound(bin.upper)))
    }
  }
}

extension State {
  /// `C`: switches between the calibration at the best temperature and that of the model's own
  /// probabilities.
  mutating func toggleCalibration() {
    guard let report = errors.report else {
      return say(noDataHint)
    }
    show(.errors)
    (errors.drawer, errors.isInDrawer, errors.line) = (.calibration, true, ListScroll())
    guard let temperature = report.temperature else {
      errors.isCalibrated = false
      return say("no best temperature: all rows are right, or higher p is not more often right")
    }
    errors.isCalibrated.toggle()
    say(
      errors.isCalibrated
        ? "calibration at temperature \(DrawerLines.fixed(temperature)), found on these rows"
        : "calibration of the model's own probabilities")
  }
}
