internal import Attribution
internal import Classifiers
internal import Datasets
internal import Foundation
internal import Glibc
internal import Tensors

/// The sentences for errors that carry facts: what is wrong, where, and what would be right.
enum Messages {
  /// For an error of whatever kind.
  static func sentence(_ error: any Error) -> String {
    switch error {
    case let error as ModelOpeningError: sentence(error)
    case let error as ExplainerError: sentence(error)
    case let error as ClassifierError: sentence(error)
    case let error as ExternalProcessError: sentence(error)
    case let error as TensorError: sentence(error)
    case let error as TextFileError: sentence(error)
    case let error as WholeFileError: sentence(error)
    case let failure as Failure: failure.sentence
    default: reason(error)
    }
  }

  static func sentence(_ problem: TextLineProblem) -> String {
    switch problem {
    case .notUTF8: "the line is not valid UTF-8"
    case .notJSON: "the line is not valid JSON; expected {\"text\": …} or {\"tokens\": […]}"
    case .notAnObject: "the line is not a JSON object; expected {\"text\": …} or {\"tokens\": […]}"
    case .noText: "the object has neither \"text\" nor \"tokens\""
    case .textNotAString: "\"text\" is not a string"
    case .tokensNotStrings: "\"tokens\" is not a list of strings"
    case .fieldCount(let expected, let found):
      "the row has \(count(found, "field")), the header has \(expected)"
    case .openQuote: "a quoted field is never closed"
    case .tooLong(let bytes): "the line or field has more than \(bytes >> 20) MB"
    case .noField(let column): "there is no \"\(column)\""
    case .noLabel(let column): "\"\(column)\" is empty; a label is expected"
    case .unknownLabel(let label, let classes):
      "the label '\(label)' is none of \(shortList(classes))"
    case .notANumber(let text, let column):
      "'\(text.prefix(60))' in \"\(column)\" is no number, or not as many as the model gives"
    case .severalLabels(let labels):
      "\(labels.count) labels where the model knows one class a text: \(shortList(labels))"
    }
  }

  static func sentence(_ error: TextFileError) -> String {
    switch error {
    case .unreadable(let path, let reason):
      "can't read \(path == "-" ? "standard input" : path): \(reason)"
    case .unknownFormat(let path, let known):
      "can't tell the format of \(path) from its name; known endings are \(list(known))"
    case .parquet(let path):
      "\(path) is Parquet, which can't be read; convert it first, with pandas: python3 -c \"import"
        + " pandas; pandas.read_parquet('\(path)').to_json('data.jsonl', orient='records',"
        + " lines=True)\", or with DuckDB: duckdb -c \"COPY '\(path)' TO 'data.csv'\""
    case .noTextColumn(let columns):
      "no column with texts; name one of them \"text\" (columns here: \(list(columns)))"
    case .noLabelColumn(let columns):
      "no column with labels; name it with --label-column (other columns here: \(list(columns)))"
    case .noNumberColumn(let columns):
      "no column with the numbers that are right; name it with --label-column (other columns here:"
        + " \(list(columns)))"
    case .noSuchColumn(let name, let columns):
      "no column '\(name)'; the columns are \(list(columns))"
    case .badHeader(let line):
      "line \(line) should name the columns, and is no row of fields in UTF-8"
    case .foreignLabels(let column, let labels, let classes):
      "no label in column '\(column)' is a class of the model: the labels are"
        + " \(shortList(labels)), the classes \(shortList(classes)); say which is which with"
        + " --map LABEL=CLASS"
    case .noSuchClass(let name, let classes):
      "the model has no class '\(name)'; its classes are \(shortList(classes))"
    case .noRows: "the file has no rows"
    }
  }

  static func sentence(_ error: ExplainerError) -> String {
    switch error {
    case .noToken(let role):
      "the model has no \(role) token; choose another --baseline or --replacement"
    case .notApplicable(let method, let needs):
      "\(method) does not apply to this model: it needs \(needs.rawValue)"
    case .badOption(let name, let value, let allowed):
      "--\(name) can't be \(value); allowed: \(allowed)"
    case .tooManyUnits(let method, let found, let most):
      "\(method) takes at most \(most) units and the text has \(found); "
        + "choose a larger --group, or shapley-sampling"
    }
  }

  /// The system's own words for what went wrong with a file.
  static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    if underlying.domain == NSPOSIXErrorDomain { return reason(errno: Int32(underlying.code)) }
    return error.localizedDescription
  }

  static func reason(errno code: Int32) -> String {
    unsafe String(cString: strerror(code)).lowercased()
  }

  static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: ", ")
  }

  /// A list that may be long.
  static func shortList(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : list(names)
  }

  static func count(_ count: Int, _ one: String, _ several: String? = nil) -> String {
    "\(count) \(count == 1 ? one : several ?? one + "s")"
  }
}
