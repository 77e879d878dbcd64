/// Numbers as screens and reports show them. Any Float can be formatted, including NaN and
/// infinity.
public enum Numerals {
  /// `0.71`, `-0.398`; very large numbers as powers of ten.
  public static func fixed(_ value: Float, _ digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard abs(value) < 1e6 else { return scientific(value) }
    let factor = power(of: 10, digits)
    let scaled = Int((Double(abs(value)) * Double(factor)).rounded())
    let whole = String(scaled / factor)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return sign + whole }
    let fraction = String(scaled % factor)
    let zeros = String(repeating: "0", count: max(0, digits - fraction.count))
    return sign + whole + "." + zeros + fraction
  }

  /// `0.71`; close to 0 or 1 with as many digits as are needed to distinguish it from them:
  /// `0.998`, `0.0004`.
  public static func probability(_ value: Float) -> String {
    fixed(value, digits(ofProbabilities: [value]))
  }

  /// The number of digits that distinguishes these probabilities from 0 and 1: 2 to 5.
  package static func digits(ofProbabilities values: [Float]) -> Int {
    values.map { value in
      let rest = min(Double(value), 1 - Double(value))
      guard rest > 0, rest < 0.01 else { return 2 }
      return rest >= 0.001 ? 3 : rest >= 0.0001 ? 4 : 5
    }.max() ?? 2
  }

  /// The number of digits for two numbers of which the change is shown: if they differ, so do the
  /// shown numbers, and their difference deviates from the actual one by at most half of it. At
  /// least as many digits as given, and at most 6.
  package static func digits(ofChange before: Float, to now: Float, atLeast least: Int) -> Int {
    let change = Double(now) - Double(before)
    guard change != 0, change.isFinite else { return least }
    return (least..<6).first { digits in
      let shown = rounded(now, digits) - rounded(before, digits)
      return fixed(now, digits) != fixed(before, digits) && abs(shown - change) <= abs(change) / 2
    } ?? 6
  }

  /// `-0.04` from 0.636 to 0.604: the difference of two numbers as they are shown with this many
  /// digits, so that it agrees with them.
  public static func difference(from before: Float, to now: Float, _ digits: Int) -> String {
    signed(Float(rounded(now, digits) - rounded(before, digits)), digits)
  }

  /// The number that `fixed` shows.
  package static func rounded(_ value: Float, _ digits: Int) -> Double {
    guard value.isFinite, abs(value) < 1e6 else { return Double(value) }
    let factor = Double(power(of: 10, digits))
    return (Double(value) * factor).rounded() / factor
  }

  /// With a `+` if the number is not negative.
  public static func signed(_ value: Float, _ digits: Int) -> String {
    let text = fixed(value, digits)
    return text.hasPrefix("-") || text == "nan" ? text : "+" + text
  }

  /// Three digits after the point, and more for small numbers.
  public static func score(_ value: Float, isSigned: Bool) -> String {
    let digits = abs(value) >= 100 ? 1 : abs(value) >= 10 ? 2 : 3
    guard value != 0, abs(value) < 0.0005, value.isFinite else {
      return isSigned ? signed(value, digits) : fixed(value, digits)
    }
    return (isSigned && value > 0 ? "+" : "") + scientific(value)
  }

  /// `0.004`, `0.00003`: an upper bound of a number between 0 and 1, rounded up to one significant
  /// digit.
  package static func bound(_ value: Float) -> String {
    let value = Double(value)
    let digits = (1..<6).first { value * Double(power(of: 10, $0)) >= 1 } ?? 6
    let factor = Double(power(of: 10, digits))
    // 0.004 in single precision is slightly larger
    return fixed(Float((value * factor - 1e-6).rounded(.up) / factor), digits)
  }

  /// `.93`, `-.20`, `1`: a number between -1 and 1.
  public static func correlation(_ value: Float) -> String {
    let text = fixed(value, 2)
    if text == "1.00" || text == "-1.00" { return text.hasPrefix("-") ? "-1" : "1" }
    return text.hasPrefix("-0") ? "-" + text.dropFirst(2) : String(text.dropFirst())
  }

  /// `42` for 0.42, where the percent sign is in a heading or added by a style sheet.
  public static func percentage(_ share: Float, _ digits: Int = 0) -> String {
    fixed(share * 100, digits)
  }

  /// `42 %` for 0.42.
  public static func percent(_ share: Float, _ digits: Int = 0) -> String {
    percentage(share, digits) + " %"
  }

  /// The progress of some work: `99 %` until it is complete.
  public static func progress(_ share: Double) -> String {
    percent(Float((share * 100).rounded(.down) / 100))
  }

  /// As many digits as are needed to read back the same number, in the format of spreadsheets.
  package static func plain(_ value: Float) -> String { value.isFinite ? "\(value)" : "" }

  /// `41 ms`, `1.9 s`, `14 min`, `2.5 h`.
  public static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "" }
    if seconds < 0.0095 { return fixed(Float(seconds * 1000), 1) + " ms" }
    if seconds < 0.9995 { return fixed(Float(seconds * 1000), 0) + " ms" }
    if seconds < 600 { return fixed(Float(seconds), seconds < 9.95 ? 1 : 0) + " s" }
    if seconds < 7200 { return fixed(Float(seconds / 60), 0) + " min" }
    return fixed(Float(seconds / 3600), seconds < 9.95 * 3600 ? 1 : 0) + " h"
  }

  /// `15,992`.
  public static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (number < 0 ? "-" : "") + result
  }

  /// `1 word`, `2,000 words`, `2 classes`.
  /// - Parameter several: the plural if it is not the noun with an s.
  package static func count(_ number: Int, _ noun: String, _ several: String? = nil) -> String {
    grouped(number) + " " + (number == 1 ? noun : several ?? noun + "s")
  }

  /// `200 KB`, rounded to the nearest unit.
  public static func bytes(_ count: Int) -> String {
    if count < 1000 { return "\(count) B" }
    if count < 999_500 { return "\((count + 500) / 1000) KB" }
    if count < 999_950_000 { return fixed(Float(count) / 1_000_000, 1) + " MB" }
    return fixed(Float(Double(count) / 1_000_000_000), 1) + " GB"
  }

  private static func scientific(_ value: Float) -> String {
    var exponent = 0
    var mantissa = Double(value)
    while abs(mantissa) >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while abs(mantissa) < 1, exponent > -50 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return fixed(Float(mantissa), 1) + "e\(exponent)"
  }

  private static func power(of base: Int, _ exponent: Int) -> Int {
    (0..<max(0, min(exponent, 9))).reduce(1) { result, _ in result * base }
  }
}
