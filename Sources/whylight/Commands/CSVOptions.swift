internal import ArgumentParser
internal import Reports

/// How CSV is written; the same for every command.
struct CSVOptions: ParsableArguments {
  @Flag(
    name: .customLong("csv-safe"),
    help: "CSV for a spreadsheet: ' before a text that would be read as a formula.")
  var isForSpreadsheets = false

  var form: CSVForm { isForSpreadsheets ? .spreadsheet : .exact }
}
