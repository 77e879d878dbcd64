internal import Attribution
internal import Reports

extension ParameterValue {
  /// What an explainer was run with, as it is written beside its name.
  var shown: String {
    switch self {
    case .text(let text): text
    case .whole(let number): Numerals.grouped(number)
    case .number(let number): Numerals.score(number, isSigned: false)
    case .flag(let flag): flag ? "on" : "off"
    }
  }
}
