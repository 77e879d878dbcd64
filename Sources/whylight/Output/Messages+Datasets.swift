internal import Datasets
internal import Reports

/// Messages for files of texts.
extension Messages {
  static func sentence(_ problem: TextLineProblem) -> String {
    switch problem {
    case .notUTF8: "the line is not valid UTF-8"
    case .notJSON: "the line is not valid JSON; expected {\"text\": …} or {\"tokens\": […]}"
    case .notAnObject: "the line is not a JSON object; expected {\"text\": …} or {\"tokens\": […]}"
    case .noText: "the object has neither \"text\" nor \"tokens\""
    case .textNotAString: "\"text\" is not a string"
    case .wordsWithPair:
      "there is a second text with a list of words; a model reads two texts or one list of words"
    case .tokensNotStrings: "\"tokens\" is not a list of strings"
    case .fieldCount(let expected, let found):
      "the row has \(Numerals.count(found, "field")), the header has \(expected)"
    case .openQuote: "a quoted field is never closed; --no-quotes reads quotes as characters"
    case .openList: "the list of JSON objects ends without its ]"
    case .zeroByte: "the line holds a zero byte, so it is damaged or not text"
    case .tooLong(let bytes) where bytes > 16 << 20:
      "the JSON document has more than \(bytes >> 20) MB; write it as one object per line"
    case .tooLong(let bytes): "the line or field has more than \(bytes >> 20) MB"
    case .noField(let column): "there is no \"\(column)\""
    case .noLabel(let column): "\"\(column)\" is empty; a label is expected"
    case .unknownLabel(let label, let classes):
      "the label '\(label)' is none of \(shortList(classes))"
    case .notANumber(let text, let column):
      "'\(text.prefix(60))' in \"\(column)\" is not a number, or not as many numbers as the model gives"
    case .severalLabels(let labels):
      "\(labels.count) labels, but the model gives each text one class: \(shortList(labels))"
    case .refused(let error): sentence(error)
    case .refusedByProgram(let error): sentence(error)
    }
  }

  static func sentence(_ error: TextFileError) -> String {
    switch error {
    case .unreadable(let path, let reason):
      "can't read \(path == "-" ? "standard input" : path): \(reason)"
    case .unknownFormat(let path, let known):
      "can't determine the format of \(path) from its name or content; known endings are"
        + " \(list(known)), and --data-format sets the format"
    case .foreignFormat(let path, let format):
      "\(path == "-" ? "standard input" : path) is \(format.rawValue), which can't be read;"
        + " \(conversion(of: path, format))"
    case .noTextColumn(let columns):
      "no column with texts; name one of them \"text\", or say which it is with --text-column"
        + " (columns here: \(list(columns)))"
    case .noLabelColumn(let columns):
      "no column with labels; name it with --label-column (other columns here: \(list(columns)))"
    case .noNumberColumn(let columns):
      "no column with the numbers that are right; name it with --label-column (other columns here:"
        + " \(list(columns)))"
    case .noSuchColumn(let name, let columns):
      "no column '\(name)'; the columns are \(list(columns))"
    case .badHeader(let line):
      "line \(line) should name the columns, but is not a row of fields in UTF-8"
    case .foreignLabels(let column, let labels, let classes):
      "no label in column '\(column)' is a class of the model: the labels are"
        + " \(shortList(labels)), the classes \(shortList(classes)); say which is which with"
        + " --map LABEL=CLASS"
    case .noSuchClass(let name, let classes):
      "the model has no class '\(name)'; its classes are \(shortList(classes))"
    case .noRows: "the file has no rows"
    case .endless(let bytes):
      "a line or field has more than \(bytes >> 20) MB and no end in sight: this is not a file of texts"
    case .noReadableRow(let line, let problem):
      "no row of the file can be read; line \(line): \(sentence(problem))"
    }
  }

  /// How to convert a file to a supported format.
  private static func conversion(of path: String, _ format: ForeignFormat) -> String {
    func pandas(_ reading: String) -> String {
      "convert it first: python3 -c \"import pandas; pandas.\(reading)"
        + ".to_json('data.jsonl', orient='records', lines=True)\""
    }
    func unpacked(_ command: String) -> String {
      "unpack it first: \(command) '\(path)' > data.csv"
    }
    return switch format {
    case .parquet:
      pandas("read_parquet('\(path)')")
        + ", or with DuckDB: duckdb -c \"COPY '\(path)' TO 'data.csv'\""
    case .arrow:
      "convert it first: python3 -c \"import datasets;"
        + " datasets.Dataset.from_file('\(path)').to_json('data.jsonl')\""
    case .feather: pandas("read_feather('\(path)')")
    case .excel, .oldExcel, .openDocument:
      pandas("read_excel('\(path)')") + ", or save it as CSV from the spreadsheet"
    case .pickle:
      pandas("read_pickle('\(path)')") + " (a pickle runs code: only if you trust it)"
    case .hdf5: pandas("read_hdf('\(path)')")
    case .zip: "unpack it first: unzip '\(path)'"
    case .gzip: unpacked("gzip -dc")
    case .bzip2: unpacked("bzip2 -dc")
    case .xz: unpacked("xz -dc")
    case .zstandard: unpacked("zstd -dc")
    case .sqlite:
      "write the table as CSV first: sqlite3 -header -csv '\(path)' 'SELECT * FROM …' > data.csv"
    case .pdf: "copy its text into a file first: pdftotext '\(path)' data.txt"
    case .utf32: "convert it first: iconv -f UTF-32 -t UTF-8 '\(path)' > data.csv"
    case .binary: "give a file of text: CSV, TSV, JSON, JSON Lines or one text per line"
    }
  }
}

/// Messages for the store of predictions, and for models that cannot be compared.
extension Messages {
  static func sentence(_ notice: StoreNotice) -> String {
    switch notice {
    case .damaged(let path, let aside):
      "\(path) was damaged; it is now \(aside), and a new one was created"
    case .newer(let path):
      "\(path) is of a later version of the program; stored predictions are neither used nor saved"
    case .unusable(let path, let reason):
      "\(path) can't be used (\(reason)); stored predictions are neither used nor saved"
    }
  }
}
