internal import Datasets
internal import Reports
internal import TerminalUI

/// Histograms of the rows by the probability of the predicted class, and by length in words or
/// atoms. The first part of each bar counts the wrong predictions.
extension DrawerLines {
  mutating func addCharts(_ report: ExampleReport) {
    // Not every theme has a red for the wrong part.
    note = "left: wrong"
    head = Line(label: "p of the answer", numbers: ["wrong", "rows"])
    let bins = report.calibration.bins
    let shown = bins.indices.filter { bins[$0].count > 0 }
    let most = Float(bins.map(\.count).max() ?? 1)
    if let first = shown.first, let last = shown.last, report.classCalibrations.isEmpty {
      lines = bins[first...last].map { bin in
        let wrong =
          bin.count == 0 ? 0 : Int((Double(bin.count) * (1 - (bin.accuracy ?? 1))).rounded())
        return Line(
          label: "\(Numerals.fixed(Float(bin.lower), 2)) to \(Numerals.fixed(Float(bin.upper), 2))",
          numbers: [Numerals.grouped(wrong), Numerals.grouped(bin.count)],
          bar: .init(share: Float(bin.count) / most, wrong: Float(wrong) / most),
          query: "p>\(QueryText.bound(bin.lower)) p<=\(QueryText.bound(bin.upper))")
      }
    }
    let longest = Float(report.lengths.map(\.rows).max() ?? 1)
    let unit = hasParts ? "atoms without hydrogen" : "words in the text"
    lines.append(Line(label: unit, style: Style(.dim)))
    lines += report.lengths.map { bin in
      let (lower, upper) = (bin.lengths.lowerBound, bin.lengths.upperBound)
      let label = upper == .max ? "\(lower) and more" : "\(lower) to \(upper)"
      return Line(
        label: label, numbers: [Numerals.grouped(bin.errors), Numerals.grouped(bin.rows)],
        bar: .init(share: Float(bin.rows) / longest, wrong: Float(bin.errors) / longest),
        query: "len>=\(lower)" + (upper == .max ? "" : " len<=\(upper)"))
    }
  }
}
